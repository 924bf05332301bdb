"""Cells, numbers and address keys as CMS writes them."""

import csv

import pytest

from directory.sample.addresses import adrs_id
from directory.sample.cells import cell, pac_id
from directory.sample.chance import Chance
from directory.sample.hospitals import area_code
from directory.sample.specialties import SpecialtyChooser, specialties
from directory.sample.specialty_cells import specialty_cells


@pytest.mark.parametrize("text", ["", "PLAIN", "A, B", 'THE "BEST"', 'A "B", C'])
def test_a_cell_reads_back_as_it_was(text):
    assert next(csv.reader([f"x,{cell(text)},y"], strict=True)) == ["x", text, "y"]


def test_what_needs_no_quotes_has_none():
    assert cell("ST MARY'S") == "ST MARY'S"


@pytest.mark.parametrize(
    ("line_1", "line_2", "expected"),
    [
        ("1200 FICTION ST SE", "", "TX770300000HO1200XSEXX400"),
        ("400 FICTION AVE", "", "TX770300000HO400XXAVEX300"),
        ("7 W FICTION BLVD", "STE 12", "TX770300000HO7XXXXBLVD402"),
    ],
)
def test_an_address_key_has_25_characters(line_1, line_2, expected):
    found = adrs_id("TX", "770300000", "HOUSTON", line_1, line_2)

    assert found == expected
    assert len(found) == 25


@pytest.mark.parametrize(
    ("city", "letters"),
    [('"BAY, NORTH"', "BA"), ("O FALLON", "OF"), ("X", "XX"), ("LA JOLLA", "LA")],
)
def test_the_key_names_a_city_by_two_letters(city, letters):
    assert adrs_id("TX", "770300000", city, "1 A ST", "")[11:13] == letters


def test_no_two_pac_ids_are_the_same():
    found = [pac_id(kind, number) for kind in (0, 1) for number in range(5000)]

    assert len(set(found)) == len(found)
    assert {len(one) for one in found} == {10}


@pytest.mark.parametrize(
    ("phone", "expected"),
    [("(334) 793-8701", "334"), ("3347938701", "334"), ("", "555"), ("(055) 1", "555")],
)
def test_an_area_code_is_that_of_the_hospital(phone, expected):
    assert area_code(phone) == expected


def test_specialties_fill_their_columns_from_the_left():
    found = specialty_cells("PSYCHOLOGIST, CLINICAL", ["UROLOGY", "DENTIST"])

    assert next(csv.reader([found])) == [
        *("PSYCHOLOGIST, CLINICAL", "UROLOGY", "DENTIST", "", "", "UROLOGY, DENTIST")
    ]


def test_a_family_gives_its_own_specialties_and_all_of_them():
    chooser = SpecialtyChooser(specialties(), large_city=False)
    chance = Chance(1, 1, 1)

    found = {
        chooser.choose("Heart and blood vessels", chance.fraction()).cms
        for _ in range(4000)
    }

    ladder = {
        one.cms for one in specialties() if one.family == "Heart and blood vessels"
    }
    assert found == ladder
    assert chooser.choose("", 0.0) == specialties()[0]
    assert chooser.choose("", 1 - 2**-53) == specialties()[-1]
