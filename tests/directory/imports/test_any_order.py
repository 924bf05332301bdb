"""Whatever is loaded and set by hand, in any order: the directory says what is true.

Random sequences over a tiny world; after each step all that the database tells is
compared with a model that is slow and obvious. ``IMPORT_SEQUENCES=50`` runs more.
"""

import os
from random import Random

import pytest

from directory.by_hand.correcting import correct, withdraw
from directory.by_hand.mapping import (
    map_orphan,
    map_specialty,
    unmap_orphan,
    unmap_specialty,
)
from directory.imports.report import ImportRefusedError
from directory.models import (
    Correction,
    Organization,
    Practice,
    Practitioner,
    Specialization,
    SpecializationCode,
    UnmappedSpecialty,
)
from tests.directory.oracle.files import KINDS, TAXONOMY
from tests.directory.oracle.looking import (
    SPECIALIZATIONS,
    practice_key,
    told_by_the_database,
    told_by_the_model,
)
from tests.directory.oracle.model import Model
from tests.directory.release_files import run
from tests.factories import make_specialization

pytestmark = pytest.mark.django_db

SEQUENCES = int(os.environ.get("IMPORT_SEQUENCES", "2"))
STEPS = 10
VALUES = {
    "last_name": "Wright",
    "credential": "DDS",
    "phone": "(555) 555-0199",
    "gone": "",
    "name": "Right Hospital",
}
MAPPED = {"CARDIOLOGY": "Cardiology", "NEUROLOGY": "Neurology"}


class Player:
    """Takes random steps, each in the directory and in the model."""

    def __init__(self, seed, folder):
        self.random = Random(seed)
        self.folder = folder
        self.model = Model(MAPPED, TAXONOMY)
        self.month = 0
        self.written = {}  # (kind, rows) -> text
        self.said = []

    def any_of(self, found):
        choices = sorted(found, key=str)
        return self.random.choice(choices) if choices else None

    # Files ----------------------------------------------------------------------

    def load_some(self):
        random = self.random
        is_demo = random.random() < 0.25
        kinds = ["doctors", "affiliations"] if is_demo else list(KINDS)
        chosen = random.sample(kinds, random.choice([1, 1, 1, 2, len(kinds)]))
        self.load(chosen, is_demo=is_demo, is_dry_run=random.random() < 0.1)

    def load(self, chosen, *, is_demo=False, is_dry_run=False):
        rows = {kind: self.rows(kind, is_demo) for kind in KINDS if kind in chosen}
        version = self.version()
        self.said.append((version, is_demo, is_dry_run, rows))
        expected = self.model.run(version, rows, is_demo=is_demo, is_dry_run=is_dry_run)
        paths = {kind: self.write(kind, rows[kind], is_demo) for kind in rows}
        try:
            run(
                version,
                **paths,
                is_demo=is_demo,
                is_dry_run=is_dry_run,
                accepts_census=True,
            )
            is_refused = False
        except ImportRefusedError:
            is_refused = True
        assert is_refused == expected or is_dry_run

    def rows(self, kind, is_demo):
        """Return rows of a file, now and then those of an earlier one."""
        earlier = [key[1] for key in self.written if key[::2] == (kind, is_demo)]
        if earlier and self.random.random() < 0.2:
            return self.random.choice(earlier)
        make, _ = KINDS[kind]
        return make(self.random, is_demo)

    def version(self):
        """Return the release: the next month's, the same again, or a former one.

        A month is not published twice while an address is hidden by hand: whether the
        second file still has the address is not kept.
        """
        hides = any(key[0] == "gone" for key in self.model.corrections)
        self.month += 1 if hides else self.random.choice([0, 1, 1])
        month = self.month if self.random.random() > 0.05 else 0
        return f"{2020 + month // 12}-{month % 12 + 1:02d}"

    def write(self, kind, rows, is_demo):
        _, text_of = KINDS[kind]
        key = (kind, rows, is_demo)
        if key not in self.written:
            self.written[key] = text_of(rows, self.random.random() < 0.5)
        path = self.folder / f"{kind}.csv"
        path.write_text(self.written[key])
        return path

    # By hand --------------------------------------------------------------------

    def map_specialty(self):
        text = self.any_of(t for t, people in self.model.unmapped.items() if people)
        if text:
            name = self.any_of(SPECIALIZATIONS)
            self.said.append((text, "is", name))
            unmapped = UnmappedSpecialty.objects.get(published=text)
            specialization = Specialization.objects.get(name=name)
            map_specialty(unmapped=unmapped, specialization=specialization, by=None)
            self.model.map_specialty(text, name)

    def unmap_specialty(self):
        text = self.any_of(self.model.specialties.keys() - MAPPED.keys())
        if text:
            self.said.append((text, "is unmapped"))
            unmap_specialty(code=SpecializationCode.objects.get(code=text), by=None)
            self.model.unmap_specialty(text)

    def map_orphan(self):
        numbers = [ccn for ccn in self.model.hospitals if self.model.is_hospital(ccn)]
        orphans = [ccn for ccn in numbers if self.model.hospitals[ccn]["is_stub"]]
        retired = [ccn for ccn in numbers if self.model.hospitals[ccn]["is_retired"]]
        orphan = self.any_of(orphans)
        hospital = self.any_of({*numbers} - {*orphans, *retired})
        if orphan and hospital:
            self.said.append((orphan, "stands for", hospital))
            map_orphan(
                orphan=Organization.objects.get(ccn=orphan),
                hospital=Organization.objects.get(ccn=hospital),
                by=None,
            )
            self.model.map_orphan(orphan, hospital)

    def unmap_orphan(self):
        orphan = self.any_of(c for c, o in self.model.hospitals.items() if o["same_as"])
        if orphan:
            self.said.append((orphan, "stands for itself"))
            unmap_orphan(orphan=Organization.objects.get(ccn=orphan), by=None)
            self.model.give_back(orphan)

    def correct(self):
        field = self.any_of(VALUES)
        key = self.any_of(self.correctable(field) - self.model.corrections.keys())
        if key:
            self.said.append(("correct", key))
            made = Correction(field=field, value=VALUES[field], **target_of(key))
            correct(correction=made, by=None)
            self.model.corrections[key] = VALUES[field]

    def correctable(self, field):
        """Return what has such a fact: (field, NPI or CCN, address and group)."""
        model = self.model
        if field == "name":
            hospitals = model.hospitals.items()
            return {(field, ccn) for ccn, one in hospitals if not one["is_stub"]}
        if field not in ("phone", "gone"):
            return {(field, npi) for npi in model.people}
        return {
            (field, npi, *practice)
            for npi in model.people
            for practice in model.practices_of(npi)[0]
        }

    def withdraw(self):
        key = self.any_of(self.model.corrections)
        if key:
            self.said.append(("withdraw", key))
            withdraw(
                correction=Correction.objects.get(field=key[0], **target_of(key)),
                by=None,
            )
            del self.model.corrections[key]

    STEPS = (
        *(load_some,) * 6,
        *(correct, correct, withdraw),
        *(map_specialty, unmap_specialty, map_orphan, unmap_orphan),
    )

    def step(self):
        """Do something; not every step can be taken in every directory."""
        before = len(self.said)
        while len(self.said) == before:
            self.random.choice(self.STEPS)(self)


def target_of(key):
    """Return the fields of a correction that say what it is about."""
    field, number, *practice = key
    if field == "name":
        return {"organization": Organization.objects.get(ccn=number)}
    doctor = Practitioner.objects.get(npi=number)
    if not practice:
        return {"practitioner": doctor}
    known = Correction.objects.filter(practitioner=doctor).exclude(location=None)
    live = Practice.objects.filter(practitioner=doctor)
    for rows in (live, known):
        for one in rows.select_related("location__place", "organization"):
            if practice_key(one) == tuple(practice):
                return {
                    "practitioner": doctor,
                    "location": one.location,
                    "organization": one.organization,
                }
    raise AssertionError(key)


@pytest.fixture
def _specializations():
    cardiology = make_specialization()
    make_specialization("Neurology", "Neurologist")
    make_specialization("Rhythm", "Rhythm doctor", cardiology, is_coded=False)
    for code, name in TAXONOMY.items():
        SpecializationCode.objects.create(
            specialization=Specialization.objects.get(name=name),
            system="taxonomy",
            code=code,
        )


@pytest.mark.usefixtures("_specializations")
@pytest.mark.parametrize("seed", range(SEQUENCES))
def test_in_any_order_the_directory_says_what_is_true(seed, tmp_path):
    player = Player(seed, tmp_path)
    player.load(KINDS)
    for _ in range(STEPS):
        player.step()

        told, true = told_by_the_database(), told_by_the_model(player.model)

        for name in true:
            assert told[name] == true[name], (name, player.said)
