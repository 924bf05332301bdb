"""Where a guide stands: what readers see, what is planned, what the text awaits."""

from dataclasses import dataclass

from django.utils import timezone

from articles.models import Article, Publication, Revision, SignOff
from articles.models.revision import RevisionQuerySet


@dataclass(frozen=True)
class Standing:
    """What an article's rows and the clock say."""

    article: Article
    latest: Revision | None  # with its state
    current: Publication | None  # what readers see now, with its sign-off
    planned: Publication | None  # what they will see later
    last: Publication | None  # what they saw last, where they see nothing now

    @property
    def withdrawal(self) -> Publication | None:
        """The publication whose end, come or planned, is a withdrawal."""
        found = self.current or self.last
        return found if found and found.is_withdrawn else None

    @property
    def is_overdue(self) -> bool:
        """Whether the public text should have been reviewed again."""
        today = timezone.localdate()
        return self.current is not None and self.current.is_overdue(today)

    @property
    def revocable(self) -> SignOff | None:
        """The sign-off of what readers can read, else the newest text's."""
        under_notice = self.last if self.last and self.last.is_readable_after else None
        read = self.current or under_notice
        if read and read.sign_off:
            return read.sign_off
        if self.latest is None:
            return None
        return self.latest.sign_offs.valid().newest_first().first()

    @property
    def publishable(self) -> Revision | None:
        """The newest text that may become public and is not: guides need a sign-off."""
        texts = self.article.revisions.all()
        if self.article.kind == Article.Kind.HEALTH:
            texts = texts.signed_off()
        newest = texts.order_by("-number").first()
        shown = self.current and self.current.revision
        return newest if newest != shown else None


def standing_of(article: Article) -> Standing:
    """Ask where an article stands: four queries."""
    publications = article.publications.for_page()
    current = publications.published().first()
    return Standing(
        article=article,
        latest=article.revisions.with_state()
        .select_related("created_by", "author")
        .order_by("-number")
        .first(),
        current=current,
        planned=publications.scheduled().first(),
        last=None if current else publications.begun().first(),
    )


def history_of(article: Article) -> RevisionQuerySet:
    """Return all texts with state, events and publications: three queries.

    Every one can be compared and restored from there; their words stay where they are.
    """
    texts = article.revisions.with_state().select_related("created_by")
    related = ("review_events", "publications")
    return (
        texts.prefetch_related(*related)
        .defer(*Revision.LONG_FIELDS)
        .order_by("-number")
    )
