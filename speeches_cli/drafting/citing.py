"""One speech's passages → its figures and its other numerals, each with words that cite it alone."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cache

from speeches_cli import quantities
from speeches_cli.chinese import SENTENCE_END
from speeches_cli.corpus.citations import starts
from speeches_cli.drafting import measures, mentions
from speeches_cli.drafting.measures import Measure, Owner
from speeches_cli.drafting.mentions import Mention
from speeches_cli.drafting.values import DraftEntry, DraftSpeech

NO_TOPIC = "未分类"  # topics are left to a person: none rather than a wrong one
UNNAMED = "未命名"  # where the words beside a quantity don't say what it measures
_LIMITS = "上下限说法不一"
_AMOUNT = "概数"
_AHEAD = re.compile("下一?步|打算|今后|明年|计划|目标|展望")  # headings of what is to come
_TAKEN = "\0"
_D = "[0-9０-９]"
_NO_WORD = f"，、。；：！？“”0-9０-９{_TAKEN}"
_NUMERAL = re.compile(
    rf"""(?P<时段> (?:最?近|过去|未来|今后|连续){_D}{{1,2}}(?:年|个月|天) )
    | (?P<日期> (?:{_D}{{4}}年)? (?:{_D}{{1,2}}月?[至到~～—–-] | 前)?
                {_D}{{1,2}}个?月份? (?:{_D}{{1,2}}[日号])?
              | {_D}{{2,4}}年代 | {_D}{{4}}年(?:以来)? )
    | (?P<公式> [0-9０-９A-Za-z]+ (?: [+＋×] [0-9０-９A-Za-z]+ )+ )
    | (?P<序号> (?: ^ | (?<= [{SENTENCE_END}；] ) ) [(（]? {_D}{{1,2}}[．.、)）] (?! {_D} ) )
    | (?P<号码> {_D}{{5,11}} (?! [.．,，:：/／~～—–-]?{_D} ) )
    | (?P<编号或名称> {_D}+ (?: [.．,，:：/／~～—–-] {_D}+ )* [^{_NO_WORD}]{{0,4}} )""",
    re.VERBOSE,
)
"""What a numeral is that states no quantity, by the reason with which it is listed."""


def passages(speech: DraftSpeech) -> list[tuple[int, str]]:
    """List the passages in which figures may stand, with their sections, in the corpus's order."""
    listed = [(0, speech.head.title.text), (0, speech.opening.text)]
    for number, section in enumerate(speech.sections, start=1):
        listed += [(number, each) for each in (section.heading.text, *section.paragraphs)]
    return listed


def entries(speech: DraftSpeech, owner: Owner) -> tuple[tuple[DraftEntry, ...], tuple[DraftEntry, ...]]:
    """Cite every figure and every other numeral of a speech; `owner` speaks."""
    listed = passages(speech)
    within: dict[int, list[int]] = defaultdict(list)
    for index, (section, _passage) in enumerate(listed):
        within[section].append(index)

    @cache
    def places(section: int, words: str) -> dict[tuple[int, int], int]:
        """Find the places in a section where words stand, and number them."""
        found = (
            (index, start) for index in within[section] for start in starts(words, listed[index][1])
        )
        return {place: number for number, place in enumerate(found, start=1)}

    def entry(index: int, begin: int, end: int, keys: dict[str, str], *, sure: bool) -> DraftEntry:
        section, passage = listed[index]
        words = passage[begin:end].strip()
        found = places(section, words)
        number = found[index, passage.index(words, begin)] if len(found) > 1 else None
        return DraftEntry(section, words, number, keys, sure)

    figures: list[DraftEntry] = []
    others: list[DraftEntry] = []
    year = mentions.governing(speech.opening.text)
    for index, (section, passage) in enumerate(listed):
        ahead = section and _AHEAD.search(speech.sections[section - 1].heading.text)
        found = mentions.find(passage)
        for mention, measure in zip(found, measures.name_all(found, owner), strict=True):
            keys, sure = _keys(mention, measure, None if ahead else year)
            figures.append(entry(index, mention.begin, mention.end, keys, sure=sure))
        for start, end, reason in numerals(passage, found):
            others.append(entry(index, start, end, {"reason": reason}, sure=True))
    return tuple(figures), tuple(others)


def _keys(mention: Mention, measure: Measure, year: str | None) -> tuple[dict[str, str], bool]:
    """Give the keys of a figure, and tell whether all of them are sure."""
    status, certain = mentions.status(mention)
    keys = {
        "indicator": measure.name or UNNAMED,
        "topic": NO_TOPIC,
        "measure": measure.kind,
        "status": status,
        "period": mentions.period(mention, year if status == "actual" else None),
        "scope": measure.scope,
    }
    default = {"measure": "level", "status": "actual"}
    said = {key: word for key, word in keys.items() if word and word != default.get(key)}
    return said, measure.sure and certain


def numerals(text: str, figures: Sequence[Mention]) -> Iterator[tuple[int, int, str]]:
    """Find every Arabic numeral of a passage beside those of its figures, and what reads like one.

    The latter are names, limits (50亩以上的大户), stretches of time, quantities whose words limit them
    in two ways, and amounts that are no one number (上千户). Each comes with its start, its end and
    the reason.
    """
    left = list(text)

    def take(start: int, end: int) -> None:
        left[start:end] = _TAKEN * (end - start)

    for figure in figures:
        take(figure.quantity.start, figure.quantity.end)
    for each in quantities.find(text):
        if left[each.start] != _TAKEN:
            take(each.start, each.end)
            yield each.start, each.end, mentions.reason(each, text) or _LIMITS
    for start, end in quantities.passed_over(text):
        if _TAKEN not in left[start:end]:
            take(start, end)
            yield start, end, _AMOUNT
    for match in _NUMERAL.finditer("".join(left)):
        yield *match.span(), match.lastgroup or ""
