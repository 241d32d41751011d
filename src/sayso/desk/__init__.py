"""The desk: web pages on an archive, for people who would rather look than read JSON."""

from __future__ import annotations

from fastapi import APIRouter


def routers() -> list[APIRouter]:
    """The routes of all pages, for `sayso.web.building.build_app`."""
    from sayso.desk.pages import articles, home, reading, searching, static, tracing

    return [each.views for each in (home, reading, articles, searching, tracing)] + [static.files]
