# The two commands that matter are bin/demo and bin/test; these are short cuts for people who change the code.
.DEFAULT_GOAL := help
python := .venv/bin/python
lock := $(python) -m uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header

.PHONY: help demo check test deep lint format types lock messages migrations docs clean

help: ## show this list
	@sed -n 's/^\([a-z]*\):.*## /\1|/p' $(MAKEFILE_LIST) | awk -F'|' '{ printf "%-12s %s\n", $$1, $$2 }'

demo: ## set everything up and serve the demo
	bin/demo

check: ## set up, serve on a free port, check pages, papers, ledger and audit
	bin/demo --check

test: ## every check and test that can run here
	bin/test

deep: ## the long profiles: 2,000 lives on each database, every page in every language and width
	LOCK=requirements-test.lock; . bin/env.sh; export HYPOTHESIS_PROFILE=deep; set -e; \
	  halves="$(python) -m pytest -n 2 --dist loadgroup tests/property"; \
	  EXPECT_VENDOR=postgresql bin/postgres $$halves; \
	  EXPECT_VENDOR=sqlite DATABASE_URL=sqlite:///$$root/var/test.sqlite3 $$halves; \
	  $(python) -m pytest -m deep tests/gates

lint: ## all linters, types and import contracts
	bin/test lint

format: ## let the tools mend what they can
	$(python) -m ruff check --fix-only -q . ; $(python) -m ruff format -q .

types: ## mypy alone, as fast as it goes
	$(python) -m mypy config core demo funds portal proposals reviews tasks tests

lock: ## renew the hash-pinned package lists from the .in files
	printf 'uv==0.13.9\n' | $(lock) --no-annotate - -o requirements-uv.lock
	$(lock) requirements.in -o requirements.lock
	$(lock) requirements-test.in -o requirements-test.lock

messages: ## collect the texts of the pages and compile the catalogues
	$(python) manage.py makemessages -l vi -l ar --no-location --no-wrap -i .venv -i var -i tests
	$(python) manage.py compilemessages -i .venv

migrations: ## write a migration named by hand: make migrations app=tasks name=add_archive_place
	$(python) manage.py makemigrations $(app) -n $(name)

docs: ## renew docs/lifecycle.md and docs/permissions.md from the tables
	$(python) manage.py lifecycle --write
	$(python) manage.py permissions --write

clean: ## delete caches and what the tests left; keeps .venv and the demo's data
	rm -rf .coverage .coverage.* .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache var/test*
