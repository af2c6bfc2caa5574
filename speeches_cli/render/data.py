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


def json(value: Any) -> str:
    """Write a value as one indented JSON document; Chinese stays readable."""
    return _dumped(value, indent=2)


def jsonl(records: Sequence[Any]) -> str:
    """Write each record as JSON on a line of its own."""
    return "".join(_dumped(record, indent=None) for record in records)


def csv(records: Sequence[Mapping[str, Any]]) -> str:
    """Write records as RFC 4180 CSV; a text that a spreadsheet would run as a formula gets a `'`."""
    from csv import writer
    from io import StringIO

    stream = StringIO()
    out = writer(stream)
    if records:
        out.writerow(map(_harmless, heads(records[0])))
        out.writerows(map(_harmless, map(_answered, told(record))) for record in records)
    return stream.getvalue()


def heads(record: Mapping[str, Any]) -> list[str]:
    """Name the columns of a table in the reader's language; English is the machine's."""
    return [_(key) for key in record]


def _answered(value: Any) -> Any:
    return _(str(value)) if isinstance(value, bool) else value


def told(record: Mapping[str, Any]) -> list[Any]:
    """Give the cells of a row, the words that the program chose in the reader's language."""
    return [_told(key, value) for key, value in record.items()]


def _told(key: str, value: Any) -> Any:
    if key == "pages" and value:
        return value.replace("-", "–")  # Excel reads a hyphen in a CSV file as one in a date
    return _(value) if key in _WORDED and value else value


def _dumped(value: Any, *, indent: int | None) -> str:
    from json import dumps

    text = dumps(value, ensure_ascii=False, indent=indent)
    text = _ACTS.sub(lambda found: f"\\u{ord(found[0]):04x}", text)
    return _SURROGATE.sub("\ufffd", text) + "\n"


def _harmless(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    text = clean(value)
    runs = text.startswith(_RUNS_IN_A_SPREADSHEET) and text not in _RUNS_IN_A_SPREADSHEET
    return "'" + text if runs else text
