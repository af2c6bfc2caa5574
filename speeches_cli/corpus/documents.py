"""YAML text → a tree of plain values that know their line: the only module that knows YAML.

Every scalar is a string, exactly as it stands in the file: YAML's own guesses (`1:30` is 90,
`no` is False, `2023-09-18` a date) would change what an editor of the corpus wrote.
"""

import re
from collections.abc import Callable
from typing import Any, NoReturn

import yaml

from speeches_cli.errors import CorpusError
from speeches_cli.messages import _

MAXIMUM_DEPTH = 12  # A corpus nests six levels deep; more is no corpus

LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
DUMPER: Any = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
_NEVER_BROKEN = 2**31 - 1  # in characters, the largest width of a line that libyaml takes

_FORBIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]"
)
"""What YAML refuses, and line breaks that editors don't count (NEL, LS, PS) and byte-order marks."""


class Scalar(str):
    """A string that knows the line it stands on, counted from 1."""

    __slots__ = ("line",)
    line: int


class Items(list[Any]):
    """A list that knows the line it begins on."""

    line = 0


class Mapping(dict[Any, Any]):
    """A dict that knows the line it begins on; its keys are Scalars."""

    line = 0


Node = Scalar | Items | Mapping


def write(tree: dict[str, Any]) -> str:
    """Write plain values as a YAML document, each scalar on one line."""
    said: Any = {"allow_unicode": True, "sort_keys": False, "width": _NEVER_BROKEN}
    text: str = yaml.dump(tree, Dumper=DUMPER, **said)
    if "\\U000" in text:  # libyaml is quick, but writes rare Hanzi as escapes
        text = yaml.dump(tree, Dumper=yaml.SafeDumper, **said)
    return text


def parse(data: bytes, *, file: str, errors: list[CorpusError]) -> Node:
    """Parse one YAML document; control characters and repeated keys are added to `errors`.

    Raises CorpusError for what is no UTF-8, no YAML, empty, several documents or too deep, and for
    anchors, aliases and tags, which can make a small file enormous.
    """
    try:
        return _Tree(data.decode("utf-8-sig"), file, errors).document()
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise CorpusError(_("not UTF-8 text; save the file as UTF-8"), file=file, line=line) from None
    except (yaml.YAMLError, ValueError, OverflowError) as error:  # PyYAML's own scanner at "\U00110000"
        mark: Any = getattr(error, "problem_mark", None)
        message = _(
            "not YAML here, or just above: {problem}; keys end in ': ', half-width with a space"
        )
        said = message.format(problem=getattr(error, "problem", error))
        raise CorpusError(said, file=file, line=mark and mark.line + 1) from None


class _Tree:
    def __init__(self, text: str, file: str, errors: list[CorpusError]) -> None:
        self._file = file
        self._errors = errors
        self._next: Callable[[], Any] = LOADER(self._allowed(text, 1)).get_event

    def document(self) -> Node:
        _stream, first = self._next(), self._next()
        if isinstance(first, yaml.StreamEndEvent):
            raise CorpusError(_("the file is empty"), file=self._file)
        node = self._node(self._next(), 0)
        _end, second = self._next(), self._next()
        if not isinstance(second, yaml.StreamEndEvent):
            self._refuse(_("a second document begins here; a corpus is one"), second)
        return node

    def _node(self, event: Any, depth: int) -> Node:
        if event.anchor:
            self._refuse(_("anchors (&name) and aliases (*name) are not used in a corpus"), event)
        if event.tag:
            self._refuse(_("tags (!name) are not used in a corpus"), event)
        line = event.start_mark.line + 1
        if isinstance(event, yaml.ScalarEvent):
            escaped = event.style == '"'  # alone may write a character by its number
            scalar = Scalar(self._allowed(event.value, line) if escaped else event.value)
            scalar.line = line
            return scalar
        if depth == MAXIMUM_DEPTH:
            self._refuse(_("nested too deeply for a corpus"), event)
        nodes = Items()
        while not isinstance(inner := self._next(), yaml.CollectionEndEvent):
            nodes.append(self._node(inner, depth + 1))
        nodes.line = line
        if isinstance(event, yaml.SequenceStartEvent):
            return nodes
        mapping = Mapping()
        mapping.line = line
        for key, value in zip(nodes[::2], nodes[1::2], strict=True):
            if not isinstance(key, Scalar):
                raise CorpusError(_("a key must be a word"), file=self._file, line=key.line)
            if key in mapping:
                message = _("the key '{key}' stands twice in one entry", key=key)
                self._errors.append(CorpusError(message, file=self._file, line=key.line, key=str(key)))
            mapping[key] = value
        return mapping

    def _allowed(self, text: str, line: int) -> str:
        """Leave out of a text what is not allowed; it begins on `line`, and each line has one error."""
        if not _FORBIDDEN.search(text):
            return text
        for number, each in enumerate(text.split("\n"), start=line):
            if found := _FORBIDDEN.search(each):
                message = _("the character U+{code:04X} is not allowed", code=ord(found[0]))
                self._errors.append(CorpusError(message, file=self._file, line=number))
        return _FORBIDDEN.sub("", text)

    def _refuse(self, message: str, event: Any) -> NoReturn:
        raise CorpusError(message, file=self._file, line=event.start_mark.line + 1)
