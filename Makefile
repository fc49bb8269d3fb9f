# Everything a newcomer needs: `make drill` studies, `make test` tests, `make lint` checks.
# Each target installs what it needs into .venv the first time and starts at once afterwards.

VENV := .venv
BIN := $(VENV)/bin
export PIP_DISABLE_PIP_VERSION_CHECK := 1
# A checkout keeps its progress to itself; set INTERVIEWPREP_HOME to keep it elsewhere.
export INTERVIEWPREP_HOME ?= $(CURDIR)/data/progress

.PHONY: drill home test lint format bench clean

drill: $(VENV)/.installed
	@$(BIN)/interviewprep drill

home: $(VENV)/.installed
	@$(BIN)/interviewprep

test: $(VENV)/.installed-test
	@env -u INTERVIEWPREP_HOME $(BIN)/python -m pytest --numprocesses auto

lint: $(VENV)/.installed-test
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(BIN)/interviewprep decks lint --strict decks

format: $(VENV)/.installed-test
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

bench: $(VENV)/.installed-bench
	@$(BIN)/python -m benchmarks

$(VENV)/bin/python:
	@sh scripts/make-venv.sh $(VENV)

$(VENV)/.installed: $(VENV)/bin/python pyproject.toml
	@echo "Installing interviewprep into $(VENV) (once) ..."
	@$(BIN)/python -m pip install --quiet --editable .
	@$(BIN)/python -m compileall -q interviewprep $(VENV)/lib > /dev/null || true
	@touch $@

$(VENV)/.installed-test: $(VENV)/.installed
	@echo "Installing the test tools into $(VENV) (once) ..."
	@$(BIN)/python -m pip install --quiet --editable '.[test,lint]'
	@touch $@

$(VENV)/.installed-bench: $(VENV)/.installed-test
	@$(BIN)/python -m pip install --quiet --editable '.[bench]'
	@touch $@

clean:
	rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
