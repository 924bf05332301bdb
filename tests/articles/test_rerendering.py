"""A changed renderer: texts are rendered again, links keep what they mean."""

import pytest
from django.core.management import call_command

from articles.addresses import rename_article
from articles.models import Revision
from articles.rerendering import outdated, rerender_outdated
from tests.articles.factories import make_draft, make_guide
from tests.factories import make_specialization

pytestmark = pytest.mark.django_db


def grow_old() -> None:
    Revision.objects.update(renderer_version=0, html="<p>Old.</p>", text="")


def test_texts_of_an_older_renderer_are_rendered_again() -> None:
    guide = make_guide("a", "Words for *you*.")
    grow_old()

    list(rerender_outdated())

    revision = guide.latest_revision()
    assert "<em>you</em>" in revision.html
    assert "you" in revision.text
    assert not outdated().exists()


def test_a_link_keeps_its_target_when_another_took_the_address() -> None:
    target = make_guide("first")
    guide = make_guide("a", "To [it](article:first).")
    rename_article(article=target, slug="second", by=None)
    make_guide("first")
    grow_old()

    list(rerender_outdated())

    assert guide.latest_revision().cross_links.get().target_article == target


def test_a_link_that_led_nowhere_finds_what_came_since() -> None:
    guide = make_draft("a", "To [it](specialization:cardiology).")
    found = make_specialization()
    grow_old()

    list(rerender_outdated())

    assert guide.latest_revision().cross_links.get().target_specialization == found


def test_what_was_done_is_not_done_twice(capsys) -> None:
    make_guide("a")
    make_guide("b")
    grow_old()
    next(rerender_outdated())

    call_command("rerender")

    assert "1 texts rendered again" in capsys.readouterr().out


def test_external_links_are_stored_again_and_once() -> None:
    guide = make_guide("a", "See <https://example.org/>.")
    grow_old()
    guide.latest_revision().external_links.all().delete()

    list(rerender_outdated())
    grow_old()
    list(rerender_outdated())

    assert guide.latest_revision().external_links.get().link.url == (
        "https://example.org/"
    )
