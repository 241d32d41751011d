"""What can be taken away from the desk: the pages and records that `sayso` writes, as files to save."""

from __future__ import annotations

import re

from starlette.responses import Response

from sayso.documents import Article
from sayso.exports import checkpage, html
from sayso.exports.outline import title_of


def page_to_save(article: Article) -> Response:
    """The article as one page of its own."""
    return _attached("".join(html.render([article])), f"{_name(article)}.html")


def report_to_save(article: Article) -> Response:
    """The report of the check as one page of its own."""
    return _attached("".join(checkpage.render([article])), f"{_name(article)}-check.html")


def _attached(page: str, name: str) -> Response:
    # As an attachment alone: the page brings its own script, which the policy of this server does not let run.
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(page.encode("utf-8", "replace"), media_type="text/html; charset=utf-8", headers=headers)


def _name(article: Article) -> str:
    words = re.findall(r"[a-z0-9]+", title_of(article).lower())
    return "-".join(words)[:60].strip("-") or "article"
