#!/usr/bin/env bash
# Make what a release gives: release.sh notes TAG, or release.sh build TAG FOLDER.
#
# `notes` prints the section of CHANGELOG.md of that version, once the tag, the program and the changelog agree on it.
# `build` fills FOLDER: the notes, the wheel, and for each region a new repository that names this very wheel, by its
# address on the forge (GITHUB_SERVER_URL, GITHUB_REPOSITORY) and its hash.
set -euo pipefail
cd -P "$(dirname "$0")/.."

step="${1:?}" tag="${2:?}"

die() { # what is wrong, what to do
  printf 'erreur : %s\n    conseil : %s\n' "$1" "$2" >&2
  exit 2
}

version="$(sed -n 's/^__version__ = "\(.*\)"$/\1/p' src/annuaire/__init__.py)"

notes() {
  local found
  [ "$tag" = "v$version" ] || die "l’étiquette $tag n’est pas celle de la version $version du programme." "étiqueter v$version."
  found="$(awk -v title="## $version, " 'index($0, title) == 1 {inside = 1; next} /^## / {inside = 0} inside' CHANGELOG.md)"
  [ -n "${found//[$'\n ']/}" ] || die "CHANGELOG.md n’a rien sous « ## $version, AAAA-MM-JJ »." "y écrire ce qui a changé."
  printf '%s\n' "$found"
}

build() {
  local folder="$1" wheel="annuaire-$version-py3-none-any.whl" address code slug
  mkdir -p "$folder"
  notes >"$folder/notes.md"
  make --no-print-directory wheel
  cp "dist/$wheel" "$folder"
  address="${GITHUB_SERVER_URL:?}/${GITHUB_REPOSITORY:?}/releases/download/$tag/$wheel"
  address="$address#sha256=$(sha256sum "$folder/$wheel" | cut -d ' ' -f 1)"
  while IFS=, read -r code _ slug _; do
    .venv/bin/annuaire init "$folder/depots/$slug" --region "$code" --paquet "$address" >/dev/null
    (cd "$folder/depots/$slug" && "$OLDPWD/.venv/bin/python" -m zipfile -c "../../depot-$slug.zip" $(ls -A))
  done < <(tail -n +2 src/annuaire/data/regions.csv)
  rm -r "$folder/depots"
}

case "$step" in
  notes) notes ;;
  build) build "${3:?}" ;;
  *) die "« $step » n’est pas une étape." "écrire notes ou build." ;;
esac
