# make run     start Diwan with its demo on this machine
# make test    every test (fits 45 minutes on two cores, the first time)
# make check   the fast part of it, for every save
# make soak    the long runs: hours, not minutes
#
# Paths below are relative, so that a folder with spaces or Arabic letters in its name works.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
MAKEFLAGS += --no-builtin-rules

# The revision is stamped into the program where git answers for this folder.
vcs := $(shell git rev-parse HEAD >/dev/null 2>&1 && echo auto || echo false)
DEMO_FLAGS ?=
TEST_TIMEOUT ?= 25m

web_sources := $(shell find web -type f -not -path '*/node_modules/*' -not -path '*/dist/*' -not -name '* *' 2>/dev/null)

.PHONY: help setup setup-test run build web test check soak bench format vet-all clean test-go test-fuzz test-web

help: ## what can be made
	@sed -n 's/^# //p' Makefile | head -n 4

setup: ## what a person needs who wants to run Diwan
	@scripts/setup.sh run

setup-test: ## what the tests need beside that
	@scripts/setup.sh test

run: setup web build ## build, start a private database, seed the demo, serve it
	@bin/diwan demo $(DEMO_FLAGS)

build: web ## bin/diwan, with the staff app inside
	@echo 'building bin/diwan' >&2
	@mkdir -p bin
	@go build -trimpath -buildvcs=$(vcs) -o bin/diwan ./cmd/diwan

web: .cache/web.built ## the staff app, into web/dist

.cache/web.packages: web/package.json $(wildcard web/package-lock.json)
	@echo 'fetching the packages of the staff app' >&2
	@mkdir -p .cache
	@cd web && npm ci --no-audit --no-fund --loglevel=error </dev/null >&2
	@touch .cache/web.packages

.cache/web.built: .cache/web.packages $(web_sources)
	@echo 'building the staff app' >&2
	@cd web && npm run --silent build </dev/null >&2
	@touch .cache/web.built

format: ## write every Go file in the house's format
	@go run mvdan.cc/gofumpt -w $$(git ls-files '*.go' | grep -v '/generated/')

vet-all:
	@bad="$$(go run mvdan.cc/gofumpt -l $$(git ls-files -- '*.go' | grep -v '/generated/' | while IFS= read -r f; do [ -e "$$f" ] && echo "$$f"; done))"; \
	  if [ -n "$$bad" ]; then printf 'not in the house format (make format):\n%s\n' "$$bad" >&2; exit 1; fi
	@go vet ./...

test-web: .cache/web.built
	@cd web && npm test --silent </dev/null

# Two packages at a time: each that needs PostgreSQL starts its own private server.
test-go:
	@go test -race -p 2 -timeout $(TEST_TIMEOUT) ./...

# Each place that reads what strangers send, for twenty seconds; the soak gives each ten minutes.
test-fuzz:
	@scripts/fuzz.sh 20s

test: setup-test build vet-all test-go test-fuzz test-web ## everything

check: vet-all ## the fast part
	@go test -race -short -p 2 -timeout 5m ./...

soak: setup-test build ## hours: kills, power cuts, growth to five million events
	@DIWAN_SOAK=1 go test -p 1 -timeout 6h -count=1 -v ./...
	@scripts/fuzz.sh 10m
	@cd web && npm run --silent e2e:long </dev/null

bench: build ## every figure beside the machine's own limit of the same run
	@for name in $$(bin/diwan bench --list); do bin/diwan bench $$name; done
	@for name in append hot hundreds; do echo "beside seal, a view and the feed:"; bin/diwan bench $$name --beside; done

clean: ## what was built; the demo's data stay
	@rm -rf bin .cache web/dist/assets web/dist/index.html web/node_modules
