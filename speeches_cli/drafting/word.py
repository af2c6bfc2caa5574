"""A Word file → its lines: the only module that knows python-docx, which is an extra."""

from __future__ import annotations

import io
import zipfile
from collections import Counter
from collections.abc import Iterator
from typing import Any

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


def read(data: bytes, *, file: str) -> tuple[list[str], tuple[str, ...]]:
    """Give the lines of a Word file, and the texts that stand beside them: headers, footers, notes.

    What was deleted with changes tracked is not there. Raises CorpusError for any other zip file
    and for a damaged one, and SpeechesError where python-docx is not installed.
    """
    try:
        import docx
    except ImportError:
        message = _("Word files need python-docx: pip install 'speeches-cli[docx]'")
        raise SpeechesError(message) from None
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            size = sum(each.file_size for each in archive.infolist())
        part = docx.Document(io.BytesIO(data)).part if size <= LARGEST else None
    except Exception:  # noqa: BLE001 - whatever a library says of a file that it can't read
        part = None
    if part is None:
        raise CorpusError(_("not a Word file (.docx), or a damaged one"), file=file)
    return list(_lines(part)), tuple(_beside(part))


def _lines(part: Any) -> Iterator[str]:
    """Yield the paragraphs in the order of the file, those of tables and text boxes included."""
    numbering = _Numbering(part)
    for paragraph in part.element.body.iter(_PARAGRAPH):
        text = _text(paragraph)
        label = numbering.label(paragraph) if text.strip() else ""
        yield from f"{label}{text}".split("\n")


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


def _beside(part: Any) -> Iterator[str]:
    """Yield the text of each header, footer and note."""
    from docx.oxml import parse_xml

    for relation in part.rels.values():
        if relation.reltype.endswith(_BESIDE):
            for paragraph in parse_xml(relation.target_part.blob).iter(_PARAGRAPH):
                if text := _text(paragraph).strip():
                    yield text


class _Numbering:
    """Counts the paragraphs that Word numbers by itself, whose numbers no text has."""

    def __init__(self, part: Any) -> None:
        self._styles = _children(part, "/styles", f"{_W}style", f"{_W}styleId")
        lists = _children(part, "/numbering", f"{_W}num", f"{_W}numId")
        kinds = _children(part, "/numbering", f"{_W}abstractNum", f"{_W}abstractNumId")
        self._levels = {
            number: {level.get(f"{_W}ilvl", "0"): level for level in kind.iter(f"{_W}lvl")}
            for number, each in lists.items()
            if (kind := kinds.get(_value(each, "abstractNumId"))) is not None
        }
        self._counts = Counter[tuple[str, str]]()

    def label(self, paragraph: Any) -> str:
        """Count a paragraph, and give the number that Word shows before it; empty for bullets."""
        number, depth = self._place(paragraph)
        level = self._levels.get(number, {}).get(depth)
        if level is None or _value(level, "numFmt") == "bullet":
            return ""
        self._counts[number, depth] += 1
        for key in list(self._counts):
            if key[0] == number and key[1] > depth:
                del self._counts[key]
        shown = _value(level, "lvlText")
        for upper, each in self._levels[number].items():
            if upper <= depth:
                shown = shown.replace(f"%{int(upper) + 1}", self._count(number, upper, each))
        return shown

    def _count(self, number: str, depth: str, level: Any) -> str:
        count = self._counts[number, depth] + int(_value(level, "start") or 1) - 1
        kind = _value(level, "numFmt")
        return ordinals.write(count) if kind.startswith(_CHINESE) else str(count)

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


def _children(part: Any, relation: str, tag: str, key: str) -> dict[str, Any]:
    """Give the elements of one kind in a part that the document is related to, by an attribute."""
    found = (each.target_part for each in part.rels.values() if each.reltype.endswith(relation))
    return {child.get(key, ""): child for each in found for child in each.element.iter(tag)}


def _value(element: Any, name: str) -> str:
    """Read the value of a property; empty where it is missing."""
    child = None if element is None else element.find(f"{_W}{name}")
    return "" if child is None else child.get(f"{_W}val", "")
