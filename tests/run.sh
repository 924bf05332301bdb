#!/bin/sh
# Everything that must hold, in one list; each check is one line you can run by itself.
# Started by `make test`, which makes .venv with requirements-dev.txt first.
set -u
cd "$(dirname "$0")/.."
python=.venv/bin/python
failed=

check() {
    name=$1
    shift
    printf '\n== %s: %s\n' "$name" "$*"
    "$@" || failed="$failed $name,"
}

templates_formatted() {
    git ls-files 'templates/*.html' | xargs .venv/bin/djade --check --target-version 6.1
}

check browser     $python -m tests.browser.chromium
check lint        $python -m ruff check .
check format      $python -m ruff format --check .
check templates   templates_formatted
check types       $python -m mypy
check migrations  $python manage.py makemigrations --check --dry-run
mkdir -p var/coverage
$python -m coverage erase
check tests       $python -m coverage run -m pytest --numprocesses 3 --maxschedchunk 10
$python -m coverage combine --quiet
check coverage    $python -m coverage report

echo
if [ -n "$failed" ]; then
    echo "Failed:${failed%,}"
    exit 1
fi
echo "Everything holds."
