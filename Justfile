# The default does what .ci/run does, short of building from a clean clone. `just setup` first.

python := env("SAYSO_PYTHON", ".venv/bin/python")

# Format, lint, types, pages, tests
default: format-check lint types pages-check site test

# A virtual environment with everything to develop with, as locked
setup:
    test -x {{python}} || python3 -m venv .venv
    {{python}} -m pip install --require-hashes -r requirements-dev.lock
    {{python}} -m pip install --no-deps -e .

format:
    {{python}} -m ruff format .
    {{python}} -m ruff check --fix .

format-check:
    {{python}} -m ruff format --check .

lint:
    {{python}} -m ruff check .

types:
    {{python}} -m mypy

test *arguments:
    {{python}} -m pytest {{arguments}}

# All accuracy figures, beside the annotators' and the peers': --compare FILE, --raise-floors, --write-docs
evaluate *arguments:
    {{python}} -m training.evaluate {{arguments}}

# Speed, memory and cold start beside the peers, who live in an environment of their own: --rounds N, --write-docs
bench *arguments: peers
    {{python}} -m benchmarks.speed --peers-python .venv-peers/bin/python {{arguments}}

# How far the encoder is from the most that a core can do, and where its time goes: --rounds N, --write-docs
encoder *arguments:
    {{python}} -m benchmarks.encoder {{arguments}}

# Bent quotes with the verdict that is right for each, put to the judge: --split held, --show KIND, --write-docs
mutations *arguments:
    {{python}} -m benchmarks.mutations {{arguments}}

# How fast quotes are placed in ten thousand transcripts, and what the index costs: --transcripts N, --write-docs
placing *arguments:
    {{python}} -m benchmarks.placing {{arguments}}

# How searching, tracing, adding and size grow with the archive: --sizes N..., --folder DIR, --write-docs
archive *arguments:
    {{python}} -m benchmarks.archive {{arguments}}

# What a batch costs and where its time goes: --articles N, --rounds N, --watch N (memory through N), --write-docs
batch *arguments: peers
    {{python}} -m benchmarks.batch --peers-python .venv-peers/bin/python {{arguments}}

# Taking a batch's output into an archive beside reading it: --articles N, --write-docs
taking *arguments:
    {{python}} -m benchmarks.taking {{arguments}}

# How the grouping of a batch grows with it, and how well it does: --sizes N..., --folder DIR, --write-docs
grouping *arguments:
    {{python}} -m benchmarks.grouping {{arguments}}

# What looking through each kind of input costs before it is read: --articles N, --write-docs
scanning *arguments:
    {{python}} -m benchmarks.scanning {{arguments}}

# A thousand damaged WARC files read: --files N, --show, --write-docs
mutated *arguments:
    {{python}} -m benchmarks.mutated {{arguments}}

# News in forty encodings with wrong labels: --show, --write-docs
encodings *arguments:
    {{python}} -m benchmarks.encodings {{arguments}}

# Every reader fed bent examples: --seconds N, --only READER, --again FILE, --atheris, --write-docs
fuzz-readers *arguments:
    {{python}} -m benchmarks.fuzzing {{arguments}}

# Fifty people at a desk while articles come in: --archive FILE, --minutes N, --first-byte, --write-docs
load *arguments:
    {{python}} -m benchmarks.load {{arguments}}

# The archive under fire: kill, disk, postgres, together or damage; --times N, --seed N, --keep
fire *arguments:
    {{python}} -m benchmarks.fire {{arguments}}

# A batch on three nodes of Ray while its processes, machines and itself die: --minutes N, --every S, --keep
chaos *arguments:
    {{python}} -m benchmarks.chaos {{arguments}}

# The API asked with made-up requests, held to its description: --examples N, --only PATH, --url ADDRESS --token TOKEN
fuzz *arguments:
    {{python}} -m tests.api.fuzzing {{arguments}}

# How well figures and the turns of transcripts are read; the tables of docs/accuracy.md
checks: peers
    {{python}} -m training.figures --peers-python .venv-peers/bin/python --json docs/measured/figures.json
    {{python}} -m training.transcripts --layouts --json docs/measured/transcripts.json
    {{python}} -m docs.pages

# The peers, pinned by hash
peers:
    test -x .venv-peers/bin/python || python3 -m venv .venv-peers
    .venv-peers/bin/python -m pip install --quiet --require-hashes -r benchmarks/requirements.lock

# The pictures and the tables of the pages, from what was measured
docs:
    {{python}} -m docs.picture
    {{python}} -m docs.screens
    {{python}} -m docs.pages

pages-check:
    {{python}} -m docs.pages --check

# The documentation as one site in build/site, its links looked through
site:
    {{python}} -m docs.site

# Train the weights (training/README.md says what it takes)
train *arguments:
    {{python}} -m training.train {{arguments}}

# Pin every dependency anew, with hashes, for Python 3.11 to 3.13
lock:
    {{python}} -m uv pip compile pyproject.toml {{lock_options}} --output-file requirements.lock
    {{python}} -m uv pip compile pyproject.toml --extra dev {{lock_options}} --output-file requirements-dev.lock
    {{python}} -m uv pip compile pyproject.toml --extra postgres --extra parquet {{lock_options}} --constraint requirements-dev.lock --output-file requirements-server.lock
    {{python}} -m uv pip compile benchmarks/requirements.in {{lock_options}} --output-file benchmarks/requirements.lock

lock_options := "--quiet --upgrade --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header"
