"""Links and form of a list: what narrows, widens, sorts and turns it for a reader."""

import re
from html import unescape

import pytest

from tests.factories import (
    count_doctors,
    make_doctor,
    make_group,
    make_hospital,
    make_location,
    make_place,
    make_practice,
    make_specialization,
    make_zip_code,
)

pytestmark = pytest.mark.django_db
LIST = "/doctors/cardiology/tx/houston/"
CHIP = (
    r'class="chip" href="([^"]*)"><span class="visually-hidden">Remove: </span>(.*?) <'
)
SORT = r'<a href="([^"]*)"><span class="visually-hidden">Sort by </span>(.*?)</a>'
SWITCH = r'type="checkbox" name="\w+" value="1"( checked)?> ([^<]*)<'


@pytest.fixture
def hospital():
    return make_hospital("Kind Hospital", is_teaching=True)


@pytest.fixture
def group():
    return make_group("Larkspur Heart Group")


@pytest.fixture
def own(cardiology, hospital, group):
    """Return a physician whom every filter finds; beside them stands a nurse."""
    make_zip_code()
    nursing = make_specialization(
        "Heart nursing", "Heart nurse", cardiology, profession="advanced practice"
    )
    own = make_doctor(
        "Own", does=(cardiology,), hospitals=(hospital,), has_telehealth=True
    )
    make_practice(own, make_location(make_place()), organization=group)
    make_doctor("Nurse", does=(nursing,), at=(make_place(),))
    count_doctors()
    return own


def found(client, path, pattern):
    response = client.get(path)
    assert response.status_code == 200, path
    return [
        tuple(map(unescape, one))
        for one in re.findall(pattern, response.text, re.DOTALL)
    ]


@pytest.mark.parametrize(
    ("path", "switches"),
    [
        (LIST, ["By video or telephone", "Physicians only", "At a teaching hospital"]),
        (f"{LIST}?name=own", ["By video or telephone", "At a teaching hospital"]),
        (f"{LIST}?name=nurse", []),
        ("/doctors/heart-nursing/", []),
        (f"{LIST}?name=nurse&teaching=1", ["At a teaching hospital, on"]),
        (f"{LIST}?physicians=1", ["Physicians only, on"]),
    ],
)
def test_a_switch_is_offered_where_it_leads_to_somebody(client, own, path, switches):
    offered = [
        f"{words}{', on' * bool(is_on)}" for is_on, words in found(client, path, SWITCH)
    ]

    on = [one for one in switches if one.endswith(", on")]
    assert on == [one for one in offered if one.endswith(", on")]
    if not on:
        assert offered == switches


def test_whoever_is_no_physician_is_listed_until_only_physicians_are_asked(client, own):
    path = "/doctors/heart-nursing/tx/"

    assert "Ada Nurse</a>" in client.get(path).text
    assert "Ada Nurse</a>" in client.get(f"{path}?name=nurse").text
    assert "No heart nurse who fits" in client.get(f"{path}?physicians=1").text


def test_each_filter_can_be_taken_away_alone(client, own, hospital, group):
    every = {
        "hospital": (hospital.ccn, "Kind Hospital"),
        "group": (group.pac_id, "Larkspur Heart Group"),
        "name": ("own", "Named “own”"),
        "telehealth": ("1", "By video or telephone"),
        "physicians": ("1", "Physicians only"),
        "teaching": ("1", "At a teaching hospital"),
    }

    def path(without=""):
        kept = [f"{name}={value}" for name, (value, _) in every.items()]
        return f"{LIST}?" + "&".join(
            one for one in kept if not without or not one.startswith(without)
        )

    assert found(client, path(), CHIP) == [
        (path(name), words) for name, (_, words) in every.items()
    ]


def fields_of(html):
    """Return what a browser would send of the form of a list."""
    form = html.partition('<form class="filters"')[2].partition("</form>")[0]
    sent = [
        (name, value)
        for tag, name, value in re.findall(
            r'(<input [^>]*name="(\w+)" value="([^"]*)"[^>]*>)', form
        )
        if "checkbox" not in tag or " checked" in tag
    ]
    for name, options in re.findall(
        r'<select [^>]*name="(\w+)">(.*?)</select>', form, re.DOTALL
    ):
        chosen = re.search(r'value="([^"]*)" selected', options)
        sent.append((name, chosen[1] if chosen else ""))
    return form.partition('action="')[2].partition('"')[0], dict(sent)


@pytest.mark.parametrize("is_near", [False, True])
def test_the_form_sends_again_what_the_list_was_asked(
    client, own, hospital, group, is_near
):
    place = (
        "/doctors/cardiology/?near=77030&within=50&sort=name&"
        if is_near
        else f"{LIST}?sort=match&"
    )
    path = (
        f"{place}hospital={hospital.ccn}&group={group.pac_id}&name=ow&telehealth=1"
        f"&physicians=1&teaching=1&apart_from=450001&compare={own.npi}"
    )
    make_hospital("Other Hospital", ccn="450001")

    response = client.get(path)
    action, sent = fields_of(response.text)

    assert response.context["total"] == 1
    assert client.get(action, sent).context["search"] == response.context["search"]


@pytest.mark.parametrize(
    ("path", "sorts"),
    [
        (LIST, [(f"{LIST}?sort=match", "closest match")]),
        (f"{LIST}?sort=match", [(LIST, "name")]),
        (
            "/doctors/cardiology/?near=77030",
            [("/doctors/cardiology/?near=77030&within=25&sort=name", "name")],
        ),
        (
            "/doctors/cardiology/?near=77030&sort=name",
            [("/doctors/cardiology/?near=77030&within=25", "distance")],
        ),
        ("/doctors/heart-nursing/?near=77030", []),  # one person is in no order
    ],
)
def test_a_list_can_be_sorted_otherwise(client, own, path, sorts):
    assert found(client, path, SORT) == sorts


def test_the_lists_above_leave_out_the_same_people(client, own):
    kept = f"apart_from={own.npi}&compare={own.npi}"
    above = [
        ("/", "Home"),
        (f"/doctors/?{kept}", "Find a doctor"),
        ("/specializations/cardiology/", "Cardiology"),
        (f"/doctors/cardiology/?{kept}", "Cardiologists"),
        (f"/doctors/cardiology/tx/?{kept}", "Texas"),
        (f"{LIST}?{kept}", "Houston"),
    ]

    def links(path):
        response = client.get(path)
        nav = response.text.partition('aria-label="Breadcrumb"')[2].partition("</nav>")
        return [
            tuple(map(unescape, one))
            for one in re.findall(r'<a href="([^"]*)">([^<]*)</a>', nav[0])
        ]

    assert links(f"{LIST}?{kept}") == above[:-1]
    assert links(f"{LIST}?name=nurse&sort=match&{kept}") == above
    assert links(f"/doctors/cardiology/?near=77030&{kept}") == above[:4]


def test_the_first_page_has_none_before_it_and_the_last_none_behind(client, cardiology):
    for _ in range(21):
        make_doctor(does=(cardiology,), at=(make_place(),))
    count_doctors()

    first = client.get(LIST)
    last = client.get(first.context["next_address"])
    back = client.get(last.context["previous_address"])

    turns = [re.findall(r'rel="(prev|next)"', one.text) for one in (first, last, back)]
    assert turns == [["next"], ["prev"], ["next"]]
    assert ["noindex" in one.text for one in (first, last, back)] == [False, True, True]
