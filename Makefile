# Everything that a user or a developer does, on a machine with Python 3.11 or newer, make and a C compiler.
PYTHON ?= python3
BIN := .venv/bin
STAMP := .venv/.installed

.PHONY: demo serve test lint bench goldens clean

demo: $(STAMP)          ## make real creatives from the sample brief and show where they are
	$(BIN)/affiche demo --out out

serve: $(STAMP)         ## run the server for real use, with its data in ~/.affiche or AFFICHE_HOME
	$(BIN)/affiche serve

test: $(STAMP) lint     ## everything that must hold before a change is shared
	$(BIN)/python -m pytest

lint: $(STAMP)
	$(BIN)/ruff check src tests bench
	$(BIN)/ruff format --check src tests bench
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: $(STAMP)         ## measure speed and memory; prints a table and writes bench/latest.json
	$(BIN)/python -m bench

goldens: $(STAMP)       ## draw the golden pictures anew
	$(BIN)/python -m tests.pictures.goldens

$(STAMP): pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || \
	  { echo "Affiche needs Python 3.11 or newer as '$(PYTHON)'; install it or run make PYTHON=/path/to/python3.11."; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || \
	  { echo "Python's venv module is missing; install the package python3-venv."; exit 1; }
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[dev]'
	@touch $@

clean:
	rm -rf .venv out .mypy_cache .ruff_cache .pytest_cache .import_linter_cache
