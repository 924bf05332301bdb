"""What every page shows."""

import datetime
from functools import cache
from typing import Any

from django.db import connection
from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from articles.models import Article, Publication
from directory.addresses import address
from directory.sql import fetch_prepared

# Stands for the present moment in the compiled query.
ANY_MOMENT = datetime.datetime(1, 1, 1, tzinfo=datetime.UTC)


def site(request: HttpRequest) -> dict[str, object]:
    """Give the trust pages for the footer: one query, only where a template asks."""
    return {"trust_pages": SimpleLazyObject(trust_pages)}


def trust_pages() -> list[tuple[str, str]]:
    """Return (title, address) of each page that is public, and no more of it."""
    text, parameters = _compiled()
    now = timezone.now()
    values = [now if one == ANY_MOMENT else one for one in parameters]
    rows = fetch_prepared(text, values)
    return [(title, address("articles:page", slug)) for title, slug in rows]


@cache
def _compiled() -> tuple[str, tuple[Any, ...]]:
    """Return the query of ``trust_pages()``; to write it takes most of its time."""
    pages = Publication.objects.published(ANY_MOMENT).filter(kind=Article.Kind.PAGE)
    rows = pages.order_by("revision__title", "article")
    titles = rows.values_list("revision__title", "article__slug")
    text, parameters = titles.query.get_compiler(connection=connection).as_sql()
    return text, tuple(parameters)
