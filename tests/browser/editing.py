"""What tests of the editor's form do alike."""

from playwright.sync_api import Locator, Page, expect

from tests.articles.factories import make_guide


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
