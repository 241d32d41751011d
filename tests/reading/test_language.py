"""English or not: news sentences written for the purpose, in languages a newsroom meets."""

from __future__ import annotations

import pytest

from sayso.errors import NotEnglish
from sayso.reading import read_text
from sayso.reading.language import language_of

SENTENCES = {
    "en": "The minister said on Monday that the talks would go on until the end of the week.",
    "de": "Der Minister sagte am Montag, dass die Gespräche bis zum Ende der Woche weitergehen werden.",
    "fr": "Le ministre a dit lundi que les discussions vont se poursuivre jusqu'à la fin de la semaine.",
    "es": "El ministro dijo el lunes que las conversaciones van a seguir hasta el fin de la semana.",
    "it": "Il ministro ha detto lunedì che i colloqui andranno avanti fino alla fine della settimana.",
    "pt": "O ministro disse na segunda-feira que as conversas vão continuar até ao fim da semana.",
    "nl": "De minister zei maandag dat de gesprekken tot het einde van de week worden voortgezet.",
    "pl": "Minister powiedział w poniedziałek, że rozmowy będą trwały do końca tygodnia i nie tylko.",
    "sv": "Ministern sade i måndags att samtalen ska fortsätta till slutet av veckan och inte längre.",
    "tr": "Bakan pazartesi günü görüşmelerin hafta sonuna kadar devam edeceğini ve bir karar için çok erken dedi.",
    "vi": "Bộ trưởng cho biết hôm thứ Hai rằng các cuộc đàm phán sẽ được tiếp tục đến cuối tuần này.",
    "ru": "Министр сказал в понедельник, что переговоры продолжатся до конца недели.",
    "uk": "Міністр сказав у понеділок, що переговори триватимуть до кінця тижня.",
    "el": "Ο υπουργός είπε τη Δευτέρα ότι οι συνομιλίες θα συνεχιστούν.",
    "zh": "部长周一表示，会谈将持续到本周末。",
    "ja": "大臣は月曜日、協議は週末まで続くと述べた。",
    "ar": "قال الوزير يوم الاثنين إن المحادثات ستستمر حتى نهاية الأسبوع.",
}


@pytest.mark.parametrize("code", SENTENCES)
def test_language_of(code: str) -> None:
    assert language_of(" ".join([SENTENCES[code]] * 3)) == code


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(
            "Andrzej Duda, Viktor Orbán, Pedro Sánchez and Emmanuel Macron met in São Paulo with Recep Tayyip Erdoğan, "
            "Olaf Scholz, Giorgia Meloni and Nguyễn Xuân Phúc, said Wopke Hoekstra of the Christen-Democratisch Appèl.",
            id="foreign-names",
        ),
        pytest.param(
            "“Wir schaffen das”, she told the crowd in German, and then: “Es ist vorbei.” The remark was taken up by "
            "all the papers on Monday, and her office said later that she stood by it.",
            id="foreign-quotation",
        ),
        pytest.param("Mayor quits", id="two-words"),
        pytest.param("Die Hard in Las Vegas", id="short-and-foreign-looking"),
        pytest.param("Oslo 3-1 Turku; Riga 0-0 Vilnius; Tartu 2-2 Bergen", id="results"),
    ],
)
def test_english_is_not_refused(text: str) -> None:
    assert read_text(text).language == "en"


def test_another_language_is_refused_unless_asked_for() -> None:
    text = " ".join([SENTENCES["de"]] * 4)
    with pytest.raises(NotEnglish, match="'de'"):
        read_text(text)
    article = read_text(text, any_language=True)
    assert article.language == "de"
    assert any("'de'" in warning for warning in article.warnings)


def test_a_language_that_nobody_can_tell_has_no_code_to_show() -> None:
    assert "its language cannot be told, and only English is read" in str(NotEnglish("wire.xml", "und"))
