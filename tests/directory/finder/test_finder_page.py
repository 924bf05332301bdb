"""The finder: a kind and a place as people type them, or a name."""

from urllib.parse import urlencode

import pytest

from directory.finder.whereabouts import split
from directory.models import ReplacedNpi
from tests.factories import (
    count_doctors,
    make_doctor,
    make_hospital,
    make_place,
    make_specialization,
    make_zip_code,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def cardiology():
    specialization = make_specialization()
    for name, state in (
        ("Houston", "TX"),
        ("Springfield", "IL"),
        ("Springfield", "MA"),
        ("St. Louis", "MO"),
        ("Fort Worth", "TX"),
        ("Mount Airy", "NC"),
        ("New York", "NY"),
        ("Los Angeles", "CA"),
        ("Port St. Lucie", "FL"),
        ("Fort Washington", "PA"),
    ):
        make_doctor(does=(specialization,), at=(make_place(name, state),))
    make_zip_code()
    count_doctors()
    return specialization


def ask(client, **query):
    return client.get("/doctors/", {"specialization": "cardiology"} | query)


@pytest.mark.parametrize(
    ("where", "path"),
    [
        ("Houston, TX", "/doctors/cardiology/tx/houston/"),
        ("houston texas", "/doctors/cardiology/tx/houston/"),
        ("  HOUSTON ", "/doctors/cardiology/tx/houston/"),
        ("Saint Louis", "/doctors/cardiology/mo/st-louis/"),
        ("Springfield, Illinois", "/doctors/cardiology/il/springfield/"),
        ("Texas", "/doctors/cardiology/tx/"),
        ("tx", "/doctors/cardiology/tx/"),
        ("Washington State", "/doctors/cardiology/wa/"),
        ("77030", "/doctors/cardiology/?near=77030&within=25"),
        ("77030-1234", "/doctors/cardiology/?near=77030&within=25"),
        ("77030 1234", "/doctors/cardiology/?near=77030&within=25"),
        ("Houston, TX 77030", "/doctors/cardiology/?near=77030&within=25"),
        ("houston 77030-1234", "/doctors/cardiology/?near=77030&within=25"),
        ("77030, Houston, TX", "/doctors/cardiology/?near=77030&within=25"),
        ("10001 Larkspur Lane 77030", "/doctors/cardiology/?near=77030&within=25"),
        ("Houston, TX, USA", "/doctors/cardiology/tx/houston/"),
        (
            "Houston, TX 77030, United States",
            "/doctors/cardiology/?near=77030&within=25",
        ),
        ("Springfield, Mass.", "/doctors/cardiology/ma/springfield/"),
        ("Saint Louis Mo", "/doctors/cardiology/mo/st-louis/"),
        ("Ft. Worth", "/doctors/cardiology/tx/fort-worth/"),
        ("Port Saint Lucie, FL", "/doctors/cardiology/fl/port-st-lucie/"),
        ("Fort Washington", "/doctors/cardiology/pa/fort-washington/"),
        ("Ft. Washington USA", "/doctors/cardiology/pa/fort-washington/"),
        ("Mt Airy", "/doctors/cardiology/nc/mount-airy/"),
        ("NYC", "/doctors/cardiology/ny/new-york/"),
        ("New York City", "/doctors/cardiology/ny/new-york/"),
        ("Manhattan, NY", "/doctors/cardiology/ny/new-york/"),
        ("NY, NY", "/doctors/cardiology/ny/new-york/"),
        ("N.Y.", "/doctors/cardiology/ny/"),
        ("LA, CA", "/doctors/cardiology/ca/los-angeles/"),
        ("Virgin Islands", "/doctors/cardiology/vi/"),
        ("USA", "/doctors/cardiology/"),
        ("the United States", "/doctors/cardiology/"),
        ("", "/doctors/cardiology/"),
    ],
)
def test_a_place_leads_to_its_list(client, cardiology, where, path):
    response = ask(client, where=where)

    assert response.status_code == 302
    assert response["Location"] == path


def test_a_city_of_several_states_is_asked_back(client, cardiology):
    response = ask(client, where="Springfield")

    html = response.content.decode()
    assert response.status_code == 200
    assert "Which Springfield?" in html
    for state, name in (("il", "Illinois"), ("ma", "Massachusetts")):
        url = f"/doctors/cardiology/{state}/springfield/"
        assert f'<a href="{url}">Springfield, {name}</a>' in html
    assert 'name="where" value="Springfield"' in html
    assert '<option value="cardiology" selected>' in html


def test_a_city_that_is_called_like_a_state_leaves_the_state_to_choose(
    client, cardiology
):
    for state in ("DC", "GA"):
        make_place("Washington", state)

    html = ask(client, where="Washington").content.decode()

    assert "Which Washington?" in html
    assert ">Washington, Georgia</a>" in html
    assert '<a href="/doctors/cardiology/wa/">The state of Washington</a>' in html


def test_cities_to_choose_from_are_counted_only_without_whom_to_leave_out(
    client, cardiology
):
    first = make_doctor("First", does=(cardiology,), at=(make_place("Springfield"),))
    make_doctor("Second", does=(cardiology,), at=(make_place("Springfield"),))
    other = make_specialization("Rheumatology", "Rheumatologist")
    make_doctor("Other", does=(other,), at=(make_place("Springfield"),))
    count_doctors()

    everybody = ask(client, where="Springfield").content.decode()
    apart = ask(client, where="Springfield", apart_from=first.npi).content.decode()

    assert '<span class="link-list__count">2</span>' in everybody
    assert f"/tx/springfield/?apart_from={first.npi}" in apart
    assert "link-list__count" not in apart


def test_a_city_whose_name_ends_as_a_states_is_asked_back_with_all_of_it(
    client, cardiology
):
    for name, state in (("Fort Washington", "MD"), ("Fort", "NY")):
        make_place(name, state)

    html = ask(client, where="Fort Washington").text

    assert "Which Fort Washington?" in html
    for name in ("Maryland", "Pennsylvania"):
        assert f">Fort Washington, {name}</a>" in html
    assert ">Fort, New York</a>" not in html


def test_a_misspelt_city_is_guessed(client, cardiology):
    html = ask(client, where="Huston").content.decode()

    assert "Did you mean" in html
    assert '<a href="/doctors/cardiology/tx/houston/">Houston, Texas</a>' in html


def test_the_city_where_most_doctors_are_is_guessed_first(client, cardiology):
    make_place("Houston", "MO")
    make_doctor(does=(cardiology,), at=(make_place("Houston", "TX"),))
    count_doctors()

    html = ask(client, where="Huston").content.decode()

    assert html.index(">Houston, Texas</a>") < html.index(">Houston, Missouri</a>")
    assert ">Houston, Texas</a>" not in ask(client, where="Huston, MO").text


@pytest.mark.parametrize(
    ("where", "state"),
    [
        ("Missisippi", "Mississippi"),
        ("massachusets", "Massachusetts"),
        ("Calif.", "California"),
        ("Tex", "Texas"),
    ],
)
def test_a_misspelt_or_abbreviated_state_is_guessed(client, cardiology, where, state):
    html = ask(client, where=where).text

    assert "Did you mean" in html
    assert f"The state of {state}</a>" in html
    assert "We know no such place" not in html
    assert "The state of" not in ask(client, where="Canada").text


@pytest.mark.parametrize(
    ("where", "slug"), [("SF", "ca/san-francisco"), ("Vegas", "nv/las-vegas")]
)
def test_a_city_is_known_by_its_nickname(client, cardiology, where, slug):
    make_place("San Francisco", "CA")
    make_place("Las Vegas", "NV")

    assert ask(client, where=where)["Location"] == f"/doctors/cardiology/{slug}/"


@pytest.mark.parametrize("where", ["Xyzzy", "???"])
def test_a_place_that_nobody_knows_is_said_beside_the_field(client, cardiology, where):
    response = ask(client, where=where)

    assert response.status_code == 400
    assert "We know no such place" in response.content.decode()
    assert f'value="{where}"' in response.content.decode()


def test_a_city_misspelt_as_others_are_called_is_offered_with_them(client, cardiology):
    for name, state in (("Pittsburg", "KS"), ("Pittsburg", "TX"), ("Pittsboro", "NC")):
        make_place(name, state)
    make_doctor(does=(cardiology,), at=(make_place("Pittsburgh", "PA"),))
    count_doctors()

    response = ask(client, where="Pittsburg")

    assert response.context["form"].whereabouts.question == "Which Pittsburg?"
    assert [way.text for way in response.context["form"].whereabouts.ways] == [
        "Pittsburgh, Pennsylvania",
        "Pittsburg, Kansas",
        "Pittsburg, Texas",
    ]


def test_manhattan_may_be_a_city_of_kansas_and_is_asked_back(client, cardiology):
    make_place("Manhattan", "KS")

    html = ask(client, where="Manhattan").content.decode()

    assert "Which Manhattan?" in html
    assert ">Manhattan, Kansas</a>" in html
    assert ">New York, New York</a>" in html


@pytest.mark.parametrize("where", ["LA", "L.A."])
def test_la_may_be_los_angeles_and_is_asked_back(client, cardiology, where):
    html = ask(client, where=where).content.decode()

    assert f"Which {where}?" in html
    city, state = "/doctors/cardiology/ca/los-angeles/", "/doctors/cardiology/la/"
    assert f'<a href="{city}">Los Angeles, California</a>' in html
    assert f'<a href="{state}">The state of Louisiana</a>' in html


def test_la_is_louisiana_where_nobody_works_in_los_angeles(client):
    make_doctor(does=(make_specialization(),), at=(make_place("Monroe", "LA"),))
    count_doctors()

    assert ask(client, where="LA")["Location"] == "/doctors/cardiology/la/"


@pytest.mark.parametrize("where", ["2134", "021345"])
def test_a_zip_code_of_too_few_or_many_digits_is_called_that(client, cardiology, where):
    response = ask(client, where=where)

    assert response.status_code == 400
    assert "A ZIP code has five digits" in response.content.decode()


def test_a_state_that_a_link_names_is_filled_in(client, cardiology):
    assert 'name="where" value="Texas"' in client.get("/doctors/?state=TX").text


def test_a_place_that_a_link_names_is_filled_in(client, cardiology):
    response = client.get("/doctors/?where=Houston")

    assert response.status_code == 200
    assert 'name="where" value="Houston"' in response.text
    assert "Choose the kind of doctor as well." not in response.text


def test_a_place_without_a_kind_asks_for_the_kind(client, cardiology):
    response = client.get("/doctors/?specialization=&where=Houston")

    assert response.status_code == 400
    assert "Choose the kind of doctor as well." in response.content.decode()


def test_nobody_is_said_to_be_missing_who_was_not_looked_for(client, cardiology):
    address = "/doctors/?specialization=&where=Houston&name=Example"
    html = client.get(address).content.decode()

    assert "Choose the kind of doctor as well." in html
    assert "Nobody in the public files" not in html
    assert 'name="name" value="Example"' in html


@pytest.mark.parametrize(
    "typed",
    ["NPI: 9900000016", "9900 000 016", "9900000016 (National Provider Identifier)"],
)
def test_a_number_is_found_with_what_is_copied_along(client, cardiology, typed):
    doctor = make_doctor("Copied", does=(cardiology,), npi="9900000016")

    by_name = client.get("/doctors/", {"name": typed}).text
    apart = client.get("/doctors/cardiology/", {"apart_from": typed}).text

    assert doctor.get_absolute_url() in by_name
    assert "Without whoever works where Ada Copied works" in apart


def test_a_hospitals_number_is_found_with_what_is_copied_along(client, cardiology):
    make_hospital("Kind Hospital", ccn="450068")

    ask = {"apart_from": "CMS number 450068"}

    assert "Kind Hospital" in client.get("/doctors/cardiology/", ask).text
    ask["apart_from"] = "Ann Lee"  # six letters are no number
    assert "Give the ten-digit NPI" in client.get("/doctors/cardiology/", ask).text


def test_who_is_not_found_by_name_may_not_bill_medicare(client):
    html = client.get("/doctors/?name=nobody").content.decode()

    assert "Many who do not bill Medicare are not in the files." in html


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("New York", ("new-york", "")),
        ("New York, NY", ("new-york", "NY")),
        ("Washington DC", ("washington", "DC")),
        ("West Virginia", ("", "WV")),
        ("Fargo north dakota", ("fargo", "ND")),
        ("Charleston, West Virginia", ("charleston", "WV")),
        ("Richmond, Virginia", ("richmond", "VA")),
        ("Miami, Fla.", ("miami", "FL")),
        ("Colo", ("colo", "")),  # a city of Iowa
        ("Garden State", ("garden-state", "")),
        ("???", ("", "")),
    ],
)
def test_city_and_state_are_told_apart(text, found):
    assert split(text) == found


def test_a_misspelt_city_in_an_address_leads_on(client, cardiology):
    response = client.get("/doctors/cardiology/tx/huston/")

    html = response.content.decode()
    assert response.status_code == 404
    assert '<a class="way__name" href="/doctors/cardiology/tx/houston/">' in html
    assert "Cardiologists in Texas" in html


def test_a_city_of_another_state_is_not_there(client, cardiology):
    assert client.get("/doctors/cardiology/il/springfield/").status_code == 200
    assert client.get("/doctors/cardiology/tx/springfield/").status_code == 404


def test_a_misspelt_city_in_an_address_keeps_who_is_left_out(client, cardiology):
    first = make_doctor("First", does=(cardiology,))
    query = f"?telehealth=1&apart_from={first.npi}"

    response = client.get(f"/doctors/cardiology/tx/huston/{query}")

    html = response.content.decode()
    for path in ("/doctors/cardiology/tx/houston/", "/doctors/cardiology/tx/"):
        assert f'href="{path}{query.replace("&", "&amp;")}"' in html
    assert response["Referrer-Policy"] == "no-referrer"


@pytest.mark.parametrize(
    "typed",
    [
        *("Obrien Zoe", "zoe o'brien", "O’BRIEN", "obri", "9900000016"),
        *("Dr. O'Brien", "dr zoe obrien", "Zoe O'Brien MD", "O'Brien, Zoe, DO"),
        *("Zoë O'Brien Jr., PA-C", "O'Brien III"),
        *("Zoë O'Brien NP", "Mrs. Zoe O'Brien, DNP, APRN, FNP-BC"),
        *("O'Brien, Zoë, M.D., M.P.H., F.A.C.S.", "Zoe O'Brien MBBS", "Prof. O'Brien"),
    ],
)
def test_somebody_is_found_by_name_or_number(client, cardiology, typed):
    make_doctor("O'Brien", "Zoë", npi="9900000016", does=(cardiology,))
    make_doctor("Obst", "Zoe", does=(cardiology,))

    html = client.get("/doctors/", {"name": typed}).content.decode()

    assert "Zoë O&#x27;Brien</a>" in html
    assert "Zoe Obst</a>" not in html
    assert 'href="/doctors/?apart_from=9900000016"' in html


def test_a_name_that_is_a_title_too_is_looked_for(client):
    make_doctor("Md", "Rahima")

    assert "Rahima Md</a>" in client.get("/doctors/?name=MD").text


def test_one_who_is_made_up_marks_all_who_are_found(client):
    make_doctor("Mixed", is_demo=True)
    make_doctor("Mixed")
    make_doctor("Real")

    assert "demonstration content" in client.get("/doctors/?name=mixed").text
    assert "demonstration content" not in client.get("/doctors/?name=real").text


def test_a_replaced_number_finds_who_has_another_one_now(client, cardiology):
    doctor = make_doctor("Moved", does=(cardiology,))
    ReplacedNpi.objects.create(npi="9900000990", replacement=doctor.npi)
    ReplacedNpi.objects.create(npi="9900000982", replacement="9900000990")

    for old in ("9900000990", "9900000982"):
        html = client.get(f"/doctors/?name={old}").content.decode()

        assert f'<a href="{doctor.get_absolute_url()}">Ada Moved</a>' in html


def test_all_pages_of_a_name_show_everybody_once(client, cardiology):
    for index in range(45):
        make_doctor(f"Same{index % 3}", does=(cardiology,))

    seen, path = [], "/doctors/?name=same+ada"
    while path:
        context = client.get(path).context
        seen += [doctor.npi for doctor in context["page"].practitioners]
        back = context["previous_address"]
        path = context["next_address"]

    assert len(seen) == len(set(seen)) == 45
    earlier = client.get(back).context["page"].practitioners
    assert [doctor.npi for doctor in earlier] == seen[20:40]


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("nobody", "Nobody in the public files is named “nobody”"),
        ("x", "Type at least the first two letters"),
        ("!!", "Type at least the first two letters"),
        ("Dr. O", "If it has only one, add the first name."),
    ],
)
def test_a_name_that_finds_nobody_says_how_to_search(client, typed, sentence):
    assert sentence in client.get("/doctors/", {"name": typed}).content.decode()


def test_the_first_doctor_fills_in_the_kind_and_goes_along(client, cardiology):
    rhythm = make_specialization("Rhythm", "Rhythm doctor", cardiology)
    first = make_doctor("First", does=(rhythm, cardiology))
    count_doctors()

    response = client.get(f"/doctors/?apart_from={first.npi}")

    html = response.content.decode()
    assert response["Referrer-Policy"] == "no-referrer"
    assert "Find a doctor independent of Ada First" in html
    assert '<option value="rhythm" selected>' in html
    there = ask(client, where="Houston", apart_from=first.npi)
    url = f"/doctors/cardiology/tx/houston/?apart_from={first.npi}"
    assert there["Location"] == url
    assert there["Referrer-Policy"] == "no-referrer"


def test_beside_a_wrong_number_no_list_is_shown_that_leaves_nobody_out(
    client, cardiology
):
    response = ask(client, where="Houston", apart_from="12")

    assert response.status_code == 400
    assert "Give the ten-digit NPI" in response.text
    assert 'name="where" value="Houston"' in response.text


def test_a_hospital_goes_along_without_a_kind(client, cardiology):
    make_hospital("Kind Hospital", ccn="450068")

    html = client.get("/doctors/?apart_from=450068").content.decode()

    assert "independent of Kind Hospital" in html
    assert "selected" not in html


@pytest.mark.parametrize("number", ["12", "9900000099"])
def test_a_number_of_nobody_is_said(client, cardiology, number):
    response = client.get(f"/doctors/?apart_from={number}")

    assert response.status_code == 400
    assert "field__error" in response.content.decode()


@pytest.mark.parametrize("typed", ["Bob Smith", "Smith, Bob, MD", "dr. b. smith"])
def test_a_first_name_that_no_file_has_leads_to_the_last_name(client, typed):
    for last_name, first_name in (
        ("Smith", "Robert"),
        ("Smithson", "Ada"),
        ("Ba", "A"),
    ):
        make_doctor(last_name, first_name)

    html = client.get("/doctors/", {"name": typed, "compare": "9900000016"}).content

    assert "Nobody in the public files" in (text := html.decode())
    way = "/doctors/?name=smith&amp;compare=9900000016#by-name"
    assert f'href="{way}">Smith</a>' in text
    assert ">Bob</a>" not in text
    assert ">B</a>" not in text
    found = client.get(way.partition("#")[0].replace("&amp;", "&")).content.decode()
    assert "Robert Smith</a>" in found


@pytest.mark.parametrize("names", [("Mueller", "Muller"), ("Muller", "Mueller")])
@pytest.mark.parametrize("written", ["{}", "{}, Ada", "Dr. Ada {}"])
def test_whose_umlaut_the_files_have_with_other_letters_is_offered(
    client, names, written
):
    typed, name = map(written.format, names)
    make_doctor(names[1])

    html = client.get("/doctors/", {"name": typed, "compare": "9900000016"}).text

    assert "Nobody in the public files is named" in html
    way = f"/doctors/?{urlencode({'name': name, 'compare': '9900000016'})}#by-name"
    assert "The files may have a letter more or less" in html
    assert f'href="{way.replace("&", "&amp;")}">{name}</a>' in html
    assert f"Ada {names[1]}</a>" in client.get(way.partition("#")[0]).text


def test_a_name_of_an_umlaut_is_offered_as_the_files_have_it(client):
    make_doctor("Mueller", "Robert")

    html = client.get("/doctors/", {"name": "Bob Müller"}).text

    assert 'href="/doctors/?name=mueller#by-name">Mueller</a>' in html
    assert ">Muller</a>" not in html


@pytest.mark.parametrize("last_name", ["St. John", "Saint John"])
def test_a_saint_is_offered_as_it_was_typed(client, last_name):
    make_doctor(last_name, "Robert")
    make_doctor("Stone", "Ada")

    html = client.get("/doctors/", {"name": "Bob Saint John"}).text

    assert html.count('#by-name">Saint</a>') == 1
    assert "Robert" in client.get("/doctors/?name=saint").text
    assert "Stone" not in client.get("/doctors/?name=saint").text


@pytest.mark.parametrize("names", [("Mueller", "Muller"), ("Muller", "Mueller")])
def test_who_is_found_is_offered_nobody_else(client, names):
    for name in names:
        make_doctor(name)

    html = client.get("/doctors/", {"name": names[0].lower()}).text

    assert f"Ada {names[0]}</a>" in html
    assert names[1] not in html


@pytest.mark.parametrize("typed", ["Nobody", "Bob Nobody", "9900000024", "Joel Noel"])
def test_where_no_last_name_begins_so_none_is_offered(client, typed):
    for last_name in ("Nobody", "Jol Nol"):
        make_doctor(last_name, retired=True)

    html = client.get("/doctors/", {"name": typed}).content.decode()

    assert "Nobody in the public files" in html
    assert "another first name" not in html
    assert "a letter more or less" not in html
    assert ("Is it a hospital?" in html) is (not typed.isdigit())


def test_behind_the_last_of_a_name_nobody_is_said_to_have_it_not(client):
    make_doctor("Smith", "Robert")

    response = client.get("/doctors/?name=smith&after=zz.9999999999")

    assert response.status_code == 404
    assert "Nobody in the public files" not in response.text
    assert 'href="/doctors/?name=smith">Doctors named “smith”</a>' in response.text
