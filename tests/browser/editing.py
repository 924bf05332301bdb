"""What tests of the editor's form do alike."""

from django.contrib.auth.models import User
from django.test import Client
from playwright.sync_api import BrowserContext, Locator, Page, expect

from tests.articles.factories import make_contributor, make_guide, make_user


def sign_in(context: BrowserContext, user: User) -> None:
    """Give the browser the session of somebody who signed in."""
    client = Client()
    client.force_login(user)
    session = client.cookies["sessionid"].value
    context.add_cookies(
        [{"name": "sessionid", "value": session, "domain": "localhost", "path": "/"}]
    )


def enter(page: Page, *groups: str) -> None:
    """Sign in as a new user of these groups, who has a name.

    The page before is left first: its scripts would ask under the new name.
    """
    page.goto("about:blank")
    user = make_user(*groups)
    make_contributor(f"Dr {user.username}", credential="MD", user=user)
    sign_in(page.context, user)


def log_in(page: Page, name: str) -> None:
    """Log in through the form that is shown."""
    page.get_by_label("Username").fill(name)
    page.get_by_label("Password").fill("secret")
    page.get_by_role("button", name="Log in").click()


def open_guide(editor: Page, source: str) -> Locator:
    """Open a new guide's form and return its text, the caret at the end.

    A form takes no empty text, so an empty one is emptied there.
    """
    guide = make_guide("my-guide", source or "Some words.")
    editor.goto(f"/admin/articles/article/{guide.pk}/change/")
    field = editor.locator("#id_source")
    if not source:
        field.fill("")
    expect(editor.get_by_role("toolbar")).to_be_visible()
    field.focus()
    field.press("ControlOrMeta+End")
    return field


def select(field: Locator, words: str) -> None:
    """Select the first occurrence of some words."""
    field.evaluate(
        """(field, words) => {
            const start = field.value.indexOf(words);
            field.focus();
            field.setSelectionRange(start, start + words.length);
        }""",
        words,
    )


def said(page: Page, words: str) -> None:
    """Expect what the desk says on top of the page after an act."""
    expect(page.locator(".messagelist")).to_contain_text(words)
