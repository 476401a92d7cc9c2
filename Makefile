# Three commands matter: `make run`, `make check` and `make test`. They start from nothing but Python 3.11 or newer.
PYTHON ?= python3
PORT ?= 8501
VENV := .venv
BIN := $(VENV)/bin
LOCKED := --quiet --generate-hashes --allow-unsafe --strip-extras --no-annotate \
  --no-emit-index-url --no-emit-find-links --no-emit-trusted-host
# tests/conftest.py says which tests stay together, and in which order.
WORKERS := -n 3 --dist loadgroup --no-loadscope-reorder
# More workers than cores: a browser test waits for its server. Each computes in one thread, else they wait for each other.
export OPENBLAS_NUM_THREADS ?= 1
# Tests write some hundred small databases; half of their time is waiting for a disk.
export PYTEST_DEBUG_TEMPROOT ?= $(shell test -w /dev/shm && awk '/MemAvailable/ && $$2 > 12e6 {print "/dev/shm"}' /proc/meminfo)
export SERVICE_QUALITY_HOME ?= $(CURDIR)/var

.PHONY: run test check lint types unit browser soak bench samples docs lock clean

run: $(VENV)/.run  ## environment, sample data into an empty database, dashboard in the browser
	@$(BIN)/python -m data load data/samples/* --only-if-empty
	@echo "Dashboard: http://127.0.0.1:$(PORT)"
	@$(BIN)/python -m streamlit run app.py --server.port $(PORT) --server.address 127.0.0.1

test: $(VENV)/.dev chromium lint types  ## everything, with the real browser
	$(BIN)/python -m pytest $(WORKERS)

lint: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports --no-logo

types: $(VENV)/.dev
	$(BIN)/mypy app.py data metrics charts pages locales reports

check: $(VENV)/.dev lint types  ## before a commit: lint, types and the tests of what changed since BASE (main)
	$(BIN)/python -m tests.changed $(BASE)

unit: $(VENV)/.dev  ## the tests without the browser
	$(BIN)/python -m pytest $(WORKERS) -m "not browser and not soak"

browser: $(VENV)/.dev chromium  ## only the tests in the real browser, with pictures of what they see in artefacts/
	PICTURES=1 $(BIN)/python -m pytest -m browser

soak: $(VENV)/.dev  ## ten minutes: 200 killed loads, 2,000 mutated files, full and read-only disks
	$(BIN)/python -m pytest $(WORKERS) -m soak
	SIMULATED_SERIES=10000 EXAMPLES=500 $(BIN)/python -m pytest -s tests/metrics/statistics

bench: $(VENV)/.dev chromium  ## performance, each as a ratio against a named baseline of the same run
	$(BIN)/python -m tests.benchmarks

samples: $(VENV)/.dev  ## write data/samples again (deterministic)
	$(BIN)/python -m data samples data/samples

docs: $(VENV)/.dev  ## write docs/commands.md and docs/findings.md from the program
	$(BIN)/python -m tests.test_docs

# Renews requirements*.txt from requirements*.in; with UPGRADE="--upgrade" also what the .in files do not name.
lock: export CUSTOM_COMPILE_COMMAND = make lock
lock: $(VENV)/.dev  ## write requirements.txt and requirements-dev.txt: every package pinned and hashed
	$(BIN)/pip-compile $(LOCKED) $(UPGRADE) --output-file requirements.txt requirements.in
	$(BIN)/pip-compile $(LOCKED) $(UPGRADE) --output-file requirements-dev.txt requirements-dev.in

clean:
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .hypothesis artefacts

$(BIN)/python:
	@echo "[1/3] creating the virtual environment"
	$(PYTHON) -m venv $(VENV)

$(VENV)/.run: requirements.txt | $(BIN)/python
	@echo "[2/3] installing pinned requirements"
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	@echo "[3/3] ready"
	@touch $@

$(VENV)/.dev: requirements.txt requirements-dev.txt | $(BIN)/python
	@echo "installing pinned requirements and test tools"
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@touch $@ $(VENV)/.run

# Debian's Chromium and a Chinese font: installed where that is allowed, else a hint, and the browser tests skip visibly.
.PHONY: chromium
chromium:
	@if command -v chromium >/dev/null && fc-list :lang=zh 2>/dev/null | grep -q .; then :; \
	elif [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	  echo "installing chromium and fonts-noto-cjk"; \
	  apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium fonts-noto-cjk fontconfig >/dev/null; \
	else echo "HINT: no chromium with a Chinese font found; the browser tests will be skipped. Debian: sudo apt-get install chromium fonts-noto-cjk fontconfig"; fi
