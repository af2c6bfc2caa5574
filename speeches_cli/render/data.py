"""Records → JSON, JSON lines or CSV, always as text that is to be written in UTF-8."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from speeches_cli.visible import clean

# OWASP, "CSV Injection", full-width forms included.
_RUNS_IN_A_SPREADSHEET = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
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
        out.writerow(map(_harmless, records[0]))
        out.writerows(map(_harmless, record.values()) for record in records)
    return stream.getvalue()


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
