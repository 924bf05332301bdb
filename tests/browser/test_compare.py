"""From a guide to two independent doctors on one sheet of paper."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from directory.models import Location, Practitioner, Specialization
from tests.articles.factories import make_guide
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

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
]

LONG = "Wolfeschlegelsteinhausenbergerdorff-Featherstonehaugh"
NOTE = (
    "The hospital reported too few measures for CMS to work out a rating. "
    "That is common for small and specialized hospitals."
)

FINGER = 24
NINE_POINTS = 12  # in pixels
BEFORE = "part => getComputedStyle(part, '::before').content"
LETTERS_END = """part => {
  const letters = document.createRange();
  letters.selectNodeContents(part.firstChild);
  return letters.getBoundingClientRect().bottom;
}"""


@pytest.fixture
def houston(transactional_db):
    """Return a hospital where one cardiologist works; three work elsewhere."""
    cardiology = make_specialization()
    place = make_place()
    theirs = make_hospital("Kind Hospital", place)
    make_doctor("Colleague", does=(cardiology,), at=(place,), hospitals=(theirs,))
    for name in ("Apart", "Elsewhere", "Far"):
        other = make_hospital(f"{name} Hospital", place)
        make_doctor(name, does=(cardiology,), at=(place,), hospitals=(other,))
    make_doctor("Distant", does=(cardiology,), at=(make_place("Dallas"),))
    make_guide("opinions", "See the [cardiologist directory](doctors:cardiology).")
    count_doctors()
    return theirs


@pytest.fixture
def crowded(transactional_db) -> list[Practitioner]:
    """Return four doctors with more addresses and longer names than there is room."""
    kinds = [
        make_specialization(f"{name} medicine", f"{name} specialist")
        for name in ("Interventional", "Advanced heart failure", "Electrical")
    ]
    found = []
    for number in range(4):
        name = f"{LONG} Medical Center {number}"
        hospitals = tuple(
            make_hospital(f"{name}{n}", rating=None, rating_note=NOTE) for n in range(5)
        )
        doctor = make_doctor(
            LONG,
            "Maximiliana-Philippina",
            middle_name="Theodora",
            does=tuple(kinds),
            hospitals=hospitals,
            medical_school="University of the Larkspur Valley College of Medicine",
        )
        for n in range(5):
            street = f"{number}{n} Featherstonehaugh Boulevard Northwest"
            where = make_location(line_1=street)
            make_practice(doctor, where, organization=make_group(f"{name} Group {n}"))
        found.append(doctor)
    return found


def sheets(page: Page) -> int:
    """Return how many sheets of paper the page takes."""
    return len(re.findall(rb"/Type /Page\b", page.pdf()))


def overflow(page: Page) -> int:
    """Return by how many pixels the page is wider than the window."""
    wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    return page.evaluate(wide)


def test_from_a_guide_to_two_independent_doctors_on_paper(page: Page, houston) -> None:
    page.goto("/articles/opinions/")
    page.get_by_role("link", name="cardiologist directory").click()
    expect(page.locator("h1")).to_have_text("Cardiologists")

    page.get_by_text("Near a ZIP code, by name, and more").click()
    page.get_by_label("Leave out whoever works where").fill(houston.ccn)
    page.get_by_role("button", name="Show", exact=True).click()
    expect(page.locator("#apart")).to_contain_text("Kind Hospital")
    page.locator("#narrow").get_by_role("link", name="Texas").click()
    page.locator("#narrow").get_by_role("link", name="Houston").click()
    expect(page.locator("h1")).to_contain_text("Houston")
    expect(page.locator(".doctors")).not_to_contain_text("Colleague")

    for name in ("Apart", "Elsewhere"):
        page.get_by_role("link", name=f"Add to comparison Ada {name}").click()
    shortlist = page.get_by_role("region", name="Your comparison")
    expect(shortlist).to_contain_text("To compare: Ada Apart, Ada Elsewhere.")
    shortlist.get_by_role("link", name="Compare").click()

    table = page.get_by_role("table", name="Doctors side by side")
    expect(table.get_by_role("columnheader")).to_have_count(2)
    expect(table).to_contain_text("A different institution, as far as the files show")
    page.emulate_media(media="print")
    expect(page.locator("main form")).to_be_hidden()
    expect(table.get_by_role("link", name="Remove")).to_have_count(0)
    assert sheets(page) == 1


def test_who_is_left_out_is_short_on_a_phone_and_said_whole_on_paper(
    page: Page, houston
) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"/doctors/cardiology/tx/houston/?apart_from={houston.ccn}")
    notice = page.locator("section", has=page.locator("#apart"))
    limits = notice.get_by_text("No public file shows who owns a practice")

    assert notice.bounding_box()["height"] < 844 / 2
    expect(notice).to_contain_text("1 is left out of this list")
    expect(notice.get_by_role("link", name="Show everybody again")).to_be_visible()
    expect(limits).to_be_hidden()
    notice.get_by_text("Why, and what no file shows").click()
    expect(limits).to_be_visible()
    expect(limits).to_contain_text("release 2026-02")
    notice.get_by_text("Why, and what no file shows").click()
    expect(limits).to_be_hidden()
    page.emulate_media(media="print")
    expect(limits).to_be_visible()


def test_paper_has_the_filters_of_a_list_and_nothing_to_click(
    page: Page, houston
) -> None:
    make_zip_code("77030")
    page.goto(f"/doctors/cardiology/?near=77030&apart_from={houston.ccn}")
    page.emulate_media(media="print")

    filters = page.get_by_role("list", name="Filters that are on")
    expect(filters.get_by_text("Near 77030")).to_be_visible()
    expect(filters.get_by_text("×")).to_be_hidden()
    expect(page.get_by_role("link", name="Show everybody again")).to_have_count(0)


def test_paper_has_addresses_and_no_link_to_a_map(page: Page, houston) -> None:
    Location.objects.update(latitude=29.7, longitude=-95.4)
    doctor = Practitioner.objects.get(last_name="Apart")
    for one in (doctor, houston):
        page.emulate_media(media="screen")
        page.goto(one.get_absolute_url())
        expect(page.get_by_role("link", name="in a map app")).to_be_visible()
        page.emulate_media(media="print")

        expect(page.get_by_role("link", name="in a map app")).to_have_count(0)
        street = page.locator("dd, address").filter(has_text="Larkspur Lane")
        expect(street.first).to_be_visible()


def test_four_doctors_with_long_names_fit_a_sheet_and_a_phone(
    page: Page, crowded
) -> None:
    numbers = "&".join(f"doctor={doctor.npi}" for doctor in crowded)
    page.goto(f"/compare/?{numbers}")
    page.emulate_media(media="print")
    assert sheets(page) == 1

    page.emulate_media(media="screen")
    page.set_viewport_size({"width": 390, "height": 800})
    assert overflow(page) == 0
    expect(page.locator(".comparison__who").first).to_be_visible()
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        assert Axe().run(page).response["violations"] == []
    page.set_viewport_size({"width": 1280, "height": 800})
    assert overflow(page) == 0
    expect(page.locator(".comparison__who").first).to_be_hidden()


def test_two_doctors_are_printed_in_letters_that_can_be_read(
    page: Page, crowded
) -> None:
    numbers = "&".join(f"doctor={doctor.npi}" for doctor in crowded[:2])
    page.goto(f"/compare/?{numbers}")
    page.emulate_media(media="print")

    size = page.locator(".comparison td p").first.evaluate(
        "text => parseFloat(getComputedStyle(text).fontSize)"
    )
    assert size >= NINE_POINTS


def test_one_doctor_alone_is_named_once_on_a_phone(page: Page, crowded) -> None:
    page.set_viewport_size({"width": 390, "height": 800})
    page.goto(f"/compare/?doctor={crowded[0].npi}")

    expect(page.locator(".comparison__name")).to_be_visible()
    expect(page.locator(".comparison__who").first).to_be_hidden()


def test_two_busy_doctors_in_larger_letters_fit_a_sheet(
    page: Page, transactional_db
) -> None:
    numbers = []
    for name in ("Busy", "Busier"):
        centers = [f"{name} Valley Regional Center {number}" for number in range(4)]
        hospitals = tuple(
            make_hospital(one, rating=None, rating_note=NOTE) for one in centers
        )
        doctor = make_doctor(name, hospitals=hospitals)
        for one in centers:
            make_practice(doctor, organization=make_group(f"{one} Associates"))
        numbers.append(f"doctor={doctor.npi}")
    page.goto(f"/compare/?{'&'.join(numbers)}")

    assert sheets(page) == 1


def test_what_stands_beside_a_doctor_is_on_one_line(page: Page, crowded) -> None:
    numbers = "&".join(f"doctor={doctor.npi}" for doctor in crowded[:2])
    page.goto(f"/compare/?{numbers}")
    acts = page.locator(".comparison__acts").first

    first = acts.get_by_text("The first").evaluate(LETTERS_END)
    remove = acts.get_by_role("link", name="Remove").evaluate(LETTERS_END)

    assert abs(first - remove) <= 1


def test_adding_to_the_comparison_is_as_high_as_a_finger(page: Page, houston) -> None:
    page.set_viewport_size({"width": 390, "height": 800})
    page.goto("/doctors/cardiology/tx/houston/")

    link = page.get_by_role("link", name="Add to comparison").first
    assert link.bounding_box()["height"] >= FINGER


def test_a_doctor_added_to_an_open_comparison_is_not_lost_again(
    page: Page, houston
) -> None:
    """The address of the list knows the first doctor alone, the browser both."""
    page.goto("/doctors/cardiology/tx/houston/")
    page.get_by_role("link", name="Add to comparison Ada Apart").click()
    shortlist = page.get_by_role("region", name="Your comparison")
    shortlist.get_by_role("link", name="Compare").click()
    page.get_by_role("link", name="Cardiologists in Houston, Texas", exact=True).click()

    page.get_by_role("link", name="Add to comparison Ada Far").click()

    expect(page.get_by_text("You compare 1 doctor")).to_be_hidden()
    shortlist.get_by_role("link", name="Compare").click()
    expect(page.get_by_role("columnheader")).to_have_count(2)


def test_a_long_name_does_not_widen_a_phone(page: Page, houston) -> None:
    page.set_viewport_size({"width": 320, "height": 640})

    page.goto(f"/doctors/cardiology/?name={LONG.replace('-', '')}")

    assert overflow(page) == 0


def test_a_long_word_does_not_widen_a_phone_with_letters_twice_as_large(
    page: Page, houston
) -> None:
    word = LONG.replace("-", "")
    doctor = make_doctor(
        word,
        does=(Specialization.objects.get(slug="cardiology"),),
        at=(make_location(line_1=f"12 {word} Street"),),
        hospitals=(make_hospital(f"{word} Hospital"),),
    )
    make_practice(doctor, organization=make_group(f"{word} Heart Group"))
    count_doctors()
    page.set_viewport_size({"width": 390 // 2, "height": 640})

    for address in (
        doctor.get_absolute_url(),
        f"/report/doctor/{doctor.npi}/",
        "/doctors/cardiology/",
        f"/doctors/cardiology/?apart_from={doctor.npi}",
    ):
        page.goto(address)
        expect(page.get_by_text(word).first).to_be_visible()
        assert overflow(page) == 0, address


def test_the_shortlist_stays_in_the_browser_and_can_be_emptied(
    page: Page, houston
) -> None:
    page.goto("/doctors/cardiology/tx/houston/")
    for name in ("Apart", "Colleague", "Elsewhere"):
        page.get_by_role("link", name=f"Add to comparison Ada {name}").dblclick()
    page.get_by_role("link", name="Remove from comparison Ada Colleague").click()

    page.goto("/doctors/?name=far")
    shortlist = page.get_by_role("region", name="Your comparison")
    expect(shortlist).to_contain_text("To compare: Ada Apart, Ada Elsewhere.")
    page.get_by_role("link", name="Ada Far", exact=True).click()
    page.get_by_role("link", name="Add to comparison Ada Far").click()
    shortlist.get_by_role("link", name="Compare").click()
    page.get_by_role("link", name="Remove Ada Apart").click()
    expect(page.get_by_role("columnheader")).to_have_count(2)

    page.goto("/compare/")
    expect(shortlist).to_contain_text("To compare: Ada Elsewhere, Ada Far.")
    shortlist.get_by_role("button", name="Empty it").click()
    expect(shortlist).to_be_hidden()
    assert page.evaluate("localStorage.length") == 0
    assert page.context.cookies() == []


def test_a_link_opened_in_another_tab_has_who_was_added_before(
    page: Page, houston
) -> None:
    """With Ctrl, or by a long press on a phone."""
    make_zip_code("77030")
    page.goto("/doctors/cardiology/tx/houston/")
    page.get_by_role("link", name="Add to comparison Ada Apart").click()
    npi = Practitioner.objects.get(last_name="Far").npi
    page.goto(f"/doctor/{npi}/?near=77030")

    with page.context.expect_page() as opened:
        page.get_by_role("link", name="Add to comparison Ada Far").click(
            modifiers=["Control"]
        )
    tab = opened.value

    expect(tab.get_by_role("columnheader")).to_have_count(2)
    expect(tab.get_by_role("rowheader", name="ZIP code 77030")).to_be_visible()
    removal = page.get_by_role("link", name="Remove from comparison Ada Far")
    expect(removal).to_be_visible()
    apart = Practitioner.objects.get(last_name="Apart").npi
    expect(removal).to_have_attribute("href", f"/compare/?doctor={apart}&near=77030")
    removal.click()
    way = page.get_by_role("region", name="Your comparison").get_by_role("link")
    expect(way).to_have_attribute("href", f"/compare/?doctor={apart}&near=77030")


def test_a_comparison_begins_with_whom_a_list_stays_apart_from(
    page: Page, houston
) -> None:
    first = Practitioner.objects.get(last_name="Colleague")
    page.goto(f"/doctors/cardiology/tx/houston/?apart_from={first.npi}")
    shortlist = page.get_by_role("region", name="Your comparison")

    page.get_by_role("link", name="Add to comparison Ada Apart").click()
    expect(shortlist).to_contain_text("To compare: Ada Colleague, Ada Apart.")
    page.get_by_role("link", name="Remove from comparison Ada Colleague").click()
    page.get_by_role("link", name="Add to comparison Ada Far").click()
    expect(shortlist).to_contain_text("To compare: Ada Apart, Ada Far.")


def test_without_script_one_looks_at_a_doctor_and_comes_back(
    page: Page, browser: Browser, live_server, houston
) -> None:
    plain = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    page = plain.new_page()
    two = [Practitioner.objects.get(last_name=name) for name in ("Apart", "Far")]
    comparison = "/compare/?" + "&".join(f"doctor={one.npi}" for one in two)
    page.goto(comparison)

    page.get_by_role("link", name="Ada Far", exact=True).press("Enter")
    expect(page.locator("h1")).to_have_text("Ada Far")
    page.get_by_role("link", name="In your comparison Ada Far: see it").press("Enter")

    expect(page).to_have_url(live_server.url + comparison)


@pytest.mark.parametrize("has_scripts", [True, False], ids=["script", "no script"])
def test_paper_says_who_is_in_the_comparison(
    page: Page, browser: Browser, live_server, houston, has_scripts
) -> None:
    npi = Practitioner.objects.get(last_name="Far").npi
    page = browser.new_context(
        base_url=live_server.url, java_script_enabled=has_scripts
    ).new_page()
    page.goto(f"/compare/?doctor={npi}")
    page.goto(f"/doctors/cardiology/tx/houston/?compare={npi}")
    name = "Remove from" if has_scripts else "In your"
    expect(page.get_by_role("link", name=f"{name} comparison Ada Far")).to_be_visible()

    page.emulate_media(media="print")

    expect(page.get_by_role("link", name="comparison")).to_have_count(0)
    said = page.locator(".compare-link").filter(visible=True)
    expect(said).to_have_count(1)
    assert said.evaluate(BEFORE) == '"In your comparison"'


def test_a_comparison_from_elsewhere_is_not_lost_by_adding(page: Page, houston) -> None:
    """Somebody sent the address of a list: this browser keeps nothing yet."""
    first = Practitioner.objects.get(last_name="Apart")
    page.goto(f"/doctors/cardiology/tx/houston/?compare={first.npi}")
    expect(page.get_by_text("You compare 1 doctor")).to_be_visible()
    mine = page.get_by_role("link", name="In your comparison Ada Apart: see it")
    expect(mine).to_be_visible()

    page.get_by_role("link", name="Add to comparison Ada Far").click()

    expect(page.get_by_role("columnheader")).to_have_count(2)
    page.go_back()
    expect(mine).to_be_hidden()
    page.get_by_role("link", name="Remove from comparison Ada Apart").click()
    shortlist = page.get_by_role("region", name="Your comparison")
    expect(shortlist).to_contain_text("To compare: Ada Far.")


def test_an_empty_comparison_begins_anew_with_whoever_is_added(
    page: Page, houston
) -> None:
    first = Practitioner.objects.get(last_name="Apart")
    page.goto(f"/compare/?doctor={first.npi}")
    page.goto(f"/doctors/cardiology/tx/houston/?compare={first.npi}")
    shortlist = page.get_by_role("region", name="Your comparison")
    shortlist.get_by_role("button", name="Empty it").click()

    page.get_by_role("link", name="Add to comparison Ada Apart").click()
    page.get_by_role("link", name="Remove from comparison Ada Apart").click()
    page.get_by_role("link", name="Add to comparison Ada Far").click()

    expect(shortlist).to_contain_text("To compare: Ada Far.")


CHOOSE = """names => localStorage.setItem("second-voice-comparison", JSON.stringify(
    names.map((name, index) => ({ npi: `99000000${index}0`, name }))))"""
BEHIND = """() => {
    const bar = document.querySelector("doctor-shortlist");
    const focused = document.activeElement;
    return focused !== document.body && !bar.contains(focused)
        && focused.getBoundingClientRect().bottom > bar.getBoundingClientRect().top
        && focused.textContent;
}"""


def test_nothing_that_has_the_focus_is_behind_a_long_shortlist(
    page: Page, houston
) -> None:
    page.emulate_media(reduced_motion="reduce")
    page.set_viewport_size({"width": 320, "height": 700})
    page.goto("/doctors/cardiology/tx/houston/")
    page.evaluate(CHOOSE, [f"Maximiliana-Philippina {LONG}"] * 4)
    page.reload()
    shortlist = page.get_by_role("region", name="Your comparison")
    expect(shortlist).to_contain_text(LONG)

    for _ in range(30):
        page.keyboard.press("Tab")
        assert not page.evaluate(BEHIND)

    shortlist.get_by_role("button", name="Empty it").press("Enter")
    expect(shortlist).to_be_hidden()
    expect(page.locator("#content")).to_be_focused()


def test_coming_back_to_a_comparison_makes_it_the_choice_again(
    page: Page, houston
) -> None:
    page.goto("/doctors/cardiology/tx/houston/")
    for name in ("Apart", "Elsewhere"):
        page.get_by_role("link", name=f"Add to comparison Ada {name}").click()
    page.get_by_role("link", name="Compare", exact=True).click()
    page.get_by_role("link", name="Remove Ada Apart").click()
    expect(page.get_by_role("columnheader")).to_have_count(1)

    page.go_back()
    expect(page.get_by_role("columnheader")).to_have_count(2)
    # what a browser does that kept the page as it was
    page.evaluate("""() => {
        localStorage.removeItem("second-voice-comparison");
        dispatchEvent(new PageTransitionEvent("pageshow", { persisted: true }));
    }""")
    page.goto("/doctors/cardiology/tx/houston/")

    shortlist = page.get_by_role("region", name="Your comparison")
    expect(shortlist).to_contain_text("To compare: Ada Apart, Ada Elsewhere.")
