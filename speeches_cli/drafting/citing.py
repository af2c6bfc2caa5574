"""One speech's passages → its figures and its other numerals, each with words that cite it alone."""

import itertools
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from speeches_cli import quantities
from speeches_cli.corpus.citations import starts
from speeches_cli.drafting import measures, mentions
from speeches_cli.drafting.measures import Measure, Owner
from speeches_cli.drafting.mentions import Mention
from speeches_cli.drafting.values import Citation, DraftEntry, DraftText

NO_TOPIC = "未分类"
"""Topics are left to a person: none rather than a wrong one."""
UNNAMED = "未命名"
"""Stands where the words beside a quantity don't say what it measures."""
_LABEL = "序号"
_UNKNOWN = "编号或名称"
_LIMITS = "上下限说法不一"
_AMOUNT = "概数"
_D = "[0-9０-９]"
_NUMERAL = re.compile(
    rf"(?:最?近|过去|未来|今后|连续){_D}{{1,2}}(?:年|个月|天)"
    rf"| {_D}{{2,4}}年代 | {_D}{{4}}年 (?: {_D}{{1,2}}月 (?: {_D}{{1,2}}[日号] )? )? (?:以来)?"
    rf"| (?: {_D}{{1,2}}月?[至到~～—–-] | 前 )? {_D}{{1,2}}个?月 (?: {_D}{{1,2}}[日号] )? 份?"
    rf"| [0-9０-９A-Za-z]+ (?: [+＋×] [0-9０-９A-Za-z]+ )+ | {_D}+ (?: [.．,，:：/／~～—–-] {_D}+ )*",
    re.VERBOSE,
)
_REASONS = (
    (re.compile("(?:最?近|过去|未来|今后|连续).*[年月天]$"), "时段"),
    (re.compile("年代$"), "年代"),
    (re.compile("年(?:以来)?$"), "年份"),
    (re.compile("[日号]$"), "日期"),
    (re.compile("月份?$"), "月份"),
    (re.compile("[+＋×]"), "公式"),
    (re.compile(f"^{_D}{{5,11}}$"), "号码"),
)
_ENUMERATED = re.compile(rf"[(（]?{_D}{{1,2}}[．.、)）](?!{_D})")
_BEFORE_LABEL = ("", *"。！？；")
_DIGITS = re.compile(rf"{_D}+(?:[.．]{_D}+)?")
_PUNCTUATION = re.compile("[，、。；：！？“”]")
_WORDS_AFTER = 4
"""In characters: so much of what follows a numeral is cited with it, to tell what it numbers."""


def passages(text: DraftText) -> list[tuple[int, str]]:
    """List the passages in which figures may stand, with their sections, in the corpus's order."""
    listed = [(0, text.title.text), (0, text.opening.text)]
    for number, section in enumerate(text.sections, start=1):
        listed += [(number, each) for each in (section.heading.text, *section.paragraphs)]
    return listed


def entries(text: DraftText, owner: Owner) -> tuple[tuple[DraftEntry, ...], tuple[DraftEntry, ...]]:
    """Cite every figure and every other numeral of a speech; `owner` speaks."""
    listed = passages(text)
    citer = Citer(listed)
    figures: list[DraftEntry] = []
    others: list[DraftEntry] = []
    for index, (_section, passage) in enumerate(listed):
        found = mentions.find(passage)
        for mention, measure in zip(found, measures.name_all(found, owner), strict=True):
            keys, sure = _keys(mention, measure)
            figures.append(DraftEntry(citer.cite(index, mention.begin, mention.end), keys, sure))
        for start, end, reason in numerals(passage, found):
            others.append(DraftEntry(citer.cite(index, start, end), {"reason": reason}))
    return tuple(figures), tuple(others)


def _keys(mention: Mention, measure: Measure) -> tuple[dict[str, str], bool]:
    """Give the keys of a figure, and tell whether all of them are sure."""
    status, certain = mentions.status(mention)
    keys = {
        "indicator": measure.name or UNNAMED,
        "topic": NO_TOPIC,
        "measure": measure.kind,
        "status": status,
        "period": mentions.period(mention),
        "scope": measure.scope,
    }
    default = {"measure": "level", "status": "actual"}
    said = {key: word for key, word in keys.items() if word and word != default.get(key)}
    return said, measure.sure and certain


class Citer:
    """Cites the passages of one speech, and remembers where it found what."""

    def __init__(self, listed: Sequence[tuple[int, str]]) -> None:
        self._listed = listed
        self._sections: dict[int, list[int]] = defaultdict(list)
        for index, (section, _text) in enumerate(listed):
            self._sections[section].append(index)
        self._found: dict[tuple[int, str], dict[tuple[int, int], int]] = {}

    def cite(self, index: int, begin: int, end: int) -> Citation:
        """Cite `[begin, end)` of a passage, numbered where its section has the same words again."""
        section, text = self._listed[index]
        words = text[begin:end].strip()
        if (section, words) not in self._found:
            places = (
                (each, start)
                for each in self._sections[section]
                for start in starts(words, self._listed[each][1])
            )
            self._found[section, words] = {place: at for at, place in enumerate(places, start=1)}
        found = self._found[section, words]
        place = found[index, text.index(words, begin)]
        return Citation(section, words, place if len(found) > 1 else None)


def numerals(text: str, figures: Sequence[Mention]) -> Iterator[tuple[int, int, str]]:
    """Find every Arabic numeral of a passage beside those of its figures, and what reads like one.

    The latter are names, limits (50亩以上的大户), stretches of time, quantities whose words limit them
    in two ways, and amounts that are no one number (上千户). Each comes with its
    start, its end and the reason.
    """
    taken = bytearray(len(text))
    for figure in figures:
        _take(taken, figure.quantity.start, figure.quantity.end)
    for each in quantities.find(text):
        if not taken[each.start]:
            _take(taken, each.start, each.end)
            yield each.start, each.end, mentions.reason(each, text) or _LIMITS
    for start, end in quantities.passed_over(text):
        if not any(taken[start:end]):
            _take(taken, start, end)
            yield start, end, _AMOUNT
    for match in itertools.chain(_NUMERAL.finditer(text), _DIGITS.finditer(text)):
        start, end = match.span()
        if not any(taken[start:end]) or (match.re is _DIGITS and not all(taken[start:end])):
            start, end, reason = _reason(text, start, end, taken)
            _take(taken, start, end)
            yield start, end, reason


def _reason(text: str, start: int, end: int, taken: bytearray) -> tuple[int, int, str]:
    """Say why a numeral states no quantity, and how much of the text is cited to show it."""
    label = _ENUMERATED.match(text, start - text.startswith(("(", "（"), start - 1))
    if label and not any(taken[slice(*label.span())]) and text[: label.start()][-1:] in _BEFORE_LABEL:
        return *label.span(), _LABEL
    for shape, reason in _REASONS:
        if shape.search(text[start:end]):
            return start, end, reason
    latest = min(_next_taken(taken, end), end + _WORDS_AFTER)
    stop = _PUNCTUATION.search(text, end, latest)
    return start, stop.start() if stop else latest, _UNKNOWN


def _take(taken: bytearray, start: int, end: int) -> None:
    taken[start:end] = bytes([1]) * (end - start)


def _next_taken(taken: bytearray, start: int) -> int:
    found = taken.find(1, start)
    return found if found >= 0 else len(taken)
