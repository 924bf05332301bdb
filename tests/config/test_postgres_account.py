"""Which account runs PostgreSQL: told for every user, whoever runs the tests."""

import os
import pwd

import pytest

from config import postgres_account
from config.postgres_account import (
    Account,
    EmbeddedPostgresError,
    allowed_owners,
    choose_account,
)


def user(name: str, number: int) -> pwd.struct_passwd:
    return pwd.struct_passwd((name, "x", number, number, "", "/", "/bin/sh"))


@pytest.fixture
def root(monkeypatch):
    """Make this process look like root's, on a machine with two system users."""
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    users = [user("root", 0), user("nobody", 65534), user("postgres", 70)]
    monkeypatch.setattr(pwd, "getpwall", lambda: users)


def can_run(monkeypatch, *owners: int) -> None:
    """Let only these owners' accounts start the program."""
    monkeypatch.setattr(
        postgres_account, "_can_run", lambda account, *_: account.owner in owners
    )


def test_an_ordinary_user_runs_it_itself(monkeypatch, tmp_path):
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    monkeypatch.setattr(os, "getegid", lambda: 1001)

    assert choose_account(tmp_path, tmp_path) == Account(1000, 1001)
    assert allowed_owners() == {1000}


def test_root_prefers_the_user_made_for_it(monkeypatch, root, tmp_path):
    can_run(monkeypatch, 70, 65534, 0)

    account = choose_account(tmp_path, tmp_path)

    assert account.owner == 70
    assert account.switch == {"user": 70, "group": 70, "extra_groups": []}
    assert allowed_owners() == {0, 70, 65534}


def test_root_takes_nobody_where_that_user_may_not_enter(monkeypatch, root, tmp_path):
    can_run(monkeypatch, 65534, 0)

    assert choose_account(tmp_path, tmp_path).owner == 65534


def test_root_keeps_the_files_where_no_other_may_enter(monkeypatch, root, tmp_path):
    can_run(monkeypatch, 0)

    account = choose_account(tmp_path, tmp_path)

    assert account.owner == 0
    assert account.prefix[1:] == ("--user", "--map-user=70", "--map-group=70", "--")


def test_existing_data_keeps_its_owner(monkeypatch, root, tmp_path):
    (tmp_path / "data").mkdir()
    owner = (tmp_path / "data").stat().st_uid
    monkeypatch.setattr(pwd, "getpwall", lambda: [user("postgres", owner + 1)])
    can_run(monkeypatch, owner + 1)

    with pytest.raises(EmbeddedPostgresError, match="postgres cannot enter"):
        choose_account(tmp_path, tmp_path)


def test_without_system_users_the_namespace_takes_a_number(monkeypatch, root, tmp_path):
    monkeypatch.setattr(pwd, "getpwall", list)
    can_run(monkeypatch, 0)

    account = choose_account(tmp_path, tmp_path)

    assert "--map-user=65534" in account.prefix


def test_no_way_is_a_sentence_that_names_the_closed_folder(monkeypatch, root, tmp_path):
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    can_run(monkeypatch)

    with pytest.raises(EmbeddedPostgresError, match="move the clone") as error:
        choose_account(closed / "postgres", closed / "program")

    assert "postgres or nobody cannot enter" in str(error.value)


def test_a_program_that_cannot_be_started_is_no_way(tmp_path):
    mine = Account(os.geteuid(), os.getegid(), prefix=("/no/such/program",))

    assert not postgres_account._can_run(mine, tmp_path, tmp_path / "program")
