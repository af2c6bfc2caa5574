"""Pages → an HTML document of its own: tables that any font aligns, light or dark as the reader's."""

from __future__ import annotations

from html import escape

from speeches_cli.render.page import Block, Cell, Column, Line, Page, Prose, Role, Rule, Table, plain
from speeches_cli.visible import clean

_HEAD = """\
<!doctype html>
<html lang="zh-CN">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>{title}</title>
<style>
:root { color-scheme: light dark }
body { font: 16px/1.6 "Noto Sans CJK SC", "Source Han Sans SC", "PingFang SC", "Microsoft YaHei",
  sans-serif; max-width: 70em; margin: 2em auto; padding: 0 1em }
p.prose { max-width: 40em; text-indent: 2em; margin: .5em 0 }
table { border-collapse: collapse; margin: 1em 0; font-variant-numeric: tabular-nums }
th, td { border: 1px solid #999; padding: .2em .6em; text-align: left; vertical-align: top }
.right { text-align: right }
.keep { white-space: nowrap }
.bar { font-size: 60% }
.hit { font-weight: bold; color: #c00 }
.strong, .figure, thead th { font-weight: bold }
.muted { opacity: .65 }
.warning { color: #a3a }
@media (max-width: 600px) {
  body { font-size: 13px; margin: 1em auto; padding: 0 .5em }
  th, td { padding: .1em .25em; overflow-wrap: break-word }
}
@media print {
  :root { color-scheme: light }
  body { max-width: none; margin: 0; font-size: 11pt }
  thead { display: table-header-group }
  tr { break-inside: avoid }
  h1, h2, h3, h4, tbody tr:first-child { break-after: avoid }
}
@media screen and (prefers-color-scheme: dark) { .hit { color: #f77 } .warning { color: #e8e } }
</style>
"""


def render(page: Page) -> str:
    """Render a page; it fetches nothing, and no word of a speech is markup in it.

    Its first heading is its title, and its tables have borders that another program takes over.
    """
    titles = [plain(each.line) for each in page.blocks if isinstance(each, Rule)]
    head = _HEAD.replace("{title}", _text(titles[0] if titles else "speeches"))
    return head + "".join(f"{_block(block)}\n" for block in page.blocks) + "</html>\n"


def _block(block: Block) -> str:
    if isinstance(block, Table):
        return _table(block)
    if isinstance(block, Rule):
        return f"<h{block.level}>{_styled(block.line)}</h{block.level}>"
    if isinstance(block, Prose):
        return f'<p class="prose">{_styled(block.line)}</p>'
    return f"<p>{'<br>'.join(map(_styled, block.lines))}</p>"


def _table(table: Table) -> str:
    right = [_classes(column) for column in table.columns]
    parts = ['<table border="1" cellspacing="0">']
    if table.headed:
        heads = zip(table.columns, right, strict=True)
        cells = "".join(f"<th{side}>{_text(column.head)}</th>" for column, side in heads)
        parts.append(f"<thead><tr>{cells}</tr></thead>")
    for group in table.groups:
        parts.append("<tbody>")
        if group.title:
            parts.append(f'<tr><th colspan="{len(right)}">{_styled(group.title)}</th></tr>')
        for row in group.rows:
            cells = "".join(
                f"<td{side}>{_cell(each)}</td>" for each, side in zip(row, right, strict=True)
            )
            parts.append(f"<tr>{cells}</tr>")
        parts.append("</tbody>")
    return "\n".join([*parts, "</table>"])


def _classes(column: Column) -> str:
    names = " ".join(["right"] * column.right + ["keep"] * column.keep)
    return f' class="{names}"' if names else ""


def _cell(shown: Cell) -> str:
    return "<br>".join(map(_styled, shown))


def _styled(line: Line) -> str:
    return "".join(_part(text, role) for text, role in line)


def _part(text: str, role: Role) -> str:
    return f'<span class="{role}">{_text(text)}</span>' if role else _text(text)


def _text(text: str) -> str:
    return escape(clean(text))
