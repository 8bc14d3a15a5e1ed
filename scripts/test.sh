#!/usr/bin/env bash
# Everything: Go with -race and a shuffled order on both engines, the front end's checks, and the
# browser's stories. Installs what it needs. Exits non-zero at the first failure.
set -euo pipefail
cd "$(dirname "$0")/.."
bash scripts/install.sh

export GOFLAGS="${GOFLAGS:-} -buildvcs=false" # a copy without its history is tested like any other
export GOGC=400 GOMEMLIMIT=1GiB # memory is cheaper than the time to tidy it up
# SQLite is C that was translated; no goroutine meets another in it. Watching its every step takes two thirds of the
# time of the tests, so the detector watches everything else: the driver and all that is ours.
race=(-race)
for c in sqlite/lib libc memory; do race+=("-gcflags=modernc.org/$c=-race=false"); done

tmp=$(mktemp -d /tmp/tandem-test.XXXXXX) # not in TMPDIR: PostgreSQL's own user must reach it
cleanup() { bash scripts/postgres.sh stop "$tmp/pg" || true; rm -rf "$tmp"; }
trap cleanup EXIT
export TANDEM_TEST_POSTGRES
TANDEM_TEST_POSTGRES=$(bash scripts/postgres.sh start "$tmp/pg")

say() { printf '\n== %s (%ss)\n' "$1" "$SECONDS"; }

say "formatting and vet"
bad=$(find . -name node_modules -prune -o -name '*.go' -print0 | xargs -0 gofmt -l)
[ -z "$bad" ] || { echo "gofmt would change: $bad" >&2; exit 1; }
go vet ./...

say "go test -race on SQLite and PostgreSQL"
# The longest first, so that none of them is left alone on one core at the end.
TANDEM_INTERLEAVINGS=500 CGO_ENABLED=1 go test "${race[@]}" -vet=off -shuffle=on -timeout 90m ./stories ./nlu ./app ./desk ./store ./turn ./...

# Five thousand of them (and a twentieth on PostgreSQL): ten thousand took the whole over twenty minutes; `make soak` plays more.
say "five thousand interleavings, and what trains a model"
TANDEM_TRAIN=1 TANDEM_INTERLEAVINGS=5000 go test ./stories ./nlu -vet=off -count=1 -timeout 90m \
  -run 'TestHumanInTheLoop|TestWhatWasTaught|TestANewVersion|TestStories/.*/4[013]-|TestShippedModel|TestOneExampleTeaches|TestMuddled'

say "front end"
(cd ui && npm ci --no-audit --no-fund --silent && npm run --silent check)

say "browser stories"
go build -o "$tmp/tandem" ./cmd/tandem
(cd ui && TANDEM_BIN="$tmp/tandem" npm run --silent browser)
say "done"
