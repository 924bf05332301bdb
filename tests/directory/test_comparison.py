"""Doctors side by side: what differs first, who works apart from the first."""

import pytest

from directory.comparison import Cell, Line, compare_doctors
from directory.models import Practitioner
from directory.nearby import Spot, distance_words, miles_between
from directory.people_ties import bring_ties
from tests.factories import (
    make_doctor,
    make_group,
    make_hospital,
    make_location,
    make_place,
    make_practice,
    make_specialization,
    make_system,
)

pytestmark = pytest.mark.django_db

HOUSTON, DALLAS = (29.76, -95.37), (32.78, -96.80)


def compared(*doctors, **options):
    order = {doctor.pk: index for index, doctor in enumerate(doctors)}
    found = bring_ties(Practitioner.objects.with_titles().filter(pk__in=order))
    return compare_doctors(sorted(found, key=lambda one: order[one.pk]), **options)


def rows(group):
    """Return label -> the texts of each cell."""
    return {
        row.label: [[line.text for line in cell.lines] for cell in row.cells]
        for row in group
    }


def at(place, point):
    return make_location(place, latitude=point[0], longitude=point[1])


def test_what_differs_comes_apart_from_what_is_the_same():
    cardiology = make_specialization()
    one = make_doctor("One", does=(cardiology,), credential="MD", graduation_year=1999)
    two = make_doctor("Two", does=(cardiology,), credential="DO", has_telehealth=True)

    found = compared(one, two)

    differing, same = rows(found.differing), rows(found.same)
    assert differing["Credential"] == [["MD"], ["DO"]]
    assert differing["Graduated"] == [["1999"], []]
    assert differing["Visits by video or phone"] == [[], ["Yes"]]
    assert same["Specialization"] == [["Cardiologist"], ["Cardiologist"]]
    assert same["School"] == [[], []]
    assert not differing.keys() & same.keys()


def test_the_same_hospitals_in_another_order_are_the_same():
    a, b = make_hospital("A Hospital"), make_hospital("B Hospital")

    found = compared(make_doctor(hospitals=(b, a)), make_doctor(hospitals=(a, b)))

    assert (
        rows(found.same)["Hospitals and their rating"]
        == [["A Hospital", "B Hospital"]] * 2
    )


def test_hospitals_have_their_rating_and_what_limits_it():
    rated = make_hospital("A", rating=4, rating_note="Inpatients only.")
    silent = make_hospital("B", rating=None, rating_note="Too few measures.")
    gone = make_hospital("C", retired_at="2026-01-01T00:00Z")

    found = compared(make_doctor(hospitals=(rated, silent, gone)), make_doctor())

    row = next(one for one in found.differing if one.label.startswith("Hospitals"))
    assert row.cells[0].lines == (
        Line("A", rated.get_absolute_url(), "4 of 5 stars. Inpatients only.", rated.pk),
        Line("B", silent.get_absolute_url(), "No rating. Too few measures.", silent.pk),
        Line("C", "", "No longer in the hospital file.", gone.pk),
    )
    assert row.cells[1] == Cell()


def test_a_hospital_by_address_is_said_to_be_so():
    hospital = make_hospital("A", rating=4, rating_note="")
    linked = make_doctor(at=(hospital.location,), hospitals=(hospital,))
    inside = make_doctor(at=(hospital.location,))

    found = compared(linked, inside)

    row = next(one for one in found.differing if one.label.startswith("Hospitals"))
    assert [[line.note for line in cell.lines] for cell in row.cells] == [
        ["4 of 5 stars."],
        ["4 of 5 stars. By an address in its building."],
    ]
    assert rows(found.independence)["Same hospital?"][1] == ["Shares"]


def test_a_cell_has_room_for_three_and_says_how_many_more():
    places = [
        make_location(
            line_1=f"{9 - number} Elm Street", line_2="Suite 5", zip_code=code
        )
        for number, code in enumerate(["77030"] * 4 + [""])
    ]

    found = compared(make_doctor(at=tuple(places)), make_doctor())

    row = next(one for one in found.differing if one.label == "Addresses")
    assert [line.text for line in row.cells[0].lines] == [
        f"{number} Elm Street, Suite 5, Houston, TX{zip_code}"
        for number, zip_code in ((5, ""), (6, " 77030"), (7, " 77030"))
    ]
    assert row.cells[0].more == 2
    assert row.cells[0].lines[0].note == "(555) 555-0101"


def test_what_has_no_room_is_compared_as_well():
    a, b, c, d, e = (make_hospital(f"{letter} Hospital") for letter in "ABCDE")

    found = compared(
        make_doctor(hospitals=(a, b, c, d)), make_doctor(hospitals=(a, b, c, e))
    )

    assert "Hospitals and their rating" in rows(found.differing)


def test_groups_and_systems_of_one_name_are_not_the_same():
    doctors = []
    for _ in range(2):
        doctors.append(make_doctor())
        group = make_group("Radiology Associates", system=make_system("Kind Health"))
        make_practice(doctors[-1], organization=group)

    found = compared(*doctors)

    assert rows(found.differing)["Group practice"] == [["Radiology Associates"]] * 2
    assert rows(found.differing)["Health system"] == [["Kind Health"]] * 2
    [row] = [one for one in found.independence if one.label == "Same group practice?"]
    assert row.cells[1].lines == (Line("Perhaps", note="names alike"),)


def test_an_address_without_a_telephone_says_so():
    doctor = make_doctor(has_telehealth=False, medical_school="Oakenshaw")
    group = make_group("Brook Group", system=make_system("Brook Health"))
    make_practice(doctor, phone="", organization=group)

    [found] = [compared(doctor)]

    same = rows(found.same)
    assert found.independence == found.differing == []
    assert same["Visits by video or phone"] == [["No"]]
    assert same["School"] == [["Oakenshaw"]]
    assert same["Group practice"] == [["Brook Group"]]
    assert same["Health system"] == [["Brook Health"]]
    row = next(one for one in found.same if one.label == "Addresses")
    assert row.cells[0].lines[0].note == "no telephone number"


def test_each_is_compared_with_the_first_on_every_level():
    shared = make_hospital("Kind Hospital")
    first = make_doctor("First", hospitals=(shared,), at=(make_place(),))
    same = make_doctor("Same", hospitals=(shared,))
    apart = make_doctor("Apart", hospitals=(make_hospital(),), at=(make_place(),))
    unknown = make_doctor("Unknown")

    found = rows(compared(first, same, apart, unknown).independence)

    assert [cells[0] for cells in found["Altogether"]] == [
        "The first, with whom the others are compared",
        "Not independent: they share what is named below",
        "A different institution, as far as the files show",
        "Not known",
    ]
    assert [cells[0] for cells in found["Same hospital?"]] == [
        "Known, see below",
        "Shares",
        "Differs",
        "Not known",
    ]
    assert [cells[0] for cells in found["Same address?"][2:]] == [
        "Differs",
        "Not known",
    ]
    assert found["Same group practice?"] == [["Not known"]] * 4


def whole_line(*doctors):
    [row] = [
        one for one in compared(*doctors).independence if one.label == "Altogether"
    ]
    [line] = row.cells[1].lines
    return line


def test_another_address_alone_is_no_different_institution():
    first, second = (make_doctor(at=(make_place(),)) for _ in range(2))

    line = whole_line(first, second)

    assert "A different institution" not in line.text
    assert line == Line(
        "Another address; whether another institution, the files do not say",
        note="Not known: group practice, hospital, health system",
    )


def test_what_is_shared_counts_more_than_names_alike():
    hospitals = [make_hospital(f"Larkspur Valley {word}") for word in ("East", "West")]
    shared = make_location()
    pair = [make_doctor(at=(shared,), hospitals=(one,)) for one in hospitals]

    assert whole_line(*pair) == Line("Not independent: they share what is named below")


def test_a_different_institution_names_what_is_not_known_of_it():
    first, second = (make_doctor(hospitals=(make_hospital(name),)) for name in "AB")

    assert whole_line(first, second) == Line(
        "A different institution, as far as the files show",
        note="Not known: address, group practice, health system",
    )


def test_a_different_institution_on_every_level_stands_alone():
    pair = []
    for _ in range(2):
        hospital = make_hospital(system=make_system())
        pair.append(make_doctor(hospitals=(hospital,)))
        make_practice(pair[-1], organization=make_group())

    assert whole_line(*pair).note == ""


def test_two_numbers_of_one_name_are_perhaps_one_institution():
    """At two addresses: at one address they are one hospital."""
    first, second = (make_doctor(hospitals=(make_hospital("Kind"),)) for _ in range(2))

    line = whole_line(first, second)

    assert line.text == "Perhaps the same institution: the names are alike"


def test_a_hospital_with_two_numbers_is_perhaps_a_third_one_of_its_name():
    here = [make_location(line_1=f"12 Elm {word}") for word in ("St", "Street")]
    hospital, _ = (make_hospital("Kind", location=location) for location in here)
    first = make_doctor(hospitals=(hospital,))
    second = make_doctor(hospitals=(make_hospital("Kind"),))

    line = whole_line(first, second)

    assert line.text == "Perhaps the same institution: the names are alike"


def test_hospitals_of_one_beginning_are_perhaps_one_health_system():
    """No file of health systems was loaded, or it is older than the hospital."""
    names = ("Larkspur Valley Medical Center", "Larkspur Valley - East Hospital")
    first, second = (make_doctor(hospitals=(make_hospital(name),)) for name in names)

    line = whole_line(first, second)

    assert line.text == "Perhaps the same institution: the names are alike"


def test_hospitals_of_systems_that_differ_are_not_laid_together_for_their_names():
    first, second = (
        make_doctor(hospitals=(make_hospital(name, system=make_system(name)),))
        for name in ("St. Brook Hospital", "St. Brook Medical Center")
    )

    assert whole_line(first, second).text.startswith("A different institution")


def test_a_number_without_a_name_is_not_said_to_be_another_hospital():
    first = make_doctor(hospitals=(make_hospital("Hospital 450900", is_stub=True),))
    second = make_doctor(hospitals=(make_hospital("Kind"),))

    found = compared(first, second, make_doctor()).independence

    assert whole_line(first, second).text == "Not known"
    row = next(one for one in found if one.label == "Same hospital?")
    [line] = row.cells[1].lines
    assert line.text == "Not known"
    assert "may mean the same" in line.note
    assert row.cells[2].lines == (Line("Not known"),)


def test_what_is_shared_is_named():
    shared = make_hospital("Kind Hospital")

    found = compared(make_doctor(hospitals=(shared,)), make_doctor(hospitals=(shared,)))

    row = next(one for one in found.independence if one.label == "Same hospital?")
    assert row.cells[1] == Cell((Line("Shares", note="Kind Hospital"),))


def test_distances_are_from_the_first_doctors_nearest_address():
    here, there = at(make_place(), HOUSTON), at(make_place("Dallas"), DALLAS)
    first = make_doctor("First", at=(here,))
    far = make_doctor("Far", at=(there,))
    near = make_doctor("Near", at=(there, at(make_place(), HOUSTON)))
    nowhere = make_doctor("Nowhere", at=(make_location(),))

    found = rows(compared(first, far, near, nowhere).differing)

    assert found["Distance from the first doctor"] == [
        ["Measured from here"],
        ["About 225 miles away"],
        ["Within a mile, or in the same ZIP code"],
        [],
    ]
    assert rows(compared(nowhere, far).same)["Distance from the first doctor"] == [
        [],
        [],
    ]


def test_a_point_that_two_zip_codes_share_is_no_distance():
    """Neither has a middle: the point is that of their city, or of a wider area."""
    point = {"latitude": HOUSTON[0], "longitude": HOUSTON[1]}
    first, near, blank, far = (
        make_doctor(at=(make_location(place, zip_code=zip_code, **point),))
        for place, zip_code in (
            (make_place(), "77001"),
            (make_place(), "77002"),
            (make_place(), ""),
            (make_place("Dallas"), "77003"),
        )
    )

    found = rows(compared(first, near, blank, far).differing)
    twin = make_doctor(at=(make_location(make_place(), zip_code="", **point),))
    from_blank = rows(compared(blank, twin).differing)
    from_zip = compared(first, near, start=Spot(HOUSTON, "77001"))

    assert found["Distance from the first doctor"] == [
        ["Measured from here"],
        ["In the same city"],
        ["In the same city"],
        [],
    ]
    assert from_blank["Distance from the first doctor"][1] == ["In the same city"]
    assert rows(from_zip.differing)["Distance from ZIP code 77001"] == [
        ["Within a mile, or in the same ZIP code"],
        [],
    ]


def test_the_same_zip_code_is_closer_than_the_same_city():
    point = {"latitude": HOUSTON[0], "longitude": HOUSTON[1]}
    here, there = (make_location(zip_code=one, **point) for one in ("77001", "77002"))

    found = rows(
        compared(make_doctor(at=(here, there)), make_doctor(at=(here,))).differing
    )

    assert found["Distance from the first doctor"][1] == [
        "Within a mile, or in the same ZIP code"
    ]


def test_distances_may_be_from_a_zip_code():
    houston, dallas = at(make_place(), HOUSTON), at(make_place("Dallas"), DALLAS)
    start = Spot((32.0, -96.8), "75201")

    far = rows(compared(make_doctor(at=(houston,)), start=start).same)
    near = rows(compared(make_doctor(at=(houston, dallas)), start=start).same)

    assert far["Distance from ZIP code 75201"] == [["About 176 miles away"]]
    assert near["Distance from ZIP code 75201"] == [["About 54 miles away"]]


def test_distances_are_those_of_a_sphere():
    assert miles_between(HOUSTON, HOUSTON) == 0
    assert miles_between((0, 0), (0, 180)) == pytest.approx(12_437, abs=1)
    assert miles_between(HOUSTON, DALLAS) == miles_between(DALLAS, HOUSTON)
    assert distance_words(1.2) == "About 1 mile away"
    assert distance_words(2436.6) == "About 2,437 miles away"
