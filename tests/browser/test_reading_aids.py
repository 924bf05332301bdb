"""What only a browser shows of the frame: keyboard, clipboard, paper, small screens."""

import io
from pathlib import Path
from typing import Literal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from playwright.sync_api import Page, expect

from articles.images import store_image
from tests.articles.factories import make_guide, make_topic
from tests.articles.test_images import picture

QUESTIONS = Path("articles/guides/questions-to-ask-before-surgery.md")
# What the margins of print.css leave of a sheet, in CSS pixels.
LETTER = {"width": 695, "height": 920}

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
]

TEXT = """
## Why

Read the [other guide](article:other) first.

::: script What to say
Could you send my records?

Thank you.
:::

## How

Words.

## When

Words.

| A rather long heading | Another long heading | A third one | And a fourth |
|---|---|---|---|
| Incomprehensibilities | Incomprehensibilities | Incomprehensibilities | x |
"""


@pytest.fixture
def guide(transactional_db) -> str:
    make_guide("other")
    return make_guide("talk", TEXT, title="Talk to them").get_absolute_url()


def test_words_to_say_are_copied_without_title_and_button(
    page: Page, guide: str
) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(guide)

    page.get_by_role("button", name="Copy these words").click()

    expect(page.get_by_role("status")).to_have_text("Copied")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == "Could you send my records?\n\nThank you."


def test_the_first_tab_skips_to_the_content(page: Page, guide: str) -> None:
    page.goto(guide)

    page.keyboard.press("Tab")
    expect(page.locator(".skip-link")).to_be_in_viewport()
    page.keyboard.press("Enter")

    assert page.evaluate("document.activeElement.id") == "content"


def test_paper_keeps_the_text_and_drops_the_ways_on(page: Page, guide: str) -> None:
    page.goto(guide)

    page.emulate_media(media="print")

    expect(page.get_by_text("Could you send my records?")).to_be_visible()
    expect(page.locator(".site-nav")).to_be_hidden()
    expect(page.get_by_text(f"From {page.url}")).to_be_visible()
    printed = "getComputedStyle(document.querySelector('.prose a'), '::after').content"
    address = page.url.replace("/talk/", "/other/")
    assert "".join(part for part in page.evaluate(printed) if part not in '" ') == (
        f"({address})"
    )


# Firefox cuts lines in two where a sheet ends inside one of these.
AROUND_IN_ROWS = """text => {
    const around = [];
    for (let each = text.parentElement; each; each = each.parentElement) {
        const { display } = getComputedStyle(each);
        if (/grid|flex/.test(display)) around.push(each.className);
    }
    return around;
}"""


def test_a_sheet_ends_in_a_text_and_not_in_a_grid(page: Page, guide: str) -> None:
    page.goto(guide)
    text = page.locator(".prose > p").first
    assert text.evaluate(AROUND_IN_ROWS) != []

    page.emulate_media(media="print")

    assert text.evaluate(AROUND_IN_ROWS) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_what_stands_in_an_empty_field_can_be_read(
    page: Page, transactional_db, scheme: Literal["light", "dark"]
) -> None:
    page.emulate_media(color_scheme=scheme)
    page.goto("/")
    ink = "(element, part) => getComputedStyle(element, part).color"

    example = page.get_by_role("searchbox").evaluate(ink, "::placeholder")

    assert example == page.locator(".lead").evaluate(ink)  # see test_tokens.py


def test_a_list_of_questions_prints_on_one_sheet(page: Page, transactional_db) -> None:
    text = QUESTIONS.read_text()
    lists = text[text.index("## The list to print") : text.index('## Why "what if')]
    page.set_viewport_size(LETTER)
    page.goto(make_guide("ask", f"Words.\n\n{lists}\n\n## After").get_absolute_url())

    page.emulate_media(media="print")

    heading = page.locator(".prose > h2").first
    assert heading.evaluate("each => getComputedStyle(each).breakBefore") == "page"
    assert page.locator(".block--checklist").count() == 4
    begin, after = heading.bounding_box(), page.locator("#after").bounding_box()
    assert after["y"] - begin["y"] < LETTER["height"]


@pytest.mark.parametrize("width", [320, 390, 768])
def test_a_wide_table_scrolls_by_itself_and_nothing_else_does(
    page: Page, guide: str, width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(guide)

    root = page.evaluate(
        "[document.documentElement.scrollWidth, document.documentElement.clientWidth]"
    )

    assert root[0] == root[1]


# A phone, and one whose letters are set twice as large: half as many fit a line.
@pytest.mark.parametrize("width", [320, 390 // 2])
def test_neither_a_long_word_nor_large_letters_make_a_page_scroll_sideways(
    page: Page, transactional_db, width: int
) -> None:
    word = "Pneumonoultramicroscopicsilicovolcanoconiosis"
    topic = make_topic(word)
    headings = f"## {word}\n\nA.\n\n## B\n\nB.\n\n## C\n\nC."
    for slug in ("one", "two"):
        topic.articles.add(make_guide(slug, headings, title=word))
    page.set_viewport_size({"width": width, "height": 700})

    for address in ("/", "/articles/", topic.get_absolute_url(), "/articles/one/"):
        page.goto(address)
        for contents in page.locator(".contents__title").all():
            contents.click()
        assert page.evaluate("document.documentElement.scrollWidth") == width, address


def test_pictures_are_seen_in_the_dark_and_one_that_fails_moves_nothing(
    page: Page, transactional_db, settings, tmp_path: Path, failing: list[str]
) -> None:
    failing.append("/media/images/")
    settings.MEDIA_ROOT = tmp_path
    drawing = picture("PNG", size=(60, 60), mode="RGBA", color=(0, 0, 0, 0))
    stored = store_image(SimpleUploadedFile("a.png", drawing))
    missing = "/media/images/0123456789abcdef/800x600.jpg"
    text = f'![Seen]({stored})\n\n![A knee]({missing} "Not here.")'
    page.set_viewport_size({"width": 320, "height": 800})
    page.emulate_media(color_scheme="dark")
    page.goto(make_guide("one", text).get_absolute_url())

    expect(page.get_by_alt_text("Seen")).not_to_have_js_property("naturalWidth", 0)
    with Image.open(io.BytesIO(page.get_by_alt_text("Seen").screenshot())) as seen:
        middle = seen.convert("RGB").getpixel((30, 30))
    assert middle == (255, 255, 255)  # black lines are read on it
    assert page.evaluate("document.documentElement.scrollWidth") == 320


def test_the_contents_are_folded_on_a_phone_and_open_beside_the_text(
    page: Page, guide: str
) -> None:
    page.set_viewport_size({"width": 390, "height": 800})
    page.goto(guide)
    entry = page.locator(".contents a").first

    expect(entry).to_be_hidden()
    page.set_viewport_size({"width": 1280, "height": 800})

    expect(entry).to_be_visible()


FOOT_MEETS_CONTENTS = """() => {
    scrollTo({ top: document.documentElement.scrollHeight, behavior: "instant" });
    const list = document.querySelector(".contents__list").getBoundingClientRect();
    const foot = document.querySelector(".reading__foot").getBoundingClientRect();
    return list.bottom > foot.top && list.right > foot.left && list.left < foot.right;
}"""


def test_the_contents_stay_beside_the_text_and_never_lie_over_what_follows(
    page: Page, guide: str
) -> None:
    page.set_viewport_size({"width": 1024, "height": 500})
    page.goto(guide)
    entries = page.locator(".contents a")

    page.locator("#how").evaluate("heading => heading.scrollIntoView()")
    expect(entries.first).to_be_in_viewport()
    expect(entries.last).to_be_in_viewport()

    assert not page.evaluate(FOOT_MEETS_CONTENTS)
