"""What is in the archive, what is wrong with it, and its copies."""

from __future__ import annotations

from pathlib import Path

import click

from sayso.cli.archived import answer_option, archive_option, opened, print_json
from sayso.cli.messages import complain
from sayso.exports.counts import counted

EXIT_DAMAGED = 1


@click.command()
@answer_option("text", "json", by_name=False)
@archive_option
def info(*, form: str, where: str | None) -> None:
    """Show where the archive is, what it holds, and how large it is."""
    from sayso.archive.json_form import as_json

    with opened(where) as archive:
        found = archive.info()
    if form == "json":
        print_json(as_json(found))
        return
    days = f"{found.first} to {found.last}" if found.first else "no dates"
    rows = [
        ("archive", found.where),
        ("articles", f"{found.articles:,} in {found.versions:,} versions, {found.outlets:,} outlets, {days}"),
        ("statements", f"{found.statements:,}"),
        ("speakers", f"{found.speakers:,}"),
        ("transcripts", f"{found.transcripts:,}"),
        ("problems", f"{found.problems:,} (sayso archive problems)" if found.problems else "none"),
        ("size", f"{found.size / 1e6:,.1f} MB"),
        ("made", f"{found.made_at[:10]} by sayso {found.made_by}, schema {found.schema}, {found.library}"),
    ]
    for name, value in rows:
        click.echo(f"{name:12}{value}")


@click.command()
@click.option("--all", "everything", is_flag=True, help="Those too that a later attempt repaired.")
@answer_option("text", "json", by_name=False)
@archive_option
def problems(*, everything: bool, form: str, where: str | None) -> None:
    """List what was refused, truncated, damaged or unreadable, and why."""
    from sayso.archive.json_form import as_json

    with opened(where) as archive:
        found = archive.problems(all=everything)
    if form == "json":
        print_json(as_json(found))
        return
    for each in found:
        times = f", {each.times} times since {each.first_at[:10]}" if each.times > 1 else ""
        repaired = f", repaired {each.repaired_at[:10]}" if each.repaired_at else ""
        click.echo(f"{each.kind:11}{each.name}")
        click.echo(f"{'':11}{each.reason}{f'. {each.advice}' if each.advice else ''}")
        click.echo(f"{'':11}{each.last_at[:16].replace('T', ' ')}{times}{repaired}")
    if not found:
        click.echo("no problems")


@click.command()
@archive_option
def verify(*, where: str | None) -> int:
    """Look through the whole archive for damage; exit code 1 if there is any."""
    with opened(where) as archive:
        found = archive.verify()
        for each in found:
            click.echo(each)
        if found:
            complain(f"{counted(len(found), 'fault')} found; restore a backup: sayso archive restore FILE")
        else:
            click.echo(f"{archive.where}: no damage found")
    return EXIT_DAMAGED if found else 0


@click.command()
@click.argument("target", metavar="FILE", type=click.Path(dir_okay=False, path_type=Path))
@archive_option
def backup(*, target: Path, where: str | None) -> None:
    """Copy the archive to FILE, whole, while others use it.

    FILE is an archive of its own, on SQLite, whichever database the archive itself lies in.
    """
    with opened(where) as archive:
        archive.backup(target)
    click.echo(f"{target}: {target.stat().st_size / 1e6:,.1f} MB")


@click.command()
@click.argument("source", metavar="FILE", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@archive_option
def restore(*, source: Path, where: str | None) -> None:
    """Make an archive out of the backup in FILE, where there is none yet.

    With --archive postgresql://... it moves an archive from SQLite to PostgreSQL.
    """
    from sayso.archive import restore_archive

    with restore_archive(source, where) as archive:
        found = archive.info()
    click.echo(f"{found.where}: {found.articles:,} articles, {found.statements:,} statements")
