#!/usr/bin/env bash
# Print the path of a Chromium or Chrome that starts; install Debian's when this user may, else say what to do.
# Debian's chromium-headless-shell comes first: the same engine without windows, which opens a page with half the work.
set -euo pipefail

# Ubuntu's chromium-browser is a script that only says to install a snap, and a snap cannot read the folders of a
# test: so a candidate must answer with its version, and must not be one.
starts() {
  local path
  path="$(command -v "$1" 2>/dev/null)" || return 1
  case "$(readlink -f "$path")" in */snap*) return 1 ;; esac
  "$path" --version 2>/dev/null </dev/null | grep -qE '^(Chromium|Google Chrome)'
}

find_browser() {
  local name
  for name in "${ANNUAIRE_CHROMIUM:-chromium-headless-shell}" chromium-headless-shell chromium \
    google-chrome google-chrome-stable chromium-browser \
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome" /Applications/Chromium.app/Contents/MacOS/Chromium; do
    if starts "$name"; then
      command -v "$name"
      return
    fi
  done
  return 1
}

install() {
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$1" fonts-liberation
}

find_browser && exit 0

distribution="$(. /etc/os-release 2>/dev/null && echo "${ID:-}" || true)"
as_root=()
if [ "$(id -u)" != 0 ]; then as_root=(sudo -n); fi

case "$distribution" in
  debian)
    if [ "$(id -u)" = 0 ] || sudo -n true 2>/dev/null; then
      echo "Installation de Chromium, pour les essais dans un navigateur…" >&2
      {
        "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get update -qq
        install chromium-headless-shell || install chromium
      } >&2 </dev/null || echo "erreur : l'installation de Chromium a échoué (voir ci-dessus)." >&2
      find_browser && exit 0
    fi
    echo "erreur : les essais ont besoin de Chromium : sudo apt install chromium-headless-shell" >&2
    ;;
  ubuntu)
    echo "erreur : les essais ont besoin de Google Chrome (le Chromium d'Ubuntu est un snap, qui ne convient pas) :" \
      "installer le paquet google-chrome-stable offert par Google." >&2
    ;;
  *)
    echo "erreur : les essais ont besoin de Chromium ou de Google Chrome : en installer un, ou donner son chemin dans" \
      "la variable ANNUAIRE_CHROMIUM." >&2
    ;;
esac
exit 2
