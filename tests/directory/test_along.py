"""What a reader has chosen goes along from page to page, whichever way they take."""

import re
from html import unescape

import pytest
from django.core.exceptions import BadRequest
from django.http import QueryDict

from directory.along import Along
from directory.models import Specialization
from tests.factories import (
    count_doctors,
    make_doctor,
    make_hospital,
    make_place,
    make_specialization,
    make_system,
    make_zip_code,
    with_check_digit,
)
from tests.reading import read, words

pytestmark = pytest.mark.django_db
CCN = "450068"
LIST = "/doctors/cardiology/tx/houston/"


@pytest.fixture
def ward():
    """Return who works at Kind Hospital; two do not, and of one nobody knows."""
    make_zip_code()
    cardiology = make_specialization()
    houston = make_place()
    kind = make_hospital("Kind Hospital", houston, ccn=CCN, system=make_system())
    other = make_hospital("Other Hospital", houston, ccn="450100")
    ward = make_doctor("Ward", does=(cardiology,), at=(houston,), hospitals=(kind,))
    for name in ("Apart", "Free"):
        make_doctor(name, does=(cardiology,), at=(houston,), hospitals=(other,))
    make_doctor("Unknown", does=(cardiology,), at=(houston,))
    count_doctors()
    return ward


def links(html, pattern=""):
    """Return the addresses of links whose words begin so."""
    found = re.findall(r'<a [^>]*?href="([^"]*)"[^>]*>(.*?)</a>', html, re.DOTALL)
    return [
        unescape(url) for url, text in found if re.match(pattern, words(text).strip())
    ]


def link(html, pattern):
    """Return the one address of links whose words begin so."""
    (url,) = set(links(html, pattern))
    return url


def sent(html, action):
    """Return the hidden fields of the first form that leads to an address."""
    form = html.partition(f'action="{action}"')[2].partition("</form>")[0]
    return dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', form))


def test_who_is_left_out_stays_so_from_a_list_to_a_comparison_and_on(client, ward):
    listed = read(client, f"{LIST}?apart_from={CCN}")
    compared = read(client, link(listed, "Add to comparison Ada Apart"))
    npi = re.search(r"data-remove=\"(\d+)", compared)[1]
    finder = link(compared, "Somebody else, by kind")
    along = f"apart_from={CCN}&compare={npi}"

    assert "You leave out whoever works where Kind Hospital is." in words(compared)
    more = "Cardiologists in .* without whoever works where Kind Hospital is"
    assert link(compared, more) == f"{LIST}?{along}"
    assert finder == f"/doctors/?{along}"
    profile = link(compared, "Ada Apart")
    assert profile.endswith(f"/ada-apart/?{along}")
    assert sent(compared, "/compare/")["apart_from"] == CCN
    again = read(client, link(compared, more))
    assert "Ada Ward" not in again
    assert "Ada Free" in again


def test_a_profile_leads_back_to_lists_that_leave_out_the_same(client, ward):
    listed = read(client, f"{LIST}?apart_from={CCN}")
    profile = read(client, link(listed, "Ada Apart").replace("ada-apart", "wrong"), 301)
    response = client.get(link(listed, "Ada Apart"))
    page = response.content.decode()

    assert profile == ""
    kept = f"apart_from={CCN}"
    for text in ("Find a doctor", "Cardiologists", "Texas", "Houston"):
        crumbs = page.partition('aria-label="Breadcrumb"')[2].partition("</nav>")[0]
        assert link(crumbs, text).endswith(f"?{kept}")
    everybody = page.partition("The list that leaves out whom you leave out now:")[2]
    assert links(everybody)[0] == f"{LIST}?{kept}"
    assert "They do so in place of whom you leave out now." in page
    assert "out whoever works at the hospital that you chose to leave out." in page
    assert "does not say whether Ada Apart does. The comparison says" in page
    assert kept in link(page, "Add to comparison")
    assert f'data-along="{kept}"' in page
    assert '<meta name="robots" content="noindex">' in page
    assert response["Referrer-Policy"] == "no-referrer"
    assert response["Cache-Control"] == "private, no-cache"


def test_a_profile_of_who_is_left_out_leads_to_all_colleagues(client, ward):
    page = read(client, f"{ward.get_absolute_url()}?apart_from={ward.npi}")

    assert "Your lists leave out whoever works where Ada Ward works." in page
    assert "in place of whom" not in page
    assert link(page, "All cardiologists in Houston") == LIST


def test_a_hospital_that_is_looked_up_from_a_list_is_left_out_of_that_list(
    client, ward
):
    listed = read(client, f"{LIST}?compare={ward.npi}")
    hospitals = read(client, link(listed, "your hospital").partition("#")[0])
    back = "cardiology/tx/houston"
    fields = {"compare": ward.npi, "back": back}
    found = client.get("/hospitals/", fields | {"name": "kind"}).text
    in_state = read(client, link(hospitals, "Texas"))
    response = client.get(link(found, "Kind Hospital"))

    assert sent(hospitals, "/hospitals/") == fields
    assert link(in_state, "Kind Hospital") == link(found, "Kind Hospital")
    way = link(response.text, "leave out this hospital")
    assert way == f"{LIST}?apart_from={CCN}&compare={ward.npi}"
    assert "Ada Ward</a></h2>" not in read(client, way)
    assert "noindex" in response.text
    assert response["Referrer-Policy"] == "no-referrer"
    assert fields == QueryDict(link(response.text, "Texas").partition("?")[2]).dict()
    assert link(response.text, "See the comparison").startswith("/compare/")


def test_a_doctor_who_is_looked_up_from_a_list_is_left_out_of_that_list(client, ward):
    listed = read(client, LIST)
    finder = read(client, link(listed, "Find your doctor by name"))
    found = client.get("/doctors/", {"name": "ward", "back": "cardiology/tx/houston"})

    by_name = finder.partition('id="by-name"')[2]
    assert sent(by_name, "/doctors/#by-name") == {"back": "cardiology/tx/houston"}
    assert 'value="cardiology" selected' in finder
    way = link(found.text, "Find somebody independent")
    assert way == f"{LIST}?apart_from={ward.npi}"


def test_a_hospital_without_a_list_leads_to_the_finder(client, ward):
    page = read(client, f"/hospital/{CCN}/kind-hospital/")

    assert link(page, "leave out this hospital") == f"/doctors/?apart_from={CCN}"
    assert "noindex" not in page
    assert link(page, "Cardiology") == f"/doctors/cardiology/?hospital={CCN}"


def test_a_hospital_says_that_it_is_left_out_or_would_be_instead(client, ward):
    kept = f"apart_from={CCN}&back=cardiology"
    own = read(client, f"/hospital/{CCN}/kind-hospital/?{kept}")
    other = read(client, f"/hospital/450100/other-hospital/?{kept}")

    assert "You leave out this hospital" in own
    assert link(own, "Find somebody else") == f"/doctors/cardiology/?apart_from={CCN}"
    assert link(own, "Cardiology") == f"/doctors/cardiology/?hospital={CCN}"
    assert "It takes the place of the hospital that you leave out now." in words(other)
    way = link(other, "leave out this hospital")
    assert way == "/doctors/cardiology/?apart_from=450100"
    its_list = f"/doctors/cardiology/?hospital=450100&apart_from={CCN}"
    assert link(other, "Cardiology") == its_list


def test_a_hospital_of_a_profile_is_left_out_of_the_list_of_its_kind(client, ward):
    free = f"{ward.get_absolute_url()}?compare={ward.npi}"
    near = f"{free}&near=77030"

    for profile, way in (
        (free, f"{LIST}?apart_from={CCN}&compare={ward.npi}"),
        (near, f"/doctors/cardiology/?apart_from={CCN}&compare={ward.npi}&near=77030"),
    ):
        hospital = read(client, link(read(client, profile), "Kind Hospital"))
        assert link(hospital, "leave out this hospital") == way
    plain = read(client, ward.get_absolute_url())
    assert link(plain, "Kind Hospital") == f"/hospital/{CCN}/kind-hospital/"


def test_a_hospital_of_a_comparison_keeps_who_is_compared(client, ward):
    compared = read(client, f"/compare/?doctor={ward.npi}&apart_from=450100")

    hospital = link(compared.partition("<table")[2], "Kind Hospital")

    kept = f"apart_from=450100&compare={ward.npi}"
    assert hospital == f"/hospital/{CCN}/kind-hospital/?{kept}"


@pytest.mark.parametrize("number", ["45S068", "450068"])
def test_a_number_that_means_another_keeps_what_goes_along(client, ward, number):
    response = client.get(f"/hospital/{number}/?near=77030")

    assert response["Location"] == f"/hospital/{CCN}/kind-hospital/?near=77030"


def test_a_search_by_name_keeps_all_that_was_chosen(client, ward):
    kept = {"apart_from": CCN, "compare": ward.npi, "near": "77030"}
    along = f"?apart_from={CCN}&compare={ward.npi}&near=77030"

    finder = client.get("/doctors/", kept).text
    by_name = finder.partition('id="by-name"')[2]
    found = client.get("/doctors/", kept | {"name": "apart"}).text

    assert sent(by_name, "/doctors/#by-name") == kept
    assert "near" not in sent(finder, "/doctors/")  # but in its field
    assert 'name="where" value="77030"' in finder
    assert link(found, "Ada Apart").endswith(f"/ada-apart/{along}")
    named = {name: value for name, value in kept.items() if name != "compare"}
    mine = QueryDict(links(found, "Add to comparison")[0].partition("?")[2])
    assert named.items() <= mine.dict().items()


def test_a_zip_code_typed_for_a_place_goes_along_by_name(client, ward):
    page = client.get("/doctors/", {"where": "Houston, TX 77030"}).text

    by_name = page.partition('id="by-name"')[2]
    assert sent(by_name, "/doctors/#by-name") == {"near": "77030"}
    assert "noindex" in page


def test_people_found_by_name_say_how_they_compare_with_who_is_left_out(client, ward):
    for name, said in (
        ("ward", "The same: hospital"),
        ("apart", "Not the same: address, hospital"),
        ("unknown", "Not the same: address Not known: hospital"),
    ):
        found = client.get("/doctors/", {"name": name, "apart_from": CCN}).text
        assert "also whoever works where Kind Hospital is" in found
        assert f"Compared with your hospital {said}" in words(found)
    assert "The same" not in words(client.get(f"{LIST}?apart_from={CCN}").text)


def test_who_is_gone_keeps_all_that_was_chosen(client, ward):
    cardiology = Specialization.objects.get(slug="cardiology")
    houston = make_place()
    gone = make_doctor("Gone", does=(cardiology,), at=(houston,), retired=True)
    asked = f"/compare/?doctor={ward.npi}&doctor={gone.npi}"

    compared = read(client, f"{asked}&near=77030&apart_from=450100")
    way = link(compared, "Find somebody instead of Ada Gone")
    page = read(client, way, 410)

    along = f"apart_from=450100&compare={ward.npi}"
    assert way == f"{gone.get_absolute_url()}?{along}&near=77030"
    state = "/doctors/cardiology/tx/"
    assert f"{state}?{along}" in links(page, "Cardiologists in Texas")
    assert "Cardiologists in Texas (" not in page  # nobody has counted that list
    assert "near=77030" in link(page, "See the comparison")


def cells(html, heading):
    """Return the words of the row below a heading of the comparison."""
    row = html.partition(heading)[2].partition("</tbody>")[0]
    return [words(cell).strip() for cell in row.split('<td role="cell">')[1:]]


def test_a_comparison_says_who_works_at_the_hospital_that_is_left_out(client, ward):
    npis = {
        name: re.search(r"/doctor/(\d+)/", link(read(client, LIST), name))[1]
        for name in ("Ada Apart", "Ada Unknown")
    }
    two = "&".join(f"doctor={npi}" for npi in npis.values())

    html = read(client, f"/compare/?{two}&doctor={ward.npi}&apart_from={CCN}")

    heading = "Who works apart from Kind Hospital, which you leave out"
    apart, unknown, theirs = cells(html, heading)
    assert "A different institution, as far as the files show" in apart
    assert "Not known: health system" in apart
    assert "whether another institution, the files do not say" in unknown
    assert unknown.endswith("Not known: hospital, health system")
    assert "Not independent The same hospital: Kind Hospital" in theirs
    plain = f"/compare/?{two}&doctor={ward.npi}"
    assert link(html, "Leave nobody out") == plain
    assert "leave out" not in read(client, plain)


def test_the_first_of_a_comparison_is_not_said_to_be_left_out_again(client, ward):
    other = re.search(r"/doctor/(\d+)/", link(read(client, LIST), "Ada Free"))[1]
    first = f"/compare/?doctor={ward.npi}&doctor={other}&apart_from={ward.npi}"
    second = f"/compare/?doctor={other}&doctor={ward.npi}&apart_from={ward.npi}"

    html = read(client, first)
    turned = read(client, second)

    assert "leave out" not in html
    assert len(links(html, ".* without whoever works where Ada Ward")) == 1
    assert f"apart_from={ward.npi}" in link(html, "Somebody else, by kind")
    assert link(html, "Make first Ada Free") == second
    *_, own = cells(turned, "Who works apart from Ada Ward, whom you leave out")
    assert own.endswith("The doctor whose colleagues you leave out")


def test_one_alone_is_compared_with_who_is_left_out(client, ward):
    html = read(client, f"/compare/?doctor={ward.npi}&apart_from={CCN}")

    assert "Not independent" in html
    assert "Who works apart from Ada Ward" not in html


def test_a_number_that_nobody_has_is_left_out_of_nothing(client, ward):
    nobody = with_check_digit("997777777")

    html = read(client, f"/compare/?doctor={ward.npi}&apart_from={nobody}")

    said = f"Your lists leave out nobody. {nobody}: Nobody in the public files has this"
    assert said in html
    assert "You leave out" not in html
    assert not [url for url in links(html) if nobody in url]


@pytest.mark.parametrize(
    "query",
    [
        "apart_from=12",
        "apart_from=450068&apart_from=450068",
        "apart_from=45006é",
        "near=7703",
        "back=//example.org",
        "back=cardiology/tx/houston/more",
        "back=../admin",
        "back=cardiology/",
        f"back={'a' * 201}",
        "compare=12",
    ],
)
def test_what_no_link_gives_is_refused_everywhere(client, ward, query):
    for page in (
        ward.get_absolute_url(),
        f"/hospital/{CCN}/kind-hospital/",
        "/hospitals/",
        "/hospitals/tx/",
    ):
        assert client.get(f"{page}?{query}").status_code == 400, page
    with pytest.raises(BadRequest):
        Along.read(QueryDict(query))


def test_a_mark_on_a_link_is_nobodys_choice(client, ward):
    for page in (ward.get_absolute_url(), f"/hospital/{CCN}/kind-hospital/"):
        response = client.get(f"{page}?utm_source=letter")

        assert "noindex" not in response.text
        assert "utm_source" not in "".join(links(response.text))
