"""The link picker: finding by keyboard, what it writes, what it says when it cannot."""

import re

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from tests.articles.factories import make_guide
from tests.browser.barriers import violations
from tests.browser.editing import open_guide, select
from tests.factories import (
    count_doctors,
    make_doctor,
    make_hospital,
    make_place,
    make_specialization,
)

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
]

LABEL = "A guide, specialization, hospital, doctor or page"
LINKS = "**/admin/articles/article/links/**"


def box_of(editor: Page) -> Locator:
    return editor.get_by_role("combobox", name=LABEL)


def test_the_selected_words_are_the_first_question_and_become_the_link(
    editor: Page,
) -> None:
    make_guide("knee-recovery", title="After a new knee")
    text = open_guide(editor, "Read on about a new knee here.")
    select(text, " new knee")

    text.press("ControlOrMeta+k")
    dialog = editor.get_by_role("dialog", name="Link to")
    box = dialog.get_by_role("combobox")
    expect(box).to_be_focused()
    expect(box).to_have_value("new knee")
    expect(dialog.get_by_role("status")).to_contain_text("1 found")
    editor.keyboard.press("ArrowDown")
    option = dialog.get_by_role("option", selected=True)
    expect(option).to_contain_text("After a new knee")
    expect(box).to_have_attribute(
        "aria-activedescendant", option.get_attribute("id") or "none"
    )
    editor.keyboard.press("Enter")

    written = "Read on about a [new knee](article:knee-recovery) here."
    expect(text).to_have_value(written)
    expect(text).to_be_focused()
    text.press("ControlOrMeta+z")
    expect(text).to_have_value("Read on about a new knee here.")


def test_every_kind_is_found_and_brings_its_own_words(editor: Page) -> None:
    doctor = make_doctor(does=(make_specialization(),), at=(make_place(),))
    hospital = make_hospital("Larkspur Hospital")
    count_doctors()
    text = open_guide(editor, "")
    wanted = {
        "my-guide": "article:my-guide",
        "cardiology": "specialization:cardiology",
        "cardiologists": "doctors:cardiology",
        "cardiologists in texas": "doctors:cardiology/tx",
        "cardiologists in houst": "doctors:cardiology/tx/houston",
        "larkspur": f"hospital:{hospital.ccn}",
        doctor.npi: f"doctor:{doctor.npi}",
        "all hospitals": "page:hospitals",
    }

    for words, target in wanted.items():
        text.fill("")
        text.press("ControlOrMeta+k")
        editor.keyboard.type(words)
        dialog = editor.get_by_role("dialog", name="Link to")
        dialog.get_by_role("option").filter(
            has=editor.get_by_text(target, exact=True)
        ).click()

        expect(text).to_have_value(re.compile(rf"^\[[^\]]+\]\({target}\)$"))
        expect(text).to_be_focused()


def test_escape_gives_the_focus_and_the_selection_back(editor: Page) -> None:
    text = open_guide(editor, "Some words.")
    select(text, "words")

    text.press("ControlOrMeta+k")
    expect(box_of(editor)).to_be_focused()
    editor.keyboard.press("Escape")

    expect(editor.get_by_role("dialog")).to_have_count(0)
    expect(text).to_be_focused()
    assert text.evaluate(
        "field => field.value.slice(field.selectionStart, field.selectionEnd)"
    ) == ("words")
    expect(text).to_have_value("Some words.")


def test_the_button_opens_it_too_and_gets_the_focus_back(editor: Page) -> None:
    open_guide(editor, "Some words.")
    button = editor.get_by_role("button", name="Link", exact=True)

    button.press("Enter")
    expect(box_of(editor)).to_be_focused()
    editor.keyboard.press("Escape")

    expect(button).to_be_focused()


def test_nothing_found_and_a_silent_server_are_said_in_words(
    editor: Page, failing: list[str]
) -> None:
    failing.append("/links/")
    text = open_guide(editor, "")
    text.press("ControlOrMeta+k")
    status = editor.get_by_role("dialog").get_by_role("status")

    editor.keyboard.type("xyzzy")
    expect(status).to_contain_text("Nothing found for “xyzzy”")
    editor.route(LINKS, lambda route: route.abort())
    editor.keyboard.type("y")

    expect(status).to_contain_text("The server does not answer.")
    expect(box_of(editor)).to_have_attribute("aria-expanded", "false")


def test_an_answer_that_comes_too_late_is_dropped(editor: Page) -> None:
    make_guide("first", title="First")
    make_guide("second", title="Second")
    text = open_guide(editor, "")
    held: list[Route] = []

    def hold_the_first(route: Route) -> None:
        if "q=first" in route.request.url:
            held.append(route)
        else:
            route.continue_()

    editor.route(LINKS, hold_the_first)
    text.press("ControlOrMeta+k")
    box = box_of(editor)
    with editor.expect_request(LINKS):
        box.fill("first")
    expect(editor.get_by_role("dialog").get_by_role("status")).to_have_text(
        "Searching…"
    )
    box.press("Enter")
    box.fill("second")
    option = editor.get_by_role("dialog").get_by_role("option")
    expect(option).to_contain_text("article:second")
    for route in held:
        route.abort()

    expect(option).to_contain_text("article:second")
    expect(text).to_have_value("")


def test_one_who_was_logged_out_is_told_so(editor: Page, failing: list[str]) -> None:
    failing += ["/autosave/", "/preview/"]  # they are sent while one types
    text = open_guide(editor, "")
    editor.context.clear_cookies()

    text.press("ControlOrMeta+k")
    editor.keyboard.type("knee")

    status = editor.get_by_role("dialog").get_by_role("status")
    expect(status).to_contain_text("You were logged out.")


def test_an_address_can_be_typed_too(editor: Page) -> None:
    text = open_guide(editor, "See the manual.")
    select(text, "manual")

    text.press("ControlOrMeta+k")
    editor.keyboard.type("https://example.org/a(b)")
    expect(editor.get_by_role("dialog").get_by_role("option")).to_contain_text(
        "This address"
    )
    editor.keyboard.press("Enter")

    expect(text).to_have_value("See the [manual](https://example.org/a%28b%29).")


def test_an_address_of_the_site_says_what_a_link_cannot_keep(editor: Page) -> None:
    text = open_guide(editor, "")

    text.press("ControlOrMeta+k")
    editor.keyboard.type("/articles/knee/#pain")

    option = editor.get_by_role("dialog").get_by_role("option")
    expect(option).to_contain_text("#pain is not kept")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_open_picker_has_no_accessibility_violation(
    editor: Page, scheme: str
) -> None:
    make_guide("knee-recovery", title="After a new knee")
    editor.emulate_media(color_scheme=scheme)
    text = open_guide(editor, "knee")
    select(text, "knee")

    text.press("ControlOrMeta+k")
    expect(editor.get_by_role("dialog").get_by_role("option")).to_have_count(1)
    editor.keyboard.press("ArrowDown")

    assert violations(editor) == []


def test_the_picker_fits_a_small_phone(editor: Page) -> None:
    for number in range(9):
        make_guide(f"knee-{number}", title="A guide with a name that is rather long")
    editor.set_viewport_size({"width": 320, "height": 480})
    text = open_guide(editor, "knee")
    select(text, "knee")

    text.press("ControlOrMeta+k")
    dialog = editor.get_by_role("dialog")
    expect(dialog.get_by_role("option")).to_have_count(8)

    assert dialog.evaluate("box => box.scrollWidth <= box.clientWidth")
    for _ in range(8):
        editor.keyboard.press("ArrowDown")
    expect(dialog.get_by_role("option").last).to_be_in_viewport()
