import pytest
from django.db import OperationalError, connection, transaction

from config import slow_queries
from directory import views
from tests.factories import count_doctors, make_doctor, make_place, make_specialization

pytestmark = pytest.mark.django_db


@pytest.fixture
def slow(monkeypatch):
    """Let a list of doctors ask for something that takes too long."""
    make_doctor(does=(make_specialization(),), at=(make_place(),))
    count_doctors()

    def sleep(*_args):
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET LOCAL statement_timeout = 20")
            cursor.execute("SELECT pg_sleep(5)")

    monkeypatch.setattr(views, "look_up", sleep)


def test_a_statement_that_takes_too_long_gives_a_friendly_page(client, slow):
    response = client.get("/doctors/cardiology/?near=77030")

    assert response.status_code == 503
    assert response["Retry-After"] == "60"
    assert response["Cache-Control"] == "private, no-cache"
    html = response.content.decode()
    assert "<h1>This took too long</h1>" in html
    assert 'href="/doctors/"' in html


def test_another_error_of_the_database_is_no_slow_query(client, slow, monkeypatch):
    def fail(*_args):
        raise OperationalError("the server is gone")

    monkeypatch.setattr(views, "look_up", fail)

    with pytest.raises(OperationalError):
        client.get("/doctors/cardiology/")


PLANS = "-c plan_cache_mode=force_generic_plan"
ALONE = f"-c max_parallel_workers_per_gather=0 -c jit=off {PLANS}"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ({}, f"-c statement_timeout=5000 {ALONE}"),
        ({"options": "-c a=1"}, f"-c a=1 -c statement_timeout=5000 {ALONE}"),
    ],
)
def test_processes_that_serve_pages_limit_their_connections(monkeypatch, before, after):
    monkeypatch.setitem(connection.settings_dict, "OPTIONS", before)

    slow_queries.limit_queries()

    assert before["options"] == after
