"""Addresses that users give to a server reach nothing inside its network: by no spelling, redirect or second answer.

In a real child, whose look-ups of names and connections are recorded and led astray by a `sitecustomize`.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from sayso.archive import open_archive
from sayso.errors import FetchFailed, RefusedAddress
from sayso.web.state import Serving
from sayso.web.taking import add_job
from sayso.web.workers import Upload, Workers
from tests.intake.making import page, serving
from tests.web.waiting import finished

OUTSIDE = "93.184.215.14"
"""An address of the public net, behind which the tests have a server of their own."""
PAGE = {"Content-Type": "text/html; charset=utf-8"}
ASTRAY = """
import json, socket, time
HERE = json.loads({here!r})
answers, real = {{}}, socket.getaddrinfo
told = open({told!r}, "a", buffering=1)  # appends, also after it was emptied
def getaddrinfo(host, port, *args, **more):
    found = HERE["names"].get(host.rstrip(".").lower() if isinstance(host, str) else host)
    if found is None:
        return real(host, port, *args, **{{**more, "flags": socket.AI_NUMERICHOST}})
    # The first answer once, the second ever after.
    at = answers[host] = min(answers.get(host, -1) + 1, len(found) - 1)
    family = socket.AF_INET6 if ":" in found[at] else socket.AF_INET
    return [(family, socket.SOCK_STREAM, 6, "", (found[at], port))]
socket.getaddrinfo = getaddrinfo
def connect(self, address):
    told.write(json.dumps(address[0]) + "\\n")
    if address[0] == HERE["outside"]:
        address = ("127.0.0.1", HERE["port"])
    return super(socket.socket, self).connect(address)
socket.socket.connect = connect
"""


class Net:
    """A net with a machine inside, one outside that leads to it, and names whose answers change."""

    def __init__(self, inside: str, told: Path) -> None:
        self.inside = inside.removeprefix("http://")
        self.port = self.inside.rpartition(":")[2]
        self.asked: list[str] = []
        """What the machine inside was asked."""
        self.told = told

    def reached(self) -> set[str]:
        """The addresses to which a child opened a connection."""
        return {json.loads(line) for line in self.told.read_text().splitlines()} if self.told.exists() else set()


@pytest.fixture(scope="module")
def net(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Net]:
    folder = tmp_path_factory.mktemp("net")
    asked: list[str] = []

    def inside(path: str, headers: Any) -> Any:
        asked.append(path)
        return 200, PAGE, page(1)

    def outside(path: str, headers: Any) -> Any:
        if path.startswith("/to/"):
            return 302, {"Location": path[4:]}, b""
        if path == "/feed.xml":
            return 200, {"Content-Type": "application/rss+xml"}, feed(net).encode()
        return 200, PAGE, page(2)

    with serving(inside) as address, serving(outside) as other, pytest.MonkeyPatch.context() as patch:
        net = Net(address, folder / "told")
        net.asked = asked
        names = {
            "news.example": [OUTSIDE], "inside.example": ["127.0.0.1"], "inside6.example": ["::1"],
            "mapped.example": ["::ffff:127.0.0.1"], "changing.example": [OUTSIDE, "127.0.0.1"],
            "turning.example": ["127.0.0.1", OUTSIDE], "xn--mnchen-3ya.example": ["10.0.0.8"],
            "site.example": ["fec0::8"], "compatible.example": ["::127.0.0.1"],
        }  # fmt: skip
        here = json.dumps({"names": names, "outside": OUTSIDE, "port": int(other.rpartition(":")[2])})
        (folder / "sitecustomize.py").write_text(ASTRAY.format(here=here, told=str(net.told)))
        patch.syspath_prepend(str(folder))
        yield net


def feed(net: Net) -> str:
    """A feed whose entries lead inside."""
    links = [f"http://{host}:{net.port}/" for host in ("127.0.0.1", "2130706433", "inside.example")]
    links += [f"http://news.example/to/http://127.1:{net.port}/", f"//[::1]:{net.port}/", "file:///etc/hostname"]
    items = "".join(f"<item><title>Ferry {link}</title><link>{link}</link></item>" for link in links)
    return f"<rss version='2.0'><channel><title>News</title>{items}</channel></rss>"


@pytest.fixture(autouse=True)
def nobody_was_asked(net: Net) -> None:
    net.asked.clear()
    if net.told.exists():
        os.truncate(net.told, 0)


@pytest.fixture(scope="module")
def workers(net: Net) -> Iterator[Workers]:
    made = Workers(count=1)
    yield made
    made.close()


SPELLINGS = [
    *("127.0.0.1", "127.1", "127.0.1", "0", "0.0.0.0", "2130706433", "0x7f000001", "0x7f.1", "017700000001"),
    *(
        "0177.0.0.1",
        "0177.1",
        "0x7F.0x0.0x0.0x1",
        "127.0.0.1.",
        "127.255.255.254",
        "[::1]",
        "[::]",
        "[0:0:0:0:0:0:0:1]",
    ),
    *("[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[::127.0.0.1]", "[64:ff9b::7f00:1]", "[2002:7f00:1::]", "localhost"),
    *(
        "[0:0:0:0:0:0:0:1]",
        "LOCALHOST.",
        "a.localhost",
        "me@127.0.0.1",
        "news.example@127.0.0.1",
        "news.example%40127.0.0.1",
    ),
    "news.example%40127.0.0.1",
    *("127.0.0.1%2f@news.example", "127。0。0。1", "１２７.0.0.1", "①②⑦.0.0.1", "[fe80::1%25eth0]", "169.254.169.254"),
    *("inside.example", "inside.example.", "inside6.example", "mapped.example", "turning.example", "münchen.example"),
    *("xn--mnchen-3ya.example", "news.example\\@127.0.0.1", "127.0.0.1\t", "3232235521", "0xa9fea9fe", "0300.0250.1"),
    *("[fec0::1]", "site.example", "compatible.example"),
]


@pytest.mark.parametrize("host", SPELLINGS, ids=[quote(each, safe=".[]:@") for each in SPELLINGS])
def test_no_spelling_leads_inside(net: Net, workers: Workers, host: str) -> None:
    # An address of a link's own is refused by its form or by what it leads to; what no name server knows fails.
    url = f"http://{host}/" if host.endswith("\t") or "%2f" in host else f"http://{host}:{net.port}/"
    with pytest.raises((RefusedAddress, FetchFailed)):
        workers.read(Upload.of_url(url))
    assert net.asked == []
    assert net.reached() <= {OUTSIDE}


@pytest.mark.parametrize(
    "scheme", ["file:///etc/hostname", "/etc/hostname", "-", "ftp://news.example/a", "data:text/plain,x"]
)
@pytest.mark.parametrize("read", ["read", "read_transcript"])
def test_nothing_but_the_web_is_an_address(workers: Workers, scheme: str, read: str) -> None:
    with pytest.raises(RefusedAddress):
        getattr(workers, read)(Upload.of_url(scheme))


@pytest.mark.parametrize("host", ["127.0.0.1", "2130706433", "[::ffff:127.0.0.1]", "inside.example", "localhost"])
def test_no_redirect_leads_inside(net: Net, workers: Workers, host: str) -> None:
    with pytest.raises(RefusedAddress):
        workers.read(Upload.of_url(f"http://news.example/to/http://{host}:{net.port}/"))
    assert OUTSIDE in net.reached(), "it was redirected"
    assert (net.asked, net.reached() - {OUTSIDE}) == ([], set())


def test_a_name_that_changes_its_answer_is_asked_once(net: Net, workers: Workers) -> None:
    """The address that was looked at is the one that is connected to; asked again, it is refused."""
    article = workers.read(Upload.of_url("http://changing.example/"))
    assert article.headline is not None and article.url == "http://changing.example/"
    with pytest.raises(RefusedAddress):
        workers.read(Upload.of_url(f"http://changing.example:{net.port}/"))
    assert (net.asked, net.reached()) == ([], {OUTSIDE})


def test_what_is_added_leads_inside_no_more(net: Net, workers: Workers, tmp_path: Path) -> None:
    """Addresses, feeds that are given and feeds that are fetched, and the links in them."""
    with open_archive(tmp_path / "archive.db", make=True) as archive:
        server = Serving(archive, workers=workers)
        given = [Upload.of_url(f"http://{host}:{net.port}/") for host in ("127.1", "inside.example", "[::1]")]
        given += [Upload("feed.xml", feed(net).encode()), Upload.of_url("http://news.example/feed.xml")]
        given += [Upload.of_url("http://news.example/")]
        job = finished(add_job(server, given, transcripts=given[:1], by="mara"))
        server.jobs.close()
        assert [each["name"] for each in job.results if each["outcome"] == "added"] == ["http://news.example/"]
        refused = [each["problem"]["kind"] for each in job.results if each["problem"]]
        assert len(refused) == 3 + 6 + 6 + 1 and set(refused) <= {"refused", "unreadable"}
        assert not [each for each in archive.problems() if "hostname" in each.name and each.kind != "unreadable"]
    assert (net.asked, net.reached()) == ([], {OUTSIDE})


def test_a_local_file_is_no_address_to_add(tmp_path: Path, workers: Workers) -> None:
    with open_archive(tmp_path / "archive.db", make=True) as archive, pytest.raises(Exception, match="no address"):
        add_job(Serving(archive, workers=workers), [Upload.of_url("/etc/hostname")], by="mara")
