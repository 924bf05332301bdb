# Second Voice. `make` or `make help` lists the targets; everything they make lies in
# .venv/ and var/.
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory
python := .venv/bin/python
export PYTHONUTF8 := 1

.PHONY: help run test lint format typecheck bench bench-links bench-checks bench-sample bench-import bench-serving bench-directory shell clean setup setup-dev

help: ## list these targets
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1|\2/p' Makefile | awk -F'|' '{printf "%-22s %s\n", $$1, $$2}'

run: setup ## set up what is missing and serve the site (PORT=8123 chooses the port, DEBUG=1 reloads on changes)
	@exec $(python) manage.py serve

test: setup-dev ## set up what tests need, a browser included, and run everything
	@exec sh tests/run.sh

lint: setup-dev ## look for mistakes in Python and templates
	@$(python) -m ruff check .
	@$(python) -m ruff format --check .
	@git ls-files 'templates/*.html' | xargs -r .venv/bin/djade --check --target-version 6.1

format: setup-dev ## rewrite Python and templates in the house style
	@$(python) -m ruff check --fix --exit-zero --quiet .
	@$(python) -m ruff format .
	@git ls-files 'templates/*.html' | xargs -r .venv/bin/djade --target-version 6.1

typecheck: setup-dev ## check the types
	@$(python) -m mypy

bench: setup ## queries, bytes and requests a second of the main pages
	@exec $(python) -m tests.benchmarks

bench-links: setup-dev ## what forty cross-links cost, and 5,000 random sequences without a dead link
	@$(python) -m tests.benchmarks.bench_links
	@LINK_SEQUENCES=5000 $(python) -m pytest -q -n 2 --maxschedchunk 1 tests/articles/test_no_dead_links.py

bench-sample: setup ## a million fictional clinicians as files: time, size and memory
	@exec $(python) -m tests.benchmarks.bench_sample

bench-import: setup ## a release of a million clinicians from files to serving, beside bare COPY
	@exec $(python) -m tests.benchmarks.bench_import

bench-serving: setup ## releases of a million clinicians change while readers read (takes many minutes)
	@exec $(python) -m tests.benchmarks.bench_serving

bench-checks: setup-dev ## what the content rules cost for 1,500 words
	@$(python) -m tests.benchmarks.bench_checks

bench-directory: setup-dev ## pages of the finder among a million generated clinicians (takes minutes and 2 GB)
	@$(python) -m tests.benchmarks.bench_directory

shell: setup ## Python with the models at hand
	@exec $(python) manage.py shell

clean: ## remove .venv and var, the database included
	@rm -rf .venv var

setup: ## make .venv with what the site needs, for a server
	@sh config/bootstrap.sh requirements.txt

setup-dev: ## the same with what tests and checks need
	@sh config/bootstrap.sh requirements-dev.txt
