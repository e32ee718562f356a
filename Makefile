# Everything a newcomer needs is two commands: `make demo` and `make test`. Each says what it does while it does it.
VENV := .venv
BIN := $(VENV)/bin
PYTHON ?= $(shell command -v python3.11 || command -v python3.12 || command -v python3.13 || command -v python3)
UV := $(shell command -v uv)
SHELL := /bin/sh
KILLS ?= 1000
NIGHTS ?= 1000
TEAMS ?= 500
SECONDS ?= 600
export PIP_DISABLE_PIP_VERSION_CHECK = 1

.PHONY: demo test lint coverage mutants accuracy bench fuzz reliability browser docs wheel clean

# Read from the tests' own folder where they need it; never part of the package.
node_modules: package.json
	@command -v npm > /dev/null && npm install --silent --no-package-lock --no-fund --no-audit || echo "No npm here: axe and html-validate do not look at the pages."
	@mkdir -p $@ && touch $@

ifdef UV
install = $(UV) pip install --quiet --python $(BIN)/python --constraint constraints.txt
make_venv = $(UV) venv --quiet --python $(PYTHON) $(VENV)
else
install = $(BIN)/python -m pip install --quiet --constraint constraints.txt
make_venv = $(PYTHON) -m venv $(VENV) && $(BIN)/python -m pip install --quiet --upgrade --constraint constraints.txt pip
endif

$(VENV)/installed: pyproject.toml constraints.txt
	@echo "Making a virtual environment in $(VENV) and installing backlint into it (about a minute) ..."
	@test -x $(BIN)/python || $(make_venv)
	@$(install) --editable .
	@touch $@

$(VENV)/installed-dev: $(VENV)/installed
	@echo "Installing what the tests need ..."
	@$(install) --group dev --editable ".[serve,postgres,mail]"
	@touch $@

demo: $(VENV)/installed
	@$(BIN)/backlint demo

test: $(VENV)/installed-dev node_modules
	@echo "Running all tests ..."
	@$(BIN)/python -m pytest -n 2

lint: $(VENV)/installed-dev
	@echo "Checking style, types and layers ..."
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/pyright
	@$(BIN)/lint-imports
	@$(BIN)/python -m backlint.docs --check

coverage: $(VENV)/installed-dev node_modules
	@echo "Running all tests, and counting the branches they take ..."
	@rm -rf dist/coverage && mkdir -p dist/coverage
	@$(BIN)/coverage run -m pytest -n 2 -q
	@$(BIN)/coverage combine --quiet
	@$(BIN)/coverage report

mutants: $(VENV)/installed-dev
	@echo "Breaking the rules and the sync on purpose, to see whether a test notices (half an hour) ..."
	@$(install) --group mutants
	@nice $(BIN)/python -m tests.mutating

accuracy: $(VENV)/installed-dev
	@echo "Measuring how often the rules are right (half a minute) ..."
	@$(BIN)/python -m benchmarks.accuracy

# A part at a time: make bench PART=sync. PEERS is a Python that has perceval, which is no dependency of this project.
PART ?= startup order store reports night lint duplicates growth memory sync
PEERS ?=
MEASURES_sync = benchmarks.peers $(if $(PEERS),--peers $(PEERS))
MEASURES_memory = benchmarks.peers --sizes
bench: $(VENV)/installed-dev
	@echo "Measuring $(PART), for docs/performance.md ..."
	@$(foreach part,$(PART),$(BIN)/python -m $(or $(MEASURES_$(part)),benchmarks.$(part)) --record &&) true

reliability: $(VENV)/installed-dev
	@echo "Trying the long forms of docs/reliability.md, for hours; SHORT=1 takes minutes and writes nothing down ..."
	@$(BIN)/python -m tests.reliability $(if $(SHORT),,--full) --kills $(KILLS) --nights $(NIGHTS)
	@echo "Letting four workers do the jobs of $(TEAMS) teams, and killing them at random ..."
	@$(BIN)/python -m tests.worker.fleet --teams $(TEAMS) --kills $$(( $(TEAMS) / 5 ))

fuzz: $(VENV)/installed-dev
	@echo "Fuzzing all that reads what others wrote, $(SECONDS) seconds each ..."
	@$(install) --group fuzz
	@$(BIN)/python -m tests.fuzzing $(SECONDS)

# Chromium is Debian's: apt-get install chromium.
browser: $(VENV)/installed-dev
	@echo "Taking the pictures of the README ..."
	@mkdir -p dist
	@$(BIN)/backlint demo --page dist/demo.html > /dev/null
	@$(BIN)/python -m tests.screenshots dist/demo.html dist/pictures
	@mkdir -p docs/pictures && cp dist/pictures/report-light.png dist/pictures/report-dark.png docs/pictures

docs: $(VENV)/installed-dev
	@$(BIN)/python -m backlint.docs

# The wheel holds real files where the checkout holds links, so it is tried where there is no checkout.
wheel: $(VENV)/installed-dev
	@echo "Building the wheel and running it outside the checkout ..."
	@rm -rf dist
	@$(BIN)/python -m build --wheel --no-isolation --outdir dist > /dev/null
	@BENCH=$$(mktemp -d) && WHEEL=$$(ls $(CURDIR)/dist/*.whl) \
		&& $(PYTHON) -m venv "$$BENCH/venv" \
		&& "$$BENCH/venv/bin/python" -m pip install --quiet --constraint constraints.txt "$$WHEEL" \
		&& cd "$$BENCH" && venv/bin/backlint --version && venv/bin/backlint rules && venv/bin/backlint demo \
		&& printf 'Pay later\n\nAs a guest I want to pay later.\n' | venv/bin/backlint check - --exit-zero \
		&& rm -rf "$$BENCH"

clean:
	rm -rf $(VENV) dist build
