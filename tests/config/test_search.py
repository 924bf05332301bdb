"""One search over everything, as somebody asks who does not know our words."""

import datetime
import html
import re

import pytest
from django.test import Client
from django.utils import timezone
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from articles.models import Article
from config.search import LONGEST_NAME, MOST_KINDS, MOST_OF_A_NAME, find, meant
from directory.finder.kinds_named import kinds_named
from directory.models import Organization
from tests.articles.factories import (
    make_draft,
    make_guide,
    make_public,
    make_revision,
    take_back,
)
from tests.factories import (
    count_doctors,
    make_city,
    make_doctor,
    make_hospital,
    make_location,
    make_place,
    make_specialization,
    make_zip_code,
)

pytestmark = pytest.mark.django_db


def read(client: Client, words: str) -> str:
    response = client.get("/search/", {"q": words})
    assert response.status_code == 200
    return response.content.decode()


def guides_in(page: str) -> list[str]:
    return re.findall(r'card__title"><a href="[^"]+">([^<]+)<', page)


def make_cardiology():
    return make_specialization(
        plain_name="Heart doctor",
        what_they_do="They treat murmurs.",
        synonyms=["ticker specialist"],
    )


def test_the_page_alone_asks_and_leads_on(
    client: Client, django_assert_max_num_queries
):
    with django_assert_max_num_queries(1):  # the footer's
        response = client.get("/search/")

    page = response.content.decode()
    assert 'name="q" value=""' in page
    assert "Where to go from here" in page
    assert "Nothing fits" not in page
    assert "noindex" not in page


def test_every_page_leads_to_it(client: Client):
    page = client.get("/specializations/").content.decode()

    assert '<a class="site-header__search" href="/search/">Search</a>' in page


def test_the_front_page_asks_as_well(client: Client):
    page = client.get("/").content.decode()

    assert '<form class="search" action="/search/" method="get">' in page


@pytest.mark.parametrize("words", ["replacing", "Replacements", "replacement knees"])
def test_a_word_finds_its_other_forms(client: Client, words: str):
    make_guide("knee", "After a replacement of the knee you rest.", title="Walking")

    assert guides_in(read(client, words)) == ["Walking"]


def test_a_title_counts_for_more_than_the_text(client: Client):
    make_guide("a", "Ask about a biopsy, and then about another biopsy.", title="One")
    make_guide("b", "Some words.", title="Before a biopsy")

    assert guides_in(read(client, "biopsy")) == ["Before a biopsy", "One"]


def test_a_guide_that_fits_by_chance_is_left_out(client: Client):
    far = "word " * 500
    make_guide("a", "Some words.", title="A heart doctor")
    make_guide("b", f"The heart. {far} A doctor.", title="Hysterectomy")

    assert guides_in(read(client, "heart doctor")) == ["A heart doctor"]


def test_where_no_guide_has_all_words_some_do_and_the_page_says_so(client: Client):
    make_guide("knee", title="The knee")

    page = read(client, "should I have my knee replaced")

    assert guides_in(page) == ["The knee"]
    assert "Nothing has all of the words “should I have my knee replaced”." in page
    assert "Nothing has all" not in read(client, "knee")


def test_guides_with_some_of_the_words_hide_nothing_that_has_all(client: Client):
    make_guide("a", "Brain, and then a surgeon.", title="Nerves")
    make_guide("b", "One surgeon.", title="Before surgery")
    make_hospital("Brain Clinic")

    assert guides_in(read(client, "brain clinic")) == []


def test_a_dash_does_not_turn_a_word_into_its_opposite(client: Client):
    make_guide("cancer", "At stage 3 of breast cancer.", title="Cancer")

    assert guides_in(read(client, "stage 3 - breast cancer")) == ["Cancer"]
    assert guides_in(read(client, "cancer -breast")) == ["Cancer"]


def test_nobody_finds_what_readers_may_not_see(client: Client):
    make_draft("draft", title="Quincunx draft")
    take_back(make_guide("back", title="Quincunx taken back"))
    soon = make_draft("soon", title="Quincunx soon").latest_revision()
    make_public(soon, at=timezone.now() + datetime.timedelta(days=1))
    changed = make_guide("changed", title="Open")
    make_revision(changed, "Quincunx.", title="Quincunx changed")
    place = make_place()
    make_hospital("Quincunx Hospital", place, retired_at=timezone.now())
    make_doctor("Quincunx", does=(make_cardiology(),), at=(place,), retired=True)
    count_doctors()

    page = read(client, "Quincunx")

    assert "Nothing fits “Quincunx”." in page
    assert page.count("Quincunx") == 3  # title, field, sentence


def test_a_trust_page_is_no_guide(client: Client):
    make_guide("privacy", title="Privacy", kind=Article.Kind.PAGE)

    assert guides_in(read(client, "privacy")) == []


@pytest.mark.parametrize(
    "words",
    ["Cardiologists", "heart doctors", "ticker", "cardiolog", "murmur", "CARDIOLOGY"],
)
def test_a_kind_of_doctor_is_found_as_patients_call_it(client: Client, words: str):
    make_doctor(does=(make_cardiology(),), at=(make_place(),))
    make_specialization("Urology", "Urologist")
    count_doctors()

    page = read(client, words)

    assert '<a class="way__name" href="/specializations/cardiology/">' in page
    assert (
        '<a class="way__more" href="/doctors/cardiology/">Find cardiologists</a>'
        in page
    )
    assert "/specializations/urology/" not in page


def test_finding_kinds_of_doctors_takes_one_text_vector_of_each(
    django_assert_num_queries,
):
    with django_assert_num_queries(1) as asked:
        kinds_named("heart doctor in Houston", or_else="heart doctor")

    [statement] = asked.captured_queries
    condition = statement["sql"].partition(" WHERE ")[2].partition(" ORDER BY ")[0]
    assert condition.count("to_tsvector('english'::regconfig, COALESCE(\"dir") == 1


def test_no_more_kinds_of_doctors_are_shown_than_are_read(client: Client):
    for number in range(MOST_KINDS + 1):
        make_specialization(f"Larkspur {number}", f"Doctor {number}")

    page = read(client, "larkspur")

    assert page.count('way__name" href="/specializations/') == MOST_KINDS


def test_a_kind_without_doctors_leads_to_no_list(client: Client):
    make_cardiology()

    page = read(client, "cardiology")

    assert "/specializations/cardiology/" in page
    assert "/doctors/cardiology/" not in page


def test_the_name_that_was_typed_comes_before_others_that_hold_it(client: Client):
    above = make_specialization("Cardiology", "Cardiologist")
    make_specialization(
        "Adult cardiology",
        "Adult cardiologist",
        above,
        synonyms=["cardiology", "cardio"],
    )
    make_specialization("Cardiology of sports", "Sports cardiologist", above)

    page = read(client, "cardiology")

    found = re.findall(r'way__name" href="/specializations/([^/]+)/', page)
    assert found == ["cardiology", "adult-cardiology", "cardiology-of-sports"]


@pytest.mark.parametrize("words", ["skin doctor", "skin doctors", "skin"])
def test_whom_patients_call_so_comes_before_whose_name_begins_so(
    client: Client, words: str
):
    make_specialization("Dermatology", synonyms=["Skin doctor"])
    make_specialization(
        "Mohs surgery", plain_name="Skin doctor who removes skin cancer"
    )

    page = read(client, words)

    found = re.findall(r'way__name" href="/specializations/([^/]+)/', page)
    assert found == ["dermatology", "mohs-surgery"]
    assert "/specializations/dermatology/" in read(client, "skin specialists")


@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("heart doctor", "Kinds of doctors"),
        ("murmurs", "Guides"),
        ("murmurs clinic", "Hospitals"),
        ("Houston", "Find a doctor in Houston, Texas"),
    ],
)
def test_what_is_called_so_comes_before_guides(client: Client, words: str, first: str):
    make_cardiology()
    make_guide("a", "A heart doctor of Houston, a clinic.", title="Murmurs")
    make_hospital("Murmurs Clinic", make_place())

    page = read(client, words)

    content = page[page.index("</search>") :]
    assert re.search(r"<(?:h2|a)[^>]*>([^<]+)<", content)[1] == first


def make_heart_doctors() -> None:
    cardiology = make_cardiology()
    for place in (make_place(), make_place("Pittsburgh", "PA")):
        make_doctor(does=(cardiology,), at=(place,))
    make_zip_code("77030")
    make_place("Springfield", "IL")
    make_place("Springfield", "MA")
    make_place("Pittsburg", "KS")
    make_place("Pittsburg", "TX")
    count_doctors()


@pytest.mark.parametrize(
    ("words", "where"),
    [
        ("cardiologist houston", "in Houston, Texas"),
        ("best heart doctor in Houston, TX", "in Houston, Texas"),
        ("second opinion cardiologist Houston", "in Houston, Texas"),
        ("cardiologist Houston second opinion", "in Houston, Texas"),
        ("cardiologist, Houston, Texas, USA", "in Houston, Texas"),
        ("I need a heart doctor near 77030", "near ZIP code 77030"),
        ("heart doctors Houston TX 77030-1234", "near ZIP code 77030"),
        ("cardiologist 77030, Houston, TX", "near ZIP code 77030"),
        ("77030-1234 Houston cardiologist", "near ZIP code 77030"),
        ("cardiologist texas", "in Texas"),
        ("heart doctor for my mother in Texas", "in Texas"),
        ("cardiologist TX", "in Texas"),
        ("Houston cardiologist", "in Houston, Texas"),
    ],
)
def test_a_kind_of_doctor_and_a_place_lead_to_the_list_of_the_place(
    client: Client, words: str, where: str
):
    make_heart_doctors()

    page = read(client, words)

    [(address, text)] = re.findall(r'way__more"[^>]* href="([^"]+)">([^<]+)<', page)
    assert text == f"Find cardiologists {where}"
    listed = client.get(html.unescape(address), follow=True)
    assert listed.status_code == 200
    assert listed.redirect_chain[-1][0].startswith("/doctors/cardiology/")
    assert "Nothing" not in page


@pytest.mark.parametrize(
    "words",
    [
        "cardiologist who speaks Spanish",
        "see a cardiologist about a second opinion near me",
        "cardiologist near me",
        "best cardiologist",
        "cardiologist springfield",
        "cardiologist 99999",
    ],
)
def test_no_link_leads_to_a_place_without_such_doctors(client: Client, words: str):
    make_heart_doctors()

    page = read(client, words)

    assert '<a class="way__more" href="/doctors/cardiology/">' in page
    assert 'way__more" rel' not in page


def ways_in(page: str) -> list[tuple[str, str]]:
    return re.findall(r'way__more"[^>]* href="([^"]+)">([^<]+)<', page)


def test_a_city_without_such_doctors_leads_to_the_nearest_and_to_the_state(
    client: Client, django_assert_max_num_queries
):
    cardiology = make_cardiology()
    make_city("Larkspur", "TX", 32.0, -94.1)
    same = make_city("Same", "TX", 32.0, -94.1)  # both amid one wider area
    near = make_city("Near", "LA", 32.0, -93.9)  # a state may end between
    nearer = make_city("Nearer", "TX", 32.1, -94.1)
    far = make_city("Far", "TX", 34.0, -94.1)
    for city in (same, near, nearer, far, far):
        make_doctor(does=(cardiology,), at=(city,))
    count_doctors()

    with django_assert_max_num_queries(8):  # one of them the footer's
        page = read(client, "cardiologist in Larkspur, TX")

    assert "We know of none in Larkspur, Texas." in page
    assert ways_in(page) == [
        ("/doctors/cardiology/tx/same/", "1 cardiologist in Same, Texas"),
        (
            "/doctors/cardiology/tx/nearer/",
            "1 cardiologist in Nearer, Texas, about 7 miles away",
        ),
        (
            "/doctors/cardiology/la/near/",
            "1 cardiologist in Near, Louisiana, about 12 miles away",
        ),
        ("/doctors/cardiology/tx/", "4 cardiologists in Texas"),
    ]


def test_who_is_called_like_a_kind_of_doctors_is_found_without_looking_around(
    client: Client, django_assert_max_num_queries
):
    kinds = (make_specialization("Hand surgery", "Hand surgeon"),)
    make_city("Larkspur", "TX", 32.0, -94.1)
    near = make_city("Near", "TX", 32.1, -94.1)
    someone = make_doctor("Hand", "Larkspur", does=kinds, at=(near,))
    count_doctors()

    with django_assert_max_num_queries(8):  # one of them the footer's
        page = read(client, "hand larkspur")

    assert someone.get_absolute_url() in page
    assert ways_in(page) == [
        ("/doctors/hand-surgery/tx/", "1 hand surgeon in Texas"),
    ]


def test_only_the_first_kind_of_doctors_leads_to_the_nearest_cities(client: Client):
    kinds = (make_cardiology(), make_specialization("Cardiology of sports"))
    make_city("Larkspur", "TX", 32.0, -94.1)
    make_doctor(does=kinds, at=(make_city("Near", "TX", 32.1, -94.1),))
    count_doctors()

    found = ways_in(read(client, "cardiology in Larkspur, TX"))

    assert [address for address, _ in found] == [
        "/doctors/cardiology/tx/near/",
        "/doctors/cardiology/tx/",
        "/doctors/cardiology-of-sports/tx/",
    ]


def test_a_city_whose_name_is_part_of_a_body_is_not_said_to_have_nobody(
    client: Client,
):
    hands = make_specialization("Hand surgery", "Hand surgeon")
    make_doctor(does=(hands,), at=(make_place("Hand", "TX"),))
    count_doctors()

    page = read(client, "Hand")

    assert "We know of none" not in page
    assert ways_in(page) == [("/doctors/hand-surgery/", "Find hand surgeons")]


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        ("cardiologist Huston TX", ["cardiologist in Houston, TX"]),
        ("a good heart doctor in huston", ["heart doctor in Houston, TX"]),
        ("cardiologist in Springfeild", ["IL", "MA"]),
        ("cardiologist in Springfeild, Illinois", ["IL"]),
        ("heart doctors Huston", ["heart doctors in Houston, TX"]),
        ("ticker specialists in huston", ["ticker specialists in Houston, TX"]),
        ("heart doctor Pittsburg", ["heart doctor in Pittsburgh, PA"]),
        ("cardiologist Houston", []),
        ("cardiologist huston 77030", []),
        ("cardiologist who speaks Spanish", []),
        ("huston cardiologist", []),
    ],
)
def test_a_misspelt_city_is_offered_as_it_may_be_meant(
    client: Client, django_assert_max_num_queries, words: str, meant: list[str]
):
    make_heart_doctors()

    with django_assert_max_num_queries(8):  # one of them the footer's
        page = read(client, words)

    found = re.findall(r'href="(/search/[?]q=[^"]+)">([^<]+)<', page)
    assert len(found) == len(meant)
    assert all(text.endswith(end) for (_, text), end in zip(found, meant, strict=True))
    for address, _ in found:
        page = client.get(html.unescape(address)).text
        assert re.search("in (Houston, Texas|Springfield, [IM]|Pittsburgh, P)", page)


def test_a_city_that_is_called_like_a_state_may_be_the_state(client: Client):
    make_doctor(does=(make_cardiology(),), at=(make_place("Tacoma", "WA"),))
    for state in ("DC", "GA"):
        make_place("Washington", state)
    count_doctors()

    [(address, text)] = ways_in(read(client, "cardiologist Washington"))

    assert text == "Find cardiologists in Washington"
    assert "The state of Washington</a>" in client.get(html.unescape(address)).text


@pytest.mark.parametrize("words", ["99999", "cardiologist 99999", "99999 doctors"])
def test_a_zip_code_that_nobody_knows_is_said_to_be(client: Client, words: str):
    make_heart_doctors()

    page = read(client, words)

    assert "We do not know where ZIP code 99999 is." in page
    assert "Nothing fits" not in page
    assert ("Find cardiologists</a>" in page) is ("cardiologist" in words)


@pytest.mark.parametrize("words", ["99999 steps a day", "cardiologist 77030"])
def test_a_number_that_is_no_zip_code_or_known_is_not(client: Client, words: str):
    make_heart_doctors()

    assert "We do not know where" not in read(client, words)


def test_near_me_is_no_part_of_what_is_looked_for(client: Client):
    """The dentist's text has "near" and "family", and the doctor too."""
    make_specialization(
        "Dentistry", "Dentist", what_they_do="Ask the family doctor near you."
    )
    make_specialization("Family medicine", "Family doctor")

    page = read(client, "family doctor near me")
    first = re.search(r'way__name" href="([^"]+)', page)

    assert first
    assert first[1] == "/specializations/family-medicine/"


@pytest.mark.parametrize(
    ("words", "where", "area"),
    [
        ("Houston", "Houston", "Houston, Texas"),
        ("doctors in houston tx", "houston%20tx", "Houston, Texas"),
        ("Springfield", "Springfield", "Springfield"),
        ("Texas", "Texas", "Texas"),
        ("77030, Houston", "77030", "near ZIP code 77030"),
        ("TX 77030 Houston", "77030", "near ZIP code 77030"),
        ("77031 N Larkspur Ln, Houston TX", "Houston%20TX", "Houston, Texas"),
    ],
)
def test_a_place_alone_leads_to_the_finder_with_the_place(
    client: Client, words: str, where: str, area: str
):
    make_heart_doctors()

    page = read(client, words)

    address = f"/doctors/?where={where}"
    assert re.search(
        f'<a rel="nofollow" href="{re.escape(address)}">Find a doctor (in )?{area}</a>',
        page,
    )
    assert client.get(address).status_code == 200


@pytest.mark.parametrize("words", ["doctor", "doctors near me", "near me"])
def test_whoever_asks_for_any_doctor_is_led_to_the_finder(client: Client, words: str):
    make_heart_doctors()

    page = read(client, words)

    assert '<a rel="nofollow" href="/doctors/">Find a doctor</a>' in page
    assert "/specializations/cardiology/" not in page


@pytest.mark.parametrize(
    "words",
    [
        "doctor for gout",
        "what kind of doctor treats gout?",
        "who treats gout",
        "specialists for gout in Houston",
    ],
)
def test_whoever_treats_something_is_called_after_it(client: Client, words: str):
    make_guide("a", "What a doctor of any kind treats, in Houston.", title="Gout?")
    make_specialization("Podiatry", synonyms=["gouty foot doctor"])
    make_specialization("Rheumatology", synonyms=["gout doctor"])
    make_place()

    page = read(client, words)

    found = re.findall(r'way__name" href="/specializations/([^/]+)/', page)
    assert found[:1] == ["rheumatology"]


def test_how_to_get_a_second_opinion_names_no_kind_of_doctor(client: Client):
    make_specialization("Rehabilitation", what_they_do="Getting strength back.")

    page = read(client, "how do I get a second opinion")

    assert "Kinds of doctors</h2>" not in page


def test_two_letters_are_no_beginning(client: Client):
    make_specialization("Interventional cardiology", synonyms=["lab cardiologist"])
    make_heart_doctors()

    page = read(client, "cardiologist la")

    assert "/specializations/cardiology/" in page
    assert "/specializations/interventional-cardiology/" in page


@pytest.mark.parametrize("words", ["Dr. Houston", "Smith MD", "knee", "doctor or me"])
def test_a_name_is_no_place(client: Client, words: str):
    make_heart_doctors()

    assert "Find a doctor in" not in read(client, words)


def test_a_kind_that_has_all_words_is_no_place(client: Client):
    make_place("Colon", "MI")
    make_specialization("Colorectal surgery", synonyms=["colon surgeon"])
    make_specialization("Hand surgery", synonyms=["hand surgeon"])

    page = read(client, "colon surgeon")

    assert "/specializations/colorectal-surgery/" in page
    assert "/specializations/hand-surgery/" not in page


def test_a_hospital_of_this_name_is_no_kind_of_doctor(client: Client):
    make_specialization("General practice")
    make_hospital("Texas General Hospital")

    page = read(client, "Texas General")

    assert "Texas General Hospital" in page
    assert "/specializations/general-practice/" not in page


@pytest.mark.parametrize(
    ("words", "finds"),
    [("hospitals near Houston", True), ("hospital near me", False)],
)
def test_hospitals_near_a_city_are_found(client: Client, words: str, finds: bool):
    place = make_place()
    make_hospital("Larkspur Memorial", location=make_location(place))

    assert (">Larkspur Memorial</a>" in read(client, words)) == finds


def test_hospitals_are_found_and_the_rest_is_a_link_away(client: Client):
    for number in range(MOST_OF_A_NAME + 1):
        make_hospital(f"Larkspur Hospital {number}")

    page = read(client, "larkspur")

    assert page.count('<a href="/hospital/') == MOST_OF_A_NAME
    assert "Nothing fits" not in page
    assert 'href="/hospitals/?name=larkspur#by-name"' in page
    assert "/hospitals/?name" not in read(client, "larkspur 5")


def test_a_hospital_is_found_by_whoever_wants_a_second_opinion_there(client: Client):
    make_hospital("Houston Clinic", make_place())

    page = read(client, "Houston Clinic second opinion")

    assert ">Houston Clinic</a>" in page


@pytest.mark.parametrize("words", ["NPI {}", "doctor {}", "npi: {}?"])
def test_a_number_in_a_sentence_finds_whose_it_is(client: Client, words: str):
    someone = make_doctor("Alone", does=(make_cardiology(),), at=(make_place(),))
    count_doctors()

    page = read(client, words.format(someone.npi))

    assert f'<a href="{someone.get_absolute_url()}">Ada Alone</a>' in page
    assert "Nothing" not in page


def test_people_are_found_and_the_rest_is_a_link_away(client: Client):
    cardiology = make_cardiology()
    for number in range(MOST_OF_A_NAME + 1):
        make_doctor(
            "Quillfeather", f"A{number}", does=(cardiology,), at=(make_place(),)
        )
    someone = make_doctor("Alone", "Zoe", does=(cardiology,), at=(make_place(),))
    count_doctors()

    page = read(client, "quillfeather")

    assert page.count('<li><a href="/doctor/') == MOST_OF_A_NAME
    assert "Nothing fits" not in page
    assert 'href="/doctors/?name=quillfeather#by-name"' in page
    page = read(client, someone.npi)
    assert f'<a href="{someone.get_absolute_url()}">Zoe Alone</a>' in page
    assert "/doctors/?name" not in page


def test_a_question_is_no_name():
    words = ["Who", *"abcdefg"[:LONGEST_NAME]]
    make_doctor(" ".join(words), does=(make_cardiology(),), at=(make_place(),))
    count_doctors()

    assert find(" ".join(words[:-1])).people
    assert not find(" ".join(words)).people


def test_a_misspelt_word_is_offered_as_it_may_be_meant(
    client: Client, django_assert_max_num_queries
):
    make_cardiology()

    with django_assert_max_num_queries(8):  # one of them the footer's
        page = read(client, "cardiologsit")

    assert "Nothing fits “cardiologsit”." in page
    assert '<a rel="nofollow" href="/search/?q=cardiologist">cardiologist</a>' in page
    assert 'href="/search/?q=ticker">' in read(client, "tikcer")
    assert "Did you mean" not in read(client, "zzzz")


def test_a_misspelt_hospital_is_offered_as_it_may_be_meant(
    client: Client, django_assert_max_num_queries
):
    make_guide("advice", title="General advice")
    make_hospital("Mercy General Hospital", make_place())

    with django_assert_max_num_queries(8):  # one of them the footer's
        page = read(client, "Mercey General")

    assert "Nothing has all of the words “Mercey General”. Did you mean" in page
    link = '<a rel="nofollow" href="/search/?q=mercy%20general">mercy general</a>?'
    assert link in page
    assert "Mercy General Hospital</a>" in read(client, "mercy general")
    assert "Did you mean" not in read(client, "Mercey General 77030")


def test_where_a_word_is_misspelt_guides_with_the_others_are_shown_as_well(
    client: Client,
):
    make_guide("heart", "Words.", title="A doctor for your heart")

    page = read(client, "heart docter")

    assert 'href="/search/?q=heart%20doctor">' in page
    assert guides_in(page) == ["A doctor for your heart"]
    assert "These guides have some of them." in page


def test_a_misspelt_word_keeps_its_place(client: Client):
    make_cardiology()
    make_place()

    page = read(client, "best cardiologsit in Houston TX")

    assert 'href="/search/?q=cardiologist%20Houston%20TX">' in page


@pytest.mark.parametrize(
    ("words", "better"),
    [
        ("kne replacment", "knee replacement"),
        ("kne replacment xyz", ""),
        ("knee heart", ""),
        ("Dr. Smith", ""),
        ("Smith-Jones", ""),
        ("dolor de pecho", ""),
        ("dog ate bones", ""),
        ("hearts", ""),
        ("knees replacment", "knees replacement"),
    ],
)
def test_only_the_misspelt_word_is_changed(words: str, better: str):
    known = {"knee", "replacement", "heart", "dry", "bones", "donor", "do", "at"}

    assert meant(words, known) == better


def test_a_name_that_the_files_write_otherwise_is_offered(
    client: Client, django_assert_max_num_queries
):
    make_doctor("Mueller", does=(make_cardiology(),), at=(make_place(),))
    count_doctors()

    with django_assert_max_num_queries(8):  # one of them the footer's
        page = read(client, "Muller")

    assert '<a rel="nofollow" href="/doctors/?name=Mueller#by-name">Mueller</a>' in page
    assert "letter more or less" not in read(client, "Miller")


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        ("jonson", ["Johnson", "Jonsen"]),
        ("Dr. Ada Jonson", ["Ada Johnson"]),
        ("Jonson, Ada", ["Johnson Ada"]),
        ("Zoe Jonson", ["Zoe Jonsen"]),
        ("Adda Johnson", ["Ada Johnson"]),
        ("Johnsonn Ada B", ["Johnson Ada B"]),
        ("Mc Donald", ["Mcdonald"]),
        ("Ada Mc Donald", ["Ada Mcdonald"]),
        ("Jonston", []),
        ("Ada Eve Zoe Jonson", []),
    ],
)
def test_a_name_with_a_wrong_letter_is_offered_as_it_may_be_meant(
    client: Client, django_assert_max_num_queries, words: str, meant: list[str]
):
    does, place = (make_cardiology(),), make_place()
    make_doctor("Jonsen", "Zoe", does=does, at=(place,))
    make_doctor("Johnson", "Ada B", does=does, at=(place,))
    make_doctor("Johnson", "Eve", does=does, at=(place,))
    make_doctor("Johnston", "Zoe", does=does, at=(place,), retired=True)
    make_doctor("McDonald", "Ada", does=does, at=(place,))
    count_doctors()

    with django_assert_max_num_queries(8):  # one of them the footer's
        page = read(client, words)

    found = re.findall(r'href="(/doctors/[?]name=[^"]+)">([^<]+)<', page)
    assert [name for _, name in found] == meant
    for address, _ in found:
        assert 'href="/doctor/' in client.get(address).content.decode()


@pytest.mark.parametrize(
    ("words", "numbers"),
    [
        ("pain in my chest", ["911"]),
        ("I want to die", ["988", "911"]),
        ("suicidal, took too many pills", ["911", "988", "911"]),
        ("chest surgeon", []),
    ],
)
def test_who_may_need_help_at_once_is_told_first(
    client: Client, words: str, numbers: list[str]
):
    page = read(client, words)

    assert re.findall(r'<a href="tel:(\d+)">call \1</a>', page) == numbers


def test_who_may_be_poisoned_gets_the_number_of_poison_help_behind_911(client: Client):
    page = read(client, "my son took too many pills")

    assert re.findall(r'href="tel:([^"]+)"', page) == ["911", "+18002221222"]
    assert 'Poison Help at <span class="nowrap">1-800-222-1222</span>' in page
    assert "Poison Help" not in read(client, "chest pain")


def test_in_a_crisis_only_guides_on_it_are_shown(client: Client):
    make_guide("heart", "Without a new valve you may die. You want to know.")
    make_guide("after", "You are not alone.", title="After a suicide attempt")

    assert guides_in(read(client, "I want to die")) == []
    assert guides_in(read(client, "suicide attempt")) == ["After a suicide attempt"]


def test_who_needs_help_is_not_sent_elsewhere(client: Client):
    make_guide("risk", "Take your time.", title="Take two")

    page = read(client, "took too many pills and want to die")

    assert guides_in(page) == []
    assert "Nothing f" not in page
    assert "Where to go from here" in page


def test_what_is_made_up_is_called_so(client: Client):
    make_guide("demo", title="Demonstrated", is_demo=True)
    make_doctor(
        "Quillfeather", does=(make_cardiology(),), at=(make_place(),), is_demo=True
    )
    hospital = make_hospital("Hospital 670909", None)
    Organization.objects.filter(pk=hospital.pk).update(is_demo=True, is_stub=True)
    count_doctors()

    for only in ("demonstrated", "cardiologist", "quillfeather", "670909"):
        assert "demonstration content" in read(client, only), only
    assert "demonstration content" not in read(client, "zzzz")


def test_nobody_else_gets_to_know_what_was_looked_for(client: Client):
    response = client.get("/search/", {"q": "knee"})

    assert response.headers["Referrer-Policy"] == "no-referrer"
    assert response.headers["Cache-Control"] == "private, no-cache"
    assert '<meta name="robots" content="noindex">' in response.content.decode()
    assert not response.cookies


def test_what_was_typed_stays_in_the_field(client: Client):
    page = read(client, '  <b>"knee"</b> ')

    assert 'value="&lt;b&gt;&quot;knee&quot;&lt;/b&gt;"' in page


@pytest.mark.parametrize(
    "words",
    [
        "knee\u200b",
        "kn\u00adee",
        "\u200e\ufeffknee",
        "knee \U0001f469\u200d\u2695\ufe0f",
    ],
)
def test_what_cannot_be_seen_is_left_out(client: Client, words: str):
    make_guide("knee", title="The knee")

    assert guides_in(read(client, words)) == ["The knee"]


@pytest.mark.parametrize("junk", ["q=a&q=b", "q=%00", "q=" + "x" * 101, "q=a%07b"])
def test_what_nobody_types_is_a_bad_request(client: Client, junk: str):
    assert client.get(f"/search/?{junk}").status_code == 400


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.text(st.characters(exclude_categories=["C"]), max_size=100))
@example("or or or")
@example('"knee -"& | ! ( ) :* \\ <->')
@example("the")
@example("'")
@example("Ł" * 100)
def test_nothing_typed_is_an_error(client: Client, words: str):
    assert client.get("/search/", {"q": words}).status_code == 200


@pytest.mark.parametrize("number", [1, 12])
def test_a_page_asks_as_often_whatever_it_finds(
    client: Client, django_assert_max_num_queries, number: int
):
    does = (make_cardiology(),)
    for each in range(number):
        make_guide(f"g{each}", title=f"Heart {each}")
        make_hospital(f"Heart Hospital {each}")
        make_doctor("Heart", f"A{each}", does=does, at=(make_place(),))
    count_doctors()

    with django_assert_max_num_queries(8):  # one of them the footer's
        page = read(client, "heart")

    assert "Heart 0" in page


def test_the_longest_text_that_can_be_stored_is_searched_to_its_end():
    words = " ".join(f"é{number:x}" for number in range(13_000))[:90_000]

    make_guide("long", f"{words} ending", title="Long")

    assert [one.slug for one in find("ending").guides] == ["long"]
