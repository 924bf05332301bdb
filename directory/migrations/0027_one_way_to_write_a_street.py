from django.db import connection, migrations, models

from directory.values.street_lines import building_line

LINES = "SELECT DISTINCT line_1 FROM directory_location WHERE line_1 <> ''"
FILL = """
    UPDATE directory_location AS location SET building_line = read.building_line
    FROM read_line AS read WHERE read.line_1 = location.line_1
"""
# Buildings as directory/finder/ties.py numbers them, in the place of the old numbers:
# those of organizations are positive.
NUMBER = """
    UPDATE directory_listing AS listing
    SET ties = building.ties
        || ARRAY(SELECT tie FROM unnest(listing.ties) AS tie WHERE tie > 0)
    FROM (
        SELECT practice.practitioner_id,
               array_agg(DISTINCT -(('x0' || left(md5(concat_ws(
                   '|', location.place_id, location.zip_code, location.building_line
               )), 15))::bit(64)::bigint)) AS ties
        FROM directory_practice AS practice
        JOIN directory_location AS location ON location.id = practice.location_id
        GROUP BY practice.practitioner_id
    ) AS building
    WHERE building.practitioner_id = listing.practitioner_id
"""


def fill(apps, schema_editor):
    """Read each line that there is; the rule is Python, the rows may be many."""
    with connection.cursor() as cursor:
        cursor.execute(LINES)
        lines = [line for (line,) in cursor.fetchall()]
        cursor.execute(
            "CREATE TEMPORARY TABLE read_line (line_1 text, building_line text)"
        )
        with cursor.copy("COPY read_line FROM STDIN") as copy:
            for line in lines:
                copy.write_row([line, building_line(line)])
        cursor.execute(FILL)
        cursor.execute("DROP TABLE read_line")


class Migration(migrations.Migration):
    dependencies = [
        ("directory", "0026_one_building_for_its_suites"),
    ]

    operations = [
        migrations.AddField(
            model_name="location",
            name="building_line",
            field=models.TextField(
                default="",
                editable=False,
                help_text="What the street lines of a building have in common.",
            ),
            preserve_default=False,
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name="location",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("line_1", ""),
                    models.Q(("building_line", ""), _negated=True),
                    _connector="OR",
                ),
                name="location_building_line_present",
            ),
        ),
        migrations.RunSQL(NUMBER, migrations.RunSQL.noop),
    ]
