"""The directory's nouns, one module each."""

from directory.models.correction import Correction
from directory.models.error_report import ErrorReport
from directory.models.former import FormerAffiliation, FormerPractice
from directory.models.import_run import ImportRun, RefusedRow
from directory.models.listing import Listing
from directory.models.organization import Organization, OrphanHospital
from directory.models.place import Location, Place, ZipCode
from directory.models.practitioner import (
    Affiliation,
    Practice,
    Practitioner,
    PractitionerSpecialization,
    ReplacedNpi,
)
from directory.models.practitioner_count import PractitionerCount
from directory.models.public_form_use import PublicFormUse
from directory.models.release import SourceRelease
from directory.models.specialization import (
    FormerSpecializationSlug,
    Specialization,
    SpecializationCode,
)
from directory.models.taxonomy import PractitionerTaxonomy, TaxonomyCode
from directory.models.unmapped import UnmappedPractitioner, UnmappedSpecialty
from directory.models.waiting import WaitingAffiliation

__all__ = [
    "Affiliation",
    "Correction",
    "ErrorReport",
    "FormerAffiliation",
    "FormerPractice",
    "FormerSpecializationSlug",
    "ImportRun",
    "Listing",
    "Location",
    "Organization",
    "OrphanHospital",
    "Place",
    "Practice",
    "Practitioner",
    "PractitionerCount",
    "PractitionerSpecialization",
    "PractitionerTaxonomy",
    "PublicFormUse",
    "RefusedRow",
    "ReplacedNpi",
    "SourceRelease",
    "Specialization",
    "SpecializationCode",
    "TaxonomyCode",
    "UnmappedPractitioner",
    "UnmappedSpecialty",
    "WaitingAffiliation",
    "ZipCode",
]
