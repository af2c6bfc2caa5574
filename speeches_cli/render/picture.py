"""What a terminal would show → an SVG picture, for a slide or a page.

Every run of characters is told where it stands and how wide it is, so that Hanzi are two cells in
any font: Rich's own export gives them one, and fetches its font from the network.
"""

import re
from collections.abc import Iterator
from html import escape

from speeches_cli.render import terminal
from speeches_cli.render.page import Line, Page
from speeches_cli.visible import cells

_CELL, _LINE, _BASE, _MARGIN = 9, 26, 18, 18  # in pixels: a cell, a line, its base line, the edge
_RUNS = re.compile("[ \u3000]+|[!-\u2e7f]+|[^ -\u2e7f\u3000]+")
"""Spaces, which not every program keeps, what is mostly narrow, and what is mostly wide."""
_PICTURE = """\
<svg xmlns="http://www.w3.org/2000/svg"
  width="{width}" height="{height}" viewBox="0 0 {width} {height}">
<style>
text {{ font: 18px "Noto Sans CJK SC", "Source Han Sans SC", "PingFang SC", "Microsoft YaHei",
  sans-serif; fill: #222 }}
.narrow {{ font: 15px Menlo, Consolas, "DejaVu Sans Mono", monospace }}
rect {{ fill: #fff }}
.title {{ font-weight: bold; text-decoration: underline }}
.hit, .strong, .figure {{ font-weight: bold }}
.muted {{ opacity: .62 }}
.hit {{ fill: #c00 }}
.warning {{ fill: #a3a }}
@media (prefers-color-scheme: dark) {{
  text {{ fill: #ddd }}
  rect {{ fill: #1c1c1c }}
  .hit {{ fill: #f66 }}
  .warning {{ fill: #e8e }}
}}
</style>
<rect width="{width}" height="{height}" rx="8"/>
{body}</svg>
"""


def render(page: Page, *, width: int) -> str:
    """Draw the lines of a terminal of so many cells, in the terminal's styles."""
    lines = list(terminal.lines(page, width))
    return _PICTURE.format(
        width=width * _CELL + 2 * _MARGIN,
        height=len(lines) * _LINE + 2 * _MARGIN,
        body="".join(text for row, line in enumerate(lines) for text in _texts(line, row)),
    )


def _texts(line: Line, row: int) -> Iterator[str]:
    column, y = 0, _MARGIN + row * _LINE + _BASE
    for part, role in line:
        for text in _RUNS.findall(part):
            width = cells(text)
            classes = f"{role} narrow" if width == len(text) else role
            if not text.isspace():
                yield (
                    f'<text x="{_MARGIN + column * _CELL}" y="{y}" textLength="{width * _CELL}" '
                    f'lengthAdjust="spacingAndGlyphs" class="{classes}">{escape(text)}</text>\n'
                )
            column += width
