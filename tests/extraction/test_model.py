"""The shipped model: checked before use, and the same record whatever else is read."""

import json
import random
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest

import sayso
from sayso.errors import DamagedModel
from sayso.extraction.model import GRAPH, PARAMETERS, read_model
from sayso.extraction.shipped import ENGLISH, VOCABULARY
from tests.gold.markup import gold_files, read_gold

TEXTS = [read_gold(path).text for path in gold_files()[:8]]


@pytest.fixture
def folder(tmp_path):
    for name in (GRAPH, VOCABULARY, PARAMETERS):
        shutil.copy(ENGLISH / name, tmp_path / name)
    return tmp_path


@pytest.mark.parametrize("name", [GRAPH, VOCABULARY])
def test_one_changed_byte_is_refused(folder, name):
    data = bytearray((folder / name).read_bytes())
    data[len(data) // 2] ^= 1
    (folder / name).write_bytes(data)
    with pytest.raises(DamagedModel, match="damaged"):
        read_model(folder)


@pytest.mark.parametrize("name", [GRAPH, VOCABULARY, PARAMETERS])
def test_a_missing_file_is_named(folder, name):
    (folder / name).unlink()
    with pytest.raises(DamagedModel, match=name):
        read_model(folder)


def test_unreadable_parameters_are_refused(folder):
    (folder / PARAMETERS).write_text("{}", encoding="utf-8")
    with pytest.raises(DamagedModel):
        read_model(folder)


def test_the_graph_is_at_most_25_mb():
    assert (ENGLISH / GRAPH).stat().st_size <= 25_000_000


def record(text: str) -> str:
    return json.dumps(sayso.article_to_json(sayso.read_text(text)))


def test_the_record_does_not_depend_on_the_neighbours():
    alone = [record(text) for text in TEXTS]
    shuffled = list(enumerate(TEXTS))
    random.Random(7).shuffle(shuffled)
    in_another_order = {number: record(text) for number, text in shuffled}
    with ThreadPoolExecutor(2) as pool:
        side_by_side = list(pool.map(record, TEXTS))
    assert [in_another_order[number] for number in range(len(TEXTS))] == alone
    assert side_by_side == alone


def test_the_record_does_not_depend_on_the_process(tmp_path):
    paths = []
    for number, text in enumerate(TEXTS[:3]):
        paths.append(tmp_path / f"{number}.txt")
        paths[-1].write_text(text, encoding="utf-8")

    def lines(*arguments: str) -> list[str]:
        command = [sys.executable, "-m", "sayso", "read", "--format", "jsonl", *arguments]
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()

    together = lines("--jobs", "2", *map(str, paths))
    assert together == [line for path in paths for line in lines("--jobs", "1", str(path))]


def test_a_text_of_many_windows_is_the_same_on_any_number_of_threads():
    from sayso.extraction.layout import blocks_of
    from sayso.extraction.model import load_model
    from sayso.extraction.tokens import tokenize
    from sayso.reading import read_text

    model = load_model()
    article = read_text("\n\n".join(TEXTS))
    tokens = tokenize(article.text, blocks=blocks_of(article), quoted=[], pieces=model.pieces)
    once = model.scores(tokens)
    with ThreadPoolExecutor(2) as pool:
        again = list(pool.map(model.scores, [tokens, tokens]))
    for other in again:
        assert (other.tags == once.tags).all() and (other.to_word == once.to_word).all()
