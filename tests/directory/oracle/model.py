"""The directory once more, slow and obvious: dictionaries and loops, no SQL.

It says what must be true after files were loaded and facts set by hand in any order.
What a file says is kept as it was said; corrections are laid over it when somebody
looks. A fact is ``key -> (detail, first release, last release)``.
"""

from collections import defaultdict
from copy import deepcopy

DOCTORS, NPPES, LINKS = "doctors", "nppes", "affiliations"
HOSPITALS, SYSTEMS = "hospitals", "systems"
UNITS = {"S": ("0", "Psychiatric unit")}
TEACHING = {"1": True, "0": False}


class Model:
    """All that the directory knows; rows come as the tests' files have them."""

    def __init__(self, specialties, taxonomy):
        self.specialties = dict(specialties)  # string of the files -> specialization
        self.taxonomy = taxonomy
        self.people, self.does, self.codes = {}, defaultdict(dict), {}
        self.practices, self.former_practices = defaultdict(dict), defaultdict(dict)
        self.links, self.former_links = defaultdict(dict), defaultdict(dict)
        self.waiting = set()  # (npi, kind, ccn, hospital, is_demo, release)
        self.unmapped = defaultdict(dict)  # string -> NPI -> whether it is primary
        self.hospitals, self.groups, self.replaced = {}, {}, {}
        self.corrections = {}  # (field, whose, …) -> value
        self.loaded = {}  # (dataset, is_demo) -> (version, rows), the newest last

    # Files ----------------------------------------------------------------------

    def run(self, version, files, *, is_demo, is_dry_run):
        """Load the files that say something new; return whether one was refused."""
        known = {name for name in files if self.is_known(name, version, files, is_demo)}
        before = deepcopy(self.__dict__)
        todo = {name: files[name] for name in files if name not in known}
        is_loaded = self.load(version, todo, is_demo)
        if is_dry_run:
            self.__dict__.update(before)
        return not is_loaded

    def last(self, dataset, is_demo):
        return self.loaded.get((dataset, is_demo), ("", None))

    def is_known(self, dataset, version, files, is_demo):
        """Say whether a file is the one that was loaded last and says nothing more."""
        last_version, rows = self.last(dataset, is_demo)
        if dataset == HOSPITALS:
            return last_version <= version and rows == files[dataset]
        is_last = (last_version, rows) == (version, files[dataset])
        if dataset == NPPES and is_last:
            order = list(self.loaded)
            doctors, nppes = (DOCTORS, is_demo), (NPPES, is_demo)
            drops = doctors in order and order.index(doctors) > order.index(nppes)
            comes = DOCTORS in files and self.last(*doctors) != (
                version,
                files[DOCTORS],
            )
            return not drops and not comes
        return is_last and dataset != SYSTEMS

    def load(self, version, files, is_demo):
        """Load hospitals, then people and their links, then the rest."""
        good = {
            name: [row for row in rows if not row.get("fault")]
            for name, rows in files.items()
        }
        if HOSPITALS in files:
            self.load_hospitals(good[HOSPITALS])
            self.record(HOSPITALS, version, files, is_demo)
        if any(name in good and not good[name] for name in (DOCTORS, LINKS)):
            return False
        if DOCTORS in files:
            refused = {row["npi"] for row in files[DOCTORS] if row["fault"] != "npi"}
            self.load_people(good[DOCTORS], (DOCTORS, version, is_demo), refused)
            if LINKS not in files:
                self.take_up_waiting(good[DOCTORS], is_demo)
            self.load_unmapped(good[DOCTORS], is_demo)
            self.load_groups(good[DOCTORS], is_demo)
            self.record(DOCTORS, version, files, is_demo)
        if LINKS in files:
            self.load_links(good[LINKS], (LINKS, version, is_demo))
            self.record(LINKS, version, files, is_demo)
        if NPPES in files:
            self.load_nppes(good[NPPES], (NPPES, version, is_demo))
            self.record(NPPES, version, files, is_demo)
        if SYSTEMS in files:
            if not any(self.is_hospital(row["ccn"]) for row in good[SYSTEMS]):
                return False
            self.load_systems(good[SYSTEMS])
            self.record(SYSTEMS, version, files, is_demo)
        return True

    def record(self, dataset, version, files, is_demo):
        self.loaded.pop((dataset, is_demo), None)
        self.loaded[dataset, is_demo] = (version, files[dataset])

    def may_load_again(self, dataset):
        for key in [key for key in self.loaded if key[0] == dataset]:
            self.loaded[key] = (self.loaded[key][0], None)

    # People ---------------------------------------------------------------------

    def load_people(self, rows, release, refused=frozenset()):
        """Whoever stands in refused rows alone stays as they were."""
        dataset, _, is_demo = release
        named = {row["npi"] for row in rows}
        for npi in named:
            own = [row for row in rows if row["npi"] == npi]
            said = [row["telehealth"] for row in own if row["telehealth"]]
            self.people[npi] = {
                "last_name": own[0]["last_name"],
                "credential": own[0]["credential"],
                "has_telehealth": "Y" in said if said else None,
                "is_demo": is_demo,
                "first": self.people.get(npi, {}).get("first", release),
                "last": release,
                "is_retired": False,
            }
            mapped = self.specialties if dataset == DOCTORS else self.taxonomy
            self.does[npi] = {}
            for text, is_primary in named_by(own):
                if text in mapped:
                    add(self.does[npi], mapped[text], is_primary)
            phones = {}
            for row in sorted(own, key=lambda row: row["phone"] or "~"):
                phones.setdefault((row["at"], row["pac"]), row["phone"])
            self.practices[npi], self.former_practices[npi] = merged(
                self.practices[npi],
                self.former_practices[npi],
                {key: (phone, release) for key, phone in phones.items()},
            )
        for npi, one in self.people.items():
            if (one["last"][0], one["is_demo"]) == (dataset, is_demo):
                one["is_retired"] |= npi not in named | refused

    def load_unmapped(self, rows, is_demo):
        for people in self.unmapped.values():
            for npi in [npi for npi in people if self.is_demo(npi) == is_demo]:
                del people[npi]
        for row in rows:
            for text, is_primary in named_by([row]):
                if text not in self.specialties:
                    add(self.unmapped[text], row["npi"], is_primary)

    def load_groups(self, rows, is_demo):
        for one in self.groups.values():
            one["is_retired"] |= one["is_demo"] == is_demo
        for row in rows:
            if row["pac"]:
                self.groups[row["pac"]] = {
                    "name": row["group"],
                    "is_demo": is_demo,
                    "is_retired": False,
                }

    def load_nppes(self, rows, release):
        is_demo = release[2]
        listed = [npi for npi in self.listed() if self.is_demo(npi) == is_demo]
        by_doctors_file = {
            npi for npi in self.listed() if self.people[npi]["last"][0] == DOCTORS
        }
        people = [
            row
            for row in rows
            if row["entity"] == "1"
            and not row["replacement"]
            and (row["reactivated"] or not row["deactivated"])
            and row["npi"] not in by_doctors_file
        ]
        self.load_people(people, release)
        self.take_up_waiting(people, is_demo)
        self.replaced |= {
            row["npi"]: row["replacement"] for row in rows if row["replacement"]
        }
        for npi in {*listed, *(row["npi"] for row in people)}:
            own = [row["specialty"] for row in rows if row["npi"] == npi]
            self.codes[npi] = {code for code in own if code}

    def is_demo(self, npi):
        return self.people[npi]["is_demo"]

    def listed(self):
        return sorted(npi for npi, one in self.people.items() if not one["is_retired"])

    # Hospitals and links --------------------------------------------------------

    def load_links(self, rows, release):
        is_demo = release[2]
        self.waiting = {row for row in self.waiting if row[4] != is_demo}
        facts = defaultdict(list)
        for row in rows:
            fact = (row["kind"], row["ccn"], row["parent"] or hospital_of(row["ccn"]))
            self.make_stub(*fact)
            if row["npi"] in self.people:
                facts[row["npi"]].append((*fact, release))
            else:
                self.waiting.add((row["npi"], *fact, is_demo, release))
        for npi in self.people:
            if self.is_demo(npi) == is_demo:
                self.link(npi, facts[npi])

    def take_up_waiting(self, people, is_demo):
        """Link those for whom rows of an earlier file wait."""
        npis = {row["npi"] for row in people}
        arrived = {r for r in self.waiting if r[0] in npis and r[4] == is_demo}
        self.waiting -= arrived
        for npi in {row[0] for row in arrived}:
            own = [(*row[1:4], row[5]) for row in arrived if row[0] == npi]
            for kind, ccn, hospital, _ in own:
                self.make_stub(kind, ccn, hospital)
            self.link(npi, own)

    def make_stub(self, kind, ccn, hospital):
        is_hospital = kind == "Hospital" or ccn != hospital
        known = self.hospitals.setdefault(
            hospital, unknown_hospital("hospital" if is_hospital else "facility")
        )
        if is_hospital:
            known["kind"] = "hospital"

    def link(self, npi, facts):
        new = {}
        for kind, ccn, hospital, release in facts:
            through = kind
            if kind == "Hospital":
                through = "" if ccn == hospital else UNITS[ccn[2]][1]
            new[self.meant(hospital), ccn] = (through, release)
        self.links[npi], self.former_links[npi] = merged(
            self.links[npi], self.former_links[npi], new
        )

    def load_hospitals(self, rows):
        numbers = {row["ccn"] for row in rows}
        for ccn, one in self.hospitals.items():
            if one["kind"] == "hospital" and not one["is_stub"]:
                one["is_retired"] = ccn not in numbers
        for row in rows:
            known = self.hospitals.setdefault(row["ccn"], unknown_hospital("hospital"))
            said = {name: row[name] for name in ("name", "at", "phone")}
            known |= said | {"kind": "hospital", "is_stub": False, "is_retired": False}
        for ccn in numbers:
            self.give_back(ccn)

    def load_systems(self, rows):
        said, mapped = {}, {}
        for row in rows:
            if self.is_hospital(row["ccn"]):
                is_mapped = self.hospitals[row["ccn"]]["same_as"] is not None
                (mapped if is_mapped else said)[row["ccn"]] = row
        for ccn, row in mapped.items():
            said.setdefault(self.meant(ccn), row)
        for ccn, one in self.hospitals.items():
            key = self.hospital_key(ccn)
            twins = [
                row for other, row in said.items() if self.hospital_key(other) == key
            ]
            if self.is_hospital(ccn) and twins:
                row = said.get(ccn, twins[0])
                one |= {
                    "system": row["system"] or None,
                    "is_teaching": TEACHING.get(row["teaching"]),
                }

    def is_hospital(self, ccn):
        return ccn in self.hospitals and self.hospitals[ccn]["kind"] == "hospital"

    def meant(self, ccn):
        return self.hospitals[ccn]["same_as"] or ccn

    # By hand --------------------------------------------------------------------

    def map_specialty(self, text, specialization):
        self.specialties[text] = specialization
        for npi, is_primary in self.unmapped.pop(text).items():
            add(self.does[npi], specialization, is_primary)

    def unmap_specialty(self, text):
        del self.specialties[text]
        self.may_load_again(DOCTORS)

    def map_orphan(self, ccn, hospital):
        self.give_back(ccn)
        orphan, other = self.hospitals[ccn], self.hospitals[hospital]
        orphan["same_as"] = hospital
        if other["system"] is None and other["is_teaching"] is None:
            other |= {name: orphan[name] for name in ("system", "is_teaching")}
        for npi in self.people:
            for facts in (self.links[npi], self.former_links[npi]):
                for key in [key for key in facts if key[0] == ccn]:
                    fact = facts.pop(key)
                    if (hospital, key[1]) not in self.links[npi]:
                        facts.setdefault((hospital, key[1]), fact)

    def give_back(self, ccn):
        """Let a number that stood for a hospital have its own links again."""
        hospital = self.hospitals[ccn]["same_as"]
        if hospital is None:
            return
        self.may_load_again(LINKS)
        self.hospitals[ccn]["same_as"] = None
        for facts in (*self.links.values(), *self.former_links.values()):
            for key in [key for key in facts if key[0] == hospital]:
                if hospital_of(key[1]) == ccn:
                    facts[ccn, key[1]] = facts.pop(key)

    # What is seen ---------------------------------------------------------------

    def corrected(self, value, *key):
        return self.corrections.get(key, value)

    def person(self, npi):
        names = ("last_name", "credential")
        one = self.people[npi]
        return one | {name: self.corrected(one[name], name, npi) for name in names}

    def practices_of(self, npi):
        """Return (practices, former ones): what is hidden by hand is former."""
        seen, former = {}, {}
        for facts, shown in (
            (self.practices[npi], seen),
            (self.former_practices[npi], former),
        ):
            for key, (phone, *releases) in facts.items():
                is_gone = ("gone", npi, *key) in self.corrections
                fact = (self.corrected(phone, "phone", npi, *key), *releases)
                (former if is_gone else shown)[key] = fact
        return seen, former

    def hospital_name(self, ccn):
        return self.corrected(self.hospitals[ccn]["name"], "name", ccn)

    def hospital_key(self, ccn):
        """Return one key for all numbers of a hospital: its name and where it is."""
        at = self.hospitals[ccn]["at"]
        return (self.hospital_name(ccn), at.building) if at else ccn

    def ties(self, npi):
        """Return level -> keys of a doctor."""
        practices, _ = self.practices_of(npi)
        hospitals = {ccn for ccn, _ in self.links[npi] if self.is_hospital(ccn)}
        near = hospitals | self.hospitals_by_address(npi)
        return {
            "address": {at.building for at, _ in practices} - {None},
            "group practice": {pac for _, pac in practices if pac},
            "hospital": {self.hospital_key(ccn) for ccn in near},
            "health system": {self.hospitals[c]["system"] for c in hospitals} - {None},
        }

    def hospitals_by_address(self, npi):
        """Return the hospitals in whose building a doctor practises."""
        buildings = {at.building for at, _ in self.practices_of(npi)[0]} - {None}
        return {
            ccn
            for ccn, one in self.hospitals.items()
            if self.is_hospital(ccn) and one["at"] and one["at"].building in buildings
        }

    def may_be_elsewhere(self, npi):
        """Say whether a doctor has a hospital that no file names, or names no more.

        Or none but by address.
        """
        linked = {ccn for ccn, _ in self.links[npi] if self.is_hospital(ccn)}
        every = linked | self.hospitals_by_address(npi)
        named = [
            self.hospital_key(ccn)
            for ccn in every
            if not (self.hospitals[ccn]["is_stub"] or self.hospitals[ccn]["is_retired"])
        ]
        is_known = all(self.hospital_key(ccn) in named for ccn in every)
        return not is_known or (bool(every) and not linked)

    def ties_of_hospital(self, ccn):
        one = self.hospitals[ccn]
        return {
            "address": {one["at"].building} if one["at"] else set(),
            "group practice": None,
            "hospital": {self.hospital_key(ccn)},
            "health system": {one["system"]} - {None},
        }

    def find(self, number):
        """Return (whom an NPI or a CCN means, their ties), or nothing."""
        if number in self.hospitals:
            ccn = self.meant(number)
            is_listed = self.is_hospital(ccn) and not self.hospitals[ccn]["is_retired"]
            return (ccn, self.ties_of_hospital(ccn)) if is_listed else None
        seen = []
        while number not in seen:
            if number in self.listed():
                return number, self.ties(number)
            seen.append(number)
            number = self.replaced.get(number, number)
        return None


def unknown_hospital(kind):
    unknown = dict.fromkeys(("name", "at", "same_as", "system", "is_teaching"))
    return unknown | {"kind": kind, "is_stub": True, "is_retired": False, "phone": ""}


def merged(live, former, new):
    """Return (facts, former ones) after a file of ``new``: key -> (detail, release)."""
    first = {key: fact[1] for key, fact in (former | live).items()}
    now = {
        key: (detail, first.get(key, release), release)
        for key, (detail, release) in new.items()
    }
    return now, {key: fact for key, fact in (former | live).items() if key not in new}


def add(found, key, is_primary):
    found[key] = found.get(key, False) or is_primary


def named_by(rows):
    """Yield the specialties that rows name, and whether first."""
    for row in rows:
        yield from [(row["specialty"], True)] if row["specialty"] else []
        yield from [(row["second"], False)] if row["second"] else []


def hospital_of(ccn):
    """Return whose unit a number is, or the number itself."""
    if ccn[2] in UNITS:
        return ccn[:2] + UNITS[ccn[2]][0] + ccn[3:]
    return ccn
