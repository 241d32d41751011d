"""Who signs what is decided, where nobody says so."""

from __future__ import annotations

import getpass


def local_user(unknown: str = "somebody without a user name") -> str:
    """The name of whoever runs this program; `unknown` where the system knows none, as for a bare number."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return unknown
