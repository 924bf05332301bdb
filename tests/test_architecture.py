"""The shape of the code: directions of imports, forbidden words, sizes."""

import ast
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.db import models
from django.template import engines

ROOT = Path(__file__).resolve().parent.parent
APPS = ("articles", "config", "directory")
# app -> what it may not import
FORBIDDEN = {"directory": {"articles", "config"}, "articles": {"config"}}


def tracked(*patterns: str) -> list[Path]:
    """Return files that git knows or would add."""
    listed = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard", *patterns],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    paths = [ROOT / line for line in listed.stdout.splitlines()]
    return [path for path in paths if path.is_file()]


def sources() -> list[Path]:
    found = tracked(*(f"{app}/*.py" for app in APPS))
    assert len(found) > 30
    return [path for path in found if "migrations" not in path.parts]


def imported(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or ""


def test_imports_go_one_way() -> None:
    wrong = [
        (path.relative_to(ROOT), name)
        for path in sources()
        for name in imported(ast.parse(path.read_text()))
        if name.split(".")[0] in FORBIDDEN.get(path.relative_to(ROOT).parts[0], ())
    ]

    assert wrong == []


def test_the_linter_forbids_the_same() -> None:
    for app, banned in FORBIDDEN.items():
        rules = (ROOT / app / "ruff.toml").read_text()

        assert all(f'"{name}".msg' in rules for name in banned)


def test_no_module_has_a_name_that_means_anything() -> None:
    vague = {"services", "utils", "helpers", "selectors", "signals", "common", "misc"}

    assert [path for path in sources() if path.stem in vague] == []


def test_no_module_is_over_400_lines() -> None:
    long = [path for path in sources() if len(path.read_text().splitlines()) > 400]

    assert long == []


def test_no_function_is_over_45_lines() -> None:
    long = [
        f"{path.relative_to(ROOT)}:{node.lineno} {node.name}"
        for path in sources()
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and node.end_lineno - node.lineno >= 45
    ]

    assert long == []


def test_trusted_html_is_made_in_two_modules() -> None:
    users = {
        path.relative_to(ROOT).as_posix()
        for path in sources()
        if "mark_safe(" in path.read_text()
    }

    assert users == {"articles/crosslinks.py", "articles/structured_data.py"}


TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
INLINE = {
    "safe filter": re.compile(r"\|\s*safe\b|autoescape\s+off"),
    "inline style": re.compile(r"\sstyle\s*=|<style\b"),
    "event handler": re.compile(r"\son[a-z]+\s*="),
    "inline script": re.compile(r"<script(?![^>]*\bsrc=)(?![^>]*ld\+json)"),
}


@pytest.mark.parametrize("name", INLINE)
def test_templates_are_free_of(name: str) -> None:
    assert len(TEMPLATES) > 15

    assert [path for path in TEMPLATES if INLINE[name].search(path.read_text())] == []


def test_the_patterns_for_templates_can_find_something() -> None:
    bad = '{{ x|safe }}<p style="a" onclick="b"><script>c</script>'

    assert all(pattern.search(bad) for pattern in INLINE.values())


# Django's admin looks for these beside its own, by model.
OF_THE_ADMIN = {
    "base_site.html",
    "change_form.html",
    "change_list.html",
    "index.html",
    "pagination.html",
    "search_form.html",
}


def test_every_template_is_used() -> None:
    code = "".join(path.read_text() for path in [*sources(), *TEMPLATES])
    by_django = {"400.html", "403.html", "403_csrf.html", "404.html", "500.html"}
    names = [path.relative_to(ROOT / "templates").as_posix() for path in TEMPLATES]

    unused = [
        name
        for name in names
        if f'"{name}"' not in code
        and f"'{name}'" not in code
        and name not in by_django
        and not (name.startswith("admin/") and Path(name).name in OF_THE_ADMIN)
    ]

    assert unused == []


def test_every_template_compiles() -> None:
    for path in TEMPLATES:
        engines["django"].get_template(path.relative_to(ROOT / "templates").as_posix())


def our_models() -> list[type[models.Model]]:
    found = [
        m
        for app in ("articles", "directory")
        for m in apps.get_app_config(app).get_models()
    ]
    assert len(found) > 15
    return found


def test_constraints_and_indexes_are_named_by_us() -> None:
    names = [
        part.name
        for model in our_models()
        for part in [*model._meta.constraints, *model._meta.indexes]
    ]

    assert len(names) > 40
    assert [
        name for name in names if re.search(r"_[0-9a-f]{6,8}(_idx|_uniq)?$", name)
    ] == []
    assert len(set(names)) == len(names)


def test_models_stand_in_a_total_order() -> None:
    loose = [m.__name__ for m in our_models() if not m.objects.all().totally_ordered]

    assert loose == []


def test_nothing_names_a_folder_of_one_machine() -> None:
    machine = re.compile(r"(?<![\w.:])/(work|root|home)/[\w.]")
    files = tracked("*.py", "*.md", "*.html", "*.toml", "*.txt", "*.sh", "Makefile")
    files = [path for path in files if path != Path(__file__)]

    assert [path for path in files if machine.search(path.read_text())] == []


def test_each_benchmark_starts_without_set_up():
    names = [path.stem for path in (ROOT / "tests/benchmarks").glob("bench_*.py")]
    program = "".join(f"import tests.benchmarks.{name}\n" for name in names)
    plain = {name: value for name, value in os.environ.items() if "DJANGO" not in name}

    tried = subprocess.run(
        [sys.executable, "-c", program],
        cwd=ROOT,
        env=plain,
        capture_output=True,
        text=True,
    )

    assert len(names) > 5
    assert tried.returncode == 0, tried.stderr


def test_every_variant_of_a_style_that_a_template_names_has_a_rule():
    rules = "\n".join(path.read_text() for path in tracked("static/css/*.css"))
    with_rule = set(re.findall(r"\.([a-z][\w-]*--[\w-]+)", rules))
    named = set()
    for path in tracked("templates/*.html"):
        for words in re.findall(r'class="([^"]*)"', path.read_text()):
            whole = re.sub(r"\S*\{\{.*?\}\}\S*|\{%.*?%\}", " ", words)
            named |= {word for word in whole.split() if "--" in word}

    assert len(named) > 10
    assert named - with_rule == set()
