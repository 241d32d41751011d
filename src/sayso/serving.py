"""The corridor of the server: opens the archive, puts the doors together, and runs them until somebody says stop."""

from __future__ import annotations

import ctypes
import errno
import gc
import signal
import socket
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sayso.errors import ArchiveError, BadSetting, CannotServe

if TYPE_CHECKING:
    from fastapi import FastAPI

    from sayso.archive import Archive

PORT = 8377
CONNECTIONS = 512
"""That may be open at a time: a browser holds some six, and one more for each page that watches a job."""
GIVEN_BACK_S = 30
SETTLED_S = (3.0, 30.0)
"""After its start, and after that again, most of what a server keeps for good is loaded."""
_M_ARENA_MAX = -8
"""Of `malloc.h`."""
MAKE_AN_ADMIN = "Make an admin first: sayso users add NAME --role admin"

Tell = Callable[[str], None]
Progress = Callable[[int, int | None, str], None]


def make_app(
    archive: Archive,
    *,
    desk: bool = True,
    login: bool = False,
    public_url: str = "",
    host: str = "",
    sample: bool = False,
) -> FastAPI:
    """The application on an open archive: the API, and the desk's pages unless `desk` is False.

    Without `login` whoever reaches it is an admin. `host` is the name that it is asked by beside its own address,
    `public_url` the address that others have for it, where a proxy is in front.
    """
    from sayso import api
    from sayso.web.building import build_app
    from sayso.web.state import Serving

    serving = Serving(archive, login=login, public_url=public_url, host=host, sample=sample)
    routers = api.routers()
    if desk:
        from sayso import desk as pages
        from sayso.desk.rendering import render_failure

        serving.render_failure = render_failure
        routers += pages.routers()
    return build_app(serving, routers)


def serve(
    where: str | Path | None = None,
    *,
    host: str = "127.0.0.1",
    port: int = PORT,
    desk: bool = True,
    login: bool = False,
    public_url: str = "",
    sample: bool = False,
    make: bool = False,
    open_browser: bool = False,
    log: bool = False,
    behind_proxy: str | None = None,
    tell: Tell = lambda _: None,
    progress: Progress = lambda *_: None,
) -> None:
    """Serves the archive at a place, with the desk's pages or (`desk` False) the API alone, until it is interrupted.

    On this machine's own address it asks nobody to sign in unless `login` says so; at any other, under a `public_url`
    or behind a proxy it does, and will not begin before there is an admin. `port` 0 takes any that is free. `sample`
    serves the sample, made anew and gone at the end; `make` makes an archive where there is none. `log` prints a line
    for each request. `behind_proxy` are the addresses of proxies, with commas, whose word for where a request comes
    from is taken. `tell` gets sentences for whoever started it, `progress` how far the sample is.

    Raises CannotServe, BadSetting, and what opening an archive raises.
    """
    import uvicorn

    _share_memory()
    public_url = _plain_url(public_url)
    login = login or bool(public_url or behind_proxy) or not _is_own(host)
    if sample and login:
        raise BadSetting("sample", host or public_url, "this machine's own address, without sign-in")
    with _listening(host, port) as listener, _terminated(), _opened(where, sample, make, tell, progress) as archive:
        if login:
            _refuse_without_users(archive, host, public_url)
        app = make_app(archive, desk=desk, login=login, public_url=public_url, host=host, sample=sample)
        app.state.serving.workers.warm()
        server = uvicorn.Server(
            uvicorn.Config(
                app,
                lifespan="on",
                ws="none",
                log_config=_logging(log),
                access_log=log,
                server_header=False,
                proxy_headers=behind_proxy is not None,
                forwarded_allow_ips=behind_proxy or "",
                limit_concurrency=CONNECTIONS,
                timeout_keep_alive=15,
                # Pages that watch a job never hang up by themselves.
                timeout_graceful_shutdown=3,
            )
        )
        url = public_url or _url_of(host, listener)
        if not public_url.startswith("https://") and not _is_own(host):
            tell("passwords go over the network as they are typed; docs/access.md says how to put TLS in front")
        tell(f"{'the desk' if desk else 'the API'} is at {url}/ (end it with Ctrl-C)")
        if open_browser:
            threading.Thread(target=_browse, args=(server, url), daemon=True).start()
        threading.Thread(target=_look_after, args=(server,), daemon=True).start()
        # That is the way in which a server ends.
        with suppress(KeyboardInterrupt):
            server.run(sockets=[listener])
        tell("ended")


def _is_own(host: str) -> bool:
    from sayso.web.hosts import is_loopback

    return is_loopback(host)


def _plain_url(url: str) -> str:
    """A public address as origins are written. Raises BadSetting."""
    from urllib.parse import urlsplit

    if not url:
        return ""
    split = urlsplit(url)
    if split.scheme not in ("http", "https") or not split.hostname or split.path not in ("", "/") or split.query:
        raise BadSetting("public URL", url, "scheme and host, like https://desk.example, and no path")
    return f"{split.scheme}://{split.netloc}".lower()


def _refuse_without_users(archive: Archive, host: str, public_url: str) -> None:
    if not archive.accounts.has_admin():
        raise CannotServe(f"Others can reach {public_url or host}, and this archive has no admin", MAKE_AN_ADMIN)
    if archive.store.read_only:
        raise ArchiveError(archive.where, "it can only be read here, so nobody could sign in", "See to its rights")


@contextmanager
def _listening(host: str, port: int) -> Iterator[socket.socket]:
    """A socket that listens. Raises CannotServe."""
    try:
        found = socket.getaddrinfo(host or None, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
        family, address = min((each[0], each[4]) for each in found)
        made = socket.create_server(address, family=family, backlog=256)
        # Told that it is TCP, asyncio sends what it has at once; else the body of each answer waits 40 ms for the
        # other side to acknowledge its head.
        listener = socket.socket(made.family, made.type, socket.IPPROTO_TCP, fileno=made.detach())
    except socket.gaierror:
        raise CannotServe(f"There is no host {host!r}", "Name an address of this machine: --host 0.0.0.0") from None
    except (OSError, OverflowError) as error:
        code = getattr(error, "errno", None)
        if code == errno.EADDRINUSE:
            raise CannotServe(
                f"Port {port} is in use, perhaps by another desk", "Take another: --port 0 finds a free one"
            ) from None
        if code == errno.EACCES:
            raise CannotServe(f"Port {port} is kept for the system", f"Take one above 1023: --port {PORT}") from None
        if code == errno.EADDRNOTAVAIL:
            raise CannotServe(f"{host} is no address of this machine", "Take one of its own: --host 0.0.0.0") from None
        raise CannotServe(f"{host}:{port} cannot be listened on ({error})", "Take another --host or --port") from None
    with listener:
        yield listener


def _url_of(host: str, listener: socket.socket) -> str:
    name = socket.gethostname() if host in ("", "0.0.0.0", "::") else host
    return f"http://{f'[{name}]' if ':' in name else name}:{listener.getsockname()[1]}"


@contextmanager
def _opened(where: str | Path | None, sample: bool, make: bool, tell: Tell, progress: Progress) -> Iterator[Archive]:
    from sayso.archive import open_archive
    from sayso.archive.opening import address_of
    from sayso.errors import NoSuchArchive
    from sayso.sampling import make_sample

    if sample:
        with tempfile.TemporaryDirectory(prefix="sayso-sample-") as folder:
            began = time.monotonic()
            tell("reading and checking the sample's articles")
            with make_sample(Path(folder) / "sample.db", progress=progress) as archive:
                tell(f"the sample is ready after {time.monotonic() - began:.0f} s; nothing you do to it is kept")
                yield archive
        return
    try:
        archive = open_archive(where)
    except NoSuchArchive:
        if not make:
            raise
        archive = open_archive(where, make=True)
        tell(f"a new archive: {address_of(where) if where is None else archive.where}")
    with archive:
        for note in archive.notes:
            tell(note)
        yield archive


@contextmanager
def _terminated() -> Iterator[None]:
    """The while in which SIGTERM ends what goes on as Ctrl-C does: in order, with nothing left behind."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def end(*_: Any) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, end)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _share_memory() -> None:
    """Has all threads take memory from the same two heaps, where glibc gives it out: with one for each thread, as it
    does by itself, what one gave back is of no use to the others, and a server grew by 180 MB where it grows by 90."""
    with suppress(OSError, AttributeError, TypeError):
        ctypes.CDLL(None).mallopt(_M_ARENA_MAX, 2)


def _look_after(server: Any) -> None:
    """Keeps the memory of a server in order, until it ends.

    What is loaded by now is left out of the search for garbage, which took a tenth of a second of all requests each
    time it went through all of it, and a fifteenth of the processor; twice, as much is loaded by the first requests.
    After that memory that is free goes back to the system, where glibc gives it out: by itself it keeps what lies below
    the last piece in use, some 40 MB after ten minutes with fifty people.
    """
    gc.set_threshold(10_000, 10, 10)
    for wait_s in SETTLED_S:
        if not _goes_on(server, wait_s):
            return
        gc.collect()
        gc.freeze()
    with suppress(OSError, AttributeError, TypeError):
        give_back = ctypes.CDLL(None).malloc_trim
        while _goes_on(server, GIVEN_BACK_S):
            give_back(0)


def _goes_on(server: Any, wait_s: float) -> bool:
    """Whether a server is still there after so many seconds; it is not waited for longer than it is."""
    until = time.monotonic() + wait_s
    while time.monotonic() < until:
        if server.should_exit:
            return False
        time.sleep(0.5)
    return True


def _browse(server: Any, url: str) -> None:
    import webbrowser

    while not server.started and not server.should_exit:
        time.sleep(0.05)
    webbrowser.open(url)


def _logging(log: bool) -> dict[str, Any]:
    level = "INFO" if log else "WARNING"
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(message)s"}},
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line", "stream": "ext://sys.stderr"}},
        "loggers": {
            name: {"handlers": ["stderr"], "level": level, "propagate": False} for name in ("uvicorn", "sayso")
        },
    }
