"""The entry of a figure or numeral → the place of its cited words, and the quantity in them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from operator import attrgetter
from typing import Any, NamedTuple

from speeches_cli import quantities, units
from speeches_cli.corpus.documents import Items, Node, Scalar
from speeches_cli.corpus.fields import Fields, Schema, one_of, remark, whole
from speeches_cli.errors import SpeechesError
from speeches_cli.messages import _
from speeches_cli.model import MEASURES, STATUSES, Figure, Passage, Span
from speeches_cli.quantities import Quantity


def _cites(read: Fields, node: Node | None, key: str) -> tuple[Scalar, ...]:
    """Take one citation or a list of them; none where one is wrong."""
    if isinstance(node, Items):
        return read.texts(node, key)
    cite = read.text(node, key)
    return (cite,) if cite else ()


_TRUTH = {"true": True, "false": False}
_PLACE: Schema = {"cite": _cites, "section": whole}
_FIGURE = _PLACE | {"indicator": Fields.text}
_FIGURE_EXTRAS: Schema = {
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
    line: int
    cited: list[range]  # the stretches that figures and numerals cite

    @property
    def key(self) -> str:
        """The key under which it stands."""
        keys = ("heading", "paragraphs") if self.passage.section else ("title", "opening")
        return keys[min(self.passage.paragraph, 1)]


class Citations:
    """Reads the figures and numerals of one speech, which cite its sections.

    A section without paragraphs has a mistake in its text, which has to be mended first: citations of
    it are passed over.
    """

    def __init__(
        self, read: Fields, sections: Sequence[Sequence[Paragraph]], topics: Iterable[str]
    ) -> None:
        self._read = read
        self._sections = sections
        self._schema = _FIGURE | {"topic": one_of(topics)}

    def figure(self, node: Any) -> Figure | None:
        """Read a figure; None where it has no quantity that can be read."""
        said = self._read.take(node, self._schema, _FIGURE_EXTRAS)
        read = [(place[0].passage, self._quantity(*place)) for place in self._places(node, said)]
        parts = [(passage, stated) for passage, stated in read if stated]
        if not parts or len(parts) < len(said["cite"]):
            return None
        spans = tuple(Span(passage.paragraph, each.start, each.end) for passage, each in parts)
        first, cite = parts[0][1], node["cite"]
        if len({(each.unit, each.bound) for _passage, each in parts}) > 1:
            self._read.refuse(_("the parts of a sum differ in unit or bound"), cite, "cite")
        if len(set(spans)) < len(spans):
            self._read.refuse(_("the sum counts one quantity twice"), cite, "cite")
        if units.is_relative(first.unit) and node.get("measure", "level") == "level":
            message = _("a figure in {unit} needs a measure: change, share, rate or increase")
            self._read.refuse(message, cite, "measure", unit=first.unit)
        return Figure(
            speech=parts[0][0].speech,
            as_written="+".join(each.fall + each.text for _passage, each in parts),
            value=sum((each.value for _passage, each in parts[1:]), first.value),
            unit=first.unit,
            bound=first.bound,
            sentence="",  # is read from the text when it is asked for
            spans=spans,
            **{name: said[name] for name in Figure._fields if name in said},
        )

    def numeral(self, node: Any) -> None:
        """Check a numeral that is no quantity: its citation, and that it has a reason."""
        said = self._read.take(node, _PLACE | {"reason": Fields.text}, {"occurrence": whole})
        for paragraph, start, cite in self._places(node, said):
            paragraph.cited.append(range(start, start + len(cite)))

    def _places(self, node: Any, said: dict[str, Any]) -> Iterator[tuple[Paragraph, int, Scalar]]:
        """Find each of an entry's citations: its paragraph, where it begins there, and its words.

        Where the words stand more than once, `occurrence` says which is meant.
        """
        section, occurrence = said["section"], said["occurrence"]
        if section is None or (occurrence is None and "occurrence" in node):
            return
        if section >= len(self._sections):
            message = _("there is no section {text}; the last is {last}")
            last = len(self._sections) - 1
            self._read.refuse(message, node["section"], "section", last=last)
            return
        for cite in said["cite"] if self._sections[section] else ():
            places = [
                (paragraph, at, cite)
                for paragraph in self._sections[section]
                for at in starts(cite, paragraph.passage.text)
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
            self._read.refuse(message, cite, "cite", count=len(places), section=section)

    def _quantity(self, paragraph: Paragraph, start: int, cite: Scalar) -> Quantity | None:
        """Read the one quantity that the text states where a citation stands, and where exactly.

        It is read from the whole passage, so that a citation can't make 39个 a 9个.
        """
        stop = start + len(cite)
        found = _quantities(paragraph.passage.text)
        first = bisect_right(found, start, key=attrgetter("end"))
        stated = [each for each in found[first : first + 2] if each.start < stop]
        if len(stated) == 1 and stated[0].bound and start <= stated[0].start and stated[0].end <= stop:
            paragraph.cited.append(range(stated[0].start, stated[0].end))
            return stated[0]
        paragraph.cited.append(range(start, stop))
        message = _("the citation '{text}' cuts a quantity of the text short; cite more words")
        try:
            quantities.read_one(cite)
        except SpeechesError as error:
            message = str(error).replace("{", "{{").replace("}", "}}")
        self._read.refuse(message, cite, "cite")
        return None


_quantities = lru_cache(maxsize=8)(quantities.find)  # a paragraph's figures come in a row


def starts(cite: str, text: str) -> Iterator[int]:
    """Yield where a citation begins in a text, places that overlap included."""
    at = text.find(cite)
    while at >= 0:
        yield at
        at = text.find(cite, at + 1)
