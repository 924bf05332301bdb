"""The title is what is heard first of a page: it tells a result from the one before."""

import re

import pytest

from tests.factories import count_doctors, make_doctor, make_place, make_zip_code

pytestmark = pytest.mark.django_db
LIST = "/doctors/cardiology/tx/"


@pytest.fixture
def first(cardiology):
    first = make_doctor("First", does=(cardiology,), at=(make_place(),))
    make_doctor("Second", does=(cardiology,), at=(make_place("Austin"),))
    make_zip_code()
    count_doctors()
    return first


def title_of(client, path):
    html = client.get(path).content.decode()
    [title] = re.findall(r"<title>(.*) – Second Voice</title>", html)
    return title


@pytest.mark.parametrize(
    ("path", "title"),
    [
        (LIST, "Cardiologists in Texas"),
        (f"{LIST}?name=first", "Cardiologists in Texas named “first”"),
        (f"{LIST}?name=zz", "Nobody found: Cardiologists in Texas named “zz”"),
        (f"{LIST}?near=hou", "Error: Cardiologists in Texas"),
        ("/doctors/", "Find a doctor"),
        ("/doctors/?name=first", "Doctors named “first”"),
        ("/doctors/?name=zz", "Nobody found: Doctors named “zz”"),
        ("/doctors/?name=z", "Error: Find a doctor"),
        ("/doctors/?specialization=&where=Houston", "Error: Find a doctor"),
        ("/doctors/?where=Houston", "Find a doctor"),
        ("/compare/", "Compare doctors"),
        ("/compare/?near=hou", "Error: Compare doctors"),
    ],
)
def test_a_title_says_what_was_asked_and_how_it_went(client, first, path, title):
    assert title_of(client, path) == title


def test_a_title_says_who_is_left_out(client, first):
    apart = f"?apart_from={first.npi}"

    assert title_of(client, f"{LIST}{apart}") == (
        "Cardiologists in Texas, without whoever works where Ada First works"
    )
    found = title_of(client, f"/doctors/{apart}")
    assert found == "Find a doctor independent of Ada First"


def test_a_title_says_how_many_are_compared(client, first):
    assert title_of(client, f"/compare/?doctor={first.npi}") == "Compare 1 doctor"


def test_a_title_tells_the_next_page_from_the_first(client, cardiology):
    for _ in range(30):
        make_doctor("Same", does=(cardiology,), at=(make_place(),))
    count_doctors()

    for path in (LIST, "/doctors/?name=same"):
        html = client.get(path).content.decode()
        [after] = re.findall(r'rel="next" href="([^"]*)"', html)
        further = title_of(client, after.replace("&amp;", "&"))
        assert further == f"{title_of(client, path)}, further page"
