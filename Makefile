# One Window. Each target is a small program in tools/; plain `make` lists them.
.DEFAULT_GOAL := help
.NOTPARALLEL:
TOOL := @tools/python -m tools

.PHONY: help
help:  ## List what can be made
	@echo "One Window 一窗. What can be made:"
	@sed -nE 's/^([a-z-]+):.*## (.*)$$/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 20

.PHONY: run
run:  ## Start the city with demo data, from a bare machine if need be (PORT=8000)
	$(TOOL).run

.PHONY: test
test:  ## Run every test, on SQLite and PostgreSQL (ARGS="-k dibao" for some of them)
	$(TOOL).test $(ARGS)

.PHONY: check
check:  ## Format, lint, types, floors of the architecture, settings for production
	$(TOOL).check

.PHONY: bench
bench:  ## Print CPU-milliseconds per request as multiples of a bare Django view
	$(TOOL).inside dev python -m tests.bench

.PHONY: new-matter
new-matter:  ## Make the folder of a new matter (NAME=field/matter)
	$(TOOL).inside run onewindow new-matter $(NAME)

.PHONY: format
format:  ## Put Python and templates into the one format
	$(TOOL).format

.PHONY: lock
lock:  ## Pin all packages again by hash (UPGRADE=1 for newer versions)
	$(TOOL).lock

.PHONY: clean
clean:  ## Delete what can be made again; never the city's data in var/
	rm -rf .venv build .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis *.egg-info
	rm -rf onewindow/web/ui/static/vendor onewindow/web/ui/front/node_modules
	find onewindow tests tools -name __pycache__ -type d -prune -exec rm -rf {} +
