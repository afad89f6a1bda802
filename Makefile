# jotgate: what can be done here. Every target installs what it needs; where that takes root or a package, it
# says so and does it.

.DEFAULT_GOAL := help
.PHONY: help demo test test-quick test-long install uninstall deb manual bench instructions growth versus footprint fuzz examples clean

# Where `install` puts things: GNU's names, and PREFIX for who is used to it. DESTDIR comes before all of them.
PREFIX ?= /usr/local
prefix ?= $(PREFIX)
export DESTDIR prefix exec_prefix bindir libdir includedir datarootdir mandir docdir pkgconfigdir cmakedir

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: ## judge real tokens with the policy file in examples/: a grant, and the typical denials
	@scripts/demo

test: ## all tests, lints and checks; what CI runs
	@scripts/test

test-quick: ## the inner loop: lints and the tests that take no minute
	@scripts/test --quick

test-long: ## as test, and what takes longer: more cases of each property, two builds compared, fuzzing for minutes
	@scripts/test --long

install: ## libjotgate, jotgate.h, jotgate, pkg-config, CMake, manual (PREFIX=/usr/local DESTDIR=)
	@scripts/setup rust manual
	@scripts/install

uninstall: ## removes what install put there (same PREFIX and DESTDIR)
	@scripts/install --uninstall

deb: ## Debian packages in target/deb, each with its bill of materials
	@scripts/setup rust manual deb
	@scripts/deb

manual: ## the manual of jotgate.h in target/manual: pages for man, and HTML
	@scripts/setup manual
	@scripts/manual $${CARGO_TARGET_DIR:-target}/manual
	@echo $${CARGO_TARGET_DIR:-target}/manual/html/index.html

# Criterion's times of each part; then what a check and a proof cost beside their signatures, what a long revocation list
# costs, and what the worst inputs cost, which fails above their bars.
MEASURE = --package jotgate-benches --no-default-features --features measure
bench: ## time each part, what stands beside the signature, and the worst inputs (other libraries: make versus)
	@scripts/setup rust
	@cargo bench $(MEASURE)
	@for program in "beside" "dpop" "revocation time" "worst"; do \
		cargo run --quiet --release $(MEASURE) --bin $$program || exit 1; done

instructions: ## count the instructions of each part with callgrind, beside the saved counts
	@scripts/setup rust instructions
	@scripts/instructions

growth: ## how the time grows with tokens, key sets and keys in use; saves docs/GROWTH.md and its picture (a minute)
	@scripts/setup rust growth
	@cargo run --quiet --release $(MEASURE) --bin growth -- --save docs
	@scripts/lib/growth_plot.py docs/growth.json docs/growth.svg

versus: ## measure jotgate beside other libraries, and save tables and a picture in docs/ (some ten minutes)
	@scripts/setup rust versus
	@cargo run --quiet --release -p jotgate-benches --bin versus -- --save docs
	@scripts/lib/versus_plot.py docs/versus.json docs/versus.svg

footprint: ## flash, stack and instructions of the firmware image in QEMU
	@scripts/footprint

fuzz: ## fuzz every parser, one after the other (SECONDS=600 for ten minutes each)
	@fuzz/run $${SECONDS:-60}

examples: ## make the key sets and tokens in examples/ again: the same bytes
	@scripts/setup python
	@.venv/bin/python examples/make_tokens.py

clean: ## remove everything that was built
	@rm -rf target firmware/target fuzz/target .venv
