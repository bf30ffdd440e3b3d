# `make` alone lists the targets. Needs python3 (3.11 to 3.14), make and the package registries; nothing else.
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
SHELL := /bin/sh

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
UV := $(BIN)/uv pip sync --quiet --require-hashes --python $(BIN)/python
DATA := $(or $(DATA_DIR),.data)
# The stamps say what the environment holds, so that a second call costs nothing.
TOOL := $(VENV)/.has-uv
RUNTIME := $(VENV)/.has-runtime
DEV := $(VENV)/.has-dev

.PHONY: help setup run test check lint format bench faults fuzz worker relay consume events openapi frontend reset lock migrations messages screenshots

help: ## list the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-12s %s\n", $$1, $$2}'

setup: $(DEV) ## make .venv with everything that running, tests and tools need

run: $(RUNTIME) ## the demo shop on http://127.0.0.1:8000/ (PORT=9000, DATA_DIR=...)
	@$(BIN)/python manage.py run_shop

test: $(DEV) ## everything the tests need, then all of them (ARGS="-k cart" for some)
	@tests/install_chromium
	@$(BIN)/pytest -n 2 --dist loadscope $(ARGS)

check: $(DEV) ## lint, formatting, types, import contracts, migrations, templates, OpenAPI snapshot
	@tools/check $(BIN)

lint: $(DEV) ## ruff and the import contracts
	@$(BIN)/ruff check .
	@$(BIN)/lint-imports

format: $(DEV) ## format Python and templates
	@$(BIN)/ruff check --fix-only --quiet .
	@$(BIN)/ruff format .
	@find templates -name '*.html' | xargs $(BIN)/djhtml

bench: $(DEV) ## how fast it is, compared to bare Django views (BENCH_PRODUCTS=1000 for less)
	@$(BIN)/python -m bench --page docs/performance.md

faults: $(DEV) ## break the shop in every way we know, and count (FAULTS=crash,race SECONDS=600 SEED=7; half an hour)
	@$(BIN)/python -m tests.faults --page docs/reliability.md --runs "$(FAULTS)" --seconds "$(SECONDS)" $(if $(SEED),--seed $(SEED)) $(if $(JOBS),--jobs $(JOBS))

fuzz: $(DEV) ## calls that nobody would make, against the whole API (CASES=5000 SECONDS=600 SEED=7 JOBS=2; goes on where it was)
	@$(BIN)/python -m tests.fuzz --page docs/reliability.md $(if $(CASES),--cases $(CASES)) \
	  $(if $(SECONDS),--seconds $(SECONDS)) $(if $(SEED),--seed $(SEED)) $(if $(JOBS),--jobs $(JOBS))

worker: $(RUNTIME) ## background work in a process of its own (next to `make run`, or with DATABASE_URL)
	@$(BIN)/python manage.py worker

relay: $(RUNTIME) ## deliver outbox events in a process of its own (to Kafka with KAFKA_BOOTSTRAP_SERVERS)
	@$(BIN)/python manage.py relay

consume: $(RUNTIME) ## handle events of Kafka (GROUP=notifications for one group of subscribers)
	@$(BIN)/python manage.py consume --group $(or $(GROUP),all)

events: $(DEV) ## write docs/events/ anew from the events in the code
	@$(BIN)/python manage.py event_schemas

openapi: $(DEV) ## write docs/api/openapi.json and the table of errors anew, and the React client's types where its tools are installed
	@$(BIN)/python manage.py spectacular --format openapi-json --file docs/api/openapi.json --fail-on-warn
	@test ! -d frontend/node_modules || npm --prefix frontend run --silent api
	@$(BIN)/python manage.py error_codes

frontend: ## build the React client that the shop serves at /app/ (needs Node 20.19)
	@tools/build_frontend

migrations: $(DEV) ## write migrations for changed models
	@$(BIN)/python manage.py makemigrations

screenshots: $(DEV) ## take the pictures of docs/screenshots/ anew (next to `make run`; needs DEMO_PASSWORD, PORT)
	@$(BIN)/python tools/take_screenshots.py http://127.0.0.1:$(or $(PORT),8000)

messages: $(DEV) ## collect and compile the texts to translate
	@$(BIN)/python manage.py makemessages --all --ignore $(VENV) --no-obsolete
	@$(BIN)/python manage.py compilemessages --ignore $(VENV)

lock: $(DEV) ## pin all dependencies with hashes, for every supported Python
	@for name in requirements requirements-dev; do \
	  $(BIN)/uv pip compile $$name.txt --output-file $$name.lock --quiet --universal --python-version 3.11 \
	    --generate-hashes --no-header --no-annotate || exit 1; done

reset: ## throw the demo's database, pictures and mails away
	@test ! -e "$(DATA)/postgres/data/postmaster.pid" || \
	  { echo "The shop is running, or was killed: close it first (start it once more and press Ctrl-C)."; exit 1; }
	@cd "$(DATA)" 2>/dev/null && rm -rf postgres media static mails demo-secrets.json || true

$(TOOL):
	@$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 14))' || \
	  { echo "Python 3.11 to 3.14 is needed; $(PYTHON) is $$($(PYTHON) -V 2>&1). Name another: make PYTHON=python3.12"; exit 1; }
	@echo "Making $(VENV) ..."
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check "$$(grep '^uv==' requirements-dev.txt)"
	@touch $@

# An environment that already holds the tools keeps them: they include what running needs.
$(RUNTIME): requirements.lock $(TOOL)
	@echo "Installing what the shop runs on ..."
	@if test -e $(DEV); then $(UV) requirements-dev.lock; else $(UV) requirements.lock; fi
	@touch $@

$(DEV): requirements-dev.lock $(TOOL)
	@echo "Installing what the tests and tools need ..."
	@$(UV) requirements-dev.lock
	@touch $@ $(RUNTIME)
