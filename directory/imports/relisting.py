"""Make the listing and the counts of a few people anew, without the rest.

Temporary views come before every other schema, so the statements that fill the whole
listing fill that of these people only.
"""

from collections.abc import Sequence

from django.db import transaction

from directory.imports import counts, listing
from directory.imports.shadow import live_schema
from directory.imports.staging import copy_rows
from directory.models import Listing
from directory.sql import execute

IS_RELISTED = "practitioner_id IN (SELECT id FROM relisted_person)"
IS_COUNTED = "specialization_id IN (SELECT id FROM relisted_specialization)"
OF_PEOPLE = {
    "directory_practitioner": "id IN (SELECT id FROM relisted_person)",
    "directory_practitionerspecialization": IS_RELISTED,
    "directory_practice": IS_RELISTED,
    "directory_affiliation": IS_RELISTED,
}
UNCOUNT = f"DELETE FROM {counts.TABLE} WHERE {IS_COUNTED}"  # noqa: S608 (ours)
VIEW = "CREATE TEMPORARY VIEW {table} AS SELECT * FROM {schema}.{table} WHERE {rows}"
SPECIALIZATIONS = """
    INSERT INTO pg_temp.relisted_specialization
    SELECT DISTINCT specialization_id FROM {schema}.directory_listing
    WHERE practitioner_id IN (SELECT id FROM pg_temp.relisted_person)
    ON CONFLICT DO NOTHING
"""


@transaction.atomic
def relist(people: Sequence[int]) -> None:
    """List these practitioners (primary keys) as the tables have them now."""
    if not people:
        return
    schema = live_schema()
    execute("CREATE TEMPORARY TABLE relisted_person (id bigint)")
    copy_rows("relisted_person", ["id"], ([pk] for pk in people))
    execute("CREATE TEMPORARY TABLE relisted_specialization (id bigint PRIMARY KEY)")
    execute(SPECIALIZATIONS.format(schema=schema))
    Listing.objects.filter(practitioner_id__in=people).delete()
    for table, rows in OF_PEOPLE.items():
        execute(VIEW.format(schema=schema, table=table, rows=rows))
    listing.fill_listing()
    execute(SPECIALIZATIONS.format(schema=schema))
    execute(VIEW.format(schema=schema, table="directory_listing", rows=IS_COUNTED))
    execute(UNCOUNT)
    execute(counts.REBUILD)
    for view in (*OF_PEOPLE, "directory_listing"):
        execute(f"DROP VIEW pg_temp.{view}")
    execute("DROP TABLE relisted_person, relisted_specialization")
