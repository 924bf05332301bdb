"""The timed work: every part has its turn, and what became of it is known."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from articles import housekeeping
from articles.housekeeping import PARTS, Part, keep_house
from articles.models import HousekeepingRun
from directory.one_run import Lock
from tests.another_session import another_session_holds
from tests.articles.factories import make_user

pytestmark = pytest.mark.django_db


def fail() -> str:
    raise RuntimeError("The mail server\ndoes not answer.")


def fail_without_words() -> str:
    raise KeyError


def outcomes(run: HousekeepingRun) -> list[tuple[str, str, bool]]:
    return [(each.part, each.words, each.has_failed) for each in run.outcomes.all()]


def test_what_fails_is_recorded_and_keeps_nothing_else_from_being_done() -> None:
    run = keep_house(
        [
            Part("One", fail),
            Part("Two", fail_without_words),
            Part("Three", lambda: "3 sent"),
            Part("Four", lambda: ""),
        ]
    )

    assert outcomes(run) == [
        ("One", "The mail server\ndoes not answer.", True),
        ("Two", "KeyError", True),
        ("Three", "3 sent", False),
        ("Four", "done", False),
    ]
    assert run.ended_at is not None


def test_a_run_that_is_killed_has_no_end() -> None:
    def stop() -> str:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        keep_house([Part("One", lambda: "done"), Part("Two", stop)])

    run = HousekeepingRun.objects.get()
    assert run.ended_at is None
    assert outcomes(run) == [("One", "done", False)]
    assert keep_house([Part("One", lambda: "done")]).ended_at is not None


def test_the_command_does_everything_and_again() -> None:
    out = StringIO()

    call_command("housekeeping", stdout=out)
    call_command("housekeeping", stdout=StringIO())

    lines = out.getvalue().splitlines()
    assert [line.split(":")[0] for line in lines] == [part.name for part in PARTS]
    assert lines[0] == "Review reminders: 0 mails sent"
    assert lines[-1].startswith("External links: 0 asked")
    assert HousekeepingRun.objects.filter(ended_at__isnull=False).count() == 2


def test_the_exit_code_tells_of_a_failed_part(monkeypatch: pytest.MonkeyPatch) -> None:
    parts = [Part("Mail", fail), Part("Rest", lambda: "done")]
    monkeypatch.setattr(housekeeping, "PARTS", parts)
    out = StringIO()

    with pytest.raises(CommandError, match="Mail failed; the rest is done"):
        call_command("housekeeping", stdout=out)

    assert out.getvalue().startswith("FAILED  Mail: The mail server")
    assert "\nRest: done\n" in out.getvalue()


def test_two_runs_at_once_are_one() -> None:
    out = StringIO()

    with another_session_holds(Lock.HOUSEKEEPING):
        call_command("housekeeping", stdout=out)

    assert out.getvalue() == "Another run is at work; nothing was done.\n"
    assert not HousekeepingRun.objects.exists()


def test_links_that_are_asked_by_hand_are_no_fault() -> None:
    with another_session_holds(Lock.LINK_CHECK):
        words = housekeeping.check_links()

    assert words == "another run asks them now"


def test_the_admin_shows_what_was_done(client: Client) -> None:
    client.force_login(make_user("Publisher"))
    run = keep_house([Part("<b>Mail</b>", fail), Part("Rest", lambda: "3 deleted")])
    broken_off = HousekeepingRun.objects.create()

    listed = client.get(reverse("admin:articles_housekeepingrun_changelist"))
    page = client.get(reverse("admin:articles_housekeepingrun_change", args=[run.pk]))
    begun = client.get(
        reverse("admin:articles_housekeepingrun_change", args=[broken_off.pk])
    )

    assert "&lt;b&gt;Mail&lt;/b&gt;" in listed.content.decode()
    assert "did not reach its end" in listed.content.decode()
    assert "Failed: &lt;b&gt;Mail&lt;/b&gt;: The mail" in page.content.decode()
    assert "Rest: 3 deleted" in page.content.decode()
    assert "nothing yet" in begun.content.decode()


def test_nobody_writes_the_record(client: Client) -> None:
    client.force_login(make_user("Editor"))

    listed = client.get(reverse("admin:articles_housekeepingrun_changelist"))

    assert listed.status_code == 403
