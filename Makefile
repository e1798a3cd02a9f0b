# What can be done here; README.md explains each.
PORT ?= 8000
export PORT

.PHONY: help setup run test bench lint format lock

help: ## show this list
	@sed -n 's/^\([a-z]*\):.*## /\1\t/p' Makefile

setup: ## .venv, node_modules, Pango, .env
	@scripts/setup

run: ## serve the demonstration on 127.0.0.1, PORT=8000
	@scripts/run

test: ## run the tests; TESTS="tests/accounts -k login" chooses
	@scripts/test $(TESTS)

bench: setup ## measure what README.md states
	@.venv/bin/python -m benchmarks

lint: setup ## every check of code, templates, types and settings
	@scripts/lint

format: setup ## lay out Python and templates as `make lint` wants them
	@.venv/bin/python -m ruff check --quiet --fix-only .
	@.venv/bin/python -m ruff format .
	@.venv/bin/python -m djlint --quiet --reformat templates || true # it exits 1 when it changed something

lock: ## write the lock files anew, with the newest versions that requirements.in and package.json allow
	@scripts/lock
