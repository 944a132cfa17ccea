#!/usr/bin/env bash
# Brings what Diwan needs beyond Go and Node. As root on Debian it installs; otherwise it prints the
# exact line to run and stops.
#
#   scripts/setup.sh run    PostgreSQL's programs
#   scripts/setup.sh test   also gcc (race detector), Chromium (browser tests), an S3 server, xmllint and pgbouncer
set -euo pipefail
cd "$(dirname "$0")/.."
what="${1:-run}"

say() { printf 'setup: %s\n' "$*" >&2; }

have() { command -v "$1" >/dev/null 2>&1; }

# PostgreSQL 15 or newer, where Debian keeps it or on the path. initdb is what a client alone lacks.
have_postgres() {
  local initdb
  for initdb in /usr/lib/postgresql/*/bin/initdb "$(command -v initdb || true)"; do
    [ -x "$initdb" ] || continue
    [ "$("$initdb" --version | sed -E 's/[^0-9]*([0-9]+).*/\1/')" -ge 15 ] && return 0
  done
  return 1
}

have_browser() {
  [ -x "${CHROMIUM:-/nonexistent}" ] || have chromium || have chromium-browser || have google-chrome
}

# at_least HAVE WANT: version HAVE is WANT or newer.
at_least() { [ "$(printf '%s\n%s\n' "$2" "$1" | sort -V | head -n 1)" = "$2" ]; }

if ! have go; then
  say "Go 1.26 or newer is missing: install it from go.dev/dl, then run this again."
  exit 1
fi
if ! have node || ! have npm; then
  say "Node.js 20.19 or newer with npm is missing: install it from nodejs.org, then run this again."
  exit 1
fi
node_version="$(node --version | tr -d v)"
if ! at_least "$node_version" 20.19.0; then
  say "Node.js $node_version is too old: 20.19 or newer is needed."
  exit 1
fi

# The S3 server of the tests, built from its own module (the tests build it, too, when it is not there).
build_s3_server() {
  [ -x .cache/versitygw ] && return 0
  say "building the S3 server of the tests, once (a minute or two)"
  mkdir -p .cache
  (cd scripts/s3server && go build -o ../../.cache/versitygw github.com/versity/versitygw/cmd/versitygw)
}

packages=()
have_postgres || packages+=(postgresql)
have make || packages+=(make)
if [ "$what" = test ]; then
  { have gcc && [ -e /usr/include/stdlib.h ]; } || packages+=(gcc libc6-dev)
  have_browser || packages+=(chromium)
  have mkfs.ext4 || packages+=(e2fsprogs)
  have xmllint || packages+=(libxml2-utils)
  have pgbouncer || [ -x /usr/sbin/pgbouncer ] || packages+=(pgbouncer)
fi
[ "$what" = run ] && ! have_browser && say "Chromium is not installed: Diwan runs, but PDF needs it (apt-get install chromium)."
[ "$what" = test ] && build_s3_server
[ "${#packages[@]}" -eq 0 ] && exit 0

line="apt-get update && apt-get install -y --no-install-recommends ${packages[*]}"
if ! have apt-get; then
  say "missing: ${packages[*]} (Debian's names). Install them with this system's package manager, then run this again."
  exit 1
fi
if [ "$(id -u)" -ne 0 ]; then
  say "missing: ${packages[*]}. Run this line, then try again:"
  printf '    sudo sh -c "%s"\n' "$line" >&2
  exit 1
fi

say "installing ${packages[*]}"
# Debian's package would start a server of its own; Diwan starts a private one.
quiet=/etc/postgresql-common/createcluster.d/diwan-setup.conf
if [[ " ${packages[*]} " == *" postgresql "* ]]; then
  mkdir -p "${quiet%/*}"
  echo 'create_main_cluster = false' >"$quiet"
  trap 'rm -f "$quiet"' EXIT
fi
export DEBIAN_FRONTEND=noninteractive
apt-get update -qq </dev/null >&2
apt-get install -y -qq --no-install-recommends "${packages[@]}" </dev/null >&2
# So would pgbouncer's; the tests start their own.
if [[ " ${packages[*]} " == *" pgbouncer "* ]] && [ -d /run/systemd/system ]; then
  systemctl disable --now pgbouncer >&2 || true
fi
if ! have_postgres; then
  say "PostgreSQL 15 or newer is still missing after the installation: this system's package is older."
  exit 1
fi
say "done"
