"""One driver at a time in a folder."""

from __future__ import annotations

import errno
import json
import os
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from sayso.batch.events import now_text
from sayso.batch.layout import Folder
from sayso.errors import BatchFailed

LOCK = ".lock"


@contextmanager
def alone_in(folder: Folder, *, on_note: Callable[[str], None] = lambda message: None) -> Iterator[None]:
    """While this is held, no other driver works in the folder.

    The system lets the lock go when the process ends, however it ends; the file that stays behind says nothing. On a
    network folder the lock holds among machines where the server keeps locks (NFS 4 and SMB do); where it keeps none,
    `on_note` is told, and it is for the user to start one at a time. Two that worked in a folder all the same would
    write the same parts twice. Raises BatchFailed where another has the folder.
    """
    try:
        import fcntl
    except ImportError:
        on_note(f"{folder.root}: this system has no locks; see that no other sayso batch works in this folder")
        yield
        return
    with (folder.root / LOCK).open("a+b") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            if error.errno in (errno.EWOULDBLOCK, errno.EACCES):
                who = _holder(folder.root / LOCK)
                raise BatchFailed(
                    str(folder.root), f"another sayso batch is at work in it{who}", "Wait for it, or end it"
                ) from None
            on_note(f"{folder.root}: cannot be locked ({error.strerror}); see that no other sayso batch works in it")
        file.truncate(0)
        holder = {"process": os.getpid(), "machine": socket.gethostname(), "since": now_text()}
        file.write(json.dumps(holder).encode())
        file.flush()
        yield


def _holder(path: Path) -> str:
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
        return f" (process {told['process']} on {told['machine']}, since {told['since']})"
    except (OSError, ValueError, KeyError, TypeError):
        return ""
