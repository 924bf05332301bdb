"""Near a ZIP code: which others, how far, and lists by distance."""

from math import cos, radians

import pytest

from directory.nearby import circle_around
from tests.factories import (
    count_doctors,
    make_doctor,
    make_location,
    make_place,
    make_zip_code,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def zips():
    """Make a row of ZIP codes, each seven miles or more north of the last."""
    for number in range(5):
        latitude = 29.7 + number * 0.1 + number**2 * 0.005
        make_zip_code(f"7700{number}", latitude, -95.4)


def at(zip_code, city="Houston", **fields):
    return make_location(make_place(city), zip_code=zip_code, **fields)


def read(client, query, status=200):
    response = client.get(f"/doctors/cardiology/?{query}")
    assert response.status_code == status, query
    return response.content.decode()


def test_a_circle_holds_the_nearest_first(zips):
    circle = circle_around("77001", 10)

    assert circle.zip_codes == ["77001", "77000", "77002"]
    assert [round(miles, 1) for miles in circle.miles] == [0.0, 7.3, 7.9]
    assert circle.is_exact
    assert circle.narrowed(5) == circle_around("77001", 5)


def test_a_zip_code_of_no_area_is_measured_from_its_neighborhood(zips):
    circle = circle_around("77099", 10)

    assert not circle.is_exact
    assert circle.zip_codes[0] == "77002"


def test_the_middle_of_a_zip_code_may_be_that_of_its_neighbors():
    make_zip_code("77030", 29.0, -95.0)
    make_zip_code("77040", 31.0, -97.0)
    make_zip_code("77130", 33.0, -99.0)  # begins otherwise

    exact, amid = circle_around("77030", 0), circle_around("77099", 0)

    assert (exact.middle, exact.is_exact) == ((29.0, -95.0), True)
    assert (amid.middle, amid.is_exact) == ((30.0, -96.0), False)
    assert (exact.zip_codes, amid.zip_codes) == (["77030"], [])
    assert circle_around("10001", 0) is None


def test_neighbors_strewn_over_an_ocean_tell_nothing_of_a_zip_code():
    """Anchorage's boxes begin as the Aleutians do: amid them all is the sea."""
    make_zip_code("99508", 61.2, -149.8)
    make_zip_code("99546", 51.9, -176.7)

    assert circle_around("99511", 100) is None
    assert circle_around("99508", 5).zip_codes == ["99508"]


def test_a_circle_ends_at_its_miles_in_each_direction():
    make_zip_code("77030", 29.7, -95.4)
    north, east = 25 / 69.09, 25 / 69.09 / cos(radians(29.7))
    for number, (up, right) in enumerate(((1, 0), (-1, 0), (0, 1), (0, -1))):
        for share, zip_code in ((0.998, f"7710{number}"), (1.002, f"7720{number}")):
            latitude, longitude = up * north * share, right * east * share
            make_zip_code(zip_code, 29.7 + latitude, -95.4 + longitude)

    found = circle_around("77030", 25).zip_codes

    assert sorted(found) == ["77030", "77100", "77101", "77102", "77103"]


def test_a_zip_code_that_is_nowhere_has_no_circle(zips):
    assert circle_around("00000", 100) is None


def test_a_list_near_a_zip_code_goes_by_distance(client, zips, cardiology):
    for name, zip_code in (("Far", "77002"), ("Near", "77000"), ("Too", "77004")):
        make_doctor(name, does=(cardiology,), at=(at(zip_code),))
    count_doctors()

    html = read(client, "near=77000&within=25")

    assert html.index("Ada Near</a>") < html.index("Ada Far</a>")
    assert "Ada Too</a>" not in html
    assert "<h1>Cardiologists within 25 miles of ZIP code 77000</h1>" in html
    assert "<strong>2 cardiologists</strong>" in html
    assert "About 15 miles away" in html
    assert "Within a mile, or in the same ZIP code" in html


def test_zip_plus_four_is_the_zip_code(client, zips, cardiology):
    make_doctor("Near", does=(cardiology,), at=(at("77000"),))
    count_doctors()

    assert "of ZIP code 77000</h1>" in read(client, "near=77000-1234")


def test_somebody_with_two_addresses_stands_at_the_nearer(client, zips, cardiology):
    make_doctor(
        "Two",
        does=(cardiology,),
        at=(at("77001", line_1="1 Far Road"), at("77000", line_1="1 Near Road")),
    )
    count_doctors()

    html = read(client, "near=77000")

    assert html.count("Ada Two</a>") == 1
    assert "1 Near Road" in html
    assert "1 Far Road" not in html


def test_an_estimated_middle_is_said(client, zips, cardiology):
    make_doctor("Near", does=(cardiology,), at=(at("77002"),))
    count_doctors()

    html = read(client, "near=77099")

    assert "ZIP code 77099 has no area of its own" in html
    assert "of all ZIP codes that begin with 770, which can be dozens of" in html


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("7703", "A ZIP code has five digits"),
        ("-77030", "A ZIP code has five digits"),
        ("".join(chr(0xFF10 + int(one)) for one in "77030"), "five digits"),
        ("houston", "A ZIP code has five digits"),
        ("00000", "We do not know where this ZIP code is"),
    ],
)
def test_a_wrong_zip_code_is_said_beside_its_field(
    client, zips, cardiology, typed, sentence
):
    html = read(client, f"near={typed}&name=Ada", status=400)

    assert sentence in html
    assert f'value="{typed}"' in html
    assert 'name="name" value="Ada"' in html


def test_a_circle_is_an_area_of_its_own(client, zips, cardiology):
    make_doctor(does=(cardiology,), at=(at("77000"),))
    count_doctors()

    response = client.get("/doctors/cardiology/tx/houston/?near=77000&telehealth=1")

    assert response.status_code == 302
    assert response["Location"] == (
        "/doctors/cardiology/?near=77000&within=25&telehealth=1"
    )


def test_an_empty_circle_offers_wider_ones_and_visits_by_video(
    client, zips, cardiology
):
    make_doctor("Far", does=(cardiology,), at=(at("77004"),), has_telehealth=True)
    count_doctors()

    html = read(client, "near=77000&within=5")

    assert "No cardiologist is listed within 5 miles" in html
    for query, number in (
        ("near=77000&amp;within=50", 1),
        ("telehealth=1", 1),
    ):
        link = f'<a href="/doctors/cardiology/?{query}">'
        assert link in html, query
        assert html.split(link)[1].split("</li>")[0].endswith(f"{number}</span>")
    assert "within=25" not in html
    assert "within=100" not in html  # nobody more than within 50
    assert "by video or telephone" in html


def test_filters_that_are_on_can_be_taken_away_one_by_one(client, zips, cardiology):
    make_doctor("Near", does=(cardiology,), at=(at("77000"),), has_telehealth=True)
    count_doctors()

    html = read(client, "near=77000&telehealth=1&name=near")

    for query in (
        "telehealth=1&amp;name=near",
        "near=77000&amp;within=25&amp;name=near",
        "near=77000&amp;within=25&amp;telehealth=1",
    ):
        parts = set(query.split("&amp;"))
        links = html.split('class="chip" href="/doctors/cardiology/?')[1:]
        assert parts in [set(link.split('"')[0].split("&amp;")) for link in links]
