"""Pictures by button, paste and drop: nothing goes in without an answer about it."""

import base64
import re
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.articles.test_images import SVG, picture
from tests.browser.barriers import violations
from tests.browser.editing import open_guide, select

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
]

STORED = "/media/images/[0-9a-f]{16}"


@pytest.fixture(autouse=True)
def _media(settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


def png(width: int) -> dict[str, object]:
    """Return a file to choose; another width is another picture."""
    content = picture("PNG", size=(width, 60))
    return {"name": f"{width}.png", "mimeType": "image/png", "buffer": content}


def dialog_of(page: Page) -> Locator:
    return page.get_by_role("dialog", name="Picture")


def insert(page: Page) -> None:
    dialog_of(page).get_by_role("button", name="Insert picture").click()


def test_a_picture_goes_in_once_it_is_said_what_it_shows(editor: Page) -> None:
    text = open_guide(editor, "First.\n\nLast.")
    select(text, "First.")
    dialog = dialog_of(editor)
    fault = dialog.get_by_role("alert")

    editor.get_by_role("button", name="Picture").press("Enter")
    expect(dialog.get_by_label("File")).to_be_focused()
    insert(editor)
    expect(fault).to_have_text("Choose a file first.")
    dialog.get_by_label("File").set_input_files([png(80)])
    expect(dialog.get_by_role("status")).to_have_text("80.png is uploaded.")
    expect(dialog.locator("img")).to_have_js_property("naturalWidth", 80)
    insert(editor)
    expect(fault).to_contain_text("Say what the picture shows")
    dialog.get_by_label("It shows this").check()
    insert(editor)
    expect(fault).to_have_text("Write what the picture shows.")
    expect(dialog.get_by_label("What the picture shows")).to_be_focused()
    editor.keyboard.type("A [new] knee")
    dialog.get_by_label("Caption").fill('Two "days" later')
    editor.keyboard.press("Enter")

    line = rf"!\[A \\\[new\\\] knee\]\({STORED}/80x60\.png \"Two \\\"days\\\" later\"\)"
    expect(text).to_have_value(re.compile(rf"^First\.\n\n{line}\n\nLast\.$"))
    expect(text).to_be_focused()
    shown = editor.frame_locator("iframe.editor-preview__frame").locator("figure img")
    expect(shown).to_have_attribute("alt", "A [new] knee")
    text.press("ControlOrMeta+z")
    expect(text).to_have_value("First.\n\nLast.")


DROP = """(field, [kind, files, texts]) => {
    const data = new DataTransfer();
    for (const [type, words] of Object.entries(texts)) data.setData(type, words);
    for (const [name, type, content] of files) {
        const bytes = Uint8Array.from(atob(content), (each) => each.charCodeAt(0));
        data.items.add(new File([bytes], name, { type }));
    }
    const init = { bubbles: true, cancelable: true };
    const event = kind === "paste"
        ? new ClipboardEvent("paste", { ...init, clipboardData: data })
        : new DragEvent("drop", { ...init, dataTransfer: data });
    return !field.dispatchEvent(event);
}"""


def give(
    text: Locator,
    kind: str,
    *files: dict[str, object],
    texts: dict[str, str] | None = None,
) -> bool:
    """Paste or drop files; return whether the page took them."""
    sent = [
        [file["name"], file["mimeType"], base64.b64encode(file["buffer"]).decode()]
        for file in files
    ]
    return text.evaluate(DROP, [kind, sent, texts or {}])


def test_a_pasted_picture_that_decorates_has_no_words(editor: Page) -> None:
    text = open_guide(editor, "")

    assert give(text, "paste", png(90))
    expect(dialog_of(editor).get_by_role("status")).to_have_text("90.png is uploaded.")
    dialog_of(editor).get_by_label("It only decorates").check()
    insert(editor)

    expect(text).to_have_value(re.compile(rf"^!\[\]\({STORED}/90x60\.png\)$"))


def test_dropped_pictures_are_asked_about_one_after_the_other(editor: Page) -> None:
    text = open_guide(editor, "Words.")
    dialog = dialog_of(editor)

    assert give(text, "drop", png(70), png(75))
    for width in (70, 75):
        expect(dialog.get_by_role("status")).to_have_text(f"{width}.png is uploaded.")
        expect(dialog.get_by_label("What the picture shows")).to_be_focused()
        editor.keyboard.type(f"Picture {width}")
        editor.keyboard.press("Enter")

    lines = [rf"!\[Picture {width}\]\({STORED}/{width}x60\.png\)" for width in (70, 75)]
    expect(text).to_have_value(
        re.compile("^" + r"\n\n".join([r"Words\.", *lines]) + "$")
    )


def test_what_is_refused_is_said_in_words_and_another_file_may_follow(
    editor: Page, failing: list[str]
) -> None:
    failing.append("/images/")
    text = open_guide(editor, "Words.")
    dialog = dialog_of(editor)
    fault = dialog.get_by_role("alert")

    name = f"{'a' * 200}.svg"  # as a chat gives them
    give(text, "drop", {"name": name, "mimeType": "image/svg+xml", "buffer": SVG})
    expect(fault).to_contain_text(f"{name} is not uploaded. This is no JPEG, PNG or")
    assert dialog.evaluate("box => box.scrollWidth <= box.clientWidth")
    dialog.get_by_label("File").set_input_files([png(70)])
    expect(dialog.get_by_role("status")).to_have_text("70.png is uploaded.")
    expect(fault).to_be_empty()
    editor.context.clear_cookies()
    dialog.get_by_label("File").set_input_files([png(75)])
    expect(fault).to_contain_text("75.png is not uploaded.")
    expect(fault).to_contain_text("you were logged out")
    editor.keyboard.press("Escape")

    expect(text).to_be_focused()
    expect(text).to_have_value("Words.")


def test_words_that_come_with_a_picture_of_them_are_pasted(editor: Page) -> None:
    text = open_guide(editor, "")
    words = {"text/plain": "Word", "text/html": "<p>A <b>word</b></p>"}

    assert give(text, "paste", png(70), texts=words)
    expect(text).to_have_value("A **word**")
    assert give(text, "paste", png(70), texts={"text/plain": "70.png"})

    expect(dialog_of(editor)).to_be_visible()


def test_text_that_is_dropped_is_left_to_the_browser(editor: Page) -> None:
    text = open_guide(editor, "Words.")

    assert not give(text, "drop")
    assert not give(text, "paste")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_open_dialog_has_no_accessibility_violation(
    editor: Page, scheme: str
) -> None:
    editor.emulate_media(color_scheme=scheme)
    text = open_guide(editor, "Words.")

    give(text, "drop", png(70))
    expect(dialog_of(editor).get_by_role("status")).to_have_text("70.png is uploaded.")
    insert(editor)

    assert violations(editor) == []
