"""Queries of the finder as SQL: read after ``Rows.listed_under(cardiology)``.

Django's query compiler takes longer to write such a query than PostgreSQL to answer it,
and a page has up to forty of them.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Self

from directory.models import Place, Specialization

Sql = tuple[str, Sequence[Any]]
# As the index of these people has it.
OTHER_NAMES = (
    "last_name ~ '[^[:alpha:]]' AND directory_other_names(last_name, '') @@ {}"
)
LAST = "\U0010ffff"  # sorts behind every letter


@dataclass(frozen=True)
class Rows:
    """Rows of a table on which all of some conditions hold."""

    table: str
    other_names: str  # the condition that a further word of the last name is sought
    prefix: str = ""  # of each of its words
    order: str = "sort_key"
    conditions: tuple[str, ...] = ()
    parameters: tuple[Any, ...] = ()

    @classmethod
    def listed_under(cls, specialization: Specialization) -> Self:
        """Return a specialization's rows, its lower rungs' people among them.

        Retired people have no row.
        """
        rows = cls("directory_listing", "other_names @@ {}", f"{specialization.pk} ")
        return rows.where("specialization_id = %s", specialization.pk)

    @classmethod
    def listed_people(cls) -> Self:
        """Return everybody, once, whatever they do."""
        rows = cls("directory_practitioner", OTHER_NAMES)
        return rows.where("retired_at IS NULL")

    @classmethod
    def retired_people(cls) -> Self:
        """Return everybody who is listed no more, for the admin alone."""
        rows = cls("directory_practitioner", OTHER_NAMES)
        return rows.where("retired_at IS NOT NULL")

    def not_by_specialization(self) -> Self:
        """Keep the same rows, but let no index lead to all of a specialization.

        The planner expects ties to lead to more rows than they do, and would read a
        million entries of another index to be spared some.
        """
        every = "specialization_id + 0 = %s"
        return replace(self, conditions=(every, *self.conditions[1:]))

    def where(self, condition: str, *parameters: Any) -> Self:
        """Keep those on which a condition holds."""
        return replace(
            self,
            conditions=(*self.conditions, condition),
            parameters=(*self.parameters, *parameters),
        )

    def in_area(self, state: str = "", place: Place | None = None) -> Self:
        """Keep one row a person in a city, a state, or the whole country."""
        if place is not None:
            return self.where("place_id = %s AND first_in_place", place.pk)
        if state:
            return self.where("state = %s AND first_in_state", state)
        return self.where("first_in_country")

    def beginning(self, *words: str) -> Self:
        """Keep those whose last name begins with one of them: ranges of an index."""
        if not words:
            return self
        text, ends = _ranges(words)
        return self.where(text, *ends)

    def beginning_later(self, *words: str) -> Self:
        """Keep those whose last name begins so behind its first word only.

        They are few, and put in order after all of them are found: no index has this
        order, and along another one the planner would meet everybody.
        """
        text, ends = _ranges(words)
        later = self.where(*self._has_other_names(words)).where(f"NOT ({text})", *ends)
        return replace(later, order="(sort_key || '')")

    def beginning_anywhere(self, *words: str) -> Self:
        """Keep those whose last name, or a further word of it, begins so."""
        if not words:
            return self
        text, ends = _ranges(words)
        other, query = self._has_other_names(words)
        return self.where(f"{text} OR {other}", *ends, query)

    def _has_other_names(self, words: Iterable[str]) -> tuple[str, str]:
        query = " | ".join(
            f"'{self.prefix}{word.strip()}'{'' if word.endswith(' ') else ':*'}"
            for word in words
        )
        return self.other_names.format("%s::tsquery"), query

    def named(self, words: Iterable[Sequence[str]]) -> Self:
        """Keep those with a name that begins so, for each word in one spelling."""
        rows = self
        for word in words:
            other, query = self._has_other_names(word)
            begins = "sort_key LIKE %s OR sort_key LIKE %s OR " * len(word)
            starts = [text for one in word for text in (f"{one}%", f"% {one}%")]
            rows = rows.where(f"{begins}{other}", *starts, query)
        return rows

    def tied_to(self, *ties: int) -> Self:
        """Keep those with one of these ties (directory/finder/ties.py)."""
        return self.where("ties && %s::bigint[]", list(ties))

    def apart_from(self, ties: list[int]) -> Self:
        """Leave out whoever has one of these ties."""
        return self.where("NOT ties && %s::bigint[]", ties)

    def select(self, columns: Iterable[str], ending: str = "") -> Sql:
        """Return the query; ``ending`` orders and cuts it."""
        where = " AND ".join(f"({one})" for one in self.conditions)
        return (
            f"SELECT {', '.join(columns)} FROM {self.table} WHERE {where} {ending}",  # noqa: S608 (words of ours)
            self.parameters,
        )

    def first(
        self, number: int, columns: Iterable[str], *, is_backwards: bool = False
    ) -> Sql:
        """Return the query of the first few by name, or of the last few."""
        down = " DESC" if is_backwards else ""
        order = f"ORDER BY {self.order}{down}, npi{down} LIMIT {number}"
        return self.select(columns, order)


def _ranges(words: Sequence[str]) -> Sql:
    """Return the condition that a sort key begins with one of some words."""
    return (
        " OR ".join(["sort_key >= %s AND sort_key < %s"] * len(words)),
        [end for word in words for end in (word, word + LAST)],
    )


def all_of(queries: Iterable[Sql]) -> Sql:
    """Return one query of the rows of several."""
    listed = list(queries)
    return (
        " UNION ALL ".join(f"({text})" for text, _ in listed),
        [one for _, parameters in listed for one in parameters],
    )
