"""Speakers over all articles, and decisions about who is whom."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import Query
from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from sayso.api.paging import paged, paged_whole
from sayso.api.routing import Routes, Who
from sayso.api.schemas import listed
from sayso.api.values import After, Id, Limit, MaybeText, Number
from sayso.archive.bounds import MOST_ID, NO_NUL
from sayso.archive.browsing.forms import SpeakerProfile
from sayso.archive.forms import ArchiveSpeaker, Decision, Suggestion
from sayso.web.state import Server

routes = Routes("speakers")
_Id = Annotated[int, Field(ge=1, le=MOST_ID)]
_Text = Annotated[str, StringConstraints(pattern=NO_NUL, max_length=2000)]


class _Deciding(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)

    reason: _Text = Field(min_length=1, description="Why, for those who come after.")


class Merging(_Deciding):
    """Two speakers that are one."""

    keep: _Id = Field(description="The one that stays.")
    other: _Id = Field(description="The one that goes into it, with all articles to come.")


class Splitting(_Deciding):
    """A speaker who is two."""

    speaker: _Id
    articles: list[_Id] = Field(
        default_factory=list, max_length=10_000, description="Those in which it is somebody else."
    )
    appearances: list[_Id] = Field(default_factory=list, max_length=10_000, description="Or single appearances.")
    name: _Text | None = Field(None, description="The name of that other one; else as these articles have it.")


class KeepingApart(_Deciding):
    """Two speakers that are two."""

    one: _Id
    other: _Id


class StandingFor(_Deciding):
    """For whom a speaker speaks."""

    speaker: _Id
    stands_for: _Text | None = Field(description="A name; null: for nobody but itself.")


class Undoing(BaseModel):
    """Why something is taken back."""

    model_config = ConfigDict(extra="forbid", strict=True)

    reason: _Text = ""


@routes.get("/speakers", gives=listed(ArchiveSpeaker), errors=(400, 404))
def speakers(
    server: Server,
    name: Annotated[MaybeText, Query(max_length=400, description="A name or a part of one, or #id.")] = None,
    kind: Annotated[MaybeText, Query(max_length=40, description="person, organisation, government, ...")] = None,
    limit: Limit = 50,
    after: After = None,
) -> Any:
    """Speakers, those with most statements first; 404 with the nearest names where nobody bears the name."""
    return paged(
        lambda most: server.archive.speakers(name, kind=kind, limit=most),
        limit=limit,
        after=after,
        key=lambda each: each.id,
        of=f"speakers {name} {kind}",
    )


@routes.get("/speakers/{id}", gives=ArchiveSpeaker, errors=(404,))
def speaker(server: Server, id: Id) -> Any:
    """A speaker over all articles; one that was merged is the one that it went into."""
    return server.archive.speaker(id)


@routes.get("/speakers/{id}/profile", gives=SpeakerProfile, errors=(404,))
def speaker_profile(server: Server, id: Id) -> Any:
    """When and where a speaker is heard, how quoted, on what, and who disputes it."""
    return server.archive.speaker_profile(id)


@routes.get("/suggestions", gives=listed(Suggestion))
def suggestions(server: Server, limit: Limit = 50, after: After = None) -> Any:
    """Speakers that may be one, and speakers that may be two, with what speaks for and against it."""
    return paged(
        lambda most: server.archive.suggestions(limit=most),
        limit=limit,
        after=after,
        key=lambda each: [each.kind, each.one.id, each.other.id],
        of="suggestions",
    )


@routes.get("/decisions", gives=listed(Decision, total=True))
def decisions(
    server: Server,
    speaker: Annotated[Number, Query(description="Only those that name this speaker.")] = None,
    limit: Limit = 50,
    after: After = None,
) -> Any:
    """Decisions about who is whom, the latest first."""
    found = server.archive.decisions(speaker=speaker)
    return paged_whole(found, limit=limit, after=after, key=lambda each: each.id, of=f"decisions {speaker}")


@routes.post("/decisions/merge", role="editor", gives=Decision, status=201, errors=(404, 409))
def merge(server: Server, who: Who, body: Merging) -> Any:
    """Decides that two speakers are one."""
    return server.archive.merge(body.keep, body.other, reason=body.reason, by=who.name)


@routes.post("/decisions/split", role="editor", gives=Decision, status=201, errors=(404, 409))
def split(server: Server, who: Who, body: Splitting) -> Any:
    """Decides that a speaker is another one in some articles: the second in `speakers`."""
    return server.archive.split(
        body.speaker,
        appearances=body.appearances,
        articles=body.articles,
        name=body.name,
        reason=body.reason,
        by=who.name,
    )


@routes.post("/decisions/apart", role="editor", gives=Decision, status=201, errors=(404, 409))
def keep_apart(server: Server, who: Who, body: KeepingApart) -> Any:
    """Decides that two speakers are two: they are not suggested again, nor merged."""
    return server.archive.keep_apart(body.one, body.other, reason=body.reason, by=who.name)


@routes.post("/decisions/stands-for", role="editor", gives=Decision, status=201, errors=(404, 409))
def set_stands_for(server: Server, who: Who, body: StandingFor) -> Any:
    """Decides for whom a speaker speaks."""
    return server.archive.set_stands_for(body.speaker, body.stands_for, reason=body.reason, by=who.name)


@routes.post("/decisions/{id}/undo", role="editor", gives=Decision, status=201, errors=(404, 409))
def undo(server: Server, who: Who, id: Id, body: Undoing) -> Any:
    """Undoes a decision, all as it was before; 409 where it is undone already or a later one builds on it."""
    return server.archive.undo(id, reason=body.reason, by=who.name)
