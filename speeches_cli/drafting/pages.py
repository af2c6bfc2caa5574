"""Lines as printed → lines of text without page furniture, and paragraphs rejoined from them."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import pairwise
from math import inf
from statistics import median
from typing import NamedTuple

from speeches_cli import folding
from speeches_cli.chinese import CLOSING, STATEMENT_END
from speeches_cli.drafting.values import RawLine
from speeches_cli.visible import cells, clean

_RULE = r"[\s★☆*●•·.—–－―─=＝_~|-]"
_COUNT = "(?:[0-9０-９]{1,4}|[〇零一二三四五六七八九十百]{1,4})"
_PAGE = re.compile(
    rf"{_RULE}*[—–－―─_~·•★☆*|-]{_RULE}* {_COUNT} (?: \s*[/／]\s*{_COUNT} )? {_RULE}+"
    rf"| [—–-]\s* [ivx]{{1,6}} \s*[—–-]"
    rf"| (?: .{{1,40}}\s{{2,}} )? 第\s*{_COUNT}\s*页 (?: [\s,，/／]*共\s*{_COUNT}\s*页 )?"
    rf"| (?: page | p[.．] ) \s* {_COUNT} (?: \s* (?: of | / ) \s* {_COUNT} )?",
    re.VERBOSE | re.IGNORECASE,
)
"""Is a page number wherever it stands alone in its line."""
_NUMBERED = re.compile(
    r"(?P<before>(?:\S.{3,38}?\s)?\W{0,3})(?P<number>[0-9]{1,4})(?:\s*[/／]\s*[0-9]{1,4})?"
    r"(?P<behind>\W{0,3}(?:\s\S.{3,38})?)"
)
"""Is one where it comes again with a number that grows, or stands apart without a word."""
_ORNAMENT = re.compile(r"[\s★☆*＊●•·…—–－―─=＝_~#-]+")
_TAG = re.compile("##[A-Za-z]+##")
_LABEL = re.compile(
    r"[(（【〔\[]?(?:之|(?:典型|交流|经验|书面|发言|汇报){0,3}(?:材料|附件|发言)之?)"
    r"[(（]?[0-9０-９一二三四五六七八九十]{1,3}[)）】〕\]]{0,2}[:：]?"
)
_FEED = "\f"
_RUNNING = 3
_EVERY = 4
"""A line that comes again at the edge of so many pages, and of one in four, is a running head."""
_LONGEST_HEAD = 40
_LONGEST_PAGE = 80
"""In characters, of a running head and of a page number."""
_SPACES = re.compile(r"\s+")
_NONCHARACTERS = str.maketrans("", "", "\ufffe\uffff")
# Radicals stand in text copied from PDF; NFKC folds those of Kangxi, Unicode's
# EquivalentUnifiedIdeograph.txt these.
_RADICALS = str.maketrans(
    {
        code: unicodedata.normalize("NFKC", chr(code)).replace("戶", "户")
        for code in range(0x2F00, 0x2FD6)
    }
    | dict(
        zip(
            "⺁⺈⺊⺎⺓⺔⺟⺠⺧⺫⺬⺮⺴⺶⺼⺾⻁⻄⻅⻆⻉⻊⻋⻌⻑⻒⻓⻔⻘⻙⻚⻛⻜⻝⻟⻠⻢⻣⻤⻥⻦⻧⻨⻩⻬⻮⻰⻳",
            "厂刀卜兀幺彑母民牛网示竹网羊月艹虎西见角贝足车辶長镸长门青韦页风飞食食饣马骨鬼鱼鸟卤麦黄齐齿龙龟",
            strict=True,
        )
    )
)

_SENTENCE_END = re.compile(f"[{STATEMENT_END}：:…][{CLOSING}]*$")
_GOES_ON = re.compile("[，,、（(“‘《「『·+＋—–-]$")
_CONTINUES = re.compile("[，,、。；：！？）)”’》」』…%％+＋]")
_NARROWEST = 36
"""In cells: no printed page has shorter lines, so a shorter one was not broken by the layout."""
_NEARLY_FULL = 0.85
_FEW = 3


class PrintedLine(NamedTuple):
    """One line of text, with what the layout says about it."""

    number: int
    """Counted from 1 in the file."""
    printed: str
    """As it stands, without the space around it."""
    text: str
    """Without the spaces that only the layout put between Hanzi."""
    gap: int
    """How many lines before it were blank or page furniture."""
    indented: bool
    is_title: bool = False
    """Whether Word calls it a heading of the first level."""
    is_row: bool = False
    """Whether it is a table's row."""


def clean_lines(raw: Sequence[RawLine]) -> tuple[list[PrintedLine], list[tuple[int, str]]]:
    """Tell text from page furniture, and give both; what is left out has its line's number.

    Furniture is page numbers, ornaments, `##marks##` and running heads; a table's row never is.
    """
    furniture: list[tuple[int, str]] = []
    found: list[RawLine] = []
    for number, line in enumerate(raw, start=1):
        furniture += [(number, tag) for tag in _TAG.findall(line.text)]
        found.append(line._replace(text=_TAG.sub("", line.text)))
    left_out = {index for index, line in enumerate(found) if _is_furniture(line)}
    left_out |= _counted(found)
    left_out |= _running_heads(found, left_out)
    lines: list[PrintedLine] = []
    for index, line in enumerate(found):
        text = tidy(line.text)
        if index in left_out:
            furniture += [(index + 1, line.text.strip())] if line.text.strip() else []
        elif text:
            shown = clean(line.text).translate(_NONCHARACTERS)
            indented = shown.startswith(("  ", "\u3000"))
            gap = index - (lines[-1].number if lines else 0)
            lines.append(
                PrintedLine(index + 1, shown.strip(), text, gap, indented, line.is_title, line.is_row)
            )
    return lines, sorted(furniture)


def tidy(text: str) -> str:
    """Drop spaces except between ASCII words, and make the text harmless to print.

    >>> tidy(" 打造“项目清单” 48条， New  York 分店")
    '打造“项目清单”48条，New York分店'
    """
    text = clean(text).translate(_NONCHARACTERS).translate(_RADICALS)
    parts = _SPACES.split(text.strip())
    whole = parts[0]
    for part in parts[1:]:
        whole += f" {part}" if whole[-1].isascii() and part[0].isascii() else part
    return whole


def ends_sentence(text: str) -> bool:
    """Tell whether a line ends with a mark that ends a sentence or a part of one."""
    return _SENTENCE_END.search(text) is not None


def is_label(text: str) -> bool:
    """Tell whether a line only numbers what follows it: 之一： or 材料3."""
    return _LABEL.fullmatch(text) is not None


def width(lines: Iterable[PrintedLine], starts: re.Pattern[str]) -> float | None:
    """Estimate the width in cells at which the layout breaks lines; None where it breaks none.

    `starts` matches the beginning of a heading, which may be short for its own reason.
    """
    broken = [
        cells(line.text)
        for line in lines
        if not ends_sentence(line.text) and not starts.match(line.text)
    ]
    if len(broken) < _FEW or median(broken) < _NARROWEST:
        return None
    return _NEARLY_FULL * median(broken)


def join(lines: Sequence[PrintedLine], full: float | None, starts: re.Pattern[str]) -> list[str]:
    """Rejoin paragraphs from lines that a layout of that width has broken."""
    indents = sum(line.indented for line in lines) >= _FEW
    paragraphs: list[list[str]] = []
    before, row = "", False
    for line in lines:
        new = starts.match(line.text) or (indents and line.indented)
        new = new or is_label(line.text) or is_label(before) or line.is_row or row
        heading = starts.match(before) and "。" not in before
        limit = full or (inf if heading else _NARROWEST)
        wide = cells(before) >= limit
        open_end = not ends_sentence(before)
        goes_on = (wide and (open_end or indents)) or (indents and open_end)
        if before and (
            _CONTINUES.match(line.text) or (not new and (goes_on or _GOES_ON.search(before)))
        ):
            paragraphs[-1].append(line.text)
        else:
            paragraphs.append([line.text])
        before, row = line.text, line.is_row
    return [glue(parts) for parts in paragraphs]


def glue(parts: Sequence[str]) -> str:
    """Put the parts of a broken line together, with a space only between Latin words."""
    pieces = [*parts[:1]]
    for before, after in pairwise(parts):
        latin = all(each.isascii() and each.isalpha() for each in (before[-1], after[0]))
        pieces.append(f" {after}" if latin else after)
    return "".join(pieces)


def _is_furniture(line: RawLine) -> bool:
    stripped = line.text.strip()
    known = _ORNAMENT.fullmatch(stripped) or (
        len(stripped) < _LONGEST_PAGE and _PAGE.fullmatch(stripped)
    )
    return line.text == _FEED or (not line.is_row and bool(known))


def _counted(found: Sequence[RawLine]) -> set[int]:
    """Find the lines that come again with a number that grows, and numbers that stand apart."""
    alike: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for index, line in enumerate(found):
        match = None if line.is_row else _NUMBERED.fullmatch(line.text.strip()[: _LONGEST_HEAD + 9])
        if match and not ends_sentence(match["before"].strip()):
            kind = folding.fold(f"{match['before']}#{match['behind']}")
            alike[kind].append((index, int(match["number"])))
    pages: set[int] = set()
    for kind, places in alike.items():
        grows = sum(b[1] > a[1] for a, b in pairwise(places)) * 2 >= len(places) > 1
        if re.search(r"\w", kind):
            pages |= {index for index, _number in places if grows}
        else:
            pages |= {index for index, _number in places if _is_apart(found, index, both=not grows)}
    return pages


def _is_apart(found: Sequence[RawLine], index: int, *, both: bool) -> bool:
    """Tell whether a line has a blank one, or none, on one side or on both."""
    beside = [found[each].text.strip() for each in (index - 1, index + 1) if 0 <= each < len(found)]
    return sum(map(bool, beside)) <= (0 if both else 1)


def _running_heads(found: Sequence[RawLine], left_out: set[int]) -> set[int]:
    """Find the short lines that stand beside the furniture of three pages, and of every fourth."""
    shown = [index for index, line in enumerate(found) if index in left_out or line.text.strip()]
    beside: dict[str, list[int]] = defaultdict(list)
    for before, here, after in zip(shown, shown[1:], [*shown[2:], -1], strict=False):
        line = found[here]
        short = len(line.text) <= _LONGEST_HEAD and not line.is_row and not ends_sentence(line.text)
        if short and here not in left_out and not left_out.isdisjoint((before, after)):
            beside[folding.fold(line.text)].append(here)
    enough = max(_RUNNING, len(left_out) / _EVERY)
    return {here for places in beside.values() if len(places) >= enough for here in places}
