# Two commands do all set-up: `make serve` shows the site, `make test` proves it. Needed beforehand: Python 3.11+ and make.
PYTHON ?= python3
PORT ?= 8000
COUNT ?= 10000
BIN = .venv/bin

.DEFAULT_GOAL := help
.PHONY: help install install-dev browser strace programs serve build test test-lowest faults fuzz pictures lint script lock bench clean

help: ## Say what each target does
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

install: .venv/.installed ## Prepare .venv with the commands noticeboard and consents

.venv/.installed: requirements.lock pyproject.toml
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@echo "Preparing .venv: once, and again when requirements.lock changes."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

install-dev: .venv/.installed-dev ## The same, with what the tests need

.venv/.installed-dev: requirements-dev.lock .venv/.installed
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@touch $@

browser: install-dev
	@$(BIN)/python -m tests.browser

programs: install-dev
	@$(BIN)/python -m tests.programs

strace: install-dev
	@$(BIN)/python -m tests.strace

serve: install ## Show the site and the consent endpoint on http://127.0.0.1:8000 (PORT=8000)
	@$(BIN)/noticeboard serve --port $(PORT)

build: install ## Write the site to public/
	@$(BIN)/noticeboard build

test: install-dev browser strace programs lint ## Prove everything, in a real browser too
	$(BIN)/python -m pytest -n logical --maxprocesses 8 --dist worksteal

# The core: content and its checks, Markdown and its cleaner, versions, publishing, the build, manifest, store and ledger on
# SQLite, the endpoint, mail, receipts. What needs a browser, PostgreSQL, another server or the extras is left to `make test`.
CORE = schema yamltree compose retention rules check links prose plain commonmark pasted_notices pictures passages changes \
	publish frozen upgrade build exports translate engine store events merkle acts app mail receipts signing verify
LOWEST = .venv-lowest/bin

test-lowest: install-dev ## Run the suite's core with the lowest releases that pyproject.toml allows
	@test -x .venv-lock/bin/uv || ($(PYTHON) -m venv .venv-lock && .venv-lock/bin/pip install --quiet uv==0.13.9)
	.venv-lock/bin/uv pip compile --quiet --resolution lowest-direct --no-emit-index-url --group build --group dev --extra pdf pyproject.toml -o .venv-lowest.txt
	@test -x $(LOWEST)/python || $(PYTHON) -m venv .venv-lowest
	$(LOWEST)/python -m pip install --quiet --disable-pip-version-check -r .venv-lowest.txt
	PYTHONPATH=$(CURDIR) $(LOWEST)/python -m pytest -q -p no:cacheprovider $(CORE:%=tests/test_%.py)

faults: install-dev strace programs ## Break disk, power and servers under ledger and build, at length (ONLY="kill power")
	$(BIN)/python -m tests.faults $(ONLY)

fuzz: install-dev ## Mutate notices and Word files 10,000 times (COUNT=10000), compare 100,000 texts with another library
	$(BIN)/python -m tests.fuzz $(COUNT)
	$(BIN)/python -m tests.fuzz_word $(COUNT)

pictures: install-dev browser ## Make the pictures of every kind of page anew, and docs/pictures.md and docs/desk-pictures.md
	@$(BIN)/python -m tests.pictures
	@$(BIN)/python -m tests.desk_pictures

node_modules/.installed: package.json package-lock.json .venv/.installed-dev
	@PATH="$(CURDIR)/$(BIN):$$PATH" $(BIN)/npm ci --silent --ignore-scripts
	@touch $@

script: node_modules/.installed ## Make widget/static/consent.min.js from consent.js
	@PATH="$(CURDIR)/$(BIN):$$PATH" $(BIN)/npm run --silent minify

lint: install-dev node_modules/.installed ## Check style and types
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	@PATH="$(CURDIR)/$(BIN):$$PATH" $(BIN)/npm run --silent check

bench: install-dev ## Measure, in short; docs say which longer runs their figures come from
	@for script in benchmarks/*.py; do $(BIN)/python -m benchmarks.$$(basename $$script .py) || exit 1; done

COMPILE = .venv-lock/bin/uv pip compile --quiet --universal --generate-hashes --no-header --no-emit-index-url
PINNED = --no-annotate --constraint requirements-dev.lock
# What each kind of production machine installs: the package's own needs and these extras.
EXTRAS_site = --extra pdf --extra search
EXTRAS_endpoint-sqlite =
EXTRAS_endpoint-postgresql = --extra postgresql --extra redis
EXTRAS_desk = --extra desk --extra pdf --extra search

lock: ## Pin every dependency anew, with hashes; one release of a package in all lock files
	@test -x .venv-lock/bin/uv || ($(PYTHON) -m venv .venv-lock && .venv-lock/bin/pip install --quiet uv==0.13.9)
	$(COMPILE) --group build pyproject.toml -o requirements.lock
	$(COMPILE) --group build --group dev pyproject.toml -o requirements-dev.lock
	$(COMPILE) $(PINNED) --group build -o deploy/locks/build.lock
	$(foreach set,site endpoint-sqlite endpoint-postgresql desk,\
		$(COMPILE) $(PINNED) $(EXTRAS_$(set)) pyproject.toml -o deploy/locks/$(set).lock &&) true

clean: ## Delete what was built and installed; databases under var/ stay
	rm -rf .venv .venv-lock .venv-lowest .venv-lowest.txt .programs node_modules public .noticeboard .mypy_cache .ruff_cache .pytest_cache .hypothesis
