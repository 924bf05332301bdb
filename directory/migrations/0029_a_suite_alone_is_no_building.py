from django.db import connection, migrations

from directory.values.street_lines import building_line

LINES = """
    SELECT DISTINCT line_1 FROM directory_location WHERE building_line <> ''
"""
# The numbers of these buildings, as directory/finder/ties.py makes them, go from the listing.
FORGET = """
    UPDATE directory_listing AS listing
    SET ties = ARRAY(SELECT tie FROM unnest(listing.ties) AS tie
                     WHERE tie <> ALL (building.ties))
    FROM (
        SELECT practice.practitioner_id,
               array_agg(DISTINCT -(('x0' || left(md5(concat_ws(
                   '|', location.place_id, location.zip_code, location.building_line
               )), 15))::bit(64)::bigint)) AS ties
        FROM directory_practice AS practice
        JOIN directory_location AS location ON location.id = practice.location_id
        WHERE location.line_1 = ANY(%s)
        GROUP BY practice.practitioner_id
    ) AS building
    WHERE building.practitioner_id = listing.practitioner_id
"""
EMPTY = "UPDATE directory_location SET building_line = '' WHERE line_1 = ANY(%s)"
# Something again, for the constraint that asks for it.
FILL = """
    UPDATE directory_location SET building_line = upper(line_1)
    WHERE building_line = '' AND line_1 <> ''
"""


def forget(apps, schema_editor):
    """Empty the line of each that names a suite alone; the rule is Python."""
    with connection.cursor() as cursor:
        cursor.execute(LINES)
        alone = [line for (line,) in cursor.fetchall() if not building_line(line)]
        if alone:
            cursor.execute(FORGET, [alone])
            cursor.execute(EMPTY, [alone])


def fill(apps, schema_editor):
    schema_editor.execute(FILL)


class Migration(migrations.Migration):
    dependencies = [
        ("directory", "0028_hospitals_by_name"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="location",
            name="location_building_line_present",
        ),
        migrations.RunPython(forget, fill),
    ]
