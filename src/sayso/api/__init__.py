"""The HTTP API: the archive, reading and checking under `/api/v1/`, by the names of the command line."""

from __future__ import annotations

from fastapi import APIRouter


def routers() -> list[APIRouter]:
    """The routes of all resources, for `sayso.web.building.build_app`."""
    return []
