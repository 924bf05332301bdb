"""A draft that is offered, and what a keyboard meets there."""

import pytest
from playwright.sync_api import Error, Page, expect

from articles.models import Autosave
from tests.articles.factories import make_draft
from tests.browser.editing import open_guide

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
]

ADD = "/admin/articles/article/add/"
# As where a save that failed was tried again in another window.
KEEP_TWICE = """() => {
    const key = Object.keys(localStorage).find((key) => key.includes("second-voice"));
    localStorage.setItem(`${key}-another`, localStorage.getItem(key));
}"""
KEEPS_NOTHING = """
    const keep = Storage.prototype.setItem;
    Storage.prototype.setItem = function (key, value) {
        if (key.startsWith("second-voice")) throw new DOMException("full");
        keep.call(this, key, value);
    };
"""


@pytest.fixture
def failing() -> list[str]:
    """The server does not answer."""
    return ["/autosave/"]


def leave_a_draft(editor: Page, address: str) -> None:
    """Type into a form, and go away without saving."""
    editor.goto(address)
    editor.locator("#id_source").fill("Typed, not saved.")
    expect(editor.locator(".autosave__status")).to_contain_text("kept on the server")
    editor.goto("about:blank")


def test_every_field_that_the_server_compares_is_kept(editor: Page) -> None:
    guide = make_draft("a", "Stored.")
    address = f"/admin/articles/article/{guide.pk}/change/"
    editor.goto(address)

    editor.get_by_label("Review every").fill("6")

    expect(editor.locator(".autosave__status")).to_contain_text("kept on the server")
    editor.goto(address)
    expect(editor.get_by_role("button", name="Discard it")).to_be_visible()


def test_a_new_guide_begins_in_its_title_though_a_draft_is_offered(
    editor: Page,
) -> None:
    leave_a_draft(editor, ADD)
    editor.goto(ADD)
    expect(editor.get_by_role("button", name="Discard it")).to_be_visible()
    editor.wait_for_load_state("networkidle")

    editor.keyboard.type("Knees and hips")

    expect(editor.get_by_label("Title")).to_have_value("Knees and hips")
    expect(editor.locator(".autosave__offer")).to_have_count(1)
    assert Autosave.objects.get().fields["source"] == ["Typed, not saved."]


def test_a_new_guide_that_was_stored_is_not_offered_again(editor: Page) -> None:
    editor.goto(ADD)
    editor.get_by_label("Title").fill("Knees and hips")
    editor.locator("#id_source").fill("Typed, and saved at once.")

    editor.get_by_role("button", name="Save draft").click()

    expect(editor.locator(".messagelist")).to_contain_text("Saved.")
    editor.goto(ADD)
    expect(editor.locator(".autosave__status")).to_have_count(1)
    expect(editor.locator(".autosave__offer")).to_have_count(0)


@pytest.mark.parametrize("is_new", [True, False], ids=["new", "stored"])
def test_the_focus_stays_in_the_form_when_an_offer_goes(
    editor: Page, is_new: bool
) -> None:
    guide = make_draft("a", "Stored.")
    address = ADD if is_new else f"/admin/articles/article/{guide.pk}/change/"
    leave_a_draft(editor, address)
    editor.goto(address)

    editor.get_by_role("button", name="Discard it").press("Enter")

    expect(editor.locator(".autosave__offer")).to_have_count(0)
    expect(editor.get_by_label("Title")).to_be_focused()
    assert not Autosave.objects.exists()


def test_enter_in_a_field_stores_the_form_and_leaves_the_offered_draft(
    editor: Page,
) -> None:
    guide = make_draft("a", "Stored.")
    address = f"/admin/articles/article/{guide.pk}/change/"
    leave_a_draft(editor, address)
    editor.goto(address)

    editor.get_by_label("Title").fill("Knees and hips")
    editor.keyboard.press("Enter")

    expect(editor.locator(".messagelist")).to_contain_text("Saved.")
    assert guide.latest_revision().title == "Knees and hips"
    assert Autosave.objects.get().fields["source"] == ["Typed, not saved."]


def test_whoever_uses_a_copy_of_this_browser_goes_on_in_its_text(editor: Page) -> None:
    guide = make_draft("a", "Stored.")
    address = f"/admin/articles/article/{guide.pk}/change/"
    context = editor.context
    editor.goto(address)
    editor.route("**/autosave/", lambda route: route.abort())
    editor.locator("#id_source").fill("Typed, not kept by the server.")
    expect(editor.locator(".autosave__status")).to_contain_text("this browser too")
    editor.evaluate(KEEP_TWICE)
    with pytest.raises(Error, match="crash"):  # so that nothing is sent on leaving
        editor.goto("chrome://crash")
    editor.close()
    page = context.new_page()
    page.goto(address)

    page.get_by_role("button", name="Use it").press("Enter")  # there is one

    expect(page.locator("#id_source")).to_be_focused()
    expect(page.locator("#id_source")).to_have_value("Typed, not kept by the server.")


@pytest.mark.parametrize("keeps", [True, False], ids=["keeps", "keeps nothing"])
def test_only_a_browser_that_keeps_nothing_asks_before_one_leaves(
    editor: Page, keeps: bool
) -> None:
    if not keeps:
        editor.add_init_script(KEEPS_NOTHING)
    editor.route("**/autosave/", lambda route: route.abort())
    text = open_guide(editor, "Some words.")
    asked: list[str] = []
    editor.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))

    text.press("x")
    expect(editor.locator(".autosave__status")).to_contain_text("does not answer")
    editor.goto("about:blank")

    assert asked == ([] if keeps else ["beforeunload"])
