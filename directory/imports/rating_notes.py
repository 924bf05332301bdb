"""CMS footnotes of the overall hospital rating, in cautious words.

Source of the numbers: Hospital Downloadable Database Data Dictionary, January 2026,
Appendix E, Footnote Crosswalk. The words are ours.
"""

NOT_RATED = "Not Available"

REASONS = {
    "5": "CMS had no results for this hospital in this period.",
    "16": (
        "The hospital reported too few measures for CMS to work out a rating. "
        "That is common for small and specialized hospitals."
    ),
    "19": (
        "CMS rates only hospitals that take part in its quality reporting programs, "
        "and this hospital does not take part in them."
    ),
    "22": "CMS works out no rating for hospitals of the Department of Defense.",
}
LIMITS = {
    "17": "The rating covers inpatient care only.",
    "23": (
        "The hospital told CMS that some of the claims behind these figures "
        "may contain errors."
    ),
}


def rating_note(rating: str, footnote: str) -> str:
    """Return why there is no rating, or what limits it; empty when nothing does.

    ``footnote`` is as published: ``16, 23``. A number that we do not know is named.
    """
    notes = footnote_words(footnote)
    if rating == NOT_RATED and not notes:
        return "CMS gives no rating and no reason."
    return notes


def footnote_words(footnote: str) -> str:
    """Return footnotes, published as ``16, 23``, in words."""
    words = REASONS | LIMITS
    codes = [code.strip() for code in footnote.split(",") if code.strip()]
    return " ".join(
        words.get(code, f"CMS adds footnote {code}, which we cannot explain here.")
        for code in codes
    )
