from django.db import migrations

# Buildings as directory/finder/ties.py numbers them, of addresses whose street line
# holds a suite: until the next import makes the listing anew, it has the number as well
# that it was given with the suite.
SUITE = (
    r",? ((S(ui)?te|Unit|Apt|Ro?o?[Mm]|F[Ll](oor)?)[. #]*([0-9]|[A-Z]([0-9 ,]|\Z))"
    r"|[0-9]+(st|nd|rd|th) F[Ll](oor)?([ ,]|\Z)).*\Z"
)
ADD = f"""
    UPDATE directory_listing AS listing SET ties = listing.ties || building.ties
    FROM (
        SELECT practice.practitioner_id,
               array_agg(DISTINCT -(('x0' || left(md5(concat_ws(
                   '|', location.place_id, location.zip_code,
                   regexp_replace(location.line_1, '{SUITE}', '')
               )), 15))::bit(64)::bigint)) AS ties
        FROM directory_practice AS practice
        JOIN directory_location AS location ON location.id = practice.location_id
        WHERE location.line_1 ~ '{SUITE}'
        GROUP BY practice.practitioner_id
    ) AS building
    WHERE building.practitioner_id = listing.practitioner_id
"""  # noqa: S608 (an expression of ours)


class Migration(migrations.Migration):
    dependencies = [
        ("directory", "0025_other_last_names_faster"),
    ]

    operations = [migrations.RunSQL(ADD, migrations.RunSQL.noop)]
