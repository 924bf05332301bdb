"""The guards of conftest.py guard: each is met once."""

import socket

import pytest
from django.template import engines

from articles.models import Topic
from tests.articles.factories import make_topic


@pytest.mark.parametrize("host", ["example.org", "93.184.215.14", "10.0.0.1", "::2"])
def test_the_network_is_off(host):
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as reaching, pytest.raises(AssertionError):
        reaching.connect((host, 80))

    with pytest.raises(AssertionError, match="a test reaches for"):
        socket.getaddrinfo(host, 80)


def test_this_machine_is_near():
    with socket.socket() as server, socket.socket() as near:
        server.bind(("127.0.0.1", 0))
        server.listen()
        near.connect(server.getsockname())


@pytest.mark.django_db
def test_rows_in_no_order_come_backwards():
    made = [make_topic(name).pk for name in ("A", "B", "C")]
    nobody_ordered = Topic.objects.order_by()

    assert [topic.pk for topic in nobody_ordered] == made[::-1]
    assert list(nobody_ordered.values_list("pk", flat=True)) == made[::-1]
    assert list(nobody_ordered.values_list("pk")) == [(pk,) for pk in made[::-1]]
    assert [row["pk"] for row in nobody_ordered.values("pk")] == made[::-1]
    assert [topic.pk for topic in Topic.objects.order_by("pk")] == made


def test_a_variable_that_nobody_gave_fails():
    template = engines["django"].from_string("{{ nobody.gave }}")

    with pytest.raises(AssertionError, match="nobody"):
        template.render({})
