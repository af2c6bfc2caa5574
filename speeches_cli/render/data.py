"""Records → JSON, JSON lines or CSV, always as text that is to be written in UTF-8."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from speeches_cli.messages import _
from speeches_cli.visible import clean

# OWASP, "CSV Injection", full-width forms included.
_RUNS_IN_A_SPREADSHEET = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
KEYS = """\
approximate as_written bound change characters compilation cost count date difference
difference_high difference_low district end entry figures file forms heading here how id indicator
key kind left line locator match measure meeting message note notes pages paragraph period phrase
post quotation quoted ratio ratio_high ratio_low repeats right scope section sentence setting
severity slug source speaker speech speeches start status sure title topic town towns unit value
variants warning why
"""  # the keys that stand over columns, to be said in the reader's language
_WORDED = ("measure", "status", "how", "severity", "change")
WORDS = """\
level increase change share rate actual plan exact homophone near pinyin problem new gone True False
"""  # the program's own words, which stand under these keys, and for yes and no
_SURROGATE = re.compile("[\ud800-\udfff]")
_ACTS = re.compile("[\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]")
"""Characters that JSON allows, but that act on terminals, editors or readers of lines."""


def json(value: Any, *, indent: int | None = 2) -> str:
    """Write a value as a JSON document, or without `indent` on one line; Chinese stays readable."""
    from json import dumps

    text = dumps(value, ensure_ascii=False, indent=indent)
    text = _ACTS.sub(lambda found: f"\\u{ord(found[0]):04x}", text)
    return _SURROGATE.sub("\ufffd", text) + "\n"


def csv(records: Sequence[Mapping[str, Any]]) -> str:
    """Write records as RFC 4180 CSV; a text that a spreadsheet would run as a formula gets a `'`."""
    from csv import writer
    from io import StringIO

    stream = StringIO()
    out = writer(stream)
    if records:
        out.writerow(map(_harmless, heads(records[0])))
        out.writerows(map(_harmless, told(record)) for record in records)
    return stream.getvalue()


def heads(record: Mapping[str, Any]) -> list[str]:
    """Name the columns of a table in the reader's language; English is the machine's."""
    return [_(key) for key in record]


def told(record: Mapping[str, Any]) -> list[Any]:
    """Give the cells of a row, the words that the program chose in the reader's language."""
    cells = []
    for key, value in record.items():
        is_word = isinstance(value, bool) or (key in _WORDED and value)
        cell = _(str(value)) if is_word else value
        # Excel reads a hyphen in a CSV file as one in a date
        cells.append(cell.replace("-", "–") if key == "pages" and cell else cell)
    return cells


def _harmless(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    text = clean(value)
    runs = text.startswith(_RUNS_IN_A_SPREADSHEET) and text not in _RUNS_IN_A_SPREADSHEET
    return "'" + text if runs else text
