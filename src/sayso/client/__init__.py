"""The library pointed at a server: an archive that is elsewhere, with the methods of one that is here.

>>> import sayso
>>> with sayso.connect("http://127.0.0.1:8377") as archive:        # doctest: +SKIP
...     for hit in archive.search("speaker:askvold recorder").hits:
...         print(hit.speaker_name, hit.snippet)
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sayso.client.remote import RemoteArchive

__all__ = ["connect"]


def connect(url: str, token: str | None = None, *, timeout_s: float = 60.0) -> RemoteArchive:
    """The archive of a server (`sayso desk`, `sayso serve`) at its address: "https://desk.example".

    `token` is one of a user's, where the server asks who one is; over http:// others on the way can read it.
    `timeout_s` is how long the server may keep silent.

    Raises BadSetting for an address that is none; nothing is asked before the first method is called.
    """
    # requests is slow to import, and whoever reads files here needs none of it.
    from sayso.client.remote import RemoteArchive

    return RemoteArchive(url, token, timeout_s=timeout_s)
