import html
import re

import pytest

from directory.models import Affiliation, Correction, SourceRelease
from tests.articles.factories import make_guide
from tests.factories import (
    count_doctors,
    make_doctor,
    make_group,
    make_hospital,
    make_location,
    make_place,
    make_practice,
    make_release,
    make_specialization,
    make_zip_code,
)

pytestmark = pytest.mark.django_db


def read(client, doctor):
    response = client.get(doctor.get_absolute_url())
    assert response.status_code == 200
    return response.content.decode()


def test_a_page_shows_everything_that_is_known(client, cardiology):
    system = make_group("Brook Health", kind="system", pac_id="")
    hospital = make_hospital("Kind Hospital")
    doctor = make_doctor(
        "Example",
        "Ada",
        credential="MD",
        middle_name="M.",
        suffix="III",
        medical_school="Oakenshaw University",
        graduation_year=1999,
        has_telehealth=True,
        does=(cardiology, make_specialization("Neurology", "Neurologist")),
    )
    make_practice(
        doctor,
        make_location(line_1="12 Larkspur Lane", line_2="Suite 3"),
        organization=make_group("Larkspur Heart Group", system=system),
    )
    Affiliation.objects.create(
        practitioner=doctor,
        organization=hospital,
        through="Rehabilitation unit",
        reported_ccn="45T068",
        release=make_release(dataset=SourceRelease.Dataset.AFFILIATIONS),
    )

    html = read(client, doctor)

    for words in (
        "<h1>Ada M. Example III, MD</h1>",
        "Cardiologist, Neurologist",
        "Larkspur Heart Group",
        "Part of Brook Health",
        "12 Larkspur Lane, Suite 3",
        'href="tel:(555)555-0101"',
        "CMS Doctors and Clinicians, release 2026-02",
        f'<a href="{hospital.get_absolute_url()}">Kind Hospital</a>',
        "nor that this doctor may treat patients there today: ask.",
        "Through its rehabilitation unit",
        "CMS claims file, release 2026-02",
        "Oakenshaw University",
        "1999",
        doctor.npi,
        "Call first.",
    ):
        assert words in html, words
    assert "Where this doctor trained." not in html
    assert "specializes in" not in html


def test_what_is_not_known_is_said_plainly(client):
    doctor = make_doctor()

    html = read(client, doctor)

    for words in (
        "The public files name no address.",
        "The public files show no hospital.",
        "Where this clinician trained.",
        "When this clinician graduated.",
        "Whether visits by video or telephone are offered.",
        "A telephone number.",
        "Which languages are spoken.",
    ):
        assert words in html, words


def test_a_specialization_that_is_not_known_is_said_and_leads_on(client):
    doctor = make_doctor("Unmapped")

    html = read(client, doctor)
    listed = client.get("/doctors/?name=unmapped").text

    assert "What this clinician specializes in, the public files do not tell." in html
    assert "a code that may mean several kinds of doctor. Ask the practice." in html
    assert '<a href="/specializations/">Who treats what</a>' in html
    assert '<p class="doctor__title">Specialization not known' in listed


def test_a_practice_without_a_telephone_says_so(client, cardiology):
    doctor = make_doctor(does=(cardiology,))
    make_practice(doctor, phone="")

    html = read(client, doctor)

    assert "No telephone number in the public files" in html
    assert "Own practice, or no group named" in html


def test_a_doctor_is_called_a_doctor_throughout(client, cardiology):
    html = read(client, make_doctor(does=(cardiology,)))

    assert "Where this doctor trained." in html
    assert "At which hospital this doctor works" in html
    assert "this clinician" not in html


def test_a_therapist_is_called_a_clinician(client):
    therapist = make_specialization(
        "Physical therapy", "Physical therapist", profession="therapist"
    )

    html = read(client, make_doctor(does=(therapist,)))

    assert "this clinician still works there" in html
    assert "Where this clinician trained." in html
    assert "this doctor" not in html


def test_the_way_back_leads_through_the_lists(client, cardiology):
    doctor = make_doctor(does=(cardiology,), at=(make_place(),))

    html = read(client, doctor)

    assert '<a href="/doctors/cardiology/tx/houston/">Houston</a>' in html
    assert '<a href="/doctors/cardiology/tx/">' in html


def test_guides_about_the_wider_specialization_do_where_there_are_none(
    client, cardiology
):
    rhythm = make_specialization("Rhythm medicine", "Rhythm doctor", cardiology)
    make_guide("hearts", "See a [cardiologist](specialization:cardiology).")

    html = read(client, make_doctor(does=(rhythm,)))

    assert 'href="/articles/hearts/"' in html


def test_a_retired_hospital_is_named_without_a_link(client):
    hospital = make_hospital("Old Hospital", retired_at="2026-01-01T00:00Z")

    html = read(client, make_doctor(hospitals=(hospital,)))

    assert "Old Hospital (no longer in the hospital file)" in html
    assert hospital.get_absolute_url() not in html


def test_an_address_in_the_building_of_a_hospital_says_so(client):
    hospital = make_hospital("Kind Hospital")
    make_hospital("Old", location=hospital.location, retired_at="2026-01-01T00:00Z")
    there = {"line_1": hospital.location.line_1, "line_2": "Suite 7"}
    suite = make_location(hospital.location.place, **there)

    html = read(client, make_doctor(at=(suite,)))

    link = f'<a href="{hospital.get_absolute_url()}">Kind Hospital</a>'
    assert f"<p>In the building of {link}</p>" in html
    assert html.count("In the building of") == 1
    assert "Medicare claims show no work at a hospital" in html


def test_somebody_made_up_is_marked(client):
    html = read(client, make_doctor(is_demo=True))

    assert "demonstration content" in html
    assert "This person does not exist." in html


@pytest.mark.parametrize("slug", ["", "someone-else/"])
def test_a_wrong_name_leads_to_the_right_one_for_good(client, slug):
    doctor = make_doctor("Example", "Ada")

    response = client.get(f"/doctor/{doctor.npi}/{slug}")

    assert response.status_code == 301
    assert response["Location"] == f"/doctor/{doctor.npi}/ada-example/"


def test_a_name_without_latin_letters_still_has_an_address(client):
    doctor = make_doctor("李", "王")

    assert doctor.get_absolute_url() == f"/doctor/{doctor.npi}/doctor/"
    assert "王 李" in read(client, doctor)


def test_a_retired_doctor_is_gone_with_the_way_on(client, cardiology):
    houston = make_place()
    gone = make_doctor("Gone", does=(cardiology,), at=(houston,), retired=True)
    make_doctor(does=(cardiology,), at=(houston,))
    make_doctor(does=(cardiology,), at=(make_place("Boston", "MA"),))
    count_doctors()

    response = client.get(gone.get_absolute_url())

    html = response.content.decode()
    assert response.status_code == 410
    assert "Ada Gone is no longer listed" in html
    assert '<a class="way__name" href="/doctors/cardiology/tx/">' in html
    assert "/doctors/cardiology/ma/" not in html


def test_a_retired_doctor_without_like_has_no_dead_way_on(client, cardiology):
    gone = make_doctor(does=(cardiology,), at=(make_place(),), retired=True)
    count_doctors()

    html = client.get(gone.get_absolute_url()).content.decode()

    assert "/doctors/cardiology/" not in html


def test_an_unknown_doctor_is_not_found(client):
    assert client.get("/doctor/9900000016/").status_code == 404


def test_somebody_made_up_who_is_gone_is_marked_too(client):
    gone = make_doctor(is_demo=True, retired=True)

    response = client.get(gone.get_absolute_url())

    assert response.status_code == 410
    assert "demonstration content" in response.content.decode()


def test_a_profile_leads_to_whoever_is_independent(client, cardiology):
    doctor = make_doctor(does=(cardiology,), at=(make_place(),))

    html = read(client, doctor)

    apart = f"?apart_from={doctor.npi}"
    assert f'href="/doctors/cardiology/tx/houston/{apart}">Cardiologists in' in html
    assert f'href="/doctors/cardiology/tx/{apart}"' in html
    assert f'href="/doctors/{apart}"' in html
    everybody = '<a href="/doctors/cardiology/tx/houston/">All cardiologists in Houston'
    assert html.index("somebody independent</h2>") < html.index(everybody)
    assert f'href="/compare/?doctor={doctor.npi}" data-compare=' in html
    assert f'href="/report/doctor/{doctor.npi}/"' in html


def test_an_extension_is_not_dialled_by_its_letters(client):
    doctor = make_doctor()
    make_practice(doctor, phone="(555) 555-0101 x12")

    html = read(client, doctor)

    assert '<a href="tel:(555)555-0101;ext=12">(555) 555-0101 x12</a>' in html


def test_two_numbers_of_one_hospital_are_one_row(client):
    hospital = make_hospital("Kind Hospital")
    doctor = make_doctor(hospitals=(hospital,))
    mapped = {"practitioner": doctor, "organization": hospital}
    for number, through in (("450900", ""), ("45S900", "Psychiatric unit")):
        Affiliation.objects.create(
            **mapped, reported_ccn=number, through=through, release=make_release()
        )

    html = read(client, doctor)

    assert html.count(">Kind Hospital</a>") == 2
    assert html.count("Through its psychiatric unit") == 1


def test_a_name_set_by_hand_of_a_group_or_a_hospital_has_its_date(client, cardiology):
    hospital, group = make_hospital("Kind Hospital"), make_group("Brook Group")
    elsewhere = make_group("Other Group")
    doctor = make_doctor(does=(cardiology,), hospitals=(hospital,))
    make_practice(doctor, organization=group)
    for one in (hospital, group, elsewhere):
        Correction.objects.create(
            organization=one, field="name", value=one.name, corrected_on="2026-03-01"
        )

    html = read(client, doctor)

    assert "Name of Kind Hospital, by our editors on March 1, 2026" in html
    assert "Name of Brook Group, by our editors on March 1, 2026" in html
    assert "Other Group" not in html


def test_whoever_works_nowhere_known_has_no_colleagues_to_leave_out(client, cardiology):
    html = read(client, make_doctor("Unknown", does=(cardiology,)))

    assert "do not say where Ada Unknown works" in html
    assert "These lists leave out" not in html
    assert "Colleagues of" not in html


def test_whose_field_no_file_names_has_colleagues_to_leave_out_too(client):
    doctor = make_doctor("Unmapped", at=(make_place(),))

    html = read(client, doctor)

    assert '<a href="#independent">' in html
    assert "leave out whoever works with Ada Unmapped" in html
    assert f'href="/doctors/?apart_from={doctor.npi}">Choose the kind' in html
    assert "Colleagues of" not in html


def test_without_an_address_the_whole_country_is_independent(client, cardiology):
    doctor = make_doctor(does=(cardiology,))

    html = read(client, doctor)

    assert f'href="/doctors/cardiology/?apart_from={doctor.npi}"' in html
    assert "All cardiologists in the whole country</a>" in html
    assert "How to get there" not in html


def test_a_map_link_says_that_it_is_not_the_building(client, cardiology):
    known = make_doctor(at=(make_location(latitude=29.70471, longitude=-95.4),))
    unknown = make_doctor(at=(make_location(),))

    html = read(client, known)

    assert 'href="geo:29.7047,-95.4000"' in html
    assert "the middle of the ZIP code, not the building" in html
    assert "where a ZIP code has none, of the city or a wider area" in html
    assert "Call before you set out." in html
    assert "geo:" not in read(client, unknown)
    assert "not the building" not in read(client, unknown)


def test_a_map_link_is_heard_with_the_street_behind_a_suite(client):
    behind = make_location(
        line_1="Suite 200", line_2="12 Elm St", latitude=29.7, longitude=-95.4
    )

    html = read(client, make_doctor(at=(behind,)))

    assert '<span class="visually-hidden"> at 12 Elm St</span>' in html


def test_a_comparison_goes_along_from_a_list_and_on(client, cardiology):
    place = make_place()
    first, second = (
        make_doctor(name, "Ada", does=(cardiology,), at=(place,))
        for name in ("Bel", "Mora")
    )
    count_doctors()
    along = f"?compare={first.npi}"

    listed = client.get(f"/doctors/cardiology/tx/houston/{along}").content.decode()
    assert f'href="{second.get_absolute_url()}{along}"' in listed
    moved = client.get(f"/doctor/{second.npi}/{along}")
    assert moved["Location"] == f"{second.get_absolute_url()}{along}"
    response = client.get(moved["Location"])
    html = response.content.decode()

    assert "You compare 1 doctor. <a" in html
    both = f"/compare/?doctor={first.npi}&amp;doctor={second.npi}"
    assert f'href="{both}" data-compare="{second.npi}"' in html
    ways = [f"/doctors/cardiology/tx/houston/{along}", f"/doctors/{along}"]
    apart = f"apart_from={second.npi}&amp;compare={first.npi}"
    ways += [f"/doctors/cardiology/tx/houston/?{apart}", f"/doctors/?{apart}"]
    for way in ways:
        assert f'href="{way}"' in html
    assert '<meta name="robots" content="noindex">' in html
    assert response["Referrer-Policy"] == "no-referrer"
    assert "private" in response["Cache-Control"]
    mine = client.get(first.get_absolute_url() + along).content.decode()
    back = f'href="/compare/?doctor={first.npi}" data-compare="{first.npi}"'
    assert f'{back} data-name="Ada Bel">In your comparison<' in mine
    assert client.get(f"/doctor/{first.npi}/?compare=junk").status_code == 400


def test_a_zip_code_goes_along_from_a_list_to_the_comparison_and_back(
    client, cardiology
):
    make_zip_code("77030", 29.7, -95.4)
    houston = make_location(
        make_place(), zip_code="77030", latitude=29.7, longitude=-95.4
    )
    first, second = (
        make_doctor(name, "Ada", does=(cardiology,), at=(houston,))
        for name in ("Bel", "Mora")
    )
    far = make_location(make_place("Katy"), latitude=29.8, longitude=-95.8)
    make_practice(second, far)
    make_practice(second, make_location(make_place("Nowhere")))
    count_doctors()
    along = f"?compare={first.npi}&amp;near=77030"

    near = f"/doctors/cardiology/?near=77030&compare={first.npi}"
    listed = client.get(near)
    assert f'href="{second.get_absolute_url()}{along}"' in listed.text
    assert listed["Referrer-Policy"] == "no-referrer"
    address = html.unescape(f"{second.get_absolute_url()}{along}")
    page = client.get(address)

    words = re.findall("<p>([^<]+) <span class=.soft.>[(]as the crow flies", page.text)
    near_by = "Within a mile, or in the same ZIP code"
    assert words == [near_by, "About 25 miles away"]
    assert "(as the crow flies from ZIP code 77030)" in page.text
    both = f"/compare/?doctor={first.npi}&amp;doctor={second.npi}&amp;near=77030"
    assert f'href="{both}" data-compare="{second.npi}"' in page.text
    assert f'href="/compare/?doctor={first.npi}&amp;near=77030">See' in page.text
    assert "Cardiologists within 25 miles of ZIP code 77030</a>" in page.text
    apart = f"/doctors/?apart_from={second.npi}&amp;{along[1:]}"
    assert f'href="{apart}">Another place' in page.text
    assert 'value="77030"' in client.get(html.unescape(apart)).text
    assert 'data-along="near=77030"' in page.text
    compared = client.get(html.unescape(both)).text
    both_along = f"?compare={first.npi}-{second.npi}&amp;near=77030"
    assert f'href="{second.get_absolute_url()}{both_along}"' in compared


def test_a_zip_code_alone_is_told_to_nobody(client, cardiology):
    make_zip_code("77030", 29.7, -95.4)
    place = make_location(make_place(), latitude=29.8, longitude=-95.8)
    doctor = make_doctor(does=(cardiology,), at=(place,))

    moved = client.get(f"/doctor/{doctor.npi}/?near=77030")
    page = client.get(moved["Location"])

    assert moved["Location"] == f"{doctor.get_absolute_url()}?near=77030"
    assert '<meta name="robots" content="noindex">' in page.text
    assert page["Referrer-Policy"] == "no-referrer"
    assert "private" in page["Cache-Control"]
    assert "77030" not in re.search('print-only">From ([^<]+)<', page.text)[1]


def test_a_zip_code_that_is_not_quite_known_is_said_to_be(client, cardiology):
    make_zip_code("77031", 29.7, -95.4)
    place = make_location(make_place(), latitude=29.8, longitude=-95.8)
    doctor = make_doctor(does=(cardiology,), at=(place,))

    page = client.get(f"{doctor.get_absolute_url()}?near=77030").text
    lost = client.get(f"{doctor.get_absolute_url()}?near=99999").text

    assert "(as the crow flies from about where ZIP code 77030 is)" in page
    assert "crow" not in lost
    assert "99999" not in lost
    assert client.get(f"/doctor/{doctor.npi}/?near=junk").status_code == 400


def test_a_comparison_goes_along_past_a_doctor_who_is_gone(client, cardiology):
    place = make_place()
    other = make_doctor(does=(cardiology,), at=(place,))
    gone = make_doctor("Gone", does=(cardiology,), at=(place,), retired=True)
    count_doctors()

    page = client.get(f"{gone.get_absolute_url()}?compare={other.npi}")

    assert page.status_code == 410
    assert f'href="/doctors/cardiology/tx/?compare={other.npi}"' in page.text
    assert page["Referrer-Policy"] == "no-referrer"
