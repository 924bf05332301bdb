import re

import pytest
from django.urls import reverse

from directory.finder import choices, finding
from directory.finder.choices import MOST_CITIES, MOST_ORGANIZATIONS
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
from tests.reading import read

pytestmark = pytest.mark.django_db


@pytest.fixture
def rhythm(cardiology):
    return make_specialization("Rhythm medicine", "Rhythm doctor", cardiology)


@pytest.fixture
def houston():
    return make_place()


def test_a_list_shows_who_they_are_and_where(client, cardiology, houston):
    location = make_location(houston, line_1="12 Larkspur Lane")
    doctor = make_doctor(
        "Example",
        "Ada",
        credential="MD",
        does=(cardiology,),
        hospitals=(make_hospital("Kind Hospital"),),
    )
    make_practice(doctor, location, organization=make_group("Larkspur Heart Group"))
    count_doctors()

    html = read(client, "/doctors/cardiology/tx/houston/")

    assert "<h1>Cardiologists in Houston, Texas</h1>" in html
    assert "<strong>1 cardiologist</strong>" in html
    assert f'<a href="{doctor.get_absolute_url()}">Ada Example, MD</a>' in html
    assert "12 Larkspur Lane, Houston, TX" in html
    assert "Larkspur Heart Group" in html
    assert "Kind Hospital" in html
    assert "(555) 555-0101" in html


def test_a_card_names_the_street_that_stands_behind_a_suite(
    client, cardiology, houston
):
    behind = make_location(houston, line_1="Suite 200", line_2="12 Larkspur Lane")
    make_doctor(does=(cardiology,), at=(behind,))
    count_doctors()

    html = read(client, "/doctors/cardiology/tx/houston/")

    assert "<dd>12 Larkspur Lane, Houston, TX" in html


def test_an_address_of_no_group_stands_under_none(client, cardiology, houston):
    doctor = make_doctor(does=(cardiology,))
    for line, group in (
        ("1 Elm Street", make_group("Heart Group")),
        ("2 Elm St", None),
    ):
        location = make_location(houston, line_1=line)
        make_practice(doctor, location, organization=group, phone="")
    count_doctors()

    html = read(client, "/doctors/cardiology/")

    facts = re.findall("<dd>(.*?)</dd>", html)
    assert facts[:4] == [
        "Heart Group",
        "1 Elm Street, Houston, TX",
        "Own practice, or no group named",
        "2 Elm St, Houston, TX",
    ]


def test_a_card_is_short_and_says_that_there_is_more(
    client, cardiology, rhythm, houston
):
    hospitals = tuple(make_hospital(f"{one} Hospital") for one in "ABCD")
    make_doctor("Few", does=(rhythm,), at=(houston, houston), hospitals=hospitals[:3])
    make_doctor(
        "Many", does=(cardiology, rhythm), at=(houston,) * 3, hospitals=hospitals
    )
    count_doctors()

    html = read(client, "/doctors/cardiology/")

    few, many = html.split('class="doctor"')[1:]
    for card in (few, many):
        assert card.count("Larkspur Lane, Houston, TX") == 2
        assert re.findall(r"<dd>(\w Hospital)", card) == [
            f"{one} Hospital" for one in "ABC"
        ]
    more = [re.findall(r"and more (\w+)", card) for card in (few, many)]
    assert more == [[], ["addresses", "hospitals"]]
    assert ">Rhythm doctor<" in few
    assert ">Cardiologist, Rhythm doctor<" in many


def test_a_list_claims_no_more_of_its_files_than_is_so(client, cardiology, houston):
    make_doctor(does=(cardiology,), at=(houston,))
    count_doctors()

    full = read(client, "/doctors/cardiology/")
    empty = read(client, "/doctors/cardiology/ma/")

    assert "from public files, most of them of Medicare" in full
    assert "Many who do not bill Medicare are not in it." in full
    assert "many who do not bill Medicare are not in the public files" in empty


def test_what_is_not_known_is_said(client, cardiology):
    make_doctor(does=(cardiology,))
    count_doctors()

    html = read(client, "/doctors/cardiology/")

    assert "Not in the public files" in html
    assert "None known" in html


def test_the_country_leads_to_states_and_a_state_to_cities(client, cardiology, houston):
    make_doctor(does=(cardiology,), at=(houston, make_place("Boston", "MA")))
    count_doctors()

    country = read(client, "/doctors/cardiology/")
    state = read(client, "/doctors/cardiology/tx/")

    assert '<a href="/doctors/cardiology/ma/">Massachusetts</a>' in country
    assert '<a href="/doctors/cardiology/tx/houston/">Houston</a>' in state
    assert "boston" not in state


def test_each_area_has_its_own_number(client, cardiology, houston):
    dallas, boston = make_place("Dallas"), make_place("Boston", "MA")
    for at in ((houston,), (houston, dallas), (boston, houston), (dallas, boston), ()):
        make_doctor(does=(cardiology,), at=at)
    elsewhere = make_place("Austin"), make_place("Columbus", "OH")
    make_doctor(does=(make_specialization("Skin", "Skin doctor"),), at=elsewhere)
    count_doctors()
    pages = {
        area: read(client, f"/doctors/cardiology/{area}")
        for area in ("", "tx/", "tx/houston/", "tx/dallas/", "ma/")
    }

    numbers = {
        area: re.findall(r"<strong>(\d) cardiologists<", html)
        for area, html in pages.items()
    }
    ways = {
        area: re.findall(
            r'"/doctors/cardiology/([^"]+)">[^<]+</a> <span.*?>(\d)<', html
        )
        for area, html in pages.items()
    }

    assert list(numbers.values()) == [["5"], ["4"], ["3"], ["2"], ["2"]]
    assert list(ways.values()) == [
        [("ma/", "2"), ("tx/", "4")],
        [("tx/dallas/", "2"), ("tx/houston/", "3")],
        [],
        [],
        [("ma/boston/", "2")],
    ]


def test_lower_rungs_are_in_the_list_and_told_apart(
    client, cardiology, rhythm, houston
):
    imaging = make_specialization("Imaging", "Heart imager", cardiology)
    make_doctor("Own", does=(cardiology,), at=(houston,))
    make_doctor("Lower", does=(rhythm, imaging), at=(houston,))
    count_doctors()

    wide = read(client, "/doctors/cardiology/tx/houston/")
    narrow = read(client, "/doctors/rhythm-medicine/tx/houston/")

    assert "<strong>2 cardiologists</strong>" in wide
    assert ">Rhythm doctor" in wide
    assert '<a href="/doctors/rhythm-medicine/tx/houston/">Rhythm doctors</a>' in wide
    assert wide.index(">Heart imagers</a>") < wide.index(">Rhythm doctors</a>")
    assert "<strong>1 rhythm doctor</strong>" in narrow
    assert "Ada Own" not in narrow
    assert ">Cardiologists</a>" not in narrow  # the rung above narrows nothing


def test_a_rung_without_doctors_here_is_no_filter(client, cardiology, rhythm, houston):
    make_doctor(does=(cardiology,), at=(houston,))
    make_doctor(does=(rhythm,), at=(make_place("Dallas"),))
    count_doctors()

    html = read(client, "/doctors/cardiology/tx/houston/")

    assert "rhythm-medicine" not in html


def test_addresses_elsewhere_are_not_shown(client, cardiology, houston):
    elsewhere = make_place("Boston", "MA"), make_place("Dallas")
    make_doctor(does=(cardiology,), at=(*elsewhere, houston))
    count_doctors()

    shown = [
        re.findall("Lane, (.*?), ", read(client, f"/doctors/cardiology/{area}"))
        for area in ("tx/houston/", "tx/", "ma/")
    ]

    assert shown == [["Houston"], ["Dallas", "Houston"], ["Boston"]]


def test_a_hospital_narrows_the_list(client, cardiology, rhythm, houston):
    hospital, other = make_hospital("Kind Hospital"), make_hospital("Other Hospital")
    make_doctor("Here", does=(rhythm,), at=(houston,), hospitals=(hospital,))
    make_doctor("There", does=(cardiology,), at=(houston,), hospitals=(other,))
    make_doctor("Nowhere", does=(cardiology,), at=(houston,))
    count_doctors()

    html = read(client, f"/doctors/cardiology/tx/houston/?hospital={hospital.ccn}")

    assert "Ada Here" in html
    assert "Ada There" not in html
    assert "Ada Nowhere" not in html
    assert "<strong>1 cardiologist</strong>" in html
    assert f'<option value="{hospital.ccn}" selected>Kind Hospital (1)</option>' in html
    assert f'<option value="{other.ccn}">Other Hospital (1)</option>' in html
    assert (
        'href="/doctors/cardiology/tx/houston/"><span class="visually-hidden">' in html
    )
    rung = f"/doctors/rhythm-medicine/tx/houston/?hospital={hospital.ccn}"
    assert f'<a href="{rung}">' in html


def test_the_choices_beside_a_chosen_group_are_those_of_its_people(
    client, cardiology, houston
):
    kind, other = make_hospital("Kind Hospital"), make_hospital("Other Hospital")
    group = make_group("Larkspur Heart Group")
    make_doctor("Kind", does=(cardiology,), at=(houston,), hospitals=(kind,))
    make_doctor("Alone", does=(cardiology,), at=(houston,), hospitals=(other,))
    member = make_doctor("Member", does=(cardiology,), hospitals=(other,))
    make_practice(member, make_location(houston), organization=group)
    count_doctors()
    path = f"/doctors/cardiology/tx/houston/?group={group.pac_id}"

    html = read(client, path)
    both = read(client, f"{path}&hospital={other.ccn}")

    assert f'<option value="{other.ccn}">Other Hospital (1)</option>' in html
    assert f'value="{group.pac_id}" selected>Larkspur Heart Group (1)<' in html
    assert "Kind Hospital" not in html
    assert "<strong>1 cardiologist</strong>" in both


def test_what_is_chosen_stays_chosen_where_nobody_fits(client, cardiology, houston):
    kind, other = make_hospital("Kind Hospital"), make_hospital("Other Hospital")
    group = make_group("Larkspur Heart Group")
    make_doctor("Kind", does=(cardiology,), at=(houston,), hospitals=(kind,))
    member = make_doctor("Member", does=(cardiology,), hospitals=(other,))
    make_practice(member, make_location(houston), organization=group)
    count_doctors()
    chosen = f"hospital={kind.ccn}&group={group.pac_id}"

    html = read(client, f"/doctors/cardiology/tx/houston/?{chosen}")

    assert "No cardiologist who fits is listed" in html
    assert f'<option value="{kind.ccn}" selected>Kind Hospital</option>' in html
    assert f'<option value="{other.ccn}">Other Hospital (1)</option>' in html
    assert f'value="{group.pac_id}" selected>Larkspur Heart Group</option>' in html


def test_a_chosen_hospital_of_few_stays_chosen_in_a_large_city(
    client, cardiology, houston, monkeypatch
):
    monkeypatch.setattr(finding, "COUNTED", 2)  # so many are looked at
    large, small = make_hospital("Large Hospital"), make_hospital("Small Hospital")
    for name in ("Abel", "Bel"):
        make_doctor(name, does=(cardiology,), at=(houston,), hospitals=(large,))
    make_doctor("Zeller", does=(cardiology,), at=(houston,), hospitals=(small,))
    count_doctors()

    html = read(client, f"/doctors/cardiology/tx/houston/?hospital={small.ccn}")

    assert "Ada Zeller" in html
    assert f'<option value="{small.ccn}" selected>Small Hospital</option>' in html
    assert "Large Hospital" in html


def test_a_hospital_narrows_the_whole_country_too(client, cardiology, houston):
    hospital = make_hospital("Kind Hospital")
    make_doctor("Here", does=(cardiology,), at=(houston,), hospitals=(hospital,))
    make_doctor("Nowhere", does=(cardiology,), at=(houston,))
    count_doctors()

    html = read(client, f"/doctors/cardiology/?hospital={hospital.ccn}")

    assert "Ada Here" in html
    assert "Ada Nowhere" not in html
    assert (
        f'<a href="/doctors/cardiology/tx/?hospital={hospital.ccn}">Texas</a>' in html
    )


def test_where_there_are_too_many_choices_the_largest_are_offered(
    client, cardiology, houston, monkeypatch
):
    for name, most in (
        ("CANDIDATES", MOST_CITIES),
        ("ORGANIZATIONS", MOST_ORGANIZATIONS),
    ):
        text = getattr(choices, name)
        monkeypatch.setattr(choices, name, text.replace(f" {most}", " 1"))
    dallas, austin = make_place("Dallas"), make_place("Austin")
    small, large, chosen = (make_hospital(f"{one} Hospital") for one in "ABC")
    for place, hospital in (
        (austin, small),
        (dallas, large),
        (dallas, large),
        (houston, large),
        (dallas, chosen),
    ):
        make_doctor(
            does=(cardiology,), at=(place,), hospitals=(hospital,), has_telehealth=True
        )
    count_doctors()

    state = read(client, "/doctors/cardiology/tx/?telehealth=1")
    city = read(client, f"/doctors/cardiology/tx/dallas/?hospital={chosen.ccn}")

    assert re.findall('"/doctors/cardiology/tx/([a-z]+)/', state) == ["dallas"]
    assert re.findall(r">(\w Hospital \(\d\))</option>", city) == [
        "B Hospital (2)",
        "C Hospital (1)",
    ]


def test_another_number_of_a_hospital_chooses_the_hospital(client, cardiology, houston):
    kind = make_hospital("Kind Hospital", ccn="450068")
    make_hospital("Hospital 450900", ccn="450900", is_stub=True, same_as=kind)
    make_doctor("Here", does=(cardiology,), at=(houston,), hospitals=(kind,))
    make_doctor("Nowhere", does=(cardiology,), at=(houston,))
    count_doctors()

    html = read(client, "/doctors/cardiology/tx/houston/?hospital=450900")

    assert "<strong>1 cardiologist</strong>" in html
    assert re.findall(r'<option value="(4\d+)"( selected)?>', html) == [
        ("450068", " selected")
    ]


def test_an_empty_hospital_is_no_filter(client, cardiology, houston):
    make_doctor(does=(cardiology,), at=(houston,))
    count_doctors()

    assert "Ada Example" in read(client, "/doctors/cardiology/tx/houston/?hospital=")


def test_a_hospital_without_such_doctors_offers_ways_on(client, cardiology, houston):
    hospital = make_hospital("Kind Hospital")
    make_doctor(does=(cardiology,), at=(houston,))
    count_doctors()

    html = read(client, f"/doctors/cardiology/tx/houston/?hospital={hospital.ccn}")

    assert "at Kind Hospital" in html
    assert '<a href="/doctors/cardiology/tx/houston/">' in html


def test_a_hospital_that_is_not_there_is_not_found(client, cardiology, houston):
    path = "/doctors/cardiology/tx/houston/"

    for query in ("hospital=ABCDEF", "group=9900000000"):
        response = client.get(f"{path}?{query}")
        assert response.status_code == 404
        assert f'href="{path}">Cardiologists in Houston, Texas</a>' in response.text


def test_a_retired_hospital_narrows_nothing(client, cardiology, houston):
    old = make_hospital("Old Hospital", retired_at="2026-01-01T00:00Z")
    make_doctor(does=(cardiology,), at=(houston,), hospitals=(old,))
    count_doctors()

    path = "/doctors/cardiology/tx/?telehealth=1"
    assert "Old Hospital" not in read(client, path.partition("?")[0])
    response = client.get(f"{path}&hospital={old.ccn}")
    assert response.status_code == 404
    # a bookmark outlives a hospital that joined another: the rest of it still holds
    assert f'href="{path}">Cardiologists in Texas</a>' in response.text


def test_a_retired_doctor_is_not_counted(client, cardiology, houston):
    kind = make_hospital(ccn="450068")
    for name, retired in (("Here", False), ("Gone", True)):
        make_doctor(name, does=(cardiology,), hospitals=(kind,), retired=retired)
    count_doctors()

    for path in ("/doctors/cardiology/", "/doctors/cardiology/?hospital=450068"):
        assert "<strong>1 cardiologist</strong>" in read(client, path)


def test_all_pages_together_show_everybody_once(client, cardiology, houston):
    for _ in range(45):
        make_doctor(does=(cardiology,), at=(houston,))
    count_doctors()

    seen, path = [], "/doctors/cardiology/tx/houston/"
    while path:
        context = client.get(path).context
        seen += [doctor.npi for doctor in context["page"].practitioners]
        path = context["next_address"]

    assert len(seen) == len(set(seen)) == 45


def test_a_second_page_leads_back_and_is_kept_from_search_engines(
    client, cardiology, houston
):
    for _ in range(21):
        make_doctor(does=(cardiology,), at=(houston,))
    count_doctors()
    first = client.get("/doctors/cardiology/")

    second = client.get(first.context["next_address"])

    assert "noindex" not in first.content.decode()
    assert "noindex" in second.content.decode()
    back = client.get(second.context["previous_address"])
    assert list(back.context["page"].practitioners) == list(
        first.context["page"].practitioners
    )


@pytest.mark.parametrize("name", ["after", "before"])
def test_a_page_past_the_end_is_not_found(client, cardiology, houston, name):
    doctor = make_doctor(does=(cardiology,), at=(houston,))
    make_zip_code()
    count_doctors()
    end = {"after": "zz.9999999999", "before": "a.9900000016"}[name]

    for query in (
        f"{name}={end}",
        f"{name}=example-ada.{doctor.npi}",
        f"{name}=own.example-ada.{doctor.npi}",  # of another order
        f"near=77030&{name}=77001.example-ada.{doctor.npi}",  # not in the circle
    ):
        assert client.get(f"/doctors/cardiology/?{query}").status_code == 404


def test_a_page_past_the_end_leads_to_the_first_one(client, cardiology, houston):
    """A bookmark of a page that a later release does not have."""
    first = make_doctor("First", does=(cardiology,), at=(houston,))
    make_doctor("Second", does=(cardiology,), at=(make_place(),))
    count_doctors()
    path = f"/doctors/cardiology/tx/?apart_from={first.npi}"

    response = client.get(f"{path}&after=zz.9999999999")

    assert response.status_code == 404
    assert f'href="{path}">Cardiologists in Texas</a>' in response.text
    assert response["Referrer-Policy"] == "no-referrer"


def test_of_a_hospital_and_a_group_the_one_that_is_left_stays(
    client, cardiology, houston
):
    hospital, group = make_hospital("Kind Hospital"), make_group("Heart Group")
    path = "/doctors/cardiology/tx/?"
    kept = f"hospital={hospital.ccn}", f"group={group.pac_id}"

    gone = read(client, f"{path}{kept[0]}&group=9999999999&physicians=1", status=404)
    assert (
        f'href="{path}{kept[0]}&amp;physicians=1">Cardiologists in Texas: Kind' in gone
    )
    assert f'href="{path}physicians=1">Cardiologists in Texas</a>' in gone
    gone = read(client, f"{path}hospital=999999&{kept[1]}", status=404)
    assert f'href="{path}{kept[1]}">Cardiologists in Texas: Heart Group</a>' in gone
    gone = read(client, f"{path}hospital=999999&group=9999999999", status=404)
    assert gone.count("Cardiologists in Texas") == 1


def test_an_empty_city_leads_wider_and_one_rung_up(client, cardiology, rhythm, houston):
    make_doctor(does=(rhythm,), at=(make_place("Dallas"),))
    make_doctor(does=(cardiology,), at=(houston,))
    count_doctors()

    html = read(client, "/doctors/rhythm-medicine/tx/houston/")

    assert "No rhythm doctor is listed in Houston, Texas" in html
    assert '<a href="/doctors/rhythm-medicine/tx/">Rhythm doctors in Texas</a>' in html
    assert '<a href="/doctors/cardiology/tx/houston/">' in html


def test_ways_on_lead_somewhere_only(client, cardiology, rhythm, houston):
    make_doctor(does=(cardiology,), at=(make_place("Boston", "MA"),))
    count_doctors()

    response = client.get("/doctors/rhythm-medicine/tx/houston/")

    assert [way.url for way in response.context["ways"]] == ["/doctors/cardiology/"]


def test_wider_circles_crowd_out_neither_video_visits_nor_the_rung_above(
    client, cardiology, rhythm
):
    for number in range(5):
        zip_code = f"7700{number}"
        make_zip_code(zip_code, 29.7 + (0, 0.1, 0.3, 0.6, 1.3)[number], -95.4)
        there = make_location(zip_code=zip_code)
        make_doctor(does=(rhythm,), at=(there,), has_telehealth=True)
    make_doctor(does=(rhythm,), at=(make_place("Boston", "MA"),))
    make_doctor("Sought", does=(rhythm,), at=(make_place("Austin"),))
    count_doctors()

    path = "/doctors/rhythm-medicine/?near=77000&within=5&name=example&teaching=1"
    ways = client.get(path).context["ways"]

    texts = [way.text for way in ways]
    assert len(texts) == 8
    assert "Rhythm doctors in the whole country by video or telephone" in texts
    assert any(text.startswith("Cardiologists within 5 miles") for text in texts)
    assert texts[0] == "Rhythm doctors within 5 miles of ZIP code 77000"


def test_ways_on_go_wider_drop_filters_climb_and_offer_video_in_turn(
    client, cardiology, rhythm, houston
):
    kind = make_hospital("Kind Hospital", ccn="450068")
    dallas, boston = make_place("Dallas"), make_place("Boston", "MA")
    make_doctor(does=(rhythm,), at=(dallas,), hospitals=(kind,))
    make_doctor(does=(rhythm,), at=(houston,), has_telehealth=True)
    make_doctor(does=(rhythm,), at=(boston,), has_telehealth=True)
    make_doctor(does=(cardiology,), at=(houston,), hospitals=(kind,), is_demo=True)
    count_doctors()

    path = "/doctors/rhythm-medicine/tx/houston/?hospital=450068"
    ways = client.get(path).context["ways"]

    assert [(way.text, way.count) for way in ways] == [
        ("Rhythm doctors in Texas at this hospital", 1),
        ("Rhythm doctors in Houston, Texas", 1),
        ("Rhythm doctors in Texas", 2),
        ("Cardiologists in Houston, Texas at this hospital", 1),
        ("Cardiologists in Texas at this hospital", 2),
        ("Cardiologists in Houston, Texas", 2),
        ("Cardiologists in Texas", 3),
        ("Rhythm doctors in Texas by video or telephone", 1),
    ]
    assert [way.text for way in ways if way.counts_demo] == [
        way.text for way in ways if way.text.startswith("Cardiologists")
    ]


def test_a_wider_circle_that_finds_nobody_more_is_not_offered(client, cardiology):
    for number, north in enumerate((0, 0.1, 0.6)):
        make_zip_code(f"7700{number}", 29.7 + north, -95.4)
    make_doctor(does=(cardiology,), at=(make_location(zip_code="77001"),))
    make_doctor(does=(cardiology,), at=(make_location(zip_code="77002"),))
    count_doctors()

    ways = client.get("/doctors/cardiology/?near=77000&within=5").context["ways"]

    assert [(way.text, way.number) for way in ways] == [
        ("Cardiologists within 10 miles of ZIP code 77000", "1"),
        ("Cardiologists within 50 miles of ZIP code 77000", "2"),
    ]


def test_a_wider_circle_counts_those_who_have_what_it_names(client, cardiology):
    for number, north in enumerate((0, 0.05, 0.12, 0.25)):
        make_zip_code(f"7700{number}", 29.7 + north, -95.4)
    for zip_code, telehealth in (("77001", None), ("77002", None), ("77003", True)):
        location = make_location(zip_code=zip_code)
        make_doctor(does=(cardiology,), at=(location,), has_telehealth=telehealth)
    make_doctor(does=(cardiology,), at=(make_place("Boston", "MA"),))
    count_doctors()

    url = "/doctors/cardiology/?near=77000&within=10&telehealth=1"
    ways = client.get(url).context["ways"]

    who, where = "Cardiologists within", "miles of ZIP code 77000"
    assert [(way.text, way.number) for way in ways if where in way.text] == [
        (f"{who} 25 {where} by video or telephone", "1"),
        (f"{who} 10 {where}", "2"),
        (f"{who} 25 {where}", "3"),
    ]
    assert "/doctors/cardiology/" in [way.url for way in ways]


def test_a_video_visit_from_another_state_is_a_way_on(client, cardiology):
    make_doctor(
        does=(cardiology,), at=(make_place("Boston", "MA"),), has_telehealth=True
    )
    count_doctors()

    ways = client.get("/doctors/cardiology/tx/").context["ways"]

    assert "/doctors/cardiology/?telehealth=1" in [way.url for way in ways]


def test_no_two_ways_on_have_the_same_words(client, cardiology, houston):
    """A way that keeps a filter names it; the order of a list makes no second way."""
    nursing = make_specialization(
        "Heart nursing", "Heart nurse", cardiology, profession="advanced practice"
    )
    teaching = make_hospital(is_teaching=True)
    dallas = make_place("Dallas")
    make_doctor(does=(cardiology,), at=(dallas,), hospitals=(teaching,))
    make_doctor(does=(nursing,), at=(dallas,), has_telehealth=True)
    make_doctor(does=(nursing,), at=(houston,), has_telehealth=True)
    count_doctors()

    def ways(query):
        context = client.get(f"/doctors/cardiology/tx/houston/?{query}").context
        return [(way.text, way.number) for way in context["ways"]]

    found = ways("physicians=1&teaching=1")
    assert found[0] == (
        "Cardiologists in Texas who are physicians at a teaching hospital",
        "1",
    )
    assert ("Cardiologists in Texas", "3") in found
    assert len({text for text, _ in found}) == len(found)
    found = ways("physicians=1&sort=match&telehealth=1")
    assert len({text for text, _ in found}) == len(found)


@pytest.mark.parametrize("names", [("Mueller", "Muller"), ("Muller", "Mueller")])
def test_whose_umlaut_the_files_have_with_other_letters_is_offered(
    client, cardiology, houston, names
):
    typed, theirs = names
    make_doctor(theirs, "Michael", does=(cardiology,), at=(houston,))
    count_doctors()

    html = read(client, f"/doctors/cardiology/ma/?name=Michael+{typed}")

    way = f"/doctors/cardiology/?name=Michael+{theirs}"
    words = f"Cardiologists in the whole country named Michael {theirs}"
    assert f'<a href="{way}">{words}</a>' in html
    assert "Michal" not in html


def test_an_empty_list_is_not_described_as_one_of_nobody(client, cardiology):
    html = read(client, "/doctors/cardiology/tx/")

    assert 'content="Cardiologists in Texas: none on this page, and where' in html


def test_nobody_anywhere_offers_no_ways(client, cardiology):
    html = read(client, "/doctors/cardiology/")

    assert "No cardiologist is listed here" in html
    assert "Where to look instead" not in html


def test_a_wrong_field_is_said_where_no_file_codes_the_kind(client, cardiology):
    make_specialization("Heart dreams", "Dreamer", cardiology, is_coded=False)

    response = client.get("/doctors/heart-dreams/?near=7703")

    assert response.status_code == 400
    assert "A ZIP code has five digits" in response.content.decode()


def test_a_rung_that_no_file_codes_says_so_and_leads_up(client, cardiology, houston):
    make_specialization(
        "Valves",
        "Valve doctor",
        cardiology,
        is_coded=False,
        questions_to_ask=["How many valves a year?"],
    )
    make_doctor(does=(cardiology,), at=(houston,))
    count_doctors()

    html = read(client, "/doctors/valves/tx/houston/")

    assert "No public file says who is a valve doctor." in html
    assert '<a href="/doctors/cardiology/tx/houston/">' in html
    assert "How many valves a year?" in html


def test_a_family_leads_to_its_page(client, cardiology):
    response = client.get("/doctors/heart-and-blood-vessels/")

    assert response.status_code == 302
    assert response["Location"] == "/specializations/heart-and-blood-vessels/"


@pytest.mark.parametrize(
    "path",
    [
        "/doctors/magic/",
        "/doctors/cardiology/zz/",
        "/doctors/cardiology/tx/atlantis/",
        "/doctors/cardiology/tx/atlantis/?hospital=450068",
    ],
)
def test_what_is_not_there_is_not_found(client, cardiology, path):
    assert client.get(path).status_code == 404


def test_made_up_people_are_marked(client, cardiology, houston):
    hospital = make_hospital()
    make_doctor(does=(cardiology,), at=(houston,), hospitals=(hospital,), is_demo=True)
    count_doctors()

    for path in (
        "/doctors/cardiology/",
        "/doctors/cardiology/tx/houston/",
        f"/doctors/cardiology/?hospital={hospital.ccn}",
        "/doctors/cardiology/ma/",  # empty, but a number beside a way on counts them
    ):
        assert "demonstration content" in read(client, path), path


def test_a_sub_specialization_is_reversed_with_its_place(cardiology, houston):
    assert (
        reverse("directory:doctors", args=["cardiology", "TX", "houston"])
        == "/doctors/cardiology/tx/houston/"
    )
