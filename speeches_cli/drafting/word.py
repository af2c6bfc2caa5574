"""A Word file → its lines: the only module that knows python-docx, which is an extra."""

import io
import re
import zipfile
from collections import Counter
from typing import Any, NamedTuple

from speeches_cli.drafting import ordinals
from speeches_cli.errors import CorpusError, SpeechesError
from speeches_cli.messages import _

LARGEST = 64 * 1024 * 1024
"""In bytes, of a Word file's parts unpacked: more than any compilation, less than a zip bomb."""

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_TEXT, _PARAGRAPH, _MOVED = f"{_W}t", f"{_W}p", f"{_W}moveFrom"
_BREAKS = {f"{_W}tab": "\t", f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "-"}
_BESIDE = ("/header", "/footer", "/footnotes", "/endnotes")
_CHINESE = ("chinese", "japanese", "taiwanese", "ideograph")
_MOST_STYLES = 10  # styles may be based on each other in a circle
_DEPTHS = "012345678"
_START = re.compile("[0-9]{1,4}")


class _Parts(NamedTuple):
    """What of a Word file holds text, and what numbers it, as XML elements; None where missing."""

    paragraphs: tuple[Any, ...]
    """In the order of the file, those of tables and text boxes included."""
    beside: tuple[Any, ...]
    styles: Any
    numbering: Any


def read(data: bytes, *, file: str) -> tuple[list[str], tuple[str, ...]]:
    """Give the lines of a Word file, and the texts that stand beside them: headers, footers, notes.

    What was deleted with changes tracked is not there. Raises CorpusError for any other zip file
    and for a damaged one, and SpeechesError where python-docx is not installed.
    """
    try:
        import docx
    except ImportError:
        message = _("Word files need python-docx: pip install 'speeches-cli[office]'")
        raise SpeechesError(message) from None
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            size = sum(each.file_size for each in archive.infolist())
        parts = _parts(docx.Document(io.BytesIO(data)).part) if size <= LARGEST else None
    except Exception:  # noqa: BLE001 - whatever a library says of a file that it can't read
        parts = None
    if parts is None:
        raise CorpusError(_("not a Word file (.docx), or a damaged one"), file=file)
    numbering = _Numbering(parts)
    lines: list[str] = []
    for paragraph in parts.paragraphs:
        text = _text(paragraph)
        label = numbering.label(paragraph) if text.strip() else ""
        lines += f"{label}{text}".split("\n")
    texts = (_text(each).strip() for element in parts.beside for each in element.iter(_PARAGRAPH))
    return lines, tuple(filter(None, texts))


def _parts(document: Any) -> _Parts:
    """Parse the parts of a file; whatever is wrong with it shows here."""
    from docx.oxml import parse_xml

    related = [
        (each.reltype, parse_xml(each.target_part.blob))
        for each in document.rels.values()
        if each.reltype.endswith((*_BESIDE, "/styles", "/numbering"))
    ]
    beside = tuple(element for kind, element in related if kind.endswith(_BESIDE))
    styles, numbering = (
        next((element for kind, element in related if kind.endswith(name)), None)
        for name in ("/styles", "/numbering")
    )
    return _Parts(tuple(document.element.body.iter(_PARAGRAPH)), beside, styles, numbering)


def _text(paragraph: Any) -> str:
    """Read a paragraph's own text: not that of boxes inside it, which have paragraphs themselves."""
    pieces: list[str] = []
    for node in paragraph.iter(_TEXT, *_BREAKS):
        if node.getparent().tag != f"{_W}r":
            continue  # a tab stop
        around = list(node.iterancestors(_PARAGRAPH, _FALLBACK, _MOVED))
        if around[0] is paragraph and not any(each.tag == _FALLBACK for each in around):
            pieces.append(_BREAKS.get(node.tag) or node.text or "")
    return "".join(pieces)


class _Numbering:
    """Counts the paragraphs that Word numbers by itself, whose numbers no text has."""

    def __init__(self, parts: _Parts) -> None:
        self._styles = _by(parts.styles, "style", "styleId")
        kinds = _by(parts.numbering, "abstractNum", "abstractNumId")
        self._levels = {
            number: _by(kinds[kind], "lvl", "ilvl")
            for number, each in _by(parts.numbering, "num", "numId").items()
            if (kind := _value(each, "abstractNumId")) in kinds
        }
        self._counts = Counter[tuple[str, str]]()

    def label(self, paragraph: Any) -> str:
        """Count a paragraph, and give the number that Word shows before it; empty for bullets."""
        number, depth = self._place(paragraph)
        levels = self._levels.get(number, {})
        if depth not in levels or _value(levels[depth], "numFmt") == "bullet":
            return ""
        self._counts[number, depth] += 1
        shown = _value(levels[depth], "lvlText")
        for place, each in enumerate(_DEPTHS, start=1):
            if each > depth:
                del self._counts[number, each]
            elif each in levels:
                shown = shown.replace(f"%{place}", self._shown(number, each, levels[each]))
        return shown

    def _shown(self, number: str, depth: str, level: Any) -> str:
        start = _START.fullmatch(_value(level, "start"))
        count = self._counts[number, depth] + (int(start[0]) if start else 1) - 1
        chinese = _value(level, "numFmt").startswith(_CHINESE)
        return ordinals.write(count) if chinese else str(count)

    def _place(self, paragraph: Any) -> tuple[str, str]:
        """Find the list and the level of a paragraph, which it may have from its style."""
        holder, style = paragraph, _value(paragraph.find(f"{_W}pPr"), "pStyle")
        for _step in range(_MOST_STYLES):
            properties = holder.find(f"{_W}pPr")
            found = None if properties is None else properties.find(f"{_W}numPr")
            if found is not None:
                return _value(found, "numId"), _value(found, "ilvl") or "0"
            if style not in self._styles:
                break
            holder = self._styles[style]
            style = _value(holder, "basedOn")
        return "", "0"


def _by(element: Any, name: str, key: str) -> dict[str, Any]:
    """Give the elements of one kind that stand in another, by one of their attributes."""
    found = () if element is None else element.iter(f"{_W}{name}")
    return {child.get(f"{_W}{key}", ""): child for child in found}


def _value(element: Any, name: str) -> str:
    """Read the value of a property; empty where it is missing."""
    child = None if element is None else element.find(f"{_W}{name}")
    return "" if child is None else child.get(f"{_W}val", "")
