# make run    the demo at http://127.0.0.1:8080 (ADDR=127.0.0.1:9000 make run)
# make test   everything, installs what it needs
ADDR ?= 127.0.0.1:8080

.PHONY: run test ui soak bench model quick screenshot
run:
	go run ./cmd/tandem demo --addr $(ADDR)
test:
	bash scripts/test.sh
# The longest first and four side by side: some of them only wait.
quick:
	go vet ./... && go test -p 4 ./stories ./nlu ./app ./store ./live ./...
ui:
	cd ui && npm ci --no-audit --no-fund && npm run build
model:
	go run ./cmd/tandem nlu train --examples nlu/examples --out nlu/model.bin
soak:
	bash scripts/soak.sh
bench:
	bash scripts/bench.sh
screenshot:
	cd ui && SCREENSHOT=../docs/desk.png node --test --test-name-pattern 'angry customer' test/stories.test.mjs
