#!/usr/bin/env bash
# Print the path of a Chromium or Chrome that starts; install Debian's when this user may, else fetch Playwright's own.
# Debian's chromium-headless-shell comes first: the same engine without windows, which opens a page with half the work.
set -euo pipefail
cd -P "$(dirname "$0")/.."
python=.venv/bin/python

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
  name="$("$python" -c 'from playwright.sync_api import sync_playwright
with sync_playwright() as playwright:
    print(playwright.chromium.executable_path)' 2>/dev/null)" || return 1
  if starts "$name"; then echo "$name"; else return 1; fi
}

install() {
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$1" fonts-liberation
}

find_browser && exit 0

distribution="$(. /etc/os-release 2>/dev/null && echo "${ID:-}" || true)"
as_root=()
if [ "$(id -u)" != 0 ]; then as_root=(sudo -n); fi
may_install="$([ "$(id -u)" = 0 ] || sudo -n true 2>/dev/null && echo oui || true)"

if [ "$distribution" = debian ] && [ -n "$may_install" ]; then
  echo "Installation de Chromium, pour les essais dans un navigateur…" >&2
  {
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get update -qq
    install chromium-headless-shell || install chromium
  } >&2 </dev/null || echo "L'installation du Chromium de Debian a échoué (voir ci-dessus)." >&2
  find_browser && exit 0
fi

# Ubuntu has only a snap: Playwright, which the tests drive a browser with, has a Chromium of its own.
if [ -x "$python" ]; then
  echo "Téléchargement du Chromium de Playwright, pour les essais dans un navigateur…" >&2
  options=()
  if [ -n "$may_install" ]; then options+=(--with-deps); fi # the libraries that it needs of the distribution
  "$python" -m playwright install "${options[@]}" chromium >&2 </dev/null || true
  find_browser && exit 0
fi

echo "erreur : les essais ont besoin de Chromium ou de Google Chrome : en installer un (sur Debian, sudo apt install" \
  "chromium-headless-shell; sur Ubuntu, sudo .venv/bin/python -m playwright install-deps chromium, ou le paquet" \
  "google-chrome-stable offert par Google), ou donner son chemin dans la variable ANNUAIRE_CHROMIUM." >&2
exit 2
