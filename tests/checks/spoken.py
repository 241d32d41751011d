"""Transcripts for the tests, put together by hand from lines of "LABEL: words"."""

from __future__ import annotations

from sayso.documents import Span, Transcript, Turn


def spoken(name: str, *lines: str) -> Transcript:
    """A transcript with a turn a line; a line without a label is what nobody said."""
    text, turns = "", []
    for line in lines:
        label, colon, words = line.partition(": ")
        start = len(text) + (len(label) + 2 if colon else 0)
        span = Span(start, start + len(words if colon else line))
        turns.append(Turn(span, label, Span(len(text), start - 1)) if colon else Turn(span, role="editor"))
        text += line + "\n\n"
    return Transcript(name, text, turns=turns)


HARBOUR = spoken(
    "harbour",
    "Council chamber, Port Ellery, 14 March",
    "MS. OKORO: Good morning. The harbour wall was built in 1911, and it will not stand another winter like the last.",
    "MR. HALL: Ms. Okoro, how much will it cost the city? We have been told eight million dollars, and now nine.",
    "MS. OKORO: It will cost what it costs. We cannot put a price on four hundred homes. I said in the spring that we "
    "would start with the eastern gate, and we will start with the eastern gate. We will not raise the harbour tax.",
    "MR. HALL: So you will not raise the harbour tax?",
    "MS. OKORO: We will not raise it this year. What happens after the election is for the next council to decide, and "
    "anybody who promises you otherwise from this chair is selling you a boat with a hole in it.",
)
FERRY = spoken(
    "ferry",
    "MS. LINDQVIST: The ferry carries a thousand people a day, and most of them are on their way to work.",
    "Q: Thank you very much. Will the fares go up?",
    "MS. LINDQVIST: I think so. I think the fares will go up in the autumn, by a little, and I am sorry for it.",
    "Q: Thank you very much.",
    "MS. LINDQVIST: Thank you very much.",
)
SCHOOLS = spoken(
    "schools",
    "DR. ADEYEMI: Every third teacher in this county is over fifty-five, and we train half as many as we lose.",
    "DR. ADEYEMI: I do not want to hear about phones. I want to hear about roofs that leak, and of forty to a room.",
)
ALL = [HARBOUR, FERRY, SCHOOLS]
