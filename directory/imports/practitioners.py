"""Clinicians out of the staged doctors file, by NPI.

``prepare()`` finds what the release says and how it differs from what is known;
``build()`` makes the table anew beside the live one.
"""

from directory.imports import corrections, shadow
from directory.imports.report import Changes, Damage
from directory.imports.staging import analyze
from directory.imports.words import read_words
from directory.sql import execute, fetch_row
from directory.values.reading_case import hospital_name

TABLE = "directory_practitioner"
FACTS = (
    "first_name",
    "middle_name",
    "last_name",
    "suffix",
    "credential",
    "sort_key",
    "medical_school",
    "graduation_year",
    "has_telehealth",
)
COLUMNS = ", ".join(FACTS)
LIVE = ", ".join(f"live.{name}" for name in FACTS)
NEW = ", ".join(f"new.{name}" for name in FACTS)

SCHOOLS = """
    SELECT DISTINCT medical_school FROM directory_next.person_row
    WHERE medical_school <> 'OTHER'
"""
READ = r"""
    SELECT coalesce(live.id, {first_id} + person.number) AS id,
           live.id IS NULL AS is_new, person.npi,
           coalesce(first.reading, '') AS first_name,
           coalesce(middle.reading, '') AS middle_name, last.reading AS last_name,
           left(CASE person.suffix WHEN 'JR' THEN 'Jr.' WHEN 'JR.' THEN 'Jr.'
                    WHEN 'SR' THEN 'Sr.' WHEN 'SR.' THEN 'Sr.'
                    ELSE coalesce(person.suffix, '') END, 10) AS suffix,
           left(coalesce(person.credential, ''), 20) AS credential,
           rtrim(left(concat_ws(' ', last.key, nullif(first.key, ''),
                                nullif(middle.key, '')), 200)) AS sort_key,
           coalesce(school.reading, '') AS medical_school,
           CASE WHEN person.graduation_year ~ '^(19|20)\d\d$'
               THEN person.graduation_year::smallint END AS graduation_year,
           person.has_telehealth
    FROM directory_next.person_row AS person
    JOIN directory_next.name_word AS last ON last.published = person.last_name
    LEFT JOIN directory_next.name_word AS first ON first.published = person.first_name
    LEFT JOIN directory_next.name_word AS middle
      ON middle.published = person.middle_name
    LEFT JOIN directory_next.school_word AS school
      ON school.published = person.medical_school
    LEFT JOIN directory_practitioner AS live ON live.npi = person.npi
"""
COMPARE = f"""
    SELECT count(*) FILTER (WHERE new.is_new),
           count(*) FILTER (WHERE NOT new.is_new
               AND ({LIVE}, live.retired_at) IS DISTINCT FROM ({NEW}, NULL)),
           count(*)
    FROM directory_next.practitioner AS new
    LEFT JOIN directory_practitioner AS live ON live.id = new.id AND NOT new.is_new
"""  # noqa: S608 (names of our own)
# A file still names whoever stands in refused rows or damaged lines alone: they stay
# as they were.
STILL_NAMED = """
    SELECT live.id FROM directory_practitioner AS live
    WHERE live.npi IN (SELECT npi FROM directory_next.doctor_row
                       WHERE reason IS NOT NULL
                       UNION ALL SELECT unnest(CAST(%(words)s AS text[])))
      AND NOT EXISTS (SELECT FROM directory_next.practitioner AS new
                      WHERE new.id = live.id)
"""
# Whoever an earlier file of this kind brought and this one lacks.
IS_GONE = """
    live.is_demo = %(is_demo)s
    AND live.last_release_id IN (SELECT id FROM directory_sourcerelease
                                 WHERE dataset = %(dataset)s)
    AND NOT EXISTS (SELECT FROM directory_next.still_named AS named
                    WHERE named.id = live.id)
"""
VANISHED = f"""
    FROM directory_practitioner AS live
    WHERE live.retired_at IS NULL AND {IS_GONE}
      AND NOT EXISTS (SELECT FROM directory_next.practitioner AS new
                      WHERE new.id = live.id)
"""
# Everybody: those of the file, those whom it lacks, and those of other sources.
BUILD = f"""
    INSERT INTO directory_next.directory_practitioner
        (id, npi, {COLUMNS}, is_demo, first_release_id, last_release_id, retired_at)
    SELECT new.id, new.npi, {NEW}, coalesce(live.is_demo, %(is_demo)s),
           coalesce(live.first_release_id, %(release)s), %(release)s, NULL
    FROM directory_next.practitioner AS new
    LEFT JOIN directory_practitioner AS live ON live.id = new.id
    UNION ALL
    SELECT live.id, live.npi, {LIVE}, live.is_demo, live.first_release_id,
           live.last_release_id,
           CASE WHEN {IS_GONE} THEN coalesce(live.retired_at, now())
                ELSE live.retired_at END
    FROM directory_practitioner AS live
    WHERE NOT EXISTS (SELECT FROM directory_next.practitioner AS new
                      WHERE new.id = live.id)
    ORDER BY id
"""  # noqa: S608 (names of our own)


def prepare(dataset: str, damage: Damage, *, is_demo: bool) -> tuple[Changes, int]:
    """Read the clinicians; return how they differ from what is known, and the gone."""
    read_words(
        "school_word", ["reading"], SCHOOLS, lambda name: [hospital_name(name)[:120]]
    )
    shadow.stage("practitioner", READ.replace("{first_id}", str(shadow.next_id(TABLE))))
    corrections.lay_over_people()
    analyze("directory_next.practitioner")
    shadow.stage("still_named", STILL_NAMED, {"words": list(damage.words())})
    analyze("directory_next.still_named")
    added, changed, everybody = fetch_row(COMPARE)
    (gone,) = fetch_row(
        f"SELECT count(*) {VANISHED}", {"is_demo": is_demo, "dataset": dataset}
    )
    return Changes(added, changed, everybody - added - changed), gone


def build(dataset: str, release: int, *, is_demo: bool) -> None:
    """Make the shadow: everybody as they will be."""
    shadow.create(TABLE)
    execute(BUILD, {"release": release, "is_demo": is_demo, "dataset": dataset})
    shadow.finish(TABLE)
