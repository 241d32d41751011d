"""Every operation of the API asked by schemathesis, on a real server over a real archive.

python -m tests.api.fuzzing --examples 200          a long run, on an archive made for it
python -m tests.api.fuzzing --url http://... --token ...
"""

from __future__ import annotations

import argparse
import contextlib
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import requests
import schemathesis
from hypothesis import HealthCheck, Phase, Verbosity, given, settings
from hypothesis import strategies as st
from hypothesis.errors import Unsatisfiable
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi.checks import negative_data_rejection, positive_data_acceptance

NOT_CHECKED = [
    # An id, a query or a text can be as the schema wants it and still be of nothing that is in the archive.
    positive_data_acceptance,
]
"""Checks that this API does not mean to pass, each with the reason."""
QUERIES = (
    "",
    "recorder",
    "speaker:askvold",
    "verdict:altered",
    "since:2026-03 -is:anonymous",
    'like:"it will tell us"',
)
NOWHERE = "http://127.0.0.1:9/nothing"
"""In place of the addresses that are made up: nobody's server is to be asked."""


def operations(address: str, token: str | None = None) -> Iterator[Any]:
    """The operations of a server's API."""
    schema = schemathesis.openapi.from_url(f"{address}/api/v1/openapi.json", headers=_headers(token))
    for result in schema.get_all_operations():
        yield result.ok()


def _headers(token: str | None) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"} if token else {}


class Found:
    """What came of asking: how many calls were answered with which status, and what was wrong."""

    def __init__(self) -> None:
        self.calls = 0
        self.statuses: Counter[int] = Counter()
        self.wrong: dict[str, str] = {}

    def __str__(self) -> str:
        told = ", ".join(f"{status}: {count}" for status, count in sorted(self.statuses.items()))
        return f"{self.calls} calls ({told}), {len(self.wrong)} faults"


def made_up(operation: Any, *, examples: int) -> list[tuple[Any, bool]]:
    """Requests of an operation, so many valid ones and others, and of each whether it is a valid one."""
    made: list[tuple[Any, bool]] = []
    for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE):
        try:
            strategy = operation.as_strategy(generation_mode=mode)
        except Exception:
            continue

        @settings(
            max_examples=examples,
            database=None,
            deadline=None,
            derandomize=True,
            suppress_health_check=list(HealthCheck),
            phases=(Phase.explicit, Phase.generate),
            verbosity=Verbosity.quiet,
        )
        @given(strategy, st.just(mode is GenerationMode.POSITIVE))
        def each(case: Any, aimed: bool) -> None:
            made.append((case, aimed))

        with contextlib.suppress(Unsatisfiable):
            # What takes nothing cannot be asked wrongly.
            each()
    return made


def ask(address: str, cases: Iterable[tuple[Any, bool]], found: Found, *, token: str | None = None) -> None:
    """Sends requests to a server, and checks each answer against the schema."""
    session = requests.Session()
    for case, aimed in cases:
        if aimed:
            _aim(case, found.calls)
        _tame(case)
        response = case.call(base_url=address, session=session, headers=_headers(token), timeout=60)
        found.calls += 1
        found.statuses[response.status_code] += 1
        try:
            # In a form all is text: null is the word for it there.
            form = case.media_type == "multipart/form-data"
            excluded = [*NOT_CHECKED, negative_data_rejection] if form else NOT_CHECKED
            case.validate_response(response, excluded_checks=excluded, headers=_headers(token))
        except BaseException as error:
            if isinstance(error, KeyboardInterrupt):
                raise
            text, asked = str(error), case.operation
            found.wrong.setdefault(f"{asked.method.upper()} {asked.path}: {text.strip().splitlines()[0]}", text)


def _aim(case: Any, number: int) -> None:
    """Leads most of what is made up to something that there is: few ids and queries would find anything."""
    if "id" in (case.path_parameters or {}) and number % 3 and isinstance(case.path_parameters["id"], int):
        case.path_parameters = {**case.path_parameters, "id": 1 + case.path_parameters["id"] % 6}
    if "q" in (case.query or {}) and number % 2:
        case.query = {**case.query, "q": QUERIES[number % len(QUERIES)]}


def _tame(case: Any) -> None:
    """Keeps what is made up from asking anybody else."""
    if (
        isinstance(case.body, dict)
        and isinstance(case.body.get("url"), str)
        and case.body["url"].lower().startswith("http")
    ):
        case.body = {**case.body, "url": NOWHERE}


def main(arguments: list[str] | None = None) -> int:
    """Asks everything; 1 where anything is wrong."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--examples", type=int, default=100)
    parser.add_argument("--only", default="", help="part of an operation's path")
    parser.add_argument("--url", default="")
    parser.add_argument("--token")
    told = parser.parse_args(arguments)
    found = Found()

    def run(address: str) -> None:
        for operation in operations(address, told.token):
            if told.only in operation.path:
                before, began = found.calls, time.monotonic()
                ask(address, made_up(operation, examples=told.examples), found, token=told.token)
                took = time.monotonic() - began
                print(
                    f"{operation.method.upper():7}{operation.path:50}{found.calls - before:6} calls {took:6.1f} s",
                    flush=True,
                )

    if told.url:
        run(told.url)
    else:
        from sayso.archive import open_archive
        from sayso.serving import make_app
        from tests.api.archived import make
        from tests.serving import serving

        with tempfile.TemporaryDirectory() as folder:
            place = Path(folder, "news.db")
            make(place)
            with open_archive(place) as archive, serving(make_app(archive, desk=False)) as address:
                run(address)
    print(found)
    for fault in found.wrong.values():
        print("\n" + fault[:2000])
    return 1 if found.wrong else 0


if __name__ == "__main__":
    sys.exit(main())
