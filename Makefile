# The commands of this house. `make demo` and `make test` do all set-up themselves.
SHELL := /bin/bash
.DEFAULT_GOAL := help
PYTHON ?= python3
PORT ?= 8000
QMS_DATA ?= var
export QMS_DATA
VENV := .venv
PY := $(VENV)/bin/python
MANAGE := $(PY) manage.py

.PHONY: help demo test test-postgres check bench lock messages

help:
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

demo: ## install, migrate, load the demonstration province, serve on 127.0.0.1:PORT
	@PYTHON=$(PYTHON) deploy/install demo
	@$(PY) deploy/demo.py $(PORT)

test: ## install what is missing, run the whole suite
	@PYTHON=$(PYTHON) deploy/install dev
	@deploy/run-tests

test-postgres: ## the suite again on a real PostgreSQL, started for the purpose
	@PYTHON=$(PYTHON) deploy/install dev postgresql
	@QMS_LEAST_WRITTEN=200000 deploy/with-postgres deploy/run-tests

check: ## lint, types, import contracts, templates, migrations, deployment, messages
	@PYTHON=$(PYTHON) deploy/install dev
	@deploy/run-checks

bench: ## pages measured against a bare Django page in the same run
	@PYTHON=$(PYTHON) deploy/install dev
	@$(PY) deploy/bench.py
	@$(PY) deploy/bench_paper.py

lock: ## pin every dependency again, with hashes
	@deploy/lock

messages: ## collect the strings to translate
	@$(MANAGE) makemessages --locale en --no-obsolete --no-wrap --add-location file \
	  --ignore .venv --ignore node_modules --ignore var
