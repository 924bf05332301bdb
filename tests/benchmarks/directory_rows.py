"""Millions of made-up clinicians by SQL, skewed as the real files are.

A few cities, groups and systems are very large and most are small; 2.4 practices and
0.9 hospital links each; six in a hundred have a double name. The hospitals and the tree
are the real ones.
"""

from itertools import accumulate

from django.db import connection, transaction

from directory.imports.staging import analyze
from directory.sample.names import GIVEN, SURNAME_ENDS, SURNAME_STARTS
from directory.sample.specialties import specialties

TABLES = (
    "directory_organization",
    "directory_location",
    "directory_practitioner",
    "directory_practitionerspecialization",
    "directory_practice",
    "directory_affiliation",
)

# {people}, {groups} and {sites} are numbers of ours.
STATEMENTS = (
    "SELECT setseed(0.2026)",
    # foreign keys are right by construction; checking 50 million takes longer
    "SET session_replication_role = replica",
    """
    CREATE TEMPORARY TABLE city AS
    SELECT row_number() OVER (ORDER BY count(*) DESC, place.id) AS rank, place.id,
           place.state, min(location.zip_code) AS zip_code
    FROM directory_organization AS hospital
    JOIN directory_location AS location ON location.id = hospital.location_id
    JOIN directory_place AS place ON place.id = location.place_id
    GROUP BY place.id
    """,
    """
    CREATE TEMPORARY TABLE city_zip AS
    SELECT city.rank, array_agg(zip.zip_code) AS zips
    FROM city
    JOIN (SELECT zip_code, left(zip_code, 3) AS zip3,
                 row_number() OVER (PARTITION BY left(zip_code, 3) ORDER BY zip_code)
                     AS number
          FROM zip) AS zip
      ON zip.zip3 = left(city.zip_code, 3)
     AND zip.number <= greatest(1, (90 / sqrt(city.rank))::int)
    GROUP BY city.rank
    """,
    """
    INSERT INTO directory_organization
        (id, kind, name, published_name, sort_key, ccn, pac_id, phone, hospital_type,
         ownership, rating_note, is_demo)
    SELECT 1000000 + n, 'system', 'System ' || n, '', 'system ' || n,
           '', '', '', '', '', '', true
    FROM generate_series(1, 600) AS n
    """,
    """
    UPDATE directory_organization
    SET system_id = 1000001 + floor(600 * random() ^ 2),
        is_teaching = random() < 0.15
    WHERE kind = 'hospital' AND random() < 0.7
    """,
    """
    CREATE TEMPORARY TABLE grp AS
    SELECT n, 1 + floor((SELECT count(*) FROM city) * random() ^ 2.2)::int AS city
    FROM generate_series(1, {groups}) AS n
    """,
    """
    INSERT INTO directory_organization
        (id, kind, name, published_name, sort_key, ccn, pac_id, phone, hospital_type,
         ownership, rating_note, is_demo, system_id)
    SELECT 2000000 + n, 'group', 'Group ' || n, '', 'group ' || n,
           '', lpad(n::text, 10, '0'), '', '', '', '', true,
           CASE WHEN random() < 0.3 THEN 1000001 + floor(600 * random() ^ 2) END
    FROM grp
    """,
    """
    CREATE TEMPORARY TABLE site AS
    SELECT row_number() OVER (ORDER BY city) AS n, grp, city
    FROM (
        SELECT grp.n AS grp, grp.city
        FROM (SELECT 1 + floor({groups} * random() ^ 2)::int AS n
              FROM generate_series(1, {sites})) AS pick
        JOIN grp ON grp.n = pick.n
    ) AS drawn
    """,
    """
    INSERT INTO directory_location
        (id, place_id, line_1, line_2, building_line, zip_code)
    SELECT 10000000 + site.n, city.id, site.grp || ' Larkspur Lane',
           'Suite ' || site.n, site.grp || ' LARKSPUR LN',
           zips.zips[1 + floor(cardinality(zips.zips) * random())]
    FROM site JOIN city ON city.rank = site.city
    JOIN city_zip AS zips ON zips.rank = city.rank
    """,
    """
    CREATE TEMPORARY TABLE city_sites AS
    SELECT city, min(n) AS low, count(*) AS number FROM site GROUP BY city
    """,
    """
    CREATE TEMPORARY TABLE person AS
    SELECT n, (%(specialties)s::int[])[
                  width_bucket(random() * %(weight)s, %(weights)s::float8[]) + 1
              ] AS specialization,
           1 + floor((SELECT count(*) FROM city) * random() ^ 2.2)::int AS city,
           (ARRAY[1, 1, 1, 2, 2, 2, 3, 3, 4, 5])[1 + floor(10 * random())] AS sites,
           (ARRAY[0, 0, 0, 0, 0, 1, 1, 1, 2, 4])[1 + floor(10 * random())] AS hospitals
    FROM generate_series(1, {people}) AS n
    """,
    """
    INSERT INTO directory_practitioner
        (id, npi, first_name, middle_name, last_name, suffix, credential, sort_key,
         medical_school, graduation_year, has_telehealth, is_demo, first_release_id,
         last_release_id)
    SELECT n, '99' || lpad(n::text, 8, '0'), first, '', last, '', '',
           lower(translate(last, '-''', ' ') || ' ' || first), '', 2000,
           CASE WHEN random() < 0.3 THEN true END, true, %(release)s, %(release)s
    FROM (
        SELECT n,
               (%(given)s::text[])[1 + floor(cardinality(%(given)s::text[])
                                             * random() ^ 1.5)] AS first,
               (%(starts)s::text[])[1 + floor(cardinality(%(starts)s::text[])
                                              * random())]
               || (%(ends)s::text[])[1 + floor(cardinality(%(ends)s::text[])
                                               * random())]
               || CASE WHEN random() < 0.06 THEN
                      '-' || (%(starts)s::text[])[1 + floor(
                                 cardinality(%(starts)s::text[]) * random())]
                      || (%(ends)s::text[])[1 + floor(cardinality(%(ends)s::text[])
                                                      * random())]
                  ELSE '' END AS last
        FROM person
    ) AS named
    """,
    """
    INSERT INTO directory_practitionerspecialization
        (practitioner_id, specialization_id, is_primary)
    SELECT n, specialization, true FROM person
    """,
    """
    CREATE TEMPORARY TABLE pick AS
    SELECT person.n, generate_series(1, person.sites) AS number,
           CASE WHEN random() < 0.15
                THEN 1 + floor((SELECT count(*) FROM city) * random() ^ 2.2)::int
                ELSE person.city END AS city
    FROM person
    """,
    """
    INSERT INTO directory_practice
        (practitioner_id, location_id, organization_id, phone, release_id)
    SELECT DISTINCT drawn.n, 10000000 + site.n,
           CASE WHEN site.grp %% 9 > 0 THEN 2000000 + site.grp END,
           '(555) 555-0101', %(release)s
    FROM (
        SELECT pick.n, low + floor(number * random() ^ 1.5)::int AS site
        FROM (SELECT n, city FROM pick) AS pick
        JOIN city_sites ON city_sites.city = pick.city
    ) AS drawn
    JOIN site ON site.n = drawn.site
    """,
    """
    CREATE TEMPORARY TABLE city_hospitals AS
    SELECT city.rank AS city, array_agg(hospital.id ORDER BY hospital.id) AS hospitals
    FROM city
    JOIN directory_location AS location ON location.place_id = city.id
    JOIN directory_organization AS hospital ON hospital.location_id = location.id
    GROUP BY city.rank
    """,
    """
    INSERT INTO directory_affiliation
        (practitioner_id, organization_id, through, reported_ccn, release_id)
    SELECT DISTINCT person.n,
           hospitals[1 + floor(cardinality(hospitals) * random() ^ 1.5)],
           '', '', %(release)s
    FROM (SELECT n, city, generate_series(1, hospitals) FROM person) AS person
    JOIN city_hospitals ON city_hospitals.city = person.city
    """,
    "SET session_replication_role = origin",
)


def fill(people: int, *, release: int, codes: dict[str, int], zips: list[str]) -> None:
    """Insert ``people`` clinicians and everything around them.

    ``codes`` maps a CMS specialty to its specialization, ``zips`` are ZIP codes with a
    centroid.
    """
    known = [one for one in specialties() if one.cms in codes]
    weights = list(accumulate(one.weight for one in known))
    parameters = {
        "release": release,
        "specialties": [codes[one.cms] for one in known],
        "weights": weights[:-1],
        "weight": weights[-1],
        "given": list(GIVEN),
        "starts": list(SURNAME_STARTS),
        "ends": list(SURNAME_ENDS),
    }
    sizes = {"people": people, "groups": people // 16, "sites": people * 2 // 5}
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "CREATE TEMPORARY TABLE zip AS SELECT unnest(%s::text[]) AS zip_code",
            [zips],
        )
        for statement in STATEMENTS:
            cursor.execute(statement.format(**sizes), parameters)
            if "TEMPORARY" in statement:
                cursor.execute("ANALYZE " + statement.split()[3])
    analyze(*TABLES)
