#!/usr/bin/env bash
# Make a proposal of what was dropped in reception/: annuaire forge reception apply|propose REPORT, in that
# order, from the root of the repository.
#
# `apply` has no token: it writes the records that hold no error, empties reception/ and writes the report. It stops,
# and nothing is proposed, when a file holds more than corrections: a proposal would keep its branch for ever.
# `propose` puts the records on the branch (BRANCHE), opens the proposal or adds the report to the one that is open, and
# asks for its review, which the forge does not start for what an automaton does. GITHUB_REPOSITORY names the
# repository; APERCU, if any, is where the preview is.
set -euo pipefail

step="${1:?}" report="${2:?}"
author='github-actions[bot]'

stop() { # words: shown on the page of the run
  echo "::error title=Réception::${1//'%'/%25}"
  exit 1
}

as_code() { # lines set in are code: nothing that was dropped can act, whatever it holds
  head -c 50000 "$1" | iconv -c -f utf-8 -t utf-8 | sed 's/^/    /'
}

holds_files() { [ -n "$(find reception -mindepth 1 -maxdepth 1 ! -name '.*' ! -iname lisezmoi.md)" ]; }

apply_files() {
  local code=0
  if ! holds_files; then
    echo "Rien n’est déposé." # a file was taken back
    return
  fi
  # Lists first: their mapping is prepared, or they are imported; they leave reception/. No cell of them is said.
  .venv/bin/annuaire import --reception >"$report.lists" 2>"$report.err" || stop "$(tail -n 1 "$report.err")"
  : >"$report.txt"
  if holds_files; then
    .venv/bin/annuaire apply --reception --publique --yes --report "$report.txt" 2>"$report.err" || code=$?
  fi
  cat "$report.err" >&2
  if [ "$code" -eq 2 ]; then
    as_code "$report.err" >>"${GITHUB_STEP_SUMMARY:-/dev/null}"
    stop "$(tail -n 1 "$report.err")"
  fi
  if [ "$code" -gt 1 ] || [ ! -s "$report.txt" ] && [ ! -s "$report.lists" ]; then
    echo "Les fichiers n’ont pas pu être lus : une personne du Pôle regardera." >"$report.txt"
  fi
  find reception -mindepth 1 ! -iname lisezmoi.md -delete # the report says what became of each file
  {
    printf 'Ce que les fichiers de `reception/` changent :\n\n'
    as_code "$report.lists"
    as_code "$report.txt"
    printf '\n'
  } >"$report"
  cat "$report" >>"${GITHUB_STEP_SUMMARY:-/dev/null}"
}

propose() {
  local open said
  if [ ! -f "$report" ]; then return; fi
  # Records of any collection, the mapping of a list and what it wrote, what is to be asked by telephone.
  git add --all -- content reception
  if ! git diff --cached --quiet; then
    git -c "user.name=$author" -c "user.email=41898282+github-actions[bot]@users.noreply.github.com" \
      commit --quiet --message "Appliquer ce qui a été déposé dans reception/"
    git -c credential.helper= -c 'credential.helper=!gh auth git-credential' push --quiet origin "HEAD:refs/heads/${BRANCHE:?}" ||
      stop "La branche a changé entre-temps : si un autre dépôt est en cours de lecture, attendez-le; sinon, relancez celle-ci."
  fi
  open="$(gh pr list --head "${BRANCHE:?}" --state open --json number --jq '.[0].number // empty')"
  if [ -z "$open" ]; then
    if [ -n "${APERCU:-}" ]; then printf '\nAperçu à télécharger : %s\n' "$APERCU" >>"$report"; fi
    gh pr create --base main --head "$BRANCHE" --title "Ce qui a été reçu : $BRANCHE" --body-file "$report" ||
      stop "La proposition n’a pas pu être ouverte : ouvrez-la vous-même à partir de la branche $BRANCHE (voir « Mettre en ligne » de CONTRIBUTING)."
  else
    said="$(gh pr view "$open" --json body,comments --jq '.body, .comments[].body' | tr -d '\r')"
    if [[ "$said" != *"$(cat "$report")"* ]]; then gh pr comment "$open" --body-file "$report"; fi
  fi
  gh workflow run relire.yml --ref main --raw-field "proposition=$(git rev-parse HEAD)" --raw-field "apercu=${APERCU:-}"
}

case "$step" in
  apply) apply_files ;;
  propose) propose ;;
  *)
    echo "erreur : « $step » n’est pas une étape (apply ou propose)." >&2
    exit 2
    ;;
esac
