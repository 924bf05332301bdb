"""Render stored texts again after the renderer changed."""

from collections.abc import Iterator

from django.db import transaction
from django.db.models import Exists, OuterRef

from articles.crosslinks import build_links
from articles.external_links.stored import store_external_links
from articles.markdown import RENDERER_VERSION, render
from articles.models import Revision
from articles.models.revision import RevisionQuerySet
from articles.publishing import cache_of, store_links


def outdated() -> RevisionQuerySet:
    """Return texts whose HTML an older renderer made; what readers see comes first."""
    old = Revision.objects.exclude(renderer_version=RENDERER_VERSION)
    is_public = Exists(Revision.objects.published().filter(pk=OuterRef("pk")))
    return old.order_by(is_public.desc(), "-pk")


def rerender_outdated() -> Iterator[Revision]:
    """Render each outdated text in a transaction of its own, and yield it when done.

    Stopped half way, the next call goes on where this one ended.
    """
    for pk in list(outdated().values_list("pk", flat=True)):
        yield _rerender(pk)


@transaction.atomic
def _rerender(pk: int) -> Revision:
    """Renew cache and links; a link that stood there before keeps its target."""
    revision = Revision.objects.select_for_update().get(pk=pk)
    rendered = render(revision.source)
    stored = [link for link in revision.cross_links.all() if link.is_resolved]
    before = {(link.kind, link.key): link for link in stored}
    links = build_links(rendered.references)
    for link in links:
        if known := before.get((link.kind, link.key)):
            for field in known.TARGET_FIELDS:
                setattr(link, field, getattr(known, field))
    revision.cross_links.all().delete()
    store_links(revision, links)
    store_external_links(revision, rendered.external_links)
    fields = cache_of(rendered)
    for name, value in fields.items():
        setattr(revision, name, value)
    revision.save(update_fields=list(fields))
    return revision
