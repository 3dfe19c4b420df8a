#!/usr/bin/env bash
# Make a proposal of what was dropped in reception/: reception.sh apply|propose REPORT, in that order.
#
# `apply` has no token: it writes the records that hold no error, takes away what is wholly applied and writes the report.
# `propose` puts the records on the branch (BRANCHE) and opens the proposal, or adds the report to the one that is open.
# GITHUB_REPOSITORY names the repository; APERCU, if any, is where the preview is.
set -euo pipefail
cd "$(dirname "$0")/.."

step="${1:?}" report="${2:?}"
author='github-actions[bot]'

apply_files() {
  local code=0
  .venv/bin/annuaire apply --reception --yes --retirer --report "$report.txt" || code=$?
  if [ "$code" -gt 1 ] || [ ! -f "$report.txt" ]; then
    echo "Les fichiers n’ont pas pu être lus : une personne du Pôle regardera." >"$report.txt"
  fi
  # Lines set in are code: nothing that was dropped can act in the comment, whatever it holds.
  {
    printf 'Ce que les fichiers de `reception/` changent :\n\n'
    head -c 50000 "$report.txt" | iconv -c -f utf-8 -t utf-8 | sed 's/^/    /'
    printf '\n'
  } >"$report"
}

propose() {
  local open
  if [ -n "${APERCU:-}" ]; then printf '\nAperçu à télécharger : %s\n' "$APERCU" >>"$report"; fi
  git add --all -- content/enterprises reception
  if ! git diff --cached --quiet; then
    git -c "user.name=$author" -c "user.email=41898282+github-actions[bot]@users.noreply.github.com" \
      commit --quiet --message "Appliquer ce qui a été déposé dans reception/"
    git -c credential.helper= -c 'credential.helper=!gh auth git-credential' push --quiet origin "HEAD:refs/heads/${BRANCHE:?}"
  fi
  open="$(gh pr list --head "${BRANCHE:?}" --state open --json number --jq '.[0].number // empty')"
  if [ -n "$open" ]; then
    gh pr comment "$open" --body-file "$report"
  else
    gh pr create --base main --head "$BRANCHE" --title "Ce qui a été reçu : $BRANCHE" --body-file "$report"
  fi
}

case "$step" in
  apply) apply_files ;;
  propose) propose ;;
  *)
    echo "erreur : « $step » n'est pas une étape (apply ou propose)." >&2
    exit 2
    ;;
esac
