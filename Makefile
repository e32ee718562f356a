# Everything a newcomer needs is two commands: `make demo` and `make test`. Each says what it does while it does it.
VENV := .venv
BIN := $(VENV)/bin
PYTHON ?= $(shell command -v python3.11 || command -v python3.12 || command -v python3.13 || command -v python3)
UV := $(shell command -v uv)
SHELL := /bin/sh
export PIP_DISABLE_PIP_VERSION_CHECK = 1

.PHONY: demo test lint accuracy bench reliability browser docs wheel clean

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
	@$(install) --group dev
	@touch $@

demo: $(VENV)/installed
	@$(BIN)/backlint demo

test: $(VENV)/installed-dev
	@echo "Running all tests ..."
	@$(BIN)/python -m pytest -n 2

lint: $(VENV)/installed-dev
	@echo "Checking style, types and layers ..."
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/pyright
	@$(BIN)/lint-imports

accuracy: $(VENV)/installed-dev
	@echo "Measuring how often the rules are right (half a minute) ..."
	@$(BIN)/python -m benchmarks.accuracy

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
		&& rm -rf "$$BENCH"

clean:
	rm -rf $(VENV) dist build
