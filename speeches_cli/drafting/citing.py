"""One speech's passages → its figures and its other numerals, each with words that cite it alone."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from speeches_cli import quantities
from speeches_cli.corpus.citations import starts
from speeches_cli.drafting import indicator_names, mentions
from speeches_cli.drafting.mentions import Mention
from speeches_cli.drafting.precedents import Precedents
from speeches_cli.drafting.values import Citation, DraftEntry, DraftText, Guess
from speeches_cli.messages import _

_NAME = "名称"
_LABEL = "序号"
_UNKNOWN = "编号或名称"
_D = "[0-9０-９]"
_NUMERAL = re.compile(
    rf"{_D}{{2,4}}年代 | {_D}{{4}}年 (?: {_D}{{1,2}}月 (?: {_D}{{1,2}}[日号] )? )? (?:以来)?"
    rf"| (?: {_D}{{1,2}}月?[至到~～—–-] | 前 )? {_D}{{1,2}}个?月 (?: {_D}{{1,2}}[日号] )? 份?"
    rf"| [0-9０-９A-Za-z]+ (?: [+＋×] [0-9０-９A-Za-z]+ )+ | {_D}+ (?: [.．,，:：/／~～—–-] {_D}+ )*",
    re.VERBOSE,
)
_REASONS = (
    (re.compile("年代$"), "年代"),
    (re.compile("年(?:以来)?$"), "年份"),
    (re.compile("[日号]$"), "日期"),
    (re.compile("月份?$"), "月份"),
    (re.compile("[+＋×]"), "公式"),
    (re.compile(f"^{_D}{{5,11}}$"), "号码"),
)
_ENUMERATED = re.compile(rf"[(（]?{_D}{{1,2}}[．.、)）]")
_PUNCTUATION = re.compile("[，、。；：！？“”]")
_WORDS_AFTER = 4
"""In characters: so much of what follows a numeral is cited with it, to tell what it numbers."""


class DraftPassage(NamedTuple):
    """A passage of one speech, by the number of its section."""

    section: int
    heading: str
    text: str


class Uncited(NamedTuple):
    """A numeral that no figure cites, at `[start, end)` of its passage."""

    start: int
    end: int
    reason: Guess


def passages(text: DraftText) -> list[DraftPassage]:
    """List the passages in which figures may stand, in the order of the corpus."""
    listed = [DraftPassage(0, "", each.text) for each in (text.title, text.opening)]
    for number, section in enumerate(text.sections, start=1):
        texts = (section.heading.text, *section.paragraphs)
        listed += [DraftPassage(number, section.heading.text, each) for each in texts]
    return listed


def entries(
    text: DraftText, precedents: Precedents
) -> tuple[tuple[DraftEntry, ...], tuple[DraftEntry, ...]]:
    """Cite every figure and every other numeral of a speech."""
    listed = passages(text)
    citer = Citer(listed)
    figures: list[DraftEntry] = []
    others: list[DraftEntry] = []
    for index, passage in enumerate(listed):
        found = mentions.find(passage.text)
        for mention, named in indicator_names.name_all(found):
            indicator, topic = precedents.name(mention, named, passage.heading)
            keys = {"indicator": indicator, "topic": topic, **mentions.circumstances(mention)}
            figures.append(DraftEntry(citer.cite(index, mention.begin, mention.end), keys))
        for numeral in numerals(passage.text, found):
            citation = citer.cite(index, numeral.start, numeral.end)
            others.append(DraftEntry(citation, {"reason": numeral.reason}))
    return tuple(figures), tuple(others)


class Citer:
    """Cites the passages of one speech, and remembers where it found what."""

    def __init__(self, listed: Sequence[DraftPassage]) -> None:
        self._sections: dict[int, list[tuple[int, str]]] = defaultdict(list)
        self._listed = listed
        for index, passage in enumerate(listed):
            self._sections[passage.section].append((index, passage.text))
        self._found: dict[tuple[int, str], dict[tuple[int, int], int]] = {}

    def cite(self, index: int, begin: int, end: int) -> Citation:
        """Cite `[begin, end)` of a passage, numbered where its section has the same words again."""
        section, _heading, text = self._listed[index]
        words = text[begin:end].strip()
        if (section, words) not in self._found:
            found_at = (
                (number, start)
                for number, each in self._sections[section]
                for start in starts(words, each)
            )
            self._found[section, words] = {
                place: count for count, place in enumerate(found_at, start=1)
            }
        found = self._found[section, words]
        start = text.index(words, begin)
        return Citation(section, words, found[index, start] if len(found) > 1 else None)


def numerals(text: str, figures: Sequence[Mention]) -> Iterator[Uncited]:
    """Find every Arabic numeral of a passage beside those of its figures, and what reads like one.

    The latter are names in Chinese numerals, and quantities whose words limit them in two ways.
    """
    taken = bytearray(len(text))
    for figure in figures:
        _take(taken, figure.quantity.start, figure.quantity.end)
    for each in quantities.find(text):
        if not taken[each.start]:
            _take(taken, each.start, each.end)
            named = mentions.is_name(each, text)
            doubt = None if named else _("no figure can cite it: its words limit it in two ways")
            yield Uncited(each.start, each.end, Guess(_NAME if named else _UNKNOWN, doubt))
    for match in _NUMERAL.finditer(text):
        start, end = match.span()
        if any(taken[start:end]):
            continue
        reason = next((reason for shape, reason in _REASONS if shape.search(match[0])), None)
        if label := _ENUMERATED.match(text, 0, end + 1):
            start, end, reason = *label.span(), _LABEL
        if reason is None:
            latest = min(_next_taken(taken, end), end + _WORDS_AFTER)
            stop = _PUNCTUATION.search(text, end, latest)
            end = stop.start() if stop else latest
        doubt = None if reason else _("why is this no figure?")
        yield Uncited(start, end, Guess(reason or _UNKNOWN, doubt))


def _take(taken: bytearray, start: int, end: int) -> None:
    taken[start:end] = bytes([1]) * (end - start)


def _next_taken(taken: bytearray, start: int) -> int:
    found = taken.find(1, start)
    return found if found >= 0 else len(taken)
