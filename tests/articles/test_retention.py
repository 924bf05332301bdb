"""What is not kept goes in time, and nothing else does."""

import datetime
from pathlib import Path

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.utils import timezone

from articles.models import (
    HousekeepingRun,
    MistakeReport,
    ReviewInvitation,
    ReviewReminder,
)
from articles.retention import RETENTIONS
from directory.imports import shadow
from directory.models import ErrorReport, ImportRun, PublicFormUse, RefusedRow
from directory.one_run import Lock
from directory.reporting import report_error
from tests.another_session import another_session_holds
from tests.articles.factories import DAY, make_draft, make_user
from tests.factories import make_doctor

ROOT = Path(__file__).resolve().parents[2]
NOW = timezone.now()


def ago(days: int) -> datetime.datetime:
    return NOW - datetime.timedelta(days=days)


def forget(what: str) -> str:
    """Run the rules whose name begins so; returns what they say."""
    [rule] = [each for each in RETENTIONS if each.what.startswith(what)]
    return rule()


def test_sessions_go_once_they_have_ended(db) -> None:
    for key, days in (("old", 1), ("new", -1)):
        Session.objects.create(session_key=key, expire_date=ago(days))

    assert forget("Sessions") == "1 deleted"
    assert Session.objects.get().session_key == "new"


def test_counts_behind_forms_go_when_the_day_has_ended(db) -> None:
    today = timezone.now().date()  # NOW may be of the day before
    for day in (today - datetime.timedelta(days=1), today):
        PublicFormUse.objects.create(form="x", sender="y", used_on=day, times=1)

    forget("Counts behind")

    assert PublicFormUse.objects.get().used_on == today


def invitation(name: str, **fields: object) -> ReviewInvitation:
    values = {
        "revision": make_draft(name).latest_revision(),
        "name": name,
        "credential": "MD",
        "email": "rae@example.org",
        "link_hash": "0" * 64,
        "created_at": ago(800),
        "expires_at": ago(-5),
    }
    return ReviewInvitation.objects.create(**values | fields)


USED = {"used_to": "signed-off", "confirmed_at": NOW}


def test_the_address_of_a_reviewer_goes_and_who_signed_stays(db) -> None:
    invitation("open")
    invitation("fresh", used_at=ago(89), **USED)
    invitation("used", used_at=ago(91), code_hash="1" * 64, **USED)
    invitation("withdrawn", withdrawn_at=ago(91))
    invitation("expired", expires_at=ago(91))

    assert forget("E-mail addresses") == "3 deleted"
    assert forget("E-mail addresses") == "0 deleted"
    left = ReviewInvitation.objects.exclude(email="").values_list("name", flat=True)
    assert sorted(left) == ["fresh", "open"]
    used = ReviewInvitation.objects.get(name="used")
    assert (used.credential, used.email, used.code_hash) == ("MD", "", "")


def test_links_that_came_to_nothing_go_after_a_year(db) -> None:
    invitation("open")
    invitation("used", used_at=ago(400), **USED)
    invitation("withdrawn", withdrawn_at=ago(364))
    expired = invitation("expired", expires_at=ago(366))
    expired.events.create(kind="commented", words="Looks right.")

    assert forget("Review links") == "1 deleted"
    left = ReviewInvitation.objects.values_list("name", flat=True)
    assert sorted(left) == ["open", "used", "withdrawn"]


def test_what_readers_said_goes_in_time(db) -> None:
    article = make_draft("a")
    for words, days in (("old", 366), ("new", 364)):
        MistakeReport.objects.create(article=article, words=words, at=ago(days))
        article.helpful_answers.create(is_helpful=True, at=ago(days))

    assert forget("Readers’ reports") == "1 deleted"
    assert forget("Readers’ answers") == "1 deleted"
    assert MistakeReport.objects.get().words == "new"


def test_errors_of_the_directory_go_in_time(db) -> None:
    doctor = make_doctor()
    for words, days in (("old", 366), ("new", 364)):
        made = report_error(target=doctor, kind="phone", words=words)
        ErrorReport.objects.filter(pk=made.pk).update(reported_at=ago(days))
    for words, days in (("long settled", 91), ("settled", 89)):
        made = report_error(target=doctor, kind="phone", words=words)
        settled = {"state": "dealt-with", "settled_at": ago(days)}
        ErrorReport.objects.filter(pk=made.pk).update(**settled)

    assert forget("Errors of the directory") == "2 deleted"
    left = ErrorReport.objects.order_by("words").values_list("words", flat=True)
    assert list(left) == ["new", "settled"]


def test_the_logs_of_housekeeping_go_in_time(db) -> None:
    article, user = make_draft("a"), make_user()
    for days in (729, 731):
        ReviewReminder.objects.create(
            article=article,
            recipient=user,
            due_on=DAY,
            stage="overdue",
            stage_from=DAY + datetime.timedelta(days=days),
            sent_at=ago(days),
        )
    for days in (364, 366):
        HousekeepingRun.objects.create(started_at=ago(days)).outcomes.create(
            part="x", words="done"
        )

    assert forget("The log of reminders") == "1 deleted"
    assert forget("What housekeeping did") == "1 deleted"
    assert ReviewReminder.objects.count() == HousekeepingRun.objects.count() == 1


def test_refused_rows_stay_for_the_last_import_of_their_file(db) -> None:
    runs = [("doctors", 800), ("doctors", 400), ("hospitals", 900)]
    runs += [("systems", 364), ("systems", 1)]
    for dataset, days in runs:
        run = ImportRun.objects.create(dataset=dataset, version="x", file_name="f")
        ImportRun.objects.filter(pk=run.pk).update(started_at=ago(days))
        RefusedRow.objects.create(run=run, line=days, reason="no NPI")

    assert forget("Rows that an import refused") == "1 deleted"
    kept = RefusedRow.objects.order_by("line").values_list("line", flat=True)
    assert list(kept) == [1, 364, 400, 900]


def test_tables_of_a_broken_import_go(db) -> None:
    shadow.empty_schema()
    shadow.create("directory_practice")

    assert forget("Tables of imports") == "1 deleted"
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass('directory_next.directory_practice')")
        assert cursor.fetchone() == (None,)


def test_tables_of_a_running_import_stay(db) -> None:
    shadow.empty_schema()
    shadow.create("directory_practice")

    with another_session_holds(Lock.IMPORT):
        assert forget("Tables of imports") == "0 deleted"


@pytest.mark.parametrize("rule", RETENTIONS, ids=lambda rule: rule.what)
def test_the_operators_page_says_the_same(rule) -> None:
    page = (ROOT / "docs/operators.md").read_text()

    assert f"| {rule.what} | {rule.kept} |" in page
