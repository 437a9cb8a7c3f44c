# The commands of the project. `make run` and `make test` need Python 3.11 and make, nothing else.
SHELL := /bin/bash
PYTHON ?= $(shell command -v python3.11 || command -v python3)
PY := .venv/bin/python
PYTEST := $(PY) -m pytest -q -n 2 --dist loadgroup

.PHONY: run install test navigateur lint bench lock

run: install ## Start everything; Ctrl-C stops it
	@exec $(PY) -m config.lancement

install: .venv/.installe ## Prepare .venv with the pinned dependencies

.venv/.installe: requirements/dev.txt
	@PYTHON="$(PYTHON)" bin/preparer-venv
	@touch $@

test: install navigateur ## All tests: the quick ones first
	$(PYTEST) -m "not navigateur and not lent"
	$(PYTEST) -m "navigateur or lent"

navigateur:
	@bin/installer-chromium

lint: install ## Style, security, types, imports between rooms, templates
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	DATABASE_URL=postgres://unused REDIS_URL=redis://unused .venv/bin/mypy .
	.venv/bin/lint-imports
	.venv/bin/djlint templates --lint --quiet

bench: install ## Every benchmark; one: .venv/bin/python -m bench NAME --size N
	$(PY) -m bench

lock: install ## Pin the dependencies again, with hashes and without addresses
	cd requirements && for f in base dev; do ../.venv/bin/pip-compile -q --generate-hashes \
	  --no-emit-index-url --no-emit-find-links --strip-extras --allow-unsafe -o $$f.txt $$f.in; done
