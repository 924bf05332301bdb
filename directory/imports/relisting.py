"""Make the listing and the counts of a few people anew, without the rest.

Temporary tables come before every other schema. With what concerns these people in
them, the statements that list and count everybody list and count these people only.
What they were counted as is taken off the counts, what they are now is added: among a
million, counting the rest of their specializations again takes half a minute.
"""

from collections.abc import Sequence

from django.db import transaction

from directory.imports import counts, listing
from directory.imports.shadow import live_schema
from directory.imports.staging import analyze, copy_rows
from directory.models import Listing
from directory.sql import execute

THEIRS = "practitioner_id IN (SELECT id FROM relisted_person)"
OF_PEOPLE = {
    "directory_practitioner": "id IN (SELECT id FROM relisted_person)",
    "directory_practitionerspecialization": THEIRS,
    "directory_practice": THEIRS,
    "directory_affiliation": THEIRS,
    "directory_location": "id IN (SELECT location_id FROM pg_temp.directory_practice)",
}
COPY = "CREATE TEMPORARY TABLE {table} AS SELECT * FROM {schema}.{table} WHERE {rows}"
OF_LISTING = f"""
    CREATE TEMPORARY VIEW directory_listing AS
    SELECT * FROM {{schema}}.directory_listing WHERE {THEIRS}
"""  # noqa: S608 (ours)
NUMBERS = ("practitioners", "physicians", "with_telehealth", "at_teaching_hospital")
NO_COUNTS = f"""
    CREATE TEMPORARY TABLE {counts.TABLE} AS
    SELECT {counts.COLUMNS} FROM {{schema}}.{counts.TABLE} WITH NO DATA
"""  # noqa: S608 (ours)
NEGATE = f"""
    UPDATE pg_temp.{counts.TABLE} SET {", ".join(f"{one} = -{one}" for one in NUMBERS)}
"""  # noqa: S608 (ours)
# A place that somebody made up left is looked at again: others may be made up, too.
MERGE = f"""
    MERGE INTO {{schema}}.{counts.TABLE} AS known USING (
        SELECT specialization_id, state, place_id, bool_or(includes_demo) AS has_demo,
               {", ".join(f"sum({one}) AS {one}" for one in NUMBERS)}
        FROM pg_temp.{counts.TABLE} GROUP BY specialization_id, state, place_id
    ) AS more
    ON known.specialization_id = more.specialization_id AND known.state = more.state
       AND coalesce(known.place_id, 0) = coalesce(more.place_id, 0)
    WHEN MATCHED AND known.practitioners + more.practitioners <= 0 THEN DELETE
    WHEN MATCHED THEN UPDATE SET
        {", ".join(f"{one} = known.{one} + more.{one}" for one in NUMBERS)},
        includes_demo = CASE WHEN more.has_demo AND more.practitioners < 0 THEN EXISTS (
            SELECT FROM {{schema}}.directory_listing AS listing
            WHERE listing.specialization_id = more.specialization_id AND listing.is_demo
              AND (more.state = '' OR listing.state = more.state)
              AND (more.place_id IS NULL OR listing.place_id = more.place_id)
        ) ELSE known.includes_demo OR more.has_demo END
    WHEN NOT MATCHED AND more.practitioners > 0 THEN
        INSERT ({counts.COLUMNS})
        VALUES (specialization_id, state, place_id, {", ".join(NUMBERS)}, has_demo)
"""  # noqa: S608 (ours)


@transaction.atomic
def relist(people: Sequence[int]) -> None:
    """List these practitioners (primary keys) as the tables have them now."""
    if not people:
        return
    schema = live_schema()
    # One at a time: two would take the same people off the counts.
    execute(f"LOCK TABLE {schema}.{counts.TABLE} IN SHARE ROW EXCLUSIVE MODE")
    execute("CREATE TEMPORARY TABLE relisted_person (id bigint)")
    copy_rows("relisted_person", ["id"], ([pk] for pk in people))
    analyze("relisted_person")
    execute(NO_COUNTS.format(schema=schema))
    count(schema)
    execute(NEGATE)
    Listing.objects.filter(practitioner_id__in=people).delete()
    for table, rows in OF_PEOPLE.items():
        execute(COPY.format(schema=schema, table=table, rows=rows))
        analyze(f"pg_temp.{table}")
    # The planner expects two hundred people of any number, and would compare each
    # with all places of all others.
    execute("SET LOCAL enable_nestloop = off")
    listing.fill_listing()
    execute("SET LOCAL enable_nestloop TO DEFAULT")
    count(schema)
    execute(MERGE.format(schema=schema))
    own = ("relisted_person", counts.TABLE, *OF_PEOPLE)
    execute(f"DROP TABLE {', '.join(f'pg_temp.{table}' for table in own)}")


def count(schema: str) -> None:
    """Count the people where the listing has them now."""
    execute(OF_LISTING.format(schema=schema))
    execute(counts.REBUILD)
    execute("DROP VIEW pg_temp.directory_listing")
