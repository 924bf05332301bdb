"""Nobody gets an unsigned text before readers: not by SQL, form, command or shell.

Each cheat is one statement, or a few, by somebody who may write to every table. Either
the database refuses, or readers do not see the text.
"""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.core import serializers
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import call_command
from django.db import Error, IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse

from articles.models import (
    Article,
    Publication,
    ReviewInvitation,
    Revision,
    SignOff,
)
from articles.publishing import NotPublishableError, publish
from articles.review_links import invite, is_code_right, send_code, sign_by_link
from tests.articles.desk_form import change, form
from tests.articles.factories import (
    DAY,
    MOMENT,
    make_contributor,
    make_draft,
    make_guide,
    make_public,
    make_reviewer,
    make_revision,
    make_user,
    sign,
)

pytestmark = pytest.mark.django_db


def sql(statement: str, **values: object) -> None:
    """Run a statement as somebody with a database shell does."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


# foreign key, unique, check, exclusion, generated column
REFUSALS = {"23503", "23505", "23514", "23P01", "428C9"}

PUBLISH = """
    INSERT INTO articles_publication (article_id, kind, revision_id, digest,
        sign_off_id, sign_off_is_revoked, public_from, change_note, is_correction,
        published_at, ending, reason)
    VALUES (%(article)s, %(kind)s, %(revision)s, %(digest)s, %(sign_off)s,
        %(revoked)s, '2026-01-01', '', false, now(), '', '')
"""
SIGN = """
    INSERT INTO articles_signoff (revision_id, digest, author_key, writer_key,
        reviewer_id, credential, scope, signed_on, way, recorded_at, recorded_by_id,
        revoked_because)
    VALUES (%(revision)s, %(digest)s, %(author)s, %(writer)s, %(reviewer)s, 'MD',
        'All', '2026-01-01', 'desk', now(), %(recorder)s, '')
"""


def insert(revision: Revision, **changed: object) -> None:
    """Insert a publication of a text, right but for what is changed."""
    signed = revision.sign_offs.first()
    values = {
        "article": revision.article_id,
        "kind": revision.article.kind,
        "revision": revision.pk,
        "digest": revision.digest,
        "sign_off": signed and signed.pk,
        "revoked": False,
    }
    sql(PUBLISH, **values | changed)


def unsigned(slug: str = "unsigned") -> Revision:
    return make_draft(slug).latest_revision()


def signed(slug: str = "signed") -> Revision:
    revision = unsigned(slug)
    sign(revision)
    return revision


def vouch(revision: Revision, **changed: object) -> None:
    """Insert a sign-off, right but for what is changed."""
    values = {
        "revision": revision.pk,
        "digest": revision.digest,
        "author": revision.author_key,
        "writer": revision.writer_key,
        "reviewer": make_reviewer().pk,
        "recorder": None,
    }
    sql(SIGN, **values | changed)


def publish_without_a_sign_off() -> None:
    insert(unsigned())


def call_a_guide_a_page() -> None:
    insert(unsigned(), kind="page")


def turn_a_public_page_into_a_guide() -> None:
    page = make_guide("page", kind=Article.Kind.PAGE)
    sql("UPDATE articles_article SET kind = 'health' WHERE id = %(id)s", id=page.pk)


def turn_a_public_guide_into_a_page() -> None:
    guide = make_guide("guide")
    sql("UPDATE articles_article SET kind = 'page' WHERE id = %(id)s", id=guide.pk)


def use_the_sign_off_of_another_guide() -> None:
    insert(unsigned(), sign_off=signed().sign_offs.get().pk)


def use_the_sign_off_of_an_older_text() -> None:
    old = signed()
    new = make_revision(old.article, "Other words.")
    insert(new, sign_off=old.sign_offs.get().pk)


def use_the_older_sign_off_with_its_digest() -> None:
    old = signed()
    new = make_revision(old.article, "Other words.")
    insert(new, sign_off=old.sign_offs.get().pk, digest=old.digest)


def show_the_text_of_another_guide() -> None:
    revision = signed()
    insert(revision, article=make_draft("other").pk)


def swap_the_text_of_a_publication() -> None:
    guide = make_guide("guide")
    new = make_revision(guide, "Other words.")
    sql(
        "UPDATE articles_publication SET revision_id = %(new)s, digest = %(digest)s",
        new=new.pk,
        digest=new.digest,
    )


def take_the_sign_off_away() -> None:
    make_guide("guide")
    sql("UPDATE articles_publication SET sign_off_id = NULL")


def delete_the_sign_off() -> None:
    make_guide("guide")
    sql("DELETE FROM articles_signoff")


def change_the_words_of_a_signed_text() -> None:
    signed()
    sql("UPDATE articles_revision SET source = 'Take twice as much.'")


def change_the_words_of_a_public_text() -> None:
    make_guide("guide")
    sql("UPDATE articles_revision SET source = 'Take twice as much.'")


def change_the_words_of_a_public_page() -> None:
    make_guide("page", kind=Article.Kind.PAGE)
    sql("UPDATE articles_revision SET source = 'We sell what you read.'")


def change_the_title_of_a_signed_text() -> None:
    signed()
    sql("UPDATE articles_revision SET title = 'Take twice as much'")


def carry_a_sign_off_over_to_a_changed_text() -> None:
    old = signed()
    new = make_revision(old.article, "Other words.")
    sql("UPDATE articles_signoff SET revision_id = %(new)s", new=new.pk)


def write_a_digest_by_hand() -> None:
    signed()
    sql("UPDATE articles_revision SET digest = repeat('0', 64)")


def sign_words_that_are_not_there() -> None:
    vouch(unsigned(), digest="0" * 64)


def sign_ones_own_text() -> None:
    author = make_contributor(credential="MD")
    revision = make_draft("own", author=author).latest_revision()
    vouch(revision, reviewer=author.pk)


def hide_the_author_from_the_sign_off() -> None:
    author = make_contributor(credential="MD")
    revision = make_draft("own", author=author).latest_revision()
    vouch(revision, reviewer=author.pk, author=0)


def make_the_reviewer_the_author_afterwards() -> None:
    revision = signed()
    sql(
        "UPDATE articles_revision SET author_id = %(person)s WHERE id = %(id)s",
        person=make_reviewer().pk,
        id=revision.pk,
    )


def record_ones_own_text() -> None:
    user = make_user("Editor")
    revision = unsigned()
    Revision.objects.filter(pk=revision.pk).update(created_by=user)
    revision.refresh_from_db()
    vouch(revision, recorder=user.pk)


def hide_the_writer_from_the_sign_off() -> None:
    user = make_user("Editor")
    revision = unsigned()
    Revision.objects.filter(pk=revision.pk).update(created_by=user)
    vouch(revision, writer=0, recorder=user.pk)


def call_a_revoked_sign_off_valid() -> None:
    revision = signed()
    sql("UPDATE articles_signoff SET revoked_at = now(), revoked_because = 'Wrong.'")
    insert(revision, revoked=False)


def write_a_revocation_out_of_a_publication() -> None:
    make_guide("guide")
    sql("UPDATE articles_signoff SET revoked_at = now(), revoked_because = 'Wrong.'")
    sql("UPDATE articles_publication SET sign_off_is_revoked = false")


def write_its_time_by_hand() -> None:
    make_guide("guide")
    sql("UPDATE articles_publication SET during = tstzrange(NULL, NULL)")


def show_two_texts_at_once() -> None:
    guide = make_guide("guide")
    second = make_revision(guide, "Other words.")
    sign(second)
    insert(second)


def stretch_an_old_publication_over_the_new() -> None:
    guide = make_guide("guide", "Old words.")
    make_public(make_revision(guide, "New words."))
    sql(
        "UPDATE articles_publication SET public_until = NULL, ending = '',"
        " ended_at = NULL WHERE public_until IS NOT NULL"
    )


def delete_a_public_text() -> None:
    make_guide("guide")
    sql("DELETE FROM articles_revision")


CHEATS: list[Callable[[], None]] = [
    publish_without_a_sign_off,
    call_a_guide_a_page,
    turn_a_public_page_into_a_guide,
    turn_a_public_guide_into_a_page,
    use_the_sign_off_of_another_guide,
    use_the_sign_off_of_an_older_text,
    use_the_older_sign_off_with_its_digest,
    show_the_text_of_another_guide,
    swap_the_text_of_a_publication,
    take_the_sign_off_away,
    delete_the_sign_off,
    change_the_words_of_a_signed_text,
    change_the_words_of_a_public_text,
    change_the_words_of_a_public_page,
    change_the_title_of_a_signed_text,
    carry_a_sign_off_over_to_a_changed_text,
    write_a_digest_by_hand,
    sign_words_that_are_not_there,
    sign_ones_own_text,
    hide_the_author_from_the_sign_off,
    make_the_reviewer_the_author_afterwards,
    record_ones_own_text,
    hide_the_writer_from_the_sign_off,
    call_a_revoked_sign_off_valid,
    write_a_revocation_out_of_a_publication,
    write_its_time_by_hand,
    show_two_texts_at_once,
    stretch_an_old_publication_over_the_new,
    delete_a_public_text,
]


@pytest.mark.parametrize("cheat", CHEATS, ids=lambda cheat: cheat.__name__)
def test_the_database_refuses_to(cheat: Callable[[], None]) -> None:
    with pytest.raises(Error) as caught, transaction.atomic():
        cheat()

    # a constraint or a generated column, and no slip of this test
    assert caught.value.__cause__.sqlstate in {
        "23503",
        "23505",
        "23514",
        "23P01",
        "428C9",
    }


# constraint of articles_… -> the cheat that nothing else refuses
NEEDED = {
    "publication_kind_of_article": call_a_guide_a_page,
    "publication_revision_of_article": show_the_text_of_another_guide,
    "publication_digest_of_revision": change_the_words_of_a_public_page,
    "publication_sign_off_of_revision": use_the_sign_off_of_another_guide,
    "publication_sign_off_revoked": call_a_revoked_sign_off_valid,
    "publication_health_is_signed_off": publish_without_a_sign_off,
    "publication_one_at_a_time": show_two_texts_at_once,
    "signoff_digest_of_revision": sign_words_that_are_not_there,
    "signoff_author_of_revision": hide_the_author_from_the_sign_off,
    "signoff_writer_of_revision": hide_the_writer_from_the_sign_off,
    "signoff_reviewer_is_not_author": sign_ones_own_text,
    "signoff_recorder_is_not_writer": record_ones_own_text,
}


@pytest.mark.parametrize("name", NEEDED)
def test_every_rule_of_the_gate_is_needed(name: str) -> None:
    sql(f"ALTER TABLE articles_{name.partition('_')[0]} DROP CONSTRAINT {name}")

    NEEDED[name]()  # refused by nothing


def test_a_right_statement_is_not_refused(client: Client) -> None:
    insert(signed())

    assert client.get("/articles/signed/").status_code == 200


def test_a_sign_off_revoked_by_sql_ends_what_readers_see(client: Client) -> None:
    make_guide("guide")
    before = client.get("/articles/guide/").status_code

    sql("UPDATE articles_signoff SET revoked_at = now(), revoked_because = 'Wrong.'")

    assert before == 200
    assert client.get("/articles/guide/").status_code == 410
    assert not Article.objects.published().exists()
    assert not Revision.objects.published().exists()


def test_the_writer_who_left_takes_no_sign_off_along(client: Client) -> None:
    user = make_user("Editor")
    guide = make_guide("guide")
    Revision.objects.update(created_by=user)

    user.delete()

    assert SignOff.objects.get().writer_key == 0
    assert client.get(guide.get_absolute_url()).status_code == 200


@pytest.mark.parametrize("words", ["a\\b", "C:\\new\\x41", "ü €  😀", "'; --", "\\"])
def test_the_digest_is_the_sha_256_of_the_words(words: str) -> None:
    revision = make_draft("a", words, title=words).latest_revision()

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT encode(sha256(convert_to(%s || chr(10) || %s || chr(10) || %s,"
            " 'UTF8')), 'hex')",
            [revision.title, revision.description, revision.source],
        )
        expected = cursor.fetchone()[0]

    assert revision.digest == expected


# By other ways than SQL ---------------------------------------------------------------


@pytest.fixture
def chief(client: Client) -> Client:
    client.force_login(make_user("Editor-in-chief", "Publisher", "Medical reviewer"))
    return client


def test_the_publishing_form_does_not_take_an_unsigned_text(chief: Client) -> None:
    revision = unsigned()
    address = reverse(
        "admin:articles_article_step", args=[revision.article_id, "publish"]
    )

    page = chief.get(address, follow=True).content.decode()
    answer = chief.post(address, {"number": revision.number, "at": ""})

    assert "is not the next step here" in page
    assert answer.status_code == 200
    assert not Publication.objects.exists()


def test_the_editing_form_does_not_publish_an_unsigned_text(chief: Client) -> None:
    revision = unsigned()
    sent = form(revision.article, source="New.", _publish="1")

    page = chief.post(change(revision.article), sent, follow=True).content.decode()

    assert "No clinician has signed off exactly this text." in page
    assert revision.article.latest_revision().source == "New."
    assert not Publication.objects.exists()


def test_no_action_of_the_list_publishes(chief: Client) -> None:
    revision = unsigned()
    address = reverse("admin:articles_article_changelist")

    for action in ("publish", "make_public", "delete_selected"):
        chief.post(address, {"action": action, "_selected_action": revision.article_id})

    assert not Publication.objects.exists()
    assert Article.objects.exists()


def test_an_imported_guide_without_a_sign_off_is_a_draft(
    tmp_path: Path, client: Client, capsys
) -> None:
    make_reviewer()
    head = "title: T\nkind: health\nreviewer: rae-reviewer\nreviewed_on: 2026-11-01"
    (tmp_path / "guide.md").write_text(f"---\n{head}\n---\n\nWords.")

    call_command("import_articles", tmp_path)

    assert "Drafts until a clinician signs them off: guide" in capsys.readouterr().out
    assert client.get("/articles/guide/").status_code == 404
    assert not SignOff.objects.exists()


def test_an_import_that_is_vouched_for_signs_in_the_name_of_the_file(
    tmp_path: Path, client: Client
) -> None:
    make_reviewer()
    head = "title: T\nkind: health\nreviewer: rae-reviewer\nreviewed_on: 2026-11-01"
    (tmp_path / "guide.md").write_text(f"---\n{head}\n---\n\nWords.")

    call_command("import_articles", tmp_path, signed_off=True)

    assert client.get("/articles/guide/").status_code == 200
    assert SignOff.objects.get().way == SignOff.Way.FILE


def test_a_demonstration_import_signs_no_real_guide(tmp_path: Path) -> None:
    make_reviewer()
    make_guide("guide", "Real words.")
    head = "title: T\nkind: health\nreviewer: rae-reviewer\nreviewed_on: 2026-11-01"
    (tmp_path / "guide.md").write_text(f"---\n{head}\n---\n\nMade-up words.")

    call_command("import_articles", tmp_path, demo=True)

    assert Revision.objects.published().get().source == "Real words."


def create_a_publication(revision: Revision) -> None:
    Publication.objects.create(
        article=revision.article,
        kind=revision.article.kind,
        revision=revision,
        digest=revision.digest,
        public_from=MOMENT,
    )


def create_many(revision: Revision) -> None:
    Publication.objects.bulk_create(
        [
            Publication(
                article=revision.article,
                kind="page",
                revision=revision,
                digest=revision.digest,
                public_from=MOMENT,
            )
        ]
    )


def load_a_fixture(revision: Revision) -> None:
    fields = {
        "article": revision.article_id,
        "kind": "health",
        "revision": revision.pk,
        "digest": revision.digest,
        "public_from": MOMENT,
    }
    row = {"model": "articles.publication", "pk": 1, "fields": fields}
    for each in serializers.deserialize("python", [row]):
        each.save()  # as loaddata does, past the methods of the model


def call_the_action(revision: Revision) -> None:
    publish(revision=revision, by=None)


def sign_the_own_text_first(revision: Revision) -> None:
    author = make_contributor(credential="MD")
    own = make_draft("own", author=author).latest_revision()
    sign(own, author, on=DAY)


SHELL = [
    create_a_publication,
    create_many,
    load_a_fixture,
    call_the_action,
    sign_the_own_text_first,
]


@pytest.mark.parametrize("call", SHELL, ids=lambda call: call.__name__)
def test_no_call_in_a_shell_gets_past(call: Callable[[Revision], None]) -> None:
    refused = (IntegrityError, NotPublishableError, ValidationError)

    with pytest.raises(refused), transaction.atomic():
        call(unsigned())

    assert not Publication.objects.exists()


def test_a_superuser_signs_no_text_that_they_stored() -> None:
    user = User.objects.create_superuser("root")
    person = make_contributor(credential="MD", user=user)
    revision = unsigned()
    Revision.objects.filter(pk=revision.pk).update(created_by=user)
    revision.refresh_from_db()

    for reviewer in (person, make_reviewer()):
        with pytest.raises(ValidationError, match="own text"):
            sign(revision, reviewer, by=user)


def test_a_reviewer_signs_in_nobody_elses_name() -> None:
    user = make_user("Medical reviewer")
    make_contributor(credential="MD", user=user)

    with pytest.raises(PermissionDenied):
        sign(unsigned(), make_reviewer(), by=user)


def test_made_up_people_review_made_up_guides_only() -> None:
    person = make_contributor(credential="MD", is_demo=True)
    demo = make_draft("demo", is_demo=True).latest_revision()

    sign(demo, person)
    with pytest.raises(ValidationError, match="made-up"):
        sign(unsigned(), person)


def test_a_review_by_link_opens_the_gate_for_its_own_text_only(mailoutbox) -> None:
    old = unsigned()
    invite(
        revision=old,
        email="rae@example.org",
        name="Rae Outside",
        credential="MD",
        days=14,
        by=None,
        origin="https://site.example",
    )
    invitation = ReviewInvitation.objects.get()
    send_code(invitation=invitation)
    code = re.search(r"^\d{6}$", mailoutbox[-1].body, re.MULTILINE)[0]
    assert is_code_right(invitation=invitation, code=code)
    words = {"name": "Rae", "credential": "MD", "conflicts": "None.", "scope": "All"}
    sign_by_link(invitation=invitation, code=code, **words)
    new = make_revision(old.article, "Other words.")

    with pytest.raises(NotPublishableError):
        publish(revision=new, by=None)
    with pytest.raises(ValidationError, match="does not work any more"):
        sign_by_link(invitation=invitation, code=code, **words)
    invitation.revision = new
    with pytest.raises(ValidationError, match="does not work any more"):
        sign_by_link(invitation=invitation, code=code, **words)

    assert not new.sign_offs.exists()
    assert publish(revision=old, by=None).sign_off.way == SignOff.Way.LINK
