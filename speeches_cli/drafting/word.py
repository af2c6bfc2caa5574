"""A Word file (.docx) → its lines, with nothing but the standard library's readers of zip and XML.

Numbers, hidden words, ruby, equations and tables are read as ECMA-376 defines them; libraries that
extract text were tried and lose them. XML is read as a stream, whatever it holds.
"""

import io
import re
import zipfile
import zlib
from collections import defaultdict
from itertools import pairwise
from typing import NamedTuple
from xml.etree.ElementTree import Element, ParseError, fromstring, iterparse

from speeches_cli.drafting import ordinals
from speeches_cli.drafting.values import Decoded, RawLine
from speeches_cli.errors import CorpusError
from speeches_cli.messages import _

LARGEST = 32 * 1024 * 1024
"""In bytes, of one part's XML; pictures are not read."""
MOST_TAGS = 1_500_000
"""Of one part: more than a compilation at the limit of the drafting has."""
MOST_PARAGRAPHS = 200_000
_LONGEST_LABEL = 32
_MOST_STYLES = 10  # styles may be based on each other in a circle
_BESIDE = re.compile("(?:header|footer|footnotes|endnotes|comments)[0-9]*[.]xml")
_CHINESE = ("chinese", "japanese", "taiwanese", "ideograph")
_BREAKS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_SKIPPED = ("Fallback", "moveFrom", "rt", "tabs")
"""Elements whose text is drawn a second time, has moved away, or says how to read a character."""
_HIDDEN = ("vanish", "strike", "dstrike")
_OFF = ("0", "false", "off")
_CELL_GAP = "\u3000"
_NOTHING = Element("nothing")
_START = re.compile("[0-9]{1,4}")


def read(data: bytes, *, file: str) -> Decoded:
    """Give the lines of a Word file, and what stands beside them.

    Raises CorpusError for any other zip file, and for a damaged one.
    """
    message = _("a damaged Word file (.docx); open it in Word and save it anew")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return _read(archive)
    except _TooLarge:
        message = _("this Word file unpacks to more than any compilation has")
    except KeyError:
        message = _("a zip file, but no Word file (.docx); unpack it, and draft what it holds")
    except (zipfile.BadZipFile, zlib.error, ParseError, OSError, EOFError, ValueError, RuntimeError):
        pass
    raise CorpusError(message, file=file)


class _TooLarge(Exception):
    """A part is larger than any compilation's."""


def _read(archive: zipfile.ZipFile) -> Decoded:
    """Read the text, and then headers, notes and comments; KeyError in a file that has no text."""
    main = ""
    for each in fromstring(_open(archive, "_rels/.rels")):  # noqa: S314 - `_open` lets no entity in
        if each.get("Type", "").endswith("/officeDocument"):
            main = each.get("Target", "").lstrip("/")
    folder, _slash, name = main.rpartition("/")
    if not name.startswith("document"):
        raise KeyError(main)
    names = archive.namelist()
    styles, numbering = (
        fromstring(_open(archive, path)) if path in names else _NOTHING  # noqa: S314
        for path in (f"{folder}/styles.xml".lstrip("/"), f"{folder}/numbering.xml".lstrip("/"))
    )
    text = _Story(_Styles(styles), _Numbering(numbering))
    lines = text.lines(_open(archive, main))
    beside = list(text.beside)
    for path in names:
        if path.startswith(folder) and _BESIDE.fullmatch(path.rpartition("/")[2]):
            other = _Story(_Styles(_NOTHING), _Numbering(_NOTHING))
            beside += [line.text.strip() for line in other.lines(_open(archive, path))]
    return Decoded(lines, tuple(dict.fromkeys(filter(None, beside))))


def _open(archive: zipfile.ZipFile, name: str) -> bytes:
    """Unpack a part, in so far as it can be one of a compilation."""
    with archive.open(name) as stream:
        found = stream.read(LARGEST + 1)
    if len(found) > LARGEST or found.count(b"<") > MOST_TAGS:
        raise _TooLarge
    if b"<!DOCTYPE" in found:
        raise ValueError(name)
    return found


class _Paragraph(NamedTuple):
    """A paragraph while it is read; a property `del` deletes its mark."""

    slot: int
    pieces: list[str]
    properties: dict[str, str]


class _Story:
    """Reads the paragraphs of one part in the order in which they begin; a table's row is one line."""

    def __init__(self, styles: "_Styles", numbering: "_Numbering") -> None:
        self._styles, self._numbering = styles, numbering
        self.beside: list[str] = []
        self._slots: list[list[RawLine]] = []
        self._open: list[_Paragraph] = []
        self._rows: list[tuple[int, list[int]]] = []
        self._path: list[str] = []
        self._is_hidden = False
        self._joined = ""  # a paragraph whose mark is deleted, which goes on in the next

    def lines(self, xml: bytes) -> list[RawLine]:
        """Read all lines of a part."""
        skipped = 0
        for event, element in iterparse(io.BytesIO(xml), events=("start", "end")):  # noqa: S314
            name = _local(element.tag)
            skipped += (name in _SKIPPED) * (1 if event == "start" else -1)
            if event == "start":
                self._path.append(name)
                self._begin(name)
                continue
            self._path.pop()
            if self._open and (not skipped or name == "p"):
                self._end(name, element, self._open[-1])
            if name == "tr" and self._rows:
                start, cells = self._rows.pop()
                self._slots[start:] = [_row(self._slots[start:], [cell - start for cell in cells])]
            element.clear()
        self._slots.append([RawLine(self._joined)] if self._joined else [])
        return [line for slot in self._slots for line in slot]

    def _begin(self, name: str) -> None:
        if name == "p":
            if len(self._slots) > MOST_PARAGRAPHS:
                raise _TooLarge
            self._open.append(_Paragraph(len(self._slots), [], {}))
            self._slots.append([])
        elif name == "r":
            self._is_hidden = False
        elif name == "tr":
            self._rows.append((len(self._slots), []))
        elif name == "tc" and self._rows:
            self._rows[-1][1].append(len(self._slots))

    def _end(self, name: str, element: Element, paragraph: _Paragraph) -> None:
        parents, value = self._path[-2:], _attribute(element, "val")
        if name == "p":
            self._finish(self._open.pop())
        elif name == "t" or (name in _BREAKS and parents[-1:] == ["r"]):
            said = (element.text or "") if name == "t" else _BREAKS[name]
            (self.beside if self._is_hidden else paragraph.pieces).append(said)
        elif parents == ["r", "rPr"]:
            self._is_hidden = self._is_hidden or (name in _HIDDEN and value not in _OFF)
        elif parents == ["pPr", "rPr"] or parents[-1:] in (["pPr"], ["numPr"]):
            paragraph.properties[name] = value

    def _finish(self, paragraph: _Paragraph) -> None:
        """Put a paragraph's lines where it began, with the number that Word shows before them."""
        text = "".join(paragraph.pieces)
        properties = self._styles.inherited(paragraph.properties)
        if text.strip():
            label = self._numbering.label(properties.get("numId", ""), properties.get("ilvl") or "0")
            text = f"{label}{text}"
        text = self._joined + text
        self._joined = text if "del" in properties else ""
        if not self._joined:
            title = properties.get("outlineLvl") == "0"
            lines = (RawLine(line, title and not at) for at, line in enumerate(text.split("\n")))
            self._slots[paragraph.slot] = list(lines)


def _row(slots: list[list[RawLine]], cells: list[int]) -> list[RawLine]:
    """Make one line of a table's row; what a single cell holds stays as it is."""
    parts = [slots[start:stop] for start, stop in pairwise([*cells, len(slots)])]
    texts = ["".join(line.text.strip() for lines in part for line in lines) for part in parts]
    if sum(map(bool, texts)) < 2:
        return [line for lines in slots for line in lines]
    return [RawLine(_CELL_GAP.join(filter(None, texts)), is_row=True)]


class _Styles:
    """Knows what paragraphs have from their styles: list, level, and whether they are headings."""

    def __init__(self, styles: Element) -> None:
        self._styles = _by(styles, "style", "styleId")

    def inherited(self, properties: dict[str, str]) -> dict[str, str]:
        """Add to a paragraph's own properties those of its style, and of that style's own."""
        found, style = dict(properties), properties.get("pStyle", "")
        for step in range(_MOST_STYLES):
            if style not in self._styles:
                break
            element = self._styles[style]
            if _value(element, "name").lower() in ("heading 1", "标题 1") and not step:
                found.setdefault("outlineLvl", "0")
            for name in ("numId", "ilvl", "outlineLvl"):
                if value := _value(element, name):
                    found.setdefault(name, value)
            style = _value(element, "basedOn")
        return found


class _Numbering:
    """Counts the paragraphs that Word numbers by itself: for each abstract list, not each list."""

    def __init__(self, numbering: Element) -> None:
        kinds = _by(numbering, "abstractNum", "abstractNumId")
        self._levels = {kind: _by(each, "lvl", "ilvl") for kind, each in kinds.items()}
        self._lists = {
            number: (_value(each, "abstractNumId"), _by(each, "lvlOverride", "ilvl"))
            for number, each in _by(numbering, "num", "numId").items()
        }
        self._counts: dict[str, dict[int, int]] = defaultdict(dict)
        self._begun: set[tuple[str, str]] = set()

    def label(self, number: str, depth: str) -> str:
        """Count a paragraph, and give the number that Word shows before it; empty for bullets."""
        kind, overrides = self._lists.get(number, ("", {}))
        levels = dict(self._levels.get(kind, {}))
        for override in overrides.values():
            levels |= _by(override, "lvl", "ilvl")
        if depth not in levels or _value(levels[depth], "numFmt") in ("bullet", "none"):
            return ""
        counts, place, start = self._counts[kind], int(depth), _value(levels[depth], "start")
        if depth in overrides and (number, depth) not in self._begun:
            self._begun.add((number, depth))
            if restart := _value(overrides[depth], "startOverride"):
                start = restart
                counts.pop(place, None)
        first = int(start) if _START.fullmatch(start) else 1
        counts[place] = counts.get(place, first - 1) + 1
        for deeper in [each for each in counts if each > place]:
            del counts[deeper]
        legal = any(_local(each.tag) == "isLgl" for each in levels[depth])
        shown = _value(levels[depth], "lvlText")[:_LONGEST_LABEL]
        for each in range(place + 1):
            if (level := levels.get(str(each))) is not None:
                style = "decimal" if legal else _value(level, "numFmt")
                shown = shown.replace(f"%{each + 1}", _shown(counts.get(each, 1), style))
        return shown


def _shown(count: int, style: str) -> str:
    """Write a number as a list of that style does."""
    if style.startswith(_CHINESE):
        return ordinals.write(count)
    if style in ("upperLetter", "lowerLetter") and count <= 26:
        return chr(ord("A" if style == "upperLetter" else "a") + count - 1)
    return str(count)


def _local(tag: str) -> str:
    """Name an element without its namespace, of which Word has two: transitional and strict."""
    return tag.rpartition("}")[2]


def _attribute(element: Element, name: str) -> str:
    return next((value for key, value in element.items() if _local(key) == name), "")


def _by(element: Element, name: str, key: str) -> dict[str, Element]:
    """Give the elements of one kind that stand in another, by one of their attributes."""
    return {_attribute(child, key): child for child in element.iter() if _local(child.tag) == name}


def _value(element: Element, name: str) -> str:
    """Read the value of the first property of that name; empty where it is missing."""
    return next((_attribute(each, "val") for each in element.iter() if _local(each.tag) == name), "")
