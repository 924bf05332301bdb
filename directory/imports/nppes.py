"""NPPES: clinicians who do not bill Medicare, taxonomy codes, replaced numbers.

Source: https://download.cms.gov/nppes/NPI_Files.html (public domain). The mailing
address may be a home, so only the practice location is read. A taxonomy code says what
somebody does only where our tree gives it to one specialization alone.
"""

from django.template.defaultfilters import pluralize

from directory.imports import shadow
from directory.imports.practices import carry_over
from directory.imports.staging import analyze
from directory.sql import execute, fetch_row, fetch_rows

LOCATION = "Provider {} Business Practice Location Address"
WHERE = "Provider Business Practice Location Address"
COLUMNS = {
    "npi": ["NPI"],
    "entity": ["Entity Type Code"],
    "replacement": ["Replacement NPI"],
    "last_name": ["Provider Last Name (Legal Name)"],
    "first_name": ["Provider First Name"],
    "middle_name": ["Provider Middle Name"],
    "suffix": ["Provider Name Suffix Text"],
    "credential": ["Provider Credential Text"],
    "line_1": [LOCATION.format("First Line")],
    "line_2": [LOCATION.format("Second Line")],
    "city": [f"{WHERE} City Name"],
    "state": [f"{WHERE} State Name"],
    "zip_code": [f"{WHERE} Postal Code"],
    "country": [f"{WHERE} Country Code (If outside U.S.)"],
    "phone": [f"{WHERE} Telephone Number"],
    "deactivated": ["NPI Deactivation Date"],
    "reactivated": ["NPI Reactivation Date"],
}
TAXONOMIES = range(1, 16)
for number in TAXONOMIES:
    COLUMNS[f"taxonomy_{number}"] = [f"Healthcare Provider Taxonomy Code_{number}"]
    COLUMNS[f"switch_{number}"] = [
        f"Healthcare Provider Primary Taxonomy Switch_{number}"
    ]
OPTIONAL = frozenset(
    f"{name}_{number}" for name in ("taxonomy", "switch") for number in TAXONOMIES[1:]
)
OF_PERSON = """
    entity = '1' AND (deactivated IS NULL OR reactivated IS NOT NULL)
    AND replacement IS NULL AND coalesce(country, 'US') = 'US'
"""
# Neither a number nor what it stands for: refused, unless it is blank throughout.
OF_NOBODY = f"""
    npi IS NULL AND entity IS NULL AND coalesce({", ".join(COLUMNS)}) IS NOT NULL
"""
IS_KNOWN = """
    EXISTS (SELECT FROM directory_practitioner AS live
            WHERE live.npi = file.npi AND live.retired_at IS NULL
              AND live.last_release_id IN (SELECT id FROM directory_sourcerelease
                                           WHERE dataset = 'doctors'))
"""
PRIMARY = (
    "CASE "
    + " ".join(f"WHEN switch_{n} = 'Y' THEN taxonomy_{n}" for n in TAXONOMIES)
    + " ELSE taxonomy_1 END"
)
PEOPLE = f"""
    SELECT ordinal, npi, last_name, first_name, middle_name, suffix, credential,
           NULL::text AS medical_school, NULL::text AS graduation_year,
           {PRIMARY} AS specialty, NULL::text AS secondary_1,
           NULL::text AS secondary_2, NULL::text AS secondary_3,
           NULL::text AS secondary_4, NULL::text AS telehealth,
           NULL::text AS organization, NULL::text AS pac_id, line_1, line_2, city,
           state, zip_code, phone, NULL::text AS address_id
    FROM directory_next.nppes_file AS file
    WHERE {OF_PERSON} AND NOT {IS_KNOWN} OR {OF_NOBODY}
"""  # noqa: S608 (parts of our own)
# Of everybody in the file: what a doctors file has taken of it changes nothing.
SHARES = f"""
    SELECT {PRIMARY} AS specialty, count(*)::float8 / sum(count(*)) OVER ()
    FROM directory_next.nppes_file
    WHERE {OF_PERSON} AND {PRIMARY} IS NOT NULL GROUP BY specialty
"""  # noqa: S608 (parts of our own)
COUNT = f"""
    SELECT count(*),
           count(*) FILTER (WHERE coalesce({", ".join(COLUMNS)}) IS NULL)
    FROM directory_next.nppes_file
"""  # noqa: S608 (names of our own)
REPLACED = r"""
    INSERT INTO directory_replacednpi (npi, replacement)
    SELECT npi, min(replacement) FROM directory_next.nppes_file
    WHERE npi ~ '^\d{10}$' AND replacement ~ '^\d{10}$' AND npi <> replacement
    GROUP BY npi
    ON CONFLICT (npi) DO UPDATE SET replacement = EXCLUDED.replacement
    WHERE directory_replacednpi.replacement <> EXCLUDED.replacement
"""
TABLE = "directory_practitionertaxonomy"
MOST_NAMED = 10  # codes in a report: a file has some hundred that mean nothing here
REPORTED = ", ".join(f"(taxonomy_{n}, switch_{n} = 'Y')" for n in TAXONOMIES)
CODES = rf"""
    INSERT INTO directory_next.directory_practitionertaxonomy
        (practitioner_id, code, is_primary)
    SELECT person.id, reported.code, bool_or(coalesce(reported.is_primary, false))
    FROM directory_next.nppes_file AS file
    JOIN directory_next.known_person AS person ON person.npi = file.npi
    CROSS JOIN LATERAL (VALUES {REPORTED}) AS reported (code, is_primary)
    WHERE reported.code ~ '^[0-9A-Z]{{10}}$'
    GROUP BY person.id, reported.code ORDER BY person.id
"""  # noqa: S608 (parts of our own)
KNOWN = """
    SELECT id, npi FROM directory_practitioner AS live
    WHERE retired_at IS NULL AND is_demo = %(is_demo)s
      AND NOT EXISTS (SELECT FROM directory_next.practitioner AS new
                      WHERE new.id = live.id)
    UNION ALL SELECT id, npi FROM directory_next.practitioner
"""


def prepare() -> tuple[int, int]:
    """Take the clinicians that no doctors file has; return passed over and empty."""
    rows, empty = fetch_row(COUNT)
    taken = shadow.stage("doctor_file", PEOPLE)
    return rows - empty - taken, empty


def shares() -> dict[str, float]:
    """Return each primary code -> the share of the file's people who have it."""
    return dict(fetch_rows(SHARES))


def unmapped_words(unmapped: list[tuple[str, int]]) -> list[str]:
    """Return what a report says of primary codes that mean no kind of doctor here."""
    if not unmapped:
        return []
    people = sum(count for _, count in unmapped)
    codes = ", ".join(f"{code} ({count:,})" for code, count in unmapped[:MOST_NAMED])
    text = (
        f"{people:,} clinician{pluralize(people, ' has,s have')} a page and stand"
        f"{pluralize(people, 's,')} in no list: the taxonomy code that they put first "
        f"means no kind of doctor here. Such codes, the most frequent first: {codes}"
        f"{' and others' if len(unmapped) > MOST_NAMED else ''}."
    )
    return [text]


def build(*, is_demo: bool) -> dict[str, int]:
    """Make the shadow of the taxonomy codes."""
    execute("DROP TABLE IF EXISTS directory_next.known_person")
    shadow.stage("known_person", KNOWN, {"is_demo": is_demo})
    analyze("directory_next.known_person")
    shadow.create(TABLE)
    codes = execute(CODES)
    carry_over(TABLE, "practitioner_id, code, is_primary", "known_person")
    shadow.finish(TABLE)
    return {"taxonomy codes": codes}


def merge() -> dict[str, int]:
    """Write which numbers lead to others, in the transaction that swaps."""
    return {"replaced numbers": execute(REPLACED)}
