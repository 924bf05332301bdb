"""Corrections win over imports: they are laid over a release before it is compared."""

from directory.imports import former, shadow
from directory.models import Correction
from directory.sql import execute, fetch_rows
from directory.values.sort_keys import sort_key

OF_PEOPLE = ("first_name", "middle_name", "last_name", "credential", "medical_school")

# What the file says now, for the day when a correction is withdrawn.
NOTE = """
    SELECT correction.id,
           CASE correction.field {cases} END AS published
    FROM directory_correction AS correction
    JOIN directory_next.{table} AS new ON new.id = correction.{target}_id
    WHERE correction.location_id IS NULL AND correction.field IN ({fields})
"""
LAY_OVER = """
    UPDATE directory_next.{table} AS new SET {field} = correction.value
    FROM directory_correction AS correction
    WHERE correction.{target}_id = new.id AND correction.field = '{field}'
      AND correction.location_id IS NULL
"""
RENAMED = """
    SELECT DISTINCT new.id, new.last_name, new.first_name, new.middle_name
    FROM directory_next.practitioner AS new
    JOIN directory_correction AS correction ON correction.practitioner_id = new.id
    WHERE correction.field IN ('last_name', 'first_name', 'middle_name')
"""
REGROUPED = """
    SELECT new.id, new.name FROM directory_next.practice_group AS new
    JOIN directory_correction AS correction ON correction.organization_id = new.id
    WHERE correction.field = 'name'
"""
KEEP = """
    UPDATE directory_correction AS correction SET published = left(noted.published, 200)
    FROM directory_next.{noted} AS noted WHERE noted.id = correction.id
      AND correction.published IS DISTINCT FROM left(noted.published, 200)
"""
SORT = "UPDATE directory_next.{table} SET sort_key = %(key)s WHERE id = %(id)s"


def lay_over_people() -> None:
    """Let corrected facts of clinicians stand in the release that is prepared."""
    lay_over("practitioner", "practitioner", OF_PEOPLE)
    for pk, *names in fetch_rows(RENAMED):
        execute(SORT.format(table="practitioner"), {"key": sort_key(*names), "id": pk})


def lay_over_groups() -> None:
    """Let corrected names of group practices stand in the release."""
    lay_over("practice_group", "organization", ("name",))
    for pk, name in fetch_rows(REGROUPED):
        execute(SORT.format(table="practice_group"), {"key": sort_key(name), "id": pk})


NOTE_HOSPITALS = """
    UPDATE directory_correction AS correction
    SET published = left(CASE correction.field WHEN 'name' THEN staged.name
                              ELSE staged.phone END, 200)
    FROM staged_hospital AS staged
    JOIN directory_organization AS live ON live.ccn = staged.ccn
    WHERE correction.organization_id = live.id
"""
LAY_OVER_HOSPITALS = """
    UPDATE staged_hospital AS staged SET {field} = correction.value
    FROM directory_correction AS correction
    JOIN directory_organization AS live ON live.id = correction.organization_id
    WHERE live.ccn = staged.ccn AND correction.field = '{field}'
"""
RENAMED_HOSPITALS = """
    SELECT staged.ccn, staged.name FROM staged_hospital AS staged
    JOIN directory_organization AS live ON live.ccn = staged.ccn
    JOIN directory_correction AS correction ON correction.organization_id = live.id
    WHERE correction.field = 'name'
"""


def lay_over_hospitals() -> None:
    """Let corrected facts of hospitals stand in the hospital file that is staged."""
    execute(NOTE_HOSPITALS)
    for field in ("name", "phone"):
        execute(LAY_OVER_HOSPITALS.format(field=field))
    for ccn, name in fetch_rows(RENAMED_HOSPITALS):
        execute(
            "UPDATE staged_hospital SET sort_key = %(key)s WHERE ccn = %(ccn)s",
            {"key": sort_key(name), "ccn": ccn},
        )


SAME = former.PRACTICES.is_same("correction", "new")
# Of an address that was corrected away, too, that the file does not name: a release is
# told by its month, and of a month published twice the second file may leave it out.
NOTE_PRACTICES = f"""
    SELECT correction.id, correction.field, correction.value, new.id AS practice_id,
           CASE WHEN new.id IS NULL THEN '{Correction.NOT_NAMED}'
                WHEN correction.field = 'phone' THEN new.phone
                ELSE '' END AS published
    FROM directory_correction AS correction
    JOIN directory_next.practitioner AS person ON person.id = correction.practitioner_id
    LEFT JOIN directory_next.directory_practice AS new ON {SAME}
    WHERE correction.location_id IS NOT NULL
      AND (new.id IS NOT NULL OR correction.field = 'gone')
"""  # noqa: S608 (parts of our own)
CORRECT_PHONES = """
    UPDATE directory_next.directory_practice AS new SET phone = corrected.value
    FROM directory_next.corrected_practice AS corrected
    WHERE corrected.practice_id = new.id AND corrected.field = 'phone'
"""
HIDE = """
    WITH hidden AS (
        DELETE FROM directory_next.directory_practice AS new
        USING directory_next.corrected_practice AS corrected
        WHERE corrected.practice_id = new.id AND corrected.field = 'gone'
        RETURNING new.*
    )
    INSERT INTO directory_next.gone_directory_practice
        (practitioner_id, location_id, organization_id, phone, first_release_id,
         last_release_id)
    SELECT practitioner_id, location_id, organization_id, phone, first_release_id,
           release_id
    FROM hidden
"""


def lay_over_practices() -> int:
    """Correct the practices that were built; return how many are hidden.

    What somebody left by our own knowledge joins what the files name no more.
    """
    shadow.stage("corrected_practice", NOTE_PRACTICES)
    execute(CORRECT_PHONES)
    return execute(HIDE)


def lay_over(table: str, target: str, fields: tuple[str, ...]) -> None:
    """Note what the file says, then put the corrected values over it."""
    cases = " ".join(f"WHEN '{field}' THEN new.{field}" for field in fields)
    names = ", ".join(f"'{field}'" for field in fields)
    shadow.stage(
        f"corrected_{target}",
        NOTE.format(table=table, target=target, cases=cases, fields=names),
    )
    for field in fields:
        execute(LAY_OVER.format(table=table, target=target, field=field))


def keep_published() -> None:
    """Keep what the files say now; part of the transaction that swaps."""
    for target in ("practitioner", "organization", "practice"):
        execute(KEEP.format(noted=f"corrected_{target}"))
