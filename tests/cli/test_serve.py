"""`sayso desk`, `sayso serve` and `sayso users`: real servers in processes of their own, and their users."""

from __future__ import annotations

import io
import os
import re
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import httpx
import pytest

from sayso.archive import open_archive
from sayso.cli.messages import complain
from sayso.errors import BadSetting, CannotServe
from sayso.serving import serve

from .conftest import Say

PASSWORD = "seven grey herons"
Start = Callable[..., "tuple[str, subprocess.Popen[str]]"]


@pytest.fixture
def start(desk: Path) -> Iterator[Start]:
    """Starts a server on a free port with these arguments: its address and its process."""
    started: list[subprocess.Popen[str]] = []

    def start_it(
        *arguments: str, env: dict[str, str] | None = None, program: Sequence[str] = ("-m", "sayso")
    ) -> tuple[str, subprocess.Popen[str]]:
        process = subprocess.Popen(
            [sys.executable, *program, *arguments, "--port", "0"],
            stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env={**os.environ, **(env or {})},
        )  # fmt: skip
        started.append(process)
        assert process.stderr is not None
        said = ""
        late = threading.Timer(60, process.kill)
        late.start()
        while not (found := re.search(r"is at (http://\S+)/ ", said)):
            line = process.stderr.readline()
            assert line, f"it did not begin: {said}"
            said += line
        late.cancel()
        return found[1], process

    yield start_it
    for each in started:
        if each.poll() is None:
            each.kill()
        each.communicate()


def ended(process: subprocess.Popen[str], by: int) -> tuple[int, str, str]:
    """Exit code and output of a server that is told to end."""
    process.send_signal(by)
    out, err = process.communicate(timeout=20)
    return process.returncode, out, err


@pytest.mark.parametrize("by", [signal.SIGINT, signal.SIGTERM], ids=["ctrl-c", "kill"])
def test_the_api_alone_until_it_is_ended(start: Start, kept: Path, by: int) -> None:
    address, process = start("serve", "--archive", "news.db")
    assert httpx.get(f"{address}/api/v1/info").json()["articles"] == 3
    page = httpx.get(f"{address}/")
    assert page.status_code == 404 and page.json()["error"]["status"] == 404
    assert "server" not in page.headers
    assert ended(process, by) == (0, "", "sayso: ended\n")


def test_the_desk_makes_an_archive_and_says_what_to_do_first(start: Start, desk: Path) -> None:
    address, process = start("desk", "--archive", "new.db", "--log")
    assert httpx.get(f"{address}/").status_code == 200
    assert (desk / "new.db").exists()
    code, out, err = ended(process, signal.SIGINT)
    assert (code, out) == (0, "")
    assert '"GET / HTTP/1.1" 200' in err


SMALL_SAMPLE = """
from sayso import sampling
from sayso.archive import open_archive
sampling.make_sample = lambda path, *, progress: open_archive(path, make=True)
from sayso.cli import main
main()
"""


def test_the_sample_is_made_and_gone_at_the_end(start: Start, tmp_path: Path) -> None:
    """The sample proper is looked at by the tests of the desk."""
    env = {"TMPDIR": str(tmp_path), "SAYSO_ARCHIVE": str(tmp_path / "mine.db")}
    address, process = start("desk", "--sample", env=env, program=["-c", SMALL_SAMPLE])
    page = httpx.get(f"{address}/")
    assert page.status_code == 200 and "This is a sample" in page.text
    assert list(tmp_path.glob("sayso-sample-*"))
    assert ended(process, signal.SIGTERM)[0] == 0
    assert not list(tmp_path.glob("sayso-sample-*")) and not (tmp_path / "mine.db").exists()


@pytest.fixture
def ada(kept: Path) -> str:
    """An admin of the archive, with a token: its secret."""
    with open_archive("news.db") as archive:
        archive.accounts.add_user("Ada", PASSWORD, role="admin")
        return archive.accounts.add_token("Ada", "tests")[1]


def test_where_others_can_reach_it_users_sign_in(start: Start, say: Say, ada: str) -> None:
    address, process = start("desk", "--host", "0.0.0.0", "--archive", "news.db")
    own = f"http://127.0.0.1:{address.rsplit(':', 1)[1]}"
    assert httpx.get(f"{own}/api/v1/info").status_code == 401
    headers = {"Authorization": f"Bearer {ada}"}
    assert httpx.get(f"{own}/api/v1/info", headers=headers).status_code == 200
    assert say("users", "token", "revoke", "1").code == 0
    assert httpx.get(f"{own}/api/v1/info", headers=headers).status_code == 401, "at once, by another process"
    assert ended(process, signal.SIGINT)[0] == 0


@pytest.mark.parametrize(
    "named, expected",
    [pytest.param("127.0.0.1", "203.0.113.9", id="named"), pytest.param("10.9.9.9", "127.0.0.1", id="another")],
)
def test_the_word_of_a_proxy_that_was_named_is_taken(start: Start, ada: str, named: str, expected: str) -> None:
    address, _ = start("desk", "--login", "--behind-proxy", named, "--archive", "news.db")
    form = {"name": "Ada", "password": "not the one"}
    headers = {"X-Forwarded-For": "198.51.100.1, 203.0.113.9", "X-Forwarded-Proto": "https"}
    assert httpx.post(f"{address}/login", data=form, headers=headers).status_code == 401
    with open_archive("news.db") as archive:
        assert archive.accounts.audit_log(limit=1).items[0].address == expected


@pytest.mark.parametrize(
    "arguments, words",
    [
        pytest.param(["desk", "--host", "0.0.0.0"], "no admin. Make an admin first: sayso users add", id="no-users"),
        pytest.param(["serve", "--login"], "no admin. Make an admin first: sayso users add", id="login-without-users"),
        pytest.param(["serve", "--public-url", "https://desk.example"], "https://desk.example", id="public-no-users"),
        pytest.param(["serve", "--behind-proxy", "127.0.0.1"], "no admin", id="a-proxy-without-users"),
        pytest.param(["serve", "--public-url", "desk.example"], "expected scheme and host", id="no-url"),
        pytest.param(["serve", "--public-url", "https://desk.example/path"], "no path", id="a-path"),
        pytest.param(["serve", "--host", "203.0.113.7"], "no address of this machine", id="not-ours"),
        pytest.param(["serve", "--host", "nowhere.invalid"], "There is no host 'nowhere.invalid'", id="no-host"),
        pytest.param(["serve", "--archive", "none.db"], "there is none", id="no-archive"),
        pytest.param(["desk", "--sample", "--host", "0.0.0.0"], "this machine's own address", id="a-sample-for-others"),
        pytest.param(["desk", "--sample", "--archive", "news.db"], "an archive of its own", id="a-sample-of-it"),
    ],
)  # fmt: skip
def test_what_cannot_be_served_says_what_to_do(say: Say, kept: Path, arguments: list[str], words: str) -> None:
    done = say(*arguments, "--port", "0")
    assert (done.code, done.out) == (2, "")
    assert words in done.err


def test_a_port_in_use_is_said_to_be(say: Say, kept: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        done = say("serve", "--port", str(taken.getsockname()[1]))
    assert done.code == 2 and "is in use" in done.err and "--port 0" in done.err


def test_the_library_raises(kept: Path) -> None:
    with pytest.raises(CannotServe, match="no admin"):
        serve("news.db", host="::", port=0, tell=complain)
    with pytest.raises(BadSetting):
        serve("news.db", public_url="ftp://desk.example", port=0)


def test_users_are_kept_from_the_command_line(say: Say, kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def users(*arguments: str, given: str = "", code: int = 0) -> str:
        monkeypatch.setattr(sys, "stdin", io.StringIO(given))
        done = say("users", *arguments)
        assert done.code == code, done.err
        assert PASSWORD not in done.out + done.err
        return done.out if code == 0 else done.err

    assert users("list") == "no users\n"
    assert (
        users("add", "Ada", "--role", "admin", "--password-stdin", given=PASSWORD + "\n")
        == "Ada · admin · last signed in never\n"
    )
    assert "too short" in users("add", "Bo", "--password-stdin", given="herons\n", code=2)
    assert "--password-stdin" in users("add", "Bo", given=PASSWORD, code=2)
    users("add", "Bo", "--password-stdin", given=PASSWORD + "\n")
    assert users("role", "bo", "editor") == "Bo · editor · last signed in never\n"
    assert "Ada is the last admin" in users("disable", "Ada", code=2)
    assert users("disable", "Bo").startswith("Bo · editor · disabled")
    users("enable", "Bo")
    users("password", "Bo", "--password-stdin", given="a kettle on the pier\n")
    secret = users("token", "add", "Bo", "nightly import", "--days", "9").strip()
    assert re.fullmatch(r"sayso_[\w-]{43}", secret)
    listed = users("token", "list")
    assert listed.startswith("1    Bo · nightly import · editor · last used never, ends ") and secret not in listed
    assert "revoked" in users("token", "revoke", "1")
    assert users("remove", "Bo") == "Bo: removed\n"
    assert '"name": "Ada"' in users("list", "-f", "json") and "argon2" not in users("list", "-f", "json")
    assert "Nearest: 'Ada'" in users("role", "Adda", "reader", code=2)
