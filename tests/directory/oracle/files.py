"""Random files of a tiny world: rows for the model, and the same rows as CSV.

Six people, two of them made up; three group practices; four hospital numbers, two of
them of one hospital, one that the hospital file does not always have.
"""

from typing import NamedTuple

from directory.imports import nppes
from tests.directory.release_files import (
    AFFILIATIONS_HEADER,
    DOCTORS_HEADER,
    HOSPITALS_HEADER,
    doctor,
    line,
)
from tests.factories import with_check_digit


class Address(NamedTuple):
    """An address of the files, and what it is part of."""

    line_1: str
    line_2: str
    city: str
    state: str
    zip_code: str
    address_id: str
    building: str | None


class Row(dict):
    """A row of a file that can be remembered."""

    def __hash__(self):
        return hash(tuple(sorted(self.items(), key=str)))


HOUSTON = ("HOUSTON", "TX", "770301234", "TX770301234HO12")
MAIN = Address("12 N MAIN ST", "STE 5", *HOUSTON, "main")
WRITTEN_OUT = Address("12 NORTH MAIN STREET", "", *HOUSTON, "main")
BEHIND_A_SUITE = Address("SUITE 9", "12 N. MAIN ST", *HOUSTON, "main")
SUITE_ALONE = Address("SUITE 9", "", *HOUSTON, None)
ELM = Address("1 ELM AVE", "", *HOUSTON, "elm")
AUSTIN = Address("12 N MAIN ST", "", "AUSTIN", "TX", "78701", "", "austin")
LOST_ZERO = Address("2 OAK ST", "", "BOSTON", "MA", "2115", "MA021150000BO2", "boston")
ADDRESSES = [MAIN, WRITTEN_OUT, BEHIND_A_SUITE, SUITE_ALONE, ELM, AUSTIN, LOST_ZERO]

REAL = [with_check_digit(f"99000000{n}") for n in range(1, 5)]
MADE_UP = [with_check_digit(f"99000000{n}") for n in range(5, 7)]
GROUPS = {False: ["0990000001", "0990000002"], True: ["0990000003"]}
KIND, TWIN, OTHER, LATE = "450068", "451301", "450076", "459999"
HOSPITALS = {
    KIND: ("Kind Hospital", ELM),
    TWIN: ("Kind Hospital", ELM._replace(line_1="1 ELM AVENUE")),
    OTHER: ("Other Hospital", WRITTEN_OUT),
    LATE: ("Late Hospital", ELM),
}
FACILITIES = [
    *(("Hospital", ccn, "") for ccn in (KIND, TWIN, OTHER, LATE, LATE)),
    *(("Hospital", "45S068", parent) for parent in ("", KIND)),
    ("Nursing home", "455001", ""),
    ("Nursing home", "455002", OTHER),
]
STRINGS = ["CARDIOLOGY", "NEUROLOGY", "HEART MEDICINE", "ROCKETS", ""]
TAXONOMY = {"207RC0000X": "Cardiology", "2084N0400X": "Neurology"}
PHONES = ["(555) 555-0100", "(555) 555-0101", ""]
NAMES = ["Example", "Sample", "O'Hara"]
OLD_NAMES = {
    "Provider Last Name": " lst_nm",
    "Provider First Name": " frst_nm",
    "Provider Middle Name": "mid_nm",
    "Facility Name": "org_nm",
    "City/Town": "cty",
    "State": "st",
    "ZIP Code": "zip",
    "Telephone Number": "phn_numbr",
}


def people_of(is_demo):
    return MADE_UP if is_demo else REAL


def fault(random, *faults):
    return random.choice([""] * 9 + list(faults))


def digits(phone):
    return "".join(one for one in phone if one.isdigit())


# What each file may hold --------------------------------------------------------


def doctors(random, is_demo):
    """One name and credential a person, one name a group; all else at random."""
    people, groups = people_of(is_demo), GROUPS[is_demo]
    names = {npi: random.choice(NAMES) for npi in people}
    credentials = {npi: random.choice(["MD", "DO", ""]) for npi in people}
    called = {pac: f"{random.choice(['Larkspur', 'Oak'])} {pac[-1]}" for pac in groups}
    rows = []
    for _ in range(random.randint(1, 8)):
        npi, pac = random.choice(people), random.choice([*groups, ""])
        rows.append(
            Row(
                npi=npi,
                last_name=names[npi],
                credential=credentials[npi],
                specialty=random.choice(STRINGS),
                second=random.choice(STRINGS),
                pac=pac,
                group=called.get(pac, ""),
                at=random.choice(ADDRESSES),
                phone=random.choice(PHONES),
                telehealth=random.choice(["Y", "N", ""]),
                fault=fault(random, "npi", "name", "zip", "phone"),
            )
        )
    return tuple(rows)


def affiliations(random, is_demo):
    rows = []
    for _ in range(random.randint(1, 8)):
        kind, ccn, parent = random.choice(FACILITIES)
        npi = random.choice(people_of(is_demo))
        wrong = fault(random, "npi", "ccn")
        rows.append(Row(npi=npi, kind=kind, ccn=ccn, parent=parent, fault=wrong))
    return tuple(rows)


def hospitals(random, _is_demo):
    """The two numbers of one hospital come and go together."""
    chosen = random.sample([KIND, OTHER, LATE], random.randint(1, 3))
    chosen += [TWIN] * (KIND in chosen)
    return tuple(
        Row(
            ccn=ccn,
            name=HOSPITALS[ccn][0],
            at=HOSPITALS[ccn][1],
            phone=random.choice(PHONES),
        )
        for ccn in chosen
    )


def nppes_people(random, is_demo):
    people = people_of(is_demo)
    rows = []
    for npi in random.sample(people, random.randint(1, len(people))):
        replacement = random.choice(["", "", *people])
        rows.append(
            Row(
                npi=npi,
                entity=random.choice("11112"),
                last_name=random.choice(NAMES),
                credential=random.choice(["MD", ""]),
                specialty=random.choice([*TAXONOMY, "207Q00000X", ""]),
                second="",
                pac="",
                at=random.choice([one for one in ADDRESSES if one != LOST_ZERO]),
                phone=random.choice(PHONES),
                telehealth="",
                deactivated=random.choice(["", "", "", "01/02/2020"]),
                reactivated=random.choice(["", "01/02/2021"]),
                replacement=replacement if replacement != npi else "",
            )
        )
    return tuple(rows)


def systems(random, _is_demo):
    chosen = random.sample(list(HOSPITALS), random.randint(1, 4))
    return tuple(
        Row(
            ccn=ccn,
            system=random.choice(["HSI1", "HSI2", ""]),
            teaching=random.choice(["0", "1", ""]),
        )
        for ccn in chosen
    )


# The same as CSV ----------------------------------------------------------------


def doctors_text(rows, has_old_names):
    names = [OLD_NAMES.get(name, name) for name in DOCTORS_HEADER.split(",")]
    text = ",".join(names) if has_old_names else DOCTORS_HEADER
    for row in rows:
        at, wrong = row["at"], row["fault"]
        text += "\n" + doctor(
            npi=row["npi"][:9] if wrong == "npi" else row["npi"],
            provider_last_name="" if wrong == "name" else row["last_name"].upper(),
            cred=row["credential"],
            pri_spec=row["specialty"],
            sec_spec_1=row["second"],
            facility_name=row["group"].upper(),
            org_pac_id=row["pac"],
            adr_ln_1=at.line_1,
            adr_ln_2=at.line_2,
            city_town=at.city,
            state=at.state,
            zip_code="77" if wrong == "zip" else at.zip_code,
            adrs_id=at.address_id,
            telephone_number="5.55E+09" if wrong == "phone" else digits(row["phone"]),
            telehlth=row["telehealth"],
        ).rstrip("\n")
    return text + "\n"


def affiliations_text(rows, _has_old_names):
    names = AFFILIATIONS_HEADER.split(",")
    return f"{AFFILIATIONS_HEADER}\n" + "".join(
        line(
            AFFILIATIONS_HEADER,
            {
                "NPI": "123" if row["fault"] == "npi" else row["npi"],
                "facility_type": row["kind"],
                names[-2]: "4.5E+05" if row["fault"] == "ccn" else row["ccn"],
                names[-1]: row["parent"],
            },
        )
        for row in rows
    )


def hospitals_text(rows, _has_old_names):
    return f"{HOSPITALS_HEADER}\n" + "".join(
        f"{row['ccn']},{row['name'].upper()},{row['at'].line_1},HOUSTON,TX,77030,"
        f"{row['phone']},Acute,Own,Yes,4,\n"
        for row in rows
    )


def nppes_text(rows, _has_old_names):
    header = ",".join(names[0] for names in nppes.COLUMNS.values())
    ours = dict(zip(nppes.COLUMNS, header.split(","), strict=True))
    text = f"{header}\n"
    for row in rows:
        at = row["at"]
        values = {name: row[name] for name in row.keys() & ours.keys()} | {
            "last_name": row["last_name"].upper(),
            "line_1": at.line_1,
            "line_2": at.line_2,
            "city": at.city,
            "state": at.state,
            "zip_code": at.zip_code,
            "phone": digits(row["phone"]),
            "taxonomy_1": row["specialty"],
        }
        text += line(header, {ours[name]: value for name, value in values.items()})
    return text


def systems_text(rows, _has_old_names):
    return "ccn,health_sys_id,health_sys_name,hos_majteach\n" + "".join(
        f"{row['ccn']},{row['system']},{row['system']},{row['teaching']}\n"
        for row in rows
    )


# In the order in which an import takes them.
KINDS = {
    "hospitals": (hospitals, hospitals_text),
    "doctors": (doctors, doctors_text),
    "affiliations": (affiliations, affiliations_text),
    "nppes": (nppes_people, nppes_text),
    "systems": (systems, systems_text),
}
