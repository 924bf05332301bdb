"""The hospitals of the same system, and the nearest ones."""

import pytest

from tests.factories import make_hospital, make_location, make_place, make_system

pytestmark = pytest.mark.django_db


def at(latitude, longitude=-95.0, city="Houston", **fields):
    place = make_place(city)
    return make_location(place, latitude=latitude, longitude=longitude, **fields)


def read(client, hospital):
    return client.get(hospital.get_absolute_url()).content.decode()


def test_the_nearest_come_first_and_far_ones_not_at_all(client):
    hospital = make_hospital("Here", location=at(29.0))
    make_hospital("Second", location=at(29.3))
    make_hospital("First", location=at(29.1))
    make_hospital("Corner", location=at(29.7, -94.2))
    make_hospital("Far", location=at(31.0))
    make_hospital("Gone", location=at(29.0), retired_at="2026-01-01T00:00Z")
    make_hospital("Number", location=at(29.0), is_stub=True)
    make_hospital("Nowhere", location=None)

    html = read(client, hospital)

    near = html.partition("Nearest hospitals")[2].partition("</section>")[0]
    assert near.index("First") < near.index("Second")
    assert "Houston, TX. About 7 miles away" in near
    for name in ("Here", "Corner", "Far", "Gone", "Number", "Nowhere"):
        assert f">{name}<" not in near


def test_two_that_lie_amid_one_area_are_at_no_known_distance(client):
    """Neither ZIP code has a middle: both points are that of a wider area."""
    hospital = make_hospital("Here", location=at(29.0, zip_code="27261"))
    same_city = at(29.0, zip_code="27262")
    elsewhere = at(29.0, zip_code="27216", city="Dallas")
    make_hospital("Sister", location=same_city)
    make_hospital("Stranger", location=elsewhere)

    near = read(client, hospital).partition("Nearest hospitals")[2]

    assert "Houston, TX. In the same city" in near
    assert "Within a mile" not in near
    assert "Stranger" not in near
    assert "has none, from the middle of its city or a wider area" in near


def test_at_most_six_are_near(client):
    hospital = make_hospital("Here", location=at(29.0))
    for number in range(8):
        make_hospital(f"Near {number}", location=at(29.0))

    near = read(client, hospital).partition("Nearest hospitals")[2]

    assert near.count("Within a mile") == 6


def test_a_hospital_without_coordinates_has_no_neighbors(client):
    make_hospital("Other", location=at(29.0))

    for lonely in (
        make_hospital(location=None),
        make_hospital(location=at(None, None)),
    ):
        assert "Nearest hospitals" not in read(client, lonely)


def test_a_system_shows_its_other_hospitals(client):
    system = make_system("Brook Health")
    hospital = make_hospital("Here", system=system)
    for number in range(14):
        make_hospital(f"Sibling {number:02}", system=system)
    make_hospital("Stranger", system=make_system("Larkspur Health"))

    html = read(client, hospital)

    part = html.partition("Part of Brook Health")[2].partition("</section>")[0]
    assert part.count(">Sibling ") == 12
    assert "and 2 more" in part
    assert "Stranger" not in part
    assert "release 2026-02" in part


def test_a_system_of_one_says_so(client):
    hospital = make_hospital(system=make_system("Brook Health"))

    html = read(client, hospital)

    assert "no other hospital of this health system" in html
