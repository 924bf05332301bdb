"""One way to write a street line: what becomes one building, and what never does."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.values.street_lines import ALIKE, building_line, building_of

ONE_BUILDING = [
    ("12 Main Ave", "12 Main Avenue"),
    ("12 Main Ave.", "12 MAIN AV"),
    ("12 Larkspur Ln Ste 5", "12 Larkspur Lane, Suite B12"),
    ("12 larkspur lane suite b", "12 Larkspur Lane"),
    ("12 Larkspur Lane, Apartment 3", "12 Larkspur Ln, Second Floor"),
    ("12 North Main St", "12 N. Main Street"),
    ("12 Main St North", "12 Main Street N"),
    ("North Main Street", "N Main St"),
    ("12 N.W. 5th St", "12 Northwest 5th Street"),
    ("221 N E Glen Oak Ave", "221 NE Glen Oak Avenue"),
    ("842 East 1700 South", "842 E 1700 S"),
    ("12 St. Paul St", "12 Saint Paul Street"),
    ("12 Mt Vernon Blvd", "12 Mount Vernon Boulevard"),
    ("12 Avenue A", "12 Ave A"),
    ("US Hwy 9 North", "U.S. Highway 9 N"),
    ("12 North Park Ave", "12 N Park Avenue"),
    ("One Hospital Drive", "1 Hospital Dr"),
    ("12 Medical Center Drive", "12 Medical Ctr Dr"),
    ("12 O'Hara Rd", "12 Ohara Road"),
    ("5 Calle José", "5 CALLE JOSE"),
    ("12 Hospital Dr, P.O. Box 860", "12 Hospital Drive (PO BOX 860)"),
    ("12 Hospital Dr, Box 860", "12 Hospital Drive"),
    ("P O Box 277, 2200 H St", "2200 H Street"),
    ("12 Grace Blvd, Building A", "12 Grace Boulevard Bldg A"),
]
TWO_BUILDINGS = [
    ("12 St Paul St", "12 Paul St"),
    ("12 Court St", "12 Ct St"),
    ("12 Court St", "12 Court"),
    ("12 Avenue A", "12 Avenue B"),
    ("12 Avenue N", "12 North Ave"),
    ("12 North Ave", "12 N Ave"),
    ("12 North Avenue E", "12 N Ave E"),
    ("12 E St NW", "12 East St NW"),
    ("12 E St", "12 E St NW"),
    ("12 N Main St", "12 S Main St"),
    ("12 Main St N", "12 N Main St"),
    ("12 Main St", "12 Main Ave"),
    ("12 Main St", "12 Main Ct"),
    ("12 Oak Park Dr", "12 Oak Pkwy Dr"),
    ("12 Mill St", "12 Mills St"),
    ("12 Park Ave", "12 Parks Ave"),
    ("12 Lake Trail Dr", "12 Lake Trails Dr"),
    ("12 Mt View Rd", "12 Mountain View Rd"),
    ("12 County Road N", "12 County Road North"),
    ("12 5th Ave", "125 Th Ave"),
    ("12 First Ave", "12 1st Ave"),  # USPS: some cities have both
    ("112-10 Main St", "11210 Main St"),
    ("39.2 Rd", "392 Rd"),
    ("12 1/2 Main St", "12 Main St"),
    ("12 Unit 5 Main St", "12 Unit 6 Elm St"),
    ("Calle Javilla #8", "Calle Javilla #9"),
    ("800 Ste. Genevieve Drive", "800"),
    ("15 Unity Road", "15"),
    ("12 Stem", "12"),
    ("2190 Grace Blvd, Building A", "2190 Grace Blvd, Building B"),
    ("PO Box 12", "PO Box 13"),
    ("Route 7 Box 12", "Route 7 Box 13"),
    ("...", ""),
]
words = st.sampled_from(
    ["Main", "Park", "North", "N", "E", "St", "Street", "Ave", "5th", "Saint", "Court"]
)
streets = st.lists(words, min_size=2, max_size=5).map(" ".join)
houses = st.integers(1, 99999).map(str)


@pytest.mark.parametrize(("one", "other"), ONE_BUILDING)
def test_two_ways_of_writing_are_one_building(one, other):
    assert building_line(one) == building_line(other)


@pytest.mark.parametrize(("one", "other"), TWO_BUILDINGS)
def test_two_streets_are_never_made_one(one, other):
    assert building_line(one) != building_line(other)


def test_no_word_is_short_for_two_others():
    every = [word for group in ALIKE for word in group]

    assert len(every) == len(set(every)) > 400


@given(houses, houses, streets)
def test_two_houses_of_a_street_are_two_buildings(one, other, street):
    lines = [building_line(f"{house} {street}") for house in (one, other)]

    assert (lines[0] == lines[1]) == (one == other)


@given(houses, streets, st.sampled_from(["", " Ste 5", ", SUITE 5", " Unit B"]))
def test_capitals_dots_and_suites_make_no_difference(house, street, suite):
    line = f"{house} {street}"

    dotted = line.upper().replace(" ", ". ") + suite

    assert building_line(dotted) == building_line(line)


SUITES = [
    "Suite 5",
    "STE 200",
    "Ste. B",
    "Suite 1200-A",
    "Unit C",
    "Suite 200, 210 & 220",
    "2nd Floor",
    "Third Floor, Suite 310",
    "Floor 2 Rm. 14",
    "(Suite 5)",
]
MORE_THAN_SUITES = [
    "Suite 200, 12 Main Street",
    "Suite 5 Larkspur Medical Center",
    "Unity Road",
    "Unit Drive",
    "Space Center",
    "200",
    "5th Street",
    "PO Box 12",
    "Building A",
]


@pytest.mark.parametrize("line", SUITES)
def test_a_suite_alone_names_no_building(line):
    assert building_line(line) == ""


@pytest.mark.parametrize("line", MORE_THAN_SUITES)
def test_what_is_more_than_a_suite_is_something_to_compare(line):
    assert building_line(line) != ""


@pytest.mark.parametrize(
    "street", ["12 N Main St", "12 NORTH MAIN STREET, FL 2", "One Hospital Drive"]
)
def test_behind_a_suite_alone_stands_its_street(street):
    assert building_of("Suite 200", street) == building_line(street) != ""
    assert building_of("", street) == building_line(street)


@pytest.mark.parametrize(
    "line_2",
    [
        "",
        "Suite 5",
        "Department of Medicine",
        "Medical Plaza",
        "2 West",
        "3 Floor",
        "200",
    ],
)
def test_what_else_stands_behind_a_suite_is_no_building(line_2):
    assert building_of("Suite 200", line_2) == ""


def test_a_first_line_with_a_street_is_enough():
    assert building_of("12 Main St", "9 Elm Ave") == "12 MAIN ST"


@given(st.text(max_size=40))
def test_whatever_is_written_is_something_to_compare_or_a_suite(line):
    if not building_line(line).strip():
        assert building_line(f"12 Main St {line}") == "12 MAIN ST"


@given(st.text(max_size=40).filter(str.strip))
def test_whatever_begins_with_a_house_is_something_to_compare(line):
    assert building_line(f"12 {line}") != ""


def test_a_line_of_many_suites_is_read_at_once():
    assert building_line("FL1" * 60 + "!") != ""
