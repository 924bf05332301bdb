"""One retired row of each kind, and no public page that shows it."""

import pytest

from directory.models import Organization, Practitioner
from tests.factories import (
    count_doctors,
    make_doctor,
    make_hospital,
    make_place,
    make_specialization,
)

pytestmark = pytest.mark.django_db

PAGES = [
    "/specializations/",
    "/specializations/cardiology/",
    "/doctors/",
    "/doctors/cardiology/",
    "/doctors/cardiology/tx/",
    "/doctors/cardiology/tx/houston/",
    "/doctors/cardiology/tx/houston/?hospital=450068",
    "/hospitals/",
    "/hospitals/tx/",
    "/hospital/450068/kind-hospital/",
    "/doctor/9900000016/ada-here/",
]


@pytest.fixture
def hidden():
    """Return words that only a hidden row has."""
    cardiology, houston = make_specialization(), make_place()
    hospital = make_hospital("Kind Hospital", ccn="450068")
    old = make_hospital("Oldtown Hospital", retired_at="2026-01-01T00:00Z")
    make_doctor(
        "Here",
        npi="9900000016",
        does=(cardiology,),
        at=(houston,),
        hospitals=(hospital,),
    )
    make_doctor(
        "Vanished",
        does=(cardiology,),
        at=(houston,),
        hospitals=(hospital, old),
        retired=True,
    )
    count_doctors()
    return "Vanished", "Oldtown"


@pytest.mark.parametrize("path", PAGES)
def test_a_hidden_row_stands_nowhere(client, hidden, path):
    html = client.get(path).content.decode()

    assert "<h1>" in html
    assert [word for word in hidden if word in html] == []


def test_a_hidden_doctor_is_not_counted(client, hidden):
    for path in ("/doctors/cardiology/", "/doctors/cardiology/?hospital=450068"):
        assert "<strong>1 cardiologist</strong>" in client.get(path).content.decode()


def test_listed_hides_what_is_retired(hidden):
    assert Practitioner.objects.listed().count() == 1
    assert Organization.objects.listed().count() == 1
