"""The desk: web pages on an archive, for people who would rather look than read JSON."""

from __future__ import annotations

from fastapi import APIRouter


def routers() -> list[APIRouter]:
    """The routes of all pages, for `sayso.web.building.build_app`."""
    from sayso.desk.pages import (
        accounts,
        articles,
        checking,
        corrections,
        deciding,
        home,
        inbox,
        outlets,
        reading,
        review,
        searching,
        speakers,
        static,
        tracing,
        transcripts,
        users,
    )

    return [
        each.views
        for each in (
            home,
            reading,
            articles,
            checking,
            transcripts,
            searching,
            speakers,
            deciding,
            tracing,
            outlets,
            inbox,
            review,
            corrections,
            accounts,
            users,
        )
    ] + [static.files]
