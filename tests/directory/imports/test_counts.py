import pytest

from directory.models import Place, Practitioner, PractitionerCount, Specialization
from tests.factories import count_doctors, make_doctor, make_place, make_specialization

pytestmark = pytest.mark.django_db


def counted():
    """The precomputed numbers: (specialization, state, city) -> how many."""
    return {
        (row.specialization.slug, row.state, row.place.slug if row.place else ""): (
            row.practitioners
        )
        for row in PractitionerCount.objects.select_related("specialization", "place")
    }


def counted_slowly():
    """The same, obviously: walk everybody for every area."""
    numbers = {}
    areas = [("", ""), *Place.objects.values_list("state", "slug")]
    areas += [(state, "") for state, _ in areas[1:]]
    people = list(Practitioner.objects.filter(retired_at=None))
    for specialization in Specialization.objects.exclude(level="family"):
        own = {specialization.pk, *specialization.children.values_list("pk", flat=True)}
        for state, city in set(areas):
            number = 0
            for person in people:
                does = set(person.specializations.values_list("pk", flat=True))
                places = [
                    practice.location.place for practice in person.practices.all()
                ]
                is_there = not state or any(
                    place.state == state and (not city or place.slug == city)
                    for place in places
                )
                number += bool(does & own) and is_there
            if number:
                numbers[specialization.slug, state, city] = number
    return numbers


def test_counts_are_what_a_slow_count_gives():
    cardiology = make_specialization()
    rhythm = make_specialization("Rhythm", "Rhythm doctor", cardiology)
    neurology = make_specialization("Neurology", "Neurologist")
    houston, dallas = make_place(), make_place("Dallas")
    boston = make_place("Boston", "MA")
    make_doctor(does=(cardiology,), at=(houston, houston, dallas))
    make_doctor(does=(rhythm, cardiology), at=(houston, boston))
    make_doctor(does=(rhythm,))
    make_doctor(does=(neurology,), at=(boston,))
    make_doctor(does=(neurology,), at=(houston,), retired=True)

    count_doctors()

    numbers = counted()
    assert numbers == counted_slowly()
    assert numbers["cardiology", "", ""] == 3
    assert numbers["cardiology", "TX", ""] == 2
    assert numbers["rhythm", "MA", "boston"] == 1


def test_a_family_has_no_count():
    make_doctor(does=(make_specialization(),), at=(make_place(),))

    count_doctors()

    levels = PractitionerCount.objects.values_list("specialization__level", flat=True)
    assert set(levels) == {"specialization"}


def test_a_count_says_whether_somebody_made_up_is_in_it():
    specialization, houston = make_specialization(), make_place()
    make_doctor(does=(specialization,), at=(houston,), is_demo=True)
    make_doctor(does=(specialization,), at=(make_place("Dallas"),))

    count_doctors()

    by_city = PractitionerCount.objects.by_city("TX")
    assert [(row.place.slug, row.includes_demo) for row in by_city] == [
        ("dallas", False),
        ("houston", True),
    ]


def test_counting_twice_counts_the_same():
    make_doctor(does=(make_specialization(),), at=(make_place(),))
    count_doctors()
    before = counted()

    count_doctors()

    assert counted() == before
