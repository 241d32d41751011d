"""JSON with texts in it: how much may stand beside them."""

from __future__ import annotations

import json
import time

import pytest

from sayso.api.bodies import _refuse_many_parts
from sayso.errors import BadRequest

MEGABYTE = 1_000_000


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(json.dumps({"text": 'She said: "No, {never}, [never]."\\' * 30_000}), id="a long text"),
        pytest.param(
            json.dumps({"text": "x", "transcripts": [{"text": "x" * 10_000, "date": "2026-03-14"}] * 100}, indent=4),
            id="many transcripts",
        ),
        pytest.param("[" * 10_000, id="little of anything"),
    ],
)
def test_texts_of_any_length_are_taken(body: str) -> None:
    _refuse_many_parts(body.encode())


@pytest.mark.parametrize(
    "body",
    [
        pytest.param("{" + ",".join(f'"k{each}":1' for each in range(MEGABYTE)) + "}", id="fields"),
        pytest.param("[" + "1," * 5 * MEGABYTE, id="numbers"),
        pytest.param("[" * 10 * MEGABYTE, id="depth"),
        pytest.param('["",' * 2 * MEGABYTE, id="empty texts"),
        pytest.param(" " * 20_000 + '"' + '\\"' * 5 * MEGABYTE, id="a text without end"),
        pytest.param(" " * 20_000 + '"' + "\\\\" * 5 * MEGABYTE + "\\", id="a text that ends in the middle"),
    ],
)
def test_what_would_keep_all_others_waiting_is_refused_at_once(body: str) -> None:
    encoded = body.encode()
    began = time.monotonic()
    with pytest.raises(BadRequest, match="beside its texts"):
        _refuse_many_parts(encoded)
    assert time.monotonic() - began < 1
