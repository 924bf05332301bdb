"""The queue of external links that are due, one run at a time."""

import datetime
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass

from django.conf import settings
from django.db.models import F, Q

from articles.external_links.addresses import target_of
from articles.external_links.checking import (
    BROKEN_AFTER,
    STRIKE_APART,
    UNDECIDED,
    Pace,
    State,
    describe,
    interleave,
    is_reached,
    judge,
)
from articles.external_links.fetching import Answer, Fetcher
from articles.external_links.stored import store_source_links
from articles.models import ExternalLink
from articles.models.external_link import ExternalLinkQuerySet
from directory.one_run import Lock, only_run

DUE_DAYS = 7  # a link that answers is asked again after so many
SECONDS_BETWEEN = 1.0  # two requests to one host
# A host that answered so is left in peace for the rest of a run.
BUSY = frozenset({"429", "503", "timeout"})
OTHERS = 4  # hosts that are asked before this machine is said to be cut off


class NothingReachedError(Exception):
    """No host answers: that says something about this machine, not about links."""

    def __init__(self, url: str, word: str, others: int) -> None:
        super().__init__(
            f"This machine reached nobody, so no link was judged. {url}: "
            f"{describe(word)}; other hosts that were tried: {others}. Look at its "
            "network and its name server (DNS); the next run asks the same links."
        )


@dataclass
class Summary:
    """What a run did, in links."""

    asked: int = 0
    failing: int = 0  # not long enough to be broken: all of them without a network
    broken: int = 0  # newly
    mended: int = 0
    undecided: int = 0
    left: int = 0  # their host wants to be left in peace

    def __str__(self) -> str:
        return (
            f"{self.asked} asked, {self.failing} failing so far, "
            f"{self.broken} newly broken, {self.mended} mended, "
            f"{self.undecided} undecided, {self.left} left for the next run"
        )

    def count(self, before: ExternalLink, after: State) -> None:
        """Add one link that was asked."""
        was, now = before.is_broken, after.strikes >= BROKEN_AFTER
        self.asked += 1
        self.failing += after.strikes > 0 and not now
        self.broken += now and not was
        self.mended += was and not now
        self.undecided += after.answer in UNDECIDED


def agent() -> str:
    """Return the name under which this site asks others."""
    return f"SecondVoice link check (+{settings.SITE_ORIGIN}/)"


def asking(seconds_between: float) -> Callable[[str], Answer]:
    """Return what asks for an address, and no host more often than that."""
    pace = Pace(seconds_between, time.monotonic, time.sleep)
    return Fetcher(agent(), pace.wait).ask


def due(now: datetime.datetime, days: int) -> ExternalLinkQuerySet:
    """Return links to ask, oldest first: those that failed are due after a day."""
    long_ago = Q(checked_at__lte=now - datetime.timedelta(days=days))
    failed = Q(strikes__gt=0, checked_at__lte=now - STRIKE_APART)
    found = ExternalLink.objects.in_use().filter(Q(checked_at=None) | long_ago | failed)
    return found.order_by(F("checked_at").asc(nulls_first=True), "pk")


def check_due(
    *,
    ask: Callable[[str], Answer],
    clock: Callable[[], datetime.datetime],
    days: int,
    limit: int | None = None,
) -> Summary:
    """Ask the links that are due and store each answer at once.

    A run that is stopped has lost nothing: the next begins with what is left. Raises
    AlreadyRunningError, NothingReachedError.
    """
    is_online = False
    with only_run(Lock.LINK_CHECK):
        store_source_links()
        links = interleave(due(clock(), days)[:limit], host_of)
        summary, busy = Summary(), set[str]()
        for link in links:
            if host_of(link) in busy:
                summary.left += 1
                continue
            answer = ask(link.url)
            if not is_online and not is_reached(answer.word):
                _reach_others(ask, link, answer.word)
            is_online = True
            if answer.word in BUSY:
                busy.add(answer.host)
            after = judge(state_of(link), answer.word, clock())
            ExternalLink.objects.filter(pk=link.pk).update(**asdict(after))
            summary.count(link, after)
    return summary


def _reach_others(ask: Callable[[str], Answer], link: ExternalLink, word: str) -> None:
    """Ask other hosts whether any answers, those first that did so lately.

    Raises NothingReachedError.
    """
    known = ExternalLink.objects.in_use().order_by(
        "strikes", F("checked_at").desc(nulls_last=True), "pk"
    )
    by_host = {host_of(each): each for each in reversed(known)}
    by_host.pop(host_of(link), None)
    others = list(reversed(by_host.values()))[:OTHERS]
    if not any(is_reached(ask(each.url).word) for each in others):
        raise NothingReachedError(link.url, word, len(others))


def host_of(link: ExternalLink) -> str:
    """Return the host that a link asks first."""
    target = target_of(link.url)
    return target.host if target else ""


def state_of(link: ExternalLink) -> State:
    """Return what is known of a link."""
    return State(link.checked_at, link.answer, link.first_failed_at, link.strikes)
