"""The process in which one reader is fed by atheris, which goes where no case went: NAME SECONDS SEED FOLDER."""

from __future__ import annotations

import sys
import time
from importlib import import_module
from pathlib import Path

from benchmarks.fuzzing.mutating import MOST


def main() -> None:
    """As the command line says. Raises ImportError without atheris."""
    atheris = import_module("atheris")
    name, seconds, first, folder = sys.argv[1:]
    with atheris.instrument_imports(include=["sayso"]):
        from benchmarks.fuzzing.child import Trial
    trial = Trial(name, Path(folder))
    corpus = Path(folder) / "corpus"
    corpus.mkdir(exist_ok=True)
    for number, example in enumerate(trial.examples):
        (corpus / f"example-{number}").write_bytes(example)
    end = time.monotonic() + float(seconds)
    written = [0.0]

    def put(data: bytes) -> None:
        trial.put(data)
        # It ends this process itself, and says nothing: what is known must be written before.
        if (now := time.monotonic()) > min(written[0] + 1, end - 1):
            written[0] = now
            trial.report()

    options = [
        f"-max_total_time={int(float(seconds)) + 1}",
        f"-seed={int(first) + 1}",
        f"-max_len={MOST}",
        "-timeout=60",
    ]
    atheris.Setup([sys.argv[0], *options, "-verbosity=0", str(corpus)], put)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
