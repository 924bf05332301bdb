"""Under which account PostgreSQL runs: it refuses root.

An ordinary user runs it as itself. For root there are two ways, tried in this order,
and the owner of existing data says which one it was made with:

* a system user (``postgres`` where there is one, else ``nobody``) that owns
  ``var/postgres`` and nothing else;
* where that user cannot enter a folder above the clone, a user namespace in which
  root's number reads as that user's (``unshare``); the files stay root's.
"""

import os
import pwd
import shutil
import subprocess
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

SYSTEM_USERS = ("postgres", "nobody")


class EmbeddedPostgresError(Exception):
    """PostgreSQL cannot be used; the message is a sentence that says what to do."""


@dataclass(frozen=True)
class Account:
    """Who runs the server and who owns its files.

    ``owner`` and ``group`` are numbers on disk, ``prefix`` is put before each command,
    ``switch`` are the arguments of ``subprocess.run`` that change the user.
    """

    owner: int
    group: int
    prefix: tuple[str, ...] = ()
    switch: dict[str, Any] = field(default_factory=dict)

    def run(
        self, command: list[str], **options: Any
    ) -> subprocess.CompletedProcess[str]:
        """Run a command of PostgreSQL, free of the caller's locale and PG* variables.

        The session of its own keeps Ctrl-C for the process that waits here.
        """
        return subprocess.run(
            [*self.prefix, *command],
            cwd="/",
            env={"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C"},
            capture_output=True,
            text=True,
            errors="replace",
            check=False,
            start_new_session=True,
            **{"stdin": subprocess.DEVNULL} | self.switch | options,
        )


def allowed_owners() -> set[int]:
    """Return the numbers of the users whose data folder this process may use."""
    me = os.geteuid()
    return {me} if me else {0, *(user.pw_uid for user in _system_users())}


def choose_account(folder: Path, program: Path) -> Account:
    """Choose who runs ``program`` on ``folder/data``.

    Raises EmbeddedPostgresError when root has no way to run it.
    """
    if os.geteuid() != 0:
        return Account(os.geteuid(), os.getegid())
    made_by = (folder / "data").stat().st_uid if (folder / "data").exists() else None
    users = _system_users()
    candidates = [_switched(user) for user in users] + [_in_namespace(users)]
    for account in candidates:
        if made_by in (None, account.owner) and _can_run(account, folder, program):
            return account
    raise EmbeddedPostgresError(_no_way(folder, program))


def _system_users() -> list[pwd.struct_passwd]:
    """Return the existing system users, the preferred one first."""
    known = {user.pw_name: user for user in pwd.getpwall()}
    return [known[name] for name in SYSTEM_USERS if name in known]


def _switched(user: pwd.struct_passwd) -> Account:
    """Return the account of a system user."""
    switch = {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
    return Account(user.pw_uid, user.pw_gid, switch=switch)


def _in_namespace(users: list[pwd.struct_passwd]) -> Account:
    """Return root under another number, in a user namespace."""
    number, group = (users[0].pw_uid, users[0].pw_gid) if users else (65534, 65534)
    unshare = shutil.which("unshare") or "unshare"
    mapping = (f"--map-user={number}", f"--map-group={group}")
    return Account(0, 0, prefix=(unshare, "--user", *mapping, "--"))


def _can_run(account: Account, folder: Path, program: Path) -> bool:
    """Try whether the account can enter the folder's parent and start the program."""
    script = 'cd "$1" && exec "$2" --version'
    try:
        command = ["sh", "-c", script, "sh", str(folder.parent), str(program)]
        tried = account.run(command)
    except OSError:
        return False
    return tried.returncode == 0


def _no_way(folder: Path, program: Path) -> str:
    """Say which folder keeps the system user out, and what to do."""
    parents = [*reversed(folder.parents), *reversed(program.parents)]
    closed = [parent for parent in parents if not parent.stat().st_mode & 0o001]
    names = " or ".join(user.pw_name for user in _system_users()) or "a system user"
    where = closed[0] if closed else folder
    return (
        f"PostgreSQL does not run as root, and {names} cannot enter {where}: move the "
        "clone to a folder that everybody may enter, or run it as an ordinary user."
    )
