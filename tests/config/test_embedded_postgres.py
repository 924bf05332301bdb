"""The embedded server, for real: each test starts its own in a folder of its own."""

import errno
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest

from config import embedded_postgres, postgres_account
from config.embedded_postgres import PORT, ROLE, running, socket_folder
from config.postgres_account import EmbeddedPostgresError
from tests.config.terminal import default_signals

ROOT = Path(__file__).resolve().parents[2]
IS_ROOT = os.geteuid() == 0

# Says "up" when it has the server, then waits to be ended.
USER_OF_THE_SERVER = """
import sys, time
from pathlib import Path
from config.embedded_postgres import running
with running(Path(sys.argv[1])):
    print("up", flush=True)
    time.sleep(60)
"""


@pytest.fixture
def var():
    """A folder that system users can reach; pytest's own are closed to them."""
    path = Path(tempfile.mkdtemp(prefix="sv-")).resolve()
    path.chmod(0o755)
    yield path / "var"
    shutil.rmtree(path)


def ask(var: Path, question: str) -> str:
    with psycopg.connect(
        host=str(socket_folder(var)), port=PORT, user=ROLE, dbname="second_voice"
    ) as connection:
        return str(connection.execute(question).fetchone()[0])


def server_process(var: Path) -> int:
    return int((var / "postgres/data/postmaster.pid").read_text().split()[0])


def is_alive(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/cmdline").read_bytes() != b""  # empty: a zombie
    except FileNotFoundError:
        return False


@contextmanager
def other_user(var: Path, **options):
    """Another process that uses the server, as ``manage.py`` does."""
    with default_signals():
        process = subprocess.Popen(
            [sys.executable, "-c", USER_OF_THE_SERVER, str(var)],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            text=True,
            **options,
        )
    with process:
        try:
            yield process
        finally:
            process.kill()


def wait_until(condition):
    deadline = time.monotonic() + 60
    while not condition():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.02)


def test_a_server_starts_answers_and_stops(var):
    with running(var):
        process = server_process(var)
        answers = [
            ask(var, question)
            for question in (
                "SHOW listen_addresses",
                "SHOW fsync",
                "SELECT datlocale FROM pg_database WHERE datname = current_database()",
                "SELECT upper('ähn')",
            )
        ]

    assert answers == ["", "on", "C.UTF-8", "ÄHN"]
    assert not is_alive(process)


def test_what_a_reader_looked_for_is_not_logged_where_it_fails(var):
    with running(var), pytest.raises(psycopg.Error):
        ask(var, "SELECT 1 / 0, 'Ada Example'")

    log = (var / "postgres/log").read_text()
    assert "division by zero" in log
    assert "Ada Example" not in log


def test_only_its_owner_can_enter_the_folders(var):
    with running(var):
        modes = [
            oct(path.stat().st_mode & 0o777)
            for path in (var / "postgres", socket_folder(var))
        ]

    assert modes == ["0o700", "0o700"]


def test_a_foreign_locale_changes_nothing(var, monkeypatch):
    monkeypatch.setenv("LANG", "de_DE.UTF-8")
    monkeypatch.setenv("LC_ALL", "de_DE.UTF-8")
    monkeypatch.setenv("PGPORT", "1")

    with running(var):
        messages = ask(var, "SHOW lc_messages")

    assert messages == "C"


def test_who_leaves_last_stops_the_server(var):
    with other_user(var) as first:
        assert first.stdout.readline() == "up\n"
        with running(var):
            process = server_process(var)
        alive_after_one_left = is_alive(process)
        first.send_signal(signal.SIGINT)
        first.wait()

    assert alive_after_one_left
    assert not is_alive(process)


def test_two_first_starts_at_once_share_one_server(var):
    with other_user(var) as first, other_user(var) as second:
        lines = [first.stdout.readline(), second.stdout.readline()]
        process = server_process(var)
        for user in (first, second):
            user.send_signal(signal.SIGTERM)
            user.wait()

    assert lines == ["up\n", "up\n"]
    assert not is_alive(process)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_stops_the_server_at_once(var, number):
    with other_user(var) as user:
        user.stdout.readline()
        process = server_process(var)

        user.send_signal(number)
        user.wait(timeout=embedded_postgres.STOP_LIMIT_S)

    assert not is_alive(process)


def test_a_killed_user_is_forgotten(var):
    with other_user(var) as killed:
        killed.stdout.readline()
        process = server_process(var)
        killed.kill()
        killed.wait()

    with running(var):
        joined = server_process(var)

    assert joined == process
    assert not is_alive(process)


def test_a_killed_server_starts_anew_and_keeps_its_data(var):
    with other_user(var) as user:
        user.stdout.readline()
        ask(var, "SELECT pg_current_wal_lsn()")
        process = server_process(var)
        os.kill(process, signal.SIGKILL)
        wait_until(lambda: not is_alive(process))

        with running(var):
            answer = ask(var, "SELECT 1")

    assert answer == "1"


def test_a_number_that_another_process_has_now_is_no_server(var):
    with running(var):
        pass
    (var / "postgres/data/postmaster.pid").write_text(f"{os.getpid()}\n")

    with running(var):
        answer = ask(var, "SELECT 1")

    assert answer == "1"


def test_a_half_made_data_folder_is_made_anew(var):
    (var / "postgres/data.new").mkdir(parents=True)
    (var / "postgres/data.new/PG_VERSION").write_text("18\n")

    with running(var):
        answer = ask(var, "SELECT 1")

    assert answer == "1"


@pytest.mark.parametrize(
    "name",
    ["a folder, with 'quotes' and \"ümläuts\"", "long" * 30, "50% $HOME `id`"],
    ids=["comma", "long", "shell"],
)
def test_any_path_will_do(var, name):
    odd = var.parent / name / "var"
    odd.parent.mkdir()

    with running(odd):
        answer = ask(odd, "SELECT 1")
        folder = socket_folder(odd)

    assert answer == "1"
    assert len(os.fsencode(folder / embedded_postgres.SOCKET)) <= 107
    assert folder.is_relative_to(odd) or not folder.exists()


def test_a_forked_worker_does_not_stop_its_masters_server(var):
    with running(var):
        with running(var):
            child = os.fork()
            if child:
                os.waitpid(child, 0)
        if not child:
            os._exit(0)
        answer = ask(var, "SELECT 1")

    assert answer == "1"


def test_a_folder_that_was_removed_under_the_server_takes_it_along(var):
    with running(var):
        process = server_process(var)
        wait_until(lambda: is_removed(var))

    wait_until(lambda: not is_alive(process))


def is_removed(folder: Path) -> bool:
    """Remove a folder that a server may write to meanwhile; tell whether it is gone."""
    shutil.rmtree(folder, ignore_errors=True)
    return not folder.exists()


def test_without_proc_a_server_starts_and_stops_too(var, monkeypatch):
    monkeypatch.setattr(embedded_postgres, "PROC", var / "no-such-folder")

    with running(var):
        process = server_process(var)
        answer = ask(var, "SELECT 1")

    assert answer == "1"
    wait_until(lambda: not is_alive(process))


@pytest.mark.parametrize(("state", "lives"), [("R", True), ("D", True), ("Z", False)])
def test_a_process_without_command_line_lives_by_its_state(
    tmp_path, monkeypatch, state, lives
):
    me = os.getpid()
    (tmp_path / str(me)).mkdir()
    (tmp_path / f"{me}/cmdline").touch()  # so while it becomes another program
    (tmp_path / f"{me}/stat").write_text(f"{me} (sh (of it) ) {state} 1 77 0")
    monkeypatch.setattr(embedded_postgres, "PROC", tmp_path)

    assert embedded_postgres._is_alive(me) is lives


def test_what_a_killed_server_left_is_ended_before_the_next_starts(var, monkeypatch):
    with running(var):
        pass
    # A job in the background of a shell may have inherited that SIGQUIT is ignored.
    sleep = "signal.signal(signal.SIGQUIT, signal.SIG_DFL); time.sleep(60)"
    with subprocess.Popen([sys.executable, "-c", f"import signal, time; {sleep}"]) as (
        orphan
    ):
        known = embedded_postgres._server_processes

        def with_the_orphan(data, among=None):
            left = [orphan.pid] if among is None and orphan.poll() is None else []
            return known(data, among) + left

        monkeypatch.setattr(embedded_postgres, "_server_processes", with_the_orphan)
        with running(var):
            answer = ask(var, "SELECT 1")

    assert orphan.returncode == -signal.SIGQUIT
    assert answer == "1"


# What is refused, each with a sentence that says what to do --------------------------


def test_another_owners_data_is_refused_untouched(var, monkeypatch):
    folder = var / "postgres"
    (folder / "data").mkdir(parents=True)
    before = folder.stat()
    monkeypatch.setattr(embedded_postgres, "allowed_owners", lambda: {4711})

    with pytest.raises(EmbeddedPostgresError, match="belongs to another user") as error:
        running(var).__enter__()

    assert "run the command as that user, or remove the folder" in str(error.value)
    assert folder.stat() == before
    assert [path.name for path in folder.iterdir()] == ["data"]


def test_a_file_in_the_folders_place_is_refused(var):
    var.mkdir()
    (var / "postgres").symlink_to("/nowhere")

    with pytest.raises(EmbeddedPostgresError):
        running(var).__enter__()


def test_data_of_another_major_version_is_refused(var):
    with running(var):
        pass
    (var / "postgres/data/PG_VERSION").write_text("17\n")

    with pytest.raises(EmbeddedPostgresError, match=r"made by PostgreSQL 17.* is 18"):
        running(var).__enter__()


def test_a_socket_folder_that_others_can_write_is_refused(var):
    with running(var):
        pass
    (var / "postgres/socket").chmod(0o777)

    with pytest.raises(EmbeddedPostgresError, match="not ours alone: remove it"):
        running(var).__enter__()


def test_what_postgresql_says_is_in_the_sentence(var):
    with running(var):
        pass
    (var / "postgres/data/postgresql.conf").write_text("nonsense = 1\n")

    with pytest.raises(EmbeddedPostgresError, match=r"contains errors.*empty database"):
        running(var).__enter__()


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (OSError(28, "No space left on device"), "is full: free some space"),
        (PermissionError(13, "Permission denied"), "as the owner of the clone"),
        (OSError(5, "Input/output error"), "cannot be started.*Input/output error"),
    ],
    ids=["full disk", "another owner", "anything else"],
)
def test_an_error_of_the_system_is_a_sentence(var, monkeypatch, error, sentence):
    def refuse(*args, **kwargs):
        raise error

    monkeypatch.setattr(embedded_postgres, "_open_lock", refuse)

    with pytest.raises(EmbeddedPostgresError, match=sentence):
        running(var).__enter__()


def test_a_full_disk_is_told_from_what_initdb_says(var, monkeypatch):
    def full(self, command, **options):
        said = "initdb: error: could not write: No space left on device"
        return subprocess.CompletedProcess(command, 1, "", said)

    monkeypatch.setattr(postgres_account, "_can_run", lambda *args: True)
    monkeypatch.setattr(postgres_account.Account, "run", full)

    with pytest.raises(EmbeddedPostgresError, match="is full: free some space"):
        running(var).__enter__()


@pytest.mark.parametrize("state", ["starting", "stopping"])
def test_a_server_that_hangs_is_a_sentence(var, monkeypatch, state):
    monkeypatch.setattr(embedded_postgres, "START_LIMIT_S", 0)
    monkeypatch.setattr(embedded_postgres._Server, "_state", lambda self: (0, state))

    with pytest.raises(EmbeddedPostgresError, match=r"did not start \(it hangs\)"):
        running(var).__enter__()


def test_what_cannot_be_ended_is_a_sentence(var, monkeypatch):
    with running(var):
        pass
    monkeypatch.setattr(embedded_postgres, "START_LIMIT_S", 0)
    monkeypatch.setattr(
        embedded_postgres,
        "_server_processes",
        lambda data, among=None: [0] if among is None else [],
    )

    with pytest.raises(EmbeddedPostgresError, match="the last server hangs"):
        running(var).__enter__()


def test_a_disk_that_fills_while_the_server_starts_is_a_sentence(var, monkeypatch):
    def refuse(self):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(embedded_postgres._Server, "_ensure_running", refuse)

    with pytest.raises(EmbeddedPostgresError, match="is full: free some space"):
        running(var).__enter__()


def test_a_missing_wheel_is_a_sentence(var, monkeypatch):
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)

    with pytest.raises(EmbeddedPostgresError, match=r"make run.*DATABASE_URL"):
        running(var).__enter__()


# As root ------------------------------------------------------------------

as_root = pytest.mark.skipif(not IS_ROOT, reason="only root changes users")


@as_root
@pytest.mark.skipif(
    any(not parent.stat().st_mode & 0o001 for parent in Path(sys.prefix).parents),
    reason="the clone lies where no system user may enter",
)
def test_root_lets_a_system_user_own_the_data_and_nothing_else(var):
    with running(var):
        owners = {
            path.name: path.stat().st_uid
            for path in (var.parent, var, var / "postgres", var / "postgres/data")
        }

    system_user = owners.pop("data")
    assert system_user != 0
    assert owners == {var.parent.name: 0, "var": 0, "postgres": system_user}


@as_root
def test_root_keeps_the_data_where_no_other_user_may_enter(var):
    var.parent.chmod(0o700)

    with running(var):
        owner = (var / "postgres/data").stat().st_uid
        answer = ask(var, "SELECT 1")
    with running(var):
        again = ask(var, "SELECT 1")

    assert (owner, answer, again) == (0, "1", "1")
    assert var.parent.stat().st_mode & 0o777 == 0o700


@as_root
def test_root_without_a_way_is_told_which_folder_is_closed(var, monkeypatch):
    var.parent.chmod(0o700)
    monkeypatch.setattr("shutil.which", lambda name: "/nowhere/unshare")

    with pytest.raises(EmbeddedPostgresError, match="does not run as root") as error:
        running(var).__enter__()

    assert f"cannot enter {var.parent}" in str(error.value)
