# run: set up and open the window, or continue a sentence where there is no screen.   make run FILE=draft.md
# test, test-long: set up and run the tests.        make test ARGS="tests/text -x"
# test-fast: what needs no window, no training and no page in a browser, and every import: for after each change.
# coverage: the tests once more, and how much of each module they reach.     make coverage ARGS=tests/text
# lint, format: what the pre-commit hook asks for.
# bench: this machine's figures, as one JSON object.
#
# Everything is kept in .venv/. PyTorch's build for processors is taken where there is no NVIDIA card; from elsewhere:
#   make run TORCH_INDEX=https://download.pytorch.org/whl/cu130

PYTHON := .venv/bin/python
OPENING := I was standing upon the threshold when I heard, from the cellar, a sound
FILE ?=
ARGS ?= tests
FAST := tests/text tests/voice tests/settings $(filter-out %/test_worst_cases.py,$(wildcard tests/documents/test_*.py)) tests/test_a*.py tests/test_paths.py tests/test_regular_files.py
# A process for each core, up to four, a file of tests at a time; WORKERS=0 keeps them in one, for --pdb and for what prints.
WORKERS ?= $(shell n=$$(nproc 2>/dev/null || echo 2); [ "$$n" -gt 4 ] && echo 4 || echo "$$n")
PARALLEL = -n $(WORKERS) --dist loadfile
export TORCH_INDEX
# Where a machine forbids Python to keep what it has compiled, each of the many programs that the tests start would
# compile all of this one anew.
export PYTHONDONTWRITEBYTECODE :=

# The tests' user data lie in a folder that goes when they are done.
define in_a_clean_home
home=$$(mktemp -d) && trap 'rm -rf "$$home"' EXIT && PANDEMONIUM_HOME="$$home" QT_QPA_PLATFORM=offscreen
endef

.PHONY: help run test test-fast test-long coverage lint format bench setup-run setup-development setup-long

help:
	@sed -n 's/^# \{0,1\}//p;/^$$/q' Makefile

run: setup-run
	@if [ -n "$${DISPLAY:-}$${WAYLAND_DISPLAY:-}" ] || [ "$$(uname -s)" = Darwin ]; then \
	    exec $(PYTHON) -m pandemonium $(FILE); \
	else \
	    printf '%s' "$(OPENING)"; \
	    printf '%s' "$(OPENING)" | $(PYTHON) -m pandemonium continue; \
	fi

test: setup-development
	@$(in_a_clean_home) $(PYTHON) -m pytest -m "not long" $(PARALLEL) $(ARGS)

test-fast: setup-development
	@$(in_a_clean_home) $(PYTHON) -m pytest -m "not long" --hypothesis-profile=few $(PARALLEL) $(FAST)

coverage: setup-development
	@$(in_a_clean_home) $(PYTHON) -m pytest -m "not long" --cov=pandemonium --cov-report=term:skip-covered $(PARALLEL) $(ARGS)

# pytest says 5 where no test is marked long: nothing has failed.
test-long: setup-long
	@$(in_a_clean_home) $(PYTHON) -m pytest -m long $(PARALLEL) $(ARGS) || [ $$? -eq 5 ]

lint: setup-development
	$(PYTHON) -m ruff check .
	$(PYTHON) -m ruff format --check .
	$(PYTHON) -m mypy

format: setup-development
	$(PYTHON) -m ruff check --fix .
	$(PYTHON) -m ruff format .

bench: setup-run
	@$(PYTHON) -m pandemonium benchmark --json

setup-run:
	@sh installer/prepare.sh run >&2

setup-development:
	@sh installer/prepare.sh development >&2

setup-long: setup-development
	@sh installer/prepare.sh long >&2
