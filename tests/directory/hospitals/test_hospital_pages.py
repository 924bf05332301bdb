import pytest

from directory.hospitals.words import ownership_words, stars, type_words
from directory.models import Correction, Organization
from directory.sitemaps import HospitalSitemap
from tests.articles.factories import make_guide
from tests.factories import (
    count_doctors,
    make_doctor,
    make_hospital,
    make_place,
    make_specialization,
)
from tests.reading import read

pytestmark = pytest.mark.django_db


def test_states_lead_to_their_hospitals(client):
    make_hospital()
    make_hospital("Kind Hospital", make_place("Boston", "MA"))

    html = read(client, "/hospitals/")

    assert '<a href="/hospitals/tx/">Texas</a>' in html
    assert '<a href="/hospitals/ma/">Massachusetts</a>' in html
    assert "Wyoming" not in html


def test_a_state_lists_its_hospitals_by_city(client):
    dallas = make_hospital("Dallas Hospital", make_place("Dallas"))
    make_hospital("Houston Hospital")
    make_hospital("Boston Hospital", make_place("Boston", "MA"))

    html = read(client, "/hospitals/tx/")

    assert f'<a href="{dallas.get_absolute_url()}">Dallas Hospital</a>' in html
    assert html.index(">Dallas<") < html.index(">Houston<")
    assert "Boston Hospital" not in html


@pytest.mark.parametrize("path", ["/hospitals/zz/", "/hospitals/wy/", "/hospitals/TX/"])
def test_a_state_without_hospitals_is_not_found(client, path):
    assert client.get(path).status_code == 404


def test_a_state_with_one_hospital_is_described_in_the_singular(client):
    make_hospital()

    html = read(client, "/hospitals/tx/")

    assert 'content="The 1 hospital in Texas that the public Medicare list has,' in html


def test_a_page_shows_the_facts(client):
    hospital = make_hospital("Kind Hospital", rating=4)

    html = read(client, hospital.get_absolute_url())

    for words in (
        "<h1>Kind Hospital</h1>",
        "General hospital in Houston, TX",
        "Private, for profit",
        "4 of 5 stars",
        "★★★★☆",
        "KIND HOSPITAL",
        "(555) 555-0100",
        "77030",
        hospital.ccn,
        "CMS Hospital General Information, release 2026-02",
    ):
        assert words in html, words


def test_a_missing_rating_has_its_reason(client):
    hospital = make_hospital(rating=None, rating_note="Too few measures.")

    html = read(client, hospital.get_absolute_url())

    assert "No rating. Too few measures." in html
    assert "of 5 stars" not in html


def test_what_is_not_known_is_said(client):
    hospital = make_hospital(
        location=None, phone="", ownership="", has_emergency_service=None
    )

    html = read(client, hospital.get_absolute_url())

    assert "The public files name no address." in html
    assert "The public files have no telephone number." in html
    assert html.count("Not in the public files") == 2


def test_a_number_without_a_name_says_what_no_file_says(client):
    stub = make_hospital(
        "Hospital 450900",
        published_name="",
        is_stub=True,
        hospital_type="",
        location=None,
        rating=None,
    )

    html = read(client, stub.get_absolute_url())

    assert "The hospital file has no name for this number." in html
    for label in ("Type", "Name in the file"):
        assert f"<dt>{label}</dt><dd>Not in the public files</dd>" in html
    assert 'content="Hospital 450900. Address, telephone' in html
    assert '<p class="lead"></p>' not in html


def test_its_doctors_are_counted_by_specialization(client):
    cardiology = make_specialization()
    rhythm = make_specialization("Rhythm medicine", "Rhythm doctor", cardiology)
    hospital = make_hospital()
    make_doctor(does=(cardiology, rhythm), hospitals=(hospital,))
    make_doctor(does=(rhythm,), hospitals=(hospital,))
    make_doctor(does=(cardiology,), hospitals=(hospital,), retired=True)
    count_doctors()

    response = client.get(hospital.get_absolute_url())

    ways = {way.text: way for way in response.context["doctors"]}
    assert {text: way.count for text, way in ways.items()} == {
        "Cardiology": 2,
        "Rhythm medicine": 2,
    }
    listed = client.get(ways["Cardiology"].url).context
    assert listed["total"] == len(listed["page"].practitioners) == 2


def test_a_hospital_without_doctors_leads_to_the_state(client):
    hospital = make_hospital()

    html = read(client, hospital.get_absolute_url())

    assert '<a href="/doctors/?state=TX">' in html
    # its address and its system tell whom to leave out all the same
    assert f'href="/doctors/?apart_from={hospital.ccn}"' in html
    # perhaps no file of doctors was imported yet: nothing is said of the files
    assert "No doctor in this directory is linked to this hospital." in html
    assert "The public files link" not in html


def test_clinicians_of_no_known_specialization_are_not_denied(client):
    hospital = make_hospital()
    make_doctor(hospitals=(hospital,), is_demo=True)
    count_doctors()

    html = read(client, hospital.get_absolute_url())

    assert "No doctor in this directory is linked" not in html
    assert "link clinicians to this hospital, but do not say what they do" in html
    assert "This page shows demonstration content" in html


def test_a_telephone_number_taken_away_by_hand_is_not_laid_on_the_files(client):
    hospital = make_hospital(phone="")
    Correction.objects.create(
        organization=hospital,
        field="phone",
        value="",
        published="(555) 555-0100",
        corrected_on="2026-03-01",
    )

    html = read(client, hospital.get_absolute_url())

    assert "The public files have no telephone number" not in html
    assert "No telephone number." in html


def test_guides_about_it_are_listed(client):
    hospital = make_hospital(ccn="450068")
    make_guide("hearts", "Ask at [Kind Hospital](hospital:450068).")

    assert 'href="/articles/hearts/"' in read(client, hospital.get_absolute_url())


def test_made_up_doctors_mark_the_page(client):
    hospital, other = make_hospital(), make_hospital()
    make_doctor(does=(make_specialization(),), hospitals=(hospital,), is_demo=True)

    assert "demonstration content" in read(client, hospital.get_absolute_url())
    assert "demonstration content" not in read(client, other.get_absolute_url())


def test_a_made_up_hospital_is_marked_and_in_no_sitemap(client):
    real, made_up = make_hospital(), make_hospital("Hospital 670909", None)
    Organization.objects.filter(pk=made_up.pk).update(is_demo=True, is_stub=True)

    sitemap = read(client, "/sitemap-hospitals.xml")

    assert real.get_absolute_url() in sitemap
    assert made_up.get_absolute_url() not in sitemap
    assert "demonstration content" in read(client, made_up.get_absolute_url())
    assert "demonstration content" in read(client, "/hospitals/?name=670909")
    assert "demonstration content" not in read(client, "/hospitals/")


@pytest.mark.parametrize("slug", ["", "other-name/"])
def test_a_wrong_name_leads_to_the_right_one_for_good(client, slug):
    hospital = make_hospital("Kind Hospital")

    response = client.get(f"/hospital/{hospital.ccn}/{slug}")

    assert response.status_code == 301
    assert response["Location"] == f"/hospital/{hospital.ccn}/kind-hospital/"


def test_a_retired_hospital_is_gone_with_the_way_on(client):
    make_hospital("Next Door")
    hospital = make_hospital("Old Hospital", retired_at="2026-01-01T00:00Z")

    response = client.get(hospital.get_absolute_url())

    assert response.status_code == 410
    assert "Old Hospital is no longer listed" in response.content.decode()
    assert '<a class="way__name" href="/hospitals/tx/">' in response.content.decode()


def test_a_number_that_stands_for_a_hospital_leads_to_it_for_good(client):
    cardiology = make_specialization()
    kind = make_hospital("Kind Hospital")
    orphan = make_hospital("Hospital 450900", ccn="450900", is_stub=True, same_as=kind)
    make_doctor("Ward", does=(cardiology,), hospitals=(kind,))
    count_doctors()

    response = client.get(orphan.get_absolute_url())

    assert response.status_code == 301
    assert response["Location"] == kind.get_absolute_url()
    html = read(client, "/doctors/cardiology/?hospital=450900")
    assert "Ada Ward</a>" in html
    assert ">Kind Hospital</a>" in html
    assert list(HospitalSitemap().items()) == [kind]


def test_the_number_of_a_unit_leads_to_its_hospital(client):
    hospital = make_hospital("Kind Hospital", ccn="450068")

    response = client.get("/hospital/45S068/")

    assert response.status_code == 301
    assert response["Location"] == hospital.get_absolute_url()
    assert client.get("/hospital/45S069/").status_code == 404
    assert client.get("/hospital/450069/").status_code == 404


def test_a_group_practice_has_no_page(client):
    assert not Organization.objects.hospitals().filter(kind="group").exists()
    assert client.get("/hospital/450068/").status_code == 404


def test_published_words_are_translated_and_unknown_ones_kept():
    assert type_words("Childrens") == "Children's hospital"
    assert type_words("Spaceship") == "Spaceship"
    assert (
        type_words("Rural Emergency Hospital")
        == "Rural emergency hospital (no inpatient care)"
    )
    assert ownership_words("Tribal") == "Tribal"
    assert stars(3) == "★★★☆☆"
