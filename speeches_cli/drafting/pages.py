"""Lines as printed → lines of text without page furniture, and paragraphs rejoined from them."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import pairwise
from math import inf
from statistics import median
from typing import NamedTuple

from speeches_cli import folding
from speeches_cli.visible import cells, clean

_RULES = r"[\s★☆*●•·.—–－―─_~-]*"
_PAGE_NUMBER = re.compile(
    rf"{_RULES} \d{{1,4}} (?: \s*[/／]\s*\d{{1,4}} )? {_RULES} | [—–-]\s* [ivxIVX]{{1,6}} \s*[—–-]"
    r"| (?: .{1,40}\s{2,} )? 第\s*\d{1,4}\s*页 (?: [\s,，/／]*共\s*\d{1,4}\s*页 )?",
    re.VERBOSE,
)
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
"""In characters."""
_SPACES = re.compile(r"\s+")
_NONCHARACTERS = str.maketrans("", "", "\ufffe\uffff")

_SENTENCE_END = re.compile("[。！？!?；;：:…][”’』」）)》]*$")
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


def clean_lines(raw: Sequence[str]) -> tuple[list[PrintedLine], list[tuple[int, str]]]:
    """Tell text from page furniture, and give both; what is left out has its line's number.

    Furniture is page numbers, ornaments, `##marks##` and running heads.
    """
    furniture: list[tuple[int, str]] = []
    found: list[tuple[int, str]] = []
    for number, line in enumerate(raw, start=1):
        furniture += [(number, tag) for tag in _TAG.findall(line)]
        found.append((number, _TAG.sub("", line)))
    running = _running_heads(found)
    lines: list[PrintedLine] = []
    last = 0
    at_edge = False
    for index, (number, line) in enumerate(found):
        text = tidy(line)
        if _is_furniture(line):
            furniture += [(number, line.strip())] if line.strip() else []
            at_edge = True
        elif text in running and (at_edge or _before_edge(found, index)):
            furniture.append((number, text))
        elif text:
            shown = clean(line).translate(_NONCHARACTERS)
            indented = shown.startswith(("  ", "\u3000"))
            lines.append(PrintedLine(number, shown.strip(), text, index - last, indented))
            last = index + 1
            at_edge = False
    return lines, sorted(furniture)


def tidy(text: str) -> str:
    """Drop spaces except between ASCII words, and make the text harmless to print.

    >>> tidy(" 打造“项目清单” 48条， New  York 分店")
    '打造“项目清单”48条，New York分店'
    """
    parts = _SPACES.split(clean(text).translate(_NONCHARACTERS).strip())
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
    before = ""
    for line in lines:
        new = starts.match(line.text) or (indents and line.indented)
        new = new or is_label(line.text) or is_label(before)
        limit = full or (inf if starts.match(before) else _NARROWEST)
        wide = cells(before) >= limit
        open_end = not ends_sentence(before)
        goes_on = (wide and (open_end or indents)) or (indents and open_end)
        if before and (
            _CONTINUES.match(line.text) or (not new and (goes_on or _GOES_ON.search(before)))
        ):
            paragraphs[-1].append(line.text)
        else:
            paragraphs.append([line.text])
        before = line.text
    return [glue(parts) for parts in paragraphs]


def glue(parts: Sequence[str]) -> str:
    """Put the parts of a broken line together, with a space only between Latin words."""
    pieces = [*parts[:1]]
    for before, after in pairwise(parts):
        latin = all(each.isascii() and each.isalpha() for each in (before[-1], after[0]))
        pieces.append(f" {after}" if latin else after)
    return "".join(pieces)


def _is_furniture(line: str) -> bool:
    stripped = line.strip()
    return line == _FEED or bool(_PAGE_NUMBER.fullmatch(stripped) or _ORNAMENT.fullmatch(stripped))


def _running_heads(found: Sequence[tuple[int, str]]) -> set[str]:
    """Find the short lines that stand at the edge of three pages, and of every fourth at least."""
    shown = [line for _number, line in found if line == _FEED or line.strip()]
    edges = [False, *map(_is_furniture, shown), False]
    counted: dict[str, list[str]] = defaultdict(list)
    for line, before, here, after in zip(shown, edges, edges[1:], edges[2:], strict=False):
        if (before or after) and not here and len(line) <= _LONGEST_HEAD and not ends_sentence(line):
            counted[folding.fold(line)].append(tidy(line))
    breaks = sum(after and not before for before, after in pairwise(edges))
    enough = max(_RUNNING, breaks / _EVERY)
    return {text for texts in counted.values() if len(texts) >= enough for text in texts}


def _before_edge(found: Sequence[tuple[int, str]], index: int) -> bool:
    following = (line for _number, line in found[index + 1 :] if line == _FEED or line.strip())
    return _is_furniture(next(following, _FEED))
