# make help lists the targets.
PYTHON ?= $(shell for name in python3.11 python3.12 python3.13 python3; do command -v $$name && break; done)
VENV := .venv/bin
.DEFAULT_GOAL := help
.PHONY: help run test test-fast check format setup setup-test elasticsearch messages migrations benchmarks requirements clean

help: ## Explain every target
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sort | awk -F ':.*## ' '{printf "  make %-14s %s\n", $$1, $$2}'

run: ## Set everything up and serve the portal with demo data on http://127.0.0.1:8000 (PORT=… for another port)
	@$(PYTHON) portal/ops/setup.py --for run
	@exec $(VENV)/python -m portal.ops.devserver

test: ## Set up the services and run every check and every test
	@$(PYTHON) portal/ops/setup.py --for test --services
	@$(VENV)/python -m tests.run

test-fast: setup-test ## Tests that need no service, under a minute
	@$(VENV)/python -m tests.run fast

check: setup-test ## Lint, types, templates, import rules, migrations, translations
	@$(VENV)/python -m tests.run check

format: setup-test ## Format Python and templates
	@$(VENV)/ruff check --fix -q . ; $(VENV)/ruff format -q .

setup: ## Make a ready .venv, assets and message catalogues (run by the targets above)
	@$(PYTHON) portal/ops/setup.py --for run

setup-test: ## The same with the packages for testing
	@$(PYTHON) portal/ops/setup.py --for test

elasticsearch: setup ## A real Elasticsearch on http://127.0.0.1:9200 in the foreground (needs a JDK and Maven)
	@exec $(VENV)/python -m search.node

messages: setup-test ## Bring locale/ up to date with the source (needs GNU gettext)
	@$(VENV)/python manage.py makemessages -l zh_Hans --no-location --no-wrap -i .venv -i node_modules -i var -i .cache -i tests

migrations: setup-test ## Write missing migrations
	@$(VENV)/python manage.py makemigrations

benchmarks: setup-test ## Measure speed and accuracy (PORTAL_SHARED=folder for those that need its data)
	@$(VENV)/python -m pytest tests/benchmarks -s

requirements: setup-test ## Pin the packages anew from pyproject.toml
	@$(VENV)/pip-compile -q --no-emit-index-url --no-emit-find-links --strip-extras --no-header -o requirements.txt pyproject.toml
	@$(VENV)/pip-compile -q --no-emit-index-url --no-emit-find-links --strip-extras --no-header --extra dev -c requirements.txt -o requirements-dev.txt pyproject.toml

clean: ## Remove the demo's data, the environment and the caches
	@rm -rf .venv var .cache node_modules static/vendor .mypy_cache .ruff_cache .hypothesis
