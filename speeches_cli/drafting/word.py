"""A Word file (.docx) → its lines: python-docx opens it, and what it does not read is read here.

These are numbers of lists, ruby, equations, text boxes and deleted paragraph marks (ECMA-376).
"""

import io
import re
import zlib
from collections import ChainMap, defaultdict
from collections.abc import Mapping
from itertools import islice
from typing import Any
from zipfile import BadZipFile, ZipFile

import docx
from docx.oxml import parse_xml
from docx.oxml.ns import nsmap, qn
from docx.text.font import Font
from lxml.etree import LxmlError, strip_elements

from speeches_cli import numerals
from speeches_cli.drafting.values import Decoded, RawLine
from speeches_cli.errors import CorpusError
from speeches_cli.messages import _

LARGEST = 32 * 1024 * 1024  # bytes, of all XML; pictures are not unpacked
MOST_MARKS = 2_000_000  # tags and attributes
MOST_PARAGRAPHS = 100_000
_LONGEST_LABEL = 32
_MOST_STYLES = 10  # styles may be based on each other in a circle
_BESIDE = ("header", "footer", "footnotes", "endnotes", "comments")
_UNREAD = re.compile(
    rb"<Relationship\b(?![^>]*/(?:officeDocument|styles|numbering|%b)[\"'])[^>]*/>"
    % "|".join(_BESIDE).encode()
)
_STRICT = re.compile(rb"purl[.]oclc[.]org/ooxml/(wordprocessingml|officeDocument)")
_MACROS = b"ms-word.document.macroEnabled"
_DOCUMENT = b"openxmlformats-officedocument.wordprocessingml.document"
_NOT_SHOWN = ("{*}Fallback", "{*}moveFrom", "{*}rt")  # drawn twice, moved away, a character's reading
_W = {"w": nsmap["w"]}
_P, _ROW, _CELL = map(qn, ("w:p", "w:tr", "w:tc"))
_RUNS, _TEXTS = ([qn(f"{space}:{name}") for space in "wm"] for name in "rt")
_BREAKS = {qn("w:tab"): "\t", qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:noBreakHyphen"): "-"}


def read(data: bytes, *, file: str) -> Decoded:
    """Give the lines of a Word file, and what stands beside them; CorpusError where it is none."""
    message = _("a damaged Word file (.docx); open it in Word and save it anew")
    try:
        return _Reader(docx.Document(_repacked(data))).read()
    except OverflowError:
        message = _("this Word file unpacks to more than any compilation has")
    except KeyError:
        message = _("a zip file, but no Word file (.docx); unpack it, and draft what it holds")
    except (BadZipFile, zlib.error, LxmlError, OSError, ValueError, RuntimeError, AttributeError):
        pass
    raise CorpusError(message, file=file)


def _repacked(data: bytes) -> io.BytesIO:
    """Pack only the parts that hold text, for python-docx unpacks all, however large they are."""
    packed = io.BytesIO()
    marks = 0
    with ZipFile(io.BytesIO(data)) as old, ZipFile(packed, "w") as new:
        parts = {each for each in old.namelist() if each.endswith((".xml", ".rels"))}
        if sum(old.getinfo(each).file_size for each in parts) > LARGEST:
            raise OverflowError
        for each in parts:
            xml = _STRICT.sub(rb"schemas.openxmlformats.org/\1/2006", old.read(each))
            xml = _UNREAD.sub(b"", xml.replace(_MACROS, _DOCUMENT))
            marks += xml.count(b"<") + xml.count(b"=")
            if marks > MOST_MARKS:
                raise OverflowError
            new.writestr(each, xml)
        if not any(each.startswith("word/") for each in parts):
            raise KeyError
    return packed


class _Reader:
    """Reads the paragraphs of a document in their order; a table's row is one line."""

    def __init__(self, document: Any) -> None:
        self._body = document.element.body
        self._parts = [(each.reltype, each.target_part.blob) for each in document.part.rels.values()]
        self._styles = _by(document.styles.element, "w:style", "w:styleId")
        lists = next((blob for kind, blob in self._parts if kind.endswith("/numbering")), b"<none/>")
        self._numbering = _Numbering(parse_xml(lists))
        self._hidden: list[str] = []

    def read(self) -> Decoded:
        lines = self._lines(self._body)
        roots = [parse_xml(blob) for kind, blob in self._parts if kind.endswith(_BESIDE)]
        beside = [line.text.strip() for root in roots for line in self._lines(root)]
        return lines, tuple(dict.fromkeys(filter(None, (*self._hidden, *beside))))

    def _lines(self, root: Any) -> list[RawLine]:
        lines: dict[Any, list[RawLine]] = {}
        joined = ""  # a paragraph whose mark is deleted goes on in the next one
        for paragraph, text in self._texts(root).items():
            label, is_title = self._labelled(paragraph) if text.strip() else ("", False)
            joined += label + text
            lines[paragraph] = []
            if paragraph.find("w:pPr/w:rPr/w:del", _W) is None:
                parts = enumerate(joined.split("\n"))
                lines[paragraph] = [RawLine(part, is_title and not at) for at, part in parts]
                joined = ""
        for row in root.iter(_ROW):
            cells = [
                [line.text.strip() for each in cell.iter(_P) for line in lines[each]]
                for cell in row.iterchildren(_CELL)
            ]
            if len(texts := [*filter(None, map("".join, cells))]) > 1:
                lines |= {each: [] for each in row.iter(_P)}
                lines[next(row.iter(_P))] = [RawLine("\u3000".join(texts), is_row=True)]
        return [line for each in lines.values() for line in each] + [RawLine(joined)] * bool(joined)

    def _texts(self, root: Any) -> dict[Any, str]:
        """Give the text of each paragraph; what is hidden or crossed out is kept apart."""
        strip_elements(root, *_NOT_SHOWN, with_tail=False)
        pieces: dict[Any, list[str]] = {each: [] for each in islice(root.iter(_P), MOST_PARAGRAPHS)}
        if len(pieces) == MOST_PARAGRAPHS:
            raise OverflowError
        for each in root.iter(*_TEXTS, *_BREAKS):
            run = each.getparent()
            if run.tag not in _RUNS:
                continue
            font = Font(run) if run.tag == _RUNS[0] else None
            hidden = font and (font.hidden or font.strike or font.double_strike)
            paragraph = None if hidden else next(each.iterancestors(_P), None)
            pieces.get(paragraph, self._hidden).append(_BREAKS.get(each.tag, each.text or ""))
        return {paragraph: "".join(found) for paragraph, found in pieces.items()}

    def _labelled(self, paragraph: Any) -> tuple[str, bool]:
        """Give the number before a paragraph, and whether it is a first heading, as its styles say."""
        chain = [paragraph]
        name = _value("w:pPr/w:pStyle", paragraph)
        while name in self._styles and len(chain) < _MOST_STYLES:
            chain.append(self._styles[name])
            name = _value("w:basedOn", chain[-1])
        number, depth = (_value(f"w:pPr/w:numPr/w:{each}", *chain) for each in ("numId", "ilvl"))
        is_title = _value("w:pPr/w:outlineLvl", *chain) == "0"
        return self._numbering.label(number, depth or "0"), is_title


class _Numbering:
    """Counts the paragraphs that Word numbers by itself: for each abstract list, not each list."""

    def __init__(self, root: Any) -> None:
        kinds = _by(root, "w:abstractNum", "w:abstractNumId").items()
        levels = {kind: _by(each, "w:lvl", "w:ilvl") for kind, each in kinds}
        self._lists: dict[str, tuple[str, Mapping[str, Any], dict[str, Any]]] = {}
        for number, each in _by(root, "w:num", "w:numId").items():
            kind = _value("w:abstractNumId", each)
            own = _by(each, "w:lvlOverride/w:lvl", "w:ilvl")
            restarts = _by(each, "w:lvlOverride", "w:ilvl")
            self._lists[number] = kind, ChainMap(own, levels.get(kind, {})), restarts
        self._counts: dict[str, dict[int, int]] = defaultdict(dict)

    def label(self, number: str, depth: str) -> str:
        """Count a paragraph, and give the number that Word shows before it; empty for bullets."""
        kind, levels, restarts = self._lists.get(number, ("", {}, {}))
        if depth not in levels or _value("w:numFmt", levels[depth]) in ("bullet", "none"):
            return ""
        counts, place = self._counts[kind], int(depth)
        restart = _value("w:startOverride", restarts.pop(depth)) if depth in restarts else ""
        if restart or place not in counts:
            counts[place] = int((restart or _value("w:start", levels[depth]))[:4] or 1) - 1
        counts[place] += 1
        shown = _value("w:lvlText", levels[depth])[:_LONGEST_LABEL]
        legal = levels[depth].find("w:isLgl", _W) is not None
        for each in range(9):  # so many levels has a list
            if each > place:
                counts.pop(each, None)
            elif str(each) in levels:
                style = "decimal" if legal else _value("w:numFmt", levels[str(each)])
                shown = shown.replace(f"%{each + 1}", _shown(counts.get(each, 1), style))
        return shown


def _by(root: Any, path: str, key: str) -> dict[str, Any]:
    return {each.get(qn(key), ""): each for each in root.iterfind(path, _W)}


def _value(path: str, *elements: Any) -> str:
    """Give the value of a property of the first element that has it; empty where none has."""
    found = (each.find(path, _W) for each in elements)
    return next((each.get(qn("w:val"), "") for each in found if each is not None), "")


def _shown(count: int, style: str) -> str:
    if style.startswith(("chinese", "japanese", "taiwanese", "ideograph")) and count < 100:
        tens, ones = divmod(count, 10)
        digits = f" {numerals.ONES}"
        return (digits[tens] if tens > 1 else "") + ("十" if tens else "") + digits[ones].strip()
    return str(count)
