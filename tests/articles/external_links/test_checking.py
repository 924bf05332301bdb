"""What an answer says about a link, and the order of asking: no clock, no network."""

import datetime

import pytest

from articles.external_links.checking import (
    UNDECIDED,
    WORDS,
    Pace,
    State,
    describe,
    interleave,
    is_good,
    judge,
)

NOON = datetime.datetime(2026, 11, 2, 12, tzinfo=datetime.UTC)
HOUR = datetime.timedelta(hours=1)
DAY = 24 * HOUR


def after(*answers: tuple[datetime.timedelta, str]) -> State:
    """Return what is known after answers, each so long after the first noon."""
    state = State()
    for since, answer in answers:
        state = judge(state, answer, NOON + since)
    return state


def test_one_failure_is_one_strike() -> None:
    assert after((0 * DAY, "404")) == State(NOON, "404", NOON, 1)


def test_a_second_failure_a_day_later_makes_it_broken() -> None:
    assert after((0 * DAY, "404"), (DAY, "500")) == State(NOON + DAY, "500", NOON, 2)


def test_a_second_failure_within_the_day_is_no_second_strike() -> None:
    state = after((0 * DAY, "404"), (DAY - HOUR, "404"))

    assert state == State(NOON + DAY - HOUR, "404", NOON, 1)


def test_further_failures_are_no_third_strike() -> None:
    assert after((0 * DAY, "404"), (DAY, "404"), (9 * DAY, "404")).strikes == 2


@pytest.mark.parametrize("good", ["200", "204", "206", "304"])
def test_a_good_answer_forgets_all_strikes(good: str) -> None:
    state = after((0 * DAY, "404"), (DAY, "404"), (2 * DAY, good))

    assert state == State(NOON + 2 * DAY, good, None, 0)


@pytest.mark.parametrize("answer", sorted(UNDECIDED))
def test_what_decides_nothing_is_no_strike_however_often(answer: str) -> None:
    state = after((0 * DAY, answer), (2 * DAY, answer))

    assert state == State(NOON + 2 * DAY, answer, None, 0)


@pytest.mark.parametrize("answer", sorted(UNDECIDED))
def test_what_decides_nothing_mends_nothing(answer: str) -> None:
    suspected = after((0 * DAY, "404"), (DAY, answer))
    broken = after((0 * DAY, "404"), (DAY, "404"), (2 * DAY, answer))

    assert (suspected.strikes, suspected.first_failed_at) == (1, NOON)
    assert (broken.strikes, broken.first_failed_at) == (2, NOON)


@pytest.mark.parametrize("answer", [*sorted(WORDS.keys() - UNDECIDED), "400", "503"])
def test_every_other_answer_is_a_strike(answer: str) -> None:
    assert not is_good(answer)
    assert after((0 * DAY, answer)).strikes == 1


def test_what_must_not_count_does_not() -> None:
    assert {"401", "403", "429", "timeout"} <= UNDECIDED


def test_an_answer_is_told_in_words() -> None:
    assert describe("404") == "answered 404"
    assert describe("tls") == "has no valid certificate"


def test_hosts_take_turns_and_keep_their_order() -> None:
    links = ["a1", "a2", "a3", "b1", "c1", "b2"]

    ordered = interleave(links, lambda link: link[0])

    assert ordered == ["a1", "b1", "c1", "a2", "b2", "a3"]


def test_a_host_is_left_in_peace_between_two_requests() -> None:
    now, slept = [100.0], []

    def sleep(seconds: float) -> None:
        slept.append(seconds)
        now[0] += seconds

    pace = Pace(1.0, lambda: now[0], sleep)

    pace.wait("a")
    now[0] += 0.25
    pace.wait("b")
    pace.wait("a")
    now[0] += 5
    pace.wait("a")

    assert slept == [0.75]
