# Everything a newcomer needs: `make report`, `make test`, `make lab`. Each creates .venv first, from the locked versions.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
export PIP_DISABLE_PIP_VERSION_CHECK = 1

.DEFAULT_GOAL := help
.PHONY: help report test s3 check lint types contracts lab lock pictures chromium clean

help:  ## show these targets
	@grep -hE '^[a-z0-9]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

$(VENV)/.installed: requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "corpus-tools needs Python 3.11 or newer; $(PYTHON) is older. Name another: make PYTHON=python3.12 $(MAKECMDGOALS)"; exit 1; }
	@echo "Creating $(VENV) and installing the locked packages (a few minutes the first time) ..."
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --no-deps --require-hashes --only-binary :all: -r requirements.lock
	@$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.installed-dev: $(VENV)/.installed requirements-dev.lock
	@echo "Installing what the tests need ..."
	@$(BIN)/python -m pip install --quiet --no-deps --require-hashes --only-binary :all: -r requirements-dev.lock
	@touch $@

report: $(VENV)/.installed  ## run the notebooks and write reports/html/index.html
	@$(BIN)/corpus-tools report

test: $(VENV)/.installed-dev  ## run all tests, with coverage
	@$(BIN)/python -m pytest -n 2 --dist loadfile --cov --cov-report=term

build/s3/.installed: $(VENV)/.installed-dev requirements-s3.lock
	@$(BIN)/python -m pip install --quiet --no-deps --require-hashes --only-binary :all: --upgrade --target build/s3 -r requirements-s3.lock
	@touch $@

s3: build/s3/.installed  ## test corpora on a server that speaks S3, whose libraries stay out of .venv
	@PYTHONPATH=build/s3 $(BIN)/python -m pytest -q tests/compute/test_compute_s3.py

check: lint types contracts  ## run the linters, the type checker and the import contracts

lint: $(VENV)/.installed-dev
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .

types: $(VENV)/.installed-dev
	@$(BIN)/mypy

contracts: $(VENV)/.installed-dev
	@$(BIN)/lint-imports

lab: $(VENV)/.installed  ## open the notebooks in JupyterLab
	@$(BIN)/jupyter lab --notebook-dir=. notebooks/overview.ipynb $(if $(filter 0,$(shell id -u)),--allow-root)

lock: $(VENV)/.installed-dev  ## resolve the dependencies anew and write both lock files
	@$(BIN)/uv pip compile pyproject.toml --extra lab --group build --universal --python-version 3.11 \
	  --generate-hashes --no-emit-index-url --no-emit-find-links --no-header --no-annotate --quiet --upgrade -o requirements.lock
	@$(BIN)/uv pip compile pyproject.toml --extra lab --group build --group dev --constraints requirements.lock --universal \
	  --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-header --no-annotate --quiet --upgrade -o requirements-dev.lock
	@$(BIN)/uv pip compile --group s3 --universal --python-version 3.11 \
	  --generate-hashes --no-emit-index-url --no-emit-find-links --no-header --no-annotate --quiet --upgrade -o requirements-s3.lock

pictures: $(VENV)/.installed-dev  ## make the README's pictures from the sample's reports
	@$(BIN)/corpus-tools report && $(BIN)/python docs/pictures.py

chromium:  ## install Debian's Chromium for the browser tests, where apt is there
	@command -v chromium >/dev/null || { command -v apt-get >/dev/null && apt-get update -qq && apt-get install -y -qq chromium >/dev/null; } \
	  || echo "No Chromium could be installed: the browser tests will be skipped."

clean:  ## remove what was generated
	rm -rf $(VENV) build reports/html .pytest_cache .mypy_cache .ruff_cache .coverage .hypothesis
