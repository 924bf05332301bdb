"""A release twice, the next one with other headers, a damaged one: readers read on."""

import pytest
from django.core.management import call_command

from tests.benchmarks.bench_serving import rehearse


@pytest.mark.django_db(transaction=True)
def test_releases_change_while_readers_read(tmp_path):
    call_command("load_directory")

    seen = rehearse(tmp_path, people=300)

    assert seen.requests > 100
    assert seen.errors == []
    assert seen.mixed == []
    assert seen.releases == {"2026-01", "2026-02"}
