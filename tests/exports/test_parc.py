"""PARC 3 as the published readers take it: their ways of reading are retold here, element by element."""

from __future__ import annotations

from collections.abc import Callable
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings

from sayso.documents import Article, Span
from sayso.errors import UnreadableSource
from sayso.exports.parc import files_of, read
from tests.exports.written import articles


def as_others_read(xml: str) -> tuple[list[list[str]], dict[str, dict[str, list[int]]], list[tuple[int, int]]]:
    """Sentences of words, the words of each role by the id of the relation, and the bytes of each word."""
    root = ElementTree.fromstring(xml.encode())
    assert root.tag == "root"
    sentences: list[list[str]] = []
    relations: dict[str, dict[str, list[int]]] = {}
    places: list[tuple[int, int]] = []
    for number, sentence in enumerate(root):
        assert sentence.tag == "SENTENCE"
        # parc3 takes the first element for the sentence's own node, and refuses words right below it.
        (node,) = sentence
        assert (node.tag, node.attrib["gorn"]) == ("S", str(number))
        sentences.append([])
        for place, word in enumerate(node):
            assert word.tag == "WORD"
            assert set(word.attrib) == {"ByteCount", "gorn", "lemma", "pos", "sentenceWord", "text", "word"}
            assert (int(word.attrib["word"]), int(word.attrib["sentenceWord"])) == (len(places), place)
            assert word.attrib["gorn"] == f"{number},{place}"
            for attribution in word:
                roles = relations.setdefault(attribution.attrib["id"], {})
                for role in attribution:
                    assert role.attrib["roleValue"] in ("source", "cue", "content", "supplement")
                    roles.setdefault(role.attrib["roleValue"], []).append(len(places))
            start, end = word.attrib["ByteCount"].split(",")
            places.append((int(start), int(end)))
            sentences[-1].append(word.attrib["text"])
    return sentences, relations, places


def test_words_roles_and_bytes(build: Callable[..., Article]) -> None:
    article = build("“No,” said Zoë Quill. Rain fell.", ("Zoë Quill", "said", "“No,”"))
    files = dict(files_of(article))
    sentences, relations, places = as_others_read(files[".xml"])
    assert sentences == [["“", "No", ",", "”", "said", "Zoë", "Quill", "."], ["Rain", "fell", "."]]
    assert relations == {"x_sayso_Attribution_a1": {"content": [0, 1, 2, 3], "cue": [4], "source": [5, 6]}}
    raw = files[".txt"].encode()
    assert [raw[start:end].decode() for start, end in places] == [word for each in sentences for word in each]


def test_readers_know_nested_ones_by_their_id_and_supplements_by_their_role(article: Article, layered: Article) -> None:
    _, relations, _ = as_others_read(dict(files_of(article))[".xml"])
    assert sorted(name for name in relations if "Nested" in name) == ["a0_sayso_Nested_union"]
    sentences, relations, _ = as_others_read(dict(files_of(layered))[".xml"])
    words = [word for each in sentences for word in each]
    supplement = [words[place] for place in relations["layered_sayso_Attribution_a2"]["supplement"]]
    assert supplement == ["at", "a", "press", "conference", "on", "Monday"]


@settings(max_examples=80, deadline=None)
@given(article=articles(wild=True))
def test_any_article_is_xml_that_others_can_read(article: Article) -> None:
    files = dict(files_of(article))
    _, _, places = as_others_read(files[".xml"])
    raw = files[".txt"].encode()
    last = 0
    for start, end in places:
        assert last <= start < end <= len(raw)
        raw[start:end].decode()
        last = end


CORPUS = """<?xml version="1.0"?>
<root>
 <SENTENCE gorn="0"><S gorn="0"><NP-SBJ gorn="0,0">
  <WORD ByteCount="9,14" gorn="0,0,0" lemma="quill" pos="NNP" sentenceWord="0" text="Quill" word="0">
   <attribution id="wsj_9999_Attribution_relation_level.xml_set_0"><attributionRole roleValue="source"/></attribution>
  </WORD></NP-SBJ>
  <VP gorn="0,1"><WORD ByteCount="15,19" gorn="0,1,0" lemma="say" pos="VBD" sentenceWord="1" text="said" word="1">
   <attribution id="wsj_9999_Attribution_relation_level.xml_set_0"><attributionRole roleValue="cue"/></attribution>
  </WORD></VP>
  <WORD ByteCount="20,22" gorn="0,2" lemma="no" pos="UH" sentenceWord="2" text="no" word="2">
   <attribution id="wsj_9999_Attribution_relation_level.xml_set_0"><attributionRole roleValue="content"/></attribution>
  </WORD>
  <WORD ByteCount="22,23" gorn="0,3" lemma="." pos="." sentenceWord="3" text="." word="3"/></S></SENTENCE>
 <SENTENCE gorn="1"><S gorn="1">
  <WORD ByteCount="25,29" gorn="1,0" lemma="rain" pos="NN" sentenceWord="0" text="Rain" word="4"/></S></SENTENCE>
</root>"""


def test_a_file_of_the_corpus_without_raw_text_is_read() -> None:
    article = read(CORPUS.encode(), None, name="wsj_9999")
    assert article.text.strip() == "Quill said no. \nRain"
    (found,) = article.attributions
    assert found.id == "wsj_9999_Attribution_relation_level.xml_set_0"
    parts = [[span.of(article.text) for span in part] for part in (found.source, found.cue, found.content)]
    assert parts == [["Quill"], ["said"], ["no"]]


def test_entities_are_not_followed() -> None:
    xml = b'<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/hostname">]><root><SENTENCE>&x;</SENTENCE></root>'
    assert read(xml, None, name="x").text == ""


def test_a_word_that_the_raw_text_does_not_have_is_refused() -> None:
    with pytest.raises(UnreadableSource, match="ByteCount"):
        read(CORPUS.encode(), "Too short", name="wsj_9999")


def test_spans_of_a_part_with_nothing_between_become_one(build: Callable[..., Article]) -> None:
    article = build("Quill said yes no.", ("Quill", "said", ["yes", "no"]))
    files = dict(files_of(article))
    assert read(files[".xml"].encode(), files[".txt"], name="x").attributions[0].content == [Span(11, 17)]
