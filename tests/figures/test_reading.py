"""Quantities of news prose: value, bound and unit, and what looks like one and is none."""

from __future__ import annotations

import itertools
import math
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.documents import Article, Dateline, Span
from sayso.figures import extract_figures, figures_in
from sayso.verdicts import Figure


def told(figure: Figure, text: str) -> str:
    """A figure in short: its words, its sign, its value or bounds, its unit."""
    value = f"{figure.low:.10g}..{figure.high:.10g}" if figure.value is None else f"{figure.value:.10g}"  # type: ignore[str-format]
    return f"{figure.span.of(text)} | {figure.bound} {value} {figure.unit}{' about' if figure.approx else ''}"


@pytest.mark.parametrize(
    "text, figures",
    [
        pytest.param("It grew 12 per cent.", ["12 per cent | = 12 percent"], id="per-cent"),
        pytest.param("It has 45,000 acres.", ["45,000 acres | = 45000 acre"], id="thousands"),
        pytest.param("They sold 1.500.000 tonnes.", ["1.500.000 tonnes | = 1500000 tonne"], id="points-part-thousands"),
        pytest.param("They sold 1 500 000 tonnes.", ["1 500 000 tonnes | = 1500000 tonne"], id="spaces-part-thousands"),
        pytest.param("It lost 12,5 % of it.", ["12,5 % | = 12.5 percent"], id="decimal-comma"),
        pytest.param("It won 12,34,567 votes.", ["12,34,567 votes | = 1234567 vote"], id="indian-grouping"),
        pytest.param("It took £4.1m.", ["£4.1m | = 4100000 GBP"], id="letter-is-a-scale-behind-money"),
        pytest.param("A 30m mast fell.", ["30m | = 30 metre"], id="letter-is-a-metre"),
        pytest.param("It has 1.2m users.", ["1.2m users | = 1200000 user"], id="letter-is-a-scale-before-a-plural"),
        pytest.param("It paid NZ $ 26 million.", ["NZ $ 26 million | = 26000000 NZD"], id="sign-apart"),
        pytest.param("It gave Rs 45 crore.", ["Rs 45 crore | = 450000000 INR"], id="crore"),
        pytest.param("It cost 80p or 50 cents.", ["80p | = 0.8 GBP", "50 cents | = 0.5 USD"], id="hundredths"),
        pytest.param("It is €2.40 a litre.", ["€2.40 a litre | = 2.4 EUR per litre"], id="rate"),
        pytest.param(
            "It is €5,000 a square metre.", ["€5,000 a square metre | = 5000 EUR per square metre"], id="area"
        ),
        pytest.param("Winds hit 200 km / h.", ["200 km / h | = 200 kilometre per hour"], id="rate-with-a-slash"),
        pytest.param("It burnt 6,200 sq km.", ["6,200 sq km | = 6200 square kilometre"], id="square"),
        pytest.param("It burnt 500 km².", ["500 km² | = 500 square kilometre"], id="superscript"),
        pytest.param("He weighs 14st 4lb.", ["14st 4lb | = 200 pound"], id="stones-and-pounds"),
        pytest.param("He lost 20 pounds.", ["20 pounds | = 20 pound"], id="pounds-of-weight"),
        pytest.param("He paid 20 pounds.", ["20 pounds | = 20 GBP"], id="pounds-of-money"),
        pytest.param(
            "She ran it in 2 hours 4 minutes and 12 seconds.",
            ["2 hours 4 minutes and 12 seconds | = 7452 second"],
            id="time-in-the-smallest-unit",
        ),
        pytest.param("It took four decades.", ["four decades | = 40 year"], id="decades-in-years"),
        pytest.param("He paid two dollars and 30 cents.", ["two dollars and 30 cents | = 2.3 USD"], id="cents-add-up"),
        pytest.param("It costs 2 euros 30 cents.", ["2 euros 30 cents | = 2.3 EUR"], id="cents-of-the-euro"),
        pytest.param(
            "It closed at 212p, or 10 pennies up.", ["212p | = 2.12 GBP", "10 pennies | = 0.1 GBP"], id="pence"
        ),
        pytest.param("He left a fortnight ago.", ["a fortnight ago | = 2 week"], id="fortnight"),
        pytest.param("He left a week ago.", [], id="a-week-is-not-counted"),
        pytest.param("He left nearly a year ago.", ["nearly a year ago | < 1 year about"], id="bound-counts-it"),
        pytest.param("It fell to minus 12 degrees.", ["minus 12 degrees | = -12 degree"], id="minus"),
        pytest.param("It was -12C.", ["-12C | = -12 degree Celsius"], id="sign"),
    ],
)
def test_values_and_units(text: str, figures: list[str]) -> None:
    assert [told(each, text) for each in figures_in(text)] == figures


@pytest.mark.parametrize(
    "words, value",
    [
        pytest.param("six hundred", 600, id="hundreds"),
        pytest.param("twenty-three", 23, id="hyphen"),
        pytest.param("two hundred and forty-one thousand", 241_000, id="thousands"),
        pytest.param("one million two hundred thousand", 1_200_000, id="scales-in-turn"),
        pytest.param("two and a half million", 2_500_000, id="half-before-the-scale"),
        pytest.param("three million and a half", 3_500_000, id="half-behind-the-scale"),
        pytest.param("half a million", 500_000, id="half-a-million"),
        pytest.param("three-quarters of a million", 750_000, id="quarters-of-a-million"),
        pytest.param("a dozen", 12, id="dozen"),
        pytest.param("half a dozen", 6, id="half-a-dozen"),
        pytest.param("two dozen", 24, id="dozens"),
        pytest.param("a couple of hundred", 200, id="couple-of-hundred"),
        pytest.param("five point two million", 5_200_000, id="point"),
    ],
)
def test_number_words(words: str, value: float) -> None:
    text = f"They counted {words} gulls."
    (figure,) = figures_in(text)
    assert (figure.value, figure.unit, figure.span.of(text)) == (value, "gull", f"{words} gulls")


@pytest.mark.parametrize(
    "text, figures",
    [
        pytest.param("At least 40 died.", ["At least 40 | >= 40 person"], id="at-least"),
        pytest.param("More than 40 boats sank.", ["More than 40 boats | > 40 boat"], id="more-than"),
        pytest.param("No fewer than 40 boats.", ["No fewer than 40 boats | >= 40 boat"], id="no-fewer-than"),
        pytest.param("No more than 40 boats.", ["No more than 40 boats | <= 40 boat"], id="no-more-than"),
        pytest.param("As many as 40 boats.", ["As many as 40 boats | <= 40 boat"], id="as-many-as"),
        pytest.param("Nearly 40 boats sank.", ["Nearly 40 boats | < 40 boat about"], id="nearly"),
        pytest.param("Just over 40 boats.", ["Just over 40 boats | > 40 boat about"], id="just-over"),
        pytest.param("Some 40 boats sank.", ["Some 40 boats | ~ 40 boat about"], id="some"),
        pytest.param("A hundred or so boats.", ["A hundred or so boats | ~ 100 boat about"], id="or-so"),
        pytest.param("The 40-odd boats.", ["40-odd boats | ~ 40 boat about"], id="odd"),
        pytest.param("They need 40 or more boats.", ["40 or more boats | >= 40 boat"], id="or-more"),
        pytest.param("They need 40 boats or more.", ["40 boats or more | >= 40 boat"], id="or-more-behind"),
        pytest.param(
            "It has 40 boats and over 50 nets.",
            ["40 boats | = 40 boat", "over 50 nets | > 50 net"],
            id="next-ones-bound",
        ),
        pytest.param("At least another 40 boats.", ["At least another 40 boats | >= 40 boat"], id="words-between"),
        pytest.param("It is due within four hours.", ["within four hours | <= 4 hour"], id="within"),
        pytest.param("It sank within three streets.", ["three streets | = 3 street"], id="within-a-place"),
        pytest.param("He did it over two days.", ["two days | = 2 day"], id="during"),
        pytest.param("It took over two days.", ["over two days | > 2 day"], id="longer-than"),
        pytest.param("He handed over $5.", ["$5 | = 5 USD"], id="handed-over"),
        pytest.param("They talked about two films.", ["two films | = 2 film"], id="talked-about"),
        pytest.param("A poll: plus or minus 3 points.", ["plus or minus 3 points | +- 3 percentage point"], id="+-"),
        pytest.param(
            "Between 1.2 and 1.5 million people.",
            ["Between 1.2 and 1.5 million people | range 1200000..1500000 person"],
            id="between",
        ),
        pytest.param("It is 1.6-1.8 km long.", ["1.6-1.8 km | range 1.6..1.8 kilometre"], id="dash"),
        pytest.param(
            "It cost $2-3 million a year.", ["$2-3 million a year | range 2000000..3000000 USD per year"], id="money"
        ),
        pytest.param("An 8- to 16-metre mirror.", ["8- to 16-metre | range 8..16 metre"], id="hanging-hyphen"),
        pytest.param("Two or three boats sank.", ["Two or three boats | set 2..3 boat"], id="or"),
        pytest.param(
            "It rose from 10 to 15 per cent.", ["10 | = 10 percent", "15 per cent | = 15 percent"], id="change"
        ),
        pytest.param(
            "It ranges from 10 to 15 per cent.", ["from 10 to 15 per cent | range 10..15 percent"], id="ranges"
        ),
    ],
)
def test_bounds(text: str, figures: list[str]) -> None:
    assert [told(each, text) for each in figures_in(text)] == figures


@pytest.mark.parametrize(
    "text, words, percent, base",
    [
        pytest.param("It holds 0.2% of Norland's territory.", "0.2%", 0.2, "Norland's territory", id="percent"),
        pytest.param("A quarter of voters agreed.", "A quarter", 25, "voters", id="quarter"),
        pytest.param("Two-thirds of members agreed.", "Two-thirds", 200 / 3, "members", id="two-thirds"),
        pytest.param("It fell by a fifth.", "a fifth", 20, None, id="by-a-fifth"),
        pytest.param("More than half the boats sank.", "More than half", 50, "the boats", id="half-the"),
        pytest.param("One in five patients waited.", "One in five", 20, "patients", id="in"),
        pytest.param("Nine in every thousand births.", "Nine in every thousand", 0.9, "births", id="in-every"),
        pytest.param(
            "Nine out of ten of the people polled said so.", "Nine out of ten", 90, "the people polled", id="out"
        ),
        pytest.param("One person in ten agreed.", "One person in ten", 10, None, id="noun-first"),
        pytest.param("He scored three in five games.", None, 0, None, id="not-of-games"),
        pytest.param("They met in the first half.", None, 0, None, id="half-of-a-match"),
        pytest.param("Quill came a third time.", None, 0, None, id="ordinal"),
    ],
)
def test_shares(text: str, words: str | None, percent: float, base: str | None) -> None:
    found = [each for each in figures_in(text) if each.unit == "percent"]
    if words is None:
        assert found == []
        return
    (figure,) = found
    assert figure.span.of(text).startswith(words)
    assert figure.value == pytest.approx(percent)
    assert base is None or (figure.base and figure.base.of(text)) == base


@pytest.mark.parametrize(
    "text, figures",
    [
        pytest.param("Sales doubled.", ["doubled | = 2 ratio"], id="doubled"),
        pytest.param("Sales more than trebled.", ["more than trebled | > 3 ratio"], id="bound"),
        pytest.param("He doubled down on it.", [], id="doubled-down"),
        pytest.param("They won the mixed doubles.", [], id="doubles"),
        pytest.param("It grew a thousandfold.", ["thousandfold | = 1000 ratio"], id="fold"),
        pytest.param("Twice as many came.", ["Twice | = 2 ratio"], id="twice-as-many"),
        pytest.param("He came three times.", ["three times | = 3 time"], id="three-times-is-a-count"),
        pytest.param("It is three times the size.", ["three times | = 3 ratio"], id="three-times-the-size"),
        pytest.param(
            "No injuries or deaths were reported.", ["No injuries or deaths | = 0 injury or death"], id="zero"
        ),
        pytest.param("There is no doubt.", [], id="no-doubt"),
    ],
)
def test_ratios_and_nothing(text: str, figures: list[str]) -> None:
    assert [told(each, text) for each in figures_in(text)] == figures


@pytest.mark.parametrize(
    "text, unit",
    [
        pytest.param("About 100,000 Greeks came.", "person", id="a-people"),
        pytest.param("Some 345 Muslim pilgrims came.", "person", id="described"),
        pytest.param("Five policemen came.", "policeman", id="irregular"),
        pytest.param("Five hard drives vanished.", "hard drive", id="compound"),
        pytest.param("Seven of his 15 co-defendants left.", "co-defendant", id="prefix"),
        pytest.param("Twenty-three of the 27 members signed.", "member", id="of-a-pool"),
        pytest.param("The shelling killed 14.", "person", id="killed"),
        pytest.param("Nine held over riot", "person", id="held"),
        pytest.param("Police arrested 12 over the riot.", "person", id="arrested"),
        pytest.param("Three died in the crash.", "person", id="died"),
        pytest.param("Only one chick survived.", "chick", id="one"),
        pytest.param("Quill, 61, denied it.", "year", id="age-behind-a-name"),
        pytest.param("She is 61.", "year", id="she-is"),
        pytest.param("A man aged 61 was hurt.", "year", id="aged"),
        pytest.param("Nobody over 70 came.", "year", id="over-an-age"),
        pytest.param("A crowd of 1,300 came.", "person", id="crowd-of"),
        pytest.param("He has a lead of 4 points in the poll.", "percentage point", id="points-of-a-poll"),
        pytest.param("He scored 30 points.", "point", id="points-of-a-game"),
        pytest.param("Each of the 20 winners got a book.", "winner", id="each-of"),
        pytest.param("Four F-16 aircraft flew.", "aircraft", id="past-the-name-of-a-model"),
        pytest.param("They sent 12 T-72s.", "T-72", id="models-are-counted"),
        pytest.param("They sent one T-72 and a truck.", "T-72", id="one-model"),
        pytest.param("They sent only one T-72 tank.", "tank", id="one-of-a-model"),
        pytest.param("A girl and mother, 31, were rescued.", "year", id="age-behind-a-mother"),
        pytest.param("A girl and her mother, 31 were rescued.", "year", id="age-without-its-second-comma"),
        pytest.param("The baby's sister, 4, was unhurt.", "year", id="age-of-a-small-sister"),
        pytest.param("Her son, four, was unhurt.", "year", id="age-in-words"),
        pytest.param("The girl's mother-in-law, 71, left.", "year", id="age-of-a-mother-in-law"),
    ],
)
def test_what_is_counted(text: str, unit: str) -> None:
    assert figures_in(text)[0].unit == unit


@pytest.mark.parametrize(
    "text, figures",
    [
        pytest.param("Four Killed In Blast", ["Four | = 4 person"], id="first-word"),
        pytest.param("Two Men Held After Nine Die In Fire", ["Two Men | = 2 man", "Nine | = 9 person"], id="two"),
        pytest.param("Blast In Orvik Kills Four, Hurts Dozens", ["Four | = 4 person"], id="behind-the-verb"),
        pytest.param("Mayor To Cut Twelve Jobs", ["Twelve Jobs | = 12 job"], id="jobs"),
        pytest.param("Police Arrest 12 Men Over Riots", ["12 Men | = 12 man"], id="numeral"),
        pytest.param("Big Four Accountants Under Fire", [], id="a-name"),
        pytest.param("Formula One Drivers Threaten To Strike", [], id="a-sport"),
        pytest.param("The Famous Five Books Sell Well Again", [], id="a-title"),
        pytest.param("He joined the Secret Seven and the Group of Eight in Lund.", [], id="names-in-a-sentence"),
    ],
)
def test_headlines_in_title_case(text: str, figures: list[str]) -> None:
    assert [told(each, text) for each in figures_in(text)] == figures


@pytest.mark.parametrize(
    "text, units",
    [
        pytest.param("It takes ships of 500 tonnes (1,100 pounds).", ["tonne", "pound"], id="behind-tonnes"),
        pytest.param("They sold 500 tonnes of tea (1,100 pounds).", ["tonne", "pound"], id="words-between"),
        pytest.param("They sold 1,100 pounds (500 kg).", ["pound", "kilogram"], id="before-kilograms"),
        pytest.param("They sold 5 tonnes, or 11,000 pounds, of tea.", ["tonne", "pound"], id="or"),
        pytest.param("They sold 5 tonnes (1,100 pounds each).", ["tonne", "GBP"], id="price-of-each"),
        pytest.param("They sold 5 tonnes and paid 1,100 pounds.", ["tonne", "GBP"], id="no-partner"),
        pytest.param("It was 30 degrees (86F).", ["degree Celsius", "degree Fahrenheit"], id="celsius"),
        pytest.param("It was 86 degrees (30C).", ["degree Fahrenheit", "degree Celsius"], id="fahrenheit"),
        pytest.param("It was 30C (86 degrees).", ["degree Celsius", "degree Fahrenheit"], id="behind-celsius"),
        pytest.param("It turned 30 degrees; it was 30C.", ["degree", "degree Celsius"], id="an-angle"),
        pytest.param("It fell 50 basis points (half a point).", ["basis point", "percentage point"], id="points"),
        pytest.param("The index rose 120 points (1.5%).", ["point", "percent"], id="points-of-an-index"),
    ],
)
def test_partners_tell_the_unit(text: str, units: list[str]) -> None:
    assert [each.unit for each in figures_in(text)] == units


@pytest.mark.parametrize(
    "text, figure",
    [
        pytest.param("The bank cut its rate by half a point.", "half a point | = 0.5 percentage point", id="half"),
        pytest.param("A half-point cut in the rate is due.", "A half-point | = 0.5 percentage point", id="half-point"),
        pytest.param("Rates rose a quarter point.", "a quarter point | = 0.25 percentage point", id="quarter"),
        pytest.param("A quarter-point rise in rates.", "A quarter-point | = 0.25 percentage point", id="hyphen"),
        pytest.param(
            "It cut the rate by three-quarters of a point.",
            "three-quarters of a point | = 0.75 percentage point",
            id="three-quarters",
        ),
        pytest.param("Lund are half a point clear.", "half a point | = 0.5 point", id="of-a-table"),
    ],
)
def test_parts_of_a_point(text: str, figure: str) -> None:
    assert [told(each, text) for each in figures_in(text)] == [figure]


@pytest.mark.parametrize(
    "text, base",
    [
        pytest.param("Sales fell by up to a fifth.", "Sales", id="subject"),
        pytest.param("Sales of small cars fell 12%.", "Sales of small cars", id="with-of"),
        pytest.param("On Monday the firm's shares rose 3%.", "the firm's shares", id="determiner"),
        pytest.param("Sales have fallen sharply by 12%.", "Sales", id="adverb"),
        pytest.param("They cut emissions by 20%.", "emissions", id="object"),
        pytest.param("It would increase world food needs by 50 percent.", "world food needs", id="object-of-words"),
        pytest.param("Turnout was 52%.", "Turnout", id="copula"),
        pytest.param("Its acceptance rate is already above 95%.", "Its acceptance rate", id="bound"),
        pytest.param("He said it was 52%.", None, id="pronoun"),
        pytest.param("It rose 12%.", None, id="it"),
    ],
)
def test_bases_from_the_sentence(text: str, base: str | None) -> None:
    (figure,) = figures_in(text)
    assert (figure.base and figure.base.of(text)) == base


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("He left in 2014 and came back on November 28-29.", id="dates"),
        pytest.param("The 2019-20 season ended on 5 May 2020.", id="season"),
        pytest.param("They met on the 9/11 anniversary at 10:20 and 7.15pm.", id="times"),
        pytest.param("The 1980s, the '90s and the mid-70s were kinder.", id="decades"),
        pytest.param("Town won 3-1, then drew 2-2.", id="scores"),
        pytest.param("The House voted 218-210 for it.", id="votes"),
        pytest.param("An F-16, a Boeing 737 and flight MH17 were seen.", id="aircraft"),
        pytest.param("An F -16 aircraft and an F- 16 jet were seen.", id="aircraft-with-a-space"),
        pytest.param("An F−16 aircraft, an F‑16 and an F–16 were seen.", id="aircraft-with-other-hyphens"),
        pytest.param("They spoke about one specific item.", id="about-one-item"),
        pytest.param("COVID-19, H5N1 and type 2 diabetes are known.", id="diseases"),
        pytest.param("Section 230 and Article 5 do not apply.", id="sections"),
        pytest.param("The G7, the Group of 20 and No. 10 agreed.", id="groups"),
        pytest.param("Windows 10, IE9 and the iPhone 15 are old.", id="products"),
        pytest.param("Call 020 7946 0123 or dial 911.", id="telephone"),
        pytest.param("He lives at 14 Marlowe Street.", id="address"),
        pytest.param("See https://example.org/2020/45%20things or mail us at q7@example.org.", id="web-address"),
        pytest.param("One of them said that no one knew which one it was.", id="one"),
        pytest.param("The two agreed, and both left.", id="pronouns"),
        pytest.param("Hundreds of people and several thousand birds came.", id="no-number"),
        pytest.param("It was the 21st century's twenty-first storm.", id="ordinals"),
        pytest.param("Jerome lived c. 347 and the temple fell in 586 BC.", id="antiquity"),
        pytest.param("One official said so.", id="one-official"),
        pytest.param("A 5G mast and a 4K screen were sold.", id="glued-letters"),
    ],
)
def test_no_quantities(text: str) -> None:
    assert [told(each, text) for each in figures_in(text)] == []


def test_a_year_counts_no_people() -> None:
    text = "In 2019 eight people died."
    assert [told(each, text) for each in figures_in(text)] == ["eight people | = 8 person"]


def test_only_a_stretch_is_read() -> None:
    text = "It has 20 boats. It has 30 nets."
    (figure,) = figures_in(text, Span(17, len(text)))
    assert figure.span.of(text) == "30 nets"


def test_article_without_byline_and_dateline() -> None:
    text = "By Mara Quill, 20 papers\nLUND, 3 boats - It has 40 nets and 50 crews."
    article = Article("a", text, byline=Span(0, 24), dateline=Dateline(Span(25, 40)))
    figures = extract_figures(article)
    assert [(each.id, each.span.of(text)) for each in figures] == [("f1", "40 nets"), ("f2", "50 crews")]


PIECES = st.sampled_from(
    "a an the half quarter two-thirds twenty hundred million bn m k £ $ € % 12 1,200 3.5 2014 ½ 0 00 10:20 9/11 3-1 to"
    " and or between from of in per a / - – — . , ( ) people km sq ft hours May 5th no one doubled times over under at"
    " least nearly more than or so years old age points × ^ 10 −5 US$ Rs \n “ ” ' ’s ² °C"
    " 99999999999999999999999999999999 ١٢".split(" ")
)


@given(
    st.one_of(
        st.text(max_size=80), st.lists(PIECES, max_size=14).map(" ".join), st.lists(PIECES, max_size=10).map("".join)
    )
)
@settings(max_examples=400, deadline=None)
def test_any_text_is_read(text: str) -> None:
    figures = figures_in(text)
    spans = [each.span for each in figures]
    assert spans == sorted(spans)
    assert all(not one.overlaps(other) for one, other in itertools.pairwise(spans))
    for figure in figures:
        assert 0 <= figure.span.start < figure.span.end <= len(text)
        assert "\n" not in figure.span.of(text)
        assert figure.base is None or 0 <= figure.base.start < figure.base.end <= len(text)
        numbers = [each for each in (figure.value, figure.low, figure.high) if each is not None]
        assert numbers
        assert all(math.isfinite(each) for each in numbers)
        assert (figure.value is None) == (figure.kind in {"range", "set"})


def test_cost_grows_in_step_with_the_text() -> None:
    sentence = "Some 300 workers earn $18 an hour or less, which is 12 per cent of 2,014 others, and 5 to 6 miles. "
    figures_in(sentence)

    def seconds(times: int) -> float:
        text = sentence * times
        start = time.process_time()
        figures_in(text)
        return time.process_time() - start

    small, large = min(seconds(50) for _ in range(3)), min(seconds(400) for _ in range(3))
    assert large < 8 * small * 3
