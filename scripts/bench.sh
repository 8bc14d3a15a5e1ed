#!/usr/bin/env bash
# Figures, never asserted: the way of a message, the decision, and understanding on the public sets
# where ../shared/data is there. Quote medians and ratios.
set -euo pipefail
cd "$(dirname "$0")/.."
go test ./stories -run '^$' -bench . -benchtime "${TIME:-10s}" -count "${COUNT:-3}" 2>/dev/null | grep -E '^(Benchmark|cpu|goos)'
if [ -d ../shared/data ]; then
  go run ./cmd/tandem nlu bench --data ../shared/data
fi
