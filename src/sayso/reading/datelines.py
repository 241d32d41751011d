"""The dateline: place, date and agency at the start of a wire report, in whatever order and dress the agency uses.

Read part by part rather than with one pattern: each part is optional, and what must not be missing is evidence. A
place in capitals needs a dash, a date or an agency after it; a place in small letters needs a date, an agency, or to
be a city that datelines name.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from sayso.documents import Dateline, Span
from sayso.reading.dates import PartialDate, match_date

_CAPITALS = r"[A-ZÀ-ÖØ-ÞĀŁŚŞŠŽİ][A-ZÀ-ÖØ-ÞĀŁŚŞŠŽİ'’.\-]*(?!\w)"
_CAPITALISED = r"[A-ZÀ-ÖØ-ÞŁŚŞŠŽİ][\w'’.\-]*"
_JOIN = r"(?:[ \t]*/[ \t]*|[ \t]+(?:(?:and|AND|&|de|DE|da|DA|el|al|on|of|OF|the|THE)[ \t]+)?)"
_PLACE_IN_CAPITALS = re.compile(rf"{_CAPITALS}(?:{_JOIN}{_CAPITALS}){{0,5}}(?<![-])")
_PLACE = re.compile(rf"{_CAPITALISED}(?:{_JOIN}{_CAPITALISED}){{0,4}}(?<![-])")
_REGION = re.compile(rf",[ \t]+({_CAPITALISED}(?:[ \t]+(?:(?:and|of|the)[ \t]+)?{_CAPITALISED}){{0,3}})")
_AGENCY = re.compile(r"[ \t]*(?:[-–—]{1,2}[ \t]*)?(?:\(([^()\n]{2,60})\)|/([^/\n]{2,40})/|\[([^\[\]\n]{2,40})\])")
_KNOWN_AGENCY = re.compile(
    r"\b(?:AP|Associated Press|Reuters|AFP|Agence France-Presse|TASS"
    r"|Itar-Tass|dpa|UPI|PA|PA Media|Press Association"
    r"|ANSA|EFE|Xinhua|Kyodo|Interfax|RIA|Ukrinform|Bloomberg|AAP|CP"
    r"|The Canadian Press|Canadian Press|IANS|PTI|ANI|Yonhap"
    r"|Anadolu|AA|APA|Belga|Lusa|CNN|NPR|CNA|BBC|KUNA|WAM|SPA|BNS|ČTK|CTK|MTI|PAP|STT|TT|NTB|Ritzau|IRNA|MENA|Antara"
    r"|Bernama|NHK|RFE/RL|VOA|PRNewswire|PR Newswire|Business Wire|BUSINESS WIRE|GlobeNewswire|GLOBE NEWSWIRE|KNA|epd"
    r"|Newsfile Corp\.?|ACCESSWIRE|EIN Presswire|States Newsroom|Thomson Reuters Foundation)\b"
)
_CLOSE = re.compile(r"[ \t]*(?:[-–—―]{1,3}|\.(?=[ \t])|:(?=[ \t]))[ \t]*")
_DASH = re.compile(r"[ \t]*(?:[—―]|(?<=[ \t)\]/])[-–]|--|[–-](?=[ \t]))-?[ \t]*")
# Words in capitals that open headlines, live blogs and slugs, and are no place.
_LABELS = frozenset(
    "BREAKING EXCLUSIVE WATCH LIVE UPDATE UPDATED ANALYSIS OPINION VIDEO NEWS ALERT URGENT FACTBOX EXPLAINER CORRECTION"
    " QUESTION ANSWER NOTE EDITORIAL REVIEW INTERVIEW TIMELINE PHOTOS DEVELOPING FLASH ENDS THIS THE A AN IT I HE SHE"
    " WE THEY YES NO OK WARNING SPOILER UNITED".split()
)
# Cities that stand alone in datelines of outlets that write them in small letters ("Paris —", "London:").
_CITIES = frozenset(
    "Abuja Accra Algiers Amman Amsterdam Ankara Athens Atlanta Baghdad Baku Bangkok Barcelona Beijing Beirut Belfast"
    " Belgrade Berlin Bern Bogotá Boston Brasília Bratislava Brussels Bucharest Budapest Cairo Canberra Caracas Chicago"
    " Colombo Copenhagen Dakar Damascus Davos Delhi Dhaka Doha Dubai Dublin Edinburgh Frankfurt Geneva Hanoi Harare"
    " Havana Helsinki Islamabad Istanbul Jakarta Jerusalem Johannesburg Kabul Kampala Karachi Kathmandu Khartoum Kiev"
    " Kigali Kinshasa Kyiv Lagos Lima Lisbon Ljubljana London Luxembourg Lviv Madrid Manila Melbourne Miami Milan Minsk"
    " Mogadishu Montreal Moscow Mumbai Munich Nairobi Nicosia Oslo Ottawa Paris Prague Pretoria Pristina Quito Rabat"
    " Reykjavik Riga Riyadh Rome Santiago Sarajevo Seoul Shanghai Singapore Skopje Sofia Stockholm Strasbourg Sydney"
    " Taipei Tallinn Tbilisi Tehran Tirana Tokyo Toronto Tripoli Tunis Vienna Vilnius Warsaw Washington Wellington"
    " Yerevan Zagreb Zurich".split()
) | {"New York", "New Delhi", "Hong Kong", "Kuala Lumpur", "Mexico City", "Buenos Aires", "Los Angeles", "Tel Aviv",
     "San Francisco", "Cape Town", "Addis Ababa", "The Hague", "Abu Dhabi", "Phnom Penh", "São Paulo"}  # fmt: skip


@dataclass(slots=True)
class _Parts:
    place: str | None = None
    when: PartialDate | None = None
    agency: str | None = None
    at: int = 0


def find_dateline(text: str, paragraph: Span, *, published: date | None = None) -> Dateline | None:
    """The dateline that opens a paragraph; None where it opens otherwise. `published` completes its date.

    >>> text = "BRUSSELS, November 27. /TASS/. Talks began."
    >>> find_dateline(text, Span(0, len(text)), published=date(2023, 11, 28))
    Dateline(span=Span(start=0, end=31), place='BRUSSELS', date=datetime.date(2023, 11, 27), agency='TASS')
    """
    head = text[paragraph.start : min(paragraph.end, paragraph.start + 160)]
    for in_capitals in (True, False):
        parts = _place(head, in_capitals=in_capitals)
        if parts is None:
            continue
        _date_and_agency(head, parts)
        end = _end(head, parts, in_capitals=in_capitals)
        if end is not None:
            return _dateline(paragraph, parts, end, published)
    parts = _Parts()
    _date_and_agency(head, parts)
    # "(Reuters) - ..." or "Nov 8 (Reuters) - ..." without a place, in which a known agency is the evidence.
    if parts.agency and _KNOWN_AGENCY.search(parts.agency) and (closing := _DASH.match(head, parts.at)):
        return _dateline(paragraph, parts, closing.end(), published)
    return None


def _dateline(paragraph: Span, parts: _Parts, end: int, published: date | None) -> Dateline:
    when = parts.when.complete(published) if parts.when else None
    span = Span(paragraph.start, min(paragraph.start + end, paragraph.end))
    return Dateline(span, parts.place, when, parts.agency)


def _place(head: str, *, in_capitals: bool) -> _Parts | None:
    found = (_PLACE_IN_CAPITALS if in_capitals else _PLACE).match(head)
    if not found:
        return None
    place = found.group()
    if in_capitals:
        # "MOSCOW. Nov 27 (Interfax)": the stop is not the place's own, as it is in "ST. LOUIS".
        place = place.rstrip(".") if not re.search(r"\b[A-Z]\.[A-Z]\.$", place) else place
        if len(place) < 3 or place.split()[0].strip(".,") in _LABELS - {"UNITED"} or place == "UNITED":
            return None
    end = len(place)
    while region := _REGION.match(head, end):
        # A date after the comma is no region ("LONDON, May 3"), unless the region comes first ("KYIV, Ukraine, May 3").
        if match_date(head, region.start(1)):
            break
        if head[region.end() - 1] == "." and match_date(head, region.end() + 1) is None and in_capitals is False:
            return None
        end = region.end()
        if end > 80:
            return None
    return _Parts(place=head[:end], at=end)


def _date_and_agency(head: str, parts: _Parts) -> None:
    """Moves past a date and an agency, in either order; both may be missing."""
    for _ in range(3):
        separator = re.compile(r"[ \t]*[,.]?[ \t]*(?:[-–—][ \t]*)?").match(head, parts.at)
        after = separator.end() if separator else parts.at
        dated = match_date(head, after) if parts.when is None else None
        if dated:
            parts.when, parts.at = dated
            continue
        if parts.agency is None:
            stop = 1 if head[parts.at : parts.at + 1] in (".", ",") else 0
            named = _AGENCY.match(head, parts.at + stop)
            name = _agency(next(group for group in named.groups() if group), parts) if named else None
            if named and name:
                parts.agency, parts.at = name, named.end()
                continue
        return


def _agency(name: str, parts: _Parts) -> str | None:
    """The agency that the words in brackets name, if any; takes the date out of "(Reuters, Nov 8)" on the way."""
    inner = re.search(r",\s*", name)
    if inner and parts.when is None and (dated := match_date(name, inner.end())):
        parts.when = dated[0]
        name = name[: inner.start()]
    # An agency nobody listed: one to four words, each a name ("Tri-State News Service").
    words = name.split()
    unlisted = 1 <= len(words) <= 4 and all(word[0].isupper() for word in words)
    return name if _KNOWN_AGENCY.search(name) or unlisted else None


def _end(head: str, parts: _Parts, *, in_capitals: bool) -> int | None:
    """Where the dateline ends, its closing mark and space included; None where there is too little evidence."""
    known = bool(parts.agency and _KNOWN_AGENCY.search(parts.agency))
    dash = _DASH.match(head, parts.at)
    if parts.agency or parts.when:
        closing = dash or _CLOSE.match(head, parts.at)
        if parts.agency is None and dash is None and not (in_capitals and closing):
            return None
        if parts.agency and not known and closing is None:
            return None
        end = closing.end() if closing else parts.at
        if known and closing is None:
            end += len(head[end:]) - len(head[end:].lstrip(" \t"))
        return end
    place = parts.place or ""
    city = place.title() in _CITIES or place in _CITIES
    follows = head[dash.end() : dash.end() + 1] if dash else ""
    if dash and (in_capitals or city) and (follows.isupper() or follows.isdigit() or follows in "\"'“‘«„`$€£"):
        return dash.end() if follows else None
    colon = re.compile(r":[ \t]+(?=[\w\"“‘'])").match(head, parts.at)
    return colon.end() if colon and city else None
