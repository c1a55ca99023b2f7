# Everything a person types. `make` alone says what there is.
SHELL := /bin/bash
.DEFAULT_GOAL := help
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: help run dev test test-quick test-next lint format check bench lock messages clean

help: ## Say what there is
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 14

$(VENV)/.runtime: requirements.txt
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "Installing what the site needs …"
	@$(BIN)/pip install --quiet --require-hashes -r requirements.txt
	@touch $@

$(VENV)/.dev: requirements-dev.txt requirements.txt
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "Installing what the tests need …"
	@$(BIN)/pip install --quiet --require-hashes -r requirements-dev.txt
	@touch $@ $(VENV)/.runtime

run: $(VENV)/.runtime ## Serve the site with production settings on http://127.0.0.1:8000 (PORT changes it)
	@$(BIN)/python -m config.launch

dev: $(VENV)/.dev messages ## Serve the site for developers: reload, debug pages
	@$(BIN)/python manage.py migrate --verbosity 0
	@$(BIN)/python manage.py load_course --if-empty
	@$(BIN)/python manage.py create_first_accounts
	@$(BIN)/python manage.py runserver $${PORT:-8000}

messages: $(VENV)/.runtime ## Compile the translations
	@$(BIN)/python -m config.messages

test: $(VENV)/.dev messages ## Run every test, the browser's too
	@$(BIN)/python -m pytest

test-quick: $(VENV)/.dev messages ## Run the tests without the browser's
	@$(BIN)/python -m pytest -m "not browser"

test-next: messages ## Run the tests on the newest Wagtail, in an environment of its own
	@test -x .venv-next/bin/python || $(PYTHON) -m venv .venv-next
	@.venv-next/bin/pip install --quiet -r requirements-dev.in 
	@.venv-next/bin/pip install --quiet --upgrade wagtail
	@.venv-next/bin/python -m pytest -p no:cacheprovider

lint: $(VENV)/.dev ## Look for faults of style, types and imports
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

format: $(VENV)/.dev ## Set the code in its one form
	@$(BIN)/ruff check --fix-only --quiet .
	@$(BIN)/ruff format --quiet .

check: $(VENV)/.dev messages ## Django's own checks, missing migrations, the API's schema
	@DJANGO_SETTINGS_MODULE=config.settings.test $(BIN)/python manage.py check --fail-level WARNING
	@DJANGO_SETTINGS_MODULE=config.settings.test $(BIN)/python manage.py makemigrations --check --dry-run
	@DJANGO_SETTINGS_MODULE=config.settings.test $(BIN)/python manage.py spectacular --fail-on-warn --validate --file /dev/null

bench: $(VENV)/.dev messages ## Measure the site against a bare view on the same server
	@$(BIN)/python -m bench

lock: $(VENV)/.dev ## Write requirements*.txt anew from requirements*.in
	@$(BIN)/pip install --quiet uv
	@$(BIN)/uv pip compile requirements.in --universal --no-strip-extras --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --quiet -o requirements.txt
	@$(BIN)/uv pip compile requirements-dev.in --universal --no-strip-extras --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --quiet -c requirements.txt -o requirements-dev.txt

clean: ## Remove what was made, but not var/
	@rm -rf $(VENV) .venv-next .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
