# Every target sets up what it needs by itself; `make help` lists them.
SHELL := /bin/sh
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory
export PYTHONPATH := $(CURDIR)
export PYTHONSAFEPATH := 1
export PYTHONUTF8 := 1
# A run starts hundreds of interpreters: without bytecode each compiles everything again, and pytest rewrites all tests.
unexport PYTHONDONTWRITEBYTECODE

STORY ?= examples/hoshi_no_kagi.txt
OUT ?=
ARGS ?=
TESTS ?= tests
WORKERS ?= 3

packages := manga drawing prompts providers offline storage agents editing calls graph works server cli evals benchmarks bootstrap deploy
python = $$(bootstrap/ready)

.PHONY: help run test slow evals strict sealed audit redo faults load line bench bench-cost bench-pages panels record gallery security studio-test studio-e2e studio-shots bench-studio check setup openapi lock studio cluster clean

help: ## this list
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))

run: ## draw a story: make run [STORY=story.txt] [OUT=folder] [ARGS="--pages 16"]
	@./mangaka draw "$(STORY)" $(if $(OUT),--out "$(OUT)") $(ARGS)

test: ## run the tests: make test [TESTS=tests/drawing] [WORKERS=3]
	@python=$(python) && "$$python" -m pytest -n $(WORKERS) --dist worksteal -m "not slow" $(TESTS)

slow: ## all the tests that `make test` leaves out because they take long, or by its sample; laws with ten times the cases
	@python=$(python) && "$$python" -m pytest -p schemathesis -m "slow or hypothesis" --hypothesis-profile=many $(TESTS)

evals: ## how well the rules read and tell twelve stories, beside the baseline; exit 1: worse, 3: a prompt is unmeasured
	@python=$(python) && "$$python" -m evals memory --check && "$$python" -m evals gate $(ARGS)

strict: ## figures that can fall, beside chance and a perfect book; POOL=known|open
	@python=$(python) && "$$python" -m evals strict --pool "$(or $(POOL),known)" $(ARGS)

sealed: ## the same of stories that nobody has seen, pooled, and logged in the repository; SET=a|b, b once: REALLY=1
	@python=$(python) && "$$python" -m evals sealed "$(SET)" $(if $(REALLY),--really) $(ARGS)

audit: ## every gate of the audit over twelve stories and 2,000 random pages; prints figures, exit 1: a gate is broken
	@python=$(python) && "$$python" -m benchmarks.audit $(ARGS)

redo: ## what forty edits redo, beside the least and a plain replay
	@python=$(python) && "$$python" -m evals.redo

faults: ## kill -9, Ctrl-C and SIGTERM in the middle of work; providers, databases and stores that fail; prints figures
	@python=$(python) && table=$$(mktemp) && export MANGA_FIGURES=$$table && status=0; \
	"$$python" -m pytest -n $(WORKERS) -m slow \
	  tests/end_to_end/test_faults.py tests/end_to_end/test_paid_faults.py tests/works/test_kills.py \
	  tests/calls/test_character_sheets_kill.py tests/graph/test_postgres.py \
	  tests/works/test_recorded.py tests/recorded tests/works/test_faults.py tests/storage || status=1; \
	"$$python" -m pytest -n 2 --dist loadfile --no-loadscope-reorder -m slow -p no:randomly tests/end_to_end/test_service_kills.py \
	  tests/end_to_end/test_service_faults.py tests/end_to_end/test_service_together.py \
	  tests/end_to_end/test_store_faults.py tests/end_to_end/test_object_faults.py \
	  tests/end_to_end/test_rolling_change.py tests/end_to_end/test_agents.py || status=1; \
	rm -f $$table; exit $$status

record: ## works in every state as this commit leaves them, into tests/recorded/{commit}: once a release
	@python=$(python) && "$$python" -m tests.recorded.record $(ARGS)

gallery: ## contact sheets of all that is drawn, and the first pages of four stories, into docs/gallery
	@python=$(python) && books=$$(mktemp -d) && status=0; \
	for story in ja_housou ja_jizou en_remarks en_goose; do \
	  ./mangaka draw "evals/stories/$$story.txt" --out "$$books/$$story" --quiet >/dev/null || status=1; \
	done; \
	"$$python" -m drawing.gallery docs/gallery "school=$$books/ja_housou" "folk_tale=$$books/ja_jizou" \
	  "period=$$books/en_remarks" "english=$$books/en_goose" $(ARGS) || status=1; \
	rm -rf "$$books"; exit $$status

security: ## tokens, every operation asked by everybody, made-up and hostile input; prints its figures
	@python=$(python) && "$$python" -m pytest -n $(WORKERS) --dist worksteal -p no:randomly -p schemathesis --show-capture=no \
	  tests/security

load: ## a hundred works with as many streams, drawings remembered, beside a bare server: make load [ARGS="--works 20"]
	@python=$(python) && "$$python" -m benchmarks.load $(ARGS)

line: ## two replicas and four workers: do works that wait for models get done in proportion? make line [ARGS="--works 8 16"]
	@python=$(python) && "$$python" -m benchmarks.straight_line $(ARGS)

bench: ## figures of performance beside peers and bounds, into benchmarks/FIGURES.md; ten minutes of two quiet cores
	@python=$(python) && "$$python" -m benchmarks.bench $(ARGS)

bench-cost: ## what a work costs, its drawing included: processor seconds, rows, bytes, connections
	@python=$(python) && "$$python" -m benchmarks.work_cost $(ARGS)

bench-pages: ## how fast pages are drawn and a book of 24 pages is exported, beside a bare Pillow
	@python=$(python) && "$$python" -m benchmarks.page_speed $(ARGS)

panels: ## does somebody else's panel finder see our panels? ten books: make panels [ARGS="out/my-book"]; exit 1: too few
	@python=$(python) && "$$python" -m benchmarks.panel_finder $(ARGS)

studio-e2e: ## a person at the web studio, in a real browser: wants Chromium (apt install chromium), and npm for axe
	@python=$(python) && "$$python" -m bootstrap.with_playwright -m pytest -m slow -rs -p no:randomly -n 2 --dist loadfile --no-loadscope-reorder \
	  tests/end_to_end/test_studio_handles.py tests/end_to_end/test_studio_editing.py tests/end_to_end/test_studio_finished.py \
	  tests/end_to_end/test_studio_e2e.py tests/end_to_end/test_studio_trouble.py tests/end_to_end/test_studio_reading.py \
	  tests/end_to_end/test_studio_desk.py tests/end_to_end/test_studio_doors.py tests/end_to_end/test_studio_walks.py

studio-shots: ## a picture of every view of the studio into docs/studio: wants Chromium
	@python=$(python) && "$$python" -m bootstrap.with_playwright -m tests.end_to_end.shots docs/studio $(ARGS)

bench-studio: ## bytes of the studio's first load, time to a usable desk, frames while dragging: wants Chromium
	@python=$(python) && "$$python" -m bootstrap.with_playwright -m benchmarks.studio_speed

studio-test: ## LangGraph Studio's server over the same graph, from set-up to a finished run
	@python=$(python) && "$$python" -m pytest -m slow tests/end_to_end/test_studio.py

check: ## formatting, lint, types (the studio's scripts too) and layers
	@python=$(python) && bin=$$(dirname "$$python") && status=0; \
	"$$bin/ruff" format --check $(packages) tests || status=1; \
	"$$bin/ruff" check $(packages) tests || status=1; \
	"$$python" -m mypy $(packages) || status=1; \
	"$$python" -B -m bootstrap.check_studio_types || status=1; \
	"$$python" -c 'from importlinter.cli import lint_imports_command as run; run()' --no-cache --no-logo || status=1; \
	exit $$status

setup: ## only set up; tries again what could not be had before
	@bootstrap/ready --again >/dev/null && echo "ready: ./mangaka draw STORY, make test"

openapi: ## write docs/openapi.json anew from the routes
	@python=$(python) && "$$python" -m server.write_openapi docs/openapi.json

lock: ## resolve the dependencies anew into requirements.lock
	@python=$(python) && "$$python" -B -m bootstrap.resolve_locks

studio: ## serve the same graph to LangGraph Studio (langgraph dev), in an environment of its own
	@python=$(python) && "$$python" -B -m bootstrap.start_langgraph_dev

cluster: ## two API replicas and two workers on one PostgreSQL and one Valkey, over TCP: make cluster [ARGS="--port 8700"]
	@python=$(python) && exec "$$python" -m deploy.cluster $(ARGS)

clean: ## remove the environment, fonts and caches; books stay
	rm -rf .venv .boot assets/fonts assets/browser .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find $(packages) tests -name __pycache__ -type d -prune -exec rm -rf {} +
