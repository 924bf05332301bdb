"""Names with one letter wrong, and what was meant."""

import pytest

from directory.values.misspellings import LONGEST, meant_by, one_letter_off


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("jonson", "johnson"),
        ("johnsson", "johnson"),
        ("johnsen", "johnson"),
        ("jonhson", "johnson"),
        ("johnso", "johnson"),
        ("johnsonn", "johnson"),
    ],
    ids=["missing", "doubled", "another", "exchanged", "last missing", "last doubled"],
)
def test_one_letter_may_be_wrong(typed, meant):
    assert meant in one_letter_off(typed)


@pytest.mark.parametrize("typed", ["bohnson", "ohnson", "jonnsen"])
def test_the_first_letter_is_right_and_only_one_is_wrong(typed):
    assert "johnson" not in one_letter_off(typed)


def test_one_word_of_several_is_wrong_and_a_short_or_endless_one_never():
    meant = list(meant_by(["ada", "jonson", "77030"]))

    assert ["ada", "johnson", "77030"] in meant
    assert {(one[0], one[-1]) for one in meant if one[2:]} == {("ada", "77030")}
    assert ["ada", "jonson", "77030"] not in meant
    assert ["adajonson", "77030"] in meant
    assert list(meant_by(["x" * (LONGEST + 1)])) == []
