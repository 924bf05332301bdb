"""What happens to what is pasted and dropped into a text."""

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.editing import open_guide, select

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
]

PASTE = """(field, [text, html]) => {
    const data = new DataTransfer();
    data.setData("text/plain", text.replace("SITE", location.origin));
    if (html) data.setData("text/html", html);
    const event = { clipboardData: data, bubbles: true, cancelable: true };
    const isLeft = field.dispatchEvent(new ClipboardEvent("paste", event));
    return !isLeft;
}"""


def paste(field: Locator, text: str, html: str = "") -> bool:
    """Paste as a program would; return whether the page took it into its hands."""
    return field.evaluate(PASTE, [text, html])


IS_ON_TOP = """element => {
    const { left, top } = element.getBoundingClientRect();
    return document.elementFromPoint(left + 9, top + 9) === element;
}"""

COPY = """async ([html, text]) => navigator.clipboard.write([new ClipboardItem({
    "text/html": new Blob([html], { type: "text/html" }),
    "text/plain": new Blob([text], { type: "text/plain" }),
})])"""


def test_the_keys_paste_with_form_and_undo_and_with_shift_plain(editor: Page) -> None:
    editor.context.grant_permissions(["clipboard-read", "clipboard-write"])
    text = open_guide(editor, "Some words.")
    html = "<h1>Before</h1><ul><li>one</li><li><b>two</b></li></ul>"
    editor.evaluate(COPY, [html, "Before one two"])

    text.press("ControlOrMeta+v")
    written = "Some words.\n\n## Before\n\n- one\n- **two**"
    expect(text).to_have_value(written)
    text.press("ControlOrMeta+z")
    expect(text).to_have_value("Some words.")
    text.press("ControlOrMeta+Shift+z")
    expect(text).to_have_value(written)
    text.press("ControlOrMeta+z")
    text.press("ControlOrMeta+Shift+v")

    expect(text).to_have_value("Some words.Before one two")


TIMED_PASTE = """(field, html) => {
    const data = new DataTransfer();
    data.setData("text/html", html);
    const event = { clipboardData: data, bubbles: true, cancelable: true };
    const begun = performance.now();
    field.dispatchEvent(new ClipboardEvent("paste", event));
    return performance.now() - begun;
}"""


def test_a_long_document_is_pasted_at_once_and_one_undo_takes_it_back(
    editor: Page,
) -> None:
    text = open_guide(editor, "Some words.")
    entries = [f"Take <b>{number}</b> &lt;b> R&amp;D\t" for number in range(1500)]
    html = f"<ul><li>{'<li>'.join(entries)}</ul>"

    taken_ms = text.evaluate(TIMED_PASTE, html)

    lines = "\n".join(f"- Take **{number}** <b> R&D" for number in range(1500))
    expect(text).to_have_value(f"Some words.\n\n{lines}")
    assert taken_ms < 2000
    text.press("ControlOrMeta+z")
    expect(text).to_have_value("Some words.")


def test_shift_pastes_plain_where_the_browser_shows_the_form_too(editor: Page) -> None:
    text = open_guide(editor, "Some words.")
    html = "<p>very <b>so</b></p>"

    text.dispatch_event("keydown", {"key": "V", "ctrlKey": True, "shiftKey": True})

    assert not paste(text, "very so", html)
    assert paste(text, "very so", html)
    text.press("Shift+V")
    assert paste(text, "very so", html), "as by the mouse, after a capital letter"


# Of HTML that ends in a line break, WebKit leaves that one out.
LIKE_WEBKIT = """() => {
    const does = document.execCommand;
    document.execCommand = (name, shows, text) => {
        const written = name === "insertHTML" ? text.replace(/\\n$/, "") : text;
        return does.call(document, name, shows, written);
    };
}"""


def test_a_long_document_before_other_words_can_be_undone_in_webkit_too(
    editor: Page,
) -> None:
    text = open_guide(editor, "First. End.")
    text.evaluate("field => field.setSelectionRange(6, 6)")
    editor.evaluate(LIKE_WEBKIT)

    assert paste(text, "", "<p><b>Again</b> and again.</p>" * 200)

    pasted = "\n\n".join(["**Again** and again."] * 200)
    expect(text).to_have_value(f"First.\n\n{pasted}\n\n End.")
    text.press("ControlOrMeta+z")
    text.press("ControlOrMeta+z")
    expect(text).to_have_value("First. End.")


def test_words_go_into_the_line_and_blocks_between_lines(editor: Page) -> None:
    text = open_guide(editor, "First here last.\n\nEnd.")
    select(text, "here")

    assert paste(text, "so", "<p>very <b>so</b></p>")
    expect(text).to_have_value("First very **so** last.\n\nEnd.")
    select(text, " last.")
    assert paste(text, "a\nb", "<p>a</p><p>b</p>")

    expect(text).to_have_value("First very **so**\n\na\n\nb\n\nEnd.")


def test_what_has_no_form_is_left_to_the_browser(editor: Page) -> None:
    text = open_guide(editor, "Some words.")

    assert not paste(text, "plain")
    assert not paste(text, "# x", "<pre># x</pre>")
    assert not paste(text, "https://example.org/")
    assert not paste(text, "/")
    assert not paste(text, "SITE/topics/hearts/")
    assert not paste(text, "//example.org/articles/knee/")


ADDRESSES = {
    "SITE/articles/knee-recovery/": "[knee recovery](article:knee-recovery)",
    "/articles/knee-recovery.md": "[knee recovery](article:knee-recovery)",
    "SITE/specializations/cardiology/?a=b#c": "[cardiology](specialization:cardiology)",
    "/doctors/cardiology/": "[cardiology](doctors:cardiology)",
    "/doctors/cardiology/tx/houston/": (
        "[cardiology in houston](doctors:cardiology/tx/houston)"
    ),
    "/hospital/450068/larkspur-hospital/": "[larkspur hospital](hospital:450068)",
    "/doctor/9912345678/ada-example/": "[ada example](doctor:9912345678)",
    "/about/privacy/": "[privacy](page:privacy)",
    "SITE/hospitals/": "[hospitals](page:hospitals)",
}


def test_an_address_of_the_site_becomes_its_link(editor: Page) -> None:
    text = open_guide(editor, "")

    for address, link in ADDRESSES.items():
        text.fill("")
        assert paste(text, address), address
        expect(text).to_have_value(link)
    editor.keyboard.type("our policy")

    expect(text).to_have_value("[our policy](page:hospitals)")


def test_what_a_link_to_the_site_cannot_keep_is_said(editor: Page) -> None:
    text = open_guide(editor, "")
    said = editor.get_by_text("The link leads to the page itself")

    assert paste(text, "SITE/articles/knee/#pain")
    expect(text).to_have_value("[knee](article:knee)")
    expect(said).to_have_text("The link leads to the page itself: #pain is not kept.")
    text.press("x")
    expect(said).to_have_count(0)
    assert paste(text, "/doctors/cardiology/?near=77030")
    expect(said).to_contain_text("?near=77030 is not kept")
    assert paste(text, "SITE/articles/knee/")
    expect(said).to_have_count(0)


def test_what_a_copied_text_cannot_keep_is_said(editor: Page) -> None:
    text = open_guide(editor, "")
    said = editor.locator(".editor-note")
    knee = f"{editor.url.partition('/admin/')[0]}/articles/knee/"

    html = (
        f"<h2>Pain</h2><p><a href='{knee}#pain'>pain</a> <a href='#note'>[1]</a> "
        f"<a href='https://example.org/#a'>other</a> <a href='{knee}#rest'>rest</a>"
        "<p><img src='x' alt='A knee'>"
    )
    assert paste(text, "Pain", html)
    expect(said).to_have_text(
        "Links lead to the page itself: #pain, #rest are not kept. "
        "Of links to places in the copied text, such as its notes, only the words are "
        "kept. A picture did not come along: insert it with the picture button."
    )
    # its first word is covered by nothing, as by the list of all lists
    assert said.evaluate(IS_ON_TOP)
    text.press("x")
    expect(said).to_be_empty()
    assert paste(text, "Pain", f"<p>very <a href='{knee}'>so</a></p>")
    expect(said).to_be_empty()


def test_an_address_over_words_links_them(editor: Page) -> None:
    text = open_guide(editor, "")
    text.fill("See this and that and [more]().")

    select(text, "this")
    assert paste(text, "SITE/articles/knee/")
    select(text, "that")
    assert paste(text, "https://example.org/")
    select(text, ").")
    text.press("ArrowLeft")
    assert paste(text, "/doctors/cardiology/")

    expect(text).to_have_value(
        "See [this](article:knee) and [that](https://example.org/) and "
        "[more](doctors:cardiology)."
    )
