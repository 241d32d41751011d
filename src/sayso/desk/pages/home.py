"""The first page: what the archive holds, what came in last, who is heard, which quotes ask for a look."""

from __future__ import annotations

from sayso.archive.json_form import as_json, hit_to_json
from sayso.desk.views import View, Views
from sayso.desk.who import Reader
from sayso.web.state import Server

views = Views()

LATEST = 8
HEARD = 8
BENT = 4
BENT_QUERY = "verdict:altered,misattributed,spliced,trimmed -is:doubtful"
"""Quotes that a check accuses without a doubt."""


@views.view("/", "home.html", keep=True)
def home(server: Server, principal: Reader) -> View:
    """What the archive holds, in short."""
    archive = server.archive
    info = server.info(principal)
    bent = archive.search(BENT_QUERY, sort="newest", limit=BENT)
    return View(
        "Desk",
        {
            "info": as_json(info),
            "articles": as_json(archive.article_list(limit=LATEST).items),
            "speakers": as_json(archive.speakers(limit=HEARD)) if info.speakers else [],
            "bent": [hit_to_json(each) for each in bent.hits],
            "bent_total": bent.total,
            "bent_query": BENT_QUERY,
        },
    )
