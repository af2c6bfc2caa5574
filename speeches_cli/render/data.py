"""Records → JSON, JSON lines or CSV, always as text that is to be written in UTF-8."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

_RUNS_IN_A_SPREADSHEET = ("=", "+", "-", "@", "\t", "\r")


def json(value: Any) -> str:
    """Write a value as one indented JSON document; Chinese stays readable."""
    from json import dumps

    return _encodable(dumps(value, ensure_ascii=False, indent=2)) + "\n"


def jsonl(records: Sequence[Any]) -> str:
    """Write each record as JSON on a line of its own."""
    from json import dumps

    return "".join(_encodable(dumps(record, ensure_ascii=False)) + "\n" for record in records)


def csv(records: Sequence[Mapping[str, Any]]) -> str:
    """Write records as RFC 4180 CSV; a text that a spreadsheet would run as a formula gets a `'`."""
    from csv import writer
    from io import StringIO

    stream = StringIO()
    out = writer(stream)
    if records:
        out.writerow(records[0])
        out.writerows(map(_harmless, record.values()) for record in records)
    return _encodable(stream.getvalue())


def _harmless(value: Any) -> Any:
    if isinstance(value, str) and value.startswith(_RUNS_IN_A_SPREADSHEET):
        return "'" + value
    return value


def _encodable(text: str) -> str:
    """Replace what is no character, such as half of a surrogate pair, so that UTF-8 can hold it."""
    return text.encode("utf-8", "replace").decode("utf-8")
