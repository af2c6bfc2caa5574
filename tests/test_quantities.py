"""Reading quantities: every form, every figure of the corpus, cases from outside, and the laws."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from itertools import product
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings, strategies as st

from speeches_cli import quantities, units
from speeches_cli.corpus import packaged
from speeches_cli.errors import SpeechesError
from speeches_cli.quantities import Quantity
from speeches_cli.units import UNITS

CASES = Path(__file__).with_name("cases")
OURS: dict[str, Any] = yaml.safe_load((CASES / "quantities.yaml").read_text(encoding="utf-8"))
THEIRS: dict[str, Any] = yaml.safe_load((CASES / "recognizers.yaml").read_text(encoding="utf-8"))
# Their unit: ours, and how many of ours it is.
UNITS_OF_THEIRS: dict[str, tuple[str, Decimal | int]] = {
    "Mu": ("亩", 1),
    "Kilogram": ("千克", 1),
    "Gram": ("千克", Decimal("0.001")),
    "Ton": ("吨", 1),
    "Jin": ("斤", 1),
    "Meter": ("米", 1),
    "Kilometer": ("米", 1000),
    "Kilowatt": ("千瓦", 1),
    "Chinese yuan": ("元", 1),
    "United States dollar": ("美元", 1),
    "%": ("%", 1),
}


def _theirs(part: str) -> list[list[str]]:
    return [case for block in THEIRS[part] for case in block["cases"]]


def _whole(text: str, value: Decimal | str, unit: str, bound: str = "=") -> Quantity:
    """Make the quantity that a text consists of."""
    return Quantity(Decimal(value), unit, bound, text, 0, len(text))


def _citations(speeches: list[dict[str, Any]]) -> list[str]:
    cites = [figure["cite"] for speech in speeches for figure in speech["figures"]]
    return [each for cite in cites for each in (cite if isinstance(cite, list) else [cite])]


# The corpus and the forms


def test_the_corpus() -> None:
    """Every citation in the eight speeches reads as a person read it, digit for digit."""
    document = yaml.safe_load(packaged().read_text(encoding="utf-8"))
    read = {cite: quantities.read_one(cite) for cite in _citations(document["speeches"])}
    found = [[cite, each.text, str(each.value), each.unit, each.bound] for cite, each in read.items()]
    assert sorted(found) == sorted(OURS["corpus"])


@pytest.mark.parametrize(("text", "quantity", "value", "unit", "bound"), OURS["reads"])
def test_every_form(text: str, quantity: str, value: str, unit: str, bound: str) -> None:
    """Each written form reads as one quantity: these words, this value, this unit, this bound."""
    start = text.index(quantity)
    end = start + len(quantity)
    found = quantities.find(text)
    assert [each._replace(fall="") for each in found] == [
        Quantity(Decimal(value), unit, bound, quantity, start, end)
    ]
    assert str(found[0].value) == value


@pytest.mark.parametrize(
    ("reason", "text"), [(reason, text) for reason, texts in OURS["silent"].items() for text in texts]
)
def test_what_is_none(reason: str, text: str) -> None:
    """Ordinals, years, ranges, names and idioms are not taken for quantities."""
    assert quantities.find(text) == [], reason


@pytest.mark.parametrize(("text", "listed"), OURS["passed over"].items())
def test_amounts_that_are_no_one_number(text: str, listed: str) -> None:
    """An amount without one number is listed whole, and no part of it is read as a figure."""
    assert [text[start:end] for start, end in quantities.passed_over(text)] == [listed]
    assert quantities.find(text) == []


@pytest.mark.parametrize(
    "unread",
    ["1" + "，000" * 50_000, "一点" * 50_000, "一二、" * 50_000, "1" * 50_000, "万" * 50_000 + "元"],
)
def test_long_numerals(unread: str) -> None:
    """Endless digits are passed over in time that grows with their number, and hide nothing behind."""
    (found,) = quantities.find(f"{unread}。5家")
    assert (found.text, list(quantities.passed_over(unread))) == ("5家", [])


@pytest.mark.parametrize("text", OURS["disagree"])
def test_two_bounds_that_disagree(text: str) -> None:
    """A number limited in two ways is found without a bound, and refused as a citation."""
    (found,) = quantities.find(text)
    assert found.bound == ""
    with pytest.raises(SpeechesError) as refused:
        quantities.read_one(text)
    assert str(refused.value) == f"'{text}' limits its number in two ways; cite only one"


@pytest.mark.parametrize("unit", [unit for line in OURS["dimensions"] for unit in line.split()])
def test_every_unit(unit: str) -> None:
    """A number before a unit reads as so many of its base unit."""
    base, factor, _dimension = UNITS[unit]
    (found,) = quantities.find(f"3{unit}")
    assert found == _whole(f"3{unit}", found.value, base)
    assert Fraction(found.value) == 3 * factor


@pytest.mark.parametrize(("written", "unit"), OURS["spellings"].items())
def test_every_spelling(written: str, unit: str) -> None:
    """A unit's other spellings read as the unit."""
    assert quantities.find(f"3{written}") == [_whole(f"3{written}", "3", unit)]


@pytest.mark.parametrize(
    ("bound", "text"),
    [
        (bound, text)
        for bound, (before, behind) in OURS["bounds"].items()
        for text in [f"{each}50人" for each in before.split()]
        + [f"50人{each}" for each in behind.split()]
    ],
)
def test_every_bound(bound: str, text: str) -> None:
    """A word of limitation gives the quantity its bound, and belongs to its words."""
    assert quantities.find(text) == [_whole(text, "50", "人", bound)]


@pytest.mark.parametrize("word", OURS["unbounded"])
def test_words_that_end_like_a_bound(word: str) -> None:
    """签约, 公约, 最近 and their like leave the number behind them exact."""
    start = len(word)
    assert quantities.find(f"{word}50人") == [
        Quantity(Decimal(50), "人", "=", "50人", start, start + 3)
    ]


def test_a_paragraph() -> None:
    """In running text the quantities come in order, each with its own words and place."""
    text = (
        "结对帮扶62户64人，今年前8个月新建3个，完成2007套17万平方米，"
        "近三分之一、第2批除外；20个——3个在建。"
    )
    assert quantities.find(text) == [
        Quantity(Decimal(62), "户", "=", "62户", 4, 7),
        Quantity(Decimal(64), "人", "=", "64人", 7, 10),
        Quantity(Decimal(3), "个", "=", "3个", 19, 21),
        Quantity(Decimal(2007), "套", "=", "2007套", 24, 29),
        Quantity(Decimal(170000), "平方米", "=", "17万平方米", 29, 35),
        Quantity(Decimal("33.3333"), "%", "<", "近三分之一", 36, 41),
        Quantity(Decimal(20), "个", "=", "20个", 48, 51),
        Quantity(Decimal(3), "个", "=", "3个", 53, 55),
    ]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("增加到4480", "no quantity with a known unit stands in '增加到4480'"),
        ("62户64人", "'62户64人' states 2 quantities (62户、64人); cite one at a time"),
    ],
)
def test_a_citation_states_one(text: str, message: str) -> None:
    """A citation with no quantity or with two is refused, and the message names them."""
    with pytest.raises(SpeechesError) as refused:
        quantities.read_one(text)
    assert str(refused.value) == message


# Cases from outside


@pytest.mark.parametrize(("text", "value", "unit"), _theirs("measures"))
def test_their_measures(text: str, value: str, unit: str) -> None:
    """Measures and percentages are worth what Recognizers-Text specifies."""
    ours, factor = UNITS_OF_THEIRS[unit]
    assert quantities.find(text) == [_whole(text, Decimal(value) * factor, ours)]


@pytest.mark.parametrize(("numeral", "value"), _theirs("numerals"))
def test_their_numerals(numeral: str, value: str) -> None:
    """Numerals before a unit are worth what Recognizers-Text specifies."""
    assert quantities.find(f"{numeral}亩") == [_whole(f"{numeral}亩", value, "亩")]


@pytest.mark.parametrize(("numeral", "value"), _theirs("fractions"))
def test_their_fractions(numeral: str, value: str) -> None:
    """Fractions are the shares that Recognizers-Text specifies, here told in per cent."""
    assert quantities.find(numeral) == [_whole(numeral, Decimal(value) * 100, "%")]


@pytest.mark.parametrize(("numeral", "value"), _theirs("approximate"))
def test_their_approximations(numeral: str, value: str) -> None:
    """余 and 多 exceed the number that Recognizers-Text specifies, and do not include it."""
    assert quantities.find(f"{numeral}亩") == [_whole(f"{numeral}亩", value, "亩", ">")]


# The laws

SCALES = {"": 1, "万": 10**4, "亿": 10**8, "百万": 10**6, "千万": 10**7, "万亿": 10**12}
UNITS_HERE = {unit: (unit, 1) for unit in ("个", "户", "人次", "场次", "元", "亩", "%")} | {
    "件（次）": ("件次", 1),
    "公里": ("米", 1000),
    "千米": ("米", 1000),
    "平方公里": ("平方米", 10**6),
    "个百分点": ("百分点", 1),
}
# Words before the number, between number and multiplier, and behind the unit, with their bound.
LIMITS = [
    ("", "", "", "="),
    ("约", "", "", "~"),
    ("近", "", "", "<"),
    ("超过", "", "", ">"),
    ("不低于", "", "", ">="),
    ("至多", "", "", "<="),
    ("", "余", "", ">"),
    ("", "多", "", ">"),
    ("", "来", "", "~"),
    ("", "", "以上", ">="),
    ("", "", "左右", "~"),
    ("", "", "以内", "<="),
    ("超", "余", "", ">"),
    ("至少", "", "以上", ">="),
]
FULL_WIDTH = str.maketrans("0123456789.%", "０１２３４５６７８９．％")
FIGURE_PARTS = [
    *"0123456789.,，%+-—~至到第前后数几约近超余多来半成一二两三十百千万亿点零〇负 　\n",
    *"个人户元米年月天家",
    *("分之", "百分之", "百分点", "以上", "左右", "上下", "不足", "突破"),
    *("平方米", "人次", "（次）", "2023年"),
]
TEXTS = st.one_of(
    st.text(max_size=40),
    st.lists(st.sampled_from(FIGURE_PARTS), max_size=16).map("".join),
)
DIGITS = "零一二三四五六七八九"


def _han(number: int) -> str:
    """Write a number as Chinese does: 10050 is 一万零五十."""
    for power, name in ((10**8, "亿"), (10**4, "万"), (1000, "千"), (100, "百"), (10, "十")):
        if number >= power:
            head, rest = divmod(number, power)
            zero = "零" if 0 < rest < power // 10 else ""
            return _han(head) + name + (zero + _han(rest) if rest else "")
    return DIGITS[number]


@settings(max_examples=200)
@given(
    st.decimals(0, 10**6, places=2),
    st.sampled_from(sorted(SCALES)),
    st.sampled_from(sorted(UNITS_HERE)),
    st.sampled_from(LIMITS),
    st.sampled_from(("", ",", "，")),
    st.booleans(),
    st.sampled_from(("", " ", "　")),
)
def test_what_is_written_in_digits_reads_back(
    number: Decimal,
    scale: str,
    unit: str,
    limit: tuple[str, str, str, str],
    separator: str,
    full_width: bool,
    gap: str,
) -> None:
    """Whatever value, multiplier, unit, bound and spelling: reading gives back what was written."""
    before, inside, after, bound = limit
    digits = f"{number:,f}".rstrip("0").rstrip(".").replace(",", separator)
    written = f"{before}{gap}{digits}{gap}{inside}{scale}{gap}{unit}{after}"
    written = (written.translate(FULL_WIDTH) if full_width else written).strip()
    base, factor = UNITS_HERE[unit]
    expected = _whole(written, number * SCALES[scale] * factor, base, bound)
    assert quantities.find(written) == [expected]
    assert quantities.read_one(written) == expected


@given(st.integers(2, 10**12 - 1), st.sampled_from(("亩", "元", "公里")))
def test_what_is_written_in_hanzi_reads_back(number: int, unit: str) -> None:
    """Any whole number below a million millions reads back from its Chinese numeral."""
    written = f"{_han(number)}{unit}"
    base, factor = UNITS_HERE[unit]
    assert quantities.find(written) == [_whole(written, Decimal(number * factor), base)]


@given(st.integers(1, 9), st.integers(2, 100))
def test_fractions_read_back(part: int, whole: int) -> None:
    """三分之一 and its like read as percentages, to four decimals where they do not end."""
    written = f"{_han(whole)}分之{_han(part)}"
    exact = Fraction(part * 100, whole)
    (found,) = quantities.find(written)
    assert found == _whole(written, found.value, "%")
    assert abs(Fraction(found.value) - exact) <= Fraction(1, 20_000)
    assert Fraction(found.value) == exact or len(str(found.value).partition(".")[2]) <= 4


@settings(max_examples=200)
@given(TEXTS)
def test_any_text(text: str) -> None:
    """No text raises; what is found is in order, apart, in base units, and stands where it says."""
    reached = 0
    for found in quantities.find(text):
        assert reached <= found.start < found.end <= len(text)
        assert text[found.start : found.end] == found.text
        assert UNITS[found.unit][:2] == (found.unit, Fraction(1))
        assert found.bound in ("", "=", "~", ">", ">=", "<", "<=")
        assert found.value.is_finite()
        reached = found.end


@settings(max_examples=200)
@given(TEXTS)
def test_the_words_of_a_quantity_say_it_all(text: str) -> None:
    """The words of a quantity, taken out of their sentence, read as the same quantity."""
    for found in quantities.find(text):
        again = Quantity(found.value, found.unit, found.bound, found.text, 0, len(found.text))
        assert quantities.find(found.text) == [again]


# Units


@pytest.mark.parametrize(
    ("value", "unit", "target", "converted"),
    [
        ("15", "亩", "公顷", Fraction(1)),
        ("500", "平方米", "亩", Fraction(3, 4)),
        ("250", "厘米", "米", Fraction(5, 2)),
        ("1", "吨", "公斤", Fraction(1000)),
        ("500", "克", "斤", Fraction(1)),
        ("2", "小时", "分钟", Fraction(120)),
        ("5", "‰", "%", Fraction(1, 2)),
        ("410", "个", "条", Fraction(410)),
    ],
)
def test_conversions(value: str, unit: str, target: str, converted: Fraction) -> None:
    """Units of one dimension convert as the tables of weights and measures say, exactly."""
    assert units.convert(Decimal(value), unit, target) == converted


def test_dimensions() -> None:
    """Exactly the units of one dimension can be set against each other, and back without a change."""
    groups = [line.split() for line in OURS["dimensions"]]
    one = Decimal(1)
    pairs = [pair for group in groups for pair in product(group, repeat=2)]
    there_and_back = {
        pair: units.convert(one, *pair) * units.convert(one, *pair[::-1]) for pair in pairs
    }
    assert there_and_back == dict.fromkeys(pairs, Fraction(1))
    assert sorted(unit for group in groups for unit in group) == sorted({*UNITS} - {*OURS["spellings"]})
    assert {base for base, _factor, _dimension in UNITS.values()} <= UNITS.keys()
    assert len({units.dimension(group[0]) for group in groups}) == len(groups)


def test_what_is_counted_and_what_is_relative() -> None:
    """Only what has a counter is exact; events need a period; what is relative needs a measure."""
    asked = ("家", "位", "件", "件次", "人次", "户次", "批次", "米", "元", "年", "倍", "%", "百分点")
    assert [unit for unit in asked if units.is_counted(unit)] == [*asked[:7]]
    assert [unit for unit in asked if units.counts_events(unit)] == [*asked[2:7]]
    assert [unit for unit in asked if units.is_relative(unit)] == ["倍", "%", "百分点"]


@pytest.mark.parametrize(
    "pair", ["户 人次", "人 户", "人次 次", "平方米 立方米", "方 平方米", "% 百分点"]
)
def test_units_of_two_dimensions(pair: str) -> None:
    """Units that measure different things don't convert."""
    with pytest.raises(ValueError, match="measure different things"):
        units.convert(Decimal(1), *pair.split())
