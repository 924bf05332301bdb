"""The queue: what is due, in which order, and what a run leaves behind."""

import datetime
from collections.abc import Iterator
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from articles.checking import check_stored
from articles.external_links import queue
from articles.external_links.checking import Pace, describe
from articles.external_links.fetching import Answer, Fetcher
from articles.external_links.queue import (
    NothingReachedError,
    Summary,
    agent,
    check_due,
    due,
)
from articles.models import ExternalLink, Source
from directory.one_run import Lock
from tests.another_session import another_session_holds
from tests.articles.external_links.misbehaving_server import (
    MisbehavingServer,
    misbehaving_server,
)
from tests.articles.factories import make_draft, make_guide, make_source

pytestmark = pytest.mark.django_db

NOON = datetime.datetime(2026, 11, 2, 12, tzinfo=datetime.UTC)
DAY = datetime.timedelta(days=1)


@pytest.fixture
def server() -> Iterator[MisbehavingServer]:
    with misbehaving_server() as running:
        yield running


def write(*urls: str) -> None:
    make_draft("a-guide", "\n".join(f"<{url}>" for url in urls))


def run(answers: dict[str, str], at: datetime.datetime = NOON, **options: object):
    """Run with given answers; returns the summary and what was asked, in order."""
    asked: list[str] = []

    def ask(url: str) -> Answer:
        asked.append(url)
        return Answer(answers.get(url, "200"), url.split("/")[2])

    summary = check_due(ask=ask, clock=lambda: at, **{"days": 7} | options)
    return summary, asked


def state(url: str) -> tuple[str, int, bool]:
    link = ExternalLink.objects.get(url=url)
    return link.answer, link.strikes, link.is_broken


def test_the_links_of_cited_sources_are_asked_and_told() -> None:
    cited = make_source("cited-2020", doi="10.1000/x")
    make_source("uncited-2020", url="https://example.org/uncited")
    make_source("paper-2020", url="")
    guide = make_guide("a-guide", sources=[cited, make_source("book-2019", url="")])
    gone = {"https://doi.org/10.1000/x": "404"}

    assert run(gone)[1] == ["https://doi.org/10.1000/x"]
    run(gone, NOON + DAY)

    verdict = check_stored(guide.latest_revision(), today=NOON.date())
    [told] = [one for one in verdict.groups if one.rule.id == "link-external"]
    assert [(each.passage, each.message) for each in told.findings] == [
        ("https://doi.org/10.1000/x", "answered 404.")
    ]
    assert list(ExternalLink.objects.get().public_articles()) == [guide]


def test_a_source_with_another_link_is_asked_there() -> None:
    source = make_source("cited-2020", url="https://example.org/old")
    make_guide("a-guide", sources=[source])
    run({})
    Source.objects.update(url="https://example.org/new")

    assert run({}, NOON + DAY)[1] == ["https://example.org/new"]


def test_a_missing_page_is_broken_after_two_runs_a_day_apart(
    server: MisbehavingServer,
) -> None:
    missing, fine = server.url("/missing"), server.url("/ok")
    write(missing, fine)
    fetcher = Fetcher("test", lambda host: None, allow_loopback_for_tests=True)

    check_due(ask=fetcher.ask, clock=lambda: NOON, days=7)
    first = state(missing)
    check_due(ask=fetcher.ask, clock=lambda: NOON + DAY, days=7)

    assert first == ("404", 1, False)
    assert state(missing) == ("404", 2, True)
    assert state(fine) == ("200", 0, False)
    assert ExternalLink.objects.get(url=missing).first_failed_at == NOON


def test_a_page_that_was_missing_once_is_not_broken(server: MisbehavingServer) -> None:
    missing = server.url("/missing")
    write(missing)
    fetcher = Fetcher("test", lambda host: None, allow_loopback_for_tests=True)

    check_due(ask=fetcher.ask, clock=lambda: NOON, days=7)
    server.statuses["/missing"] = 200
    check_due(ask=fetcher.ask, clock=lambda: NOON + DAY, days=7)

    assert state(missing) == ("200", 0, False)


def test_two_requests_to_one_server_lie_a_second_apart(
    server: MisbehavingServer,
) -> None:
    now, times = [0.0], []

    def sleep(seconds: float) -> None:
        now[0] += seconds

    pace = Pace(1.0, lambda: now[0], sleep)

    def wait(host: str) -> None:
        pace.wait(host)
        times.append((host, now[0]))

    write(
        server.url("/ok", "one.example"),
        server.url("/missing", "one.example"),
        server.url("/moved", "two.example"),
    )
    fetcher = Fetcher(
        "test", wait, lambda host, port: ["127.0.0.1"], allow_loopback_for_tests=True
    )

    check_due(ask=fetcher.ask, clock=lambda: NOON, days=7)

    assert times == [
        ("one.example", 0),
        ("one.example", 1),
        ("two.example", 1),
        ("two.example", 2),
        ("two.example", 3),
        ("one.example", 3),
    ]
    assert [path for _, path in server.asked] == [
        *("/missing", "/missing"),
        *("/moved", "/moved-2", "/ok"),
        "/ok",
    ]


def test_the_oldest_come_first_and_hosts_take_turns() -> None:
    write("http://a/1", "http://a/2", "http://b/1", "http://b/2")
    for url, age in (("http://a/1", 8), ("http://b/2", 9)):
        ExternalLink.objects.filter(url=url).update(
            checked_at=NOON - age * DAY, answer="200"
        )

    unchecked = list(due(NOON, 7)[:2])
    summary, asked = run({})

    assert {link.url for link in unchecked} == {"http://a/2", "http://b/1"}
    assert asked == ["http://a/2", "http://b/1", "http://a/1", "http://b/2"]
    assert summary == Summary(asked=4)


def test_what_was_asked_is_due_again_after_the_days() -> None:
    write("http://a/")
    run({})

    assert run({}, NOON + 6 * DAY)[1] == []
    assert run({}, NOON + 7 * DAY)[1] == ["http://a/"]
    assert run({}, NOON + 9 * DAY, days=2)[1] == ["http://a/"]


def test_what_failed_is_due_again_after_a_day() -> None:
    write("http://a/")
    run({"http://a/": "404"})

    assert run({}, NOON + DAY / 2)[1] == []
    assert run({}, NOON + DAY)[1] == ["http://a/"]


def test_links_of_old_texts_are_not_asked() -> None:
    write("http://a/")
    ExternalLink.objects.create(url="http://nowhere-in-use/")

    assert run({})[1] == ["http://a/"]


@pytest.mark.parametrize("busy", ["429", "503", "timeout"])
def test_a_busy_host_is_left_in_peace_for_the_rest_of_the_run(busy: str) -> None:
    write("http://a/1", "http://a/2", "http://a/3", "http://b/1")

    summary, asked = run({"http://a/1": busy})
    _, asked_next = run({}, NOON + DAY / 2)

    assert [url for url in asked if "a/" in url] == ["http://a/1"]
    assert (summary.asked, summary.left) == (2, 2)
    assert asked_next == ["http://a/2", "http://a/3"]


def test_a_run_that_is_stopped_loses_nothing() -> None:
    write("http://a/", "http://b/", "http://c/")

    def ask(url: str) -> Answer:
        if url == "http://b/":
            raise KeyboardInterrupt
        return Answer("200", "")

    with pytest.raises(KeyboardInterrupt):
        check_due(ask=ask, clock=lambda: NOON, days=7)

    assert state("http://a/") == ("200", 0, False)
    assert run({})[1] == ["http://b/", "http://c/"]


def test_the_summary_counts_what_broke_and_what_was_mended() -> None:
    write("http://a/", "http://b/", "http://c/", "http://d/")
    failing = dict.fromkeys(["http://a/", "http://b/"], "404")
    first, _ = run(failing | {"http://c/": "403"})
    second, _ = run(failing, NOON + DAY)
    third, _ = run({"http://a/": "404"}, NOON + 2 * DAY)

    assert first == Summary(asked=4, failing=2, undecided=1)
    assert second == Summary(asked=2, broken=2)
    assert third == Summary(asked=2, mended=1)


@pytest.mark.parametrize(
    "word", ["dns", "dns-later", "private", "refused", "reset", "tls", "unreachable"]
)
def test_a_machine_that_reaches_nobody_says_nothing_about_links(word: str) -> None:
    urls = [f"http://{host}/" for host in "abcdef"]
    write(*urls)
    run({})

    for day in (7, 8, 9):
        with pytest.raises(NothingReachedError) as stopped:
            run(dict.fromkeys(urls, word), NOON + day * DAY)

    assert "This machine reached nobody, so no link was judged." in str(stopped.value)
    assert f"http://a/: {describe(word)}" in str(stopped.value)
    assert "other hosts that were tried: 4. Look at its network" in str(stopped.value)
    assert {state(url) for url in urls} == {("200", 0, False)}
    assert run({}, NOON + 9 * DAY)[1] == urls


def test_a_host_that_is_gone_is_told_though_nothing_else_is_due() -> None:
    write("http://a/1", "http://a/2", "http://b/", "http://c/")
    gone = dict.fromkeys(["http://a/1", "http://a/2"], "dns")
    run(gone | {"http://b/": "404"})

    _, asked = run(gone, NOON + DAY)

    assert asked[:2] == ["http://a/1", "http://c/"]
    assert state("http://a/1") == ("dns", 2, True)
    assert state("http://c/") == ("200", 0, False)


def call(monkeypatch: pytest.MonkeyPatch, *words: str, **options: object) -> str:
    """Run the command with a fetcher that may ask this machine; returns its words."""

    def local(name: str, wait: object) -> Fetcher:
        return Fetcher(name, wait, allow_loopback_for_tests=True)

    monkeypatch.setattr(queue, "Fetcher", local)
    out = StringIO()
    call_command("check_links", *words, stdout=out, **options)
    return out.getvalue()


def test_the_command_asks_as_many_as_it_is_told(
    server: MisbehavingServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(server.url("/ok"), server.url("/round"))

    words = call(monkeypatch, limit=1)

    assert words == (
        "1 asked, 0 failing so far, 0 newly broken, 0 mended, 0 undecided, "
        "0 left for the next run\n"
    )
    assert server.asked == [("HEAD", "/ok")]
    assert server.headers[0]["User-Agent"] == agent()
    checked_at = ExternalLink.objects.get(answer="200").checked_at
    assert timezone.now() - checked_at < datetime.timedelta(minutes=1)


def test_the_command_takes_its_options_as_words(
    server: MisbehavingServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(server.url("/ok"), server.url("/round"))

    words = call(monkeypatch, "--limit=1", "--due-days=30", "--gap=2.5")

    assert words.startswith("1 asked")
    assert server.asked == [("HEAD", "/ok")]


def test_two_runs_do_not_meet(
    server: MisbehavingServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(server.url("/ok"))

    with another_session_holds(Lock.LINK_CHECK):
        words = call(monkeypatch)

    assert words == "Another run is at work; nothing was asked.\n"
    assert server.asked == []
    assert call(monkeypatch).startswith("1 asked")


def test_the_command_stops_where_nobody_is_reached(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    write("http://one.example/", "http://two.example/")

    def no_names(name: str, wait: object) -> Fetcher:
        return Fetcher(name, wait, look_up=lambda host, port: [])

    monkeypatch.setattr(queue, "Fetcher", no_names)

    with pytest.raises(CommandError, match="reached nobody, so no link was judged"):
        call_command("check_links")
    with pytest.raises(CommandError, match="External links failed; the rest is done"):
        call_command("housekeeping", stdout=(out := StringIO()))

    assert "FAILED  External links: This machine reached nobody" in out.getvalue()
    assert state("http://one.example/") == ("", 0, False)


@pytest.mark.parametrize(
    "option",
    [
        "--gap=0.5",
        "--gap=nan",
        "--limit=0",
        "--due-days=-1",
        "--limit=x",
        "--due-days=1000000",
    ],
)
def test_the_command_refuses(option: str) -> None:
    with pytest.raises(CommandError):
        call_command("check_links", option)


def test_the_checker_names_the_site(settings) -> None:
    settings.ALLOWED_HOSTS = ["*"]
    settings.SITE_ORIGIN = "https://guides.example"

    assert agent() == "SecondVoice link check (+https://guides.example/)"
