# Everything a person types here; `make help` lists it.
.DEFAULT_GOAL := help
PYTHON ?= python3
CORPUS ?= seeds
VENV := .venv
BIN := $(VENV)/bin
KERNELS := ONEDNN_PRIMITIVE_CACHE_CAPACITY=8192 LRU_CACHE_CAPACITY=8192# torch keeps one kernel for each shape of batch
PIP := $(BIN)/python -m pip --disable-pip-version-check

.PHONY: help
help: # List the targets
	@grep -E '^[a-z-]+:.*# ' Makefile | while IFS= read -r line; do printf '  make %-14s %s\n' "$${line%%:*}" "$${line##*# }"; done

.PHONY: chat
chat: $(VENV)/.product # Set up what is missing and open the chat on http://127.0.0.1:7860
	$(BIN)/depeche chat --corpus '$(CORPUS)'

.PHONY: ask
ask: $(VENV)/.product # Ask in the terminal: make ask QUESTION="Combien de soldats ... ?"
	@$(BIN)/depeche ask "$$QUESTION" --corpus '$(CORPUS)'

.PHONY: test
test: $(VENV)/.development # Set up what is missing and run all default tests
	$(BIN)/python -m pytest -n auto --dist loadfile

.PHONY: test-slow
test-slow: $(VENV)/.development # Run the tests that take minutes
	$(BIN)/python -m pytest -m slow --timeout 900

.PHONY: eval
eval: $(VENV)/.product # Ask the question sets that ship and print how good the answers are
	$(BIN)/depeche eval run

.PHONY: bench
bench: $(VENV)/.product # Time importing and asking beside LlamaIndex's tutorial: make bench [DATA=path]
	$(PIP) install --quiet --constraint constraints.txt --editable '.[bench]'
	$(BIN)/depeche eval bench $(if $(DATA),--corpus '$(DATA)')

.PHONY: screenshots
screenshots: $(VENV)/.development # Take the pictures of the README anew (needs Chromium)
	PYTHONPATH=. $(BIN)/python tests/screenshots.py

.PHONY: encoder
encoder: $(VENV)/.development # Train the bundled encoder: make encoder DATA=folder [TEACHER=folder] [LEARN_ON=1]
	$(BIN)/python -m rag.encoder.train --data $(DATA) $(if $(TEACHER),--teacher $(TEACHER)) $(if $(LEARN_ON),--learn-on) --output rag/encoder

.PHONY: encoder-eval
encoder-eval: $(VENV)/.development # Reprint the table of the encoder's model card: make encoder-eval DATA=folder
	$(BIN)/python -m rag.encoder.evaluate --data $(DATA)

.PHONY: reader
reader: $(VENV)/.development # Train the bundled reader, from its base or on: make reader DATA=folder [PACKED=e5-small-q4.bin] [MINUTES=85] [NEW=train-15] [STILL=3] [SHOWN=build/shown.jsonl]
	$(if $(PACKED),$(BIN)/python -m rag.reader.base --packed $(PACKED) --output build/e5)
	$(KERNELS) $(BIN)/python -m rag.reader.train --data $(DATA) $(if $(PACKED),--base build/e5) $(if $(MINUTES),--minutes $(MINUTES)) $(if $(NEW),--new $(NEW)) $(if $(STILL),--still $(STILL)) $(if $(SHOWN),--shown $(SHOWN))

.PHONY: reader-eval
reader-eval: $(VENV)/.development # Reprint the table of the reader's model card: make reader-eval DATA=folder
	$(BIN)/python -m rag.reader.evaluate --data $(DATA)

.PHONY: answerer
answerer: $(VENV)/.development # Fit the weights that choose sentences: make answerer DATA=folder
	$(BIN)/python -m rag.answering.choosing.fit --data $(DATA)

.PHONY: format
format: $(VENV)/.development # Format the code
	$(BIN)/ruff check --fix --quiet .
	$(BIN)/ruff format --quiet .

.PHONY: lint
lint: $(VENV)/.development # Check style and format
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

.PHONY: types
types: $(VENV)/.development # Check types
	$(BIN)/mypy

.PHONY: constraints
constraints: # Pin today's versions for Python 3.10 to 3.13 (needs uv)
	echo torch==2.13.0 | uv pip compile --universal --python-version 3.10 --extra dev --no-annotate --no-header \
	  --constraint - pyproject.toml | grep -vE '^(nvidia-|triton|cuda-)' > constraints.txt

.PHONY: clean
clean: # Remove the virtual environment, caches and the index of the seeds
	rm -rf $(VENV) .depeche build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# Torch comes first and by itself: with its version pinned, pip takes a CPU build where one is at hand.
$(VENV)/.product: pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(not (3, 10) <= sys.version_info[:2] <= (3, 13))' || \
	  { echo "Python 3.10 to 3.13 is needed, $(PYTHON) is `$(PYTHON) -V 2>&1`; name another: make PYTHON=python3.12 ..." >&2; exit 2; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV) || \
	  { echo "No virtual environment could be made; on Debian: apt-get install python3-venv" >&2; exit 2; }
	@echo "Setting up (a few minutes, once) ..."
	$(PIP) install --quiet --constraint constraints.txt torch
	$(PIP) install --quiet --constraint constraints.txt --editable .
	@touch $@

$(VENV)/.development: $(VENV)/.product
	$(PIP) install --quiet --constraint constraints.txt --editable '.[dev]'
	@touch $@
