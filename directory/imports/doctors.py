"""CMS Doctors and Clinicians: one row is clinician x enrolment x group x address.

Source: https://data.cms.gov/provider-data/dataset/mj5m-pzi6 (public domain).
Everything here is text until SQL has looked at it; ``prepare()`` leaves tables of what
the release says in the schema ``directory_next`` and touches nothing else.
"""

from django.utils.text import slugify

from directory.imports.check_digits import IS_WRONG
from directory.imports.staging import analyze, execute, fetch_row
from directory.imports.words import read_words
from directory.reading_case import city_name, person_name
from directory.sort_keys import sort_key
from directory.states import STATES

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
# What the file has and the directory does not ask for.
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
    "hosp_afl_1",
    "hosp_afl_2",
    "hosp_afl_3",
    "hosp_afl_4",
    "hosp_afl_5",
    "hosp_afl_lbn_1",
    "hosp_afl_lbn_2",
    "hosp_afl_lbn_3",
    "hosp_afl_lbn_4",
    "hosp_afl_lbn_5",
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

# A ZIP code that a spreadsheet robbed of its zeros stands whole in address_id.
ZIP_CODE = r"""
    CASE
        WHEN zip_code ~ '^\d{5}(-?\w{4})?$' THEN left(zip_code, 5)
        WHEN zip_code ~ '^\d{3,8}$' AND left(address_id, 2) = state
         AND zip_code IN (ltrim(substr(address_id, 3, 5), '0'),
                          ltrim(substr(address_id, 3, 9), '0'))
            THEN substr(address_id, 3, 5)
    END
"""
PAC_ID = r"CASE WHEN pac_id ~ '^\d{6,9}$' THEN lpad(pac_id, 10, '0') ELSE pac_id END"
SCIENTIFIC = r"'^[\d.]+[Ee]\+\d+$'"
REASON = r"""
    CASE
        WHEN npi IS NULL AND last_name IS NULL AND city IS NULL THEN 'empty'
        WHEN npi IS NULL THEN 'it has no NPI'
        WHEN spoiled IS NOT NULL THEN spoiled
            || ' is in scientific notation: a spreadsheet saved this file'
        WHEN npi !~ '^([12]\d{9}|99\d{8})$'
            THEN quote_literal(left(npi, 40)) || ' is no NPI of ten digits'
        WHEN CHECK_DIGIT_IS_WRONG THEN 'the check digit of NPI ' || npi || ' is wrong'
        WHEN last_name IS NULL THEN 'it has no last name'
        WHEN city IS NULL THEN 'it has no city'
        WHEN state IS NULL OR state <> ALL ('{STATES}')
            THEN coalesce(quote_literal(left(state, 40)), 'blank') || ' is no state'
        WHEN read_zip IS NULL THEN coalesce(quote_literal(left(zip_code, 40)), 'blank')
            || ' is no ZIP code, and adrs_id does not say which'
        WHEN read_pac !~ '^\d{10}$'
            THEN quote_literal(left(pac_id, 40)) || ' is no PAC ID of ten digits'
    END
""".replace("STATES", ",".join(STATES)).replace("CHECK_DIGIT_IS_WRONG", IS_WRONG)
ROWS = f"""
    CREATE UNLOGGED TABLE directory_next.doctor_row AS
    SELECT ordinal, npi, specialty, secondary_1, secondary_2, secondary_3, secondary_4,
           telehealth = 'Y' AS has_telehealth, read_pac AS pac_id,
           read_zip AS zip_code, phone,
           hashtextextended(coalesce(line_1, ''),
               hashtextextended(coalesce(line_2, ''),
                   hashtextextended(city, hashtextextended(state || read_zip, 0))))
               AS address,
           read_zip <> left(zip_code, 5) AS is_zip_repaired,
           read_pac <> pac_id AS is_pac_repaired,
           {REASON} AS reason
    FROM (SELECT *, {ZIP_CODE} AS read_zip, {PAC_ID} AS read_pac,
                 substring(concat_ws(' ', npi, pac_id, zip_code, phone)
                           FROM '[0-9][0-9.]*E[+][0-9]+') AS spoiled
          FROM directory_next.doctor_file OFFSET 0) AS file
"""  # noqa: S608 (parts of our own)
# One row for each NPI and each address, the first that names it.
PEOPLE = """
    CREATE UNLOGGED TABLE directory_next.person_row AS
    SELECT npi, min(ordinal) AS ordinal, bool_or(has_telehealth) AS has_telehealth
    FROM directory_next.doctor_row WHERE reason IS NULL GROUP BY npi
"""
ADDRESSES = """
    CREATE UNLOGGED TABLE directory_next.address_row AS
    SELECT address, min(ordinal) AS ordinal
    FROM directory_next.doctor_row WHERE reason IS NULL GROUP BY address
"""
# Reasons that are found once for each NPI, name or city, and not in every row.
NO_NAME = """
    SELECT person.ordinal, 'its last name has no letter' AS reason
    FROM directory_next.person_row AS person
    JOIN directory_next.doctor_file AS file USING (ordinal)
    JOIN directory_next.name_word AS name ON name.published = file.last_name
    WHERE name.key = ''
"""
NO_CITY = """
    SELECT address.ordinal,
           quote_literal(left(file.city, 40)) || ' is no city' AS reason
    FROM directory_next.address_row AS address
    JOIN directory_next.doctor_file AS file USING (ordinal)
    JOIN directory_next.city_word AS city ON city.published = file.city
    WHERE city.slug = ''
"""
REPAIRS = """
    SELECT count(*) FILTER (WHERE is_zip_repaired),
           count(*) FILTER (WHERE is_pac_repaired)
    FROM directory_next.doctor_row WHERE reason IS NULL
"""


def prepare() -> None:
    """Say for each row of the staged file whether it can be loaded, and why not."""
    execute(ROWS)
    read_words(
        "name_word",
        ["reading", "key"],
        """
        SELECT last_name FROM directory_next.doctor_file WHERE last_name IS NOT NULL
        UNION SELECT first_name FROM directory_next.doctor_file
        WHERE first_name IS NOT NULL
        UNION SELECT middle_name FROM directory_next.doctor_file
        WHERE middle_name IS NOT NULL
        """,
        lambda name: [person_name(name)[:60], sort_key(name)],
    )
    read_words(
        "city_word",
        ["reading", "slug", "key"],
        "SELECT DISTINCT city FROM directory_next.doctor_file WHERE city IS NOT NULL",
        city_words,
    )
    summarize()
    if refuse("npi", NO_NAME) + refuse("address", NO_CITY):
        execute("DROP TABLE directory_next.person_row, directory_next.address_row")
        summarize()


def city_words(published: str) -> list[str]:
    """Return a city's name, the slug of its address and its sort key."""
    name = city_name(published)[:100]
    return [name, slugify(name), sort_key(name)[:100]]


def summarize() -> None:
    """Find the people and addresses of the rows that can be loaded."""
    execute(PEOPLE)
    execute(ADDRESSES)
    analyze("directory_next.person_row", "directory_next.address_row")


def refuse(key: str, found: str) -> int:
    """Refuse all rows that share ``key`` with a row that ``found`` selects."""
    return execute(
        f"""
        UPDATE directory_next.doctor_row AS bad SET reason = found.reason
        FROM ({found}) AS found
        JOIN directory_next.doctor_row AS first USING (ordinal)
        WHERE bad.{key} = first.{key} AND bad.reason IS NULL
        """  # noqa: S608 (parts of our own)
    )


def repairs() -> dict[str, int]:
    """Return how many of the rows that can be loaded were mended in which way."""
    zips, groups = fetch_row(REPAIRS)
    return {"ZIP code from adrs_id": zips, "PAC ID filled with zeros": groups}
