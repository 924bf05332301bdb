"""The directory's nouns, one module each."""

from directory.models.import_run import ImportRun, RefusedRow
from directory.models.listing import Listing
from directory.models.organization import Organization
from directory.models.place import Location, Place, ZipCode
from directory.models.practitioner import (
    Affiliation,
    Practice,
    Practitioner,
    PractitionerCount,
    PractitionerSpecialization,
    WaitingAffiliation,
)
from directory.models.release import SourceRelease
from directory.models.specialization import (
    FormerSpecializationSlug,
    Specialization,
    SpecializationCode,
)

__all__ = [
    "Affiliation",
    "FormerSpecializationSlug",
    "ImportRun",
    "Listing",
    "Location",
    "Organization",
    "Place",
    "Practice",
    "Practitioner",
    "PractitionerCount",
    "PractitionerSpecialization",
    "RefusedRow",
    "SourceRelease",
    "Specialization",
    "SpecializationCode",
    "WaitingAffiliation",
    "ZipCode",
]
