# run: set up and open the window, or continue a sentence where there is no screen.   make run FILE=draft.md
# test, test-long: set up and run the tests.        make test ARGS="tests/text -x"
# lint, format: what the pre-commit hook asks for.
# bench: this machine's figures, as one JSON object.
#
# Everything is kept in .venv/. PyTorch's build for processors is taken where there is no NVIDIA card; from elsewhere:
#   make run TORCH_INDEX=https://download.pytorch.org/whl/cu130

PYTHON := .venv/bin/python
OPENING := I was standing upon the threshold when I heard, from the cellar, a sound
FILE ?=
ARGS ?= tests
export TORCH_INDEX

# The tests' user data lie in a folder that goes when they are done.
define in_a_clean_home
home=$$(mktemp -d) && trap 'rm -rf "$$home"' EXIT && PANDEMONIUM_HOME="$$home" QT_QPA_PLATFORM=offscreen
endef

.PHONY: help run test test-long lint format bench setup-run setup-development setup-long

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
	@$(in_a_clean_home) $(PYTHON) -m pytest -m "not long" $(ARGS)

# pytest says 5 where no test is marked long: nothing has failed.
test-long: setup-long
	@$(in_a_clean_home) $(PYTHON) -m pytest -m long $(ARGS) || [ $$? -eq 5 ]

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
