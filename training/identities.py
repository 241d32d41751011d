"""Who is taken for one person over many articles: all speakers of a corpus kept, and pairs laid out to be judged.

    python -m training.identities read ../shared/corpora/polnear/train.jsonl ARTICLES.jsonl
    python -m training.identities pairs ARTICLES.jsonl [--sample 150] [--each] [--kind person]

The first reads the corpus (minutes); the second keeps what was read in an archive of its own, in the order of the days,
and prints counts, suggestions, then a sample of joined pairs with their reasons. Nothing in a corpus says who is whom
over articles: the pairs are judged by hand. With `--each` every speaker gives one pair, so that the famous do not fill
the sample. What is printed has words of the articles in it: it stays outside of the project.
"""

from __future__ import annotations

import argparse
import json
import random
import tempfile
import time
from collections import Counter, defaultdict
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select

import sayso
from sayso.archive import open_archive
from sayso.archive.archive import Archive
from sayso.archive.forms import Given
from sayso.archive.people.naming import person_keys, person_name
from sayso.archive.people.resolving import Resolved
from sayso.archive.schema import appearance, version
from sayso.documents import Article
from sayso.plain import article_from_plain, to_plain
from sayso.records import Speaker

NAMELESS = "it has no name of its own"


@dataclass(frozen=True, slots=True)
class Seen:
    """A speaker of one article."""

    article: Article
    speaker: Speaker
    resolved: Resolved

    def line(self) -> str:
        """What a judge needs to see of it."""
        span = self.speaker.mentions[0] if self.speaker.mentions else None
        text = self.article.text
        near = "" if span is None else " ".join(text[max(0, span.start - 60) : span.end + 60].split())
        head = f"{self.article.published} {self.article.outlet}: {self.speaker.name} [{self.speaker.kind}]"
        return f"{head} {'; '.join(self.speaker.titles[:4])} <{near}>"


def read_corpus(corpus: Path, articles: Path) -> None:
    """Writes the articles of a corpus in the form of PolNeAR's, each read with all its layers, as plain data."""
    with corpus.open(encoding="utf-8") as lines, articles.open("w", encoding="utf-8") as out:
        for record in map(json.loads, lines):
            article = sayso.read_text(
                record["text"], name=record["id"], date=record["date"], outlet=record["publisher"]
            )
            article.source = None
            out.write(json.dumps({"article": to_plain(article)}) + "\n")


def read_back(articles: Path) -> list[Article]:
    """The articles that `read_corpus` wrote, in the order of their days."""
    with articles.open(encoding="utf-8") as lines:
        found = [article_from_plain(json.loads(line)["article"]) for line in lines]
    return sorted(found, key=lambda article: str(article.published))


def keep_all(archive: Archive, articles: list[Article]) -> list[Seen]:
    """Every speaker of the articles, as it was resolved when its article came in."""
    found = []
    for at, article in enumerate(articles):
        number = archive.save(article, Given(f"{at}", digest=str(at))).id
        with archive.store.reading() as connection:
            rows = connection.execute(
                select(appearance.c.local, appearance.c.speaker_id, appearance.c.reason)
                .join(version, version.c.id == appearance.c.version_id)
                .where(version.c.article_id == number)
            )
            resolved = {row.local: Resolved(row.speaker_id, row.reason) for row in rows}
        speakers = [*article.speakers, *article.mentioned]
        found += [Seen(article, each, resolved[each.id]) for each in speakers if each.id in resolved]
    return found


def count(seen: list[Seen], groups: dict[int, list[Seen]]) -> None:
    """Prints what became of the speakers, and the full names that two or more bear."""
    joined = [group for group in groups.values() if len(group) > 1]
    print(f"{len(seen)} speakers of articles, {len(groups)} of the archive")
    print(f"{len(joined)} in more than one article, with {sum(map(len, joined))} of the appearances")
    print("reasons:", Counter(one.resolved.reason.split(";")[0].split(":")[0] for one in seen).most_common(16))
    names: dict[str, set[int]] = defaultdict(set)
    for one in seen:
        if one.speaker.kind == "person" and one.resolved.reason != NAMELESS and person_name(one.speaker.name).given:
            names[person_keys(one.speaker.name)[0]].add(one.resolved.speaker_id)
    apart = {key: ids for key, ids in names.items() if len(ids) > 1}
    print(f"{len(names)} full names of persons, {len(apart)} of them of two or more")
    for key, ids in sorted(apart.items()):
        for number in sorted(ids):
            first = groups[number][0]
            print(f"  {key[2:]} #{number} x{len(groups[number])}: {first.resolved.reason} | {first.line()}")


def suggest(archive: Archive) -> None:
    """Prints the likeliest suggestions, and how long they took."""
    start = time.perf_counter()
    found = archive.suggestions(limit=100)
    print(f"{len(found)} suggestions in {time.perf_counter() - start:.2f} s")
    for one in found:
        print(f"  {one.kind} {one.score} {one.one.name} / {one.other.name}: {one.reasons} against {one.against}")


def lay_out(seen: list[Seen], groups: dict[int, list[Seen]], *, sample: int, each: bool, seed: int) -> None:
    """Prints a sample of joined pairs."""
    chosen = random.Random(seed)
    place = {id(one): at for at, one in enumerate(seen)}
    pairs: list[tuple[Seen, Seen]] = []
    for group in groups.values():
        if len(group) > 1 and each:
            one, other = chosen.sample(group, 2)
            pairs.append((one, other))
        else:
            pairs += [(chosen.choice(group[:at]), group[at]) for at in range(1, len(group))]
    for at, (one, other) in enumerate(chosen.sample(pairs, min(sample, len(pairs))), start=1):
        later = max(one, other, key=lambda each: place[id(each)])
        print(f"{at}. {later.resolved.reason}\n    {one.line()}\n    {other.line()}")


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    does = parser.add_subparsers(dest="does", required=True)
    reads = does.add_parser("read")
    reads.add_argument("corpus", type=Path)
    reads.add_argument("articles", type=Path)
    pairs = does.add_parser("pairs")
    pairs.add_argument("articles", type=Path)
    pairs.add_argument("--sample", type=int, default=150)
    pairs.add_argument("--each", action="store_true")
    pairs.add_argument("--kind", help="lay out speakers of that kind only")
    pairs.add_argument("--seed", type=int, default=5)
    given = parser.parse_args()
    if given.does == "read":
        read_corpus(given.corpus, given.articles)
        return
    articles = read_back(given.articles)
    with tempfile.TemporaryDirectory() as folder, open_archive(Path(folder) / "identities.db", make=True) as archive:
        seen = keep_all(archive, articles)
        groups: dict[int, list[Seen]] = defaultdict(list)
        for one in seen:
            groups[one.resolved.speaker_id].append(one)
        print(f"{len(articles)} articles")
        count(seen, groups)
        suggest(archive)
        if given.kind:
            seen = [one for one in seen if one.speaker.kind == given.kind]
            groups = defaultdict(list)
            for one in seen:
                groups[one.resolved.speaker_id].append(one)
        lay_out(seen, groups, sample=given.sample, each=given.each, seed=given.seed)


if __name__ == "__main__":
    main()
