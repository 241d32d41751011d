"""The spaCy component in real pipelines; reading is a stand-in that finds `"..." X said`, so no weights are needed."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

spacy = pytest.importorskip("spacy", reason="needs spaCy: pip install 'sayso[spacy]'")

from sayso import reading  # noqa: E402
from sayso import spacy as component  # noqa: E402
from sayso.documents import Article, Span  # noqa: E402
from sayso.plain import article_from_plain, to_plain  # noqa: E402
from sayso.records import Attribution, Occasion, Speaker  # noqa: E402

TEXT = 'Bridge to close\r\n\r\nPORT ELLERY, March 14 (CWA) - "It is un-safe," Mara Quill said.\r\n"So," Otto Hale said.'


def read(text: str, **given: Any) -> Article:
    article = reading.read_text(text, any_language=given["any_language"], outlet=given["outlet"])
    for number, match in enumerate(re.finditer(r'("[^"]*") (\w+ \w+) (said)', article.text), 1):
        parts = [[Span(*match.span(part))] for part in (2, 3, 1)]
        article.attributions.append(
            Attribution(f"a{number}", *parts, speaker=match[2], occasion=Occasion(date=given["date"]))
        )
        article.speakers.append(Speaker(match[2], match[2], mentions=parts[0]))
    return article


@pytest.fixture
def nlp(monkeypatch: pytest.MonkeyPatch) -> Any:
    """A blank English pipeline with the component."""
    monkeypatch.setattr(component, "read_text", read)
    pipeline = spacy.blank("en")
    pipeline.add_pipe("sayso", config={"date": "2026-03-15"})
    return pipeline


def test_installed_component_is_found_by_its_name_alone() -> None:
    from importlib.metadata import entry_points

    found = entry_points(group="spacy_factories", name="sayso")
    assert [each.load() for each in found] == [component.make_component]


def test_layers_on_a_doc(nlp: Any) -> None:
    doc = nlp(TEXT)
    assert doc._.sayso.headline.of(doc._.sayso.text) == "Bridge to close"
    assert [each.name for each in doc._.sayso_speakers] == ["Mara Quill", "Otto Hale"]
    assert {name: [span.text for span in doc.spans[name]] for name in component.GROUPS} == {
        "sayso_sources": ["Mara Quill", "Otto Hale"],
        "sayso_cues": ["said", "said"],
        "sayso_contents": ['"It is un-safe,"', '"So,"'],
    }
    content = doc.spans["sayso_contents"][1]
    assert (content.label_, content.id_, content.kb_id_) == ("content", "a2", "Otto Hale")


def test_config_reaches_the_reading(nlp: Any) -> None:
    assert nlp(TEXT)._.sayso.attributions[0].occasion.date == "2026-03-15"


def test_span_inside_a_token_takes_the_whole_of_it(nlp: Any) -> None:
    words = ["x", '"No,"', "Ann", "Lee", "said."]
    doc = nlp(spacy.tokens.Doc(nlp.vocab, words=words))
    assert [span.text for span in doc.spans["sayso_cues"]] == ["said."]


@pytest.mark.parametrize("text", ["", "  \n", "1 2 3"])
def test_text_without_a_letter_has_empty_layers(nlp: Any, text: str) -> None:
    doc = nlp(text)
    assert doc._.sayso is None and doc._.sayso_speakers == []
    assert [len(doc.spans[name]) for name in component.GROUPS] == [0, 0, 0]


def test_stored_doc_comes_back_with_its_layers(nlp: Any, tmp_path: Path) -> None:
    doc = nlp(TEXT)
    doc.to_disk(tmp_path / "doc")
    for again in (
        spacy.tokens.Doc(nlp.vocab).from_bytes(doc.to_bytes()),
        spacy.tokens.Doc(nlp.vocab).from_disk(tmp_path / "doc"),
        next(spacy.tokens.DocBin(docs=[doc], store_user_data=True).get_docs(nlp.vocab)),
    ):
        assert again._.sayso == doc._.sayso
        assert [span.id_ for span in again.spans["sayso_cues"]] == ["a1", "a2"]


def test_several_processes_give_what_one_does(nlp: Any) -> None:
    texts = [TEXT, "Nothing.", ""]
    alone = [doc._.sayso for doc in nlp.pipe(texts)]
    assert [doc._.sayso for doc in nlp.pipe(texts, n_process=2)] == alone


def test_pipeline_is_saved_with_its_config(nlp: Any, tmp_path: Path) -> None:
    nlp.to_disk(tmp_path / "pipeline")
    assert spacy.load(tmp_path / "pipeline")("“So,” Ann Lee said.")._.sayso is not None


def test_article_is_the_same_after_plain_data(nlp: Any) -> None:
    article = nlp(TEXT)._.sayso
    article.published = article.dateline.date
    assert article.offsets is not None and article.source is not None
    assert article_from_plain(to_plain(article)) == article
