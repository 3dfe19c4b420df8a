#!/usr/bin/env bash
# Answer a proposal with one comment, from main's code: annuaire forge relecture find|read|post FOLDER,
# in that order, from the root of the repository.
#
# PROPOSITION is the commit that the forge judged; GITHUB_REPOSITORY names the repository on GITHUB_SERVER_URL; APERCU, if
# any, is where the preview is, and is left out unless it is a run of this repository. `find` asks the forge which open proposals end at that commit and fetches them as git objects; `read`
# has no token and writes a comment for each; `post` writes it again in place of the former one. Nothing of a proposal
# is ever checked out.
set -euo pipefail

step="${1:?}" folder="${2:?}"
mark='<!-- annuaire:coach -->' # as in src/annuaire/coach/writing.py
author='github-actions[bot]'

if ! [[ "${PROPOSITION:?}" =~ ^[0-9a-f]{40,64}$ ]]; then
  echo "erreur : « $PROPOSITION » n'est pas un numéro de version." >&2
  exit 2
fi

find_proposals() { # a line for each: its number, and whether it comes from the team (« equipe ») or not (« autre »)
  # The forge knows who proposes; the author of a commit is whatever its writer typed. A branch of this very repository
  # was pushed by someone who may write here, whoever, perhaps an automaton, opened the proposal.
  local origin="if .head.repo.full_name == \"$GITHUB_REPOSITORY\" or
    (.author_association | IN(\"OWNER\", \"MEMBER\", \"COLLABORATOR\")) then \"equipe\" else \"autre\" end"
  mkdir -p "$folder"
  gh api --paginate "repos/$GITHUB_REPOSITORY/pulls?state=open&base=main&per_page=100" \
    --jq ".[] | select(.head.sha == \"$PROPOSITION\") | \"\\(.number) \\($origin)\"" >"$folder/found"
  if ! [ -s "$folder/found" ]; then echo "Aucune proposition ouverte ne finit à la version $PROPOSITION."; fi
  : >"$folder/proposals"
  while read -r number origin <&3; do
    git -c credential.helper= -c 'credential.helper=!gh auth git-credential' fetch --quiet --no-tags \
      --no-recurse-submodules origin "+refs/pull/$number/head:refs/relecture/$number"
    if [ "$(git rev-parse "refs/relecture/$number")" = "$PROPOSITION" ]; then
      echo "$number $origin" >>"$folder/proposals"
    else
      echo "La proposition $number a changé depuis : une autre relecture suivra."
    fi
  done 3<"$folder/found"
}

read_proposal() { # number, origin
  local options=(--format markdown) runs="${GITHUB_SERVER_URL:?}/$GITHUB_REPOSITORY/actions/runs/"
  if [ "$2" = equipe ]; then options+=(--equipe); fi
  if [[ "${APERCU:-}" == "$runs"* && "${APERCU#"$runs"}" =~ ^[0-9]+$ ]]; then options+=(--apercu "$APERCU"); fi
  .venv/bin/annuaire coach "${options[@]}" "HEAD..refs/relecture/$1" >"$folder/$1.md" || true
  # 1 is a proposal at fault, or a program that broke: what is written tells them apart.
  if [ "$(head -n 1 "$folder/$1.md")" != "$mark" ]; then
    printf '%s\n\n%s\n' "$mark" "La relecture automatique n’a pas pu se faire : une personne du Pôle regardera." \
      >"$folder/$1.md"
  fi
}

post_comment() { # number
  local comments
  comments="$(gh api --paginate "repos/$GITHUB_REPOSITORY/issues/$1/comments?per_page=100" \
    --jq ".[] | select(.user.login == \"$author\" and (.body | startswith(\"$mark\"))) | .id")"
  if [ -n "$comments" ]; then
    gh api --silent --method PATCH "repos/$GITHUB_REPOSITORY/issues/comments/${comments%%$'\n'*}" \
      --field "body=@$folder/$1.md"
  else
    gh api --silent --method POST "repos/$GITHUB_REPOSITORY/issues/$1/comments" --field "body=@$folder/$1.md"
  fi
}

case "$step" in
  find) find_proposals ;;
  read) while read -r number origin <&3; do read_proposal "$number" "$origin"; done 3<"$folder/proposals" ;;
  post) while read -r number _ <&3; do post_comment "$number"; done 3<"$folder/proposals" ;;
  *)
    echo "erreur : étape inconnue : $step" >&2
    exit 2
    ;;
esac
