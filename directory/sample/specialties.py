"""How often each CMS primary specialty is made up, and what goes with it.

Weights are rough thousands of clinicians, near the proportions of the CMS Doctors and
Clinicians file; a specialty without a weight here is rare. Only what CMS codes is made
up: nobody is given a sub-specialization that real files could not hold.
"""

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate

from directory.data_files import LADDER
from directory.sample.chance import chosen

RARE = 0.25

WEIGHTS = {
    "ALLERGY/IMMUNOLOGY": 3.6,
    "ANESTHESIOLOGY": 37,
    "ANESTHESIOLOGY ASSISTANT": 2.5,
    "CARDIAC ELECTROPHYSIOLOGY": 2.7,
    "CARDIAC SURGERY": 1.6,
    "CARDIOVASCULAR DISEASE (CARDIOLOGY)": 21,
    "CERTIFIED CLINICAL NURSE SPECIALIST (CNS)": 2.5,
    "CERTIFIED NURSE MIDWIFE (CNM)": 5,
    "CERTIFIED REGISTERED NURSE ANESTHETIST (CRNA)": 40,
    "CHIROPRACTIC": 40,
    "CLINICAL PSYCHOLOGIST": 30,
    "CLINICAL SOCIAL WORKER": 55,
    "COLORECTAL SURGERY (PROCTOLOGY)": 1.8,
    "CRITICAL CARE (INTENSIVISTS)": 5.5,
    "DENTIST": 3,
    "DERMATOLOGY": 12.5,
    "DIAGNOSTIC RADIOLOGY": 32,
    "EMERGENCY MEDICINE": 45,
    "ENDOCRINOLOGY": 7,
    "FAMILY PRACTICE": 85,
    "GASTROENTEROLOGY": 14,
    "GENERAL PRACTICE": 5,
    "GENERAL SURGERY": 20,
    "GERIATRIC MEDICINE": 2.3,
    "GERIATRIC PSYCHIATRY": 0.7,
    "GYNECOLOGICAL ONCOLOGY": 1.2,
    "HAND SURGERY": 1.7,
    "HEMATOLOGY": 1.2,
    "HEMATOLOGY/ONCOLOGY": 9.5,
    "HOSPICE/PALLIATIVE CARE": 2.4,
    "HOSPITALIST": 20,
    "INFECTIOUS DISEASE": 6.5,
    "INTERNAL MEDICINE": 95,
    "INTERVENTIONAL CARDIOLOGY": 4.6,
    "INTERVENTIONAL PAIN MANAGEMENT": 2.4,
    "INTERVENTIONAL RADIOLOGY": 2.5,
    "ADVANCED HEART FAILURE AND TRANSPLANT CARDIOLOGY": 0.9,
    "MARRIAGE AND FAMILY THERAPIST": 6,
    "MAXILLOFACIAL SURGERY": 1.5,
    "MEDICAL ONCOLOGY": 3.5,
    "MENTAL HEALTH COUNSELOR": 28,
    "NEPHROLOGY": 9,
    "NEUROLOGY": 16,
    "NEUROSURGERY": 5,
    "NUCLEAR MEDICINE": 0.6,
    "NURSE PRACTITIONER": 190,
    "OBSTETRICS/GYNECOLOGY": 30,
    "OCCUPATIONAL THERAPIST IN PRIVATE PRACTICE": 10,
    "OPHTHALMOLOGY": 18,
    "OPTOMETRY": 34,
    "ORAL SURGERY": 1.5,
    "ORTHOPEDIC SURGERY": 22,
    "OTOLARYNGOLOGY": 9.2,
    "PAIN MANAGEMENT": 2.5,
    "PATHOLOGY": 11,
    "PEDIATRIC MEDICINE": 10,
    "PHYSICAL MEDICINE AND REHABILITATION": 9,
    "PHYSICAL THERAPIST IN PRIVATE PRACTICE": 72,
    "PHYSICIAN ASSISTANT": 100,
    "PLASTIC AND RECONSTRUCTIVE SURGERY": 4.5,
    "PODIATRY": 14,
    "PSYCHIATRY": 25,
    "PULMONARY DISEASE": 10,
    "QUALIFIED AUDIOLOGIST": 9,
    "QUALIFIED SPEECH LANGUAGE PATHOLOGIST": 6,
    "RADIATION ONCOLOGY": 5,
    "REGISTERED DIETITIAN OR NUTRITION PROFESSIONAL": 8,
    "RHEUMATOLOGY": 5.3,
    "SLEEP MEDICINE": 1.1,
    "SPORTS MEDICINE": 2,
    "SURGICAL ONCOLOGY": 1.4,
    "THORACIC SURGERY": 2.2,
    "UROLOGY": 9.8,
    "VASCULAR SURGERY": 3.4,
}
# What a second specialty in the file usually is.
SECOND = {
    "HOSPITALIST": "INTERNAL MEDICINE",
    "INTERVENTIONAL CARDIOLOGY": "CARDIOVASCULAR DISEASE (CARDIOLOGY)",
    "CARDIAC ELECTROPHYSIOLOGY": "CARDIOVASCULAR DISEASE (CARDIOLOGY)",
    "HAND SURGERY": "ORTHOPEDIC SURGERY",
    "CRITICAL CARE (INTENSIVISTS)": "PULMONARY DISEASE",
    "MEDICAL ONCOLOGY": "HEMATOLOGY/ONCOLOGY",
    "SURGICAL ONCOLOGY": "GENERAL SURGERY",
    "GERIATRIC MEDICINE": "INTERNAL MEDICINE",
    "PAIN MANAGEMENT": "ANESTHESIOLOGY",
}
CREDENTIALS = {
    "physician": ("MD", "MD", "MD", "MD", "MD", "MD", "DO"),
    "advanced practice": ("NP",),
    "chiropractor": ("DC",),
    "dentist": ("DDS", "DMD"),
    "mental health professional": ("PHD", "LCSW"),
    "optometrist": ("OD",),
    "podiatrist": ("DPM",),
    "therapist": ("PT", "DPT"),
}
EXACT_CREDENTIALS = {
    "PHYSICIAN ASSISTANT": ("PA",),
    "ANESTHESIOLOGY ASSISTANT": ("AA",),
    "CERTIFIED REGISTERED NURSE ANESTHETIST (CRNA)": ("CRNA",),
    "CERTIFIED NURSE MIDWIFE (CNM)": ("CNM",),
    "CERTIFIED CLINICAL NURSE SPECIALIST (CNS)": ("CNS",),
    "CLINICAL PSYCHOLOGIST": ("PHD", "PSYD"),
    "CLINICAL SOCIAL WORKER": ("LCSW",),
    "MENTAL HEALTH COUNSELOR": ("LPC",),
    "MARRIAGE AND FAMILY THERAPIST": ("LMFT",),
    "OCCUPATIONAL THERAPIST IN PRIVATE PRACTICE": ("OT", "OTD"),
    "QUALIFIED AUDIOLOGIST": ("AUD",),
    "QUALIFIED SPEECH LANGUAGE PATHOLOGIST": ("SLP",),
    "REGISTERED DIETITIAN OR NUTRITION PROFESSIONAL": ("RD",),
}
# Share of a profession that the affiliation file links to a hospital.
AFFILIATED = {"physician": 0.8, "advanced practice": 0.55, "podiatrist": 0.5}
PRIMARY_CARE = frozenset({"FAMILY PRACTICE", "GENERAL PRACTICE", "CHIROPRACTIC"})


@dataclass(frozen=True)
class Specialty:
    """One CMS primary specialty as the demonstration uses it."""

    cms: str
    family: str
    profession: str
    weight: float

    @property
    def credentials(self) -> tuple[str, ...]:
        """What may stand behind the name."""
        return EXACT_CREDENTIALS.get(self.cms) or CREDENTIALS[self.profession]

    @property
    def affiliated(self) -> float:
        """Share of these people with a hospital."""
        return AFFILIATED.get(self.profession, 0.06)

    def weight_in(self, *, large_city: bool) -> float:
        """Return the weight; specialists gather in large cities."""
        if self.profession != "physician" or self.cms in PRIMARY_CARE:
            return self.weight * (0.7 if large_city else 1.1)
        return self.weight * (2.2 if large_city else 0.8)


@cache
def specialties() -> tuple[Specialty, ...]:
    """Return the 93 specialties of the ladder in its order."""
    with LADDER.open(encoding="utf-8", newline="") as file:
        return tuple(
            Specialty(
                row["pri_spec"],
                row["family"],
                row["profession"],
                WEIGHTS.get(row["pri_spec"], RARE),
            )
            for row in csv.DictReader(file)
        )


class SpecialtyChooser:
    """Chooses specialties by their weights, of one family or (blank) of all."""

    def __init__(self, every: Sequence[Specialty], *, large_city: bool) -> None:
        self.choices: dict[str, tuple[list[Specialty], list[float]]] = {}
        for family in {"", *(one.family for one in every)}:
            fitting = [one for one in every if family in {"", one.family}]
            weights = [one.weight_in(large_city=large_city) for one in fitting]
            self.choices[family] = (fitting, list(accumulate(weights)))

    def choose(self, family: str, fraction: float) -> Specialty:
        """Return the specialty that a number from 0 to 1 falls on."""
        return chosen(*self.choices[family], fraction)
