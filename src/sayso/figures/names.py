"""Which numbers are no quantities: dates, times, scores, names, labels, addresses, telephone numbers."""

from __future__ import annotations

from sayso.figures.designations import is_designation
from sayso.figures.lexicon import names
from sayso.figures.nouns import is_plural
from sayso.figures.numbers import is_slashed
from sayso.figures.titles import may_count
from sayso.figures.tokens import Tokens
from sayso.figures.units import read_unit

_DASHES = frozenset("-–—‐‑−/")


def is_month(tokens: Tokens, at: int) -> bool:
    """Whether a token is the name of a month."""
    return tokens.raw[at] in names("month")


def is_year(tokens: Tokens, at: int) -> bool:
    """Whether four digits look like a year of our time."""
    return (
        tokens.numeric[at]
        and len(tokens.raw[at]) == 4
        and tokens.raw[at].isdigit()
        and "1500" <= tokens.raw[at] < "2101"
    )


def past_name(tokens: Tokens, at: int) -> int | None:
    """Where a stretch ends that starts with a number and is no quantity, whatever follows; None where it may be one."""
    return _past_numeral(tokens, at) if tokens.numeric[at] else _past_word(tokens, at)


def _past_numeral(tokens: Tokens, at: int) -> int | None:
    if _is_glued(tokens, at):
        return _past_chain(tokens, at)
    if tokens.forms[at + 1] in names("era") or tokens.forms[at - 1] in names("era"):
        return at + 2
    if end := _past_date(tokens, at):
        return end
    end = _past_chain(tokens, at)
    if is_slashed(tokens, at) and end == at + 3 and (read_unit(tokens, end) or tokens.forms[end] in {"of", "in"}):
        return None
    if end > at + 3 or (end > at + 1 and tokens.raw[at + 1] in {":", "/"}):
        # 10:20, 9/11, 020-7946-0958, 4-3-3
        return end
    raw = tokens.raw[at]
    if raw[0] == "0" and len(raw) > 1 and raw[1].isdigit():
        return end
    after = tokens.forms[at + 1]
    if after in names("clock"):
        return at + 2
    if tokens.touch(at) and (after in {"st", "nd", "rd", "th"} and raw[-1:] in "0123456789"):
        ordinal = {"1": "st", "2": "nd", "3": "rd"}.get(raw[-1], "th") if raw[-2:-1] != "1" else "th"
        if after == ordinal:
            return at + 2
    if after == "." and tokens.touch(at) and tokens.touch(at + 1) and tokens.numeric[at + 2]:
        return end + 2
    if tokens.forms[at - 1] in {"", "\n"} and after in {".", ")"} and tokens.is_word(at + 2):
        return at + 2
    if tokens.forms[at - 1] in {"", "\n"} and "." in raw and not tokens.touch(at) and tokens.raw[at + 1][:1].isupper():
        # "2.1 What we found"
        return at + 1
    if raw.isdigit() and _is_circa(tokens, at) and not is_plural(tokens.forms[at + 1]):
        return at + 1
    if tokens.raw[at - 1] in {"[", "("} and after in {"]", ")"} and raw.isdigit():
        return at + 2
    return None


def _is_circa(tokens: Tokens, at: int) -> bool:
    """Whether "c." or "circa" before a number makes it a year."""
    before = tokens.forms[at - 1]
    return before == "circa" or (before == "." and tokens.forms[at - 2] in {"c", "ca"})


def _is_glued(tokens: Tokens, at: int) -> bool:
    """Whether a numeral is part of a word: IE9, F-16, #5, '90s, @user1, bbc.com/2."""
    if is_designation(tokens, at):
        return True
    if not tokens.touch(at - 1):
        return False
    before = tokens.raw[at - 1]
    if tokens.is_word(at - 1):
        return tokens.forms[at - 1] not in {"to", "and"}
    if before in {"#", "@", "_", "\\", "=", "^"}:
        return True
    if before in {"'", "’", "‘"}:
        return len(tokens.raw[at]) == 2 and tokens.raw[at + 1] in {"s", "-", "–", ""} and tokens.touch(at)
    if before in _DASHES and tokens.touch(at - 2):
        return tokens.is_word(at - 2) and not (before == "—" or tokens.forms[at - 2] in {"m", "km", "bn", "kg", "mid"})
    return before == "." and tokens.touch(at - 2) and tokens.is_word(at - 2)


def _past_chain(tokens: Tokens, at: int) -> int:
    """Where numerals end that signs link to the one at `at`."""
    end = at + 1
    while (
        tokens.raw[end] in {"-", "–", "/", ":", "‑", "."}
        and tokens.touch(end - 1)
        and tokens.touch(end)
        and (tokens.numeric[end + 1] or (tokens.raw[end] in {"-", "/"} and tokens.raw[at].startswith("0")))
    ):
        end += 2
    return end


def _past_date(tokens: Tokens, at: int) -> int | None:
    """Where a date or a year ends that starts at a numeral, or whose month stands before it."""
    raw = tokens.raw[at]
    day = raw.isdigit() and len(raw) <= 2 and 0 < int(raw) <= 31
    month_before = (
        at - 1 if is_month(tokens, at - 1) else at - 2 if tokens.raw[at - 1] == "." and is_month(tokens, at - 2) else -1
    )
    if month_before >= 0 and (day or is_year(tokens, at)):
        return _past_days(tokens, at)
    if day:
        end = _past_days(tokens, at)
        here = end + 1 if tokens.forms[end] == "of" else end
        if is_month(tokens, here) and not _is_verb(tokens, here):
            here += 1 + (tokens.raw[here + 1] == ".")
            here += tokens.raw[here] == "," and is_year(tokens, here + 1)
            return here + 1 if is_year(tokens, here) else here
    if is_year(tokens, at):
        return _past_year(tokens, at)
    return None


def _is_verb(tokens: Tokens, at: int) -> bool:
    """Whether "May" or "March" behind a number is none: it never is in mid-sentence with a capital."""
    return (
        tokens.raw[at] in {"May", "March"} and tokens.is_word(at + 1) and tokens.forms[at + 1] in {"be", "have", "not"}
    )


def _past_days(tokens: Tokens, at: int) -> int:
    """Past the days and the year of a date: "28-29", "5, 2014", "5 and 6"."""
    end = at + 1
    while tokens.raw[end] in {"-", "–", "and", "to", "or", ",", "/", "&"} and tokens.numeric[end + 1]:
        raw = tokens.raw[end + 1]
        year = is_year(tokens, end + 1)
        follows = end + 2
        if not year and not (raw.isdigit() and len(raw) <= 2 and int(raw) <= 31):
            break
        if not year and tokens.raw[end] == "," and not is_month(tokens, follows):
            break
        # "on May 5, and 20 people": the second number counts something, the days of a date do not.
        if (
            not year
            and tokens.raw[end] in {"and", "or", "to"}
            and tokens.is_word(follows)
            and not is_month(tokens, follows)
        ) and tokens.forms[follows] not in {
            "in",
            "at",
            "and",
            "to",
            "for",
            "as",
            "when",
            "with",
            "after",
            "by",
            "the",
        }:
            break
        end += 2
    return end + 1 if is_year(tokens, end) else end


def _past_year(tokens: Tokens, at: int) -> int | None:
    """Where a year or a season ends; None where four digits are a number of things."""
    end = at + 1
    before, after = tokens.forms[at - 1], tokens.forms[end]
    if after in {"-", "–", "/", "‑"} and tokens.touch(at) and tokens.numeric[end + 1]:
        second = tokens.raw[end + 1]
        if second.isdigit() and (len(second) == 2 or is_year(tokens, end + 1)):
            return end + 2
    if after in {"s", "'s"} and tokens.touch(at):
        return end + 1
    recent = "1900" <= tokens.raw[at] < "2100"
    if recent:
        return end
    return end if before in names("year after") and not tokens.is_word(end) else None


def year_may_count(tokens: Tokens, at: int) -> bool:
    """Whether a number that looks like a year may yet count what follows: "2000 articles", not "the 2016 elections"."""
    before = tokens.forms[at - 1]
    return tokens.raw[at].endswith("00") and before not in {"the", "its", "his", "her", "their", "in", "since", "of"}


def _past_word(tokens: Tokens, at: int) -> int | None:
    """The same of a number in words: ordinals, names, times of day."""
    hyphen = tokens.skip_hyphen(at + 1)
    if hyphen != at + 1 and tokens.forms[hyphen] in names("ordinal"):
        return hyphen + 1
    if tokens.forms[at + 1] in names("clock") and tokens.forms[at + 1] != "est":
        return at + 2
    if tokens.forms[at] in {"nineteen", "twenty"} and tokens.forms[hyphen][-2:] == "ty":
        return hyphen + 1
    capital = tokens.raw[at][0].isupper()
    if capital and not tokens.starts_sentence(at):
        # Formula One, the Big Four.
        if may_count(tokens, at):
            return None
        before = tokens.raw[at - 1]
        if before == "of" and tokens.raw[at - 2][:1].isupper():
            return at + 1
        if before[:1].isupper() or tokens.raw[at + 1][:1].isupper() or not tokens.is_word(at + 1):
            return at + 1
    return None


def is_label(tokens: Tokens, at: int, *, counts: bool) -> bool:
    """Whether the words before a number make it a name: "Section 230", "Boeing 737", "No. 1", "type 2".

    `counts`: whether something behind it can be counted or measured.
    """
    before = at - 1
    form = tokens.forms[before]
    if tokens.raw[at] in {"911", "999", "101", "111", "112"} and tokens.forms[at + 1] in names("emergency"):
        return True
    if form == "." and tokens.forms[at - 2] in {
        "no",
        "nos",
        "nr",
        "p",
        "pp",
        "art",
        "sec",
        "vol",
        "fig",
        "ch",
        "ext",
        "tel",
    }:
        return True
    if form in {"no", "nos"} and tokens.numeric[at]:
        return True
    if not tokens.is_word(before):
        return False
    if form in names("label"):
        told = tokens.forms[before - 1] in names("telling")
        return not (counts and told and form in names("label may count")) and not (counts and not tokens.numeric[at])
    return bool(tokens.numeric[at] and tokens.raw[before][0].isupper() and form in names("made"))


def is_named(tokens: Tokens, at: int) -> bool:
    """Whether a bare numeral follows a name: "Apollo 11", "London 2012"."""
    before = at - 1
    return (
        tokens.is_word(before)
        and tokens.raw[before][0].isupper()
        and not tokens.starts_sentence(before)
        and tokens.raw[before] not in names("weekday")
    )


def is_address(tokens: Tokens, end: int) -> bool:
    """Whether names of a street follow a number."""
    for here in range(end, end + 4):
        if not tokens.raw[here][:1].isupper():
            return False
        if tokens.raw[here] in names("street"):
            return here > end or tokens.raw[here] == "Downing"
    return False


def is_result(tokens: Tokens, end: int) -> bool:
    """Whether what follows two numbers with a dash makes them a score or a vote."""
    return tokens.forms[end] in names("result")
