"""The bytes of a compilation → its lines without page furniture, and paragraphs rejoined from them."""

import codecs
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import pairwise
from math import inf
from statistics import median
from typing import NamedTuple

from speeches_cli import folding
from speeches_cli.chinese import CLOSING, SENTENCE_END, STATEMENT_END
from speeches_cli.drafting.values import Decoded, RawLine
from speeches_cli.errors import CorpusError
from speeches_cli.messages import _
from speeches_cli.visible import cells, clean

LONGEST = 800_000  # characters: a hundred times the eight speeches, drafted in ten seconds
_MOST_BYTES = 4 * LONGEST  # in any of the encodings: more are not decoded, for they are refused
_LEAST = 8  # characters: what a line counts as at least, because it costs time, however short
_LINE_END = re.compile("\r\n|[\n\r\x0b\x85\u2028\u2029]|(?<=\f)|(?=\f)")
_CONTROL = re.compile("[\x00-\x08\x0e-\x19\x1b-\x1f]")
_SAMPLE = 20_000
# The commonest characters of modern Chinese, simplified and traditional.
_COMMON = frozenset("的一是在不了有和人这這中大为為上个個国國我以要他时時来來用们們生到作地于於出工民")
_ORNAMENTS = r"[\s★☆*＊●•·…—–－―─=＝_~|#-]+"
_COUNT = "(?:[0-9０-９]{1,4}|[〇零一二三四五六七八九十百]{1,4})"
_FURNITURE = re.compile(
    rf"{_ORNAMENTS}(?:(?:{_COUNT}(?:\s*[/／]\s*{_COUNT})?|[ivx]{{1,6}}){_ORNAMENTS})?"
    rf"|(?:.{{1,40}}\s{{2,}})?第\s*{_COUNT}\s*页(?:[\s,，/／]*共\s*{_COUNT}\s*页)?"
    rf"|(?:page|p[.．])\s*{_COUNT}(?:\s*(?:of|/)\s*{_COUNT})?",
    re.IGNORECASE,
)  # is a page number or an ornament wherever it stands alone in its line
_NUMBERED = re.compile(
    r"(?P<before>(?:\S.{3,38}?\s)?\W{0,3})(?P<number>[0-9]{1,4})(?:\s*[/／]\s*[0-9]{1,4})?"
    r"(?P<behind>\W{0,3}(?:\s\S.{3,38})?)"
)  # is one where it comes again with a number that grows, or stands apart without a word
_TAG = re.compile("##[A-Za-z]+##")
_LONGEST_HEAD = 40  # characters
_LAYOUT_SPACE = re.compile("(?<=[^\x00-\x7f]) | (?=[^\x00-\x7f])")
_KANGXI = {code: unicodedata.normalize("NFKC", chr(code)) for code in range(0x2F00, 0x2FD6)}
_RADICALS = _KANGXI | folding.RADICALS
_NUMERAL = "[一二三四五六七八九十]{1,3}"
STYLES = tuple(
    re.compile(f"(?:(?P<head>^)|(?<=[{SENTENCE_END}])){style}", re.MULTILINE)
    for style in (
        rf"(?P<number>{_NUMERAL})[、．.]",
        rf"第(?P<number>{_NUMERAL})部分[、，：:．.]?",
        rf"[(（](?P<number>{_NUMERAL})[)）][、．.]?",
        r"(?P<number>[0-9０-９]{1,2})(?:[．.](?![0-9０-９])|、)",
        r"[(（](?P<number>[0-9０-９]{1,2})[)）][、．.]?",
        r"“(?P<number>[一二两三四五六七八九十])[^”，。\n]{1,4}”(?=[^，。；：！？\n]{2,16}(?:。|$))",
    )
)  # how sections are numbered, from the outermost: the first that a speech uses divides it
STARTS = re.compile(re.sub(r"\?P<\w+>", "?:", "|".join(style.pattern for style in STYLES[:-1])))
"""Matches a line that begins with a number of a section."""
ENDS = re.compile(f"[{STATEMENT_END}：:…][{CLOSING}]*$")  # a sentence, or a part of one
_GOES_ON = re.compile("[，,、（(“‘《「『·+＋—–-]$")
_CONTINUES = re.compile("[，,、。；：！？）)”’》」』…%％+＋]")
_NARROWEST = 36  # cells: no printed page has shorter lines, so no layout broke a shorter one
_NEARLY_FULL = 0.85
_FEW = 3


class PrintedLine(NamedTuple):
    """One line of text, with what the layout says about it."""

    number: int  # counted from 1 in the file
    printed: str  # as it stands, without the space around it
    text: str  # without the spaces that only the layout put between Hanzi
    gap: int  # how many lines before it were blank or page furniture
    indented: bool
    is_title: bool
    is_row: bool


def decode(data: bytes, *, file: str) -> Decoded:
    """Read UTF-8, GB18030, UTF-16 with a byte-order mark, or a Word file (.docx), whatever its name.

    Raises CorpusError for a file that is empty, too long, or no text.
    """
    if data.startswith(b"PK\x03\x04"):
        from speeches_cli.drafting import word  # python-docx takes as long as a short draft

        (lines, beside), text = word.read(data, file=file), ""
    else:
        text = _text(data, file)
        lines, beside = [RawLine(line) for line in _LINE_END.split(text[:LONGEST])], ()
    if len(text) > LONGEST or sum(max(len(line.text), _LEAST) for line in lines) > LONGEST:
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
        (b"<!doctype html", b"<html", b"<head", b"<?xml", b"mime-version:", b"from: <saved"): _(
            "a web page; open it, copy its text, and save that as plain text"
        ),
    }
    for marks, message in others.items():
        if head.startswith(marks):
            raise CorpusError(message, file=file)
    marked = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    for encoding in ("utf-16",) if marked else ("utf-8-sig", "gb18030"):
        try:
            decoder = codecs.getincrementaldecoder(encoding)()
            text = decoder.decode(data[:_MOST_BYTES], final=len(data) <= _MOST_BYTES)
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


def clean_lines(raw: Sequence[RawLine]) -> tuple[list[PrintedLine], list[tuple[int, str]]]:
    """Tell text from page furniture, and give both; what is left out has its line's number."""
    furniture = [(at, tag) for at, line in enumerate(raw, start=1) for tag in _TAG.findall(line.text)]
    found = [line._replace(text=_TAG.sub("", line.text)) for line in raw]
    left_out = _counted(found)
    for index, line in enumerate(found):
        if line.text == "\f" or (not line.is_row and _FURNITURE.fullmatch(line.text.strip())):
            left_out.add(index)
    left_out |= _running_heads(found, left_out)
    lines: list[PrintedLine] = []
    for index, (said, *kind) in enumerate(found):
        shown, text = clean(said), tidy(said)
        if index not in left_out and text:
            indented = shown.startswith(("  ", "\u3000"))
            gap = index - (lines[-1].number if lines else 0)
            lines.append(PrintedLine(index + 1, shown.strip(), text, gap, indented, *kind))
        elif said.strip():
            furniture.append((index + 1, said.strip()))
    return lines, sorted(furniture)


def tidy(text: str) -> str:
    """Drop spaces except between ASCII words, and make the text harmless to print."""
    return _LAYOUT_SPACE.sub("", " ".join(clean(text).translate(_RADICALS).split()))


def width(lines: Iterable[PrintedLine]) -> float | None:
    """Estimate the width in cells at which the layout breaks lines; None where it breaks none."""
    texts = (line.text for line in lines)
    broken = [cells(text) for text in texts if not ENDS.search(text) and not STARTS.match(text)]
    if len(broken) < _FEW or median(broken) < _NARROWEST:
        return None
    return _NEARLY_FULL * median(broken)


def join(lines: Sequence[PrintedLine], full: float | None) -> list[str]:
    """Rejoin paragraphs from lines that a layout of that width has broken."""
    indents = sum(line.indented for line in lines) >= _FEW
    paragraphs: list[list[str]] = []
    before, row = "", False
    for line in lines:
        new = STARTS.match(line.text) or (indents and line.indented) or line.is_row or row
        heading = STARTS.match(before) and "。" not in before
        limit = full or (inf if heading else _NARROWEST)
        wide = cells(before) >= limit
        open_end = not ENDS.search(before)
        goes_on = (wide and (open_end or indents)) or (indents and open_end)
        if before and (
            _CONTINUES.match(line.text) or (not new and (goes_on or _GOES_ON.search(before)))
        ):
            paragraphs[-1].append(line.text)
        else:
            paragraphs.append([line.text])
        before, row = line.text, line.is_row
    return [glue(parts) for parts in paragraphs]


def glue(parts: Sequence[str]) -> str:
    """Put the parts of a broken line together, with a space only between Latin words."""
    pieces = [*parts[:1]]
    for before, after in pairwise(parts):
        latin = all(each.isascii() and each.isalpha() for each in (before[-1], after[0]))
        pieces.append(f" {after}" if latin else after)
    return "".join(pieces)


def _counted(found: Sequence[RawLine]) -> set[int]:
    """Find the lines that come again with a number that grows, and numbers that stand apart."""
    alike: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for index, line in enumerate(found):
        match = None if line.is_row else _NUMBERED.fullmatch(line.text.strip()[: _LONGEST_HEAD + 9])
        if match and not ENDS.search(match["before"].strip()):
            kind = folding.fold(f"{match['before']}#{match['behind']}")
            alike[kind].append((index, int(match["number"])))
    pages: set[int] = set()
    filled = [False, *(bool(line.text.strip()) for line in found), False]
    for kind, places in alike.items():
        grows = sum(b[1] > a[1] for a, b in pairwise(places)) * 2 >= len(places) > 1
        words = re.search(r"\w", kind)
        for index, _number in places:
            beside = filled[index] + filled[index + 2]  # how many of the lines above and below
            if grows if words else beside <= grows:
                pages.add(index)
    return pages


def _running_heads(found: Sequence[RawLine], left_out: set[int]) -> set[int]:
    """Find the short lines that stand beside the furniture of three pages, and of every fourth."""
    shown = [index for index, line in enumerate(found) if index in left_out or line.text.strip()]
    beside: dict[str, list[int]] = defaultdict(list)
    for before, here, after in zip(shown, shown[1:], [*shown[2:], -1], strict=False):
        line = found[here]
        short = len(line.text) <= _LONGEST_HEAD and not line.is_row and not ENDS.search(line.text)
        if short and here not in left_out and not left_out.isdisjoint((before, after)):
            beside[folding.fold(line.text)].append(here)
    enough = max(3, len(left_out) / 4)
    return {here for places in beside.values() if len(places) >= enough for here in places}
