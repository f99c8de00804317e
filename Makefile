.PHONY: help demo test check format lock bench

READY = .venv/.ready
BIN = .venv/bin

help:   ## Show this
	@grep -hE '^[a-z]+: .*##' $(MAKEFILE_LIST) | sed 's/:.*##/ -/'

demo: $(READY)   ## Set up, read the casebook, print the rankings and serve the pages
	@$(BIN)/unsolved demo $(ARGS)

test: $(READY)   ## Set up and run the tests; `make test ARGS="-k standing"`
	@$(BIN)/pytest $(ARGS)

check: $(READY)   ## All that CI checks, in the order that fails fastest
	$(BIN)/ruff format --check
	$(BIN)/ruff check
	$(BIN)/lint-imports
	$(BIN)/mypy
	$(MAKE) --no-print-directory test

format: $(READY)   ## Put the code in order
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

bench: $(READY)   ## Run the benchmarks; about a quarter of an hour
	@for name in casebook standings offsets killed pages read evidence; do \
	  $(BIN)/python -m bench.$$name || exit 1; done

lock:   ## Pin what pyproject.toml and build.in ask for, by hash (needs uv)
	uv pip compile pyproject.toml build.in --all-extras --group dev --universal \
	  --generate-hashes --no-emit-index-url --no-header --no-annotate -o requirements.lock -q

$(READY): requirements.lock pyproject.toml scripts/bootstrap.py
	@python3 scripts/bootstrap.py
