# Every task of the house. `make demo` and `make test` need Python 3.11+ with venv, and nothing else.
PYTHON ?= python3
VENV   ?= .venv
BIN    := $(VENV)/bin
OUT    ?= parkloop-demo

.PHONY: help demo test check lint fix unit e2e bench docs serve new lock browser clean

help:            ## list the tasks
	@grep -E '^[a-z]+: .*##|^[a-z]+: +##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

$(BIN)/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/.runtime: requirements.lock pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps -e .
	@touch $@

$(VENV)/.tools: requirements-dev.lock pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps -e .
	@touch $@ $(VENV)/.runtime

demo: $(VENV)/.runtime ## run the whole road on the sample programme
	$(BIN)/parkloop demo --out $(OUT)

test: lint browser ## everything: format, lint, types, floors, then all tests with a real browser and PostgreSQL
	$(BIN)/python -m pytest -n 2 --dist loadgroup

check: lint ## format, lint, types, floors, fast tests
	$(BIN)/python -m pytest -n 2 tests/unit tests/property tests/shape

lint: $(VENV)/.tools ## format, lint, types and floors alone
	$(BIN)/ruff format --check src tests benchmarks docs
	$(BIN)/ruff check src tests benchmarks docs
	$(BIN)/mypy
	$(BIN)/lint-imports

fix: $(VENV)/.tools ## format and mend what can be mended
	$(BIN)/ruff format src tests benchmarks docs
	$(BIN)/ruff check --fix src tests benchmarks docs

browser: ## find or install the browser that the end-to-end tests drive
	@sh tests/e2e/ensure_browser.sh

e2e: $(VENV)/.tools browser ## the stories in a real browser
	$(BIN)/python -m pytest tests/e2e

bench: $(VENV)/.tools ## measure the road, the import and the register
	$(BIN)/python benchmarks/road.py

docs: $(VENV)/.tools ## build the documentation into site/
	$(BIN)/mkdocs build --strict

serve: ## show the documents of the last demo on this machine
	@echo "http://127.0.0.1:8765/"; cd $(OUT) && $(PYTHON) -m http.server --bind 127.0.0.1 8765

new: $(VENV)/.tools ## make new KIND=measure NAME=air-leak: files from a template
	$(BIN)/python docs/templates/new.py $(KIND) $(NAME)

lock: $(VENV)/.tools ## renew the locks (needs uv)
	uv pip compile -q pyproject.toml --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	  --no-emit-find-links --no-header --no-annotate -o requirements.lock
	uv pip compile -q pyproject.toml --extra test --extra postgres --extra docs --universal --python-version 3.11 \
	  --generate-hashes --no-emit-index-url --no-emit-find-links --no-header --no-annotate -o requirements-dev.lock

clean: ## remove what the tasks made
	rm -rf $(VENV) $(OUT) site .pytest_cache .mypy_cache .ruff_cache .hypothesis
