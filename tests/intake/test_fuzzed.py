"""Bent examples of all that sayso reads give no error but its own. `python -m benchmarks.fuzzing` does more of it."""

from __future__ import annotations

import random
import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from benchmarks.fuzzing.mutating import mutate
from benchmarks.fuzzing.readers import READERS, try_one
from benchmarks.mutated import no_longer_than

SLOW = ("HTML", "transcript as HTML", "transcript as PDF", "transcript as DOCX")
"""Of these each case has a process."""


@pytest.mark.parametrize("name", READERS)
def test_no_example_is_refused(name: str) -> None:
    for example in READERS[name].examples():
        assert try_one(READERS[name], example) == "read"


@pytest.mark.parametrize("name", READERS)
def test_bent_examples_raise_nothing_but_errors_of_ours(name: str) -> None:
    reader = READERS[name]
    examples = list(reader.examples())

    @settings(max_examples=4 if name in SLOW else 40, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.integers(0, 2**63), st.sampled_from(examples))
    def one(drawn: int, example: bytes) -> None:
        data = mutate(example, reader.pieces, random.Random(drawn))
        begun = time.process_time()
        with no_longer_than(10):
            assert try_one(reader, data)
        assert time.process_time() - begun < 10

    one()
