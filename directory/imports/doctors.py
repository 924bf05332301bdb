"""CMS Doctors and Clinicians: one row is clinician x enrolment x group x address.

Source: https://data.cms.gov/provider-data/dataset/mj5m-pzi6 (public domain).
Everything here is text until SQL has looked at it; ``prepare()`` leaves tables of what
the release says in the schema ``directory_next`` and touches nothing else.
"""

from django.utils.text import slugify

from directory.imports import shadow
from directory.imports.report import ImportRefusedError
from directory.imports.sessions import side_by_side
from directory.imports.staging import analyze
from directory.imports.words import read_words
from directory.sql import execute, fetch_row
from directory.values.npi import IS_NO_NPI, IS_WRONG
from directory.values.reading_case import city_name, person_name
from directory.values.sort_keys import sort_key
from directory.values.states import STATES

# Our name -> the names CMS has used, newest first.
COLUMNS = {
    "npi": ["NPI"],
    "last_name": ["Provider Last Name", "lst_nm", "provider_last_name"],
    "first_name": ["Provider First Name", "frst_nm", "provider_first_name"],
    "middle_name": ["Provider Middle Name", "mid_nm", "provider_middle_name"],
    "suffix": ["suff"],
    "credential": ["Cred"],
    "medical_school": ["Med_sch"],
    "graduation_year": ["Grd_yr"],
    "specialty": ["pri_spec"],
    "secondary_1": ["sec_spec_1"],
    "secondary_2": ["sec_spec_2"],
    "secondary_3": ["sec_spec_3"],
    "secondary_4": ["sec_spec_4"],
    "telehealth": ["Telehlth"],
    "organization": ["Facility Name", "org_nm", "facility_name", "org_lgl_nm"],
    "pac_id": ["org_pac_id"],
    "line_1": ["adr_ln_1"],
    "line_2": ["adr_ln_2"],
    "city": ["City/Town", "cty", "citytown"],
    "state": ["State", "st"],
    "zip_code": ["ZIP Code", "zip", "zip_code"],
    "phone": ["Telephone Number", "phn_numbr", "telephone_number"],
    "address_id": ["adrs_id"],
}
# What the file has and the directory does not ask for. The hospital links that older
# releases have in these rows are told as not read.
IGNORED = [
    "Ind_PAC_ID",
    "Ind_enrl_ID",
    "gndr",
    "sec_spec_all",
    "num_org_mem",
    "ln_2_sprs",
    "ind_assgn",
    "grp_assgn",
    "assgn",
]
OPTIONAL = frozenset(
    [
        "middle_name",
        "suffix",
        "credential",
        "medical_school",
        "graduation_year",
        "secondary_1",
        "secondary_2",
        "secondary_3",
        "secondary_4",
        "telehealth",
        "line_2",
        "phone",
        "address_id",
    ]
)

SCIENTIFIC = r"'^[0-9.]+E[+][0-9]+$'"  # of SQL
SPOILED = " is in scientific notation: a spreadsheet saved this file"
# What is said once for each NPI, address or group is checked once for each, below.
ROWS = f"""
    SELECT ordinal, npi, pac_id, organization, phone,
           hashtextextended(coalesce(line_1, ''),
               hashtextextended(coalesce(line_2, ''),
                   hashtextextended(coalesce(city, ''),
                       hashtextextended(coalesce(state, ''),
                           hashtextextended(coalesce(zip_code, ''),
                               hashtextextended(coalesce(address_id, ''), 0))))))
               AS address,
           CASE
               WHEN npi IS NULL THEN
                   CASE WHEN coalesce({", ".join(COLUMNS)}) IS NULL THEN 'empty'
                        ELSE 'it has no NPI' END
               WHEN last_name IS NULL THEN 'it has no last name'
               WHEN phone LIKE '%E+%' THEN phone || '{SPOILED}'
           END AS reason
    FROM directory_next.doctor_file
"""  # noqa: S608 (parts of our own)
# For what reads the file itself: a refused row says nothing, though its clinician may
# have others that are right.
REFUSED = """
    SELECT ordinal FROM directory_next.doctor_row WHERE reason IS NOT NULL
"""
# No NOT IN: of two million refused rows that would compare each row with all of them.
IS_RIGHT = """
    NOT EXISTS (SELECT FROM directory_next.refused_row AS refused
                WHERE refused.ordinal = doctor_file.ordinal)
"""
# One row for each NPI and address: the first that names it. The rows of one person
# mostly follow one another, so of each run only the first is sorted: a third of the
# time. People are numbered by NPI: rows in the order of an index are added to it three
# times as fast.
PEOPLE = f"""
    SELECT *, row_number() OVER () AS number
    FROM (
        SELECT DISTINCT ON (npi COLLATE "C")
               npi, bool_or(telehealth = 'Y') OVER same AS has_telehealth, last_name,
               first_name, middle_name, suffix, credential, medical_school,
               graduation_year
        FROM (
            SELECT *, npi IS NOT DISTINCT FROM lag(npi) OVER ()
                      AND telehealth IS NOT DISTINCT FROM lag(telehealth) OVER ()
                      AS says_the_same
            FROM directory_next.doctor_file
            WHERE {IS_RIGHT}
        ) AS row
        WHERE NOT says_the_same
        WINDOW same AS (PARTITION BY npi COLLATE "C" ORDER BY ordinal
                        ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING)
        ORDER BY npi COLLATE "C", ordinal
    ) AS person
"""  # noqa: S608 (parts of our own)
# A ZIP code that a spreadsheet robbed of its zeros stands whole in address_id.
ADDRESSES = r"""
    SELECT address, city, state, zip_code AS published_zip, line_1, line_2,
           CASE
               WHEN zip_code ~ '^\d{5}(-?\w{4})?$' THEN left(zip_code, 5)
               WHEN zip_code ~ '^\d{3,8}$' AND left(address_id, 2) = state
                AND zip_code IN (ltrim(substr(address_id, 3, 5), '0'),
                                 ltrim(substr(address_id, 3, 9), '0'))
                   THEN substr(address_id, 3, 5)
           END AS zip_code
    FROM (SELECT address, min(ordinal) AS ordinal
          FROM directory_next.doctor_row WHERE reason IS NULL GROUP BY address
         ) AS first
    JOIN directory_next.doctor_file USING (ordinal)
"""
GROUPS = r"""
    SELECT row.pac_id AS published, min(row.organization) AS organization,
           CASE WHEN row.pac_id ~ '^\d{6,9}$' THEN lpad(row.pac_id, 10, '0')
                ELSE row.pac_id END AS pac_id
    FROM directory_next.doctor_row AS row
    WHERE row.reason IS NULL AND row.pac_id IS NOT NULL GROUP BY row.pac_id
"""
WRONG_PEOPLE = f"""
    SELECT person.npi AS key,
           CASE WHEN {IS_NO_NPI} THEN
                    CASE WHEN npi ~ {SCIENTIFIC} THEN npi || '{SPOILED}'
                         ELSE quote_literal(left(npi, 40)) || ' is no NPI of ten digits'
                    END
                WHEN {IS_WRONG} THEN 'the check digit of NPI ' || npi || ' is wrong'
                WHEN name.key IS NOT NULL THEN 'its last name has no letter'
           END AS reason
    FROM directory_next.person_row AS person
    LEFT JOIN directory_next.name_word AS name
      ON name.published = person.last_name AND name.key = ''
"""  # noqa: S608 (parts of our own)
WRONG_ADDRESSES = f"""
    SELECT row.address AS key,
           CASE WHEN row.city IS NULL THEN 'it has no city'
                WHEN city.slug = ''
                    THEN quote_literal(left(row.city, 40)) || ' is no city'
                WHEN state IS NULL OR state <> ALL ('{{{",".join(STATES)}}}')
                    THEN coalesce(quote_literal(left(state, 40)), 'blank')
                        || ' is no state'
                WHEN published_zip ~ {SCIENTIFIC} THEN published_zip || '{SPOILED}'
                WHEN zip_code IS NULL
                    THEN coalesce(quote_literal(left(published_zip, 40)), 'blank')
                        || ' is no ZIP code, and adrs_id does not say which'
           END AS reason
    FROM directory_next.address_row AS row
    LEFT JOIN directory_next.city_word AS city ON city.published = row.city
"""  # noqa: S608 (parts of our own)
WRONG_GROUPS = rf"""
    SELECT published AS key,
           CASE WHEN published ~ {SCIENTIFIC} THEN published || '{SPOILED}'
                WHEN pac_id !~ '^\d{{10}}$' THEN quote_literal(left(published, 40))
                    || ' is no PAC ID of ten digits'
           END AS reason
    FROM directory_next.group_row
"""  # noqa: S608 (parts of our own)
WRONG = {"npi": WRONG_PEOPLE, "address": WRONG_ADDRESSES, "pac_id": WRONG_GROUPS}
WITH_REASON = "SELECT * FROM ({}) AS every WHERE reason IS NOT NULL"
FOUND = ["person_row", "address_row", "group_row", "name_word", "city_word"]
FOUND += ["refused_row", *(f"wrong_{key}" for key in WRONG)]
REFUSE = """
    UPDATE directory_next.doctor_row AS row SET reason = wrong.reason
    FROM directory_next.wrong_{key} AS wrong
    WHERE row.{key} = wrong.key AND row.reason IS NULL
"""
REPAIRS = """
    SELECT (SELECT count(*) FROM directory_next.doctor_row
            WHERE reason IS NULL AND address IN
                (SELECT address FROM directory_next.address_row
                 WHERE zip_code <> left(published_zip, 5))),
           (SELECT count(*) FROM directory_next.doctor_row
            WHERE reason IS NULL AND pac_id IN
                (SELECT published FROM directory_next.group_row
                 WHERE published <> pac_id))
"""
NAMES = """
    SELECT DISTINCT name FROM directory_next.person_row
    CROSS JOIN LATERAL (VALUES (last_name), (first_name), (middle_name)) AS part (name)
    WHERE name IS NOT NULL
"""
CITIES = """
    SELECT DISTINCT city FROM directory_next.address_row WHERE city IS NOT NULL
"""


def prepare() -> None:
    """Say for each row of the staged file whether it can be loaded, and why not."""
    analyze("directory_next.doctor_file (ordinal, npi)")
    shadow.stage("doctor_row", ROWS)
    # No more columns: the planner would hash the file instead of its first rows.
    analyze("directory_next.doctor_row (pac_id, reason)")
    side_by_side(find_people, find_sites)
    while refuse():
        for table in FOUND:
            execute(f"DROP TABLE directory_next.{table}")
        side_by_side(find_people, find_sites)


def name_words(published: str) -> list[str]:
    """Return a person's name in reading case, and its part of the sort key."""
    return [person_name(published)[:60], sort_key(published)]


def city_words(published: str) -> list[str]:
    """Return a city's name, the slug of its address and its sort key."""
    name = city_name(published)[:100]
    return [name, slugify(name), sort_key(name)[:100]]


def find_people() -> None:
    """Find the people of the rows that can be loaded, and who of them is wrong."""
    # Not analysed: an empty table that is known to be empty is scanned for each row.
    shadow.stage("refused_row", REFUSED)
    shadow.stage("person_row", PEOPLE)
    analyze("directory_next.person_row")
    read_words("name_word", ["reading", "key"], NAMES, name_words)
    keep_wrong("npi")


def find_sites() -> None:
    """Find the addresses and groups of these rows, and which of them are wrong."""
    shadow.stage("address_row", ADDRESSES)
    shadow.stage("group_row", GROUPS)
    analyze("directory_next.address_row", "directory_next.group_row")
    read_words("city_word", ["reading", "slug", "key"], CITIES, city_words)
    keep_wrong("address")
    keep_wrong("pac_id")


def keep_wrong(key: str) -> None:
    """Note which people, addresses or groups no row may name, and why."""
    shadow.stage(f"wrong_{key}", WITH_REASON.format(WRONG[key]))


def refuse() -> int:
    """Refuse all rows of wrong people, addresses and groups; return how many."""
    return sum(
        execute(REFUSE.format(key=key))
        for key in WRONG
        if execute(f"SELECT FROM directory_next.wrong_{key} LIMIT 1")
    )


def repairs() -> dict[str, int]:
    """Return how many of the rows that can be loaded were mended in which way."""
    zips, groups = fetch_row(REPAIRS)
    return {"ZIP code from adrs_id": zips, "PAC ID filled with zeros": groups}


def refuse_real_people() -> None:
    """Stop files of real people that were said to be made up."""
    (real,) = fetch_row(
        "SELECT count(*) FROM directory_next.person_row WHERE npi NOT LIKE '99%'"
    )
    if real:
        raise ImportRefusedError(
            f"{real:,} NPIs do not begin with 99, so these people are not made up: "
            "leave --demo out."
        )
