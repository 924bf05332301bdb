"""Load a folder of Markdown files with the people, topics and sources they name."""

import datetime
import re
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone

from articles.accounts import refuse_another
from articles.acknowledging import acknowledge
from articles.addresses import forget_successors
from articles.front_matter import ArticleFile, FrontMatterError, parse, read_rows
from articles.models import (
    Article,
    Contributor,
    MistakeReport,
    Publication,
    Revision,
    SignOff,
    Source,
    Topic,
)
from articles.models.article import LONGEST_SLUG
from articles.publishing import (
    UNSIGNED,
    Draft,
    NotPublishableError,
    create_article,
    faults_of,
    inspect,
    publish,
    save_revision,
)
from articles.reviewing import set_review_interval, sign_off
from directory.slugs import SLUG_FORMAT


class ImportArticlesError(Exception):
    """A folder cannot be loaded; nothing was stored. The message names the file."""


@dataclass
class Report:
    """What an import did, by slug."""

    created: list[str] = field(default_factory=list)
    updated: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    waiting: list[str] = field(default_factory=list)  # stored, but not signed off
    withdrawn: list[str] = field(default_factory=list)  # stored, and still withdrawn
    older: list[str] = field(default_factory=list)  # an editor has gone on since
    above: list[str] = field(default_factory=list)  # an editor's text, named in words
    cancelled: list[str] = field(default_factory=list)  # a plan, named in words
    to_look_at: list[str] = field(default_factory=list)
    texts: list[tuple[Revision, ArticleFile, datetime.date | None]] = field(
        default_factory=list
    )

    def lines(self) -> list[str]:
        """Name what was put aside and what waits, for whoever looks after it."""
        return [
            f"{words}: {', '.join(names)}"
            for words, names in (
                ("Left alone, an editor has a newer text", self.older),
                ("Above an editor's text, which is in the history", self.above),
                ("Cancelled, planned before", self.cancelled),
                ("Drafts until a clinician signs them off", self.waiting),
                ("Stored, but withdrawn as before", self.withdrawn),
            )
            if names
        ]


@transaction.atomic
def import_folder(
    folder: Path, *, is_demo: bool, on: datetime.date, is_signed_off: bool = False
) -> Report:
    """Store every ``*.md`` of a folder and publish what may be; all or nothing.

    A health guide needs a sign-off of exactly its text. One is recorded from the file's
    ``reviewer`` and ``reviewed_on`` only for a demonstration, or where the operator
    vouches for the files by ``is_signed_off``. Any other guide arrives as a draft, and
    what readers saw before stays. What was withdrawn here no file brings back. A plan
    that publishing takes back is named in the report.

    ``topics.yaml``, ``contributors.yaml`` and ``sources.yaml`` beside them are stored
    first. A file whose text is stored already, or was before an editor went on from
    it, is left alone. Guides may link to each other in any order: all addresses exist
    before the first text is resolved.
    """
    files = {path.stem: _read(path) for path in sorted(folder.glob("*.md"))}
    if not files:
        raise ImportArticlesError(f"{folder} holds no Markdown file")
    _store(folder / "topics.yaml", Topic, "slug")
    people = folder / "contributors.yaml"
    _store(people, Contributor, "slug", vouched=is_signed_off, is_demo=is_demo)
    _store(folder / "sources.yaml", Source, "key", is_demo=is_demo)
    report = Report()
    articles = {
        slug: _article(slug, file, report, is_demo=is_demo)
        for slug, file in files.items()
    }
    for slug, file in files.items():
        signs = is_signed_off or (is_demo and articles[slug].is_demo)
        _store_text(articles[slug], file, report, on, signs=signs)
    for revision, file, day in report.texts:  # what they link to is public now, or not
        notices = inspect(revision, on=day).notices
        name = f"{revision.article.slug}.md"
        report.to_look_at += [f"{name}: {_in_file(each, file)}" for each in notices]
    return report


def _read(path: Path) -> ArticleFile:
    if not re.fullmatch(SLUG_FORMAT, path.stem) or len(path.stem) > LONGEST_SLUG:
        raise ImportArticlesError(
            f"{path.name}: the name of the file becomes the address: lower-case "
            f"letters, digits and single hyphens, at most {LONGEST_SLUG}"
        )
    try:
        return parse(path.read_text(encoding="utf-8"))
    except (FrontMatterError, UnicodeDecodeError) as error:
        raise ImportArticlesError(f"{path.name}: {error}") from error


ANOTHER = "another stands here, and this person signs. --signed-off vouches for yours"


def _store(
    path: Path, model: type[models.Model], key: str, vouched: bool = False, **extra: Any
) -> None:
    """Upsert the rows of a YAML list by their key; ``vouched`` also who people are."""
    fields = model._meta.concrete_fields
    known = {field.name for field in fields if not field.is_relation} - {"id"}
    try:
        rows = read_rows(path, key)
    except FrontMatterError as error:
        raise ImportArticlesError(str(error)) from error
    for values in rows:
        if unknown := set(values) - known:
            names = ", ".join(map(str, unknown))
            raise ImportArticlesError(f"{path.name}: unknown {names}")
        name = values[key]
        stored = model._default_manager.filter(**{key: name}).first()
        row, fresh = stored or model(), {} if stored else extra
        try:
            if isinstance(stored, Contributor) and not (
                vouched or (stored.is_demo and extra["is_demo"])
            ):
                refuse_another(person=stored, values=values, words=ANOTHER)
            for field_name, value in {**values, **fresh}.items():
                setattr(row, field_name, value)
            row.full_clean()
        except ValidationError as error:
            faults = "\n  ".join(_faults(error))
            raise ImportArticlesError(f"{path.name}, {name}:\n  {faults}") from error
        row.save()


def _faults(error: ValidationError) -> list[str]:
    """Return what is wrong with a row, each with its field."""
    return [
        f"{name}: {message}" if name != NON_FIELD_ERRORS else message
        for name, messages in error.message_dict.items()
        for message in messages
    ]


def _article(slug: str, file: ArticleFile, report: Report, *, is_demo: bool) -> Article:
    existing = Article.objects.filter(slug=slug).first()
    if existing is None:
        report.created.append(slug)
        article = Article(slug=slug, kind=file.kind, is_demo=is_demo)
        existing = create_article(article=article, by=None)
    if existing.kind != file.kind:
        raise ImportArticlesError(
            f"{slug}.md: says kind: {file.kind}, but what has this address here is "
            f"kind: {existing.kind}. Rename the file"
        )
    return existing


def _set_around(article: Article, file: ArticleFile) -> None:
    """Give an article the topics and the interval of its file."""
    article.topics.set(_named(Topic, "slug", file.topics, article.slug))
    if file.review_months:
        months = file.review_months
        set_review_interval(article=article, months=months, by=None)


def _named(
    model: type[models.Model], key: str, names: list[str], slug: str
) -> list[Any]:
    """Return the rows that a file names, in its order."""
    rows = model._default_manager.in_bulk(names, field_name=key)
    missing = [name for name in names if name not in rows]
    if missing:
        kind = model._meta.verbose_name
        raise ImportArticlesError(f"{slug}.md: no {kind} is called {missing[0]}")
    return [rows[name] for name in names]


def _store_text(
    article: Article,
    file: ArticleFile,
    report: Report,
    on: datetime.date,
    *,
    signs: bool,
) -> None:
    draft = _draft(article.slug, file, on)
    revision, is_new = _stored(article, draft, file), False
    if revision is None:
        if article.slug not in report.created:
            report.updated.append(article.slug)
        if under := _editors_text(article):
            draft = replace(draft, note=f"{draft.note}, above {under}")
            report.above.append(f"{article.slug} ({under})")
        revision, is_new = _saved(article, draft), True
    elif not Revision.objects.newest_or_public().contains(revision):
        report.unchanged.append(article.slug)
        report.older.append(article.slug)
        return
    _set_around(article, file)
    acknowledge(revision=revision, looks=file.checked, by=None)
    is_signed = signs and _sign_off(revision, file)
    if not is_new and not is_signed:
        report.unchanged.append(article.slug)
        return
    if not is_new:  # stored before, signed off now
        report.updated.append(article.slug)
    try:
        _publish(article, revision, file, report)
    except (NotPublishableError, ValidationError) as error:
        faults = "\n  ".join(_in_file(each, file) for each in error.messages)
        raise ImportArticlesError(f"{article.slug}.md:\n  {faults}") from error


def _saved(article: Article, draft: Draft) -> Revision:
    try:
        return save_revision(article=article, draft=draft, by=None)
    except ValidationError as error:
        raise ImportArticlesError(
            f"{article.slug}.md: updated_on {draft.updated_on}: {error.messages[0]}"
        ) from error


def _in_file(fault: str, file: ArticleFile) -> str:
    """Count the line of a fault from the top of its file, as its editor does."""
    return re.sub(
        r"\ALine (\d+):", lambda line: f"Line {int(line[1]) + file.head_lines}:", fault
    )


def _sign_off(revision: Revision, file: ArticleFile) -> bool:
    """Record the review that a file names, once; return whether it is new."""
    if not (file.reviewer and file.reviewed_on):
        return False
    reviewer = _named(Contributor, "slug", [file.reviewer], revision.article.slug)[0]
    known = revision.sign_offs.telling_of(reviewer, on=file.reviewed_on)
    if known.exists():
        return False
    try:
        sign_off(
            revision=revision,
            reviewer=reviewer,
            on=file.reviewed_on,
            by=None,
            scope=file.reviewed_part or SignOff.WHOLE_TEXT,
            way=SignOff.Way.FILE,
        )
    except ValidationError as error:
        raise ImportArticlesError(
            f"{revision.article.slug}.md: {error.messages[0]}"
        ) from error
    return True


def _publish(
    article: Article, revision: Revision, file: ArticleFile, report: Report
) -> None:
    """Publish what may be; a text's first day is the one that its file states."""
    first = _first_day(article, file)
    on = timezone.localdate(first) if first else None
    faults = faults_of(revision, by=None, on=on)
    report.texts.append((revision, file, on))
    if faults == [UNSIGNED]:
        report.waiting.append(article.slug)
        return
    if faults:
        raise NotPublishableError(faults)
    if Publication.objects.published().filter(revision=revision).exists():
        return
    last = article.publications.begun().first()
    if last and last.is_withdrawn and last.has_ended(timezone.now()):
        report.withdrawn.append(article.slug)
        return
    if plans := _plans(article):
        report.cancelled.append(f"{article.slug} ({'; '.join(plans)})")
    publish(revision=revision, by=None, at=first)


def _plans(article: Article) -> list[str]:
    """Name what is planned and publishing now takes back: two queries."""
    rows = article.publications.select_related("revision", "published_by", "ended_by")
    plans = [
        _plan(each, "become public", each.public_from, each.published_by)
        for each in rows.scheduled()
    ]
    current = rows.published().first()
    if current and current.public_until and current.is_withdrawn:
        ends, by = current.public_until, current.ended_by
        plans.append(_plan(current, "be withdrawn", ends, by))
    return plans


def _plan(row: Publication, what: str, at: datetime.datetime, by: User | None) -> str:
    who = f", planned by {by}" if by else ""
    day = f"{timezone.localtime(at):%B %-d, %Y, %H:%M}"
    return f"“{row.revision.title}” was to {what} on {day}{who}"


def _first_day(article: Article, file: ArticleFile) -> datetime.datetime | None:
    """Return when a new article became public, as its file says."""
    if file.published_on is None or article.publications.exists():
        return None
    midnight = datetime.datetime.combine(file.published_on, datetime.time())
    return timezone.make_aware(midnight)


def _draft(slug: str, file: ArticleFile, on: datetime.date) -> Draft:
    # a reviewer whom nobody knows is an error even where no sign-off is recorded
    people = [name for name in (file.author, file.reviewer) if name]
    found = dict(zip(people, _named(Contributor, "slug", people, slug), strict=True))
    return Draft(
        title=file.title,
        description=file.description,
        source=file.body,
        author=found.get(file.author),
        updated_on=file.updated_on or on,
        sources=_named(Source, "key", file.sources, slug),
        note="Imported from a file",
    )


def _stored(article: Article, draft: Draft, file: ArticleFile) -> Revision | None:
    """Return the newest text, or the public one before it, if it is the file's.

    Where an editor stored the newest, also one before: what an export wrote, or the
    files of an earlier import, say nothing new to who has gone on since.
    """
    texts = article.revisions.order_by("-number")
    if not _editors_text(article):
        public = Q(pk__in=Revision.objects.published())
        texts = texts.filter(public | Q(pk__in=Revision.objects.newest()))
    alike = texts.filter(title=draft.title, source=draft.source)
    return next((each for each in alike if _says_the_same(each, draft, file)), None)


def _editors_text(article: Article) -> str:
    """Name the newest text where an editor stored it, and no file."""
    newest = article.latest_revision()
    if newest is None or newest.created_by is None:
        return ""
    return f"revision {newest.number} by {newest.created_by}"


def _says_the_same(revision: Revision, draft: Draft, file: ArticleFile) -> bool:
    """Whether the stored text and everything around it equal the file's."""
    fields = ["title", "description", "source", "author"]
    if file.updated_on:
        fields.append("updated_on")
    return revision.cited_sources() == list(draft.sources) and all(
        getattr(revision, name) == getattr(draft, name) for name in fields
    )


@transaction.atomic
def remove_demo() -> dict[str, int]:
    """Delete demonstration texts, and people and sources that nothing else uses.

    Returns how many of each. Links from other texts to them become plain text.
    """
    demo = Article.objects.filter(is_demo=True)
    counts = {"guides": demo.count()}
    topics = list(Topic.objects.filter(articles__in=demo).values_list("pk", flat=True))
    forget_successors(demo)
    gone = demo.delete()[1]
    counts["mistake reports"] = gone.get(MistakeReport._meta.label, 0)
    people = Contributor.objects.filter(is_demo=True, authored=None, sign_offs=None)
    sources = Source.objects.filter(is_demo=True, citations=None)
    counts["contributors"] = people.delete()[0]
    counts["sources"] = sources.delete()[0]
    counts["topics"] = Topic.objects.filter(pk__in=topics, articles=None).delete()[0]
    return counts
