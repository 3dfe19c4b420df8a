# The commands of this repository; `make help` lists them. What they install stays in .venv and node_modules, and is
# installed again only when a lock changed.

# The theme engine that renders the pages: mkdocs, zensical, or a command that fills {shells}. Changing engine is
# changing this line.
ENGINE ?= mkdocs

VENV := .venv
BIN := $(VENV)/bin
STAMPS := $(VENV)/.stamps
# Zensical is not among the libraries that every site needs.
ENGINE_STAMP := $(STAMPS)/$(if $(findstring zensical,$(ENGINE)),dev,base)
THEME := src/annuaire/theme
BUNDLES := $(THEME)/assets/bundles/.stamp
NODE_MODULES := node_modules/.package-lock.json
MUTANTS := tools/mutants/node_modules/.package-lock.json
LIGHTHOUSE := bench/lighthouse/node_modules/.package-lock.json
# Folders count too, so that a file taken away is seen.
THEME_SOURCES := $(wildcard $(shell find $(THEME)/js $(THEME)/css 2>/dev/null) src/annuaire/data/*.json)
PYTHON_SOURCES := $(wildcard src tools tests bench)

# Tests and measures start the program hundreds of times: it is compiled once, even where Python is told to keep nothing.
COMPILED := PYTHONDONTWRITEBYTECODE=

# Node and MkDocs of the environment come first, whatever the machine has.
export PATH := $(CURDIR)/$(BIN):$(PATH)

.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help site serve test quick lint format bench mutants bundles wheel lock clean

help: ## montrer cette liste
	@echo "Utilisation : make CIBLE"
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  %-9s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

site: $(ENGINE_STAMP) $(BUNDLES) ## construire le site dans site/
	@$(BIN)/annuaire build --engine "$(ENGINE)"

serve: $(ENGINE_STAMP) $(BUNDLES) ## montrer le site sur cette machine et le refaire à chaque changement
	@$(BIN)/annuaire serve --engine "$(ENGINE)"

test: $(STAMPS)/dev $(BUNDLES) lint ## vérifier le code et lancer tous les essais
	@browser="$$(bash tools/browser.sh)" && $(COMPILED) ANNUAIRE_CHROMIUM="$$browser" $(BIN)/python -m pytest --numprocesses auto $(ARGS)

quick: $(STAMPS)/dev $(BUNDLES) lint ## vérifier en une minute ce qu’un changement casse le plus souvent
	@$(COMPILED) HYPOTHESIS_PROFILE=quick $(BIN)/python -m pytest --numprocesses auto -m "not slow and not browser" $(ARGS)

lint: $(STAMPS)/dev ## vérifier la forme et les types du code
	@$(BIN)/ruff check --quiet $(PYTHON_SOURCES)
	@$(BIN)/ruff format --check --quiet $(PYTHON_SOURCES)
	@$(BIN)/mypy --no-error-summary $(wildcard src tools)

format: $(STAMPS)/dev ## mettre le code en forme
	@$(BIN)/ruff check --fix --quiet $(PYTHON_SOURCES)
	@$(BIN)/ruff format --quiet $(PYTHON_SOURCES)

bench: $(STAMPS)/dev $(STAMPS)/bench $(BUNDLES) $(LIGHTHOUSE) ## mesurer les temps, à côté de Hugo, et les réponses du catalogue
	@browser="$$(bash tools/browser.sh)" && $(COMPILED) ANNUAIRE_CHROMIUM="$$browser" $(BIN)/python bench $(ARGS)

mutants: $(STAMPS)/dev $(STAMPS)/mutants $(MUTANTS) ## changer une à une les règles promises et voir un essai échouer (ARGS="facets rules")
	@$(BIN)/python -m tools.mutants $(ARGS)

bundles: $(STAMPS)/base $(BUNDLES) ## assembler les scripts et les styles du thème

wheel: $(STAMPS)/base $(BUNDLES) ## faire dans dist/ le paquet à installer ailleurs
	@$(BIN)/python -m pip wheel --quiet --no-deps --no-build-isolation --wheel-dir dist .

lock: $(STAMPS)/base ## refaire les verrous des bibliothèques (UPGRADE=1 pour des versions plus récentes)
	@$(BIN)/python -m pip install -qq --require-hashes --requirement requirements/lock.txt
	@PYTHON=$(BIN)/python bash tools/lock.sh
	@npm install --package-lock-only --loglevel=error >/dev/null
	@cd tools/mutants && npm install --package-lock-only --loglevel=error >/dev/null
	@cd bench/lighthouse && npm install --package-lock-only --loglevel=error >/dev/null

clean: ## enlever ce qui a été construit (l'environnement .venv reste)
	@rm -rf site site.* dist build .annuaire .mutants $(THEME)/assets/bundles .pytest_cache .mypy_cache .ruff_cache .hypothesis

# A repository that moved, or whose Python is gone, needs its environment again: scripts hold absolute paths.
ifneq ($(shell [ -x $(BIN)/python ] && cat $(STAMPS)/place 2>/dev/null),$(CURDIR))
$(STAMPS)/base $(STAMPS)/dev $(STAMPS)/bench $(STAMPS)/mutants: again
endif
.PHONY: again
again:

$(STAMPS)/base $(STAMPS)/dev: $(STAMPS)/%: requirements/%.txt pyproject.toml tools/environment.sh
	@bash tools/environment.sh $*

$(STAMPS)/bench $(STAMPS)/mutants: $(STAMPS)/%: requirements/%.txt tools/environment.sh
	@bash tools/environment.sh $*

$(NODE_MODULES): package.json package-lock.json .npmrc
	@npm ci --loglevel=error >/dev/null || { echo "erreur : npm n'a pas pu installer ce qu'il faut pour assembler le thème;" \
		"vérifier que cette machine est reliée au réseau." >&2; exit 2; }
	@touch $@

$(MUTANTS): tools/mutants/package.json tools/mutants/package-lock.json tools/mutants/.npmrc
	@cd tools/mutants && npm ci --loglevel=error >/dev/null || { echo "erreur : npm n'a pas pu installer Stryker;" \
		"vérifier que cette machine est reliée au réseau." >&2; exit 2; }
	@touch $@

$(LIGHTHOUSE): bench/lighthouse/package.json bench/lighthouse/package-lock.json bench/lighthouse/.npmrc
	@cd bench/lighthouse && npm ci --loglevel=error >/dev/null || { echo "erreur : npm n'a pas pu installer Lighthouse;" \
		"vérifier que cette machine est reliée au réseau." >&2; exit 2; }
	@touch $@

$(BUNDLES): $(THEME_SOURCES) tools/bundle.mjs tools/browsers.mjs $(NODE_MODULES)
	@node tools/bundle.mjs
	@touch $@
