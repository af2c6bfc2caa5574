"""Pages → Markdown (CommonMark with GitHub's tables) that renders to the same words."""

import re
from itertools import groupby

from speeches_cli.render import plain
from speeches_cli.render.page import Block, Line, Page, Table
from speeches_cli.visible import clean

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~!&])")
_BEGINS_A_BLOCK = re.compile(r"^(?:\d{1,9}(?=[.)](?:\s|$))|(?=[-+=]))")
"""Where a line would begin a list, a rule or a heading."""
_EMPHATIC = re.compile(r"([\W_]*)(.*?)([\W_]*)", re.DOTALL)
"""CommonMark opens no emphasis between a Hanzi and a quotation mark: marks stay outside."""


def render(page: Page) -> str:
    """Render a page; hits and figures are bold."""
    return "\n\n".join(map(_block, page)) + "\n"


def _block(block: Block) -> str:
    if isinstance(block, Table):
        columns, body = plain.rows(block)
        rulers = ["--:" if each.right else "---" for each in columns]
        texts = [[each.head for each in columns], *body]
        head, *rows = [" | ".join(map(_escaped, each)) for each in texts]
        return "\n".join(f"| {each} |" for each in (head, " | ".join(rulers), *rows))
    if block.style.startswith("h"):
        return f"{'#' * int(block.style[1])} {_styled(block.lines[0])}"
    shown = [_styled(line) for line in block.lines if line]
    return "  \n".join(_BEGINS_A_BLOCK.sub(r"\g<0>\\", each) for each in shown)


def _styled(line: Line) -> str:
    made = ""
    for bold, parts in groupby(line, key=lambda part: part[1] in ("hit", "figure")):
        text = clean("".join(text for text, _role in parts))
        found = _EMPHATIC.fullmatch(text)
        if bold and found and found[2]:
            before, core, after = map(_escaped, found.groups())
            made += f"{before}**{core}**{after}"
        else:
            made += _escaped(text)
    return made.strip()


def _escaped(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", clean(text))
