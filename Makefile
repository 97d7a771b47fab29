# `make` lists what can be done. Needs Python 3.11 or newer; everything lands in .venv.

PYTHON ?= python3
SKILLWARDEN_HOME ?= $(CURDIR)/.skillwarden
SCRIPT ?=
SEED ?=
UV_FLAGS ?=

VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
SELF := $(PIP) install --no-deps --no-build-isolation --editable .
PINS := $(BIN)/uv pip compile --quiet --no-config --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --custom-compile-command "make pins" $(UV_FLAGS) pyproject.toml
CATALOGUES := bot/locale
TEMPLATE := build/skillwarden.pot
BABEL := $(BIN)/python -m babel.messages.frontend --quiet

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help try test check bench soak client format pins messages clean

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))

try: $(VENV)/.runtime ## chat with the demo; SCRIPT=file feeds it line by line
	@$(BIN)/skillwarden console --demo --home "$(SKILLWARDEN_HOME)" $(if $(SCRIPT),< "$(SCRIPT)")

test: $(VENV)/.dev ## run the tests
	$(BIN)/python -m pytest -n 2 --dist worksteal $(PYTEST_FLAGS)

check: $(VENV)/.dev ## lint, types, import contracts, file sizes, tests: what has to pass
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo
	$(BIN)/python scripts/check_budget.py
	@$(MAKE) --no-print-directory test

bench: $(VENV)/.dev ## measure the speed
	$(BIN)/python -m tests.bench

soak: $(VENV)/.dev ## run what is long and random: bad platforms, several processes that are killed; SEED=number repeats it
	$(BIN)/python -m tests.acceptance.soak $(SEED)

client: $(VENV)/.dev ## ask a provider's own client, which npm fetches, whether it finds what was installed
	$(BIN)/python -m pytest -m client -rs tests/acceptance/test_own_clients.py

format: $(VENV)/.dev ## format the code and mend what can be mended
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

pins: $(VENV)/.python ## pin the requirements again; UV_FLAGS=--upgrade takes newer releases
	@$(PIP) install "uv>=0.13,<0.14"
	$(PINS) --group build --output-file requirements.txt
	$(PINS) --group dev --all-extras --constraints requirements.txt --output-file requirements-dev.txt
	@if grep -nE '://|^-' requirements.txt requirements-dev.txt; then \
		echo "The pins must name no place to download from." >&2; exit 1; fi

messages: $(VENV)/.dev ## extract, update and compile the message catalogues
	@mkdir -p $(dir $(TEMPLATE))
	$(BABEL) extract --mapping-file pyproject.toml --project skillwarden --copyright-holder "Skillwarden contributors" \
		--no-wrap --sort-by-file --add-location file --output-file $(TEMPLATE) .
	$(BABEL) update --no-wrap --no-fuzzy-matching --ignore-obsolete --ignore-pot-creation-date --domain skillwarden \
		--locale ko --input-file $(TEMPLATE) --output-dir $(CATALOGUES)
	$(BABEL) compile --domain skillwarden --directory $(CATALOGUES) --statistics

clean: ## remove what was made here, except .skillwarden
	rm -rf $(VENV) build dist .hypothesis .mypy_cache .pytest_cache .ruff_cache .import_linter_cache
	find bot core scripts storage tests -name __pycache__ -type d -prune -exec rm -rf {} +

$(VENV)/.python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
		echo "Skillwarden needs Python 3.11 or newer, and '$(PYTHON)' is not: run make PYTHON=/path/to/python3 $(MAKECMDGOALS)" >&2; \
		exit 1; }
	@$(PYTHON) -m venv $(VENV) || { \
		echo "Skillwarden needs Python's venv module: on Debian, apt-get install python3-venv" >&2; exit 1; }
	@touch $@

$(VENV)/.runtime: requirements.txt pyproject.toml | $(VENV)/.python
	@echo "Installing Skillwarden into $(VENV) ..."
	@$(PIP) install --require-hashes -r requirements.txt
	@$(SELF)
	@touch $@

$(VENV)/.dev: requirements-dev.txt pyproject.toml | $(VENV)/.python
	@echo "Installing Skillwarden and its development tools into $(VENV) ..."
	@$(PIP) install --require-hashes -r requirements-dev.txt
	@$(SELF)
	@touch $@
