"""Write texts as files in the form that ``import_articles`` reads.

The form is canonical: a folder that was written here and imported again is written
the same, byte for byte.
"""

from pathlib import Path
from typing import Any

import yaml
from django.db.models import Q
from django.utils import timezone
from django.utils.text import Truncator

from articles.checking import reasons_of
from articles.front_matter import FENCE, LONGEST, FrontMatterError, parse
from articles.models import (
    Article,
    Contributor,
    Publication,
    SignOff,
    Source,
    Topic,
)

TOPIC_FIELDS = ("slug", "name", "description")
CONTRIBUTOR_FIELDS = (
    "slug",
    "name",
    "credential",
    "role",
    "bio",
    "conflicts_of_interest",
    "conflicts_declared_on",
)
SOURCE_FIELDS = (
    "key",
    "authors",
    "title",
    "publisher",
    "year",
    "url",
    "doi",
    "standing",
    "standing_since",
    "standing_note",
)
DEMONSTRATION = (
    "# This is demonstration content: the author and the reviewer are fictional, and\n"
    "# no clinician has reviewed this text. Do not decide anything about your health\n"
    "# from it.\n"
)
USUAL_MONTHS = Article._meta.get_field("review_months").default


def dump(values: Any) -> str:
    """Return YAML with fields in their order, one line a value, blanks left out."""
    text: str = yaml.safe_dump(
        values,
        sort_keys=False,
        allow_unicode=True,
        width=10**9,
        default_flow_style=False,
    )
    return text


def front_matter(publication: Publication) -> dict[str, Any]:
    """Return the head of a text's file; what is blank is left out."""
    revision, sign_off = publication.revision, publication.sign_off
    article, review = revision.article, sign_off and sign_off.review
    months = article.review_months
    values = {
        "title": revision.title,
        "description": revision.description,
        "kind": article.kind,
        "topics": [topic.slug for topic in article.topics.order_by("slug")],
        "author": revision.author and revision.author.slug,
        "reviewer": review and review.reviewer.slug,
        "published_on": timezone.localdate(publication.first_published_at),
        "updated_on": revision.updated_on,
        "reviewed_on": review and review.signed_on,
        "reviewed_part": sign_off and reviewed_part(sign_off),
        "review_months": months if months != USUAL_MONTHS else None,
        "sources": [source.key for source in revision.cited_sources()],
        "checked": reasons_of(revision),
    }
    return {name: value for name, value in values.items() if value}


def reviewed_part(sign_off: SignOff) -> str:
    """Say what was reviewed, where it is not all of this text; else nothing.

    A file has no earlier text for a confirmation of wording to rest on: words tell.
    """
    if not sign_off.is_confirmation:
        return sign_off.narrower_scope
    part = sign_off.review.narrower_scope
    said = (
        f"An earlier text{part and f', and of that a part: {part}'}. {sign_off} "
        f"confirmed on {sign_off.signed_on:%B %-d, %Y} that only the wording changed"
    )
    return Truncator(said).chars(LONGEST["reviewed_part"])


def to_file(publication: Publication) -> str:
    """Return the whole file of a text. Needs ``for_page()``."""
    head = dump(front_matter(publication))
    return f"{FENCE}{head}{FENCE}\n{publication.revision.source}"


def to_page(publication: Publication) -> str:
    """Return the same for its readers: a comment of its head says what is made up."""
    text = to_file(publication)
    is_demo = publication.revision.article.is_demo
    return text.replace(FENCE, FENCE + DEMONSTRATION, 1) if is_demo else text


def export_folder(folder: Path, *, kind: str) -> list[str]:
    """Write every public text of a kind with all that it names; return file names."""
    folder.mkdir(parents=True, exist_ok=True)
    publications = Publication.objects.published().for_page().filter(kind=kind)
    files = {f"{each.revision.article.slug}.md": to_file(each) for each in publications}
    public = Article.objects.published().filter(kind=kind)
    signed = [each.sign_off.review for each in publications if each.sign_off]
    reviewers = Q(pk__in={each.reviewer_id for each in signed})
    people = reviewers | Q(authored__publications__in=publications)
    named = {
        "topics.yaml": (
            Topic.objects.filter(articles__in=public).distinct().order_by("slug"),
            TOPIC_FIELDS,
        ),
        "contributors.yaml": (
            Contributor.objects.filter(people).distinct().order_by("slug"),
            CONTRIBUTOR_FIELDS,
        ),
        "sources.yaml": (
            Source.objects.filter(cited__publications__in=publications)
            .distinct()
            .order_by("key"),
            SOURCE_FIELDS,
        ),
    }
    for name, (rows, fields) in named.items():
        listed = [_row(row, fields) for row in rows]
        if listed and kind == Article.Kind.HEALTH:
            files[name] = dump(listed)
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8", newline="\n")
    return sorted(files)


def left_over(folder: Path, *, kind: str, written: list[str]) -> list[Path]:
    """Return files of texts of a kind that are not public, or not at that address.

    An earlier export or an editor wrote them. What is no text, as a README, is not
    among them.
    """
    others = [path for path in folder.glob("*.md") if path.name not in written]
    return sorted(path for path in others if _kind_of(path) == kind)


def _kind_of(path: Path) -> str:
    """Return the kind of text that a file says it holds; nothing if it holds none."""
    try:
        return parse(path.read_text(encoding="utf-8")).kind
    except (FrontMatterError, UnicodeDecodeError):
        return ""


def _row(row: Any, fields: tuple[str, ...]) -> dict[str, Any]:
    values = {name: getattr(row, name) for name in fields}
    return {name: value for name, value in values.items() if value}
