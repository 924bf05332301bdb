import pytest

from directory.models import Practitioner
from directory.pagination import PAGE_SIZE, page_of
from tests.factories import make_doctor

pytestmark = pytest.mark.django_db


def walk_forward():
    seen, after = [], ""
    while True:
        page = page_of(Practitioner.objects.listed(), after=after)
        seen += [person.npi for person in page.practitioners]
        if not page.after:
            return seen
        after = page.after


def walk_back(last):
    seen, before = [], last
    while True:
        page = page_of(Practitioner.objects.listed(), before=before)
        seen = [person.npi for person in page.practitioners] + seen
        if not page.before:
            return seen
        before = page.before


@pytest.mark.parametrize("number", [0, 1, 19, 20, 21, 40, 47])
def test_everybody_is_visited_once_in_order(number):
    for index in range(number):
        make_doctor(f"Name{index % 7}")

    expected = list(
        Practitioner.objects.order_by("sort_key", "npi").values_list("npi", flat=True)
    )

    assert walk_forward() == expected


def test_equal_names_are_kept_apart():
    for _ in range(45):
        make_doctor("Same")

    seen = walk_forward()

    assert len(seen) == len(set(seen)) == 45


def test_the_way_back_is_the_same():
    for index in range(45):
        make_doctor(f"Name{index % 3}")
    everybody = walk_forward()

    assert walk_back(everybody[-1]) == everybody[:-1]


def test_a_page_stays_right_when_somebody_before_it_goes():
    for index in range(30):
        make_doctor(f"Name{index:02d}")
    first = page_of(Practitioner.objects.listed())
    everybody = [person.npi for person in Practitioner.objects.order_by("sort_key")]
    Practitioner.objects.filter(npi=everybody[3]).delete()

    second = page_of(Practitioner.objects.listed(), after=first.after)

    assert [person.npi for person in second.practitioners] == everybody[PAGE_SIZE:]


def test_the_first_page_has_none_before_it_and_the_last_none_behind():
    for _ in range(PAGE_SIZE + 1):
        make_doctor()

    first = page_of(Practitioner.objects.listed())
    last = page_of(Practitioner.objects.listed(), after=first.after)

    assert (first.has_previous, first.has_next) == (False, True)
    assert (last.has_previous, last.has_next) == (True, False)
    assert (first.before, last.after) == ("", "")


def test_an_unknown_cursor_gives_an_empty_page():
    make_doctor()

    assert page_of(Practitioner.objects.listed(), after="9999999999") == page_of(
        Practitioner.objects.none()
    )


def test_a_page_is_one_query(django_assert_num_queries):
    make_doctor()

    with django_assert_num_queries(1):
        page_of(Practitioner.objects.listed())
