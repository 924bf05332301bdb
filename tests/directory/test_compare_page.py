"""The page that compares doctors: the choice is in the address, in words when wrong."""

import datetime
import re

import pytest

from directory.along import Along
from directory.models import Affiliation, Correction, ReplacedNpi
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
    with_check_digit,
)
from tests.reading import read, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def doctors():
    cardiology = make_specialization()
    names = ("First", "Second", "Third", "Fourth", "Fifth")
    return [make_doctor(name, does=(cardiology,), at=(make_place(),)) for name in names]


def url_of(*doctors):
    return Along().comparison(doctor.npi for doctor in doctors)


def joined(npis):
    return Along().comparing(npis).compare


def test_nobody_chosen_says_how_to_choose(client):
    html = read(client, "/compare/")

    assert "How to choose" in html
    assert 'href="/doctors/"' in html
    assert "<table" not in html


def test_the_finder_leads_to_the_comparison(client):
    assert '<a href="/compare/">Compare up to four doctors</a>' in read(
        client, "/doctors/"
    )


def test_doctors_stand_side_by_side_in_the_order_chosen(client, doctors):
    first, second = doctors[1], doctors[0]

    html = read(client, url_of(first, second))

    assert html.index("Ada Second") < html.index("Ada First")
    assert "Who works apart from Ada Second" in html
    assert "let that be your own doctor" in html
    assert "What differs" in html
    assert "No public file shows" in html
    assert "CMS Doctors and Clinicians, release 2026-02" in html
    assert '<th scope="row" role="rowheader">Addresses</th>' in html
    assert '<meta name="robots" content="noindex">' in html


def test_two_of_one_name_are_told_apart_by_their_numbers(client, doctors):
    other = make_doctor("First", credential="DO")

    html = read(client, url_of(doctors[0], other, doctors[1]))

    for npi in (doctors[0].npi, other.npi):
        assert f"NPI {npi}" in html
        assert (
            f'<span class="comparison__who" aria-hidden="true">Ada First ({npi})<'
            in html
        )
        assert f' ({npi})">' in html  # what a screen reader calls the column
    assert f"Who works apart from Ada First ({doctors[0].npi})" in html
    assert "Ada Second (" not in html


def test_what_was_set_by_hand_has_its_own_date(client, doctors):
    first, second, third, *_ = doctors
    here, there = first.practices.get().location, make_location()
    group, hospital = make_group("Brook Group"), make_hospital("Kind Hospital")
    make_practice(second, there, organization=group)
    make_practice(third, there, organization=group)
    Affiliation.objects.create(
        practitioner=second, organization=hospital, release=make_release()
    )
    phone = {"field": "phone", "value": "(555) 555-0199"}
    name = {"field": "name", "value": "New name"}
    for fields in (
        {"practitioner": first, "location": here} | phone,
        {"organization": group} | name,
        {"organization": hospital} | name,
        # of what is not compared, and of an address that is not shown
        {"practitioner": third, "field": "credential", "value": "DO"},
        {"practitioner": third, "location": there, "organization": group} | phone,
        {"organization": make_group("Other Group")} | name,
        {"practitioner": first, "location": there, "field": "gone"},
    ):
        Correction.objects.create(corrected_on=datetime.date(2026, 3, 1), **fields)

    text = words(read(client, url_of(first, second)))

    assert text.count("corrected by our editors") == 3
    noted = r"([A-Z]\w+ of [^:]*): corrected by our editors on March 1, 2026"
    assert sorted(re.findall(noted, text)) == [
        "Name of Brook Group",
        "Name of Kind Hospital",
        f"Telephone of Ada First at {here}",
    ]


def test_every_release_that_is_compared_is_named(client, doctors):
    first, second, *_ = doctors
    a, b, c, d = (make_release(version=f"2026-0{month}") for month in (3, 4, 5, 6))
    make_release(version="2026-07")  # which nothing here rests on
    first.practices.update(release=a)
    system = make_system(last_release=b)
    hospital = make_hospital(system=system, last_release=c)
    Affiliation.objects.create(
        practitioner=second,
        organization=hospital,
        reported_ccn=hospital.ccn,
        release=d,
    )

    text = words(read(client, url_of(first, second)))

    named = re.findall(r"Clinicians, release 2026-0(\d)", text)
    assert named == ["2", "3", "4", "5", "6"]


def test_one_who_is_made_up_marks_the_whole_comparison(client, doctors):
    made_up = make_doctor("Fancy", is_demo=True)

    assert "demonstration content" in read(client, url_of(doctors[0], made_up))
    assert "demonstration content" not in read(client, url_of(*doctors[:2]))


def test_links_remove_one_and_make_another_the_first(client, doctors):
    a, b, c = doctors[:3]

    html = read(client, url_of(a, b, c)).replace("&amp;", "&")

    assert f'href="{url_of(b, c)}" data-remove="{a.npi}"' in html
    assert f'href="{url_of(c, a, b)}">Make first' in html
    assert f'href="{url_of(a, b, c)}">Make first' not in html


def test_names_lead_to_profiles_that_lead_back(client, doctors):
    a, b = doctors[:2]

    html = read(client, url_of(a, b))
    along = f"{b.get_absolute_url()}?compare={joined([a.npi, b.npi])}"
    profile = read(client, along)

    assert f'href="{along}">{b.full_name}</a>' in html
    back = url_of(a, b).replace("&", "&amp;")
    assert f'<a href="{back}">See the comparison</a>' in profile
    assert f'href="{back}" data-compare="{b.npi}"' in profile


def test_names_carry_four_and_nobody_who_waits(client, doctors):
    html = read(client, url_of(*doctors))

    four = joined([doctor.npi for doctor in doctors[:4]])
    assert html.count(f"?compare={four}") == 4
    assert (
        client.get(f"{doctors[3].get_absolute_url()}?compare={four}").status_code == 200
    )


def test_no_other_site_learns_who_is_compared(client, doctors):
    response = client.get(url_of(*doctors[:2]))

    assert response.headers["Referrer-Policy"] == "no-referrer"
    assert response.headers["Cache-Control"] == "private, no-cache"


def test_numbers_may_stand_in_one_list_and_twice(client, doctors):
    a, b = doctors[:2]

    html = read(client, f"/compare/?doctor={a.npi},{b.npi}%20{a.npi}&doctor={b.npi}")

    assert html.count('data-remove="') == 2
    assert "About your choice" not in html


def test_one_alone_is_shown_and_another_asked_for(client, doctors):
    html = read(client, url_of(doctors[0]))

    assert "What the public files say" in html
    assert "crow flies" not in html
    assert "Distance" not in html.split("</table>")[0]
    assert "Who works apart" not in html
    assert "Add a doctor" in html
    assert f"/doctors/cardiology/tx/houston/?compare={doctors[0].npi}" in html
    assert f"apart_from={doctors[0].npi}&amp;compare={doctors[0].npi}" in html


def test_distances_of_one_alone_are_from_a_zip_code(client, doctors):
    make_zip_code("77030")

    html = read(client, f"{url_of(doctors[0])}&near=77030")

    assert "Distance from ZIP code 77030" in html
    assert "crow flies" in html


def test_a_fifth_has_no_room(client, doctors):
    html = read(client, url_of(*doctors))

    assert html.count('data-remove="') == 4
    assert "Ada Fifth had no room: 4 doctors can be compared." in html
    assert "Remove one to add another" in html
    assert "NPI of a doctor" not in html


def test_what_had_no_room_stands_on_the_page_of_the_doctor(client, doctors):
    a, b = doctors[:2]
    for n in range(6):
        make_practice(b, make_location(line_1=f"{n} Long Street"))

    html = read(client, url_of(a, b))

    along = f"{b.get_absolute_url()}?compare={joined([a.npi, b.npi])}"
    assert (
        f'href="{along}">and 4 more<span class="visually-hidden"> on the page of '
        "Ada Second</span>" in html
    )
    assert "5 Long Street" in read(client, along)


def test_a_fifth_takes_the_place_of_whoever_is_removed(client, doctors):
    a, b, c, d, e = doctors

    html = read(client, url_of(*doctors)).replace("&amp;", "&")

    assert f'href="{url_of(b, c, d, e)}" data-remove="{a.npi}"' in html
    assert f'href="{url_of(b, a, c, d, e)}">Make first' in html
    assert html.count('type="hidden" name="doctor"') == 5  # with another ZIP code


def test_a_name_typed_for_a_number_leads_to_who_has_it(client, doctors):
    html = read(client, f"{url_of(doctors[0])}&doctor=Dr.+Ada+Second,+MD")

    assert html.count("is no NPI") == 1
    way = f"/doctors/?name=Dr.+Ada+Second+MD&amp;compare={doctors[0].npi}"
    assert f'href="{way}#by-name">Find doctors named “Dr. Ada Second MD”' in html
    found = read(client, way.replace("&amp;", "&"))
    assert "Ada Second" in found
    assert f"/compare/?doctor={doctors[0].npi}&amp;doctor={doctors[1].npi}" in found


def test_what_is_copied_along_with_a_number_is_no_name(client, doctors):
    copied = f"NPI: {doctors[1].npi} (National Provider Identifier)"

    html = read(client, f"{url_of(doctors[0])}&doctor={copied}")

    assert html.count('data-remove="') == 2
    assert "is no NPI" not in html


def test_whoever_is_not_there_is_named(client, doctors):
    gone = make_doctor("Gone", retired=True)
    nobody = with_check_digit("997777777")

    html = read(client, f"{url_of(doctors[0], gone)}&doctor={nobody}&doctor=12345")

    assert "Ada Gone is no longer listed in the public files" in html
    assert f"Nobody in the public files has the number {nobody}." in html
    assert "“12345” is no NPI." in html
    assert html.count('data-remove="') == 1


def test_whoever_is_gone_has_a_page_that_leads_on_and_back(client, doctors):
    gone = make_doctor("Gone", retired=True)
    along = f"{gone.get_absolute_url()}?compare={doctors[0].npi}"

    html = read(client, url_of(doctors[0], gone))
    page = read(client, along, status=410)

    assert f'href="{along}">Find somebody instead of Ada Gone</a>' in html
    assert f'<a class="way__name" href="{url_of(doctors[0])}">See the comp' in page
    alone = read(client, gone.get_absolute_url(), status=410)
    assert "See the comparison" not in alone


def test_a_replaced_number_leads_to_the_one_that_counts(client, doctors):
    new = doctors[0]
    old, other, lost = (with_check_digit(f"99666666{n}") for n in range(3))
    for npi, replacement in ((old, new.npi), (other, new.npi), (lost, "9911111118")):
        ReplacedNpi.objects.create(npi=npi, replacement=replacement)

    html = read(client, f"/compare/?doctor={old}&doctor={other}&doctor={lost}")

    assert f"{old} is now {new.npi}, Ada First." in html
    assert f"{other} is Ada First as well." in html
    assert f"Nobody in the public files has the number {lost}." in html
    assert html.count('data-remove="') == 1


def test_a_number_that_was_replaced_twice_leads_to_the_one_that_counts(client, doctors):
    oldest, old, lost, other = (with_check_digit(f"99666666{n}") for n in range(4))
    round_and_round = ((lost, other), (other, lost))
    for npi, replacement in (
        (oldest, old),
        (old, doctors[0].npi),
        *round_and_round,
    ):
        ReplacedNpi.objects.create(npi=npi, replacement=replacement)

    html = read(client, f"/compare/?doctor={oldest}&doctor={lost}")

    assert f"{oldest} is now {doctors[0].npi}, Ada First." in html
    assert f"Nobody in the public files has the number {lost}." in html


def test_whoever_vanished_under_an_old_number_is_shown_under_the_new(client, doctors):
    new = doctors[0]
    old = make_doctor("Before", retired=True)
    ReplacedNpi.objects.create(npi=old.npi, replacement=new.npi)

    html = read(client, url_of(old, doctors[1]))

    assert f"{old.npi} is now {new.npi}, Ada First." in html
    assert "no longer listed" not in html
    assert html.count('data-remove="') == 2


def test_distance_from_a_zip_code_stays_when_somebody_is_removed(client, doctors):
    make_zip_code("77030")

    html = read(client, f"{url_of(*doctors[:2])}&near=77030-1234")

    assert "Distance from ZIP code 77030" in html
    assert f'doctor={doctors[1].npi}&amp;near=77030"' in html


@pytest.mark.parametrize(
    ("typed", "error"),
    [
        ("hou", "A ZIP code has five digits"),
        ("00000", "We do not know where this ZIP code is."),
    ],
)
def test_a_wrong_zip_code_is_said_and_the_rest_stays(client, doctors, typed, error):
    html = read(client, f"{url_of(*doctors[:2])}&near={typed}", status=400)

    assert error in html
    assert f'value="{typed}"' in html
    assert html.count('data-remove="') == 2
    assert "Distance from the first doctor" in html


def test_a_zip_code_that_lies_nowhere_exactly_is_said_to(client, doctors):
    make_zip_code("77030")

    exact = read(client, f"{url_of(*doctors[:2])}&near=77030")
    typo = read(client, f"{url_of(*doctors[:2])}&near=77099")

    assert "ZIP code 77099 has no area of its own on the map" in typo
    assert "has no area of its own" not in exact


@pytest.mark.parametrize(
    "query",
    [
        "doctor=" + "1," * 21 + "".join(f"{n}," for n in range(21)),
        "doctor=%00",
        "doctor=" + "9" * 101,
    ],
)
def test_what_nobody_types_is_refused(client, query):
    assert client.get(f"/compare/?{query}").status_code == 400


def test_more_are_looked_for_of_what_the_first_doctor_does_above_all(client):
    cardiology = make_specialization()
    rhythm = make_specialization("Rhythm medicine", "Rhythm doctor", cardiology)
    doctor = make_doctor(does=(rhythm, cardiology))

    html = read(client, url_of(doctor))

    assert f'href="/doctors/rhythm-medicine/?compare={doctor.npi}">Rhythm' in html


def test_more_are_looked_for_near_the_zip_code(client, doctors):
    make_zip_code("77030")

    page = read(client, f"{url_of(doctors[0])}&near=77030-1234")

    assert re.search(r"/doctors/[\w-]+/[?]near=77030&amp;within=25&amp;compare=", page)
    assert f'href="/doctors/?compare={doctors[0].npi}&amp;near=77030"' in page


def test_somebody_of_no_kind_leads_to_the_finder_alone(client):
    doctor = make_doctor()

    html = read(client, url_of(doctor))

    assert f'href="/doctors/?compare={doctor.npi}"' in html
    assert "without whoever works" not in html


def test_somebody_without_an_address_leads_to_the_whole_country(client):
    doctor = make_doctor(does=(make_specialization(),))

    html = read(client, url_of(doctor))

    assert f'href="/doctors/cardiology/?compare={doctor.npi}">Cardiologists</a>' in html


def test_a_list_carries_the_choice_and_adds_to_it(client, doctors):
    a, b, *_ = doctors
    count_doctors()

    html = read(client, f"/doctors/cardiology/tx/houston/?compare={a.npi}")

    assert "You compare 1 doctor." in html
    assert f'<a href="{url_of(a)}">See the comparison</a>' in html
    both = url_of(a, b).replace("&", "&amp;")
    assert f'href="{both}" data-compare="{b.npi}"' in html
    assert html.count("In your comparison") == 1
    mine = f'href="{url_of(a)}" data-compare="{a.npi}" data-name="Ada First">'
    name = '<span class="visually-hidden"> Ada First: see it</span>'
    assert f"{mine}In your comparison{name}</a>" in html
    assert f'name="compare" value="{a.npi}"' in html
    assert "noindex" in html


def test_a_list_without_a_choice_begins_one(client, doctors):
    count_doctors()

    html = read(client, "/doctors/cardiology/tx/houston/")

    assert f'href="{url_of(doctors[0])}" data-compare=' in html
    assert "You compare" not in html
    assert "noindex" not in html


def test_the_choice_goes_along_where_the_first_doctor_is_looked_for(client, doctors):
    a = doctors[0]
    count_doctors()

    html = read(client, f"/doctors/cardiology/?compare={a.npi}")
    finder = read(client, f"/doctors/?apart_from={a.npi}&compare={a.npi}")

    way = f"/doctors/?compare={a.npi}&amp;back=cardiology#by-name"
    assert f'href="{way}">Find your doctor' in html
    assert f'<a href="/doctors/?compare={a.npi}">Start again without that' in finder


def test_the_finder_carries_the_choice_to_a_list_and_by_name(client, doctors):
    a = doctors[0]
    count_doctors()

    where = f"/doctors/?specialization=cardiology&compare={a.npi}"
    assert client.get(where)["Location"] == f"/doctors/cardiology/?compare={a.npi}"
    html = read(client, f"/doctors/?name=second&compare={a.npi}")

    assert "You compare 1 doctor." in html
    both = url_of(a, doctors[1]).replace("&", "&amp;")
    assert f'href="{both}" data-compare=' in html
    assert f"apart_from={doctors[1].npi}&amp;compare={a.npi}" in html


def test_four_doctors_go_along_to_the_lists(client, doctors):
    four = joined([doctor.npi for doctor in doctors[:4]])

    html = read(client, f"/doctors/?compare={four}")

    assert "You compare 4 doctors." in html
    assert f'name="compare" value="{four}"' in html
    assert client.get(f"/doctors/?compare={four}-{doctors[4].npi}").status_code == 400


@pytest.mark.parametrize("junk", ["1", "9900000016-", "9900000016-" * 5, "a" * 10])
def test_a_choice_that_no_link_gives_is_refused(client, junk):
    assert client.get(f"/doctors/?compare={junk}").status_code == 400


def test_a_choice_is_written_one_way():
    assert Along().comparing(["1", "2"]).npis == ["1", "2"]
    assert Along().npis == []
    assert Along(compare="1-2").comparison_with("2") == ""
    assert Along().comparison_with("2") == "/compare/?doctor=2"
    assert Along().comparison([]) == "/compare/"
    assert Along(near="77030").comparison(["1"]) == "/compare/?doctor=1&near=77030"
