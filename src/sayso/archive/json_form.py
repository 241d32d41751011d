"""What the archive gives, in JSON: the same names as in Python, every field written out."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from typing import Any

from sayso.archive.forms import Hit, Page
from sayso.archive.marks import FAMILIES, names_in


def page_to_json(page: Page) -> dict[str, Any]:
    """A page of a search in the JSON form."""
    return {
        "query": page.query,
        "total": page.total,
        "sort": page.sort,
        "before": page.before,
        "hits": [hit_to_json(each) for each in page.hits],
        "next": page.next,
        "facets": {
            name: [{"value": each.value, "count": each.count, "query": each.query} for each in counts]
            for name, counts in page.facets.items()
        },
        "facets_of": page.facets_of,
        "notes": list(page.notes),
    }


def hit_to_json(hit: Hit) -> dict[str, Any]:
    """One statement found, its marks by their families: `{"quotation": ["direct"], "stance": ["neutral"], ...}`."""
    return {
        "statement": hit.statement,
        "text": hit.text,
        "others": list(hit.others),
        "speaker": None
        if hit.speaker is None
        else {"id": hit.speaker, "name": hit.speaker_name, "kind": hit.speaker_kind},
        "via": list(hit.via),
        "about": list(hit.about),
        "article": {
            "id": hit.article,
            "version": hit.version,
            "headline": hit.headline,
            "outlet": hit.outlet,
            "published": hit.published,
            "url": hit.url,
        },
        "said": hit.said,
        "marks": {family: names_in(hit.marks, family) for family in FAMILIES},
        "snippet": {"text": hit.snippet, "found": [list(each) for each in hit.found]},
        "score": hit.score,
    }


def as_json(value: Any) -> Any:
    """A plain form of the archive (a trace, a problem, a speaker, a decision) by its own field names."""
    if is_dataclass(value):
        return {each.name.rstrip("_"): as_json(getattr(value, each.name)) for each in fields(value)}
    if isinstance(value, list | tuple):
        return [as_json(each) for each in value]
    return value
