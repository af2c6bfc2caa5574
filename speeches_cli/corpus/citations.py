"""The entry of a figure or numeral → the place of its cited words, and the quantity in them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import lru_cache
from operator import attrgetter
from typing import Any, NamedTuple

from speeches_cli import quantities, units
from speeches_cli.corpus.documents import Items, Node, Scalar
from speeches_cli.corpus.fields import Fields, Reader, Schema, one_of, remark, whole
from speeches_cli.errors import SpeechesError
from speeches_cli.messages import _
from speeches_cli.model import MEASURES, STATUSES, Figure, Passage, Span
from speeches_cli.quantities import Quantity


def _cites(read: Fields, node: Node | None, key: str) -> tuple[Scalar, ...]:
    if isinstance(node, Items):
        return read.texts(node, key)
    cite = read.text(node, key)
    return (cite,) if cite else ()


_TRUTH = {"true": True, "false": False}
_PLACE: Schema = {"cite": _cites, "section": whole}
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
    """Find each of an entry's citations: its paragraph, where it begins there, and its words.

    A section without paragraphs has a mistake in its text: citations of it are passed over.
    """
    section, occurrence = said["section"], said["occurrence"]
    if section is None or (occurrence is None and "occurrence" in node):
        return
    if section >= len(sections):
        message = _("there is no section {text}; the last is {last}")
        read.refuse(message, node["section"], "section", last=len(sections) - 1)
        return
    for cite in said["cite"] if sections[section] else ():
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


def starts(cite: str, text: str) -> Iterator[int]:
    """Yield where a citation begins in a text, places that overlap included."""
    at = text.find(cite)
    while at >= 0:
        yield at
        at = text.find(cite, at + 1)
