"""A specialization with the rungs around it, by a query that is compiled once.

Every list of doctors asks it, and Django takes longer to write it than PostgreSQL to
answer.
"""

from functools import cache

from django.db import connection
from django.db.models import Q

from directory.models import Specialization
from directory.sql import fetch_prepared, object_of

ANY_SLUG = "?"  # which no slug is; stands for one in the compiled query


def specialization_with_rungs(
    slug: str,
) -> tuple[Specialization | None, list[Specialization]]:
    """Return a specialization, or None, and those below it: one query.

    All with counts, and the first with its parent.
    """
    names, text, parameters = _compiled()
    values = [slug if one == ANY_SLUG else one for one in parameters]
    rows = fetch_prepared(text, values)
    found = [object_of(Specialization, names, row) for row in rows]
    chosen = next((one for one in found if one.slug == slug), None)
    if chosen is None:
        return None, []
    above = [one for one in found if one.pk == chosen.parent_id]
    chosen.parent = above[0] if above else None
    rungs = [one for one in found if one.parent_id == chosen.pk]
    for rung in rungs:
        rung.parent = chosen
    return chosen, rungs


@cache
def _compiled() -> tuple[list[str], str, tuple[str | int | bool, ...]]:
    chosen = Specialization.objects.listed().filter(slug=ANY_SLUG)
    around = Q(pk__in=chosen.values("pk")) | Q(pk__in=chosen.values("parent"))
    around |= Q(parent__in=chosen.values("pk"))
    rungs = Specialization.objects.listed().with_is_coded().with_counts()
    query = rungs.filter(around).order_by("name", "pk").query
    text, parameters = query.get_compiler(connection=connection).as_sql()
    columns = [field.attname for field in Specialization._meta.concrete_fields]
    return [*columns, *query.annotation_select], str(text), tuple(parameters)
