"""``config/bootstrap.sh`` on machines that lack something, each played by stand-ins.

Programs of a real machine that must be missing here are left out of PATH; uv is a
script that hands out this Python, where the real one would download it.
"""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TOOLS = ("cat", "cp", "flock", "grep", "mkdir", "rm", "sh", "tail", "touch")
# A Python that makes environments of itself, and whose pip does nothing.
NEW_ENOUGH = '[ "$2" != venv ] || { mkdir -p "$3/bin"; cp "$0" "$3/bin/python"; }\n'
TOO_OLD = f'case "$*" in *"(3, 12)"*) exit 1;; esac\n{NEW_ENOUGH}'


class Machine:
    """A clone, and a PATH with nothing but what a test puts in."""

    def __init__(self, folder: Path) -> None:
        self.clone, self.bin = folder / "clone", folder / "bin"
        (self.clone / "config").mkdir(parents=True)
        self.bin.mkdir()
        shutil.copy(ROOT / "config/bootstrap.sh", self.clone / "config")
        (self.clone / ".python-version").write_text("3.13\n")
        (self.clone / "requirements.txt").write_text("django==6.1.3\n")
        for tool in TOOLS:
            if found := shutil.which(tool):
                (self.bin / tool).symlink_to(found)

    def has(self, name: str, script: str) -> None:
        """Put a program on PATH that notes how it was called, then does this."""
        program = self.bin / name
        note = f'echo "{name} $*" >>"{self.clone.parent}/calls"\n'
        program.write_text(f"#!/bin/sh\n{note}{script}")
        program.chmod(0o755)

    def calls(self) -> list[str]:
        return (self.clone.parent / "calls").read_text().splitlines()

    def set_up(self) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            ["sh", "config/bootstrap.sh", "requirements.txt"],
            cwd=self.clone,
            env={"PATH": str(self.bin), "HOME": "/nowhere", "OTHER_PYTHONS": ""},
            capture_output=True,
            text=True,
            timeout=120,
        )

    def sentence(self) -> str:
        """Return the one line it ends with, in vain."""
        done = self.set_up()
        assert done.returncode == 1
        return done.stderr.splitlines()[-1]


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path)


def test_a_python_that_is_there_is_taken_and_the_second_time_is_nothing(machine):
    machine.has("python3", NEW_ENOUGH)

    first = machine.set_up()
    second = machine.set_up()

    assert (first.returncode, second.returncode) == (0, 0), first.stderr
    assert "the first time takes about a minute" in first.stdout
    assert second.stdout == second.stderr == ""
    assert sorted(path.name for path in machine.clone.iterdir()) == [
        ".python-version", ".venv", "config", "requirements.txt", "var",
    ]  # fmt: skip


def test_a_clone_that_was_moved_is_set_up_anew(machine):
    machine.has("python3", NEW_ENOUGH)
    machine.set_up()
    moved = machine.clone.rename(machine.clone.with_name("moved"))
    machine.clone = moved

    done = machine.set_up()

    assert done.returncode == 0, done.stderr
    assert (moved / ".venv/place").read_text() == str(moved)


def test_another_python_is_found_where_pyenv_hides_it(machine):
    machine.has("python3", "exit 1\n")
    machine.has("python3.13", NEW_ENOUGH)

    done = machine.set_up()

    assert done.returncode == 0, done.stderr
    assert "python3.13 -m venv .venv" in machine.calls()


def test_make_hands_on_which_python_was_chosen(machine):
    shutil.copy(ROOT / "Makefile", machine.clone)
    (machine.bin / "make").symlink_to(shutil.which("make"))
    machine.has("python3", NEW_ENOUGH)
    machine.has("chosen", NEW_ENOUGH)
    path = {"PATH": str(machine.bin), "PYTHON": "chosen", "OTHER_PYTHONS": ""}

    done = subprocess.run(
        ["make", "setup"], cwd=machine.clone, env=path, check=False, timeout=120
    )

    assert done.returncode == 0
    assert "chosen -m venv .venv" in machine.calls()


def test_uv_is_asked_for_a_python_before_one_is_fetched(machine):
    machine.has("other-python", NEW_ENOUGH)
    machine.has("uv", '[ "$2" = find ] && echo other-python\n')

    done = machine.set_up()

    assert done.returncode == 0, done.stderr
    assert "other-python -m venv .venv" in machine.calls()
    assert not any("uv python install" in call for call in machine.calls())


def test_uv_fetches_the_python_of_the_clone_into_the_clone(machine):
    machine.has("other-python", NEW_ENOUGH)
    machine.has(
        "uv",
        'case "$2" in\n'
        'install) mkdir -p "$UV_PYTHON_INSTALL_DIR" ;;\n'
        "find) [ -d var/uv/python ] && echo other-python ;;\n"
        "esac\n",
    )

    done = machine.set_up()

    assert done.returncode == 0, done.stderr
    assert "uv python install --no-bin 3.13" in machine.calls()
    assert "other-python -m venv .venv" in machine.calls()


def test_uv_itself_is_fetched_by_an_older_python(machine):
    machine.has("python3", TOO_OLD)

    said = machine.sentence()

    assert "python3 -m venv var/uv/venv" in machine.calls()
    assert any("-m pip install --quiet uv==" in call for call in machine.calls())
    assert said.startswith("No Python 3.12 or newer is here and uv could not fetch one")


def test_no_python_at_all_is_a_sentence(machine):
    assert machine.sentence().startswith("No Python is installed: install Python 3.12")


FAILURES = {
    "full disk": ("OSError: [Errno 28] No space left on device", "The disk is full:"),
    "no venv": ("No module named ensurepip", "python3 has no venv module: install it"),
    "no compiler": (
        "error: subprocess-exited-with-error",
        "A requirement has no wheel",
    ),
    "closed": ("PermissionError: Permission denied", "cannot be written by this user"),
    "no network": ("Could not connect", "Making .venv failed: if the package index"),
}


@pytest.mark.parametrize(("printed", "said"), FAILURES.values(), ids=FAILURES)
def test_a_step_that_fails_is_a_sentence(machine, printed, said):
    machine.has("python3", f'[ "$1" = -c ] || {{ echo "{printed}" >&2; exit 1; }}\n')

    assert said in machine.sentence()


def test_a_missing_header_is_not_called_a_missing_compiler(machine):
    machine.has("cc", "")
    machine.has("python3", "[ $1 = -c ] || { echo 'Failed building wheel'; exit 1; }\n")

    assert machine.sentence().startswith("A requirement could not be compiled")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_clone_of_somebody_else_is_a_sentence(machine):
    machine.clone.chmod(0o555)

    assert "cannot be written: run the command as the owner" in machine.sentence()


def test_a_file_in_the_place_of_var_is_a_sentence(machine):
    (machine.clone / "var").touch()

    assert "cannot be written: run the command as the owner" in machine.sentence()
