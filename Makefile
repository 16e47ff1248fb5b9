.DEFAULT_GOAL := help
SHELL := /bin/bash
PY := .venv/bin/python
# One address for the suite's database: empty is SQLite.
export DATABASE_URL ?=
# Where Python may not keep what it compiled, each command and each test of one compiles two thousand modules anew.
unexport PYTHONDONTWRITEBYTECODE

.venv/.ready: requirements.lock pyproject.toml
	@command -v python3.11 >/dev/null || { echo "frontdesk needs python3.11 on the PATH"; exit 1; }
	@test -x $(PY) || python3.11 -m venv .venv
	@$(PY) -m pip install --quiet --disable-pip-version-check "$$(grep -o '^uv==[0-9.]*' requirements.lock)"
	@.venv/bin/uv pip sync --quiet --compile-bytecode --require-hashes --python $(PY) requirements.lock
	@.venv/bin/uv pip install --quiet --no-deps --python $(PY) --editable .
	@touch $@

.PHONY: help setup demo test check soak attack reference format lock
help: ## Show what can be made
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 10

setup: .venv/.ready ## Make .venv with everything pinned in requirements.lock

demo: .venv/.ready ## Make a synthetic practice, start everything, print the address and the sign-ins
	@.venv/bin/frontdesk demo

test: .venv/.ready ## Run all the tests (DATABASE_URL=postgresql://… runs them on PostgreSQL)
	@$(PY) -m pytest -n auto --dist loadfile

check: .venv/.ready ## Lint (templates too), types, floors and missing migrations
	@.venv/bin/ruff check .
	@.venv/bin/ruff format --check .
	@.venv/bin/mypy
	@.venv/bin/lint-imports
	@$(PY) -m pytest -q -p no:cacheprovider tests/house/test_templates.py tests/house/test_permissions.py
	@$(PY) -m frontdesk.site.manage makemigrations --check --dry-run

soak: .venv/.ready ## The long proofs: kills, races and clock changes in large numbers
	@$(PY) -m tests.soak

attack: .venv/.ready ## Probes, sqlmap, wapiti, schemathesis at a demo of their own; result into docs/proof
	@$(PY) -m tests.attacks

reference: .venv/.ready ## Write docs/reference anew from the code
	@$(PY) -m tests.house.reference

format: .venv/.ready ## Put the code into the one shape
	@.venv/bin/ruff check --fix --quiet .; .venv/bin/ruff format --quiet .

lock: .venv/.ready ## Resolve the dependencies anew into requirements.lock
	@.venv/bin/uv pip compile --quiet --universal --generate-hashes --group dev pyproject.toml --no-header --no-annotate -o requirements.lock
