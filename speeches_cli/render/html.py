"""Pages → an HTML document of its own: tables that any font aligns, light or dark as the reader's."""

from collections.abc import Iterable, Sequence
from html import escape

from speeches_cli.render.page import Block, Cell, Line, Role, Table, title
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
.right, .figure { white-space: nowrap }
.hit, .strong, .figure { font-weight: bold }
.hit { color: #c00 }
.muted { opacity: .65 }
.warning { color: #a3a }
@media (max-width: 600px) { body { font-size: 13px; margin: 1em 0 } th, td { padding: .1em .25em } }
@media print { body { max-width: none; margin: 0; font-size: 11pt } tr { break-inside: avoid } }
@media screen and (prefers-color-scheme: dark) { .hit { color: #f77 } .warning { color: #e8e } }
</style>
"""


def render(page: Sequence[Block]) -> str:
    """Render a page; it fetches nothing, and its tables have borders that other programs take over."""
    head = _HEAD.replace("{title}", escape(clean(title(page) or "speeches")))
    return head + "".join(f"{_block(block)}\n" for block in page) + "</html>\n"


def _block(block: Block) -> str:
    if isinstance(block, Table):
        return _table(block)
    if block.style.startswith("h"):
        return f"<{block.style}>{_styled(block.lines)}</{block.style}>"
    return f'<p class="{block.style}">{_styled(block.lines)}</p>'


def _table(table: Table) -> str:
    classes = [' class="right"' if each.right else "" for each in table.columns]

    def row(tag: str, shown: Iterable[Cell]) -> str:
        both = zip(classes, shown, strict=True)
        return f"<tr>{''.join(f'<{tag}{name}>{_styled(each)}</{tag}>' for name, each in both)}</tr>"

    parts = ['<table border="1" cellspacing="0">']
    if table.headed:
        parts.append(f"<thead>{row('th', table.heads)}</thead>")
    for group in table.groups:
        parts.append("<tbody>")
        if group.title:
            parts.append(f'<tr><th colspan="{len(classes)}">{_styled([group.title])}</th></tr>')
        parts += [*(row("td", each) for each in group.rows), "</tbody>"]
    return "\n".join([*parts, "</table>"])


def _styled(lines: Iterable[Line]) -> str:
    return "<br>".join("".join(_part(*part) for part in line) for line in lines)


def _part(text: str, role: Role) -> str:
    shown = escape(clean(text))
    return f'<span class="{role}">{shown}</span>' if role else shown
