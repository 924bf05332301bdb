"""What a rule is, what it finds, and what it must be told from outside the text."""

import datetime
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, fields
from enum import StrEnum

from articles.checks.guide import Guide


class Severity(StrEnum):
    """How far a finding goes; none of them keeps a text from being saved."""

    BLOCKS = "B"  # publishing
    WARNS = "W"  # publishing needs an editor's "I looked at this"
    INFORMS = "I"


@dataclass(frozen=True)
class Finding:
    """What one rule says; ``line`` counts from 1, None is about the guide."""

    rule: str
    severity: Severity
    message: str
    line: int | None = None
    passage: str = ""

    def __str__(self) -> str:
        where = f"Line {self.line}: " if self.line else ""
        words = f"“{self.passage}” " if self.passage else ""
        return f"{where}{words}{self.message}"


@dataclass(frozen=True)
class SourceFact:
    """A publication that the guide rests on."""

    name: str
    year: int | None


@dataclass(frozen=True)
class Person:
    """Who wrote or reviewed."""

    name: str
    credential: str = ""
    conflicts_of_interest: str = ""


@dataclass(frozen=True)
class People:
    """Who is named at the guide."""

    author: Person | None
    reviewer: Person | None


@dataclass(frozen=True)
class Review:
    """The medical review that stands at the guide; ``due_on`` is when it ends."""

    reviewed_on: datetime.date | None
    due_on: datetime.date | None


@dataclass(frozen=True)
class DeadLink:
    """A cross-link that readers cannot follow; it may wait for its guide."""

    line: int
    written: str
    text: str
    message: str
    is_waiting: bool


@dataclass(frozen=True)
class BrokenLink:
    """An address elsewhere that failed twice, and what it answered.

    A source's link has no line.
    """

    line: int | None
    url: str
    message: str


@dataclass(frozen=True)
class Facts:
    """What a text does not say itself; None where nobody looked.

    ``publishing_on`` is set when the text is about to become public: the clock alone
    makes no public guide wrong.
    """

    sources: Sequence[SourceFact] | None = None
    people: People | None = None
    review: Review | None = None
    today: datetime.date | None = None
    publishing_on: datetime.date | None = None
    dead_links: Sequence[DeadLink] | None = None
    broken_links: Sequence[BrokenLink] | None = None
    missing_pictures: frozenset[str] | None = None  # addresses

    def missing(self) -> set[str]:
        """Return the names of the facts that nobody looked up."""
        return {each.name for each in fields(self) if getattr(self, each.name) is None}


@dataclass(frozen=True)
class Example:
    """A text with what surrounds it; every example is a test and stands in the docs.

    ``shown`` is what the docs print where the source alone would not say it.
    """

    source: str = ""
    title: str = "Knee replacement"
    description: str = ""
    facts: Facts = Facts()
    shown: str = ""


@dataclass(frozen=True)
class Found:
    """What a check yields; ``severity`` only where it goes less far than its rule."""

    message: str
    line: int | None = None
    passage: str = ""
    severity: Severity | None = None


type Check = Callable[[Guide, Facts], Iterable[Found]]


@dataclass(frozen=True)
class Rule:
    """A content rule; ``needs`` names the facts without which it is left out.

    ``takes_a_reason``: it blocks until somebody says why this guide is an exception.
    """

    id: str
    severity: Severity
    demand: str
    source: str
    check: Check
    good: Example
    bad: Example
    health_only: bool = False
    needs: frozenset[str] = frozenset()
    takes_a_reason: bool = False

    @property
    def title(self) -> str:
        """The id as words."""
        return self.id.replace("-", " ").capitalize()

    def findings(self, guide: Guide, facts: Facts) -> list[Finding]:
        """Return what this rule says about a guide."""
        return [
            Finding(
                self.id,
                found.severity or self.severity,
                found.message,
                found.line,
                found.passage,
            )
            for found in self.check(guide, facts)
        ]
