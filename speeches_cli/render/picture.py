"""What a terminal would show → an SVG picture, for a slide or a page.

Every run of characters is told where it stands and how wide it is, so that Hanzi are two cells in
any font: Rich's own export gives them one, and fetches its font from the network.
"""

from __future__ import annotations

import re
from html import escape
from itertools import groupby

from speeches_cli.visible import cells

_CELL, _LINE, _BASE, _MARGIN = 9, 26, 18, 18
"""In pixels: the width of a cell, the height of a line, where in it letters stand, and the edge."""
_SGR = re.compile("\x1b\\[([0-9;]*)m")
_WORDS = re.compile("[ \u3000]+|[^ \u3000]+")
"""Runs of spaces and of anything else: not every program keeps the spaces that a text begins with."""
_CLASSES = {"1": "b", "2": "d", "4": "u", "31": "r", "35": "m"}
"""The parameters of SGR sequences (ECMA-48) that the terminal's styles use."""

_PICTURE = """\
<svg xmlns="http://www.w3.org/2000/svg"
  width="{width}" height="{height}" viewBox="0 0 {width} {height}">
<style>
text {{ font: 18px "Noto Sans CJK SC", "Source Han Sans SC", "PingFang SC", "Microsoft YaHei",
  sans-serif; fill: #222; white-space: pre }}
.n {{ font: 15px Menlo, Consolas, "DejaVu Sans Mono", monospace }}
rect {{ fill: #fff }}
.b {{ font-weight: bold }}
.d {{ opacity: .62 }}
.u {{ text-decoration: underline }}
.r {{ fill: #c00 }}
.m {{ fill: #a3a }}
@media (prefers-color-scheme: dark) {{
  text {{ fill: #ddd }}
  rect {{ fill: #1c1c1c }}
  .r {{ fill: #f66 }}
  .m {{ fill: #e8e }}
}}
</style>
<rect width="{width}" height="{height}" rx="8"/>
{body}</svg>
"""


def render(shown: str, *, width: int) -> str:
    """Draw the lines of a terminal of so many cells, in the terminal's styles."""
    lines = shown.splitlines()
    body = "".join(text for row, line in enumerate(lines) for text in _texts(line, row))
    return _PICTURE.format(
        width=width * _CELL + 2 * _MARGIN,
        height=len(lines) * _LINE + 2 * _MARGIN,
        body=body,
    )


def _texts(line: str, row: int) -> list[str]:
    """Place each run of wide or of narrow characters between the spaces of a line."""
    made: list[str] = []
    column, classes = 0, ""
    for index, part in enumerate(_SGR.split(line)):
        if index % 2:
            classes = " ".join(_CLASSES[each] for each in part.split(";") if each in _CLASSES)
            continue
        for width, run in groupby(part, key=cells):
            for text in _WORDS.findall("".join(run)):
                if not text.isspace():
                    drawn = f"{classes} n" if width == 1 else classes
                    made.append(_text(text, column, row, len(text) * width, drawn.strip()))
                column += len(text) * width
    return made


def _text(text: str, column: int, row: int, width: int, classes: str) -> str:
    x, y = _MARGIN + column * _CELL, _MARGIN + row * _LINE + _BASE
    styled = f' class="{classes}"' if classes else ""
    return (
        f'<text x="{x}" y="{y}" textLength="{width * _CELL}" lengthAdjust="spacingAndGlyphs"'
        f"{styled}>{escape(text)}</text>\n"
    )
