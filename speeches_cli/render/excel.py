"""Records → an Excel workbook: the only module that knows XlsxWriter, which need not be installed."""

from collections.abc import Iterable, Mapping, Sequence
from io import BytesIO
from typing import Any

import xlsxwriter

from speeches_cli.messages import _
from speeches_cli.render import data
from speeches_cli.visible import cells, clean

_LONGEST_CELL = 32_767  # in characters: Excel takes no more in one cell
_WIDEST_COLUMN = 60  # in cells: longer texts are folded
_TEXTS_ARE_TEXTS = {"strings_to_formulas": False, "strings_to_urls": False}


def render(records: Iterable[Mapping[str, Any]], about: Sequence[str]) -> bytes:
    """Write records as a sheet, in which every text stays a text, and on a second what it is about."""
    written = BytesIO()
    with xlsxwriter.Workbook(written, _TEXTS_ARE_TEXTS) as book:
        base = {"font_name": "宋体", "valign": "top", "text_wrap": True}
        style, head = book.add_format(base), book.add_format({**base, "bold": True, "bottom": 1})
        sheet = book.add_worksheet(_("Table"))
        rows = [*data.rows(records)]
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, map(_safe, row), style if number else head)
        for column, values in enumerate(zip(*rows, strict=True)):
            widest = max(cells(str(value)) for value in values)
            sheet.set_column(column, column, min(widest + 3, _WIDEST_COLUMN))
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, max(len(rows) - 1, 1), max(len(rows[0]) - 1, 0) if rows else 0)
        sheet.repeat_rows(0)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        note = book.add_worksheet(_("About"))
        note.set_column(0, 0, _WIDEST_COLUMN)
        note.write_column(0, 0, map(_safe, about), style)
    return written.getvalue()


def _safe(value: Any) -> Any:
    return clean(value)[:_LONGEST_CELL] if isinstance(value, str) else value
