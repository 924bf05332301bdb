"""What a cross-link is in every state of its target, for reader and for editor.

A reader gets a link that opens at once, or plain text; the editor is told which of the
two it is, and why.
"""

import datetime
from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import timezone

from articles.addresses import delete_article, merge_article, rename_article
from articles.crosslinks import expand, find_dead_links
from articles.importing import remove_demo
from articles.models import Article, Publication, SignOff
from articles.reviewing import revoke
from articles.shown_links import links_of
from directory.by_hand.deletion import delete
from directory.by_hand.renaming import rename_specialization
from directory.imports.counts import rebuild_counts
from directory.models import (
    Affiliation,
    Organization,
    Practice,
    Practitioner,
    Specialization,
)
from tests.articles.factories import (
    MOMENT,
    make_draft,
    make_guide,
    make_public,
    sign,
    take_back,
)
from tests.factories import (
    make_doctor,
    make_hospital,
    make_place,
    make_specialization,
)

pytestmark = pytest.mark.django_db

HOUR = datetime.timedelta(hours=1)
NOWHERE = "leads nowhere: nothing here has that name"
NOT_PUBLIC = "is not a link for readers until that guide is public"
GONE = "is not a link for readers: the newest files no longer have it"
EMPTY = "is not a link for readers: no doctor is listed there now"


def guide() -> Article:
    return make_guide("target")


def linking(key: str) -> Article:
    """Return a public guide with one link; what leads nowhere was published before."""
    article = make_draft("a", f"To [it]({key}).")
    revision = article.latest_revision()
    Publication.objects.create(
        article=article,
        kind=article.kind,
        revision=revision,
        digest=revision.digest,
        sign_off=sign(revision),
        public_from=MOMENT,
    )
    return article


def retire_doctor() -> None:
    Practitioner.objects.update(retired_at=timezone.now())
    rebuild_counts()


def retire_hospital() -> None:
    Organization.objects.update(retired_at=timezone.now())


def move_away(city: str = "Austin", state: str = "TX") -> None:
    for practice in Practice.objects.select_related("location"):
        practice.location.place = make_place(city, state)
        practice.location.save()
    rebuild_counts()


def leave_the_state_to_others() -> None:
    move_away("Boston", "MA")
    make_doctor(does=(make_specialization("Urology"),), at=(make_place(),))
    rebuild_counts()


def withdraw_it() -> None:
    take_back(Article.objects.get(slug="target"))


def name_a_successor() -> None:
    take_back(
        Article.objects.get(slug="target"),
        way=Publication.Ending.SUCCESSOR,
        successor=make_guide("other"),
    )


def lose_the_successor() -> None:
    name_a_successor()
    take_back(Article.objects.get(slug="other"))


def succeed_twice() -> None:
    name_a_successor()
    take_back(
        Article.objects.get(slug="other"),
        way=Publication.Ending.SUCCESSOR,
        successor=make_guide("third"),
    )


def keep_under_a_notice() -> None:
    take_back(Article.objects.get(slug="target"), way=Publication.Ending.NOTICE)


def plan_to_withdraw() -> None:
    take_back(Article.objects.get(slug="target"), at=timezone.now() + HOUR)


def revoke_its_sign_off() -> None:
    for signed in SignOff.objects.filter(revision__article__slug="target"):
        revoke(sign_off=signed, reason="A figure is wrong.", by=None)


def schedule_it() -> None:
    revision = Article.objects.get(slug="draft").latest_revision()
    make_public(revision, timezone.now() + HOUR)


def rename() -> None:
    rename_article(article=Article.objects.get(slug="target"), slug="new", by=None)


def merge() -> None:
    other = make_guide("other")
    merge_article(article=Article.objects.get(slug="target"), into=other, by=None)


def replace() -> None:
    other = make_guide("other")
    target = Article.objects.get(slug="target")
    delete_article(article=target, replacement=other, by=None)


def rename_page() -> None:
    rename_article(article=Article.objects.get(slug="privacy"), slug="data", by=None)


def cardiology() -> Specialization:
    return Specialization.objects.get(slug="cardiology")


def rename_field() -> None:
    rename_specialization(specialization=cardiology(), slug="hearts", by=None)


def replace_field() -> None:
    other = make_specialization("Hearts", "Heart doctor")
    delete(target=cardiology(), replacement=other, by=None)


def find_out_which_hospital_it_is() -> None:
    other = make_hospital("Other Hospital", ccn="450002")
    Organization.objects.filter(ccn="450001").update(is_stub=True, same_as=other)


def replace_hospital() -> None:
    other = make_hospital("Other Hospital", ccn="450002")
    Affiliation.objects.all().delete()
    hospital = Organization.objects.get(ccn="450001")
    delete(target=hospital, replacement=other, by=None)


def become_a_family() -> None:
    """A release of the tree may move a rung up."""
    Specialization.objects.filter(slug="cardiology").update(level="family", parent=None)


def take_demo_away() -> None:
    Article.objects.update(is_demo=True)
    Article.objects.filter(slug="a").update(is_demo=False)
    remove_demo()


def write_it() -> None:
    make_guide("missing")


def nothing() -> None:
    """Leave the world as it is."""


# what is written, what happens then, where a reader is led, what the editor is told
STATES: dict[str, tuple[str, Callable[[], None], str | None, str]] = {
    "guide, published": ("article:target", nothing, "/articles/target/", ""),
    "guide, withdrawn": ("article:target", withdraw_it, None, NOT_PUBLIC),
    "guide, withdrawn later": (
        "article:target",
        plan_to_withdraw,
        "/articles/target/",
        "",
    ),
    "guide, readable under a notice": (
        "article:target",
        keep_under_a_notice,
        None,
        NOT_PUBLIC,
    ),
    "guide, with a successor": (
        "article:target",
        name_a_successor,
        "/articles/other/",
        "",
    ),
    "guide, its successor withdrawn": (
        "article:target",
        lose_the_successor,
        None,
        NOT_PUBLIC,
    ),
    "guide, its successor succeeded": (
        "article:target",
        succeed_twice,
        "/articles/third/",
        "",
    ),
    "guide, sign-off revoked": (
        "article:target",
        revoke_its_sign_off,
        None,
        NOT_PUBLIC,
    ),
    "guide, scheduled": ("article:draft", schedule_it, None, NOT_PUBLIC),
    "guide, a draft": ("article:draft", nothing, None, NOT_PUBLIC),
    "guide, renamed": ("article:target", rename, "/articles/new/", ""),
    "guide, merged": ("article:target", merge, "/articles/other/", ""),
    "guide, deleted with successor": (
        "article:target",
        replace,
        "/articles/other/",
        "",
    ),
    "guide, made up and taken away": ("article:target", take_demo_away, None, NOWHERE),
    "guide, not written": ("article:missing", nothing, None, NOWHERE),
    "guide, written later": ("article:missing", write_it, "/articles/missing/", ""),
    "specialization": (
        "specialization:cardiology",
        nothing,
        "/specializations/cardiology/",
        "",
    ),
    "specialization, renamed": (
        "specialization:cardiology",
        rename_field,
        "/specializations/hearts/",
        "",
    ),
    "specialization, deleted with successor": (
        "specialization:cardiology",
        replace_field,
        "/specializations/hearts/",
        "",
    ),
    "specialization, unknown": ("specialization:magic", nothing, None, NOWHERE),
    "family": (
        "specialization:heart-and-blood-vessels",
        nothing,
        "/specializations/heart-and-blood-vessels/",
        "",
    ),
    "doctors": ("doctors:cardiology", nothing, "/doctors/cardiology/", ""),
    "doctors, renamed": ("doctors:cardiology", rename_field, "/doctors/hearts/", ""),
    "city, renamed field": (
        "doctors:cardiology/tx/houston",
        rename_field,
        "/doctors/hearts/tx/houston/",
        "",
    ),
    "city, field deleted with successor": (
        "doctors:cardiology/tx/houston",
        replace_field,
        "/doctors/hearts/tx/houston/",
        "",
    ),
    "doctors, a family by now": ("doctors:cardiology", become_a_family, None, EMPTY),
    "doctors, nobody left": (
        "doctors:cardiology",
        retire_doctor,
        "/doctors/cardiology/",
        "",
    ),
    "doctors of a family": ("doctors:heart-and-blood-vessels", nothing, None, NOWHERE),
    "doctors of a state": (
        "doctors:cardiology/tx",
        nothing,
        "/doctors/cardiology/tx/",
        "",
    ),
    "doctors of a city": (
        "doctors:cardiology/tx/houston",
        nothing,
        "/doctors/cardiology/tx/houston/",
        "",
    ),
    "state, now empty": ("doctors:cardiology/tx", retire_doctor, None, EMPTY),
    "state, now without them": (
        "doctors:cardiology/tx",
        leave_the_state_to_others,
        None,
        EMPTY,
    ),
    "city, now empty": ("doctors:cardiology/tx/houston", move_away, None, EMPTY),
    "state, unknown": ("doctors:cardiology/zz", nothing, None, NOWHERE),
    "city, unknown": ("doctors:cardiology/tx/atlantis", nothing, None, NOWHERE),
    "hospital": ("hospital:450001", nothing, "/hospital/450001/big-hospital/", ""),
    "hospital, deleted with successor": (
        "hospital:450001",
        replace_hospital,
        "/hospital/450002/other-hospital/",
        "",
    ),
    "hospital, found to be another": (
        "hospital:450001",
        find_out_which_hospital_it_is,
        "/hospital/450002/other-hospital/",
        "",
    ),
    "hospital, gone": ("hospital:450001", retire_hospital, None, GONE),
    "hospital, unknown": ("hospital:999999", nothing, None, NOWHERE),
    "doctor": ("doctor:9900000011", nothing, "/doctor/9900000011/ada-example/", ""),
    "doctor, retired": ("doctor:9900000011", retire_doctor, None, GONE),
    "doctor, unknown": ("doctor:9900000029", nothing, None, NOWHERE),
    "page of the site": ("page:specializations", nothing, "/specializations/", ""),
    "trust page": ("page:privacy", nothing, "/about/privacy/", ""),
    "trust page, renamed": ("page:privacy", rename_page, "/about/data/", ""),
    "page, unknown": ("page:secrets", nothing, None, NOWHERE),
}


@pytest.mark.parametrize("state", STATES)
def test_a_link_is_what_its_target_is(state: str, client: Client) -> None:
    written, happens, address, told = STATES[state]
    field = make_specialization()
    hospital = make_hospital("Big Hospital", ccn="450001")
    place = make_place("Houston", "TX")
    make_doctor(npi="9900000011", does=(field,), at=(place,), hospitals=(hospital,))
    rebuild_counts()
    guide()
    make_draft("draft")
    make_guide("privacy", kind=Article.Kind.PAGE)
    revision = linking(written).latest_revision()

    happens()

    page = client.get("/articles/a/").content.decode()
    links = links_of(revision)
    dead = find_dead_links(links)
    seen_by_editor = expand(revision.html, links, for_editor=True)
    if address:
        assert f'To <a href="{address}">it</a>.' in page
        assert f'To <a href="{address}">it</a>.' in seen_by_editor
        assert client.get(address).status_code == 200
        assert dead == []
    else:
        assert "To it." in page
        assert [each.message for each in dead] == [told]
        assert '<mark class="dead-link">it</mark>' in seen_by_editor
