"""What an editor does: log in, write, look, save, see it live."""

import pytest
from playwright.sync_api import Page, expect

from articles.models import Article
from tests.articles.factories import make_guide, make_user
from tests.browser.editing import log_in

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
]


def test_log_in_edit_preview_save_and_see_it_live(page: Page) -> None:
    make_user("Editor", "Publisher", username="edda")
    make_guide("target", title="The target")
    make_guide("my-guide", "Old words.", title="My guide", kind=Article.Kind.PAGE)
    page.goto("/admin/articles/article/")
    log_in(page, "edda")
    page.get_by_role("link", name="My guide").click()
    preview = page.frame_locator("iframe.editor-preview__frame")
    expect(preview.locator("h1")).to_have_text("My guide")

    page.locator("#id_source").fill("New words, see [that](article:target).")
    expect(preview.locator(".prose")).to_contain_text("New words")
    expect(preview.locator(".prose a")).to_have_attribute("href", "/articles/target/")
    page.get_by_role("button", name="Save and publish").click()
    page.get_by_role("button", name="Publish").click()
    expect(page.locator(".messagelist")).to_contain_text("Published.")

    page.goto("/about/my-guide/")
    expect(page.locator(".prose")).to_contain_text("New words")
    page.get_by_role("link", name="that").click()
    expect(page.locator("h1")).to_have_text("The target")


def test_the_preview_marks_a_dead_link_and_publishing_is_refused(editor: Page) -> None:
    guide = make_guide("my-guide", "Old words.")
    editor.goto(f"/admin/articles/article/{guide.pk}/change/")

    editor.locator("#id_source").fill("See [that](article:missing).")
    preview = editor.frame_locator("iframe.editor-preview__frame")
    expect(preview.locator("mark.dead-link")).to_have_text("that")
    editor.get_by_role("button", name="Save and publish").click()

    expect(editor.locator(".messagelist")).to_contain_text("article:missing")
    expect(editor.locator("#id_source")).to_have_value("See [that](article:missing).")
    editor.goto("/articles/my-guide/")
    expect(editor.locator(".prose")).to_contain_text("Old words.")


def test_tab_leaves_the_text(editor: Page) -> None:
    guide = make_guide("my-guide")
    editor.goto(f"/admin/articles/article/{guide.pk}/change/")
    text = editor.locator("#id_source")
    text.focus()

    editor.keyboard.press("Tab")

    expect(text).not_to_be_focused()
    expect(text).to_have_value("Some words.")


# Safari calls no listener in a frame whose sandbox refuses scripts.
LIKE_SAFARI = """
    const frames = HTMLIFrameElement.prototype;
    const own = Object.getOwnPropertyDescriptor(frames, "contentDocument");
    Object.defineProperty(frames, "contentDocument", {
        get() {
            const found = own.get.call(this);
            if (found) found.addEventListener = () => {};
            return found;
        },
    });
"""


@pytest.mark.parametrize("is_safari", [False, True], ids=["here", "safari"])
def test_the_frame_runs_no_script_and_its_links_lead_nowhere(
    editor: Page, failing: list[str], is_safari: bool
) -> None:
    if is_safari:
        editor.add_init_script(LIKE_SAFARI)
        failing.append("about:srcdoc")  # the sandbox says that it refused
    guide = make_guide("my-guide", "See [the guide](article:my-guide).")
    editor.goto(f"/admin/articles/article/{guide.pk}/change/")
    frame = editor.locator("iframe.editor-preview__frame")
    preview = editor.frame_locator("iframe.editor-preview__frame")

    asked: list[str] = []
    editor.on("request", lambda request: asked.append(request.url))

    preview.get_by_role("link", name="the guide").click()

    editor.evaluate("fetch('/healthz')")  # whatever the click asked for was before it
    assert not [url for url in asked if url.endswith("/articles/my-guide/")]
    expect(frame).to_have_attribute("sandbox", "allow-same-origin")
    expect(preview.locator(".prose")).to_contain_text("See the guide.")


def test_buttons_are_still_seen_as_such_where_colors_are_forced(editor: Page) -> None:
    editor.emulate_media(forced_colors="active")
    guide = make_guide("knees")
    editor.goto(f"/admin/articles/article/{guide.pk}/change/")

    for name in ("Save draft", "Save and publish", "Compare with the newest"):
        button = editor.get_by_role("button", name=name)
        expect(button).to_have_css("border-top-style", "solid")
        expect(button).to_have_css("border-top-width", "1px")
