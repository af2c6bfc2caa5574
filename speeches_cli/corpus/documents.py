"""YAML text → a tree of plain values that know their line: the only module that knows YAML.

Every scalar is a string, exactly as it stands in the file: YAML's own guesses (`1:30` is 90,
`no` is False, `2023-09-18` a date) would change what an editor of the corpus wrote.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import yaml

from speeches_cli.errors import CorpusError
from speeches_cli.messages import _

MAXIMUM_DEPTH = 12
"""A corpus nests six levels deep; more is no corpus."""

LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
DUMPER: Any = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
_NEVER_BROKEN = 2**31 - 1
"""In characters, the largest width of a line that libyaml takes."""

# More flow collections inside one another than a corpus has: some versions of PyYAML refuse so many
# themselves before the first event comes, some do not.
_BOTTOMLESS = re.compile(rf"(?:[\[{{][^\[\]{{}}\n]{{0,99}}){{{MAXIMUM_DEPTH + 1}}}")
# Beside what YAML refuses, also its line breaks that editors don't count as such (NEL, LS, PS) and
# byte-order marks inside the text.
_FORBIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]"
)
# After a dash, what is not in small Latin letters may be a paragraph.
_MISPUNCTUATED = re.compile(r"(?: *- +(?=[a-z]+[:：])| *)(\w+)(?:：|:(?=[^\s/]))")


class Scalar(str):
    """A string that knows the line it stands on, counted from 1."""

    __slots__ = ("line",)
    line: int


class Items(list[Any]):
    """A list that knows the line it begins on."""

    line: int


class Mapping(dict[Any, Any]):
    """A dict that knows the line it begins on; its keys are Scalars."""

    line: int

    def __missing__(self, key: object) -> None:
        raise Unread


class Unread(CorpusError):
    """A value that cannot be had, for a reason that has been noted."""

    def __init__(self) -> None:
        super().__init__("", file="")


Node = Scalar | Items | Mapping

_COLLECTIONS: dict[type, type] = {yaml.SequenceStartEvent: Items, yaml.MappingStartEvent: Mapping}
_ENDS = (yaml.SequenceEndEvent, yaml.MappingEndEvent)


Note = Callable[[CorpusError], None]
"""Told of a mistake after which reading can go on; it may raise it."""


def refuse(error: CorpusError) -> None:
    """Raise the first mistake."""
    raise error


def write(tree: dict[str, Any]) -> str:
    """Write plain values as a YAML document, each scalar on one line."""
    said: Any = {"allow_unicode": True, "sort_keys": False, "width": _NEVER_BROKEN}
    text: str = yaml.dump(tree, Dumper=DUMPER, **said)
    if "\\U000" in text:  # libyaml is quick, but writes rare Hanzi as escapes
        text = yaml.dump(tree, Dumper=yaml.SafeDumper, **said)
    return text


def parse(data: bytes, *, file: str, note: Note = refuse) -> Node:
    """Parse one YAML document.

    `note` is told of control characters, of several on a line once, and of duplicate keys. Where it
    doesn't raise, the characters are passed over, and of keys the last counts.

    Raises CorpusError for what is no UTF-8, no YAML, empty, several documents, deeper than
    MAXIMUM_DEPTH, for control characters and duplicate keys, and for anchors, aliases and tags,
    which a corpus has no use for and which can make a small file enormous.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise CorpusError(_("not UTF-8 text; save the file as UTF-8"), file=file, line=line) from None
    if _FORBIDDEN.search(text):
        text = _without_forbidden(text, file, note)
    try:
        return _tree(text, file, note)
    except yaml.MarkedYAMLError as error:
        if bottomless := _BOTTOMLESS.search(text):
            line = text.count("\n", 0, bottomless.start()) + 1
            raise CorpusError(_too_deep(), file=file, line=line) from None
        raise _malformed(error, text, file) from None
    except (ValueError, OverflowError) as error:  # PyYAML's own scanner fails so at "\U00110000"
        raise CorpusError(_("not YAML: {problem}").format(problem=error), file=file) from None


def _without_forbidden(text: str, file: str, note: Note) -> str:
    """Leave out characters that are not allowed."""
    for line, each in enumerate(text.split("\n"), start=1):
        if forbidden := _FORBIDDEN.search(each):
            note(CorpusError(_not_allowed(forbidden), file=file, line=line))
    return _FORBIDDEN.sub("", text)


def _not_allowed(forbidden: re.Match[str]) -> str:
    return _("the character U+{code:04X} is not allowed").format(code=ord(forbidden[0]))


def _malformed(error: Any, text: str, file: str) -> CorpusError:
    """Say what is no YAML: the likeliest slip at or just before it, else the parser's own words.

    Where a key lacks its colon, the parser reads on to the next line or, with a list under it, further.
    """
    lines = text.splitlines()
    seen = error.problem_mark.line
    for index in (error.context_mark.line if error.context_mark else seen, seen - 1, seen):
        if slip := _MISPUNCTUATED.match("".join(lines[index : index + 1])):
            message = _("write ': ' (half-width, with a space) after '{key}'").format(key=slip[1])
            return CorpusError(message, file=file, line=index + 1)
    message = _("not YAML: {problem}").format(problem=error.problem)
    return CorpusError(message, file=file, line=seen + 1)


def _tree(text: str, file: str, note: Note) -> Node:
    """Build the tree from the event stream, without recursion, so that depth costs nothing.

    What comes with every word of a file is written out here; what is rare has its own function.
    """
    document: list[Node] = Items()
    parent: Any = document
    parents: list[Any] = []
    key: Scalar | None = None  # of the parent, where it is a mapping and the key waits for its value
    for event in _events(text):
        kind = type(event)
        if kind is yaml.ScalarEvent:
            if event.tag or event.anchor:
                _refuse(event, file)
            quoted = event.style == '"'
            node: Any = Scalar(_without_escaped(event, file, note) if quoted else event.value)
        elif kind in _ENDS:
            parent = parents.pop()
            continue
        else:
            _refuse(event, file, second=bool(document), depth=len(parents))
            if kind not in _COLLECTIONS:
                continue
            node = _COLLECTIONS[kind]()
        node.line = event.start_mark.line + 1
        if type(parent) is Items:
            parent.append(node)
        elif key is None:
            key = _key(node, parent, file, note)
        else:
            parent[key] = node
            key = None
        if kind is not yaml.ScalarEvent:
            parents.append(parent)
            parent = node
    if not document:
        raise CorpusError(_("the file is empty"), file=file)
    return document[0]


def _events(text: str) -> Iterator[Any]:
    loader = LOADER(text)
    try:
        yield from iter(loader.get_event, None)
    finally:
        loader.dispose()


def _refuse(event: Any, file: str, *, second: bool = False, depth: int = 0) -> None:
    """Raise CorpusError for the parts of YAML that a corpus does not use."""
    message = None
    if getattr(event, "anchor", None):
        message = _("anchors (&name) and aliases (*name) are not used in a corpus")
    elif getattr(event, "tag", None):
        message = _("tags (!name) are not used in a corpus")
    elif isinstance(event, yaml.DocumentStartEvent) and second:
        message = _("a second document begins here; a corpus is one")
    elif depth == MAXIMUM_DEPTH and isinstance(event, yaml.CollectionStartEvent):
        message = _too_deep()
    if message:
        raise CorpusError(message, file=file, line=event.start_mark.line + 1)


def _without_escaped(event: Any, file: str, note: Note) -> str:
    """Leave out of a text in double quotes, the only one with escapes, what is not allowed."""
    if escaped := _FORBIDDEN.search(event.value):
        note(CorpusError(_not_allowed(escaped), file=file, line=event.start_mark.line + 1))
    return _FORBIDDEN.sub("", event.value)


def _too_deep() -> str:
    return _("nested too deeply for a corpus")


def _key(node: Node, parent: Mapping, file: str, note: Note) -> Scalar:
    """Take a node as the next key of its parent."""
    if not isinstance(node, Scalar):
        raise CorpusError(_("a key must be a word"), file=file, line=node.line)
    if node in parent:
        message = _("the key '{key}' stands twice in one entry").format(key=node)
        note(CorpusError(message, file=file, line=node.line, key=str(node)))
    return node
