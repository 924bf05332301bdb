"""Junk in an address or a parameter is a friendly 400 or 404, never a 500."""

from urllib.parse import quote

import pytest
from django.urls import get_resolver

from tests.factories import (
    count_doctors,
    make_doctor,
    make_hospital,
    make_place,
    make_specialization,
)

pytestmark = pytest.mark.django_db

WIDE_NPI = "".join(chr(ord(digit) + 0xFEE0) for digit in "9900000016")
JUNK = {
    "nul": "\x00",
    "nul inside": "45\x00068",
    "quote": "' OR 1=1 --",
    "markup": "<script>alert(1)</script>",
    "wide digits": WIDE_NPI,
    "arabic digits": "٩٩٠٠٠٠٠٠١٦",
    "negative": "-1",
    "huge": "9" * 400,
    "very long": "a" * 5000,
    "dots": "../../etc/passwd",
    "spaces": "   ",
    "newline": "9900000016\n",
    "percent": "%",
    "emoji": "🫀",
    "surrogate": "\udcff",
    "list": "[]",
    "float": "1e9",
}
LIST = [
    *("after", "before", "hospital", "group", "within", "sort", "compare"),
    *("telehealth", "physicians", "teaching"),
]
PARAMETERS = {
    "/doctors/": ["specialization", "state", "compare"],
    "/doctors/cardiology/": LIST,
    "/doctors/cardiology/tx/": LIST,
    "/doctors/cardiology/tx/houston/": LIST,
}
PLAIN = ["/specializations/", "/doctor/", "/hospitals/", "/hospital/"]
PLACES = [
    "/specializations/{}/",
    "/doctors/{}/",
    "/doctors/cardiology/{}/",
    "/doctors/cardiology/tx/{}/",
    "/doctor/{}/",
    "/doctor/9900000016/{}/",
    "/hospitals/{}/",
    "/report/doctor/{}/",
    "/report/hospital/{}/",
    "/hospital/{}/",
    "/hospital/450068/{}/",
]


@pytest.fixture(autouse=True)
def _ground():
    cardiology = make_specialization()
    hospital = make_hospital("Kind Hospital", ccn="450068")
    make_doctor(
        npi="9900000016",
        does=(cardiology,),
        at=(make_place(),),
        hospitals=(hospital,),
    )
    count_doctors()


def encoded(junk):
    return quote(junk.encode("utf-8", "surrogateescape"))


@pytest.mark.parametrize("junk", JUNK.values(), ids=JUNK)
@pytest.mark.parametrize("path", PARAMETERS)
def test_in_a_parameter(client, path, junk):
    for name in PARAMETERS[path]:
        response = client.get(f"{path}?{name}={encoded(junk)}")

        assert response.status_code in {400, 404}, name
        assert "<h1>" in response.content.decode()


@pytest.mark.parametrize("junk", JUNK.values(), ids=JUNK)
@pytest.mark.parametrize("place", PLACES)
def test_in_an_address(client, place, junk):
    response = client.get(place.format(encoded(junk).replace("/", "%2F")))

    assert response.status_code in {301, 400, 404}
    if response.status_code == 301:  # a wrong name leads to the right one
        assert place.count("/") == 4


@pytest.mark.parametrize("junk", JUNK.values(), ids=JUNK)
@pytest.mark.parametrize("path", [*PARAMETERS, "/hospitals/"])
def test_in_a_field_that_people_type_into(client, path, junk):
    for name in ("near", "name", "apart_from", "where"):
        response = client.get(f"{path}?{name}={encoded(junk)}")

        # some of it is a name that nobody has, or blank
        assert response.status_code in {200, 302, 400}, name
        assert response.status_code == 302 or "<h1>" in response.content.decode()


@pytest.mark.parametrize("path", PARAMETERS)
def test_a_repeated_parameter(client, path):
    for name in PARAMETERS[path]:
        value = "450068" if name == "hospital" else "9900000016"

        assert client.get(f"{path}?{name}={value}&{name}={value}").status_code == 400


def test_parameters_that_nobody_reads_do_no_harm(client):
    response = client.get("/doctors/cardiology/?utm_source=%00&page=-1")

    assert response.status_code == 200


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_pages_are_only_for_reading(client, method):
    for path in (*PARAMETERS, *PLAIN):
        assert getattr(client, method)(path).status_code == 405


def test_every_address_of_the_directory_is_walked_above():
    resolver = get_resolver("directory.urls")
    walked = {*PARAMETERS, *PLACES, *PLAIN, "/compare/"}

    assert len(resolver.url_patterns) == 17
    assert len(walked) >= 17
