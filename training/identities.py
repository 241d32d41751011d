"""Who is taken for one person over many articles: all speakers of a corpus resolved, and pairs laid out to be judged.

    python -m training.identities read ../shared/corpora/polnear/train.jsonl ARTICLES.jsonl
    python -m training.identities pairs ARTICLES.jsonl [--sample 150] [--each]

The first reads the corpus (minutes); the second keeps what was read in an archive of its own, in the order of the days,
and prints counts, then a sample of joined pairs with their reasons. Nothing in a corpus says who is whom over articles:
the pairs are judged by hand. With `--each` every speaker gives one pair, so that the famous do not fill the sample.
"""

from __future__ import annotations

import argparse
import json
import random
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, insert

import sayso
from sayso.archive import open_archive, schema
from sayso.archive.naming import person_keys
from sayso.archive.resolving import Resolved, resolve
from sayso.documents import Article
from sayso.plain import article_from_plain, to_plain
from sayso.records import Speaker


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


def resolve_all(articles: list[Article]) -> Iterator[Seen]:
    """Every speaker of the articles, resolved in an archive of its own; the time that it took is printed."""
    took = []
    with tempfile.TemporaryDirectory() as folder, open_archive(Path(folder) / "identities.db", make=True) as archive:
        for article in articles:
            with archive.store.writing() as connection:
                start = time.perf_counter()
                found = resolve(connection, article, outlet=article.outlet)
                took.append(time.perf_counter() - start)
                _put_in(connection, article, found)
            for each in [*article.speakers, *article.mentioned]:
                yield Seen(article, each, found[each.id])
    took.sort()
    print(
        f"resolving an article: median {took[len(took) // 2] * 1000:.2f} ms, "
        f"p95 {took[int(len(took) * 0.95)] * 1000:.2f} ms"
    )


def _put_in(connection: Connection, article: Article, found: dict[str, Resolved]) -> None:
    """Appearances as saving puts them in, and as much of an article as they need."""
    made = {
        "key": f"text:{article.id}:{article.outlet}:{article.published}:{id(article)}",
        "added_at": "",
        "characters": len(article.text),
        "words": 0,
        "number": 1,
    }
    number = connection.execute(insert(schema.article), {"key": made["key"], "added_at": ""})
    kept = made | {"article_id": number.inserted_primary_key[0], "newest": True, "text_id": article.id}
    del kept["key"]
    version = connection.execute(insert(schema.version), kept)
    connection.execute(
        insert(schema.appearance),
        [
            {
                "version_id": version.inserted_primary_key[0], "local": each.id, "speaks": True,
                "speaker_id": found[each.id].speaker_id, "name": each.name, "kind": each.kind,
                "titles": json.dumps(each.titles), "reason": found[each.id].reason,
            }
            for each in [*article.speakers, *article.mentioned]
        ],
    )  # fmt: skip


def lay_out(articles: list[Article], *, sample: int, each: bool, seed: int) -> None:
    """Prints counts and a sample of joined pairs."""
    seen = list(resolve_all(articles))
    groups: dict[int, list[Seen]] = defaultdict(list)
    for one in seen:
        groups[one.resolved.speaker_id].append(one)
    joined = {number: group for number, group in groups.items() if len(group) > 1}
    print(f"{len(articles)} articles, {len(seen)} speakers of articles, {len(groups)} of the archive")
    print(f"{len(joined)} in more than one article, with {sum(map(len, joined.values()))} of the appearances")
    print("reasons:", Counter(one.resolved.reason.split(";")[0].split(":")[0] for one in seen).most_common(16))
    names: dict[str, set[int]] = defaultdict(set)
    for one in seen:
        if one.speaker.kind == "person" and one.resolved.reason != "it has no name of its own":
            if len(one.speaker.name.split()) < 2:
                continue
            names[person_keys(one.speaker.name)[0]].add(one.resolved.speaker_id)
    apart = {key: ids for key, ids in names.items() if len(ids) > 1}
    print(f"{len(names)} full names of persons, {len(apart)} of them of two or more")
    for key, ids in sorted(apart.items()):
        for number in sorted(ids):
            first = groups[number][0]
            print(f"  {key[2:]} #{number} x{len(groups[number])}: {first.resolved.reason} | {first.line()}")
    chosen = random.Random(seed)
    pairs = []
    for group in joined.values():
        pairs += (
            [tuple(chosen.sample(group, 2))]
            if each
            else [(chosen.choice(group[:at]), group[at]) for at in range(1, len(group))]
        )
    for at, (one, other) in enumerate(chosen.sample(pairs, min(sample, len(pairs))), start=1):
        later = max(one, other, key=seen.index)
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
    pairs.add_argument("--seed", type=int, default=5)
    given = parser.parse_args()
    if given.does == "read":
        read_corpus(given.corpus, given.articles)
    else:
        lay_out(read_back(given.articles), sample=given.sample, each=given.each, seed=given.seed)


if __name__ == "__main__":
    main()
