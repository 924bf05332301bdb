"""A first doctor or a hospital whose colleagues are left out of a list."""

from dataclasses import dataclass

from directory.independence import (
    Independence,
    Level,
    Side,
    compare,
    side_of_doctor,
    side_of_hospital,
)
from directory.models import Organization, Practitioner, Specialization
from directory.people_ties import bring_ties
from directory.ties import ties_on
from directory.unit_numbers import hospital_number

NPI_LENGTH = 10


@dataclass(frozen=True)
class Apart:
    """Whose ties nobody of the list may share; ``number`` stands in the address."""

    number: str
    subject: Practitioner | Organization
    side: Side

    @property
    def is_doctor(self) -> bool:
        """Whether this is a person."""
        return isinstance(self.subject, Practitioner)

    @property
    def known_levels(self) -> list[Level]:
        """The levels on which the files say something about the subject."""
        return [level for level in Level if self.side.facts.get(level)]

    def ties(self, specialization: Specialization) -> dict[Level, list[int]]:
        """Return level -> what the rows of a specialization may not hold."""
        return {
            level: ties_on(self.side, level, specialization.pk)
            for level in self.known_levels
        }

    def compared_with(self, doctor: Practitioner) -> Independence:
        """Compare somebody who comes by ``bring_ties()``."""
        return compare(self.side, side_of_doctor(doctor))


def find_apart(number: str) -> Apart | None:
    """Return the doctor of an NPI or the hospital of a CCN: at most two queries.

    A unit of a hospital stands for its hospital.
    """
    if len(number) == NPI_LENGTH:
        found = bring_ties(Practitioner.objects.listed().filter(npi=number))
        return Apart(number, found[0], side_of_doctor(found[0])) if found else None
    hospitals = Organization.objects.listed().hospitals().with_place()
    hospital = hospitals.filter(ccn=hospital_number(number)).first()
    return Apart(number, hospital, side_of_hospital(hospital)) if hospital else None
