# Everything that is done with this tree. `make run` and `make test` are all that a newcomer needs.

BIN := .venv/bin
DESKHAND := $(BIN)/deskhand
NPM := $(BIN)/python scripts/frontend.py npm
JOBS ?= 2
LOCK := $(BIN)/uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-header --no-annotate \
	--python-version 3.11

# Deskhand is started some hundred times by a test run; what Python compiled is kept, whatever the shell says.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help run build dev test screenshots check format messages lock bench new-app icons base-env dev-env

help:  ## Show what can be made.
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-12s %s\n", $$1, $$2}'

run: build  ## Start Deskhand with demo data on http://localhost:8000; Ctrl+C ends it, its data stays.
	@$(DESKHAND) migrate
	@$(DESKHAND) demo --if-empty
	@exec $(DESKHAND) run

build: base-env  ## Install what running needs, and build front end and translations if they changed.
	@$(BIN)/python scripts/frontend.py build

dev: dev-env  ## As `make run`, starting again whenever a source file changes.
	@$(BIN)/python scripts/dev.py

test: dev-env  ## Run every test, those in the browser included.
	@$(BIN)/python scripts/frontend.py build
	@scripts/chromium
	@$(NPM) run --silent test
	@$(BIN)/pytest -n $(JOBS) $(ARGS)

screenshots: dev-env  ## Take the pictures of README and guide anew.
	@$(BIN)/python scripts/frontend.py build
	@SCREENSHOTS=docs/screenshots $(BIN)/pytest tests/browser/demo/test_screenshots.py

check: dev-env  ## Run every check: style, types, architecture, templates, migrations, lock files.
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/djlint src --lint --quiet
	$(BIN)/python scripts/collect_icons.py --check
	$(NPM) run --silent types
	$(NPM) run --silent lint
	@$(BIN)/python scripts/frontend.py build
	$(DESKHAND) manage makemigrations --check --dry-run
	SITE_URL=https://desk.example $(DESKHAND) manage check --deploy --fail-level WARNING
	@! grep -nE '"resolved":|--(index-url|extra-index-url|find-links)' package-lock.json requirements/*.txt \
		|| { echo "The lock files name the address of a registry; run 'make lock'."; exit 1; }

format: dev-env  ## Put the sources into their usual shape.
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

messages: base-env  ## Gather new texts into the translations: src/deskhand/locale.
	@$(BIN)/python scripts/languages.py collect

lock: dev-env  ## Write the lock files anew from what requirements/*.in and package.json ask for.
	for name in build base node dev; do $(LOCK) $(ARGS) requirements/$$name.in -o requirements/$$name.txt || exit 1; done
	$(NPM) install --package-lock-only

bench: dev-env  ## Measure named requests on PostgreSQL; figures belong into docs/performance.md.
	@$(BIN)/python scripts/frontend.py build
	@$(BIN)/python scripts/bench $(ARGS)

new-app: dev-env  ## Scaffold an app: make new-app NAME=trade/catalog
	@$(BIN)/python scripts/new_app.py $(NAME)

icons: dev-env  ## Gather the icons that pages name, after naming a new one.
	@$(BIN)/python scripts/frontend.py install
	@$(BIN)/python scripts/collect_icons.py $(ARGS)

base-env:
	@scripts/bootstrap

dev-env:
	@scripts/bootstrap dev
