# The commands for people; `make` alone lists them. Everything is installed into .venv, except
# Chromium and Caddy, which the tests install where missing and permitted (tests/*/find_*.sh).

PYTHON  ?= python3
PORT    ?= $(or $(PLEDGE_PORT),8501)
ADDRESS ?= $(or $(PLEDGE_ADDRESS),localhost)
ARGS    ?=
WORKERS ?= 3
OUT     ?= public
BASE    ?=
APP     ?=

# `.venv/bin/python -m tool`, never `.venv/bin/tool`: it works in any folder, even after a move.
PY      := .venv/bin/python
PIP     := $(PY) -m pip install --quiet --disable-pip-version-check --constraint constraints.txt

# Each stamp is touched once its requirements are installed: a second run needs no network.
RUNTIME := .venv/runtime.stamp
DEV     := .venv/dev.stamp
PEER    := .venv/peer
NPM     := .venv/npm

FIND_BROWSER := BROWSER_PATH="$$(sh tests/browser/find_chromium.sh)" && export BROWSER_PATH
FIND_PROXY   := CADDY_PATH="$$(sh tests/served/find_caddy.sh)" && export CADDY_PATH

# One worker more than the two cores of a small machine: tests of a browser mostly wait for it.
# An idle worker takes tests from the other, so that none ends alone with a long file; what a
# module or a session starts (server, browser) is mostly started by only one. ARGS may override it.
PYTEST := $(PY) -m pytest --numprocesses $(WORKERS) --dist worksteal

.DEFAULT_GOAL := help
.NOTPARALLEL:
.DELETE_ON_ERROR:
.PHONY: help run edition test quick check audit lint types format data links codebook messages standards bench load clean

help:  ## List these commands
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-10s %s\n", $$1, $$2 }' Makefile

run: $(RUNTIME)  ## Start the dashboard on http://localhost:8501 (PORT=… ADDRESS=…)
	@PLEDGE_PORT=$(PORT) PLEDGE_ADDRESS=$(ADDRESS) $(PY) serve.py

edition: $(RUNTIME)  ## Write the whole as plain files (BASE=https://… OUT=public APP=https://…)
	@test -n "$(BASE)" || { echo "Say where it will be: make edition BASE=https://example.org/"; exit 2; }
	@$(if $(filter --no-pictures,$(ARGS)),,$(FIND_BROWSER) &&) $(PY) -m components.edition --out "$(OUT)" --base "$(BASE)" --app "$(APP)" $(ARGS)

test: $(DEV)  ## Run every test, browser included (ARGS="tests/unit -k filter" for some)
	@$(FIND_BROWSER) && $(FIND_PROXY) && $(PYTEST) $(ARGS)

quick: $(DEV)  ## Run the tests that need no browser and no server (ARGS="-n 0 --pdb" to debug)
	@$(PYTEST) tests/unit tests/data tests/app $(ARGS)

check: lint types data audit test  ## Run what CI runs: format, lint, types, data, audit, tests

audit: $(RUNTIME) .venv/audit/ready  ## Check packages for known vulnerabilities, if online
	@.venv/audit/bin/python tests/audit.py $$($(PY) -c 'import sysconfig; print(sysconfig.get_path("purelib"))')

lint: $(DEV)  ## Check format and house rules
	@$(PY) -m ruff format --check . || { echo "Not formatted: run make format."; exit 1; }
	@$(PY) -m ruff check .

types: $(DEV)  ## Check types
	@$(PY) -m mypy

format: $(DEV)  ## Format the code, and fix what the linter can
	@$(PY) -m ruff format .
	@$(PY) -m ruff check --fix .

data: $(RUNTIME)  ## Check the data files; names file, row and column of what is wrong
	@$(PY) -m components.facts.dataset

links: $(RUNTIME)  ## Ask every source's address; report what is dead or moved (ARGS="--out FILE")
	@$(PY) -m components.exports.link_check $(ARGS)

codebook: $(RUNTIME)  ## Write the codebook from the schema
	@$(PY) -m components.exports.codebook --write

messages: $(RUNTIME)  ## Find all messages, and name those without a translation
	@$(PY) -m components.basics.catalogue

standards: $(DEV) $(NPM)/ready .venv/cff/ready  ## Check with others' tools (Node.js, Java)
	@$(FIND_BROWSER) && $(PY) -m tests.standards $(NPM)/node_modules .venv/cff/bin/cffconvert

load: $(DEV)  ## Simulate forty visitors and a program for three minutes; then malformed requests
	@$(PY) -m benchmarks.load && $(PY) -m benchmarks.malformed

bench: $(DEV) $(PEER)/ready  ## Measure speed and size, first visits too
	@$(FIND_BROWSER) && PYTHONPATH=$(PEER) $(PY) -m benchmarks

clean:  ## Remove what make and the tools created: .venv, build and caches
	@rm -rf .venv build .cache .hypothesis .mypy_cache .pytest_cache .ruff_cache
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

# pip-audit may need another version of pip than ours: it has an environment of its own.
.venv/audit/ready: $(PY)
	@$(PYTHON) -m venv .venv/audit
	@.venv/audit/bin/python -m pip install --quiet --disable-pip-version-check pip-audit==2.10.1
	@touch $@

# cffconvert wants older packages than ours.
.venv/cff/ready: $(PY)
	@$(PYTHON) -m venv .venv/cff
	@.venv/cff/bin/python -m pip install --quiet --disable-pip-version-check cffconvert==2.0.0
	@touch $@

# No script of a package runs: they would download a second Chromium and a second Java.
$(NPM)/ready: $(PY)
	@command -v npm >/dev/null && command -v java >/dev/null || { \
		echo "This needs Node.js 20 or newer with npm, and Java 11 or newer."; exit 1; }
	@npm install --silent --ignore-scripts --prefix $(NPM) \
		pa11y@9.1.1 lighthouse@12.8.2 vnu-jar@26.9.27 \
		@redocly/cli@2.77.0 openapi-typescript@7.13.0
	@touch $@

# What the benchmarks compare us with has a folder of its own: it brings a pytest plugin too old
# for ours. The requirements file lists all of it, which the check at the end proves.
$(PEER)/ready: $(DEV) benchmarks/requirements.txt
	@echo "Installing what the benchmarks compare us with (half a minute, once)"
	@rm -rf $(PEER)
	@$(PIP) --no-deps --target $(PEER) --requirement benchmarks/requirements.txt
	@PYTHONPATH=$(PEER) $(PY) -m pip --disable-pip-version-check check >&2
	@touch $@

$(DEV): $(RUNTIME) requirements-dev.txt
	@echo "Installing what the tests need (about a minute, once)"
	@$(PIP) --requirement requirements-dev.txt
	@touch $@

$(RUNTIME): $(PY) requirements.txt constraints.txt
	@echo "Installing what the dashboard needs (about a minute, once)"
	@$(PIP) --requirement requirements.txt
	@echo "Compressing the front end (half a minute, once)"
	@$(PY) -m components.serving.assets
	@touch $@

$(PY):
	@command -v $(PYTHON) >/dev/null || { \
		echo "There is no $(PYTHON) here. Install Python 3.11 or newer."; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo "$(PYTHON) is $$($(PYTHON) --version 2>&1); this needs Python 3.11 or newer." \
			"If you have one: make PYTHON=python3.12"; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
		echo "Python's venv module is missing." \
			"On Debian and Ubuntu: sudo apt-get install python3-venv"; exit 1; }
	@$(PYTHON) -m venv --clear .venv
