"""What an editor sends, brought together with what others stored meanwhile.

A value is a list of strings, as a form sends it. Of each field there are three: the one
that the form began from, theirs, which is stored now, and yours.
"""

import json
import re
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.http import QueryDict

from articles.merging import Merged, marks_in, merge
from articles.models import Article, Contributor, Revision, Source, Topic
from articles.side_by_side import Row, side_by_side

Values = dict[str, list[str]]

LABELS = {
    "title": "Title",
    "description": "Description",
    "author": "Author",
    "sources": "Sources",
    "slug": "Address",
    "topics": "Topics",
    "review_months": "Review every (months)",
}
OF_THE_ARTICLE = ("slug", "topics", "review_months")
NAMED = {"author": Contributor, "sources": Source, "topics": Topic}
SETS = ("sources", "topics")
NUMBER = re.compile(r"[0-9]{1,18}")  # a row's or a revision's: what a column can hold


@dataclass(frozen=True)
class Field:
    """One field of three forms: begun from, stored by others, sent by you."""

    name: str
    base: list[str] | None  # None where nobody knows it any more
    theirs: list[str]
    yours: list[str]

    @property
    def label(self) -> str:
        """How the form calls it."""
        return LABELS[self.name]

    @property
    def is_overlap(self) -> bool:
        """Whether both changed it, and not alike; sets are always joined."""
        if self.name in SETS:
            return False
        return self.theirs != self.yours and self.base not in (self.theirs, self.yours)

    @property
    def is_told(self) -> bool:
        """Whether others changed it to what you did not send."""
        return self.theirs not in (self.base, self.yours)

    @property
    def merged(self) -> list[str]:
        """What the form goes on with: the change, and yours where both changed it."""
        if self.name in SETS:
            base = self.base or []
            kept = {key for key in self.theirs if key in self.yours or key not in base}
            return sorted(kept | {key for key in self.yours if key not in base})
        return self.theirs if self.yours == self.base else self.yours

    def in_words(self) -> dict[str, str]:
        """Return ``theirs``, ``yours`` and ``merged`` with names for numbers."""
        return {
            which: _words(self.name, getattr(self, which))
            for which in ("theirs", "yours", "merged")
        }


@dataclass(frozen=True)
class Together:
    """What the form goes on with, and what its editor has to look at."""

    latest: Revision
    base_number: int | None
    fields: list[Field]  # all but the text
    text: Merged
    your_source: str

    @property
    def is_stale(self) -> bool:
        """Whether a newer text was stored than the one that the form began from."""
        return self.base_number != self.latest.number

    @property
    def is_stored_already(self) -> bool:
        """Whether it says what is stored: browsers send a save twice on a bad line."""
        same_text = self.your_source == as_stored(self.latest.source)
        return same_text and all(field.theirs == field.yours for field in self.fields)

    @property
    def needs_look(self) -> bool:
        """Whether a person has to look before anything is stored."""
        is_new = self.is_stale and not self.is_stored_already
        return is_new or any(field.is_overlap for field in self.fields)

    def told(self) -> list[Field]:
        """Return the fields, all but the text, that others changed."""
        return [field for field in self.fields if field.is_told]

    def rows(self) -> list[Row]:
        """Return the stored text beside the one that was sent."""
        return side_by_side(self.latest.source, self.your_source)

    def values(self) -> Values:
        """Return every merged field, and where the form begins from now."""
        values = {field.name: field.merged for field in self.fields}
        if self.is_stale:
            values["source"] = [self.text.text]
        article = {field.name: field.theirs for field in self.fields}
        return values | {
            "base_number": [str(self.latest.number)],
            "base_article": [began_from(article)],
        }


def as_stored(text: str) -> str:
    """Return words as they are stored, whatever a browser or a file made of them."""
    return text.replace("\r\n", "\n").strip()


def text_values(revision: Revision) -> Values:
    """Return the fields of a stored text, all but the text itself."""
    cited = revision.citations.values_list("source_id", flat=True)
    return {
        "title": [revision.title],
        "description": [revision.description],
        "author": [str(revision.author_id or "")],
        "sources": sorted(str(key) for key in cited),
    }


def article_values(article: Article) -> Values:
    """Return the fields of an article itself, as they are stored."""
    stored = Article.objects.get(pk=article.pk)
    topics = stored.topics.values_list("pk", flat=True)
    return {
        "slug": [stored.slug],
        "topics": sorted(str(key) for key in topics),
        "review_months": [str(stored.review_months)],
    }


def began_from(values: Values) -> str:
    """Return what a form carries of the article that it began from."""
    return json.dumps({name: values[name] for name in OF_THE_ARTICLE})


def bring_together(article: Article, latest: Revision, sent: QueryDict) -> Together:
    """Merge what was sent into what is stored now, field by field."""
    begun = _revision_begun_from(article, sent.get("base_number", ""))
    theirs = text_values(latest) | article_values(article)
    base = _begun(sent.get("base_article", ""), theirs)
    base |= text_values(begun) if begun else {}
    your_source = as_stored(sent.get("source", ""))
    return Together(
        latest=latest,
        base_number=begun.number if begun else None,
        fields=[
            Field(name, base.get(name), theirs[name], _sent(sent, name))
            for name in LABELS
        ],
        text=merge(
            begun.source if begun else "",
            latest.source,
            your_source,
            who=f"Revision {latest.number} by {latest.created_by or 'command line'}",
        ),
        your_source=your_source,
    )


def _revision_begun_from(article: Article, number: str) -> Revision | None:
    """Return the text that a form began from; None for a number that is none."""
    is_number = NUMBER.fullmatch(number)
    return article.revisions.filter(number=number).first() if is_number else None


def refuse_marks(source: str) -> None:
    """Raise ValidationError for a text in which a merge is not decided yet."""
    if lines := marks_in(source):
        raise ValidationError(
            f"Line {lines[0]}: this place is not decided yet. Keep what is right and "
            "delete the lines that begin with >>>>>."
        )


def _begun(carried: str, theirs: Values) -> Values:
    """Return the article's fields that a form carried; unreadable ones are theirs."""
    try:
        found = json.loads(carried)
    except ValueError:
        found = None
    known = found if isinstance(found, dict) else {}
    return {
        name: known[name] if isinstance(known.get(name), list) else theirs[name]
        for name in OF_THE_ARTICLE
    }


def _sent(sent: QueryDict, name: str) -> list[str]:
    values = sent.getlist(name) if name in SETS else [sent.get(name, "")]
    if name in NAMED:
        values = [value for value in values if not value or NUMBER.fullmatch(value)]
    return sorted(as_stored(value) for value in values)


def _words(name: str, value: list[str]) -> str:
    """Return a value as an editor knows it."""
    if name not in NAMED:
        return "".join(value)
    numbers = [key for key in value if key]
    rows = NAMED[name]._default_manager.filter(pk__in=numbers).order_by("pk")
    return ", ".join(str(row) for row in rows)
