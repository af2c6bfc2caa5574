"""Audits a corpus: problems in its files, oddities, and percentages that its text contradicts."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from decimal import Decimal
from fractions import Fraction
from itertools import chain, starmap
from math import inf
from operator import itemgetter
from pathlib import Path
from typing import Any, NamedTuple

from speeches_cli import chinese, quantities, units
from speeches_cli.corpus.entries import Paragraph
from speeches_cli.corpus.schema import Document, proofread
from speeches_cli.messages import _
from speeches_cli.model import Figure
from speeches_cli.quantities import Quantity
from speeches_cli.ranges import limits
from speeches_cli.units import PERCENT

_NUMERAL = re.compile(r"[0-9０-９]+(?:[.．][0-9０-９]+)?")
_ORDER = re.compile(r"\s*[（(]?[0-9０-９]{1,2}[.．、)）](?![0-9０-９])")  # 1. or （1）, GB/T 9704
_QUOTED = re.compile("“[^”]*”?|《[^》]*》?")
_CONTEXT = 6  # in characters, on each side of a numeral that is quoted
_OWNER = {"town", "speaker", "district", "kind", "date"}  # say whose, and of when, figures are
_Placed = tuple[Figure, tuple[str, int, str]]  # A figure with its file, its line, and its town
_QUANTITY = r"\#\.*"  # masked by `#` and a point for each of its other characters
_WORD = r"[^\#.，,、；：:（）()]"
_UP = "增长|增加|提升|提高|上升|上涨|扩大|增幅|增速|涨幅|增|升"
_DOWN = "减少|下降|降低|下跌|压减|缩减|降幅|减|降"
_REACHED = f"(?: {_UP} | {_DOWN} | 发展 | 壮大 ) (?: 到 | 至 | 为 ) 了?"
_SINCE = "(?: 同比 | [比较](?: 上年 | 去年 ) (?: 同期 )? | 净 )*"
_IS = "(?: 了 | 为 | 达到? )?"
_CHANGE = rf"(?P<result> (?: {_UP} | (?P<down> {_DOWN} ) ) {_IS} (?P<stated> {_QUANTITY} ) )"
_PATTERNS = [
    re.compile(each, re.VERBOSE)
    for each in (
        # 由去年的3584家增加到4480家，净增896家，增长25%
        rf"""(?P<basis> [由从] {_WORD}{{0,12}}? (?P<other> {_QUANTITY} ) {_WORD}{{0,8}}? {_REACHED}
            {_WORD}{{0,6}}? (?P<one> {_QUANTITY} ) ) [，,（(]?
            (?: {_SINCE} (?: {_UP} | {_DOWN} ) {_IS} {_QUANTITY} [，,、] )? {_SINCE} {_CHANGE}""",
        # 达到4480家，比去年的3584家增长25%
        rf"""(?P<basis> (?P<one> {_QUANTITY} ) [，,]? [比较] {_WORD}{{1,8}}?
            (?P<other> {_QUANTITY} ) ) {_SINCE} {_CHANGE}""",
        # 完成9.5亿元，占年计划12亿元的79.17%
        rf"""(?P<basis> (?P<one> {_QUANTITY} ) {_WORD}{{0,8}} [，,]?
            (?: 占 | 完成 | 达到? | 为 | 是 | 相当于 ) {_WORD}{{0,10}}? (?P<other> {_QUANTITY} ) )
            {_WORD}{{0,4}}? (?P<result> 的 (?: 比[例重] )? {_IS} (?P<stated> {_QUANTITY} ) )""",
        # 党员120名，其中女党员30名，占25%
        rf"""(?P<basis> (?P<other> {_QUANTITY} ) {_WORD}{{0,8}} [，,：:（(] 其中 {_WORD}{{0,12}}
            (?P<one> {_QUANTITY} ) {_WORD}{{0,8}} ) [，,（(]
            (?P<result> 占 (?: 比 | 总数的 )? {_IS} (?P<stated> {_QUANTITY} ) )""",
    )
]
_SENTENCE = re.compile(f"[^{chinese.STATEMENT_END}]+")
_SCALED = re.compile("[十百千万亿]")


class Remark(NamedTuple):
    """One thing that is wrong, or worth a look, and where."""

    severity: str  # A `problem` must be mended; a `note` is for the editor to judge
    file: str
    line: int | None  # counted from 1; None where the whole file is meant
    entry: str  # the speech, empty where none in particular is meant
    key: str
    message: str


class Relation(NamedTuple):
    """A percentage of the text, and what it comes to when it is worked out from numbers beside it."""

    kind: str  # `growth` or `share`
    basis: str  # the words from which it is worked out
    stated: str  # the words that state it
    result: Decimal  # what it comes to, in `unit`
    unit: str
    agrees: bool  # whether both can be true, as far as rounding and bounds like 余 allow


class Report(NamedTuple):
    """Everything there is to say of a corpus."""

    speeches: int
    figures: int
    problems: tuple[Remark, ...]
    notes: tuple[Remark, ...]
    recomputed: tuple[tuple[Remark, Relation], ...]  # each with the note for where the text is wrong


def audit(path: Path) -> Report:
    """Report all that is worth mending in a corpus; CorpusError where there is none."""
    documents = dict(proofread(path))
    found: list[Remark] = []
    recomputed: list[tuple[Remark, Relation]] = []
    figures: list[_Placed] = []
    for file, document in documents.items():
        found += (
            Remark("problem", file, each.line, each.entry, each.key, each.message)
            for each in document.errors
        )
        for entry in document.entries:
            town = entry.speech.town
            figures += ((figure, (file, figure.line, town)) for figure in entry.figures)
            for each in entry.paragraphs:
                place = file, each.line, town, each.key
                found += (Remark(kind, *place, said) for kind, said in _uncited(each))
                for relation in relations(each.passage.text):
                    message = _("'{basis}' comes to {result:f}{unit}, but the text says '{stated}'")
                    said = message.format(**relation._asdict())
                    recomputed.append((Remark("note", *place, said), relation))
    found += (remark for remark, relation in recomputed if not relation.agrees)
    found += _mixed_units(figures)
    found.sort(key=lambda each: (each.file, each.line or 0))
    found += (each for _rank, each in sorted(_unconfirmed(documents, figures), key=itemgetter(0)))
    return Report(
        speeches=sum(len(document.entries) for document in documents.values()),
        figures=len(figures),
        problems=tuple(each for each in found if each.severity == "problem"),
        notes=tuple(each for each in found if each.severity == "note"),
        recomputed=tuple(recomputed),
    )


def _uncited(paragraph: Paragraph) -> Iterator[tuple[str, str]]:
    """Name every numeral of a paragraph that neither a figure nor a numeral entry cites.

    Arabic digits are a problem. A quantity in Chinese numerals (两个中心村) or without one number
    (上千户) may be a turn of phrase, and is only noted; in quotation marks it is a name (“三个清单”).
    """
    text = paragraph.passage.text
    cited = set(chain(*paragraph.cited))
    if order := _ORDER.match(text):
        cited.update(range(order.end()))
    message = _(
        "no figure and no numeral entry cites '{numeral}' in '{around}'; "
        "add it to 'figures', or to 'numerals' with the reason"
    )
    digits = [range(*match.span()) for match in _NUMERAL.finditer(text)]
    odd = [("problem", message, span) for span in digits if not cited.issuperset(span)]
    cited.update(*digits, *(range(*match.span()) for match in _QUOTED.finditer(text)))
    amounts = [(each.start, each.end) for each in quantities.find(text)]
    message = _("'{numeral}' in '{around}' may be a figure that 'figures' does not have yet")
    spans = starmap(range, (*amounts, *quantities.passed_over(text)))
    odd += [("note", message, span) for span in spans if cited.isdisjoint(span)]
    for severity, message, span in odd:
        around = text[max(span.start - _CONTEXT, 0) : span.stop + _CONTEXT]
        yield severity, message.format(numeral=text[span.start : span.stop], around=around)


def _unconfirmed(
    documents: dict[str, Document], figures: list[_Placed]
) -> Iterator[tuple[int, Remark]]:
    """Note unconfirmed guesses by risk: compared figures, keys of owners, other figures, other keys."""
    for file, document in documents.items():
        listed: list[tuple[str, Any]] = [("", document.unsure)]
        listed += ((each.speech.town, each.speech.unsure) for each in document.entries)
        for entry, keys in listed:
            if keys:
                message = _("not confirmed: {keys}; look at each, and delete it from 'unsure'")
                said = message.format(keys=", ".join(keys))
                rank = 1 if _OWNER.intersection(keys) else 3
                yield rank, Remark("note", file, keys[0].line, entry, "unsure", said)
    named = {(figure.indicator, figure.speech, file) for figure, (file, *_place) in figures}
    uses = Counter(indicator for indicator, *_speech in named)  # in how many speeches
    for figure, place in figures:
        if not figure.sure:
            message = _("not confirmed: '{indicator}' {stated}; look at it, and delete 'sure: false'")
            said = message.format(indicator=figure.indicator, stated=figure.as_written)
            yield 0 if uses[figure.indicator] > 1 else 2, Remark("note", *place, "sure", said)


def _mixed_units(figures: Iterable[_Placed]) -> Iterator[Remark]:
    """Note indicators that have units of several dimensions, where the second is first met."""
    uses: dict[str, dict[str, _Placed]] = {}
    for figure, place in figures:
        dimensions = uses.setdefault(figure.indicator, {})
        dimensions.setdefault(units.dimension(figure.unit), (figure, place))
    for name, found in uses.items():
        if len(found) > 1:
            listed = "、".join(
                _("{unit} ({place})", unit=figure.unit, place=f"{Path(file).name}:{line}")
                for figure, (file, line, _town) in found.values()
            )
            message = _("indicator '{name}' has units that cannot be compared: {listed}")
            _first, (_figure, place), *_others = found.values()
            yield Remark("note", *place, "indicator", message.format(name=name, listed=listed))


def relations(text: str) -> Iterator[Relation]:
    """Find growth and shares beside the numbers they follow from; where in doubt, rather none."""
    for sentence in _SENTENCE.finditer(text):
        stated = {each.start: each for each in quantities.find(sentence[0], falls=False)}
        if len(stated) > 2:
            masked = list(sentence[0].replace("#", "＃"))
            for start, each in stated.items():
                masked[start : each.end] = "#" + "." * (each.end - start - 1)
            for match in (found for each in _PATTERNS for found in each.finditer("".join(masked))):
                if relation := _relation(sentence[0], match, stated):
                    yield relation


def interval(quantity: Quantity) -> tuple[Fraction | float, Fraction | float]:
    """Give the least and the greatest number that a quantity may stand for.

    A number stands for all that round to it: 9.5亿 for 9.45亿 to 9.55亿; a count without 万 or the like
    is exact. 约 allows for a whole unit of the last digit that isn't zero: 约1700米 is 1600 to 1800.
    余, 以上 and the like are as `ranges.limits` has them.
    """
    found = limits(quantity.value, quantity.bound, quantity.text)
    scaled = _SCALED.search(quantity.text)
    if not found.approximate and (
        found.exact is None or (units.is_counted(quantity.unit) and not scaled)
    ):
        return Fraction(0) if found.low == -inf else found.low, found.high
    rounded = quantity.value.normalize() if found.approximate or scaled else quantity.value
    margin = Fraction(10) ** int(rounded.as_tuple().exponent) / (1 if found.approximate else 2)
    return Fraction(quantity.value) - margin, Fraction(quantity.value) + margin


def _relation(text: str, match: re.Match[str], stated: dict[int, Quantity]) -> Relation | None:
    """Work out what the text states as a percentage; None where the numbers can't be meant for it."""
    groups = match.groupdict()
    is_growth = "down" in groups
    one, other, said = (stated[match.start(name)] for name in ("one", "other", "stated"))
    loosely = "成" in said.text or "分之" in said.text.replace("百分之", "")
    if said.unit != PERCENT or loosely or PERCENT in (one.unit, other.unit):
        return None
    least, greatest = interval(other)
    if least <= 0 or not _are_alike(one, other):
        return None
    sign, offset = -1 if groups.get("down") else 1, 1 if is_growth else 0
    low, high = (end * units.convert(Decimal(1), one.unit, other.unit) for end in interval(one))
    ends = sorted((sign * (low / greatest - offset) * 100, sign * (high / least - offset) * 100))
    told = interval(said)
    agrees = ends[0] <= told[1] and told[0] <= ends[1]
    earlier = [each for each in stated.values() if each.start < one.start][-1:]
    if not (is_growth or agrees or earlier in ([], [other])) and _are_alike(one, earlier[0]):
        return None  # 党员10名、干部5名，占总人数50名的30%
    exact = units.convert(one.value, one.unit, other.unit) / Fraction(other.value)
    places = max(-int(said.value.as_tuple().exponent), 1)
    result = Decimal(round(sign * (exact - offset) * 100 * 10**places)).scaleb(-places)
    basis, words = (text[slice(*match.span(name))] for name in ("basis", "result"))
    return Relation("growth" if is_growth else "share", basis, words, result, PERCENT, agrees)


def _are_alike(one: Quantity, other: Quantity) -> bool:
    """Tell whether quantities are of one kind; 件 and 家 both count, but not the same things."""
    if units.is_counted(one.unit):
        return one.unit == other.unit
    return units.dimension(one.unit) == units.dimension(other.unit)
