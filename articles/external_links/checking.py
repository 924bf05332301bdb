"""What an answer says about a link, and in which order links are asked; pure."""

import datetime
from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

BROKEN_AFTER = 2  # failures, at least STRIKE_APART from each other
STRIKE_APART = datetime.timedelta(days=1)

# What can come instead of a status -> the same for an editor.
WORDS = {
    "address": "is not an address that can be asked",
    "circle": "redirects without end",
    "dns": "its host does not exist",
    "dns-later": "its host could not be looked up",
    "garbled": "answered with something that is not HTTP",
    "nowhere": "redirects without saying where to",
    "port": "is on a port that is not asked",
    "private": "leads into a private network",
    "refused": "its server takes no connection",
    "reset": "its server hung up without an answer",
    "timeout": "did not answer in time",
    "tls": "has no valid certificate",
    "unreachable": "could not be reached from here",
}

# Readers may well see a page where we are sent away, or the fault is on our side.
UNDECIDED = frozenset(
    {"401", "403", "429", "dns-later", "port", "timeout", "unreachable"}
)

# No page, but a server that was reached.
REACHED = frozenset({"circle", "garbled", "nowhere"})


@dataclass(frozen=True)
class State:
    """What is known of a link."""

    checked_at: datetime.datetime | None = None
    answer: str = ""
    first_failed_at: datetime.datetime | None = None
    strikes: int = 0


def is_good(answer: str) -> bool:
    """Whether an answer is a page that a reader can open."""
    return answer.isdigit() and 200 <= int(answer) < 400


def is_reached(answer: str) -> bool:
    """Whether an answer came from a server, whatever it said."""
    return answer.isdigit() or answer in REACHED


def judge(state: State, answer: str, now: datetime.datetime) -> State:
    """Return what is known of a link after an answer.

    A failure is a strike if a day has passed since the first; a good answer forgets
    all strikes; one that decides nothing leaves them as they are.
    """
    heard = replace(state, checked_at=now, answer=answer)
    if answer in UNDECIDED:
        return heard
    if is_good(answer):
        return replace(heard, first_failed_at=None, strikes=0)
    if state.first_failed_at is None:
        return replace(heard, first_failed_at=now, strikes=1)
    if now - state.first_failed_at < STRIKE_APART:
        return heard
    return replace(heard, strikes=BROKEN_AFTER)


def describe(answer: str) -> str:
    """Return an answer in words that follow "this link": ``answered 404``."""
    return WORDS.get(answer, f"answered {answer}")


def interleave[T](items: Iterable[T], host_of: Callable[[T], str]) -> list[T]:
    """Take one item of each host in turn; within a host the order stays."""
    waiting: dict[str, deque[T]] = {}
    for item in items:
        waiting.setdefault(host_of(item), deque()).append(item)
    ordered: list[T] = []
    while waiting:
        ordered += [queue.popleft() for queue in waiting.values()]
        waiting = {host: queue for host, queue in waiting.items() if queue}
    return ordered


@dataclass
class Pace:
    """Keeps ``gap`` seconds between two requests to one host; the clock is given."""

    gap: float
    clock: Callable[[], float]
    sleep: Callable[[float], None]

    def __post_init__(self) -> None:
        self._asked: dict[str, float] = {}

    def wait(self, host: str) -> None:
        """Return when the host may be asked, and count it as asked."""
        if host in self._asked:
            rest = self._asked[host] + self.gap - self.clock()
            if rest > 0:
                self.sleep(rest)
        self._asked[host] = self.clock()
