# Guichet. `make run` and `make test` need Python 3.11 or newer and nothing else.
PYTHON ?= python3
PORT ?= 8000
PYTEST_ARGS ?=
BIN := .venv/bin
CODE := cms services_pages intake snippets tests manage.py

export PORT
export BASE_URL ?= http://127.0.0.1:$(PORT)
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.DEFAULT_GOAL := help
.PHONY: help run test lint format bench check lock clean

help: ## Say what each target does
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

run: .venv/run.stamp ## Start the demonstration town on http://127.0.0.1:8000 (PORT= to change)
	@$(BIN)/python manage.py prepare
	@DJANGO_SETTINGS_MODULE=cms.settings.dev $(BIN)/honcho --no-colour -f cms/Procfile -d . start

test: .venv/dev.stamp ## Run every test (benchmarks apart)
	$(BIN)/pytest -n auto --dist loadfile --no-loadscope-reorder $(PYTEST_ARGS)

lint: .venv/dev.stamp ## Check style, layers, templates, spelling and migrations
	$(BIN)/ruff check $(CODE)
	$(BIN)/ruff format --check $(CODE)
	$(BIN)/lint-imports
	$(BIN)/djlint templates --lint --quiet
	$(BIN)/codespell docs/decisions docs/architecture.md docs/operations.md docs/policy-readings.md
	DJANGO_SETTINGS_MODULE=cms.settings.test $(BIN)/python manage.py makemigrations --check --dry-run
	DJANGO_SETTINGS_MODULE=cms.settings.test $(BIN)/python manage.py check --fail-level WARNING

format: .venv/dev.stamp ## Write the code in the common style
	$(BIN)/ruff check --fix $(CODE)
	$(BIN)/ruff format $(CODE)

bench: .venv/dev.stamp ## Measure, as ratios to a baseline of the same run
	$(BIN)/python -m tests.bench

check: lint test ## All that the build runs

lock: .venv/dev.stamp ## Compile the lock files anew (they name no index)
	@for name in base production dev; do $(BIN)/pip-compile -q --strip-extras --allow-unsafe --no-header --no-annotate \
		--no-emit-index-url --no-emit-find-links --no-emit-trusted-host requirements/$$name.in -o requirements/$$name.txt; done

clean: ## Remove the environment and all that the program wrote
	rm -rf .venv var

.venv/bin/python:
	$(PYTHON) -c 'import sys; sys.exit("Guichet needs Python 3.11 or newer.") if sys.version_info < (3, 11) else None'
	$(PYTHON) -m venv .venv

.venv/run.stamp: requirements/base.txt | .venv/bin/python
	$(BIN)/pip install --quiet -r requirements/base.txt
	@touch $@

.venv/dev.stamp: requirements/base.txt requirements/dev.txt | .venv/bin/python
	$(BIN)/pip install --quiet -r requirements/base.txt -r requirements/dev.txt
	@touch $@
