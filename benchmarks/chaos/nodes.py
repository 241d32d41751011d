"""Some nodes of Ray on this machine, each of which can die like a machine and come back."""

from __future__ import annotations

import contextlib
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType

_START_S = 90.0
_STORE_BYTES = 80_000_000


class Nodes:
    """A cluster of nodes with one core each; the first is the head, where the batch is started."""

    def __init__(self, count: int = 3) -> None:
        self._folder = Path(tempfile.mkdtemp(prefix="sayso-nodes-"))
        token = self._folder / "token"
        token.touch(mode=0o600)
        token.write_text(secrets.token_hex(32), encoding="ascii")
        self.environment = {"RAY_AUTH_MODE": "token", "RAY_AUTH_TOKEN_PATH": str(token), "RAY_USAGE_STATS_ENABLED": "0"}
        """What a batch needs to be let in."""
        self.address = f"127.0.0.1:{_free_port()}"
        self._nodes: list[subprocess.Popen[bytes]] = []
        try:
            self._nodes.append(self._begin(head=True))
            self._await(1)
            self._nodes += [self._begin() for _ in range(count - 1)]
            self._await(count)
        except BaseException:
            self.close()
            raise

    def __enter__(self) -> Nodes:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, where: TracebackType | None
    ) -> None:
        self.close()

    def __len__(self) -> int:
        return len(self._nodes)

    def pids(self, node: int) -> list[int]:
        """The processes of a node, those that are beneath others first."""
        return list(_beneath(self._nodes[node].pid))

    def fall(self, node: int) -> None:
        """The node dies with all that ran on it, in one blow."""
        for pid in (*self.pids(node), self._nodes[node].pid):
            kill(pid)
        self._nodes[node].wait()

    def rise(self, node: int) -> None:
        """A node comes back, as another one that has the place of it."""
        self._nodes[node] = self._begin()

    def close(self) -> None:
        """Ends all nodes."""
        for node in reversed(range(len(self._nodes))):
            self.fall(node)
        shutil.rmtree(self._folder, ignore_errors=True)

    def _begin(self, *, head: bool = False) -> subprocess.Popen[bytes]:
        host, port = self.address.split(":")
        place = ["--head", f"--port={port}", "--include-dashboard=false"] if head else [f"--address={self.address}"]
        with (self._folder / "log").open("ab") as log:
            return subprocess.Popen(
                [Path(sys.executable).with_name("ray"), "start", "--block", *place, f"--node-ip-address={host}",
                 "--num-cpus=1", f"--object-store-memory={_STORE_BYTES}", f"--temp-dir={self._folder / 'ray'}",
                 "--disable-usage-stats", "--include-log-monitor=false"],
                stdin=subprocess.DEVNULL, stdout=log, stderr=log, env={**os.environ, **self.environment},
                start_new_session=True,
            )  # fmt: skip

    def _await(self, count: int) -> None:
        """Waits until so many nodes have a raylet that runs workers."""
        until = time.monotonic() + _START_S
        while sum("raylet" in names for names in map(self._names, range(len(self._nodes)))) < count:
            if time.monotonic() > until or any(node.poll() is not None for node in self._nodes):
                raise RuntimeError((self._folder / "log").read_text("utf-8", "replace")[-2_000:])
            time.sleep(0.2)

    def _names(self, node: int) -> set[str]:
        return {Path(words[0]).name for pid in self.pids(node) if (words := words_of(pid))}


def words_of(pid: int) -> list[str]:
    """The command line of a process, empty for one that is gone."""
    with contextlib.suppress(OSError):
        return Path(f"/proc/{pid}/cmdline").read_bytes().decode("utf-8", "replace").rstrip("\0").split("\0")
    return []


def kill(pid: int) -> bool:
    """Kills a process at once; False where it is gone already."""
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)
        return True
    return False


def _beneath(pid: int) -> Iterator[int]:
    with contextlib.suppress(OSError):
        for thread in Path(f"/proc/{pid}/task").iterdir():
            for child in (thread / "children").read_text(encoding="ascii").split():
                yield from _beneath(int(child))
                yield int(child)


def _free_port() -> int:
    with socket.socket() as port:
        port.bind(("127.0.0.1", 0))
        return int(port.getsockname()[1])
