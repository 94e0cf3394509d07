.PHONY: run test format lint bench help
.DEFAULT_GOAL := help

run: ## set up, build and start the demo at http://127.0.0.1:8080
	@scripts/run

test: ## set up, build and run every check and test, on SQLite and PostgreSQL
	@scripts/test

format: ## rewrite the Swift files in the common form
	@scripts/format

lint: ## check the form of the Swift files, and what each module imports
	@scripts/lint
	@scripts/imports

bench: ## measure a release build
	@scripts/bench

help: ## show this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-8s %s\n", $$1, $$2 }' Makefile
