"""The pages one reads: the list of speeches, and a speech."""

from collections.abc import Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from speeches_cli.messages import _
from speeches_cli.model import HEADING, OPENING, Figure, Passage, Speech
from speeches_cli.render import page, wording

if TYPE_CHECKING:
    from speeches_cli.search import Hit


def speeches(shown: Sequence[Speech], *, grouped: bool) -> page.Page:
    """List speeches by meeting, the newest first, and district, or with the district in a column."""
    several = len({each.compilation.date for each in shown}) > 1
    guessed = any(each.unsure for each in shown)
    heads = [_("Town"), "#", _("Speaker"), _("Title"), _("Chars"), _("Figures")]
    heads += [] if grouped else [_("District")]
    heads += [_("Not confirmed")] if guessed else []
    rows = []
    for each in sorted(shown, key=lambda each: each.compilation.date if grouped else "", reverse=True):
        title = f"{each.compilation.date}　{each.district}" if several else each.district
        values: list[str | int | page.Cell] = [each.town, page.cell(each.number, "strong")]
        values += [each.speaker, each.title, each.characters, each.figures]
        values += [] if grouped else [each.district]
        values += [page.cell(_(", ").join(each.unsure), "warning")] if guessed else []
        rows.append((title if grouped else "", values))
    return [page.table(heads, rows, _("District") if grouped else "")]


def speech(
    shown: Speech,
    passages: Sequence[Passage],
    figures: Sequence[Figure],
    *,
    with_figures: bool,
    hits: "Sequence[Hit]" = (),
) -> page.Page:
    """Set a speech, or some of its sections, with its figures or hits emphasised."""
    spans: dict[tuple[int, int], list[tuple[int, int]]] = {}
    for hit in hits:
        where = (hit.passage.section, hit.passage.paragraph)
        spans.setdefault(where, []).append((hit.start, hit.end))
    for figure in () if hits else figures:
        for span in figure.spans:
            spans.setdefault((figure.section, span.paragraph), []).append((span.start, span.end))
    pages = _("p. {pages}", pages=shown.pages) if shown.pages else ""
    source = "　".join(filter(None, (shown.compilation.title, shown.compilation.date, pages)))
    under = [page.line(f"{shown.post}　{shown.speaker}"), page.line((source, "muted"))]
    blocks: list[page.Block] = [page.Text("h1", [page.line(shown.title)]), page.Text("lines", under)]
    for section, members in groupby(passages, lambda passage: passage.section):
        for passage in members:
            emphasised = spans.get((section, passage.paragraph), ())
            line = page.highlighted(passage.text, emphasised, "hit" if hits else "figure")
            if passage.paragraph != HEADING:
                blocks.append(page.Text("prose", [line]))
            elif section != OPENING:
                locator = (f"　{shown.locator(section)}", "muted")
                blocks.append(page.Text("h2", [page.line(*line, locator)]))
        inside = [figure for figure in figures if figure.section == section]
        if with_figures and inside:
            rows = (
                ("", (each.indicator, page.cell(each.as_written, "figure"), wording.remarks(each)))
                for each in inside
            )
            blocks.append(page.table((_("Indicator"), _("Figure"), _("Remarks")), rows))
    return blocks
