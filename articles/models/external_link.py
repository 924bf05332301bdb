"""Addresses outside this site that texts lead to, and how they last answered."""

from typing import Self

from django.db import models
from django.db.models import Exists, OuterRef, Q

from articles.external_links.checking import BROKEN_AFTER, describe
from articles.models.article import Article, ArticleQuerySet
from articles.models.revision import Citation, Revision

MAX_ADDRESS = 2000  # ASCII characters; a unique index holds no more than 2,700 bytes


class ExternalLinkQuerySet(models.QuerySet["ExternalLink"]):
    """Read after the model: ``ExternalLink.objects.in_use().broken()``."""

    def broken(self) -> Self:
        """Keep links that failed often enough to say so."""
        return self.filter(strikes__gte=BROKEN_AFTER)

    def in_use(self) -> Self:
        """Keep links of a text that readers see or that is its guide's newest.

        The links of the sources that such a text cites are among them.
        """
        current = Q(revision__in=Revision.objects.newest_or_public())
        uses = ExternalLinkUse.objects.filter(current, link=OuterRef("pk"))
        cited = Citation.objects.filter(current, source__external_link=OuterRef("pk"))
        return self.filter(Exists(uses) | Exists(cited))


class ExternalLink(models.Model):
    """One address, whoever leads to it; without fragment, user and password.

    ``answer`` is a status ("404") or a word of ``external_links.checking.WORDS``.
    """

    url = models.CharField("address", max_length=MAX_ADDRESS)
    checked_at = models.DateTimeField("last checked", null=True, blank=True)
    answer = models.CharField(max_length=20, blank=True)
    first_failed_at = models.DateTimeField("fails since", null=True, blank=True)
    strikes = models.PositiveSmallIntegerField(default=0)

    objects = ExternalLinkQuerySet.as_manager()

    class Meta:
        ordering = ["url"]
        constraints = [
            models.UniqueConstraint(fields=["url"], name="externallink_url_unique"),
            models.CheckConstraint(
                condition=Q(url__regex=r"^https?://[!-~]+$"),
                name="externallink_url_format",
            ),
            models.CheckConstraint(
                condition=Q(strikes__range=(0, BROKEN_AFTER)),
                name="externallink_strikes_range",
            ),
            models.CheckConstraint(
                condition=Q(strikes=0, first_failed_at=None)
                | Q(strikes__gt=0, first_failed_at__isnull=False),
                name="externallink_failure_paired",
            ),
            models.CheckConstraint(
                condition=Q(answer="", checked_at=None)
                | (~Q(answer="") & Q(checked_at__isnull=False)),
                name="externallink_check_paired",
            ),
        ]

    def __str__(self) -> str:
        return self.url

    @property
    def is_broken(self) -> bool:
        """Whether it failed often enough to say so."""
        return self.strikes >= BROKEN_AFTER

    def public_articles(self) -> ArticleQuerySet:
        """Return what readers can open and where this link stands, by address."""
        revisions = Revision.objects.filter(
            Q(external_links__link=self) | Q(citations__source__external_link=self)
        )
        return Article.objects.showing(revisions.values("pk"))

    @property
    def answer_in_words(self) -> str:
        """The last answer, in words that follow the address; "" before the first."""
        return describe(self.answer) if self.answer else ""


class ExternalLinkUseQuerySet(models.QuerySet["ExternalLinkUse"]):
    """Read after the model: ``revision.external_links.broken()``."""

    def broken(self) -> Self:
        """Keep links that failed often enough to say so: one query."""
        return self.filter(link__strikes__gte=BROKEN_AFTER).select_related("link")


class ExternalLinkUse(models.Model):
    """One external link of a revision, in document order; lines count from 1."""

    revision = models.ForeignKey(
        Revision, models.CASCADE, related_name="external_links"
    )
    link = models.ForeignKey(ExternalLink, models.CASCADE, related_name="uses")
    position = models.PositiveIntegerField()
    text = models.TextField(blank=True)
    line = models.PositiveIntegerField()

    objects = ExternalLinkUseQuerySet.as_manager()

    class Meta:
        ordering = ["revision_id", "position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["revision", "position"],
                name="externallinkuse_position_unique",
            ),
        ]

    def __str__(self) -> str:
        return f"line {self.line}: {self.link.url}"
