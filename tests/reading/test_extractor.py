"""The child that parses pages: bounded in time of a processor, and asked again where somebody else killed it."""

from __future__ import annotations

import os
import signal
import threading
import time

import pytest

from sayso.errors import TookTooLong
from sayso.reading import Limits, extractor, read_bytes
from sayso.reading.extractor import extract_main_text

PAGE = (
    "<html><body><article>" + "<p>The mill will close in June, Elin Askvold said.</p>" * 9 + "</article></body></html>"
)
ENDLESS = "<p " + " ".join(f"a{number}=1" for number in range(1_000_000)) + ">Mill</p>"


def test_a_page_that_takes_too_much_of_a_processor_is_refused_long_before_patience_ends() -> None:
    begun = time.monotonic()
    with pytest.raises(TookTooLong, match=r"within 0\.5 s"):
        extract_main_text(ENDLESS, "page.html", Limits(parse_timeout_s=0.5, parse_patience=100))
    assert time.monotonic() - begun < 20


@pytest.mark.skipif(not hasattr(signal, "SIGSTOP"), reason="no such signals here")
def test_a_child_that_somebody_else_killed_says_nothing_of_the_page() -> None:
    limits = Limits(parse_timeout_s=30)
    wanted = extract_main_text(PAGE, "page.html", limits)
    child = extractor._idle[-1]
    os.kill(child.process.pid, signal.SIGSTOP)
    timer = threading.Timer(0.3, os.kill, (child.process.pid, signal.SIGKILL))
    timer.start()
    assert extract_main_text(PAGE, "page.html", limits) == wanted
    timer.join()
    assert wanted["text"] and child.process.poll() == -signal.SIGKILL


def told(what: str, count: int) -> str:
    return "".join(
        f"<p>The {what} will close in June, Elin Askvold said on day {number}, and its workers will be paid.</p>"
        for number in range(count)
    )


TEASED = (
    f"<html><body><article>{told('mill', 8)}</article><div class='longread'>{told('dam', 40)}</div></body></html>"
).encode()


def test_a_text_long_enough_is_not_compared_with_others() -> None:
    found = extract_main_text(TEASED.decode(), "page.html", Limits(), enough=500)
    assert "mill" in found["text"] and "dam" not in found["text"]


def test_a_page_with_twice_as_much_elsewhere_is_looked_at_in_other_ways_too() -> None:
    assert "The dam will close in June" in read_bytes(TEASED, "page.html").text
