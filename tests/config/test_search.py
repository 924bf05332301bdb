"""One search over everything, as somebody asks who does not know our words."""

import datetime
import re

import pytest
from django.test import Client
from django.utils import timezone
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from articles.models import Article
from config.search import LONGEST_NAME, MOST_OF_A_NAME, find, meant
from tests.articles.factories import (
    make_draft,
    make_guide,
    make_public,
    make_revision,
    take_back,
)
from tests.factories import (
    count_doctors,
    make_doctor,
    make_hospital,
    make_place,
    make_specialization,
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
    assert "No guide has all of these words" in page
    assert "No guide has all of these words" not in read(client, "knee")


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
    assert found == ["cardiology", "cardiology-of-sports", "adult-cardiology"]


def test_hospitals_are_found_and_the_rest_is_a_link_away(client: Client):
    for number in range(MOST_OF_A_NAME + 1):
        make_hospital(f"Larkspur Hospital {number}")

    page = read(client, "larkspur")

    assert page.count('<a href="/hospital/') == MOST_OF_A_NAME
    assert 'href="/hospitals/?name=larkspur#by-name"' in page
    assert "/hospitals/?name" not in read(client, "larkspur 5")


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
    assert 'href="/doctors/?name=quillfeather#by-name"' in page
    page = read(client, someone.npi)
    assert f'<a href="{someone.get_absolute_url()}">Zoe Alone</a>' in page
    assert "/doctors/?name" not in page


def test_a_question_is_no_name(client: Client):
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
    assert "Did you mean" not in read(client, "zzzz")


def test_only_the_misspelt_word_is_changed():
    known = {"knee", "replacement", "heart"}

    assert meant("kne replacment xyz", known) == "knee replacement xyz"
    assert meant("knee heart", known) == ""


@pytest.mark.parametrize(
    ("words", "numbers"),
    [
        ("pain in my chest", ["911"]),
        ("I want to die", ["988", "911"]),
        ("suicidal, took too many pills", ["988", "911", "911"]),
        ("chest surgeon", []),
    ],
)
def test_who_may_need_help_at_once_is_told_first(
    client: Client, words: str, numbers: list[str]
):
    page = read(client, words)

    assert re.findall(r'<a href="tel:(\d+)">call \1</a>', page) == numbers


def test_what_is_made_up_is_called_so(client: Client):
    make_guide("demo", title="Demonstrated", is_demo=True)

    assert "demonstration content" in read(client, "demonstrated")
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
