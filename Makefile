# Every command a person or the continuous integration needs. `make` alone lists them.
# Works on a fresh Debian 12 with python3, python3-venv and make; Node.js 20 and npm only for the browser code's tests.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
WORKERS ?= 2

CATALOGUES := $(wildcard webvote/translations/*/LC_MESSAGES/*.po)
PIP_INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes
COMPILE := --generate-hashes --no-emit-index-url --universal --python-version 3.11 --no-annotate \
	--custom-compile-command "make lock"

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help setup demo test test-python test-js check check-python check-js format bench lock messages clean

help: ## List these commands
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | expand -t 14

setup: $(VENV)/.dev $(VENV)/.translations ## Make .venv with everything a developer needs

# What the two programs need, and the programs themselves.
$(VENV)/.run: requirements/run.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or later is needed: make PYTHON=…")'
	$(PYTHON) -m venv $(VENV)
	$(PIP_INSTALL) --requirement requirements/run.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

# The same versions (make lock sees to it), and the developers' tools.
$(VENV)/.dev: requirements/dev.txt requirements/peers.txt $(VENV)/.run
	$(PIP_INSTALL) --requirement requirements/dev.txt
	$(PIP_INSTALL) --no-deps --requirement requirements/peers.txt
	@touch $@

$(VENV)/.translations: $(CATALOGUES) $(VENV)/.run
	$(if $(CATALOGUES),$(BIN)/pybabel --quiet compile --directory webvote/translations)
	@for made in $(CATALOGUES:.po=.mo); do test -f $$made || { echo "$$made was not made: is its .po marked fuzzy?"; exit 1; }; done
	@touch $@

node_modules/.installed: package.json package-lock.json
	npm ci --ignore-scripts --no-audit --no-fund
	@touch $@

demo: $(VENV)/.run $(VENV)/.translations ## Start the server with a finished and an open election
	$(BIN)/webvote demo

test: test-js test-python ## Run every test, Python and JavaScript

test-python: setup
	$(BIN)/python -m pytest --numprocesses=$(WORKERS) --dist=loadfile --cov --cov-report=term

check: check-python check-js ## Run what needs no running: format, lint, types, architecture

check-python: setup
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/python -m pytest --quiet tests/architecture

# The browser code has its tests and types run by node; without node they are left out, but never on CI.
NODE_FITS := $(shell npm --version >/dev/null 2>&1 && node -p 'process.versions.node.split(".")[0] >= 20' 2>/dev/null)
ifeq ($(NODE_FITS),true)
test-js: node_modules/.installed
	npm test --silent

check-js: node_modules/.installed
	npm run --silent check
else
test-js check-js:
	@echo "$@: Node.js 20 or later and npm are not installed, so the browser code is left out"
	@test "$$CI" != true
endif

format: setup ## Put the Python code into its one format
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

bench: setup ## Compare with others: check with a page view, filling with HiGHS, verification with belenios-tool, counting with pyrankvote
	$(BIN)/python -m benchmarks.check
	$(BIN)/python -m benchmarks.feasible
	$(BIN)/python -m benchmarks.marks
	$(BIN)/python -m benchmarks.verify
	$(BIN)/python -m benchmarks.memory
	$(BIN)/python -m benchmarks.tally
	$(BIN)/python -m benchmarks.shuffle
	$(BIN)/python -m benchmarks.stv

lock: ## Write requirements/*.txt anew (needs uv); UPGRADE=--upgrade chooses newer versions
	uv pip compile --quiet $(UPGRADE) pyproject.toml --extra postgres --extra cluster --extra fast --group dev --group build \
		$(COMPILE) --output-file requirements/dev.txt
	uv pip compile --quiet $(UPGRADE) pyproject.toml --group build --constraint requirements/dev.txt $(COMPILE) \
		--output-file requirements/run.txt
	uv pip compile --quiet $(UPGRADE) --no-deps --group pyproject.toml:peers --constraint requirements/dev.txt \
		$(COMPILE) --output-file requirements/peers.txt

messages: setup ## Collect the texts for the translators and update their catalogues
	@mkdir -p webvote/translations
	$(BIN)/pybabel --quiet extract --mapping pyproject.toml --keyword N_ --keyword _l --no-location --sort-output \
		--project raadsvalg --output-file webvote/translations/messages.pot .
	test -d webvote/translations/da || $(BIN)/pybabel --quiet init --locale da \
		--input-file webvote/translations/messages.pot --output-dir webvote/translations
	$(BIN)/pybabel --quiet update --input-file webvote/translations/messages.pot --no-fuzzy-matching \
		--output-dir webvote/translations --ignore-obsolete

clean: ## Remove what was made, but no data
	rm -rf $(VENV) node_modules build dist *.egg-info .coverage* .mypy_cache .pytest_cache .ruff_cache .hypothesis
