import pytest

from directory.imports.rating_notes import rating_note


@pytest.mark.parametrize(
    ("footnote", "words"),
    [
        ("5", "no results"),
        ("16", "too few measures"),
        ("19", "does not take part"),
        ("22", "Department of Defense"),
        ("16, 23", "may contain errors"),
    ],
)
def test_a_missing_rating_has_its_reason_in_words(footnote, words):
    note = rating_note("Not Available", footnote)

    assert words in note
    assert not any(char.isdigit() for char in note)


def test_a_rated_hospital_says_what_limits_the_rating():
    assert rating_note("4", "17") == "The rating covers inpatient care only."
    assert rating_note("4", "") == ""


def test_an_unknown_footnote_is_named_and_not_explained():
    assert "footnote 99" in rating_note("Not Available", "99")


def test_no_rating_and_no_footnote_is_said_too():
    assert rating_note("Not Available", "") == "CMS gives no rating and no reason."
