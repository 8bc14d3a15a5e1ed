#!/usr/bin/env bash
# The long ones: a million interleavings on SQLite and fifty thousand on PostgreSQL, and a few minutes of fuzzing each parser.
# MINUTES=5 and INTERLEAVINGS=1000000 are the defaults.
set -euo pipefail
cd "$(dirname "$0")/.."
bash scripts/install.sh
tmp=$(mktemp -d)
trap 'bash scripts/postgres.sh stop "$tmp/pg" || true; rm -rf "$tmp"' EXIT
export TANDEM_TEST_POSTGRES
TANDEM_TEST_POSTGRES=$(bash scripts/postgres.sh start "$tmp/pg")
TANDEM_INTERLEAVINGS=${INTERLEAVINGS:-1000000} go test ./stories -run TestHumanInTheLoop -count=1 -timeout 24h -v | grep -E '^(---|\s+---|ok|FAIL|panic)|I[0-9]+:'
for pkg in channel nlu bot; do
  for f in $(grep -ho 'func Fuzz[A-Za-z]*' "$pkg"/*_test.go | sed 's/func //'); do
    echo "== fuzz $pkg $f"
    go test "./$pkg" -run '^$' -fuzz "^$f\$" -fuzztime "${MINUTES:-5}m"
  done
done
echo "== mutations: each safeguard taken away is noticed"
INTERLEAVINGS=${MUTANT_INTERLEAVINGS:-500} bash scripts/mutations.sh
