"""Every reader fed with bent examples of what it reads: no error but sayso's own, nothing over 10 s or 1 GiB.

    python -m benchmarks.fuzzing --seconds 900                   all readers, one after another, on one core
    python -m benchmarks.fuzzing --only WARC --seconds 60        one of them
    python -m benchmarks.fuzzing --only HTML --again FILE        one case that was kept, with its traceback
    python -m benchmarks.fuzzing --atheris --seconds 900         led by coverage (`pip install .[fuzz]`)

Each reader works in a process of its own, with 1 GiB of memory beside what it has at the start; a case may take 10 s of
a processor. What goes wrong is kept in build/fuzzing. `--write-docs` keeps the figures for docs/input.md.
"""
