from django.db import connection, migrations

from directory.values.street_lines import building_of

NAMELESS = """
    SELECT id, line_1, line_2 FROM directory_location
    WHERE building_line = '' AND line_2 <> ''
"""
NAME = "UPDATE directory_location SET building_line = %s WHERE id = %s"
# The numbers of these buildings, as directory/finder/ties.py makes them, beside the
# others of the listing.
NUMBER = """
    UPDATE directory_listing AS listing SET ties = listing.ties || building.ties
    FROM (
        SELECT practice.practitioner_id,
               array_agg(DISTINCT -(('x0' || left(md5(concat_ws(
                   '|', location.place_id, location.zip_code, location.building_line
               )), 15))::bit(64)::bigint)) AS ties
        FROM directory_practice AS practice
        JOIN directory_location AS location ON location.id = practice.location_id
        WHERE location.id = ANY(%s)
        GROUP BY practice.practitioner_id
    ) AS building
    WHERE building.practitioner_id = listing.practitioner_id
"""


def name(apps, schema_editor):
    """Read the second line where the first names a suite alone; the rule is Python."""
    with connection.cursor() as cursor:
        cursor.execute(NAMELESS)
        found = [
            (building, pk)
            for pk, *lines in cursor.fetchall()
            if (building := building_of(*lines))
        ]
        if found:
            cursor.executemany(NAME, found)
            cursor.execute(NUMBER, [[pk for _, pk in found]])


class Migration(migrations.Migration):
    dependencies = [
        ("directory", "0029_a_suite_alone_is_no_building"),
    ]

    operations = [migrations.RunPython(name, migrations.RunPython.noop)]
