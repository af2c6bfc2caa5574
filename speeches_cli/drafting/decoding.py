"""The bytes of a compilation → its lines, whether it is text in one of three encodings or Word."""

import codecs
import re

from speeches_cli.drafting.values import Decoded, RawLine
from speeches_cli.errors import CorpusError
from speeches_cli.messages import _

LONGEST = 800_000  # characters: a hundred times the eight speeches, drafted in ten seconds
_SHORT = 8  # characters: what a line counts as at least, because it costs time, however short
_LINE_END = re.compile("\r\n|[\n\r\x0b\x85\u2028\u2029]|(?<=\f)|(?=\f)")
_CONTROL = re.compile("[\x00-\x08\x0e-\x19\x1b-\x1f]")
_SAMPLE = 20_000
# The commonest characters of modern Chinese, simplified and traditional.
_COMMON = frozenset("的一是在不了有和人这這中大为為上个個国國我以要他时時来來用们們生到作地于於出工民")


def decode(data: bytes, *, file: str) -> Decoded:
    """Read UTF-8, GB18030, UTF-16 with a byte-order mark, or a Word file (.docx), whatever its name.

    Raises CorpusError for a file that is empty, too long, or no text.
    """
    if data.startswith(b"PK\x03\x04"):
        from speeches_cli.drafting import word  # python-docx takes as long as a short draft

        lines, beside = word.read(data, file=file)
    else:
        text = _text(data, file)
        lines, beside = [RawLine(line) for line in _LINE_END.split(text)], ()
    if sum(max(len(line.text), _SHORT) for line in lines) > LONGEST:
        message = _("longer than {limit} characters; draft its parts one by one", limit=LONGEST)
        raise CorpusError(message, file=file)
    if not any(line.text.strip() for line in lines):
        raise CorpusError(_("the file is empty"), file=file)
    return lines, beside


def _text(data: bytes, file: str) -> str:
    """Decode a text; CorpusError, which says what to try, where the bytes are none."""
    head = data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    others = {
        (b"%pdf",): _("a PDF file; open it, copy its text, and save that as .docx or as plain text"),
        (b"{\\rtf",): _("a rich text file (RTF); open it in Word or WPS and save it as .docx"),
        (b"\xd0\xcf\x11\xe0",): _("an old Word or WPS file; open it there and save it as .docx"),
        (b"<!doctype html", b"<html", b"<head", b"<?xml"): _(
            "a web page (HTML); open it, copy its text, and save that as plain text"
        ),
        (b"mime-version:", b"from: <saved"): _(
            "a saved web page (MHT); open it, copy its text, and save that as plain text"
        ),
    }
    for marks, message in others.items():
        if head.startswith(marks):
            raise CorpusError(message, file=file)
    marked = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    for encoding in ("utf-16",) if marked else ("utf-8-sig", "gb18030"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if len(_CONTROL.findall(text)) * 100 > len(text):
            break
        # As GB18030 nearly all bytes can be read, those of Big5 too: the common characters tell.
        texts = text[:_SAMPLE], data[:_SAMPLE].decode("big5", errors="ignore")
        gb, big5 = (sum(each in _COMMON for each in said) for said in texts)
        if encoding == "gb18030" and big5 > 2 * gb:
            raise CorpusError(_("a text in Big5; save it in UTF-8"), file=file)
        return text
    raise CorpusError(_("not a text; save it as .docx, or as plain text in UTF-8"), file=file)
