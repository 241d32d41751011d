"""Text made of half-open forms: what looks at a source's first bytes takes no longer for it than for other text."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from sayso.intake.kinds import kind_of
from sayso.reading.formats import format_of
from sayso.transcripts.directions import bare_directions
from sayso.transcripts.formats import format_of_text

SHAPES = {
    "instructions": '<?xml version="1.0"?>' * 400,
    "instructions-half-open": '<?xml version="1.0"?><?xml version="1.0" ' * 200,
    "comments": "<!-- a --> " * 900,
    "comments-half-open": "<!-- a --> <!-- " * 300,
    "document-types": "<!DOCTYPE a [<!ENTITY b 'c'>] >" * 200,
    "spaces": " " * 9_000,
}
LOOKING: dict[str, Callable[[str], object]] = {
    "kind": lambda text: kind_of(text.encode()[:65_536], "wire.xml", None),
    "format": lambda text: format_of("-", text),
    "form-of-a-transcript": lambda text: format_of_text("-", text, None),
}


@pytest.mark.parametrize("look", LOOKING.values(), ids=LOOKING)
@pytest.mark.parametrize("text", SHAPES.values(), ids=SHAPES)
def test_looking_at_it_takes_no_time(text: str, look: Callable[[str], object]) -> None:
    begun = time.process_time()
    look(text)
    assert time.process_time() - begun < 1


def test_a_line_of_capitals_takes_no_time() -> None:
    begun = time.process_time()
    assert [span.start for span in bare_directions("MS" * 4_000 + ".x\n\nAPPLAUSE\n")] == [8_004]
    assert time.process_time() - begun < 1
