#!/usr/bin/env bash
# Fill .venv with a hashed lock and with this package, editable: tools/environment.sh base|dev|bench|mutants
#
# Make calls it when a lock changed. A .venv that works is filled in place; one that does not (no Python, too old, or
# a repository that moved, since its scripts hold absolute paths) is made again.
set -euo pipefail
cd -P "$(dirname "$0")/.."
PATH="${PATH#"$PWD/.venv/bin:"}" # make puts it first; an environment cannot make itself again
lock="requirements/$1.txt"

die() { # what is wrong, what to do
  printf 'erreur : %s\n    conseil : %s\n' "$1" "$2" >&2
  exit 2
}

recent() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; }

# The system's own Python comes before those that a person put on the path: its makers compile it for speed. PYTHON=… chooses
# another, and so does a workflow that set one up (pythonLocation).
find_python() {
  local name unable='' first="${PYTHON:-${pythonLocation:+python3}}"
  for name in "${first:-/usr/bin/python3}" python3 python3.13 python3.12 python3.11 python3.14; do
    if command -v "$name" >/dev/null && recent "$name"; then
      if "$name" -c 'import ensurepip, venv' 2>/dev/null; then
        command -v "$name"
        return
      fi
      unable="$name"
    fi
  done
  if [ "$unable" ]; then
    die "il manque le module venv de Python." "sur Debian ou Ubuntu : sudo apt install python3-venv"
  fi
  die "il faut Python 3.11 ou plus récent; cette machine $(python3 -c 'import platform as p; print("a la version", p.python_version())' \
    2>/dev/null || echo "n'en a pas")." \
    "sur Debian ou Ubuntu : sudo apt install python3 python3-venv"
}

healthy() {
  [ -x .venv/bin/python ] && recent .venv/bin/python && .venv/bin/python -m pip --version >/dev/null 2>&1 &&
    grep -qsF "$PWD/.venv" .venv/bin/activate
}

if ! healthy; then
  python="$(find_python)"
  "$python" -m venv --clear .venv || die "l'environnement .venv n'a pas pu être créé (voir ci-dessus)." \
    "enlever le dossier .venv, puis relancer la même commande."
fi

install() {
  # -qq keeps pip's errors and drops its remarks on the machine's own configuration.
  .venv/bin/python -m pip install -qq --no-input --disable-pip-version-check "$@"
}

echo "Installation des bibliothèques de $lock (une minute ou deux la première fois)…" >&2
if ! install --require-hashes --requirement "$lock"; then
  die "les bibliothèques n'ont pas pu être installées (voir ci-dessus)." \
    "vérifier que cette machine est reliée au réseau, puis relancer la même commande."
fi
if [ "$1" = base ] || [ "$1" = dev ]; then
  install --no-deps --no-build-isolation --editable . ||
    die "le logiciel annuaire n'a pas pu être installé (voir ci-dessus)." "vérifier pyproject.toml."
fi

mkdir -p .venv/.stamps
pwd -P >.venv/.stamps/place
touch ".venv/.stamps/$1"
if [ "$1" = dev ]; then touch .venv/.stamps/base; fi # dev holds all of base
