"""Writing with toolbar and shortcuts: what they write, undo, the keyboard's way."""

import re
from itertools import product
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.editing import open_guide, select

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
]


@pytest.fixture
def text(editor: Page) -> Locator:
    """The text field of a guide's form, with the caret at its end."""
    return open_guide(editor, "Some words.")


SHORTCUTS = {
    "ControlOrMeta+b": "Some **words**.",
    "ControlOrMeta+i": "Some *words*.",
    "ControlOrMeta+Alt+2": "## Some words.",
    "ControlOrMeta+Alt+3": "### Some words.",
    "ControlOrMeta+Shift+8": "- Some words.",
    "ControlOrMeta+Shift+7": "1. Some words.",
    "Alt+Shift+1": "::: emergency\nSome words.\n:::",
    "Alt+Shift+0": "::: key-points\n- Some words.\n:::",
}


def test_a_shortcut_writes_and_one_undo_takes_it_back(text: Locator) -> None:
    for keys, written in SHORTCUTS.items():
        select(text, "words")

        text.press(keys)
        expect(text).to_have_value(written)
        text.press("ControlOrMeta+z")

        expect(text).to_have_value("Some words.")


BUTTONS = {
    "Emergency": "::: emergency\nCall 911 if …\n:::",
    "Urgent": "::: urgent\nCall your doctor today if …\n:::",
    "See a doctor": "::: see-doctor\nMake an appointment if …\n:::",
    "Warning": "::: warning\nWhat can do harm\n:::",
    "Tip": "::: tip\nWhat makes it easier\n:::",
    "Words to say": (
        "::: script\n“I would like a second opinion before I decide.”\n:::"
    ),
    "Checklist": "::: checklist\n- Something to take along\n:::",
    "Do": "::: do\n- Something that helps\n:::",
    "Don’t": "::: dont\n- Something that does not help\n:::",
    "Key points": "::: key-points\n- What to remember\n:::",
    "Table": "| What | When |\n| --- | --- |\n| … | … |",
}


def test_a_button_puts_its_block_behind_the_line(text: Locator) -> None:
    for name, written in BUTTONS.items():
        text.page.get_by_role("button", name=name, exact=True).click()

        expect(text).to_have_value("Some words.\n\n" + written)
        expect(text).to_be_focused()
        text.press("ControlOrMeta+z")
        expect(text).to_have_value("Some words.")


def test_typing_replaces_the_example_in_a_new_block(text: Locator) -> None:
    text.page.get_by_role("button", name="Checklist", exact=True).click()

    text.page.keyboard.type("My pills")

    expect(text).to_have_value("Some words.\n\n::: checklist\n- My pills\n:::")


def test_a_block_around_a_block_takes_more_colons(text: Locator) -> None:
    text.fill("First.\n\n::: tip\nRest.\n:::\n\nLast.")
    select(text, "::: tip\nRest.\n:::")

    text.press("Alt+Shift+4")

    inner = "::: tip\nRest.\n:::"
    expected = f"First.\n\n:::: warning\n{inner}\n::::\n\nLast."
    expect(text).to_have_value(expected)


def test_bold_twice_is_plain_again(text: Locator) -> None:
    select(text, "words")

    text.press("ControlOrMeta+b")
    text.press("ControlOrMeta+b")

    expect(text).to_have_value("Some words.")


def test_italic_and_bold_leave_each_other_in_place(text: Locator) -> None:
    text.fill("Some **bold** and *italic* words.")

    select(text, "bold")
    text.press("ControlOrMeta+i")
    expect(text).to_have_value("Some ***bold*** and *italic* words.")
    text.press("ControlOrMeta+b")
    expect(text).to_have_value("Some *bold* and *italic* words.")
    select(text, "italic")
    text.press("ControlOrMeta+b")
    expect(text).to_have_value("Some *bold* and ***italic*** words.")
    text.press("ControlOrMeta+i")
    expect(text).to_have_value("Some *bold* and **italic** words.")


def test_lines_that_part_paragraphs_become_no_entries(text: Locator) -> None:
    text.fill("One.\n\nTwo.")

    text.press("ControlOrMeta+a")
    text.press("ControlOrMeta+Shift+8")
    expect(text).to_have_value("- One.\n\n- Two.")
    text.press("ControlOrMeta+Shift+8")
    expect(text).to_have_value("One.\n\nTwo.")
    text.fill("")
    text.press("ControlOrMeta+Alt+2")
    expect(text).to_have_value("## ")


def test_the_toolbar_is_one_stop_and_arrows_lead_through_it(text: Locator) -> None:
    keyboard = text.page.keyboard
    focused = text.page.locator(":focus")
    text.press("Shift+Tab")
    expect(focused).to_have_text("Bold")

    keyboard.press("ArrowLeft")
    expect(focused).to_have_text("Key points")
    keyboard.press("ArrowRight")
    keyboard.press("ArrowRight")
    expect(focused).to_have_text("Italic")
    keyboard.press("Tab")
    expect(text).to_be_focused()
    keyboard.press("Shift+Tab")

    expect(focused).to_have_text("Italic")


def test_the_preview_is_as_wide_as_a_phone_or_a_desk(text: Locator) -> None:
    frame = text.page.locator("iframe.editor-preview__frame")
    width = "frame => frame.contentWindow.innerWidth"
    assert frame.evaluate(width) == 390

    text.page.get_by_label("Desktop").check()

    assert frame.evaluate(width) == 1280
    stage = text.page.locator(".editor-preview__stage").bounding_box()
    assert frame.bounding_box()["width"] <= stage["width"]


def test_the_preview_scrolls_along(text: Locator) -> None:
    text.fill("\n\n".join(f"Paragraph {number}." for number in range(200)))
    preview = text.page.frame_locator("iframe.editor-preview__frame")
    expect(preview.locator(".prose")).to_contain_text("Paragraph 199.")

    text.evaluate("field => field.scrollTo(0, field.scrollHeight / 2)")

    expect(preview.get_by_text("Paragraph 105.")).to_be_in_viewport()
    expect(preview.get_by_text("Paragraph 199.")).not_to_be_in_viewport()


def test_the_keys_are_those_that_the_guide_for_editors_teaches(text: Locator) -> None:
    page = (Path(__file__).resolve().parents[2] / "docs" / "editors.md").read_text()
    taught = re.findall(r"^\| ([^|]+) \| ((?:Ctrl|Alt)\+[^|]+) \|$", page, re.MULTILINE)

    titles = text.page.locator(".editor-toolbar button[title]").evaluate_all(
        "buttons => buttons.map((button) => button.title)"
    )

    assert titles == [f"{name} ({keys})" for name, keys in taught]


def test_text_and_preview_fit_into_any_window(text: Locator) -> None:
    parts = ("#id_source", ".editor-toolbar", ".editor-preview__stage")
    for width, part in product((320, 768, 1280), parts):
        text.page.set_viewport_size({"width": width, "height": 800})

        box = text.page.locator(part).bounding_box()

        assert box["width"] > 200, (width, part)
        assert box["x"] + box["width"] <= width, (width, part)
