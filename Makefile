# Governor's commands: see make help.
.DEFAULT_GOAL := help
.PHONY: help run test test-peers check bench lock clean peers large-peers

PYTHON ?= python3
VENV := .venv
UV := $(VENV)/bin/uv
BIN := $(VENV)/bin
WORKERS ?= 2
# The machine's own certificates count: an organisation may have an authority of its own.
export UV_SYSTEM_CERTS := 1
help:
	@echo "make run     start Governor (makes the environment when it is missing or stale)"
	@echo "make test    run the whole suite"
	@echo "make test-peers  try the invitations on whole programs of others (installs them from Debian)"
	@echo "make check   the one gate: format, lint, types, contracts, docstrings, dependencies, migrations"
	@echo "make bench   measure, print the table, write bench.json (ARGS='commands --quick')"
	@echo "make lock    make the lock files anew from pyproject.toml"

run: $(VENV)/.run
	@$(BIN)/governor run

test: $(VENV)/.dev peers
	$(BIN)/python -m pytest -n $(WORKERS) --dist worksteal -rs --cov --cov-report=
	@$(BIN)/coverage report --skip-covered --sort=cover
	@echo "What decides and what proves is tested to the last branch:"
	$(BIN)/coverage report --include='governor/domain/*,governor/ledger/*,governor/voting/*' --show-missing --fail-under=100

test-peers: $(VENV)/.dev peers large-peers
	$(BIN)/python -m pytest -m slow -rs --durations=10 tests

check: $(VENV)/.dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/interrogate governor integrations
	$(BIN)/deptry governor integrations
	$(BIN)/python -m tests.house.migrations
	sh tests/house/no-index.sh

bench: $(VENV)/.dev
	$(BIN)/python -m tests.bench $(ARGS)

# What the readers of others need (ical.js from npm, libical from Debian); what is missing is said, and its test skipped.
peers: $(VENV)/.dev
	@sh tests/peers/install

large-peers: $(VENV)/.dev
	@sh tests/peers/install-large

$(UV):
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check uv

$(VENV)/.run: requirements.lock build.lock pyproject.toml | $(UV)
	@echo "Preparing the environment in $(VENV) …" >&2
	@rm -f $(VENV)/.dev
	@$(UV) pip sync --quiet --python $(BIN)/python --require-hashes requirements.lock build.lock
	@$(UV) pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation --editable .
	@$(BIN)/python -m compileall -q governor integrations
	@touch $@

$(VENV)/.dev: requirements-dev.lock build.lock pyproject.toml | $(UV)
	@echo "Preparing the environment for development in $(VENV) …" >&2
	@$(UV) pip sync --quiet --python $(BIN)/python --require-hashes requirements-dev.lock build.lock
	@$(UV) pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation --editable .
	@touch $(VENV)/.run $@

# Lock files carry names, versions and hashes, and never the address of an index.
COMPILE = $(UV) pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate
lock: | $(UV)
	$(COMPILE) pyproject.toml -o requirements.lock
	$(COMPILE) pyproject.toml --group dev -o requirements-dev.lock
	echo "setuptools>=77" | $(COMPILE) - -o build.lock

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .hypothesis .coverage *.egg-info
