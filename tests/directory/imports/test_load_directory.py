from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from directory.imports import specializations
from directory.imports.report import ImportRefusedError

pytestmark = pytest.mark.django_db


def test_it_loads_once_and_then_has_nothing_to_do():
    first, second = StringIO(), StringIO()

    call_command("load_directory", stdout=first)
    call_command("load_directory", stdout=second)

    assert "Hospitals: 5,421 read, 5,421 created" in first.getvalue()
    assert second.getvalue().count("already loaded, nothing to do") == 3


def test_a_refused_file_is_one_sentence(monkeypatch):
    def refuse():
        raise ImportRefusedError("The file has no column Facility ID.")

    monkeypatch.setattr(specializations, "load", refuse)

    with pytest.raises(CommandError, match="no column Facility ID"):
        call_command("load_directory")
