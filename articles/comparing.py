"""What is compared of two texts of a guide: everything that a revision holds."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from articles.models import Revision, Source
from articles.reading import reading_context
from articles.shown_links import links_of
from articles.side_by_side import Row, side_by_side


@dataclass(frozen=True)
class Side:
    """A text with how it is called and what is known of it."""

    heading: str
    details: list[tuple[str, str]]  # label and words
    revision: Revision  # stored or not
    sources: Sequence[Source]
    page: dict[str, Any]  # what the public page of it needs

    def values(self) -> dict[str, str]:
        """Return each part by its name, the longest last."""
        revision = self.revision
        return {
            "Title": revision.title,
            "Description": revision.description,
            "Author": str(revision.author or ""),
            "Sources": "\n".join(source.key for source in self.sources),
            "Text": revision.source,
        }


@dataclass(frozen=True)
class Part:
    """A part of the texts that differs."""

    name: str
    rows: list[Row]


def stored_side(revision: Revision) -> Side:
    """Return a stored text, with its article, author and state joined."""
    stored = timezone.localtime(revision.created_at)
    sources = revision.cited_sources()
    links = links_of(revision)
    return Side(
        heading=f"Revision {revision.number}",
        details=[
            ("Stored", f"{stored:%Y-%m-%d %H:%M} UTC"),
            ("By", str(revision.created_by or "command line")),
            ("Why", revision.note or "nothing said"),
            ("State", revision.get_state_display()),
        ],
        revision=revision,
        sources=sources,
        page=reading_context(revision, links, sources, for_editor=True),
    )


def differing_parts(older: Side, newer: Side) -> list[Part]:
    """Return the parts that differ; none if both texts are the same."""
    before, after = older.values(), newer.values()
    return [
        Part(name, rows)
        for name in before
        if (rows := side_by_side(before[name], after[name]))
    ]
