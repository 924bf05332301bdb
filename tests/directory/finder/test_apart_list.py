"""A list without the colleagues of a first doctor, as a reader sees it."""

import re
from itertools import product

import pytest
from django.template.loader import render_to_string
from django.utils import timezone

from directory.finder.apart import find_apart
from directory.finder.doctor_list import apart_context
from directory.finder.finding import Finder
from directory.finder.numbers import Numbers
from directory.finder.searching import Search
from directory.independence import CANNOT_SHOW, Level
from directory.models import Affiliation, Organization, Practitioner, ReplacedNpi
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
    make_system,
    make_zip_code,
)
from tests.reading import read, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def first(cardiology):
    """Return a doctor with colleagues of every kind, and a stranger."""
    houston = make_place()
    system = make_system("Larkspur Health")
    group = make_group("Larkspur Heart Group")
    hospital = make_hospital("Kind Hospital", ccn="450068", system=system)
    lane = make_location(houston, line_1="12 Larkspur Lane", line_2="Suite 1")
    doctor = make_doctor("First", does=(cardiology,), hospitals=(hospital,))
    make_practice(doctor, lane, organization=group)
    next_door = make_location(houston, line_1="12 Larkspur Lane", line_2="Suite 2")
    make_doctor("Nextdoor", does=(cardiology,), at=(next_door,))
    make_practice(
        make_doctor("Partner", does=(cardiology,)),
        make_location(houston),
        organization=group,
    )
    make_doctor("Ward", does=(cardiology,), at=(houston,), hospitals=(hospital,))
    sister = make_hospital("Sister Hospital", system=system)
    make_doctor("Sister", does=(cardiology,), at=(houston,), hospitals=(sister,))
    make_doctor("Stranger", does=(cardiology,), at=(houston,))
    count_doctors()
    return doctor


def test_whoever_shares_something_is_left_out_and_the_page_says_why(client, first):
    html = read(client, f"/doctors/cardiology/tx/houston/?apart_from={first.npi}")

    names = ("First", "Nextdoor", "Partner", "Ward", "Sister", "Stranger")
    assert [name for name in names if f"Ada {name}</a>" in html] == ["Stranger"]
    text = words(html)
    assert "Without whoever works where Ada First works" in text
    assert (
        "4 others are left out of this list, some for several reasons: the same "
        "address (1), group practice (1), hospital (1), health system (2)."
    ) in text
    assert "Address: 12 Larkspur Lane, Houston, TX" in text
    assert "Group practice: Larkspur Heart Group" in text
    assert "Hospital: Kind Hospital" in text
    assert "Health system: Larkspur Health" in text
    assert "1 cardiologist in Houston, Texas" in text


def test_levels_that_are_not_known_are_marked_at_each_doctor(client, first):
    text = words(
        read(client, f"/doctors/cardiology/tx/houston/?apart_from={first.npi}")
    )

    assert "Compared with your doctor" in text
    assert "Not the same: address" in text
    assert "Not known: group practice , hospital , health system" in text or (
        "Not known: group practice, hospital, health system" in text
    )


def test_what_it_rests_on_and_what_no_file_shows_stand_beside_it(client, first):
    text = words(read(client, f"/doctors/cardiology/?apart_from={first.npi}"))

    assert "From CMS" in text
    assert "release 2026-02" in text
    for one in CANNOT_SHOW:
        assert one in text


def test_it_rests_on_the_releases_of_those_who_are_listed_too(client, first):
    later = make_release(dataset="nppes", version="2026-03")
    stranger = Practitioner.objects.get(last_name="Stranger")
    stranger.practices.update(release=later)

    text = words(read(client, f"/doctors/cardiology/?apart_from={first.npi}"))

    assert (
        "From CMS Doctors and Clinicians, release 2026-02; NPPES provider file, "
        "release 2026-03."
    ) in text


def test_the_choice_stays_in_every_link_and_is_told_nobody(client, first):
    path = f"/doctors/cardiology/tx/?apart_from={first.npi}"
    response = client.get(path)

    assert response["Referrer-Policy"] == "no-referrer"
    assert response["Cache-Control"] == "private, no-cache"
    html = response.content.decode()
    assert "noindex" in html
    links = re.findall(r'href="(/doctors/cardiology/[^"]*)"', html)
    without = [link for link in links if "apart_from" not in link]
    assert without == ["/doctors/cardiology/tx/"]  # Show everybody again
    assert f"/doctors/cardiology/tx/houston/?apart_from={first.npi}" in links


def test_a_comparison_begins_with_the_first_doctor(client, first):
    path = f"/doctors/cardiology/tx/?apart_from={first.npi}"
    apart = f"&amp;apart_from={first.npi}"
    link = f'href="/compare/?doctor={first.npi}{apart}" data-compare="{first.npi}"'
    link += ' data-name="Ada First">'

    stranger = Practitioner.objects.get(last_name="Stranger")
    both = f'href="/compare/?doctor={first.npi}&amp;doctor={stranger.npi}{apart}"'

    html = read(client, path)
    assert f"{link}Add to comparison<" in html
    assert both in html  # also before anybody was chosen
    html = read(client, f"{path}&compare={first.npi}")
    assert both in html
    assert f"{link}In your comparison<" in html
    assert "begin with your doctor" not in read(
        client, path.replace(first.npi, "450068")
    )


def test_a_comparison_of_others_stays_until_the_first_doctor_joins(client, first):
    nextdoor = Practitioner.objects.get(last_name="Nextdoor")
    stranger = Practitioner.objects.get(last_name="Stranger")
    path = f"/doctors/cardiology/tx/?apart_from={first.npi}&compare={nextdoor.npi}"

    html = read(client, path)

    for a, b in ((nextdoor, stranger), (first, nextdoor)):
        two = f"/compare/?doctor={a.npi}&amp;doctor={b.npi}"
        assert f'href="{two}&amp;apart_from={first.npi}"' in html


def test_other_pages_tell_where_they_come_from_within_the_site(client, first):
    assert client.get("/doctors/cardiology/")["Referrer-Policy"] == "same-origin"


def test_a_hospital_can_be_the_one_to_stay_apart_from(client, first):
    html = read(client, "/doctors/cardiology/tx/houston/?apart_from=450068")

    assert "Ada Ward</a>" not in html
    assert "Ada Sister</a>" not in html
    assert "Ada Nextdoor</a>" in html
    assert "Without whoever works where Kind Hospital is" in words(html)
    assert "Not known: group practice" not in words(html)
    assert "Compared with your hospital" in html
    assert "Compared with your doctor" not in html


def test_whoever_practises_in_the_hospitals_building_is_left_out(client, first):
    """Also without a link in the claims, and the other way round."""
    cardiology = first.specializations.get()
    hospital = Organization.objects.get(ccn="450068")
    there = {"line_1": hospital.location.line_1, "line_2": "Suite 7"}
    suite = make_location(hospital.location.place, **there)
    inside = make_doctor("Inside", does=(cardiology,), at=(suite,))
    count_doctors()

    html = read(client, f"/doctors/cardiology/tx/houston/?apart_from={first.npi}")
    assert "Ada Stranger</a>" in html
    assert "Ada Inside</a>" not in html
    assert "hospital (2)" in words(html)

    html = read(client, f"/doctors/cardiology/tx/houston/?apart_from={inside.npi}")
    assert "Ada Stranger</a>" in html
    assert "Ada First</a>" not in html
    assert "Ada Ward</a>" not in html
    assert "Hospital: Kind Hospital, by an address in its building" in words(html)


def test_a_colleague_whose_street_another_file_writes_otherwise_is_left_out(
    client, first
):
    cardiology = first.specializations.get()
    lane = make_location(line_1="12 LARKSPUR LN STE 7")
    make_doctor("Abbreviated", does=(cardiology,), at=(lane,))
    count_doctors()

    html = read(client, f"/doctors/cardiology/tx/houston/?apart_from={first.npi}")

    assert "Ada Stranger</a>" in html
    assert "Ada Abbreviated</a>" not in html
    assert "the same address (2)" in words(html)


def test_a_suite_without_a_street_ties_nobody_together(client, cardiology):
    alone = [make_location(line_1=line) for line in ("Suite 5", "STE 5", "Suite 6")]
    first = make_doctor("First", does=(cardiology,), at=(alone[0],))
    make_doctor("Equal", does=(cardiology,), at=(alone[1],))
    make_doctor("Unlike", does=(cardiology,), at=(alone[2],))
    count_doctors()

    html = read(client, f"/doctors/cardiology/?apart_from={first.npi}")

    assert "Ada Equal</a>" in html
    assert "Ada Unlike</a>" in html
    assert "The public files do not say where that is" in html
    assert "Not the same" not in html


@pytest.fixture
def twin(first):
    """Return the second number that CMS has for the first doctor's hospital."""
    kind = Affiliation.objects.get(practitioner=first).organization
    line_1 = kind.location.line_1.replace("Lane", "LN")
    twin = make_hospital(kind.name, ccn="451300", location=make_location(line_1=line_1))
    elsewhere = make_hospital(kind.name)
    cardiology = first.specializations.get()
    make_doctor("Twin", does=(cardiology,), hospitals=(twin,))
    make_doctor("Namesake", does=(cardiology,), hospitals=(elsewhere,))
    count_doctors()
    return twin


@pytest.mark.parametrize("is_listed", [True, False])
def test_whoever_works_at_the_second_number_of_a_hospital_is_left_out(
    client, first, twin, is_listed
):
    """CMS gives a hospital that becomes a critical access hospital a new number."""
    if not is_listed:
        Organization.objects.filter(pk=twin.pk).update(retired_at=timezone.now())

    html = read(client, f"/doctors/cardiology/?apart_from={first.npi}")

    assert "Ada Twin</a>" not in html
    assert "Ada Namesake</a>" in html
    text = words(html)
    assert "hospital (2)" in text
    assert "Hospital: Kind Hospital (2 CMS numbers, 1 address)" in text


def test_one_name_with_two_numbers_is_not_said_to_be_another_hospital(client, first):
    cardiology = first.specializations.get()
    make_doctor(
        "Namesake", does=(cardiology,), hospitals=(make_hospital("Kind Hospital"),)
    )
    other = make_doctor("Other", does=(cardiology,), hospitals=(make_hospital(),))
    make_practice(other, organization=make_group("Larkspur Heart Group"))
    count_doctors()

    text = words(read(client, f"/doctors/cardiology/?apart_from={first.npi}"))

    card = text.partition("Ada Namesake")[2].partition("Ada Other")[0]
    assert "Perhaps the same: hospital (the names are alike)" in card
    assert "Not the same" not in card
    card = text.partition("Ada Other")[2].partition("Ada Stranger")[0]
    assert "Not the same: address, hospital" in card
    assert "Perhaps the same: group practice (the names are alike)" in card


@pytest.mark.parametrize("number", ["450068", "451300"])
def test_both_numbers_of_a_hospital_leave_out_the_same_people(
    client, first, twin, number
):
    html = read(client, f"/doctors/cardiology/?apart_from={number}")

    assert "Ada Twin</a>" not in html
    assert "Ada Ward</a>" not in html
    assert "Ada Namesake</a>" in html


@pytest.mark.parametrize("number", ["45S068", "45s068"])
def test_a_unit_stands_for_its_hospital(client, first, number):
    html = read(client, f"/doctors/cardiology/tx/houston/?apart_from={number}")

    assert "Ada Ward</a>" not in html
    assert "Without whoever works where Kind Hospital is" in words(html)


def test_a_number_that_stands_for_a_hospital_leaves_out_its_doctors(client, first):
    kind = Affiliation.objects.filter(practitioner=first).get().organization
    make_hospital("Hospital 450900", ccn="450900", is_stub=True, same_as=kind)

    html = read(client, "/doctors/cardiology/tx/houston/?apart_from=450900")

    assert "Ada Ward</a>" not in html
    assert "Without whoever works where Kind Hospital is" in words(html)


def test_a_doctor_with_another_number_now_is_the_one_to_stay_apart_from(client, first):
    ReplacedNpi.objects.create(npi="9900000990", replacement=first.npi)

    html = read(client, "/doctors/cardiology/tx/houston/?apart_from=9900000990")

    assert "Ada Ward</a>" not in html
    assert "Ada Stranger</a>" in html
    assert "Without whoever works where Ada First works" in words(html)


def test_a_number_that_was_replaced_twice_leads_to_the_doctor_of_now(client, first):
    ReplacedNpi.objects.create(npi="9900000982", replacement="9900000990")
    ReplacedNpi.objects.create(npi="9900000990", replacement=first.npi)

    html = read(client, "/doctors/cardiology/tx/houston/?apart_from=9900000982")

    assert "Without whoever works where Ada First works" in words(html)


def test_behind_the_end_of_counting_a_level_has_at_least_so_many(first):
    """Those who were counted are the first by name: of a level there may be more."""
    specialization = first.specializations.get()
    finder = Finder(Search(specialization), apart=find_apart(first.npi))
    on_levels = {Level.HOSPITAL: 7, Level.ADDRESS: 1001, Level.GROUP: 0}

    context = apart_context(finder, Numbers(left_out=1001, left_out_on=on_levels), [])

    assert context["number"] == "more than 1,000"
    assert context["has_several_reasons"]
    assert context["reasons"] == [
        ("address", "more than 1,000"),
        ("hospital", "at least 7"),
    ]
    html = render_to_string("directory/_apart.html", {"apart": context})
    assert "<p>More than 1,000 others are left out of this list" in html


def test_nobody_but_a_doctor_without_facts_is_left_out(client, cardiology):
    blank = make_doctor("Blank", does=(cardiology,))
    make_doctor("Other", does=(cardiology,))
    count_doctors()

    html = read(client, f"/doctors/cardiology/?apart_from={blank.npi}")

    assert "do not say where that is, so nobody else could be left out." in html
    assert "Ada Other</a>" in html
    assert "Ada Blank</a>" not in html
    assert "<strong>1 cardiologist</strong>" in html


def test_a_single_colleague_is_left_out_in_the_singular(client, cardiology):
    hospital = make_hospital()
    first = make_doctor("First", hospitals=(hospital,))
    make_doctor("Ward", does=(cardiology,), hospitals=(hospital,))
    make_doctor("Other", does=(cardiology,))
    count_doctors()

    text = words(read(client, f"/doctors/cardiology/?apart_from={first.npi}"))

    assert "1 other is left out of this list: the same hospital (1)." in text
    assert "several reasons" not in text


def test_a_single_colleague_for_several_reasons_is_not_called_some(client, cardiology):
    lane = make_location()
    both = {"at": (lane,), "hospitals": (make_hospital(),)}
    first = make_doctor("First", **both)
    make_doctor("Ward", does=(cardiology,), **both)
    count_doctors()

    text = words(read(client, f"/doctors/cardiology/?apart_from={first.npi}"))

    assert (
        "1 other is left out of this list, for several reasons: the same address (1), "
        "hospital (1)."
    ) in text


def test_what_is_not_known_of_the_first_doctor_is_named(client, first, cardiology):
    alone = make_doctor("Alone", does=(cardiology,), at=(make_place(),))
    hospital = make_hospital("Lone Hospital")
    count_doctors()

    texts = [
        words(read(client, f"/doctors/cardiology/?apart_from={number}"))
        for number in (alone.npi, hospital.ccn, first.npi)
    ]

    unknown = [
        re.findall(r"Not known: ([^.]*)\. Nobody could be left out for that", text)
        for text in texts
    ]
    assert unknown == [
        ["group practice, hospital, health system"],
        ["health system"],
        [],
    ]


def test_where_all_are_left_out_the_ways_on_leave_them_out_too(client, first):
    path = f"/doctors/cardiology/tx/houston/?name=ward&apart_from={first.npi}"

    html = read(client, path)

    assert "No cardiologist who fits is listed in Houston, Texas" in html
    ways = re.findall(r'href="(/doctors/[^"]*)">Cardiologists', html)
    assert ways
    assert all("apart_from" in way for way in ways[1:])


def test_a_city_whose_doctors_are_all_left_out_is_not_called_empty(client, cardiology):
    smalltown = make_place("Smalltown")
    first = make_doctor("First", does=(cardiology,), at=(smalltown,))
    count_doctors()

    html = read(client, f"/doctors/cardiology/tx/smalltown/?apart_from={first.npi}")

    text = words(html)
    assert "Nobody else had to be left out here." in text
    assert "No cardiologist who fits is listed in Smalltown, Texas" in text
    assert "No cardiologist is listed" not in text


def test_where_no_file_codes_the_kind_nobody_is_said_to_be_no_colleague(client, first):
    cardiology = first.specializations.get()
    make_specialization("Valves", "Valve doctor", cardiology, is_coded=False)
    count_doctors()

    text = words(read(client, f"/doctors/valves/?apart_from={first.npi}"))

    assert "No public file says who is a valve doctor." in text
    assert "Without whoever works where Ada First works" in text
    assert "left out here" not in text


def test_beside_a_wrong_field_nobody_is_said_to_be_left_out_or_not(client, first):
    path = f"/doctors/cardiology/?near=1&apart_from={first.npi}"

    html = client.get(path).content.decode()

    assert "id_near_error" in html
    assert "Nobody had to be left out" not in html
    assert f'name="apart_from" value="{first.npi}"' in html


@pytest.mark.parametrize(
    ("number", "sentence"),
    [
        ("123", "Give the ten-digit NPI"),
        ("9900000099", "Nobody in the public files has this number"),
        ("99999Z", "Nobody in the public files has this number"),
        ("455001", "Nobody in the public files has this number"),
        ("٩٩٠٠٠٠٠٠١٦", "Give the ten-digit NPI"),
    ],
)
def test_a_wrong_number_is_said_beside_its_field_and_the_rest_stays(
    client, first, number, sentence
):
    no_hospital = {"kind": "facility", "rating": None, "has_emergency_service": None}
    make_hospital("Nursing Home", ccn="455001", **no_hospital)

    finder = client.get(f"/doctors/?apart_from={number}")
    response = client.get(f"/doctors/cardiology/?apart_from={number}&name=Ward")

    html = response.content.decode()
    assert response.status_code == 400
    assert sentence in finder.text
    assert sentence in html
    assert f'value="{number}"' in html
    assert 'name="name" value="Ward"' in html
    assert "Ada Ward" not in html


def test_a_name_typed_for_a_number_is_looked_for_as_a_name(client, first):
    path = "/doctors/cardiology/?compare=9900000016&apart_from=Dr.+Ada+First"

    response = client.get(path)

    assert response.status_code == 400
    query = "?name=Dr.+Ada+First&amp;compare=9900000016&amp;back=cardiology"
    way, hospital = f"/doctors/{query}", f"/hospitals/{query}"
    assert f'href="{way}#by-name">Find your doctor by name</a>' in response.text
    assert f'href="{hospital}#by-name">your hospital</a>' in response.text
    found = client.get(way.replace("&amp;", "&")).text
    apart = f"?apart_from={first.npi}&amp;compare=9900000016"
    assert f'href="/doctors/cardiology/{apart}">Find somebody independent' in found


def test_the_finder_promises_no_more_than_the_files_hold(client, first):
    blank = make_doctor("Blank")

    pages = [
        words(read(client, f"/doctors/?apart_from={number}"))
        for number in (first.npi, "450068", blank.npi)
    ]

    promise = "The list will leave out whoever"
    assert f"{promise} shares an address, a group practice, a hospital" in pages[0]
    assert f"{promise} works at Kind Hospital, at its address or in its" in pages[1]
    assert promise not in pages[2]
    assert "do not say where Ada Blank works" in pages[2]


def test_whoever_is_listed_no_longer_is_not_taken_for_a_wrong_number(client, first):
    gone = make_doctor("Gone", retired=True)
    closed = make_hospital("Closed Hospital", retired_at="2026-01-01T00:00Z")

    for number, path in product((gone.npi, closed.ccn), ("", "cardiology/")):
        html = client.get(f"/doctors/{path}?apart_from={number}").content.decode()

        assert "Whoever has this number is no longer in the public files" in html
        assert "Check the digits" not in html
        assert "Closed Hospital" not in html


def test_a_wrong_number_beside_a_zip_code_is_not_dropped_on_the_way(client, first):
    """A ZIP code leads from a city's list to the circle around it."""
    make_zip_code()
    path = "/doctors/cardiology/tx/houston/?near=77030&apart_from=12&name=Ward"

    response = client.get(path, follow=True)

    html = response.content.decode()
    assert response.redirect_chain[0][0].startswith("/doctors/cardiology/?near=77030")
    assert response.status_code == 400
    assert "Give the ten-digit NPI" in html
    assert 'name="apart_from" value="12"' in html
    assert 'name="name" value="Ward"' in html
    assert "Ada Ward" not in html


def test_a_retired_doctor_is_nobody_to_stay_apart_from(client, cardiology):
    gone = make_doctor("Gone", does=(cardiology,), retired=True)
    count_doctors()

    response = client.get(f"/doctors/cardiology/?apart_from={gone.npi}")

    assert response.status_code == 400
    assert "Gone" not in response.content.decode()
