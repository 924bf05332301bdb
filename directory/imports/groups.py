"""Group practices out of the staged doctors file, by PAC ID."""

from directory.imports import corrections, shadow
from directory.imports.staging import analyze
from directory.imports.words import read_words
from directory.sql import execute, fetch_row
from directory.values.reading_case import hospital_name
from directory.values.sort_keys import sort_key

NAMES = """
    SELECT DISTINCT organization FROM directory_next.group_row
    WHERE organization IS NOT NULL
"""
GROUPS = """
    SELECT coalesce(live.id,
                    nextval(pg_get_serial_sequence('directory_organization', 'id')))
               AS id,
           live.id IS NULL AS is_new, found.pac_id,
           coalesce(nullif(name.reading, ''), 'Group ' || found.pac_id) AS name,
           coalesce(left(found.organization, 200), '') AS published_name,
           coalesce(nullif(name.key, ''), 'group ' || found.pac_id) AS sort_key
    FROM (SELECT DISTINCT ON (pac_id) pac_id, organization
          FROM directory_next.group_row
          ORDER BY pac_id, organization IS NULL, published) AS found
    LEFT JOIN directory_next.group_word AS name ON name.published = found.organization
    LEFT JOIN directory_organization AS live
      ON live.pac_id = found.pac_id AND live.pac_id <> ''
"""
ADD = """
    INSERT INTO directory_organization
        (id, kind, name, published_name, sort_key, ccn, pac_id, phone, hospital_type,
         ownership, rating_note, is_demo, first_release_id, last_release_id)
    SELECT id, 'group', name, published_name, sort_key, '', pac_id, '', '', '', '',
           %(is_demo)s, %(release)s, %(release)s
    FROM directory_next.practice_group WHERE is_new ORDER BY id
"""
COUNT_CHANGED = """
    SELECT count(*) FROM directory_organization AS live
    JOIN directory_next.practice_group AS new ON live.id = new.id AND NOT new.is_new
    WHERE (live.name, live.published_name, live.sort_key, live.retired_at)
          IS DISTINCT FROM (new.name, new.published_name, new.sort_key, NULL)
"""
CHANGE = """
    UPDATE directory_organization AS live
    SET name = new.name, published_name = new.published_name, sort_key = new.sort_key,
        last_release_id = %(release)s, retired_at = NULL
    FROM directory_next.practice_group AS new
    WHERE live.id = new.id AND NOT new.is_new
      AND (live.name, live.published_name, live.sort_key, live.last_release_id,
           live.retired_at)
          IS DISTINCT FROM
          (new.name, new.published_name, new.sort_key, %(release)s, NULL)
"""
RETIRE = """
    UPDATE directory_organization AS live SET retired_at = now()
    WHERE kind = 'group' AND retired_at IS NULL AND is_demo = %(is_demo)s
      AND live.last_release_id IN (SELECT id FROM directory_sourcerelease
                                   WHERE dataset = 'doctors')
      AND NOT EXISTS (SELECT FROM directory_next.practice_group AS new
                      WHERE new.id = live.id)
"""


def prepare() -> None:
    """Find the groups that the release names, known ones and new ones."""
    read_words(
        "group_word",
        ["reading", "key"],
        NAMES,
        group_words,
    )
    shadow.stage("practice_group", GROUPS)
    corrections.lay_over_groups()
    analyze("directory_next.practice_group")


def group_words(published: str) -> list[str]:
    """Return a group's name in reading case, and its sort key."""
    name = hospital_name(published)
    return [name[:200], sort_key(name)]


def merge(release: int, *, is_demo: bool) -> dict[str, int]:
    """Write what differs; return how many groups are new, changed and retired."""
    parameters = {"release": release, "is_demo": is_demo}
    (changed,) = fetch_row(COUNT_CHANGED)
    execute(CHANGE, parameters)
    return {
        "group practices added": execute(ADD, parameters),
        "group practices changed": changed,
        "group practices retired": execute(RETIRE, parameters),
    }
