"""The preview takes what a browser sends, and whatever else is sent."""

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils.module_loading import import_string

from tests.articles.factories import make_contributor, make_draft

pytestmark = pytest.mark.django_db

PREVIEW = reverse("admin:articles_article_preview")
JUNK = ["", "x", "-1", "٣", "1\x00", "9" * 18, "9" * 19, "9" * 5000]


@pytest.mark.parametrize("junk", JUNK, ids=range(len(JUNK)))
@pytest.mark.parametrize("name", ["author", "sources"])
def test_a_number_that_no_row_has_is_left_out(
    editor: Client, name: str, junk: str
) -> None:
    response = editor.post(PREVIEW, {"source": "Words for *you*.", name: junk})

    assert response.status_code == 200
    assert "<em>you</em>" in response.content.decode()


@pytest.mark.parametrize(("number", "status"), [("x", 200), ("9" * 18, 404)])
def test_a_guide_that_is_not_there_is_not_found(
    editor: Client, number: str, status: int
) -> None:
    response = editor.post(PREVIEW, {"source": "Words.", "article": number})

    assert response.status_code == status


def test_author_and_guide_are_shown_as_chosen(editor: Client) -> None:
    guide, author = make_draft("a"), make_contributor("Grace Example")

    page = editor.post(
        PREVIEW, {"source": "Words.", "article": guide.pk, "author": author.pk}
    ).content.decode()

    assert "Grace Example" in page


def test_markdownx_knows_no_other_renderer_than_ours() -> None:
    render = import_string(settings.MARKDOWNX_MARKDOWNIFY_FUNCTION)

    assert render("*Words* <b>not bold</b>") == (
        "<p><em>Words</em> &lt;b&gt;not bold&lt;/b&gt;</p>\n"
    )
