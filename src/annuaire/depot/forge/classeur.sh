#!/usr/bin/env bash
# Prepare the workbook that a person of the Pôle asks for on the forge's page: annuaire forge classeur FOLDER,
# from the root of the repository.
#
# GENRE, MRC, CATEGORIE and MAXIMUM are what was chosen there; the last three may be empty. They are data, never options.
set -euo pipefail

folder="${1:?}"
options=()
if [ -n "${MRC:-}" ]; then options+=("--mrc=$MRC"); fi
if [ -n "${CATEGORIE:-}" ]; then options+=("--categorie=$CATEGORIE"); fi
if [ -n "${MAXIMUM:-}" ]; then options+=("--maximum=$MAXIMUM"); fi

prepare() { # command and options: what it says goes on the page of the run
  local code=0 said
  said="$(.venv/bin/annuaire "$@" 2>&1)" || code=$?
  sed 's/^/    /' <<<"$said" | tee -a "${GITHUB_STEP_SUMMARY:-/dev/null}"
  if [ "$code" -ne 0 ]; then
    said="${said//'%'/%25}"
    echo "::error title=Classeurs::${said//$'\n'/%0A}"
    exit 1
  fi
}

mkdir -p "$folder"
case "${GENRE:?}" in
  'Feuille d’appel')
    prepare appels "$folder/appels.xlsx" "${options[@]}"
    prepare appels "$folder/appels.html" "${options[@]}"
    ;;
  'Classeur de fiches') prepare template "$folder/fiches.xlsx" --fiches toutes "${options[@]}" ;;
  'Classeur vide') prepare template "$folder/nouvelles.xlsx" ;;
  'Classeur court') prepare template "$folder/fiches-court.xlsx" --court --fiches toutes "${options[@]}" ;;
  *)
    echo "::error title=Classeurs::Ce genre de classeur n’existe pas."
    exit 2
    ;;
esac
