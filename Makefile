# Everything that there is to do with this checkout. `make help` lists it.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
export UV_PYTHON_DOWNLOADS := never

.PHONY: help setup setup-tests demo serve pages test core lint fix check docs site bench lock clean

help: ## Show what there is to do
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/  make \1|\2/' | column -t -s '|' 2>/dev/null || grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST)

$(VENV)/.base: requirements/workspace.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or later is needed; name one with: make PYTHON=python3.12" if sys.version_info < (3, 11) else 0)'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check "uv>=0.9"
	$(BIN)/uv pip install --quiet --python $(BIN)/python --require-hashes -r requirements/workspace.lock
	$(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps -e .
	@touch $@

$(VENV)/.dev: $(VENV)/.base requirements/dev.lock
	$(BIN)/uv pip install --quiet --python $(BIN)/python --require-hashes -r requirements/dev.lock
	@touch $@

setup: $(VENV)/.dev ## Make .venv with everything for development

setup-tests: build $(VENV)/.dev
	@sh tests/browser/find-chromium.sh > build/chromium.path || (cat build/chromium.path; exit 1)

build:
	@mkdir -p build

demo: $(VENV)/.base ## Run the main job on Belarus, August 2020
	$(BIN)/standwith demo

serve: $(VENV)/.base ## Serve the workspace with the demo cases on http://localhost:8000/
	$(BIN)/standwith serve --demo

pages: site ## Serve briefs, explorer and docs on http://127.0.0.1:8000/
	@echo "http://127.0.0.1:8000/ (Ctrl-C stops)"
	$(BIN)/python -m http.server --bind 127.0.0.1 --directory build/site 8000

test: build setup-tests ## Run all tests, browser included
	CHROMIUM="$$(cat build/chromium.path)" $(BIN)/python -m pytest -n 2 --dist worksteal
	STANDWITH_TEST_DATABASE=postgresql $(BIN)/python -m pytest -n 2 --dist worksteal $(ON_POSTGRESQL)

ON_POSTGRESQL := $(addprefix tests/workspace/test_,$(addsuffix .py,bulk counts interference log rows walks))

core: $(VENV)/.dev ## Run the core's tests alone (under 20 s)
	$(BIN)/python -m pytest tests/kernel tests/assess tests/choose tests/cases

lint: $(VENV)/.dev ## Check format, lint, types, contracts, style, words, catalogue
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache
	$(BIN)/interrogate --quiet src
	$(BIN)/codespell
	$(BIN)/python tools/style_metrics.py . $(GATES)
	$(BIN)/standwith catalogue lint

GATES := --gate 'file_max<=400' --gate 'function_p95<=25' --gate 'function_max<=50' \
  --gate 'complexity_max<=10' --gate 'typed_public_pct>=100' --gate 'type_ignore_per_kloc<=0.5' \
  --gate 'doc_public_functions_pct>=100' --gate 'doc_public_classes_pct>=100' \
  --gate 'doc_modules_pct>=100' --gate 'broad_except_per_kloc<=0.2' --gate 'duplicate_pct<=1' \
  --gate 'cyclic_modules<=0' --gate 'cyclic_lazy<=0' --gate 'propagation_pct<=7' --gate 'test_code_per_code_pct>=101'

fix: $(VENV)/.dev ## Format, and mend what the linter can
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

check: lint core ## Everything that a commit must pass, but for the browser

docs: $(VENV)/.dev ## Build the documentation to build/site/docs
	$(BIN)/python docs/generate.py
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --quiet --strict --site-dir build/site/docs

site: docs ## Build the documentation, the explorer and the two briefs to build/site
	$(BIN)/standwith catalogue export --format html -o build/site/explorer.html
	$(BIN)/standwith brief belarus-2020 --format html -o build/site/belarus-2020.html
	$(BIN)/standwith brief myanmar-2023 --format html -o build/site/myanmar-2023.html
	cp docs/site.html build/site/index.html

bench: $(VENV)/.dev ## Measure, and print tables
	@for script in benchmarks/*.py; do echo "== $$script"; $(BIN)/python $$script || exit 1; done

lock: ## Resolve the locked versions again
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header pyproject.toml -o requirements/base.lock
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --extra workspace --extra postgresql pyproject.toml -o requirements/workspace.lock
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --extra workspace --extra postgresql --extra undercount --extra linkage --group dev pyproject.toml -o requirements/dev.lock

clean: ## Remove what was built
	rm -rf build $(VENV)
