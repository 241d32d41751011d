"""The HTTP API: the archive, reading and checking under `/api/v1/`, by the names of the command line.

A route says once what it takes, gives, refuses and which role it needs (`routing`); its description in OpenAPI is made
from that (`document`) and from the archive's own forms (`schemas`).
"""

from __future__ import annotations

from fastapi import APIRouter


def routers() -> list[APIRouter]:
    """The routes of all resources, for `sayso.web.building.build_app`."""
    from sayso.api.resources import (
        about,
        accounts,
        articles,
        corrections,
        exporting,
        jobs,
        outlets,
        reading,
        speakers,
        statements,
        transcripts,
    )

    resources = (
        *(about, reading, articles, statements, speakers, outlets, transcripts),
        *(corrections, exporting, jobs, accounts),
    )
    return [each.routes for each in resources]
