#!/usr/bin/env bash
# Everything: Go with -race and a shuffled order on both engines, the front end's checks, and the
# browser's stories. Installs what it needs. Exits non-zero at the first failure.
set -euo pipefail
cd "$(dirname "$0")/.."
bash scripts/install.sh

tmp=$(mktemp -d)
cleanup() { bash scripts/postgres.sh stop "$tmp/pg" || true; rm -rf "$tmp"; }
trap cleanup EXIT
export TANDEM_TEST_POSTGRES
TANDEM_TEST_POSTGRES=$(bash scripts/postgres.sh start "$tmp/pg")

say() { printf '\n== %s (%ss)\n' "$1" "$SECONDS"; }

say "formatting and vet"
bad=$(git ls-files '*.go' | xargs gofmt -l)
[ -z "$bad" ] || { echo "gofmt would change: $bad" >&2; exit 1; }
go vet ./...

say "go test -race on SQLite and PostgreSQL"
# The longest first, so that none of them is left alone on one core at the end.
TANDEM_INTERLEAVINGS=500 CGO_ENABLED=1 go test -race -shuffle=on -timeout 45m ./stories ./store ./desk ./turn ./app ./intake ./...

say "ten thousand interleavings, and what trains a model"
TANDEM_TRAIN=1 TANDEM_INTERLEAVINGS=10000 go test ./stories ./nlu -count=1 -timeout 20m \
  -run 'TestHumanInTheLoop|TestWhatWasTaught|TestANewVersion|TestStories/.*/4[013]-|TestShippedModel'

say "front end"
(cd ui && npm ci --no-audit --no-fund --silent && npm run --silent check)

say "browser stories"
go build -o "$tmp/tandem" ./cmd/tandem
(cd ui && TANDEM_BIN="$tmp/tandem" npm run --silent browser)
say "done"
