"""Records → an Excel workbook: the only module that knows XlsxWriter, which need not be installed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from io import BytesIO
from typing import Any

import xlsxwriter

from speeches_cli.messages import _
from speeches_cli.render import data
from speeches_cli.visible import cells, clean

_FONT = "宋体"
_LONGEST_CELL = 32_767
"""In characters: Excel takes no more in one cell."""
_WIDEST_COLUMN = 60
"""In cells: longer texts are folded."""


def render(records: Sequence[Mapping[str, Any]], about: Sequence[str]) -> bytes:
    """Write records as a sheet, and on a second one what it is about.

    Numbers are numbers, and every text is a text, whatever it begins with.
    """
    written = BytesIO()
    with xlsxwriter.Workbook(written) as book:
        base = {"font_name": _FONT, "valign": "top", "text_wrap": True}
        style, head = book.add_format(base), book.add_format({**base, "bold": True, "bottom": 1})
        sheet = book.add_worksheet(_("Table"))
        heads = data.heads(records[0]) if records else []
        rows = [heads, *(data.told(record) for record in records)]
        for number, row in enumerate(rows):
            for column, value in enumerate(row):
                _write(sheet, number, column, value, style if number else head)
        for column, values in enumerate(zip(*rows, strict=True)):
            widest = max(cells(str(value)) for value in values)
            sheet.set_column(column, column, min(widest + 3, _WIDEST_COLUMN))
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, max(len(rows) - 1, 1), max(len(heads) - 1, 0))
        sheet.repeat_rows(0)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        note = book.add_worksheet(_("About"))
        note.set_column(0, 0, _WIDEST_COLUMN)
        for number, line in enumerate(about):
            _write(note, number, 0, line, style)
    return written.getvalue()


def _write(sheet: Any, row: int, column: int, value: Any, style: Any) -> None:
    if isinstance(value, bool):
        sheet.write_boolean(row, column, value, style)
    elif isinstance(value, int | float):
        sheet.write_number(row, column, value, style)
    elif value is not None:
        sheet.write_string(row, column, clean(str(value))[:_LONGEST_CELL], style)
