"""What the CMS file says of a hospital, in a patient's words."""

TYPES = {
    "Acute Care Hospitals": "General hospital",
    "Critical Access Hospitals": (
        "Small rural hospital that keeps emergency care nearby "
        "(critical access hospital)"
    ),
    "Psychiatric": "Psychiatric hospital",
    "Acute Care - Veterans Administration": "Hospital for veterans (VA)",
    "Childrens": "Children's hospital",
    "Rural Emergency Hospital": "Rural emergency hospital (no inpatient care)",
    "Acute Care - Department of Defense": "Military hospital",
    "Long-term": "Long-term care hospital",
}
OWNERSHIPS = {
    "Voluntary non-profit - Private": "Private, not for profit",
    "Voluntary non-profit - Church": "Church, not for profit",
    "Voluntary non-profit - Other": "Not for profit",
    "Proprietary": "Private, for profit",
    "Physician": "Owned by physicians",
    "Government - Hospital District or Authority": "Public hospital district",
    "Government - Local": "Local government",
    "Government - State": "State government",
    "Government - Federal": "Federal government",
    "Veterans Health Administration": "Veterans Health Administration",
    "Department of Defense": "Department of Defense",
    "Tribal": "Tribal",
}
RATING_MEANING = (
    "CMS sums up many measures in one to five stars: deaths, safety, patients who had "
    "to come back, patients' experience, and timely care. More stars are better. The "
    "rating is about the hospital as a whole, not about one doctor or one operation."
)


def type_words(published: str) -> str:
    """Return the type in plain words; an unknown one stays as published."""
    return TYPES.get(published, published)


def ownership_words(published: str) -> str:
    """Return the owner in plain words; an unknown one stays as published."""
    return OWNERSHIPS.get(published, published)


def rating_words(rating: int | None, note: str) -> str:
    """Return a rating with what limits it, or why there is none."""
    text = f"{rating} of 5 stars." if rating else "No rating."
    return f"{text} {note}".strip()


def stars(rating: int) -> str:
    """Return a rating as five stars: ★★★★☆."""
    return "★" * rating + "☆" * (5 - rating)
