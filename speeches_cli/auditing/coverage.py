"""Finds numerals of a text that no entry of the corpus cites."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from speeches_cli import quantities
from speeches_cli.auditing.remarks import Remark, Severity
from speeches_cli.messages import _

if TYPE_CHECKING:
    from speeches_cli.corpus import Paragraph

_NUMERAL = re.compile(r"[0-9０-９]+(?:[.．][0-9０-９]+)?")
_ORDER = re.compile(r"\s*[（(]?[0-9０-９]{1,2}[.．、)）](?![0-9０-９])")
"""The number of a heading or paragraph, as GB/T 9704 writes it: 1. or （1）."""
_QUOTED = re.compile("“[^”]*”?|《[^》]*》?")
_CONTEXT = 6
"""In characters, on each side of a numeral that is quoted."""


def uncovered(paragraph: Paragraph, *, file: str, entry: str) -> Iterator[Remark]:
    """Name every numeral that neither a figure nor a numeral entry cites.

    With Arabic digits it is a problem. A quantity in Chinese numerals (两个中心村) or an amount without
    one number (上千户) is but noted, for it may be a turn of phrase; in quotation marks it is a name
    (“三个清单”).
    """
    text = paragraph.passage.text
    open_ = bytearray(b"\1") * len(text)
    for span in paragraph.cited:
        open_[span.start : span.end] = bytes(span.end - span.start)
    if order := _ORDER.match(text):
        open_[: order.end()] = bytes(order.end())

    def remark(severity: Severity, message: str, start: int, end: int) -> Remark:
        around = text[max(start - _CONTEXT, 0) : end + _CONTEXT]
        said = message.format(numeral=text[start:end], around=around)
        return Remark(severity, file, paragraph.line, entry, paragraph.key, said)

    for match in _NUMERAL.finditer(text):
        if any(open_[slice(*match.span())]):
            open_[slice(*match.span())] = bytes(len(match[0]))
            message = _(
                "no figure and no numeral entry cites '{numeral}' in '{around}'; "
                "add it to 'figures', or to 'numerals' with the reason"
            )
            yield remark("problem", message, *match.span())
    for match in _QUOTED.finditer(text):
        open_[slice(*match.span())] = bytes(len(match[0]))
    stated = [(each.start, each.end) for each in quantities.find(text)]
    for start, end in (*stated, *quantities.passed_over(text)):
        if all(open_[start:end]):
            open_[start:end] = bytes(end - start)
            message = _("'{numeral}' in '{around}' may be a figure that 'figures' does not have yet")
            yield remark("note", message, start, end)
