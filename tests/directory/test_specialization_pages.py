import pytest
from django.urls import reverse

from directory.models import Specialization
from tests.articles.factories import make_guide
from tests.factories import (
    count_doctors,
    make_doctor,
    make_family,
    make_hospital,
    make_place,
    make_specialization,
)

pytestmark = pytest.mark.django_db


def read(client, name, *args):
    response = client.get(reverse(f"directory:{name}", args=args))
    assert response.status_code == 200
    return response.content.decode()


@pytest.fixture
def cardiology():
    return make_specialization(synonyms=["heart doctor"], plain_name="Heart doctor")


def test_the_index_shows_the_tree_and_a_to_z_with_numbers(client, cardiology):
    make_specialization("Rhythm medicine", "Rhythm doctor", cardiology)
    make_doctor(does=(cardiology,), at=(make_place(),))
    count_doctors()

    html = read(client, "specializations")

    assert html.count('href="/specializations/cardiology/"') == 2
    assert '<a href="/specializations/heart-and-blood-vessels/">' in html
    assert '<a href="#letter-c">C</a>' in html
    assert "Heart doctor" in html
    assert '<span class="link-list__count">1<' in html


def test_the_index_says_what_no_file_codes(client, cardiology):
    make_specialization("Valves", "Valve doctor", cardiology, is_coded=False)

    html = read(client, "specializations")

    assert html.count(">not counted<") == 2


def test_a_page_says_what_they_do_and_when_to_see_one(client, cardiology):
    html = read(client, "specialization", "cardiology")

    assert "<h1>Cardiology</h1>" in html
    assert "They treat." in html
    assert "When it hurts." in html
    assert "heart doctor" in html


def test_a_page_leads_to_its_doctors_by_state(client, cardiology):
    make_doctor(does=(cardiology,), at=(make_place(), make_place("Boston", "MA")))
    count_doctors()

    html = read(client, "specialization", "cardiology")

    assert "See 1 cardiologist" in html
    assert '<a href="/doctors/cardiology/tx/">Texas</a>' in html
    assert '<a href="/doctors/cardiology/ma/">Massachusetts</a>' in html


def test_a_page_leads_to_the_rungs_below_and_above(client, cardiology):
    make_specialization("Rhythm medicine", "Rhythm doctor", cardiology)

    above = read(client, "specialization", "cardiology")
    below = read(client, "specialization", "rhythm-medicine")

    assert '<a href="/specializations/rhythm-medicine/">' in above
    assert '<a href="/specializations/cardiology/">' in below


def test_what_no_file_codes_leads_one_rung_up_with_words_to_ask(client, cardiology):
    make_specialization(
        "Valves",
        "Valve doctor",
        cardiology,
        is_coded=False,
        questions_to_ask=["How many valves a year?"],
    )

    html = read(client, "specialization", "valves")

    assert "No public file says who is one." in html
    assert '<a href="/doctors/cardiology/">cardiologists</a>' in html
    assert "How many valves a year?" in html


def test_guides_that_speak_of_it_are_listed(client, cardiology):
    make_guide("hearts", "See a [cardiologist](specialization:cardiology).")

    html = read(client, "specialization", "cardiology")

    assert "Guides about this" in html
    assert 'href="/articles/hearts/"' in html


def test_guides_beyond_the_first_six_are_folded_and_not_left_out(client, cardiology):
    for number in range(9):
        make_guide(f"hearts-{number}", "See a [doctor](specialization:cardiology).")

    html = read(client, "specialization", "cardiology")
    cards, fold = html.split("3 more guides</summary>")

    assert [f'href="/articles/hearts-{number}/"' in cards for number in range(9)] == [
        *[True] * 6,
        *[False] * 3,
    ]
    assert all(f'href="/articles/hearts-{number}/"' in fold for number in (6, 7, 8))


def test_six_guides_need_no_fold(client, cardiology):
    for number in range(6):
        make_guide(f"hearts-{number}", "See a [doctor](specialization:cardiology).")

    assert "more guide" not in read(client, "specialization", "cardiology")


def test_a_family_lists_its_specializations(client, cardiology):
    html = read(client, "specialization", "heart-and-blood-vessels")

    assert "<h1>Heart and blood vessels</h1>" in html
    assert '<a href="/specializations/cardiology/">' in html
    assert "doctors/heart" not in html


def test_a_page_with_made_up_people_says_so(client, cardiology):
    make_doctor(does=(cardiology,), at=(make_place(),), is_demo=True)
    count_doctors()

    for name, args in (
        ("specializations", ()),
        ("specialization", ("cardiology",)),
        ("specialization", ("heart-and-blood-vessels",)),
        ("finder", ()),
    ):
        assert "demonstration content" in read(client, name, *args)


def test_a_page_with_a_made_up_guide_alone_says_so(client, cardiology):
    hospital = make_hospital()
    doctor = make_doctor(does=(cardiology,), at=(make_place(),))
    count_doctors()
    family = cardiology.parent
    source = (
        f"[a](specialization:{cardiology.slug}) [b](specialization:{family.slug}) "
        f"[c](hospital:{hospital.ccn})"
    )
    make_guide("hearts", source, is_demo=True)

    for page in (cardiology, family, doctor, hospital):
        html = client.get(page.get_absolute_url()).content.decode()
        assert 'href="/articles/hearts/"' in html
        assert "This page shows demonstration content." in html
        assert "Doctors on it are made up" not in html  # they are real


def test_a_page_of_real_people_does_not(client, cardiology):
    make_doctor(does=(cardiology,), at=(make_place(),))
    count_doctors()

    assert "demonstration content" not in read(client, "specializations")


def test_an_unknown_specialization_is_not_found(client):
    response = client.get("/specializations/magic/")

    assert response.status_code == 404


def test_the_finder_offers_only_kinds_with_doctors(client, cardiology):
    make_specialization("Neurology", "Neurologist")
    make_doctor(does=(cardiology,), at=(make_place(),))
    count_doctors()

    html = read(client, "finder")

    assert '<option value="cardiology">' in html
    assert '<option value="neurology">' not in html


@pytest.mark.parametrize(
    ("query", "address"),
    [
        ("specialization=cardiology", "/doctors/cardiology/"),
        ("specialization=cardiology&state=", "/doctors/cardiology/"),
        ("specialization=cardiology&state=TX", "/doctors/cardiology/tx/"),
        ("specialization=cardiology&state=tx", "/doctors/cardiology/tx/"),
    ],
)
def test_a_filled_finder_leads_to_the_list(client, cardiology, query, address):
    response = client.get(f"/doctors/?{query}")

    assert (response.status_code, response["Location"]) == (302, address)


def test_the_finder_keeps_a_state_that_was_chosen(client):
    response = client.get("/doctors/?state=TX")

    assert 'name="where" value="Texas"' in response.content.decode()


@pytest.mark.parametrize(
    "query", ["specialization=magic", "state=ZZ", "specialization=hearts&state=TX"]
)
def test_a_finder_that_leads_nowhere_is_not_found(client, query):
    make_family("Hearts")

    assert client.get(f"/doctors/?{query}").status_code == 404


def test_titles_are_small_inside_a_sentence_but_for_names():
    mohs = Specialization(title="Mohs surgeon", title_plural="Mohs surgeons")
    heart = Specialization(title="Heart surgeon", title_plural="Heart surgeons")

    assert mohs.counted(1) == "1 Mohs surgeon"
    assert heart.counted(1204) == "1,204 heart surgeons"


@pytest.mark.parametrize(
    ("profession", "noun"),
    [("physician", "doctor"), ("", "doctor"), ("therapist", "clinician")],
)
def test_a_therapist_is_no_doctor(profession, noun):
    assert Specialization(profession=profession).noun == noun
