"""Certification numbers: a unit's leads to its hospital's, and lost zeros come back."""

import pytest

from directory.values.unit_numbers import hospital_number, unit_numbers, with_zeros


@pytest.mark.parametrize(
    ("ccn", "hospital"),
    [
        ("45S068", "450068"),
        ("45T068", "450068"),
        ("45U068", "450068"),
        ("45Z301", "451301"),
        ("45M301", "451301"),
        ("45R301", "451301"),
        ("45W012", "452012"),
        ("45Y030", "453030"),
        ("A9S068", "A90068"),
        ("45SE26", "45SE26"),
        ("45V068", "45V068"),
        ("450068", "450068"),
        ("45A068", "45A068"),
        ("S50068", "S50068"),
        ("", ""),
    ],
)
def test_a_letter_in_third_place_is_the_digit_of_its_hospital(ccn, hospital):
    assert hospital_number(ccn) == hospital


@pytest.mark.parametrize("ccn", ["450068", "451301", "452012", "453030"])
def test_every_unit_of_a_hospital_leads_back_to_it(ccn):
    numbers = unit_numbers(ccn)

    assert numbers
    assert {hospital_number(number) for number in numbers} == {ccn}


@pytest.mark.parametrize(
    ("published", "ccn"),
    [
        ("10001", "010001"),
        ("123", "000123"),
        ("450068", "450068"),
        ("45S068", "45S068"),
        ("5S068", "5S068"),
        ("12", "12"),
        ("", ""),
    ],
)
def test_zeros_that_a_spreadsheet_took_come_back(published, ccn):
    assert with_zeros(published) == ccn
