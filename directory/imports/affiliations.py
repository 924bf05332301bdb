"""CMS Facility Affiliation: which hospital a clinician's claims name.

Source: https://data.cms.gov/provider-data/dataset/27ea-46a8 (public domain). A row of a
sub-unit belongs to the parent hospital and says through what; a number that no hospital
file has becomes a stub, to be named later; a clinician whom no doctors file has waits.
"""

from directory.imports import former, shadow
from directory.imports.doctors import SPOILED
from directory.imports.practices import carry_over
from directory.imports.report import Changes
from directory.imports.staging import analyze
from directory.sql import execute, fetch_row
from directory.values.npi import IS_NO_NPI, IS_WRONG
from directory.values.unit_numbers import UNITS

COLUMNS = {
    "npi": ["NPI"],
    "facility_type": ["facility_type"],
    "ccn": [
        "Facility Affiliations Certification Number",
        "facility_afl_ccn",
        "facility_affiliations_certification_number",
    ],
    "parent_ccn": [
        "Facility Type Certification Number",
        "parent_ccn",
        "facility_type_certification_number",
    ],
}
IGNORED = [
    "Ind_PAC_ID",
    "Provider Last Name",
    "Provider First Name",
    "Provider Middle Name",
    "suff",
    "lst_nm",
    "frst_nm",
    "mid_nm",
    "provider_last_name",
    "provider_first_name",
    "provider_middle_name",
]
OPTIONAL = frozenset({"parent_ccn"})
TABLE = "directory_affiliation"

# A number of digits only may have lost its zeros to a spreadsheet: it has six.
CCN = r"""
    CASE WHEN length({0}) = 6 THEN upper({0})
         WHEN {0} ~ '^\d{{3,5}}$' THEN lpad({0}, 6, '0') ELSE {0} END
"""
# A unit's number says whose it is; not every file has a column that does.
UNIT_OF = (
    "CASE"
    + "".join(
        f" WHEN substr(read_ccn, 3, 1) = '{letter}' AND read_ccn ~ '^[0-9A-Z][0-9]'"
        f" AND substr(read_ccn, 4) ~ '^[0-9]{{3}}$'"
        f" THEN overlay(read_ccn PLACING '{digit}' FROM 3)"
        for letter, (digit, _) in UNITS.items()
    )
    + " END"
)
REASON = r"""
    CASE
        WHEN coalesce(npi, ccn, parent_ccn, facility_type) IS NULL THEN 'empty'
        WHEN npi IS NULL THEN 'it has no NPI'
        WHEN npi LIKE '%E+%' THEN npi || 'SPOILED'
        WHEN ccn LIKE '%E+%' THEN ccn || 'SPOILED'
        WHEN parent_ccn LIKE '%E+%' THEN parent_ccn || 'SPOILED'
        WHEN facility_type IS NULL THEN 'it names no type of facility'
        WHEN read_ccn IS NULL THEN 'it names no facility'
        WHEN length(read_ccn) <> 6 OR read_ccn ~ '[^0-9A-Z]'
            THEN quote_literal(left(ccn, 40))
            || ' is no certification number of six characters'
        WHEN length(read_parent) <> 6 OR read_parent ~ '[^0-9A-Z]'
            THEN quote_literal(left(parent_ccn, 40))
            || ' is no certification number of six characters'
    END
""".replace("SPOILED", SPOILED)
# An NPI that somebody has is right; the others are looked at.
ROWS = rf"""
    SELECT ordinal, file.npi, person.id AS person_id,
           left(facility_type, 60) AS facility_type, read_ccn AS ccn,
           coalesce(read_parent, {UNIT_OF}, read_ccn) AS hospital,
           read_ccn <> ccn OR read_parent <> parent_ccn AS is_ccn_repaired,
           NULL::bigint AS release_id,
           CASE WHEN reason IS NOT NULL OR person.id IS NOT NULL THEN reason
                WHEN {IS_NO_NPI.replace("npi", "file.npi")}
                    THEN quote_literal(left(file.npi, 40)) || ' is no NPI of ten digits'
                WHEN {IS_WRONG.replace("npi", "file.npi")}
                    THEN 'the check digit of NPI ' || file.npi || ' is wrong'
           END AS reason
    FROM (SELECT *, {REASON} AS reason
          FROM (SELECT *, {CCN.format("ccn")} AS read_ccn,
                       {CCN.format("parent_ccn")} AS read_parent
                FROM directory_next.affiliation_file OFFSET 0) AS read OFFSET 0
         ) AS file
    LEFT JOIN directory_next.known_person AS person ON person.npi = file.npi
"""  # noqa: S608 (parts of our own)
THROUGH = (
    "CASE WHEN row.facility_type <> 'Hospital' THEN row.facility_type"
    " WHEN row.ccn = row.hospital THEN ''"
    + "".join(
        f" WHEN substr(row.ccn, 3, 1) = '{letter}' THEN '{unit}'"
        for letter, (_, unit) in UNITS.items()
    )
    + " ELSE 'Unit of the hospital' END"
)
# Everybody, also who is retired: whoever comes back has the links of the newest file,
# and none that it lacks.
PEOPLE = """
    SELECT id, npi FROM directory_practitioner AS live
    WHERE is_demo = %(is_demo)s {unless_new}
"""
UNLESS_NEW = """
    AND NOT EXISTS (SELECT FROM directory_next.practitioner AS new
                    WHERE new.id = live.id)
    UNION ALL SELECT id, npi FROM directory_next.practitioner
"""
WAITING = """
    SELECT 0 AS ordinal, npi, person.id AS person_id, facility_type, ccn, hospital,
           false AS is_ccn_repaired, release_id, NULL::text AS reason
    FROM directory_waitingaffiliation
    JOIN directory_next.practitioner AS person USING (npi)
    WHERE is_demo = %(is_demo)s
"""
# Theirs is the newest word on them: what stands from before goes, as with a whole file.
ARRIVED_PEOPLE = """
    SELECT DISTINCT person_id AS id FROM directory_next.affiliation_row
"""
FACILITIES = """
    SELECT coalesce(live.same_as_id, live.id,
                    nextval(pg_get_serial_sequence('directory_organization', 'id')))
               AS id,
           live.id IS NULL AS is_new,
           coalesce(live.is_stub AND live.same_as_id IS NULL, true) AS is_stub,
           named.hospital AS ccn, named.is_hospital,
           named.facility_type
    FROM (
        SELECT hospital, min(facility_type) AS facility_type,
               bool_or(facility_type = 'Hospital' OR ccn <> hospital) AS is_hospital
        FROM directory_next.affiliation_row WHERE reason IS NULL GROUP BY hospital
    ) AS named
    LEFT JOIN directory_organization AS live
      ON live.ccn = named.hospital AND live.ccn <> ''
"""
ADD_STUBS = """
    INSERT INTO directory_organization
        (id, kind, name, published_name, sort_key, ccn, pac_id, phone, hospital_type,
         ownership, rating_note, is_demo, is_stub, first_release_id, last_release_id)
    SELECT id, kind, name, '', lower(name), ccn, '', '', '', '', '', %(is_demo)s, true,
           %(release)s, %(release)s
    FROM (
        SELECT id, ccn, CASE WHEN is_hospital THEN 'hospital' ELSE 'facility' END
                   AS kind,
               CASE WHEN is_hospital THEN 'Hospital' ELSE facility_type END
                   || ' ' || ccn AS name
        FROM directory_next.facility WHERE is_new ORDER BY id
    ) AS stub
"""
# The newest file that names a number stands beside it; a real one makes it real.
SEEN_NOW = """
    UPDATE directory_organization AS live
    SET last_release_id = %(release)s, is_demo = %(is_demo)s
    FROM directory_next.facility AS named
    WHERE named.ccn = live.ccn AND live.is_stub AND (live.is_demo OR NOT %(is_demo)s)
      AND (live.last_release_id, live.is_demo)
          IS DISTINCT FROM (%(release)s, %(is_demo)s)
"""
# What an earlier file called something else; a name that was set by hand stays.
NOW_HOSPITALS = """
    UPDATE directory_organization AS live SET kind = 'hospital',
        name = CASE WHEN live.name LIKE '% ' || live.ccn
                    THEN 'Hospital ' || live.ccn ELSE live.name END,
        sort_key = CASE WHEN live.name LIKE '% ' || live.ccn
                        THEN lower('Hospital ' || live.ccn) ELSE live.sort_key END
    FROM directory_next.facility AS named
    WHERE named.ccn = live.ccn AND named.is_hospital AND live.kind = 'facility'
"""
LINKS = f"""
    INSERT INTO directory_next.directory_affiliation
        (id, practitioner_id, organization_id, through, reported_ccn, release_id,
         first_release_id)
    SELECT row_number() OVER (), person_id, facility_id, through, ccn,
           coalesce(release_id, %(release)s),
           coalesce(first_release_id, release_id, %(release)s)
    FROM (
        SELECT DISTINCT ON (person_id, facility.id, row.ccn)
               person_id, facility.id AS facility_id,
               {THROUGH} AS through, row.ccn, row.release_id, known.first_release_id
        FROM directory_next.affiliation_row AS row
        JOIN directory_next.facility ON facility.ccn = row.hospital
        LEFT JOIN {former.AFFILIATIONS.known} AS known
          ON known.practitioner_id = person_id
          AND known.organization_id = facility.id AND known.reported_ccn = row.ccn
        WHERE row.reason IS NULL AND person_id IS NOT NULL
        ORDER BY person_id, facility.id, row.ccn, row.facility_type <> 'Hospital',
                 row.facility_type
    ) AS link
"""  # noqa: S608 (parts of our own)
STRANGERS = """
    FROM directory_next.affiliation_row
    WHERE reason IS NULL AND person_id IS NULL
"""
FORGET = "DELETE FROM directory_waitingaffiliation WHERE is_demo = %(is_demo)s"
ARRIVED = " AND npi IN (SELECT npi FROM directory_next.practitioner)"
FORGET_ARRIVED = FORGET + ARRIVED
REMEMBER = f"""
    INSERT INTO directory_waitingaffiliation
        (npi, facility_type, ccn, hospital, is_demo, release_id)
    SELECT DISTINCT npi, facility_type, ccn, hospital, %(is_demo)s,
           CAST(%(release)s AS bigint)
    {STRANGERS}
"""
KEPT = (
    "practitioner_id, organization_id, through, reported_ccn, release_id,"
    " first_release_id"
)
WITHOUT = """
    SELECT 1 - coalesce(
        count(*)::float8
            / nullif((SELECT count(*) FROM directory_next.practitioner), 0), 0)
    FROM directory_next.practitioner AS person
    WHERE id IN (SELECT person_id FROM directory_next.affiliation_row
                 WHERE reason IS NULL)
"""
ORPHANS = """
    SELECT coalesce(avg(facility.is_stub::int), 0)::float8
    FROM directory_next.affiliation_row AS row
    JOIN directory_next.facility ON facility.ccn = row.hospital
    WHERE row.reason IS NULL AND facility.is_hospital
"""
# Organizations as they will be, for what is built ahead of the swap.
AHEAD = """
    CREATE VIEW directory_next.directory_organization AS
    SELECT id, CASE WHEN EXISTS (SELECT FROM directory_next.facility AS named
                                 WHERE named.id = live.id AND named.is_hospital)
                    THEN 'hospital' ELSE kind END, system_id, is_teaching
    FROM {schema}.directory_organization AS live
    UNION ALL
    SELECT id, CASE WHEN is_hospital THEN 'hospital' ELSE 'facility' END, NULL, NULL
    FROM directory_next.facility WHERE is_new
"""


def prepare(*, is_demo: bool, with_doctors: bool) -> None:
    """Say for each row of the staged file whether it is one, whose, and why not."""
    unless_new = UNLESS_NEW if with_doctors else ""
    shadow.stage(
        "known_person", PEOPLE.format(unless_new=unless_new), {"is_demo": is_demo}
    )
    analyze("directory_next.known_person")
    shadow.stage("affiliation_row", ROWS)
    analyze("directory_next.affiliation_row")


def stage_waiting(*, is_demo: bool) -> int:
    """Take up rows of an earlier file whose clinicians are new; return how many."""
    found = shadow.stage("affiliation_row", WAITING, {"is_demo": is_demo})
    if found:
        shadow.stage("arrived_person", ARRIVED_PEOPLE)
        analyze("directory_next.affiliation_row", "directory_next.arrived_person")
    return found


def link() -> dict[str, int]:
    """Find the facilities that the rows name.

    Returns how many rows wait for their clinician, and how many hospitals have only a
    number.
    """
    shadow.stage("facility", FACILITIES)
    analyze("directory_next.facility")
    (waiting,) = fetch_row(f"SELECT count(*) {STRANGERS}")
    (stubs,) = fetch_row(
        "SELECT count(*) FROM directory_next.facility WHERE is_new AND is_hospital"
    )
    return {
        "rows that wait for their clinician": waiting,
        "hospitals without name": stubs,
    }


def fill(release: int | None, *, all_new: bool) -> tuple[Changes, int]:
    """Fill the shadow; return how the file's links differ, and how many are gone.

    ``all_new``: the file is whole, so live rows of everybody known go; else those of
    the people for whom rows waited.
    """
    people = "known_person" if all_new else "arrived_person"
    shadow.create(TABLE)
    links = execute(LINKS, {"release": release})
    gone = former.find_gone(former.AFFILIATIONS, people)
    former.find_back(former.AFFILIATIONS)
    carried_over = carry_over(TABLE, KEPT, people)
    (live,) = fetch_row(f"SELECT count(*) FROM {TABLE}")  # noqa: S608 (ours)
    known = live - carried_over - gone
    return Changes(links - known, 0, known), gone


def merge(release: int | None, *, is_demo: bool, all_new: bool) -> None:
    """Write stubs and what waits, as part of the transaction that swaps."""
    execute(NOW_HOSPITALS)
    execute(ADD_STUBS, {"release": release, "is_demo": is_demo})
    if all_new:
        execute(SEEN_NOW, {"release": release, "is_demo": is_demo})
        execute(FORGET, {"is_demo": is_demo})
        execute(REMEMBER, {"is_demo": is_demo, "release": release})
    else:
        execute(FORGET_ARRIVED, {"is_demo": is_demo})
    former.keep(former.AFFILIATIONS)


def repairs() -> dict[str, int]:
    """Return how many of the rows that can be loaded were mended in which way."""
    (mended,) = fetch_row(
        "SELECT count(*) FROM directory_next.affiliation_row"
        " WHERE reason IS NULL AND is_ccn_repaired"
    )
    return {"certification number filled with zeros or in capitals": mended}


def look_ahead() -> None:
    """Let ``shadow.ahead()`` see the facilities that are new."""
    execute(AHEAD.format(schema=shadow.live_schema()))


def shares(*, with_doctors: bool) -> tuple[float | None, float]:
    """Return the share of clinicians without a row, and of rows without a hospital.

    The first is None where no doctors file is at hand to compare with.
    """
    without = None
    if with_doctors:
        (without,) = fetch_row(WITHOUT)
    (orphans,) = fetch_row(ORPHANS)
    return without, orphans
