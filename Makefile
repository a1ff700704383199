# SPDX-License-Identifier: Apache-2.0
# Everything that a user or a developer does, on a machine with Python 3.11 or newer, make and a C compiler.
PYTHON ?= python3
BIN := .venv/bin
INSTALLED := .venv/.installed
INSTALLED_DEV := .venv/.installed-dev
# What tests need and pip has not: a browser to compare drawings with, and fonts for Japanese and Hebrew.
DEBIAN := chromium fonts-noto-core fonts-noto-cjk
KERNELS := $(wildcard src/affiche/*/*.c)
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt

.PHONY: help demo serve test neural lint format readme bench rivals goldens pictures clean

help:                       ## say what there is to make
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/make \1	\2/p' Makefile | expand -t 16

demo: $(INSTALLED)          ## draw the sample campaign through a real server, into out/
	@$(BIN)/affiche demo --out out

serve: $(INSTALLED)         ## run the server for real use, with its data in ~/.affiche or AFFICHE_HOME
	@exec $(BIN)/affiche serve

test: lint                  ## check everything that must hold before a change is shared
	$(BIN)/python -m pytest --numprocesses auto --dist loadfile $(ARGS)

neural: $(INSTALLED_DEV)    ## install the extra "neural" (several GB) and run the tests that need it
	@$(INSTALL) --editable '.[neural]'
	$(BIN)/python -m pytest tests/unit/engines tests/unit/jobs/test_scene_painter.py $(ARGS)

lint: $(INSTALLED_DEV)      ## the part of it that runs no test: ruff, mypy, import-linter
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports

format: $(INSTALLED_DEV)    ## let ruff put the source in order
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

readme: $(INSTALLED)        ## make the tables of README.md anew from the code
	@$(BIN)/python -m affiche.cli.reference README.md

bench: $(INSTALLED_DEV)     ## measure speed and memory; prints a table and writes bench/latest.json
	@$(BIN)/python -m bench

rivals:                     ## install what the benchmark compares Affiche with: needs Node, and Chromium to draw
	@command -v npm >/dev/null || \
	  { echo "Missing: npm. Install Node 20 or newer (Debian, Ubuntu: apt install nodejs npm)." >&2; exit 1; }
	@cd bench/rivals && npm install --no-package-lock --no-audit --no-fund

goldens: $(INSTALLED_DEV)   ## draw the golden pictures of the tests anew
	$(BIN)/python -m tests.pictures.goldens
	$(BIN)/python -m tests.pictures.gallery
	$(BIN)/python -m tests.pictures.crafts
	$(BIN)/python -m tests.pictures.studio_goldens

pictures: $(INSTALLED)      ## draw the pictures of README.md and docs/ anew
	@$(BIN)/python -m bench.pictures

clean:                      ## remove what was made here, .venv too
	rm -rf .venv out dist .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis

$(INSTALLED): pyproject.toml constraints.txt build_kernel.py $(KERNELS)
	@command -v $(PYTHON) >/dev/null || \
	  { echo "Missing: $(PYTHON). Install Python 3.11 or newer (Debian, Ubuntu: apt install python3 python3-venv)." >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Too old: $$($(PYTHON) --version). Install Python 3.11 or newer, or name one: make PYTHON=/path/to/python3.11" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || \
	  { echo "Missing: Python's venv module. Install it (Debian, Ubuntu: apt install python3-venv)." >&2; exit 1; }
	@$(PYTHON) -m venv .venv
	@echo "Installing Affiche and what it needs into .venv ..."
	@$(INSTALL) --editable .
	@$(BIN)/python -m affiche.cli.native
	@echo "Compiling the matting of cut-outs, once; this takes about a minute ..."
	@$(BIN)/python -m affiche.vision.cutout.matting
	@touch $@

$(INSTALLED_DEV): $(INSTALLED)
	@echo "Installing the developer tools into .venv ..."
	@$(INSTALL) --editable '.[dev]'
	@dpkg -s $(DEBIAN) >/dev/null 2>&1 || { [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null && \
	  echo "Installing $(DEBIAN) for the tests ..." && apt-get update -qq && \
	  DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends $(DEBIAN) >/dev/null; } || \
	  echo "Tests that find no Chromium or no Noto font are skipped (Debian: apt install $(DEBIAN))."
	@touch $@
