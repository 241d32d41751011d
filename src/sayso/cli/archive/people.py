"""Who is whom over all articles: speakers, and the decisions about them."""

from __future__ import annotations

import shlex
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar, get_args

import click

from sayso.cli.archived import answer_option, archive_option, opened, print_json
from sayso.exports.counts import counted
from sayso.records import SpeakerKind

if TYPE_CHECKING:
    from sayso.archive.forms import ArchiveSpeaker, Decision

Command = TypeVar("Command", bound=Callable[..., Any])


def _number(value: str) -> int:
    """A number of the archive, as `12` or, the way that lists show it, `#12`."""
    text = value.removeprefix("#")
    if not (text.isascii() and text.isdecimal() and len(text) < 10 and int(text)):
        raise click.BadParameter(f"{value!r} is no number of the archive; expected one like 12")
    return int(text)


def _signed(command: Command) -> Command:
    """The options of a decision: why, and by whom."""
    command = click.option("--by", metavar="NAME", help="Who decides.  [default: your user name]")(command)
    return click.option("--reason", required=True, metavar="WORDS", help="Why; it is kept with the decision.")(command)


@click.command()
@click.argument("name", metavar="[NAME]...", nargs=-1)
@click.option("--kind", type=click.Choice(get_args(SpeakerKind)), help="Those of this kind alone.")
@click.option("-n", "--limit", type=click.IntRange(1), default=50, show_default=True, metavar="N")
@answer_option("text", "json", by_name=False)
@archive_option
def speakers(*, name: tuple[str, ...], kind: str | None, limit: int, form: str, where: str | None) -> None:
    """List the speakers of all articles, those with most statements first; or those of a name."""
    from sayso.archive.json_form import as_json

    with opened(where) as archive:
        found = archive.speakers(" ".join(name) or None, kind=kind, limit=limit)
    if form == "json":
        print_json(as_json(found))
        return
    for each in found:
        click.echo(f"#{each.id:<6}{_described(each)}")
        others = [other for other in each.names if other != each.name]
        for label, values in (("also", others), ("titles", each.titles)):
            if values:
                click.echo(f"{'':7}{label}: {'; '.join(values[:6])}{'; ...' * (len(values) > 6)}")
    if not found:
        click.echo("no speakers")


@click.command()
@click.option("-n", "--limit", type=click.IntRange(1), default=20, show_default=True, metavar="N")
@answer_option("text", "json", by_name=False)
@archive_option
def suggestions(*, limit: int, form: str, where: str | None) -> None:
    """List speakers that may be one, or may be two, with what speaks for and against it."""
    from sayso.archive.json_form import as_json

    with opened(where) as archive:
        found = archive.suggestions(limit=limit)
    if form == "json":
        print_json(as_json(found))
        return
    for each in found:
        same = each.kind == "split"
        click.echo(f"{each.score:.2f}  #{each.one.id} {_described(each.one)}")
        if not same:
            click.echo(f"      #{each.other.id} {_described(each.other)}")
        for sign, reasons in (("for", each.reasons), ("against", each.against)):
            for reason in reasons:
                click.echo(f"      {sign}: {reason}")
        reason = shlex.quote(each.reasons[0] if each.reasons else "the same")
        if same:
            articles = " ".join(f"--article {number}" for number in each.articles)
            click.echo(f"      sayso archive split {each.one.id} {articles} --reason {reason}")
        else:
            click.echo(f"      sayso archive merge {each.one.id} {each.other.id} --reason {reason}")
    if not found:
        click.echo("no suggestions")


@click.command()
@click.argument("keep", metavar="KEEP", type=_number)
@click.argument("other", metavar="OTHER", type=_number)
@_signed
@archive_option
def merge(*, keep: int, other: int, reason: str, by: str | None, where: str | None) -> None:
    """Decide that two speakers are one: OTHER goes into KEEP (their numbers, from `sayso archive speakers`)."""
    with opened(where) as archive:
        _tell(archive.merge(keep, other, reason=reason, by=by))


@click.command()
@click.argument("speaker", metavar="SPEAKER", type=_number)
@click.option("--article", "articles", type=click.IntRange(1), multiple=True, required=True, metavar="ID",
              help="An article in which it is the other one; as often as there are several.")  # fmt: skip
@click.option("--name", metavar="NAME", help="Name of the new speaker.  [default: as those articles have it]")
@_signed
@archive_option
def split(
    *, speaker: int, articles: tuple[int, ...], name: str | None, reason: str, by: str | None, where: str | None
) -> None:
    """Decide that in some articles SPEAKER is somebody else, of the same name."""
    with opened(where) as archive:
        _tell(archive.split(speaker, articles=articles, name=name, reason=reason, by=by))


@click.command()
@click.argument("one", metavar="ONE", type=_number)
@click.argument("other", metavar="OTHER", type=_number)
@_signed
@archive_option
def apart(*, one: int, other: int, reason: str, by: str | None, where: str | None) -> None:
    """Decide that two speakers are two; they are not suggested again."""
    with opened(where) as archive:
        _tell(archive.keep_apart(one, other, reason=reason, by=by))


@click.command("stands-for")
@click.argument("speaker", metavar="SPEAKER", type=_number)
@click.argument("whom", metavar="[WHOM]", required=False)
@_signed
@archive_option
def stands_for(*, speaker: int, whom: str | None, reason: str, by: str | None, where: str | None) -> None:
    """Decide for whom a speaker speaks ("the government of Ukraine"); without WHOM, for nobody but itself."""
    with opened(where) as archive:
        _tell(archive.set_stands_for(speaker, whom, reason=reason, by=by))


@click.command()
@click.argument("decision", metavar="DECISION", type=_number)
@_signed
@archive_option
def undo(*, decision: int, reason: str, by: str | None, where: str | None) -> None:
    """Undo a decision; all is as it was before it."""
    with opened(where) as archive:
        _tell(archive.undo(decision, reason=reason, by=by))


@click.command()
@click.option("--speaker", type=_number, metavar="SPEAKER", help="Only those about this speaker.")
@answer_option("text", "json", by_name=False)
@archive_option
def decisions(*, speaker: int | None, form: str, where: str | None) -> None:
    """List the decisions about who is whom, the latest first."""
    from sayso.archive.json_form import as_json

    with opened(where) as archive:
        found = archive.decisions(speaker=speaker)
    if form == "json":
        print_json(as_json(found))
        return
    for each in found:
        _tell(each)
    if not found:
        click.echo("no decisions")


def _tell(decision: Decision) -> None:
    whom = ", ".join(f"#{each}" for each in decision.speakers)
    undone = f" (undone by decision {decision.undone_by})" if decision.undone_by else ""
    click.echo(f"decision {decision.id}: {decision.kind} {whom}{undone}".rstrip())
    click.echo(f"  {decision.at[:16].replace('T', ' ')} by {decision.by}: {decision.reason}")


def _described(speaker: ArchiveSpeaker) -> str:
    what = speaker.kind + (f" for {speaker.stands_for}" if speaker.stands_for else "")
    articles = counted(speaker.articles, "article")
    return f"{speaker.name} ({what}) · {counted(speaker.statements, 'statement')} in {articles}"
