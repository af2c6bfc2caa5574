"""Records → JSON, JSON lines or CSV, always as text that is to be written in UTF-8."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from speeches_cli.messages import _
from speeches_cli.visible import clean

# OWASP, "CSV Injection", full-width forms included.
_RUNS_IN_A_SPREADSHEET = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
_ONLY_IN_JSON = ("edits", "unsure")
_WORDED = ("measure", "status", "how", "severity", "change")
"""Keys of the program's own words, which like all keys are in the catalogue, but nowhere in `_()`."""
_SURROGATE = re.compile("[\ud800-\udfff]")
_ACTS = re.compile("[\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]")
"""Characters that JSON allows, but that act on terminals, editors or readers of lines."""


def json(value: Any, *, indent: int | None = 2) -> str:
    """Write a value as a JSON document, or without `indent` on one line; Chinese stays readable."""
    from json import dumps

    text = dumps(value, ensure_ascii=False, indent=indent)
    text = _ACTS.sub(lambda found: f"\\u{ord(found[0]):04x}", text)
    return _SURROGATE.sub("\ufffd", text) + "\n"


def csv(records: Iterable[Mapping[str, Any]]) -> str:
    """Write records as RFC 4180 CSV; a text that a spreadsheet would run as a formula gets a `'`."""
    from csv import writer
    from io import StringIO

    stream = StringIO()
    writer(stream).writerows(map(_harmless, row) for row in rows(records))
    return stream.getvalue()


def rows(records: Iterable[Mapping[str, Any]]) -> Iterator[list[Any]]:
    """Yield the heads and the cells of a table, in the reader's language where they are no data.

    What only JSON has room for is left out, and the parts of a list are set with spaces between.
    """
    for number, record in enumerate(records):
        cells = {key: value for key, value in record.items() if key not in _ONLY_IN_JSON}
        if not number:
            yield [_(key) for key in cells]
        for key, value in cells.items():
            if isinstance(value, list | tuple):
                cells[key] = " ".join(map(str, value))
            elif isinstance(value, bool) or (key in _WORDED and value):
                cells[key] = _(str(value))
            elif key == "pages" and value:
                cells[key] = value.replace("-", "–")  # Excel takes a hyphen in CSV for one in a date
        yield [*cells.values()]


def _harmless(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    text = clean(value)
    runs = text.startswith(_RUNS_IN_A_SPREADSHEET) and text not in _RUNS_IN_A_SPREADSHEET
    return "'" + text if runs else text
