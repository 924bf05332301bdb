"""The external links of texts and of sources: stored, and told to their editors."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Max, Q

from articles.external_links.addresses import target_of
from articles.markdown import ExternalLink as FoundLink
from articles.models import ExternalLink, ExternalLinkUse, Revision, Source
from articles.models.external_link import MAX_ADDRESS


def store_external_links(revision: Revision, links: Iterable[FoundLink]) -> None:
    """Make these the external links of a revision, in the caller's transaction.

    Left out are mail, telephone, and addresses that cannot be asked or are longer
    than MAX_ADDRESS.
    """
    addressed = [(link, str(target_of(link.url) or "")) for link in links]
    kept = [(link, url) for link, url in addressed if 0 < len(url) <= MAX_ADDRESS]
    # sorted, so that two editors who save the same addresses wait in one order
    addresses = sorted({url for _, url in kept})
    ExternalLink.objects.bulk_create(
        [ExternalLink(url=url) for url in addresses], ignore_conflicts=True
    )
    rows = {row.url: row for row in ExternalLink.objects.filter(url__in=addresses)}
    revision.external_links.all().delete()
    ExternalLinkUse.objects.bulk_create(
        ExternalLinkUse(
            revision=revision,
            link=rows[url],
            position=position,
            text=link.text,
            line=link.line,
        )
        for position, (link, url) in enumerate(kept)
    )


def store_source_links() -> None:
    """Give each source that a text cites the address to ask, if that has changed."""
    cited = Source.objects.exclude(citations=None).select_related("external_link")
    for source in cited:
        url = str(target_of(source.link) or "")
        if len(url) > MAX_ADDRESS or url == getattr(source.external_link, "url", ""):
            continue
        link = ExternalLink.objects.get_or_create(url=url)[0] if url else None
        Source.objects.filter(pk=source.pk).update(external_link=link)


@dataclass(frozen=True)
class LinkReport:
    """What an editor is told about the external links of a text."""

    total: int
    unchecked: int
    checked_at: datetime.datetime | None  # the latest check of any of them
    broken: list[ExternalLinkUse]


def report_on(revision: Revision) -> LinkReport:
    """Return how the external links of a text answered: two queries."""
    uses = revision.external_links
    figures = uses.aggregate(
        total=Count("link", distinct=True),
        unchecked=Count("link", distinct=True, filter=Q(link__checked_at=None)),
        checked_at=Max("link__checked_at"),
    )
    return LinkReport(**figures, broken=list(uses.broken()))
