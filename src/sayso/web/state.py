"""What a running server holds, for every route that asks for it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Annotated

from fastapi import Depends, Request
from starlette.responses import Response

from sayso.archive.accounts.forms import Outcome
from sayso.archive.archive import Archive
from sayso.archive.forms import Info
from sayso.archive.remembering import Memory
from sayso.errors import SaysoError
from sayso.web.jobs import Jobs
from sayso.web.limiting import Limits
from sayso.web.readings import Readings
from sayso.web.roles import Principal
from sayso.web.workers import Workers

MEMORY_BYTES = 16 << 20
"""Of summaries of the archive that are asked for again: what is shown at first on all pages, and some hundred more."""
PAGES_BYTES = 16 << 20
"""Of whole answers, a page taking some 50,000."""


@dataclass(slots=True)
class Serving:
    """One server on one archive."""

    archive: Archive
    login: bool = False
    """Whether users must sign in; else whoever reaches this machine's own address is its one user, an admin."""
    public_url: str = ""
    """Under which others reach it ("https://desk.example"); "" where that is the address it listens on."""
    host: str = ""
    """The name or address that it was told to listen on."""
    sample: bool = False
    """Whether the archive is the sample, made anew at each start."""
    render_failure: Callable[[Request, SaysoError], Response] | None = None
    """The page of an error, where there is a desk."""
    workers: Workers = field(default_factory=Workers)
    jobs: Jobs = field(default_factory=Jobs)
    readings: Readings = field(default_factory=Readings)
    limits: Limits = field(default_factory=Limits)
    pages: Memory = field(default_factory=lambda: Memory(PAGES_BYTES))
    """Whole answers that depend on the archive and who asks alone; see `web/keeping.py`."""

    def __post_init__(self) -> None:
        self.archive.remember(MEMORY_BYTES)

    @property
    def https(self) -> bool:
        """Whether others reach it over https."""
        return self.public_url.lower().startswith("https://")

    def audit(self, principal: Principal, action: str, about: str = "", *, outcome: Outcome = "ok") -> None:
        """Puts what somebody did into the archive's log, in place of the line that each change has of itself.

        That line says the name of the route and its path; `server.audit(principal, "merge", "3 and 7: one man")` says
        more. Raises ArchiveError.
        """
        self.archive.accounts.audit(action, about, outcome=outcome, actor=principal.actor)

    def info(self, principal: Principal) -> Info:
        """What the archive is and holds; where it lies on this machine is for admins, others have its bare name."""
        found = self.archive.info()
        return found if principal.may("admin") else replace(found, where=re.split(r"[/\\]", found.where)[-1])

    def close(self) -> None:
        """Stops the jobs, each after the part that it is at, and ends the children."""
        self.jobs.close(wait_s=3)
        self.workers.close()
        # What was at work in a child has ended with it.
        self.jobs.close(wait_s=3)


def serving_of(request: Request) -> Serving:
    """The server that a request came to."""
    found: Serving = request.app.state.serving
    return found


Server = Annotated[Serving, Depends(serving_of)]
"""For the parameter of a route: `def page(server: Server)`."""
