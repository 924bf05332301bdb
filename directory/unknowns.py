"""What the public files do not tell about a clinician, said plainly."""

from directory.models import Practitioner

NO_HOSPITAL = (
    "At which hospital this clinician works, if at any: the file, made from Medicare "
    "claims, shows no link."
)
ALWAYS = [
    "Whether new patients are accepted, and which insurance.",
    "Which languages are spoken.",
    "Board certification, and how often this clinician does a certain operation.",
]


def unknowns_of(
    practitioner: Practitioner, *, has_hospital: bool, has_phone: bool
) -> list[str]:
    """Return a sentence for each thing that is missing, the particular ones first."""
    missing = [
        (not practitioner.medical_school, "Where this clinician trained."),
        (practitioner.graduation_year is None, "When this clinician graduated."),
        (
            practitioner.has_telehealth is None,
            "Whether visits by video or telephone are offered.",
        ),
        (
            not has_hospital,
            NO_HOSPITAL,
        ),
        (not has_phone, "A telephone number."),
    ]
    return [sentence for is_missing, sentence in missing if is_missing] + ALWAYS
