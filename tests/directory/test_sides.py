"""From rows of the directory to sides that can be compared."""

import pytest

from directory.independence import Level, compare, side_of_doctor, side_of_hospital
from directory.models import Affiliation, Organization, Practitioner
from directory.people_ties import bring_ties
from tests.factories import (
    make_doctor,
    make_group,
    make_hospital,
    make_location,
    make_place,
    make_practice,
    make_release,
    make_system,
)

pytestmark = pytest.mark.django_db


def verdicts(first, second):
    return {one.level: one.verdict for one in compare(first, second).levels}


def doctor_side(doctor):
    return side_of_doctor(*bring_ties(Practitioner.objects.filter(pk=doctor.pk)))


def hospital_side(hospital):
    hospitals = Organization.objects.with_place().with_twins()
    return side_of_hospital(hospitals.get(pk=hospital.pk))


def test_two_suites_of_a_building_are_one_address():
    houston = make_place()
    suites = [
        make_location(houston, line_1="12 Larkspur Lane", line_2=f"Suite {number}")
        for number in (1, 2)
    ]

    first, second = (doctor_side(make_doctor(at=(suite,))) for suite in suites)

    assert verdicts(first, second)[Level.ADDRESS] == "shares"


@pytest.mark.parametrize(
    "line_1",
    [
        "12 Larkspur Lane Ste 200",
        "12 Larkspur Lane, Suite B12",
        "12 Larkspur Lane, Suite 300 (3rd Floor)",
        "12 Larkspur Lane Unit A",
        "12 Larkspur Lane, Room C2k100",
        "12 Larkspur Lane, 5th Floor",
        "12 Larkspur Lane FL 5",
        "12 LARKSPUR LN., SUITE 5",
    ],
)
def test_a_suite_in_the_street_line_is_the_same_building(line_1):
    houston = make_place()
    plain = make_doctor(at=(make_location(houston, line_1="12 Larkspur Lane"),))
    suite = make_doctor(at=(make_location(houston, line_1=line_1),))

    found = verdicts(doctor_side(plain), doctor_side(suite))

    assert found[Level.ADDRESS] == "shares"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("800 Ste. Genevieve Drive", "800"),
        ("12 Floor Ave", "12"),
        ("12 Stewart St", "12"),
        ("Calle Javilla #8", "Calle Javilla #9"),  # houses, in Puerto Rico
        ("2190 Grace Blvd, Building A", "2190 Grace Blvd, Building B"),
    ],
)
def test_what_is_no_suite_stays_part_of_the_street_line(one, other):
    houston = make_place()
    first, second = (
        doctor_side(make_doctor(at=(make_location(houston, line_1=line_1),)))
        for line_1 in (one, other)
    )

    assert verdicts(first, second)[Level.ADDRESS] == "differs"


def test_the_street_behind_a_suite_is_the_address():
    houston = make_place()
    plain = make_location(houston, line_1="12 Larkspur Lane")
    behind = make_location(houston, line_1="Suite 5", line_2="12 LARKSPUR LN")

    found = compare(*(doctor_side(make_doctor(at=(one,))) for one in (plain, behind)))

    assert found.levels[0].verdict == "shares"
    assert found.levels[0].second[0].shown == "12 LARKSPUR LN, Houston, TX"


def test_a_row_without_a_street_is_at_no_known_address():
    """Else everybody without one in a ZIP code would work in one building."""
    first, second = make_doctor(at=(make_location(line_1=""),)), make_doctor()
    make_practice(second, make_location(line_1="", line_2="Suite 5"))
    hospitals = [
        make_hospital("Kind Hospital", location=make_location(line_1="", line_2=line_2))
        for line_2 in "ab"
    ]

    sides = (doctor_side(first), doctor_side(second), *map(hospital_side, hospitals))

    assert [one.facts[Level.ADDRESS] for one in sides] == [frozenset()] * 4
    assert [one.facts[Level.HOSPITAL] for one in sides[:2]] == [frozenset()] * 2
    assert verdicts(*sides[:2])[Level.ADDRESS] == "unknown"
    assert verdicts(*sides[2:])[Level.HOSPITAL] == "differs"


def test_the_same_street_in_another_city_is_another_address():
    here = make_location(make_place(), line_1="12 Larkspur Lane")
    there = make_location(make_place("Dallas"), line_1="12 Larkspur Lane")

    first, second = (doctor_side(make_doctor(at=(where,))) for where in (here, there))

    assert verdicts(first, second) == {
        Level.ADDRESS: "differs",
        Level.GROUP: "unknown",
        Level.HOSPITAL: "unknown",
        Level.SYSTEM: "unknown",
    }


def test_a_blank_group_is_unknown_and_not_solo():
    first, second = make_doctor(), make_doctor()
    make_practice(first)
    make_practice(second, organization=make_group())

    assert verdicts(doctor_side(first), doctor_side(second))[Level.GROUP] == "unknown"


def test_a_unit_counts_as_its_hospital():
    hospital = make_hospital()
    ward = make_doctor(hospitals=(hospital,))
    unit = make_doctor()
    Affiliation.objects.create(
        practitioner=unit,
        organization=hospital,
        through="Rehabilitation unit",
        reported_ccn="45T068",
        release=make_release(),
    )

    found = compare(doctor_side(ward), doctor_side(unit))

    assert [one.level for one in found.shared] == [Level.HOSPITAL]
    assert [fact.name for fact in found.shared[0].shared] == ["Test Hospital"]
    assert found.sources == ["CMS Doctors and Clinicians, release 2026-02"]


def test_two_numbers_of_one_name_at_one_address_are_one_hospital():
    first, second, elsewhere = (
        make_hospital("Kind Hospital", location=make_location(line_1=line_1))
        for line_1 in ("1001 West St", "1001 West Street", "1002 West St")
    )
    one, other = (make_doctor(hospitals=(hospital,)) for hospital in (first, second))

    found = compare(doctor_side(one), doctor_side(other))

    assert [one.level for one in found.shared] == [Level.HOSPITAL]
    assert [fact.shown for fact in found.shared[0].shared] == [
        "Kind Hospital (2 CMS numbers, 1 address)"
    ]
    for hospital in (first, second):
        assert (
            verdicts(hospital_side(hospital), doctor_side(other))[Level.HOSPITAL]
            == "shares"
        )
    assert (
        verdicts(hospital_side(elsewhere), doctor_side(other))[Level.HOSPITAL]
        == "differs"
    )


def test_hospitals_without_an_address_are_told_apart_by_their_number():
    first, second = (make_hospital("Hospital", location=None) for _ in range(2))

    found = verdicts(hospital_side(first), hospital_side(second))

    assert found[Level.HOSPITAL] == "differs"


def test_a_group_and_a_hospital_of_one_system_meet_there():
    system = make_system()
    first = make_doctor(hospitals=(make_hospital(system=system),))
    second = make_doctor()
    make_practice(second, organization=make_group(system=system))

    found = verdicts(doctor_side(first), doctor_side(second))

    assert found[Level.HOSPITAL] == "unknown"
    assert found[Level.SYSTEM] == "shares"


def test_a_hospital_that_is_gone_still_ties_people_together():
    old = make_hospital(retired_at="2026-01-01T00:00Z")

    first, second = (doctor_side(make_doctor(hospitals=(old,))) for _ in range(2))

    assert verdicts(first, second)[Level.HOSPITAL] == "shares"


@pytest.mark.parametrize(
    "fields",
    [{"is_stub": True, "location": None}, {"retired_at": "2026-01-01T00:00Z"}],
    ids=["a number without a name", "left the file, perhaps for another's"],
)
def test_a_hospital_of_which_nobody_knows_what_it_is_now_differs_from_none(fields):
    other = make_hospital()
    first = make_doctor(hospitals=(make_hospital(**fields),))
    second = make_doctor(hospitals=(other,))

    sides = [doctor_side(first), doctor_side(second), hospital_side(other)]

    assert verdicts(sides[0], sides[1])[Level.HOSPITAL] == "unknown"
    assert verdicts(sides[0], sides[2])[Level.HOSPITAL] == "unknown"
    assert verdicts(sides[0], sides[0])[Level.HOSPITAL] == "shares"


def test_an_address_in_a_hospitals_building_ties_to_whoever_is_linked_to_it():
    """A file of claims says nothing of many who work there."""
    houston = make_place()
    hospital = make_hospital("Kind Hospital", location=make_location(houston))
    suite = make_location(
        houston, line_1=hospital.location.line_1, line_2="Suite 7", zip_code="77030"
    )
    inside = make_doctor(at=(suite,))
    linked = make_doctor(at=(houston,), hospitals=(hospital,))

    there = compare(doctor_side(inside), doctor_side(linked))
    back = compare(doctor_side(linked), doctor_side(inside))

    for found in (there, back):
        assert [one.level for one in found.shared] == [Level.HOSPITAL]
        assert [fact.shown for fact in found.shared[0].shared] == [
            "Kind Hospital, by an address in its building"
        ]


def test_a_street_of_the_same_name_elsewhere_is_not_the_hospitals():
    houston = make_place()
    hospital = make_hospital("Kind Hospital", location=make_location(houston))
    line_1 = hospital.location.line_1
    elsewhere = (
        make_location(houston, line_1=line_1, zip_code="77099"),
        make_location(make_place("Dallas"), line_1=line_1),
    )

    side = doctor_side(make_doctor(at=elsewhere))

    assert side.facts[Level.HOSPITAL] == frozenset()


def test_an_address_alone_tells_no_hospitals_apart():
    kind, other = make_hospital("Kind Hospital"), make_hospital("Other Hospital")
    inside = make_doctor(at=(kind.location,))
    both = make_doctor(at=(kind.location,), hospitals=(make_hospital("Third"),))
    elsewhere = doctor_side(make_doctor(hospitals=(other,)))

    assert verdicts(doctor_side(inside), elsewhere)[Level.HOSPITAL] == "unknown"
    assert verdicts(elsewhere, doctor_side(inside))[Level.HOSPITAL] == "unknown"
    assert verdicts(doctor_side(both), elsewhere)[Level.HOSPITAL] == "differs"


def test_whoever_is_linked_to_the_hospital_of_the_address_is_so_by_the_link():
    hospital = make_hospital("Kind Hospital")
    doctor = make_doctor(at=(hospital.location,), hospitals=(hospital,))

    [fact] = doctor_side(doctor).facts[Level.HOSPITAL]

    assert (fact.shown, fact.is_told_apart) == ("Kind Hospital", True)


def test_neither_a_group_nor_a_nursing_home_makes_a_building_a_hospitals():
    where = make_location()
    make_group(location=where)
    no_hospital = {"kind": "facility", "rating": None, "has_emergency_service": None}
    make_hospital("Nursing Home", location=where, **no_hospital)

    assert doctor_side(make_doctor(at=(where,))).facts[Level.HOSPITAL] == frozenset()


def test_a_hospital_is_a_side_without_a_group():
    system = make_system()
    hospital = make_hospital(system=system)
    inside = make_doctor(at=(hospital.location,), hospitals=(hospital,))
    sister = make_doctor(hospitals=(make_hospital(system=system),))

    assert verdicts(hospital_side(hospital), doctor_side(inside)) == {
        Level.ADDRESS: "shares",
        Level.HOSPITAL: "shares",
        Level.SYSTEM: "shares",
    }
    assert verdicts(hospital_side(hospital), doctor_side(sister)) == {
        Level.ADDRESS: "unknown",
        Level.HOSPITAL: "differs",
        Level.SYSTEM: "shares",
    }


def test_a_hospital_without_address_or_release_has_fewer_facts():
    bare = make_hospital(location=None, last_release=None)

    side = hospital_side(bare)

    assert side.facts[Level.ADDRESS] == frozenset()
    assert [fact.source for fact in side.facts[Level.HOSPITAL]] == [""]


def test_rows_of_several_tables_may_have_one_number():
    place = make_place()
    doctor = make_doctor()
    where = make_location(place, pk=place.pk, line_1="12 Elm St")
    make_practice(doctor, where, organization=make_group("Kind Group", pk=place.pk))

    side = doctor_side(doctor)

    assert [fact.name for fact in side.facts[Level.GROUP]] == ["Kind Group"]
    assert [fact.name for fact in side.facts[Level.ADDRESS]] == [
        "12 Elm St, Houston, TX"
    ]


def test_ties_are_one_further_query(django_assert_num_queries):
    doctor = make_doctor(
        at=(make_place(),), hospitals=(make_hospital(system=make_system()),)
    )
    make_practice(doctor, organization=make_group(system=make_system("Other")))

    with django_assert_num_queries(2):
        doctor_side(doctor)
