"""Reminders of medical reviews: who is told, when, once, and after every fault."""

import datetime
import smtplib
from unittest import mock

import pytest
from django.contrib.auth.models import Group, User
from django.core import mail
from django.core.mail import EmailMessage
from django.test import Client
from django.urls import reverse

from articles.housekeeping import send_reminders
from articles.models import Article, ReviewReminder
from articles.reminders import RemindersFailedError, owner_of, remind
from articles.review_dates import stage_of
from articles.reviewing import set_review_interval
from tests.articles.factories import (
    make_contributor,
    make_draft,
    make_guide,
    make_user,
    sign,
    take_back,
)

Date = datetime.date
DUE = Date(2026, 11, 4)  # a Wednesday
SIGNED = Date(2025, 11, 4)

STAGES = [
    # today, stage, since
    (Date(2026, 9, 4), None),
    (Date(2026, 9, 5), ("60", Date(2026, 9, 5))),
    (Date(2026, 10, 4), ("60", Date(2026, 9, 5))),
    (Date(2026, 10, 5), ("30", Date(2026, 10, 5))),
    (Date(2026, 11, 3), ("30", Date(2026, 10, 5))),
    (Date(2026, 11, 4), ("due", DUE)),
    (Date(2026, 11, 8), ("due", DUE)),
    (Date(2026, 11, 9), ("overdue", Date(2026, 11, 9))),
    (Date(2026, 11, 15), ("overdue", Date(2026, 11, 9))),
    (Date(2026, 11, 16), ("overdue", Date(2026, 11, 16))),
    (Date(2028, 2, 29), ("overdue", Date(2028, 2, 28))),
]


@pytest.mark.parametrize(("today", "stage"), STAGES, ids=str)
def test_one_stage_holds_on_each_day(
    today: Date, stage: tuple[str, Date] | None
) -> None:
    assert stage_of(DUE, today) == stage


def test_a_monday_is_the_day_itself_before_it_is_a_week_of_being_overdue() -> None:
    monday, week = Date(2026, 11, 9), datetime.timedelta(days=7)

    assert stage_of(monday, monday) == ("due", monday)
    assert stage_of(monday, monday + week) == ("overdue", monday + week)


def owner(**fields: object) -> User:
    values = {"username": "edda", "email": "edda@example.org"}
    return make_user("Editor", **values | fields)


def due_guide(user: User | None, slug: str = "a", **fields: object) -> Article:
    """Return a guide of somebody's whose review is due on DUE."""
    author = make_contributor(user=user) if user else None
    values = {"title": "My guide", "author": author, "reviewed_on": SIGNED}
    return make_guide(slug, **values | fields)


def subjects() -> list[str]:
    """Return whom mail went to, then forget it."""
    sent = [to for message in mail.outbox for to in message.to]
    mail.outbox.clear()
    return sent


def test_the_owner_reads_what_is_due_and_where_it_is_mended(db, settings) -> None:
    settings.SITE_ORIGIN = "https://voice.example"
    guide = due_guide(owner(first_name="Edda", last_name="Ess"))

    done = remind(DUE)

    [message] = mail.outbox
    assert done == "1 mail sent"
    assert message.to == ["edda@example.org"]
    assert message.subject == "Medical review: 1 guide to look at"
    assert "Hello Edda Ess," in message.body
    assert "My guide\n  due: November 4, 2026\n" in message.body
    assert "where nothing is to be changed, ask a reviewer to sign" in message.body
    address = f"https://voice.example/admin/articles/article/{guide.pk}/change/"
    assert address in message.body


def test_a_year_of_daily_runs_tells_each_stage_once(db) -> None:
    due_guide(owner())
    first = Date(2026, 8, 1)

    told = []
    for day in (first + datetime.timedelta(days=n) for n in range(120)):
        remind(day)
        told += [day] * len(subjects())

    assert told == [
        Date(2026, 9, 5),
        Date(2026, 10, 5),
        DUE,
        Date(2026, 11, 9),
        Date(2026, 11, 16),
        Date(2026, 11, 23),
    ]


def test_after_missed_runs_only_what_holds_now_is_told(db) -> None:
    due_guide(owner())
    remind(Date(2026, 9, 5))
    mail.outbox.clear()

    remind(Date(2026, 12, 1))
    remind(Date(2026, 12, 1))

    [message] = mail.outbox
    assert "overdue: November 4, 2026" in message.body
    assert ReviewReminder.objects.count() == 2


def test_several_guides_come_in_one_mail_the_longest_due_first(db) -> None:
    edda = owner()
    author = make_contributor(user=edda)
    due_guide(None, "later", author=author, title="Later")
    due_guide(
        None, "long-due", author=author, title="Long", reviewed_on=Date(2025, 8, 1)
    )
    due_guide(None, "fine", author=author, title="Fine", reviewed_on=DUE)

    remind(DUE)

    [message] = mail.outbox
    assert message.subject == "Medical review: 2 guides to look at"
    assert message.body.index("Long") < message.body.index("Later")
    assert "Fine" not in message.body


def test_a_new_sign_off_ends_the_reminders_and_begins_them_anew(db) -> None:
    guide = due_guide(owner())
    remind(DUE)
    sign(guide.latest_revision(), on=DUE)
    mail.outbox.clear()

    assert remind(Date(2026, 11, 9)) == "0 mails sent"
    remind(Date(2027, 11, 4))

    assert "due: November 4, 2027" in mail.outbox[0].body


def test_another_interval_is_another_day(db) -> None:
    guide = due_guide(owner())
    remind(DUE)
    set_review_interval(article=guide, months=13, by=None)

    remind(DUE)

    assert "due within 30 days: December 4, 2026" in mail.outbox[1].body


def test_nobody_is_told_of_what_readers_do_not_see(db) -> None:
    take_back(due_guide(owner()))

    assert remind(DUE) == "0 mails sent"


@pytest.mark.parametrize(
    ("signed_on", "months", "due_on"),
    [
        (Date(2024, 2, 29), 12, Date(2025, 2, 28)),
        (Date(2024, 2, 29), 48, Date(2028, 2, 29)),
        (Date(2026, 8, 31), 6, Date(2027, 2, 28)),
    ],
    ids=str,
)
def test_a_leap_day_loses_no_reminder(
    db, signed_on: Date, months: int, due_on: Date
) -> None:
    guide = due_guide(owner(), reviewed_on=signed_on)
    set_review_interval(article=guide, months=months, by=None)

    remind(due_on)

    assert f"due: {due_on:%B %-d, %Y}" in mail.outbox[0].body


@pytest.mark.parametrize(
    ("now", "count"),
    [
        # clocks go forward in New York on March 14, 2027 at 07:00 UTC
        ("2027-03-14T04:59:00+00:00", 0),  # 23:59 of March 13 there
        ("2027-03-14T05:01:00+00:00", 1),
        ("2027-03-14T06:59:00+00:00", 1),  # 01:59
        ("2027-03-14T07:01:00+00:00", 1),  # 03:01
        ("2027-03-15T03:59:00+00:00", 1),  # 23:59
    ],
)
def test_a_clock_change_is_no_other_day(db, settings, now: str, count: int) -> None:
    settings.TIME_ZONE = "America/New_York"
    due_guide(owner(), reviewed_on=Date(2026, 4, 13))  # 30 days before: March 14
    remind(Date(2027, 3, 12))
    mail.outbox.clear()
    moment = datetime.datetime.fromisoformat(now)

    with mock.patch("django.utils.timezone.now", return_value=moment):
        send_reminders()
        send_reminders()

    assert len(mail.outbox) == count


def chief(**fields: object) -> User:
    values = {"username": "chief", "email": "chief@example.org"}
    return make_user("Editor-in-chief", **values | fields)


@pytest.mark.parametrize(
    "left",
    [
        lambda edda: User.objects.filter(pk=edda.pk).update(is_active=False),
        lambda edda: User.objects.filter(pk=edda.pk).update(is_staff=False),
        lambda edda: User.objects.filter(pk=edda.pk).update(email=""),
        lambda edda: edda.groups.clear(),
        lambda edda: edda.delete(),
    ],
    ids=["inactive", "not let in", "no address", "no editor any more", "deleted"],
)
def test_the_editor_in_chief_hears_when_the_owner_has_left(db, left) -> None:
    edda = owner()
    due_guide(edda)
    chief()
    remind(Date(2026, 10, 5))
    assert subjects() == ["edda@example.org"]

    left(edda)
    remind(DUE)

    assert subjects() == ["chief@example.org"]


def test_who_stored_a_text_looks_after_it_where_its_author_has_no_account(db) -> None:
    guide = due_guide(None, author=make_contributor("Ada"))
    guide.revisions.update(created_by=owner())

    remind(DUE)

    assert subjects() == ["edda@example.org"]


def test_what_is_not_public_has_nobody_to_be_told(db) -> None:
    edda = owner()
    draft = make_draft("a", author=make_contributor(user=edda))

    assert owner_of(draft, {edda.pk: edda}) is None


def test_the_log_stands_in_the_admin(client: Client, db) -> None:
    guide = due_guide(owner())
    remind(DUE)
    client.force_login(make_user("Publisher"))

    page = client.get(reverse("admin:articles_reviewreminder_changelist"))
    row = guide.reminders.get()
    one = client.get(reverse("admin:articles_reviewreminder_change", args=[row.pk]))

    assert "Nov. 4, 2026" in page.content.decode()
    assert "edda" in page.content.decode()
    assert "a, due on 2026-11-04: On the day" in one.content.decode()


def test_renamed_groups_still_get_their_mail(db) -> None:
    due_guide(owner())
    due_guide(None, "nobodys")
    chief()
    Group.objects.filter(name="Editor-in-chief").update(name="Head of content")
    Group.objects.filter(name="Editor").update(name="Writers")

    remind(DUE)

    assert sorted(subjects()) == ["chief@example.org", "edda@example.org"]


def test_without_an_editor_in_chief_the_operator_is_told(db) -> None:
    due_guide(None)
    User.objects.create_superuser("root", "root@example.org", "secret")

    remind(DUE)

    assert subjects() == ["root@example.org"]


def test_where_nobody_can_be_reached_it_is_said_and_tried_again(db) -> None:
    due_guide(None)

    with pytest.raises(RemindersFailedError, match="no editor-in-chief"):
        remind(DUE)

    chief()
    assert remind(DUE) == "1 mail sent"


def test_a_guide_that_nobody_looks_after_silences_no_other(db) -> None:
    due_guide(None)
    due_guide(owner(), "b")

    with pytest.raises(RemindersFailedError) as failed:
        remind(DUE)

    assert subjects() == ["edda@example.org"]
    assert str(failed.value) == (
        "1 mail sent, there are guides without an owner and no editor-in-chief with "
        "an e-mail address: give one in Users."
    )
    chief()
    assert remind(DUE) == "1 mail sent"
    assert subjects() == ["chief@example.org"]


@pytest.mark.parametrize(
    "fault",
    [
        ConnectionRefusedError("no server"),
        smtplib.SMTPRecipientsRefused({}),
        TimeoutError("slow"),
        ValueError("Invalid address"),
    ],
    ids=["no server", "refused address", "slow server", "address of no mail"],
)
def test_a_mail_that_fails_keeps_no_other_and_is_sent_next_time(
    db, fault: Exception
) -> None:
    due_guide(owner())
    due_guide(owner(username="emil", email="emil@example.org"), "b")
    send = EmailMessage.send

    def refuse_edda(self: EmailMessage, *args: object, **options: object) -> int:
        if self.to == ["edda@example.org"]:
            raise fault
        return send(self, *args, **options)

    with (
        mock.patch.object(EmailMessage, "send", refuse_edda),
        pytest.raises(RemindersFailedError, match="1 mail sent, 1 could not be sent"),
    ):
        remind(DUE)

    assert subjects() == ["emil@example.org"]
    assert remind(DUE) == "1 mail sent"
    assert subjects() == ["edda@example.org"]


def test_the_number_of_queries_does_not_grow_with_the_guides(
    db, django_assert_max_num_queries
) -> None:
    author = make_contributor(user=owner())
    for number in range(12):
        due_guide(None, f"guide-{number}", author=author)

    with django_assert_max_num_queries(8):
        remind(DUE)

    assert ReviewReminder.objects.count() == 12
