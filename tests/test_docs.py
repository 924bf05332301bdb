"""What the documentation names is there: files, commands, targets, links."""

import re
import subprocess
import tomllib
from pathlib import Path

import pytest
from django.core.management import get_commands
from hypothesis.configuration import storage_directory

ROOT = Path(__file__).resolve().parent.parent
PAGES = sorted([ROOT / "README.md", *(ROOT / "docs").rglob("*.md")])
FOLDERS = r"articles|config|deploy|directory|docs|static|templates|tests"
OURS = rf"(?<![\w./-])(?:{FOLDERS})/[\w./*-]*"
MODULE = re.compile(r"(?<![\w./-])(\w+\.py)\b")
CODE = re.compile(r"```.*?```|`[^`\n]+`", re.DOTALL)
LINK = re.compile(r"\]\((?!https?:|mailto:|tel:|#)([\w./-]+)(?:#[\w-]+)?\)")
TO_HEADING = re.compile(r"\]\(([\w./-]*)#([\w-]+)\)")
HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)
COMMAND = re.compile(r"manage\.py ([a-z_]+)")
TARGET = re.compile(r"\bmake ([a-z-]+)")
READ = re.compile(r'(?:environ(?:\.get)?[(\[]|\b(?:env|is_on|port_of)\()\s*"([A-Z_]+)"')
VARIABLE = re.compile(r"\b([A-Z][A-Z_]{3,})=")

ids = [str(page.relative_to(ROOT)) for page in PAGES]


def code_of(page: Path) -> str:
    """Return what stands between backticks."""
    return "\n".join(CODE.findall(page.read_text()))


@pytest.mark.parametrize("page", PAGES, ids=ids)
def test_links_lead_to_files(page: Path) -> None:
    prose = CODE.sub("", page.read_text())

    dead = [link for link in LINK.findall(prose) if not (page.parent / link).exists()]

    assert dead == []


@pytest.mark.parametrize("page", PAGES, ids=ids)
def test_links_lead_to_headings(page: Path) -> None:
    found = TO_HEADING.findall(CODE.sub("", page.read_text()))
    read = {
        name: (page.parent / name if name else page).read_text() for name, _ in found
    }

    dead = [one for one in found if one[1] not in anchors_of(read[one[0]])]

    assert dead == []


def anchors_of(text: str) -> set[str]:
    """Return the addresses of headings, as GitHub makes them."""
    headings = HEADING.findall(CODE.sub("", text))
    return {re.sub(r"[^\w -]", "", one).lower().replace(" ", "-") for one in headings}


@pytest.mark.parametrize("page", PAGES, ids=ids)
def test_files_that_are_named_exist(page: Path) -> None:
    named = {path.rstrip(".") for path in re.findall(OURS, code_of(page))}

    assert [path for path in named if not list(ROOT.glob(path.rstrip("/")))] == []


@pytest.mark.parametrize("page", PAGES, ids=ids)
def test_modules_that_are_named_without_their_folder_exist(page: Path) -> None:
    found = (ROOT.joinpath(one).rglob("*.py") for one in FOLDERS.split("|"))
    ours = {path.name for paths in found for path in paths}

    assert set(MODULE.findall(code_of(page))) <= {*ours, "manage.py"}


@pytest.mark.parametrize("page", PAGES, ids=ids)
def test_commands_that_are_named_exist(page: Path) -> None:
    code = code_of(page)
    targets = re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE)

    assert set(COMMAND.findall(code)) <= set(get_commands())
    assert set(TARGET.findall(code)) <= set(targets)


def test_targets_that_are_named_are_listed_by_make_help() -> None:
    named = set(TARGET.findall("".join(map(code_of, PAGES))))

    said = subprocess.run(["make", "help"], cwd=ROOT, capture_output=True, text=True)

    assert {"run", "setup"} <= named
    assert named - {"help"} <= set(
        re.findall(r"^  make ([a-z-]+)", said.stdout, re.MULTILINE)
    )


def test_variables_that_are_named_are_read() -> None:
    code = "".join(map(code_of, PAGES))
    files = [*ROOT.glob("config/**/*.py"), *ROOT.glob("tests/**/*.py")]
    files += [ROOT / "config/bootstrap.sh", *ROOT.glob("deploy/*")]
    source = "".join(file.read_text() for file in files if file.is_file())

    named = set(VARIABLE.findall(code))

    assert {"DATABASE_URL", "SECRET_KEY"} <= named
    assert [name for name in named if name not in source] == []


def test_variables_that_are_read_are_documented() -> None:
    source = "".join(file.read_text() for file in ROOT.glob("config/**/*.py"))
    others = {"PATH", "RUN_MAIN"}  # the machine's, and the autoreloader's own

    read = set(READ.findall(source)) - others

    assert {"ALLOWED_HOSTS", "BIND", "EMAIL_PORT", "EMAIL_USE_TLS"} <= read
    documented = "".join(map(code_of, PAGES))
    assert sorted(name for name in read if name not in documented) == []


def test_what_the_tools_keep_lies_in_var() -> None:
    tools = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]
    kept = {
        "ruff": tools["ruff"].get("cache-dir"),
        "mypy": tools["mypy"].get("cache_dir"),
        "pytest": tools["pytest"]["ini_options"].get("cache_dir"),
        "coverage": tools["coverage"]["run"].get("data_file"),
        "hypothesis": storage_directory("examples", intent_to_write=False).path,
    }

    places = {tool: ROOT / (place or "") for tool, place in kept.items()}

    elsewhere = [tool for tool in places if ROOT / "var" not in places[tool].parents]
    assert elsewhere == []


def test_a_site_without_pictures_can_be_backed_up(tmp_path: Path) -> None:
    steps = (ROOT / "docs/operators.md").read_text().split("## Backups", 1)[1]
    lines = re.findall(r"^    ((?:mkdir|tar -cf) .*)$", steps, re.MULTILINE)

    done = subprocess.run(["sh", "-ec", "\n".join(lines)], cwd=tmp_path)

    assert len(lines) >= 1
    assert done.returncode == 0


def test_a_fresh_clone_is_set_up_before_it_is_deployed() -> None:
    deploy = (ROOT / "README.md").read_text().split("## Deploy", 1)[1]

    assert "make setup" in deploy.split(".venv/bin/", 1)[0]


def test_migrations_have_longer_than_systemd_gives_by_itself() -> None:
    unit = (ROOT / "deploy/second-voice.service").read_text()

    limits = re.findall(r"^TimeoutStartSec=(.+)$", unit, re.MULTILINE)

    assert "manage.py migrate" in unit
    assert limits == ["1h"]


def test_there_was_something_to_look_at() -> None:
    text = "".join(page.read_text() for page in PAGES)
    code = "".join(map(code_of, PAGES))

    assert len(PAGES) > 10
    assert len(LINK.findall(text)) > 5
    assert len(TO_HEADING.findall(text)) > 5
    assert len(re.findall(OURS, code)) > 15
    assert len(set(MODULE.findall(code))) > 30
    assert len(set(COMMAND.findall(code))) > 5
    assert len(set(TARGET.findall(code))) >= 2


def test_the_patterns_find_what_is_not_there() -> None:
    bad = "See [x](no/such.md) and `config/nothing.py`, `manage.py fly`, `make haste`."

    assert LINK.findall(bad) == ["no/such.md"]
    assert "timed-work" in anchors_of("# Timed work")
    assert "fly" not in anchors_of("# Timed work")
    assert re.findall(OURS, bad) == ["config/nothing.py"]
    assert MODULE.findall(bad) == ["manage.py"]
    assert COMMAND.findall(bad) == ["fly"]
    assert TARGET.findall(bad) == ["haste"]
