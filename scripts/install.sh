#!/usr/bin/env bash
# Installs what the tests need and is not here yet: a C compiler for -race, PostgreSQL, Chromium.
set -euo pipefail
need=()
command -v gcc >/dev/null || need+=(gcc libc6-dev)
ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || need+=(postgresql)
command -v chromium >/dev/null || need+=(chromium)
[ ${#need[@]} -eq 0 ] && exit 0
echo "installing: ${need[*]}"
sudo=""
[ "$(id -u)" -eq 0 ] || sudo="sudo -n"
export DEBIAN_FRONTEND=noninteractive
$sudo apt-get -o Acquire::Retries=5 update -qq
# A new PostgreSQL package starts a server of its own; the tests use a private one.
$sudo apt-get -o Acquire::Retries=5 install -y -qq --no-install-recommends "${need[@]}" >/dev/null
