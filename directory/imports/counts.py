"""PractitionerCount: what every list, index and facet shows without counting."""

from django.db import transaction

from directory.imports import staging

REBUILD = """
    INSERT INTO directory_practitionercount
        (specialization_id, state, place_id, practitioners, includes_demo)
    WITH rung AS (
        SELECT id AS own, id AS counted FROM directory_specialization
        WHERE level <> 'family'
        UNION ALL
        SELECT id, parent_id FROM directory_specialization
        WHERE level = 'sub-specialization'
    ), found AS (
        SELECT rung.counted, place.state, place.id AS place_id,
               practitioner.id, practitioner.is_demo
        FROM directory_practitioner AS practitioner
        JOIN directory_practitionerspecialization AS does
          ON does.practitioner_id = practitioner.id
        JOIN rung ON rung.own = does.specialization_id
        LEFT JOIN directory_practice AS practice
          ON practice.practitioner_id = practitioner.id
        LEFT JOIN directory_location AS location ON location.id = practice.location_id
        LEFT JOIN directory_place AS place ON place.id = location.place_id
        WHERE practitioner.retired_at IS NULL
    )
    SELECT counted, coalesce(state, ''), place_id, count(DISTINCT id), bool_or(is_demo)
    FROM found
    GROUP BY GROUPING SETS ((counted), (counted, state), (counted, state, place_id))
    HAVING GROUPING(state) = 1
        OR GROUPING(place_id) = 1 AND state IS NOT NULL
        OR place_id IS NOT NULL
"""


def rebuild_counts() -> int:
    """Count listed practitioners by specialization, state and city; return the rows.

    A sub-specialization's people count for its specialization too, a family has no
    count. Readers see the old counts until the new ones are whole.
    """
    with transaction.atomic():
        staging.execute("DELETE FROM directory_practitionercount")
        rows = staging.execute(REBUILD)
        staging.analyze("directory_practitionercount")
    return rows
