# `make run` and `make test` set up by themselves; everything lands in .venv and data/, which git ignores.
PYTHON ?= python3
BIN := .venv/bin
UV_VERSION := 0.13.9
export PYTHONPATH := $(CURDIR)/include

.PHONY: help setup run up test lint eval soak bench cluster-test lock clean
.DEFAULT_GOAL := help

help: ## list the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

setup: .venv/.run ## create .venv from the lock and build the gazetteer

.venv/.uv:
	$(PYTHON) -c 'import sys; assert (3, 11) <= sys.version_info < (3, 14), "Python 3.11 to 3.13 is needed: make PYTHON=python3.11"'
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --disable-pip-version-check uv==$(UV_VERSION)
	@touch $@

.venv/.run: requirements.txt | .venv/.uv
	@echo "Setting up .venv (once, and again when requirements.txt changes) ..."
	$(BIN)/uv pip install --quiet --python $(BIN)/python --require-hashes -r requirements.txt
	$(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation -e .
	$(BIN)/python -m casualties.events.gazetteer.build
	@touch $@

.venv/.dev: requirements-dev.txt .venv/.run
	$(BIN)/uv pip install --quiet --python $(BIN)/python --require-hashes -r requirements-dev.txt
	@touch $@

run: .venv/.run ## the main job on the sample newsroom: feeds in, incidents out
	$(BIN)/python -m casualties.orchestration.demo

up: .venv/.run ## the service: Airflow UI and schedule on http://127.0.0.1:8080 (FEEDS=other.opml)
	$(BIN)/python -m casualties.orchestration.up $(if $(FEEDS),--feeds "$(FEEDS)")

test: .venv/.dev ## all tests
	$(BIN)/pytest tests

lint: .venv/.dev ## ruff and mypy
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

eval: .venv/.dev ## scorers over the samples, and over ../shared where present
	$(BIN)/python -m casualties.events.evaluate
	$(BIN)/python -m casualties.articles.evaluate

soak: .venv/.dev ## kills, faults and races; long
	$(BIN)/pytest tests -m soak --timeout 3600

bench: .venv/.dev ## speed, as ratios to a baseline in the same run
	$(BIN)/pytest tests -m bench -s --timeout 3600

cluster-test: .venv/.dev ## two workers over Postgres and Redis, one killed in mid-run (installs Debian's packages)
	command -v redis-server && ls /usr/lib/postgresql/*/bin/postgres || \
		{ apt-get update -qq && apt-get install -y -qq --no-install-recommends postgresql redis-server >/dev/null; }
	$(BIN)/pytest tests -m cluster -s --timeout 1800

lock: .venv/.uv ## compile both locks from pyproject.toml
	$(BIN)/uv pip compile --quiet --python-version 3.11 --generate-hashes --custom-compile-command "make lock" \
		pyproject.toml --output-file requirements.txt
	$(BIN)/uv pip compile --quiet --python-version 3.11 --generate-hashes --custom-compile-command "make lock" \
		--extra dev --constraint requirements.txt pyproject.toml --output-file requirements-dev.txt

clean: ## forget the demo's data, so that the next `make run` starts over
	rm -rf data/demo
