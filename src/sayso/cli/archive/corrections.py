"""What people set right in the archive's articles, and what waits to be looked at."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from sayso.cli.archived import answer_option, archive_option, may_be_written, opened, print_json
from sayso.cli.messages import complain
from sayso.exports.counts import counted

if TYPE_CHECKING:
    from sayso.archive import Archive
    from sayso.archive.correcting.forms import Correction

Command = TypeVar("Command", bound=Callable[..., Any])
_IN_FORCE = "in force"


def _signed(command: Command) -> Command:
    """The options of a correction: why, and by whom."""
    command = click.option("--by", metavar="NAME", help="Who corrects.  [default: your user name]")(command)
    return click.option("--reason", default="", metavar="WORDS", help="Why; it is kept with the correction.")(command)


@click.command()
@click.option("--article", type=click.IntRange(1), metavar="ID", help="Those of this article.")
@click.option("--by", metavar="NAME", help="Those of this person.")
@click.option("--all", "everything", is_flag=True, help="Those too that were superseded, undone or carried on.")
@click.option("-n", "--limit", type=click.IntRange(1, 500), default=50, show_default=True, metavar="N")
@click.option("--export", "export", metavar="FILE", callback=may_be_written,
              type=click.Path(dir_okay=False, path_type=Path),
              help="Write what was corrected and confirmed to FILE, to train on (docs/corrections.md).")  # fmt: skip
@answer_option("text", "json", by_name=False)
@archive_option
def corrections(
    *, article: int | None, by: str | None, everything: bool, limit: int, export: Path | None, form: str,
    where: str | None,
) -> None:  # fmt: skip
    """List what people set right, the latest first; or export it to train on."""
    from sayso.archive.json_form import as_json

    with opened(where) as archive:
        if export is not None:
            _export(archive, export, article)
            return
        found = archive.corrections(article=article, by=by, all=everything, limit=limit)
    if form == "json":
        print_json(as_json(found.items))
        return
    for each in found.items:
        _tell(each)
    if found.next is not None:
        complain(f"{len(found.items)} of {found.total:,} shown; for more: -n {min(found.total, 500)}")
    if not found.items:
        click.echo("no corrections")


def _export(archive: Archive, path: Path, article: int | None) -> None:
    count = whole = 0
    with path.open("w", encoding="utf-8") as file:
        for each in archive.export_corrections(None if article is None else [article]):
            file.write(json.dumps(each, ensure_ascii=False) + "\n")
            count += 1
            whole += each["complete"]
    complain(f"{counted(count, 'article')} written, {whole} of them confirmed as a whole")


@click.command()
@click.argument("article", metavar="ARTICLE", type=click.IntRange(1))
@click.argument("field", metavar="FIELD")
@click.argument("target", metavar="[TARGET]", required=False, default="")
@click.argument("after", metavar="[AFTER]", required=False)
@_signed
@archive_option
def correct(
    *, article: int, field: str, target: str, after: str | None, reason: str, by: str | None, where: str | None
) -> None:
    """Set something right in an ARTICLE: beside what was read, and never over it.

    FIELD is spans, speaker, inside, stance, quotation, act, polarity, verdict, added, removed or confirmed. TARGET is
    an attribution or a verdict by its id (`sayso archive show ARTICLE -f json`), or `article` to confirm all of it;
    empty ("") of one that is added. AFTER is a word (`endorsing`) or the JSON of docs/corrections.md.
    """
    with opened(where) as archive:
        value = _value(after)
        _tell(archive.correct(article, field=field, target=target, after=value, reason=reason, by=by))


def _value(after: str | None) -> Any:
    """JSON where it is, else the word itself."""
    if after is None:
        return None
    try:
        return json.loads(after)
    except ValueError:
        if after.lstrip()[:1] in "{[":
            raise click.BadParameter(f"AFTER: {after!r} begins like JSON and is none") from None
        return after


@click.command("undo-correction")
@click.argument("correction", metavar="CORRECTION", type=click.IntRange(1))
@_signed
@archive_option
def undo_correction(*, correction: int, reason: str, by: str | None, where: str | None) -> None:
    """Undo a correction (its number, from `sayso archive corrections`); what stood before it holds again."""
    with opened(where) as archive:
        _tell(archive.undo_correction(correction, reason=reason, by=by))


@click.command("review-queue")
@click.option("--article", type=click.IntRange(1), metavar="ID", help="What is uncertain in this article.")
@click.option("-n", "--limit", type=click.IntRange(1, 200), default=20, show_default=True, metavar="N")
@answer_option("text", "json", by_name=False)
@archive_option
def review_queue(*, article: int | None, limit: int, form: str, where: str | None) -> None:
    """List what somebody should look at, the most uncertain first."""
    from sayso.archive.json_form import as_json

    with opened(where) as archive:
        found = archive.review_queue(limit=limit, article=article)
    if form == "json":
        print_json(as_json(found.items))
        return
    for each in found.items:
        click.echo(f"{each.score:.2f}  article {each.article}, {each.kind} {each.target}: {each.text}")
        click.echo(f"      {each.why}")
    complain(f"{len(found.items)} of {found.total:,}") if found.items else click.echo("nothing to look at")


def _tell(each: Correction) -> None:
    became = f" ({each.standing})" if each.standing != _IN_FORCE else ""
    what = f"undoes correction {each.target}" if each.field == "undo" else f"{each.field} of {each.target}"
    click.echo(f"correction {each.id}: article {each.article}, {what}{became}")
    told = " -> ".join(_shown(value) for value in (each.before, each.after) if value)
    if told:
        click.echo(f"  {told}")
    click.echo(f"  {each.at[:16].replace('T', ' ')} by {each.by}{f': {each.reason}' if each.reason else ''}")


def _shown(value: Any) -> str:
    plain = {key: one for key, one in value.items() if key != "judged"} if isinstance(value, dict) else value
    if isinstance(plain, dict) and list(plain) == ["value"]:
        plain = plain["value"]
    return plain if isinstance(plain, str) else json.dumps(plain, ensure_ascii=False)
