"""Commands that ask an archive, pointed at a server: they print what they print of the file."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from sayso.cli import commands
from sayso.client.remote import RemoteArchive


@pytest.mark.parametrize(
    "line",
    [
        pytest.param(["search", "recorder", "--facets", "outlet"], id="search"),
        pytest.param(["search", "recorder", "-f", "json"], id="search, as JSON"),
        pytest.param(["search", "speeker:askvold"], id="a query that cannot be read"),
        pytest.param(["trace", "Whether that is so, the recorder will tell us"], id="trace"),
        pytest.param(["export", "speaker:askvold", "-f", "csv"], id="export of a query"),
        pytest.param(["export", "--article", "2", "-f", "json"], id="export of an article"),
        pytest.param(["export", "-f", "jsonl"], id="export of all"),
    ],
)
def test_a_command_prints_the_same(line: list[str], kept: Path, there: RemoteArchive) -> None:
    here = CliRunner().invoke(commands, [*line, "--archive", str(kept)])
    elsewhere = CliRunner().invoke(commands, [*line, "--archive", there.where])
    assert (elsewhere.stdout, elsewhere.stderr, elsewhere.exit_code) == (here.stdout, here.stderr, here.exit_code)
    assert here.stdout or "speeker" in here.stderr


def test_a_command_that_works_on_the_file_itself_says_so(there: RemoteArchive) -> None:
    done = CliRunner().invoke(commands, ["archive", "verify", "--archive", there.where], standalone_mode=False)
    assert done.exception is not None
    assert "http" in str(done.exception)
