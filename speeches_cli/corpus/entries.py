"""Reads the entries of a corpus file by schemas of their keys, and the quantities that they cite."""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from operator import attrgetter
from typing import Any, NamedTuple

from speeches_cli import quantities, units
from speeches_cli.chinese import starts
from speeches_cli.corpus.documents import Items, Mapping, Node, Scalar
from speeches_cli.errors import CorpusError, SpeechesError
from speeches_cli.messages import _, mark
from speeches_cli.model import MEASURES, STATUSES, Figure, Passage, Span, is_date
from speeches_cli.quantities import Quantity

Reader = Callable[["Fields", Node | None, str], Any]
"""Reads the value of a key, or gives the one that stands for a missing key where the node is None."""
Schema = dict[str, Reader]
NOTHING = Scalar()  # in place of a text that is missing or wrong: no text of a corpus is empty
NOTHING.line = 0


@dataclass
class Fields:
    """Reads values of an entry; a mistake is added to `errors`, and its value is empty or None."""

    file: str
    errors: list[CorpusError]
    entry: str = ""

    def refuse(self, message: str, node: Node, key: str = "", **words: Any) -> Scalar:
        """Note what is wrong with a node, and give NOTHING in its place."""
        said = message.format(key=key, text=node, **words)
        self.errors.append(
            CorpusError(said, file=self.file, line=node.line, entry=self.entry, key=str(key))
        )
        return NOTHING

    def take(self, node: Node, required: Schema, extras: Schema) -> dict[str, Any]:
        """Read an entry that has all the required keys and no unknown one; an extra may be missing."""
        known = required | extras
        if not isinstance(node, Mapping):
            message = _("expected an entry with keys such as '{example}'")
            self.refuse(message, node, example=next(iter(required)))
            node, required = Mapping(), {}
        for key in node:
            if key not in known:
                message = _("unknown key '{key}'; known here: {known}")
                self.refuse(message, key, key, known=", ".join(known))
        for name in required:
            if name not in node:
                self.refuse(_("the key '{key}' is missing"), node, name)
        return {key: read(self, node.get(key), key) for key, read in known.items()}

    def text(self, node: Node | None, key: str) -> Scalar:
        """Take a text of one line that is not empty."""
        if node is None:
            return NOTHING
        if isinstance(node, Scalar) and not node.strip():
            return self.refuse(_("'{key}' is empty"), node, key)
        if not isinstance(node, Scalar) or "\n" in node or "\r" in node:
            message = _("'{key}' must be a text of one line; put quotes around one that contains ': '")
            return self.refuse(message, node, key)
        return node

    def items(self, node: Node | None, key: str) -> Items:
        """Take a list; one that is missing or wrong has line 0."""
        if isinstance(node, Items):
            return node
        if node is not None:
            self.refuse(_("'{key}' must be a list"), node, key)
        return Items()

    def texts(self, node: Node | None, key: str) -> tuple[Scalar, ...]:
        """Take a list of texts, which must not be empty, or one text; all of them, or none."""
        if isinstance(node, Items) and not node:
            self.refuse(_("'{key}' is empty"), node, key)
        listed = [node] if isinstance(node, Scalar) else self.items(node, key)
        found = [self.text(each, key) for each in listed]
        return tuple(found) if all(found) else ()


def form(
    test: Callable[[str], object], message: str, *, default: Any = "", make: Any = None, **words: str
) -> Reader:
    """Read a text that passes a test, and make something of it; of another the message is said."""

    def read(fields: Fields, node: Node | None, key: str) -> Any:
        text = NOTHING if node is None else fields.text(node, key)
        if text and not test(text):
            text = fields.refuse(_(message), text, key, **words)
        return (make(text) if make else text) if text else default

    return read


def one_of(known: Iterable[str], **given: Any) -> Reader:
    """Read one of the known words, or any where none are known; for the rest as `form` does."""
    words = tuple(known)
    message = mark("unknown {key} '{text}'; known: {known}")
    return form(lambda text: not words or text in words, message, known=", ".join(words), **given)


def named(value: Reader) -> Reader:
    """Read an entry of which every key is a name; nothing where a name is wrong."""

    def read(fields: Fields, node: Node | None, key: str) -> dict[Scalar, Any]:
        if node is not None and not isinstance(node, Mapping):
            fields.refuse(_("'{key}' must list names, each with a text"), node, key)
        listed = node.items() if isinstance(node, Mapping) else ()
        found = {fields.text(name, key): value(fields, each, name) for name, each in listed}
        return found if all(found) else {}

    return read


remark = form(bool, "", default=None)
whole = form(
    re.compile("0|[1-9][0-9]{0,8}").fullmatch,
    mark("'{key}' must be a whole number such as 3, not '{text}'"),
    default=None,
    make=int,
)
slug = form(
    re.compile("[a-z]+").fullmatch,
    mark("a slug is pinyin without tones, such as jiuquanlu, not '{text}'"),
)
day = form(is_date, mark("'{key}' must be a date such as 2023-09-18, not '{text}'"))
pages = form(
    re.compile("[1-9][0-9]{0,4}(-[1-9][0-9]{0,4})?").fullmatch,
    mark("'{key}' must be a page or two such as 5-6, not '{text}'"),
)
_TRUTH = {"true": True, "false": False}
_PLACE: Schema = {"cite": Fields.texts, "section": whole}
_EXTRAS: Schema = {
    "occurrence": whole,
    "measure": one_of(MEASURES, default="level"),
    "status": one_of(STATUSES, default="actual"),
    **dict.fromkeys(("period", "scope", "note", "setting"), remark),
    "sure": one_of(_TRUTH, make=_TRUTH.get, default=True),
    "repeats": one_of(_TRUTH, make=_TRUTH.get, default=False),
}


class Paragraph(NamedTuple):
    """A passage, and its place in the file."""

    passage: Passage
    key: str
    line: int
    cited: list[range]  # the stretches that figures and numerals cite


def figure(
    read: Fields, node: Any, sections: Sequence[list[Paragraph]], topic: Reader
) -> Figure | None:
    """Read a figure of a speech, which cites its sections; None where no quantity can be read."""
    said = read.take(node, _PLACE | {"indicator": Fields.text, "topic": topic}, _EXTRAS)
    found = [
        (place[0].passage, _quantity(read, *place)) for place in _places(read, node, said, sections)
    ]
    parts = [(passage, stated) for passage, stated in found if stated]
    if not parts or len(parts) < len(said["cite"]):
        return None
    spans = tuple(Span(passage.paragraph, each.start, each.end) for passage, each in parts)
    first, cite = parts[0][1], node["cite"]
    if len({(each.unit, each.bound) for _passage, each in parts}) > 1:
        read.refuse(_("the parts of a sum differ in unit or bound"), cite, "cite")
    if len(set(spans)) < len(spans):
        read.refuse(_("the sum counts one quantity twice"), cite, "cite")
    if units.is_relative(first.unit) and node.get("measure", "level") == "level":
        message = _("a figure in {unit} needs a measure: change, share, rate or increase")
        read.refuse(message, cite, "measure", unit=first.unit)
    return Figure(
        speech=parts[0][0].speech,
        as_written="+".join(each.fall + each.text for _passage, each in parts),
        value=sum((each.value for _passage, each in parts[1:]), first.value),
        unit=first.unit,
        bound=first.bound,
        sentence="",  # is read from the text when it is asked for
        spans=spans,
        line=node.line,
        **{name: said[name] for name in Figure._fields if name in said},
    )


def numeral(read: Fields, node: Any, sections: Sequence[list[Paragraph]]) -> None:
    """Check a numeral that is no quantity: its citation, and that it has a reason."""
    said = read.take(node, _PLACE | {"reason": Fields.text}, {"occurrence": whole})
    for paragraph, start, cite in _places(read, node, said, sections):
        paragraph.cited.append(range(start, start + len(cite)))


def _places(
    read: Fields, node: Any, said: dict[str, Any], sections: Sequence[list[Paragraph]]
) -> Iterator[tuple[Paragraph, int, Scalar]]:
    """Find each of an entry's citations: its paragraph, where it begins there, and its words."""
    section, occurrence = said["section"], said["occurrence"]
    if section is None or (occurrence is None and "occurrence" in node):
        return
    if section >= len(sections):
        message = _("there is no section {text}; the last is {last}")
        read.refuse(message, node["section"], "section", last=len(sections) - 1)
        return
    for cite in said["cite"] if sections[section] else ():  # a section with a mistake is empty
        places = [
            (each, at, cite) for each in sections[section] for at in starts(cite, each.passage.text)
        ]
        number = 1 if occurrence is None and len(places) == 1 else occurrence or 0
        if 1 <= number <= len(places):
            yield places[number - 1]
            continue
        message = _("the citation '{text}' does not stand in section {section}")
        if places:
            message = _(
                "the citation '{text}' stands {count} times in section {section}; "
                "cite more words, or say which by 'occurrence'"
            )
        read.refuse(message, cite, "cite", count=len(places), section=section)


def _quantity(read: Fields, paragraph: Paragraph, start: int, cite: Scalar) -> Quantity | None:
    """Read the one quantity where a citation stands, from all the text: it can't make 39个 a 9个."""
    stop = start + len(cite)
    found = _quantities(paragraph.passage.text)
    first = bisect_right(found, start, key=attrgetter("end"))
    match [each for each in found[first : first + 2] if each.start < stop]:
        case [stated] if stated.bound and start <= stated.start and stated.end <= stop:
            paragraph.cited.append(range(stated.start, stated.end))
            return stated
    paragraph.cited.append(range(start, stop))
    message = _("the citation '{text}' cuts a quantity of the text short; cite more words", text=cite)
    try:
        quantities.read_one(cite)
    except SpeechesError as error:
        message = str(error)
    read.refuse("{said}", cite, "cite", said=message)
    return None


_quantities = lru_cache(maxsize=8)(quantities.find)  # a paragraph's figures come in a row
