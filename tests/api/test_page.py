"""docs/api.md keeps its word: every command on it runs, answers as is shown, and its table is the API's."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from docs import api as made
from sayso.archive.archive import Archive
from sayso.serving import make_app
from tests.api.archived import EXAMPLES
from tests.serving import serving

PAGE = made.PAGE.read_text(encoding="utf-8")
PIECE = re.compile(r"(?ms)^(<!-- [^\n]* -->\n)?```(sh|json|py)\n(.*?)^```$")
LOCAL = "http://127.0.0.1:8377"
PASSPHRASE = "a long enough passphrase"
pytestmark = pytest.mark.skipif(shutil.which("curl") is None, reason="no curl here")


def pieces() -> Iterator[tuple[str, str, str, Any]]:
    """Each sample in order: its remark, its language, itself, and the JSON that is shown below it, if any."""
    found = PIECE.findall(PAGE)
    for number, (remark, language, body) in enumerate(found):
        following = found[number + 1] if number + 1 < len(found) else ("", "", "")
        if language != "json" and "not run" not in remark:
            yield remark, language, body, json.loads(following[2]) if following[1] == "json" else None


def has(given: Any, shown: Any, at: str = "") -> list[str]:
    """Where an answer lacks what is shown of it; "..." stands for anything."""
    if shown == "...":
        return []
    if isinstance(shown, dict) and isinstance(given, dict):
        return [
            each
            for name, value in shown.items()
            for each in (has(given[name], value, f"{at}.{name}") if name in given else [f"{at}.{name} lacks"])
        ]
    if isinstance(shown, list) and isinstance(given, list):
        if len(given) < len(shown):
            return [f"{at} has {len(given)}"]
        return [each for one, other in zip(given, shown, strict=False) for each in has(one, other, f"{at}[]")]
    return [] if given == shown else [f"{at} is {given!r}"]


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    shutil.copytree(EXAMPLES, tmp_path / "examples")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(script: str, names: dict[str, str]) -> str:
    """What a sample prints; names that it sets are there for those after it."""
    told = "\n".join(f"{name}={value!r}" for name, value in names.items())
    # An error's body is shown, and is no error of the sample.
    quiet = 'curl() { command curl --silent --show-error --max-time 60 "$@"; }'
    kept = 'printf "\\0api=%s\\0job=%s\\0" "$api" "${job:-}"'
    done = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", f"{told}\n{quiet}\n{script}\n{kept}"],
        capture_output=True,
        text=True,
        timeout=180,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    printed, api, job, _ = done.stdout.split("\0")
    names["api"], names["job"] = api.removeprefix("api="), job.removeprefix("job=")
    return printed


def last_json(printed: str) -> Any:
    """The last of the JSON values that curl printed one behind the other."""
    decoder, at, value = json.JSONDecoder(), 0, None
    while at < len(printed.rstrip()):
        value, at = decoder.raw_decode(printed, at)
        while at < len(printed) and printed[at].isspace():
            at += 1
    return value


def test_the_samples_run_one_after_another_and_answer_as_shown(desk: Path, own_archive: Archive) -> None:
    names: dict[str, str] = {}
    with serving(make_app(own_archive, desk=False)) as address:
        for remark, language, script, shown in pieces():
            if "with login" in remark:
                continue
            if language == "py":
                exec(compile(script.replace(LOCAL, address), "api.md", "exec"), {})
                continue
            printed = run(script.replace(LOCAL, address), names)
            if shown is not None:
                assert has(last_json(printed), shown) == [], script
            elif "/events" not in script and " -o " not in script:
                assert '{"error"' not in printed, script
    for name in ("askvold.csv", "archive.jsonl", "annotations.zip", "corrections.jsonl"):
        assert b'{"error"' not in (desk / name).read_bytes()[:20], name


def test_the_sample_with_a_token_runs_where_users_sign_in(own_archive: Archive) -> None:
    own_archive.accounts.add_user("ada", PASSPHRASE, role="editor")
    token = own_archive.accounts.add_token("ada", "nightly", role="reader")[1]
    samples = [(script, shown) for remark, _, script, shown in pieces() if "with login" in remark]
    assert samples
    with serving(make_app(own_archive, desk=False, login=True)) as address:
        for script, shown in samples:
            printed = run(script, {"api": f"{address}/api/v1", "token": token})
            assert has(last_json(printed), shown) == [], script


def test_the_table_is_that_of_the_routes() -> None:
    assert made.page() == PAGE, "make it anew: python -m docs.api"


def test_statuses_and_fields_are_told() -> None:
    described = json.dumps(made.description(route for router in made.routers() for route in router.routes))
    statuses = {int(status) for status in re.findall(r'"([45]\d\d)": \{"description"', described)}
    told = {int(status) for row in re.findall(r"(?m)^\| ([\d, ]+) \|", PAGE) for status in row.split(", ")}
    assert statuses - {501, 507} <= told
    from sayso.archive.correcting.forms import FIELDS

    fields = PAGE.partition("| `field` |")[2].partition("\n## ")[0]
    assert {each for each in FIELDS if f"`{each}`" in fields} == set(FIELDS)
