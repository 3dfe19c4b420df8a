#!/usr/bin/env bash
# Write the hashed locks again from pyproject.toml: `make lock`, or `make lock UPGRADE=1` for newer versions.
#
# One lock serves every platform and every Python from 3.11 on (--universal). The files name no registry and no
# machine, so that they install wherever pip is told to look.
set -euo pipefail
cd "$(dirname "$0")/.."

options=(--quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links
         --no-annotate --no-header)
if [ -n "${UPGRADE:-}" ]; then options+=(--upgrade); fi

compile() { "${PYTHON:-python3}" -m uv pip compile "${options[@]}" "$@"; }

compile pyproject.toml --extra papier --group build --output-file requirements/base.txt
# What a Pôle installs beside the package, which holds this list: neither Node nor the backend.
compile pyproject.toml --extra papier --constraint requirements/base.txt --output-file src/annuaire/depot/bibliotheques.txt
compile pyproject.toml --extra papier --group dev --constraint requirements/base.txt --output-file requirements/dev.txt
compile --group bench --output-file requirements/bench.txt
compile --group mutants --constraint requirements/dev.txt --output-file requirements/mutants.txt
compile --group lock --output-file requirements/lock.txt
