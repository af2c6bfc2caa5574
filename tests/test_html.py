"""HTML: documents whose tables any font aligns, and in which no word of a speech is markup."""

from __future__ import annotations

import pytest

from speeches_cli.render import html, page
from speeches_cli.render.page import Column, Group, Lines, Page, Prose, Rule, Table
from tests.shown import HOSTILE

HEADED = Table(
    (Column("指标"), Column("数", right=True)),
    (
        Group(page.line(("甲区", "strong")), ((page.cell("网格数"), page.cell("54个", "figure")),)),
        Group((), ((page.cell("乙"), (page.line("46个"), page.line(("39+7", "muted")))),)),
    ),
)


def _body(*blocks: page.Block) -> str:
    """Render blocks and give what stands between the head and the end of the document."""
    return html.render(Page(blocks)).partition("</style>\n")[2].removesuffix("</html>\n")


def test_headings_prose_and_lines() -> None:
    """Headings have their level, prose its indent, lines their breaks, and hits their colour."""
    assert _body(
        Rule(page.line("题"), level=1),
        Prose(page.line("践行“", ("枫桥", "hit"), "”")),
        Lines((page.line("甲"), page.line(("乙", "muted")))),
    ) == (
        "<h1>题</h1>\n"
        '<p class="prose">践行“<span class="hit">枫桥</span>”</p>\n'
        '<p>甲<br><span class="muted">乙</span></p>\n'
    )


def test_tables() -> None:
    """A group is a body under its title, numbers stand right, and a cell may have several lines."""
    assert _body(HEADED) == (
        "<table>\n"
        '<thead><tr><th>指标</th><th class="right">数</th></tr></thead>\n'
        "<tbody>\n"
        '<tr><th colspan="2"><span class="strong">甲区</span></th></tr>\n'
        '<tr><td>网格数</td><td class="right"><span class="figure">54个</span></td></tr>\n'
        "</tbody>\n"
        "<tbody>\n"
        '<tr><td>乙</td><td class="right">46个<br><span class="muted">39+7</span></td></tr>\n'
        "</tbody>\n"
        "</table>\n"
    )


def test_a_table_without_heads_has_no_empty_line_for_them() -> None:
    """Terms and what they mean need no heads."""
    terms = Table((Column(""), Column("")), (Group((), ((page.cell("甲"), page.cell("乙")),)),))
    assert _body(terms) == "<table>\n<tbody>\n<tr><td>甲</td><td>乙</td></tr>\n</tbody>\n</table>\n"


def test_a_document_stands_alone() -> None:
    """Its encoding and language are named, and nothing is fetched from anywhere."""
    made = html.render(Page((HEADED,)))
    assert made.startswith('<!doctype html>\n<html lang="zh-CN">\n<meta charset="utf-8">\n')
    assert made.endswith("</table>\n</html>\n")
    assert "http" not in made


@pytest.mark.parametrize("text", [*HOSTILE, "<script>alert(1)</script>", "a & b", '"甲'])
def test_nothing_in_a_text_is_markup(text: str) -> None:
    """Tags, entities and control characters of a speech are only shown, wherever they stand."""
    made = _body(
        Rule(page.line(text)),
        Lines((page.line((text, "hit")),)),
        Table((Column(text),), (Group(page.line(text), ((page.cell(text),),)),)),
    )
    assert "<script" not in made
    assert "& " not in made
    assert made.replace("\n", "").isprintable()
