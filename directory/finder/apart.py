"""A first doctor or a hospital whose colleagues are left out of a list."""

from dataclasses import dataclass

from directory.along import NPI_LENGTH
from directory.finder.filters import GONE_NUMBER, UNKNOWN_NUMBER
from directory.finder.people import person_meant
from directory.finder.ties import ties_on
from directory.independence import (
    Independence,
    Level,
    Side,
    compare,
    side_of_doctor,
    side_of_hospital,
)
from directory.models import Organization, Practitioner, Specialization
from directory.values.unit_numbers import hospital_number


@dataclass(frozen=True)
class Apart:
    """Whose ties nobody of the list may share."""

    subject: Practitioner | Organization
    side: Side

    @property
    def is_doctor(self) -> bool:
        """Whether this is a person."""
        return isinstance(self.subject, Practitioner)

    @property
    def number(self) -> str:
        """The NPI or the CCN that counts, for addresses."""
        one = self.subject
        return one.npi if isinstance(one, Practitioner) else one.ccn

    @property
    def works(self) -> str:
        """The end of a sentence: without whoever works where Ada Example works."""
        return f"{self.subject.name} {'works' if self.is_doctor else 'is'}"

    @property
    def known_levels(self) -> list[Level]:
        """The levels on which the files say something about the subject."""
        return [level for level in Level if self.side.facts.get(level)]

    @property
    def sources(self) -> set[str]:
        """The releases that its facts are from."""
        facts = (fact for level in self.known_levels for fact in self.side.facts[level])
        return {fact.source for fact in facts if fact.source}

    def ties(self, specialization: Specialization) -> dict[Level, list[int]]:
        """Return level -> what the rows of a specialization may not hold."""
        return {
            level: ties_on(self.side, level, specialization.pk)
            for level in self.known_levels
        }

    def compared_with(self, doctor: Practitioner) -> Independence:
        """Compare somebody who comes by ``bring_ties()``."""
        return compare(self.side, side_of_doctor(doctor))


def apart_from(number: str, errors: dict[str, str]) -> Apart | None:
    """Return whose colleagues are left out; ``errors`` says where that is nobody.

    At most three queries.
    """
    if not number or "apart_from" in errors:
        return None
    apart = find_apart(number)
    if apart is None:
        errors["apart_from"] = why_nobody(number)
    return apart


def find_apart(number: str) -> Apart | None:
    """Return the doctor of an NPI or the hospital of a CCN: at most two queries.

    A unit of a hospital stands for its hospital, and so does a number that was found
    to mean one; a replaced NPI stands for whoever has another one now.
    """
    if len(number) == NPI_LENGTH:
        doctor = person_meant(number)
        return Apart(doctor, side_of_doctor(doctor)) if doctor else None
    hospitals = Organization.objects.listed().hospitals().with_place().with_twins()
    hospital = hospitals.numbered(hospital_number(number))
    return Apart(hospital, side_of_hospital(hospital)) if hospital else None


def why_nobody(number: str) -> str:
    """Return why ``find_apart`` found nobody for a number: one query."""
    if len(number) == NPI_LENGTH:
        was_listed = Practitioner.objects.filter(npi=number).exists()
    else:
        hospitals = Organization.objects.hospitals()
        was_listed = hospitals.filter(ccn=hospital_number(number)).exists()
    return GONE_NUMBER if was_listed else UNKNOWN_NUMBER
