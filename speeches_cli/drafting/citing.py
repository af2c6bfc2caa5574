"""One speech's passages → its figures and its other numerals, each with words that cite it alone."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any

from speeches_cli import quantities
from speeches_cli.chinese import SENTENCE_END
from speeches_cli.corpus.entries import starts
from speeches_cli.drafting import measures, mentions
from speeches_cli.drafting.bylines import Place
from speeches_cli.drafting.mentions import Mention

Entry = dict[str, Any]  # as the corpus file has it
NO_TOPIC = "未分类"  # topics are left to a person: none rather than a wrong one
UNNAMED = "未命名"  # where the words beside a quantity don't say what it measures
_USUAL = ("level", "actual", None, True)  # goes without saying
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
)  # what a numeral is that states no quantity, by the reason with which it is listed


def cite(sections: Sequence[tuple[str, ...]], owner: Place) -> tuple[list[Entry], list[Entry]]:
    """Give the figures of a speech and its other numerals; `owner` speaks.

    The title and the opening are the first section, each other one begins with its heading.
    """
    figures: list[Entry] = []
    others: list[Entry] = []
    year = mentions.governing(sections[0][1])
    for number, passages in enumerate(sections):
        governing = None if number and _AHEAD.search(passages[0]) else year
        for index, passage in enumerate(passages):
            found = mentions.find(passage)
            for mention, measure in zip(found, measures.name_all(found, owner), strict=True):
                status, certain = mentions.status(mention)
                keys = {
                    "measure": measure.kind,
                    "status": status,
                    "period": mentions.period(mention, governing if status == "actual" else None),
                    "scope": measure.scope,
                    "sure": measure.sure and certain,
                }
                figure = _entry(number, passages, index, mention.begin, mention.end)
                figure |= {"indicator": measure.name or UNNAMED, "topic": NO_TOPIC}
                figures.append(figure | {key: said for key, said in keys.items() if said not in _USUAL})
            for start, end, reason in numerals(passage, found):
                others.append(_entry(number, passages, index, start, end) | {"reason": reason})
    return figures, others


@lru_cache(maxsize=1024)  # what one section says often is asked for as often
def _places(words: str, passages: tuple[str, ...]) -> dict[tuple[int, int], int]:
    found = ((at, each) for at, text in enumerate(passages) for each in starts(words, text))
    return {place: number for number, place in enumerate(found, start=1)}


def _entry(section: int, passages: tuple[str, ...], at: int, begin: int, end: int) -> Entry:
    """Cite `[begin, end)` of a passage; words that come again have their number among them."""
    words = passages[at][begin:end].strip()
    places = _places(words, passages)
    again = {"occurrence": places[at, passages[at].index(words, begin)]} if len(places) > 1 else {}
    return {"cite": words, **again, "section": section}


def numerals(text: str, figures: Sequence[Mention]) -> Iterator[tuple[int, int, str]]:
    """Find what reads like a figure in a passage, and other Arabic numerals: start, end and reason."""
    left = list(text)
    spans = [(each.quantity.start, each.quantity.end, "") for each in figures]
    spans += [
        (each.start, each.end, mentions.reason(each, text) or "上下限说法不一")
        for each in quantities.find(text)
    ]
    spans += [(start, end, "概数") for start, end in quantities.passed_over(text)]
    for start, end, reason in spans:
        if _TAKEN not in left[start:end]:
            left[start:end] = _TAKEN * (end - start)
            if reason:
                yield start, end, reason
    for match in _NUMERAL.finditer("".join(left)):
        yield *match.span(), match.lastgroup or ""
