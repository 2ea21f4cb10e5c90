#!/bin/sh
# Find Chromium, or install Debian's as root. The tests themselves say what is missing when neither works.
set -eu
for name in chromium chromium-browser google-chrome; do
  if command -v "$name" >/dev/null 2>&1; then exit 0; fi
done
if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null 2>&1; then
  echo "No Chromium found, and no right to install it: install the package 'chromium', then run again." >&2
  exit 1
fi
tries=0
until apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium >/dev/null; do
  tries=$((tries + 1))
  if [ "$tries" -ge 3 ]; then echo "Installing chromium failed three times; see the lines above." >&2; exit 1; fi
  sleep 10
done
