"""The bytes of a compilation → its lines, whether it is text in one of three encodings or Word."""

import re
from typing import NamedTuple

from speeches_cli.errors import CorpusError
from speeches_cli.messages import _

LONGEST = 2_000_000
"""In characters: more than any compilation has, and drafted in a minute or two."""

_LINE_END = re.compile("\r\n|[\n\r\x0b\x85\u2028\u2029]|(?<=\f)|(?=\f)")
_WORD = b"PK\x03\x04"
_OLD_WORD = b"\xd0\xcf\x11\xe0"
_NO_TEXT = (b"%PDF", b"{\\rtf")
_BYTE_ORDER_MARKS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
_RARE = 100
"""Of so many characters of a text, at most one is a control character."""
_CONTROL = re.compile("[\x00-\x08\x0e-\x19\x1b-\x1f]")


class Decoded(NamedTuple):
    """What a file holds: its lines as they stand, and what stands beside its text."""

    lines: list[str]
    """A line that is only a form feed ends a page."""
    beside: tuple[str, ...] = ()
    """Headers, footers and notes of a Word file, which have no place among the lines."""


def decode(data: bytes, *, file: str) -> Decoded:
    """Read UTF-8, GB18030, UTF-16 with a byte-order mark, or a Word file (.docx), whatever its name.

    Raises CorpusError for a file that is empty, too long, or no text.
    """
    if data.startswith(_WORD):
        from speeches_cli.drafting import word

        found = Decoded(*word.read(data, file=file))
    elif data.startswith(_OLD_WORD):
        raise CorpusError(_("an old Word or WPS file; open it there and save it as .docx"), file=file)
    elif (text := _text(data)) is None:
        raise CorpusError(_("not a text; save it as .docx, or as plain text in UTF-8"), file=file)
    else:
        found = Decoded(_LINE_END.split(text))
    if sum(map(len, found.lines)) > LONGEST:
        message = _("longer than {limit} characters; draft its parts one by one")
        raise CorpusError(message.format(limit=LONGEST), file=file)
    if not any(map(str.strip, found.lines)):
        raise CorpusError(_("the file is empty"), file=file)
    return found


def _text(data: bytes) -> str | None:
    """Decode a text; None where the bytes are no text in any encoding tried."""
    if data.startswith(_NO_TEXT):
        return None
    marked = next((name for mark, name in _BYTE_ORDER_MARKS.items() if data.startswith(mark)), None)
    for encoding in (marked,) if marked else ("utf-8", "gb18030"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        return text if len(_CONTROL.findall(text)) * _RARE <= len(text) else None
    return None
