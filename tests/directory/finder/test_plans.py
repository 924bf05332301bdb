"""No page of the finder reads a large table from end to end, whatever is asked.

A few rows are read fastest so, and the planner knows it. Here it may not: what it does
then is what it does with millions, and a table that no index leads into shows itself.
"""

import re
from collections import Counter
from random import Random

import pytest
from django.db import connection

from directory.finder.numbers import left_out_sql
from directory.finder.searching import Search
from directory.models import Affiliation, Place
from directory.people_ties import LINKS
from directory.sql import execute
from tests.directory.finder.test_finding import finder_of, random_search, world
from tests.factories import make_hospital, make_location, make_place, make_system
from tests.plans import Sent, keeping

pytestmark = pytest.mark.django_db
__all__ = ["world"]  # a fixture

BIG = re.compile(
    r"Seq Scan on (directory_(?:listing|practitioner|practice|affiliation|location"
    r"|organization|practitionerspecialization|practitionercount|zipcode))\b"
)
# An index read for a whole specialization.
EVERYBODY = re.compile(
    r"Index Scan (?:on|using) listing_(?:country|zip) .*\n +Index Cond: "
    r"\(specialization_id = \d+\)$",
    re.MULTILINE,
)
PAGES = 60


def plan_of(statement):
    """Return the plan of a statement that may read no table from end to end."""
    execute("SET LOCAL enable_seqscan = off")
    plan = statement.plan()
    execute("SET LOCAL enable_seqscan = on")
    return plan


def scanned(statement):
    """Return the large tables that a statement can only read from end to end."""
    return BIG.findall(plan_of(statement))


def test_a_scan_would_be_seen(world):
    for is_prepared in (False, True):
        query = "SELECT * FROM directory_listing WHERE is_demo = %s"
        statement = Sent(query, [True], is_prepared)
        assert scanned(statement) == ["directory_listing"]


def test_the_other_numbers_of_a_hospital_are_found_by_its_name(world):
    """Not amid all addresses of its ZIP code, nor all organizations by their key."""
    plan = plan_of(Sent(LINKS, is_prepared=True))

    assert "organization_hospitals_by_name" in plan, plan
    assert "using location_unique" not in plan


def test_no_combination_of_filters_scans_a_large_table(client, world):
    random = Random(11)
    statements = Counter()
    for _ in range(PAGES):
        path = random_search(random, world).url()
        sent = []
        with connection.execute_wrapper(keeping(sent)):
            response = client.get(path)
        assert response.status_code in {200, 400}, path  # "a b" is too short a name

        for statement in sent:
            assert scanned(statement) == [], (path, statement)
        statements += Counter(one.is_prepared for one in sent)
    assert statements[True] > PAGES * 3
    assert statements[False] > PAGES * 2


@pytest.mark.parametrize("query", ["", "near=77001&within=100", "near=77001&name=bel"])
def test_a_hospital_leads_to_its_people_without_all_of_a_specialization(
    client, world, query
):
    """Among millions, a million entries of its index were read beside a few ties."""
    sent = []
    with connection.execute_wrapper(keeping(sent)):
        client.get(f"/doctors/cardiology/?hospital={world['hospitals'][1].ccn}&{query}")

    plans = [plan_of(one) for one in sent if "ties &&" in one.text]
    assert any("Bitmap Index Scan on listing_ties" in plan for plan in plans)
    for plan in plans:
        assert EVERYBODY.findall(plan) == [], plan


@pytest.mark.parametrize("near", ["", "77001"])
def test_who_is_left_out_is_counted_without_all_of_a_specialization(world, near):
    someone = Affiliation.objects.select_related("practitioner")[0].practitioner
    cardiology = world["specializations"][0]
    search = Search(cardiology, near=near, apart_from=someone.npi)

    plan = plan_of(Sent(*left_out_sql(finder_of(search))))

    assert "ties &&" in plan
    assert EVERYBODY.findall(plan) == [], plan


def test_a_list_without_lower_rungs_does_not_look_for_them(client, world):
    """Or every page would read all of its area to find nobody."""
    sent = []
    with connection.execute_wrapper(keeping(sent)):
        own = client.get("/doctors/rhythm/?sort=match").content.decode()
        client.get("/doctors/cardiology/?sort=match")
        behind = client.get("/doctors/rhythm/?sort=match&after=below.mora.9900000000")

    assert 'rel="next"' in own
    assert [one.text.count("NOT is_own") for one in sent if "is_own" in one.text] == [
        0,
        1,
    ]
    assert behind.status_code == 404
    assert 'href="/doctors/rhythm/?sort=match"' in behind.content.decode()


def test_a_hospital_page_finds_what_is_around_by_an_index(client):
    system = make_system("Brook Health")
    here = make_location(make_place(), latitude=29.0, longitude=-95.0)
    hospital = make_hospital("Here", system=system, location=here)
    near = make_location(make_place(), latitude=29.1, longitude=-95.0)
    make_hospital("Near", location=near)
    for number in range(100):  # of two hospitals the planner would read both
        far = make_location(here.place, latitude=40.0, longitude=-100 - number / 10)
        make_hospital(f"Far {number}", location=far)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE directory_location, directory_organization")
    sent = []
    with connection.execute_wrapper(keeping(sent)):
        html = client.get(hospital.get_absolute_url()).content.decode()

    assert "Near</a>" in html
    plans = [plan_of(one) for one in sent if " UNION " in one.text]
    assert plans
    for plan in plans:
        assert "location_coordinates" in plan
        assert BIG.findall(plan) == []


@pytest.mark.parametrize(
    ("path", "index"),
    [
        ("/doctors/?name=mora", "practitioner_other_names"),
        ("/doctors/cardiology/?name=mora", "listing_other_names"),
        ("/doctors/cardiology/tx/?name=mora&telehealth=1", "listing_other_names"),
        ("/doctors/?name=saint+Möra", "practitioner_other_names"),
        ("/doctors/cardiology/?name=Möra", "listing_other_names"),
    ],
)
def test_a_further_part_of_a_last_name_is_found_by_an_index(client, world, path, index):
    sent = []
    with connection.execute_wrapper(keeping(sent)):
        client.get(path)

    walks = [one for one in sent if "(sort_key || '')" in one.text]
    assert walks
    for walk in walks:
        assert index in plan_of(walk), walk


def test_no_search_by_name_scans_a_large_table(client, world):
    Place.objects.create(
        name="Nobody", slug="nobody", state="TX", latitude=32, longitude=-94
    )
    sent = []
    with connection.execute_wrapper(keeping(sent)):
        client.get("/doctors/?name=bel+ada")
        client.get(f"/doctors/?name={world['npis'][0]}")
        client.get("/doctors/?name=Saint+Möra")
        client.get("/doctors/?name=Zed+Moera")  # nobody: other names are tried
        client.get("/doctors/cardiology/tx/?name=Zed+Moera")
        client.get("/doctors/cardiology/tx/nobody/?name=bel")  # cities around it
        client.get("/doctors/?specialization=cardiology&where=Huston")
        client.get(f"/doctors/?apart_from={world['npis'][0]}")
        client.get("/hospitals/?name=st+marys,+tx")
        client.get("/search/?q=bel+ada")
        page = client.get("/search/?q=cardiologist+nobody+tx")  # cities around it

    assert b"We know of none in Nobody, Texas" in page.content
    assert len(sent) > 10
    for statement in sent:
        assert scanned(statement) == [], statement
