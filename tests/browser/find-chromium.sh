#!/bin/sh
# Print the path of a Chromium for the browser tests; install one where that is possible.
set -eu
for name in "${CHROMIUM:-}" chromium chromium-browser google-chrome; do
  if [ -n "$name" ] && command -v "$name" >/dev/null 2>&1; then command -v "$name"; exit 0; fi
done
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
  if { apt-get update -qq && apt-get -o DPkg::Lock::Timeout=300 install -y -qq \
       --no-install-recommends chromium fonts-noto-core; } >&2 && command -v chromium; then exit 0; fi
fi
if command -v npm >/dev/null 2>&1; then
  mkdir -p build/browser && cd build/browser
  npm install --silent --no-audit --no-fund @sparticuz/chromium >&2
  node -e 'import("@sparticuz/chromium").then(async m => console.log(await m.default.executablePath()))'
  exit 0
fi
echo "no Chromium: install the package chromium, or name one with CHROMIUM=/path make test" >&2
exit 1
