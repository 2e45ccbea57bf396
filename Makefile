# make run    the service with its own database, on http://127.0.0.1:8000 (HOST, PORT, DATABASE_URL: see README)
# make test   format check, lint, types and every test
# make evaluate   the extraction measured against its bars (CORPORA=…, DOCUMENTS=…: see docs/quality.md)
#
# Everything goes into .venv; nothing but Python 3.11 or later is needed. Paths below are relative on purpose:
# make cannot handle targets whose absolute path has a space.

BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --no-input -qq
PINNED := --require-hashes --only-binary :all:
LOCK := uv pip compile -q --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-annotate --no-header

.PHONY: run test evaluate format image lock clean
.DELETE_ON_ERROR:

run: .venv/installed
	@$(BIN)/fact-lookup serve --migrate --seed

test: .venv/installed-dev
	$(BIN)/python -m ruff format --check .
	$(BIN)/python -m ruff check .
	$(BIN)/python -m mypy --strict service
	$(BIN)/python -m pytest

CORPORA ?= ../shared/corpora
DOCUMENTS ?= ../shared/documents

evaluate: .venv/installed
	@$(BIN)/python -m evaluation --corpora "$(CORPORA)" --documents "$(DOCUMENTS)"

format: .venv/installed-dev
	$(BIN)/python -m ruff format .
	$(BIN)/python -m ruff check --fix .

image:
	docker build -t fact-lookup .

# Resolves what pyproject.toml asks for; needs uv. Known versions stay, unless UPGRADE=1.
lock:
	$(LOCK) $(if $(UPGRADE),--upgrade) pyproject.toml --extra embedded --extra dev -o requirements/dev.txt
	$(LOCK) -c requirements/dev.txt pyproject.toml -o requirements/runtime.txt
	$(LOCK) -c requirements/dev.txt pyproject.toml --extra embedded -o requirements/embedded.txt
	printf 'hatchling\neditables\n' | $(LOCK) -c requirements/dev.txt - -o requirements/build.txt

clean:
	rm -rf .venv .mypy_cache .pytest_cache .ruff_cache .hypothesis build dist

# The stamps say which lock files were installed; an interrupted installation leaves none and is done again.
.venv/installed: requirements/embedded.txt requirements/build.txt pyproject.toml | .venv/bin/python
	@echo "Installing the pinned dependencies …"
	@$(PIP) install $(PINNED) -r requirements/embedded.txt -r requirements/build.txt
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

.venv/installed-dev: requirements/dev.txt .venv/installed
	@echo "Installing the pinned tools …"
	@$(PIP) install $(PINNED) -r requirements/dev.txt
	@touch $@

.venv/bin/python:
	@for python in python3 python3.14 python3.13 python3.12 python3.11; do \
		if "$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then \
			echo "Creating .venv with $$("$$python" --version) …"; \
			"$$python" -m venv .venv && "$$python" --version >/dev/null && exit 0; \
			rm -rf .venv; \
			echo "This Python cannot make virtual environments; on Debian or Ubuntu: apt install python3-venv" >&2; \
			exit 1; \
		fi; \
	done; \
	echo "Python 3.11 or later is needed; found: $$(python3 --version 2>&1)" >&2; \
	exit 1
