"""YAML text → a tree of plain values that know their line: the only module that knows YAML.

Every scalar is a string, exactly as it stands in the file: YAML's own guesses (`1:30` is 90,
`no` is False, `2023-09-18` a date) would change what an editor of the corpus wrote.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import yaml

from speeches_cli.errors import CorpusError
from speeches_cli.messages import _

MAXIMUM_DEPTH = 12
"""A corpus nests six levels deep; more is no corpus."""

LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

# Beside what YAML refuses, also its line breaks that editors don't count as such (NEL, LS, PS) and
# byte-order marks inside the text.
_FORBIDDEN = re.compile(
    "[^\t\n\r -~\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"
)


class Scalar(str):
    """A string that knows the line it stands on, counted from 1."""

    __slots__ = ("line",)
    line: int


class Sequence(list[Any]):
    """A list that knows the line it begins on."""

    line: int


class Mapping(dict[Any, Any]):
    """A dict that knows the line it begins on; its keys are Scalars."""

    line: int


Node = Scalar | Sequence | Mapping


def parse(data: bytes, *, file: str, repeated: Callable[[CorpusError], None] | None = None) -> Node:
    """Parse one YAML document; with `repeated`, tell it of duplicate keys, of which the last counts.

    Raises CorpusError for what is no UTF-8, no YAML, empty, several documents, deeper than
    MAXIMUM_DEPTH, for control characters and duplicate keys, and for anchors, aliases and tags,
    which a corpus has no use for and which can make a small file enormous.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise CorpusError(_("not UTF-8 text; save the file as UTF-8"), file=file, line=line) from None
    if forbidden := _FORBIDDEN.search(text):
        line = text.count("\n", 0, forbidden.start()) + 1
        raise CorpusError(_not_allowed(forbidden), file=file, line=line)
    try:
        return _tree(text, file, repeated)
    except yaml.MarkedYAMLError as error:
        message = _("not YAML: {problem}").format(problem=error.problem)
        mark: Any = error.problem_mark
        raise CorpusError(message, file=file, line=mark.line + 1) from None
    except (ValueError, OverflowError) as error:  # PyYAML's own scanner fails so at "\U00110000"
        raise CorpusError(_("not YAML: {problem}").format(problem=error), file=file) from None


def _not_allowed(forbidden: re.Match[str]) -> str:
    return _("the character U+{code:04X} is not allowed").format(code=ord(forbidden[0]))


def _tree(text: str, file: str, repeated: Callable[[CorpusError], None] | None) -> Node:
    """Build the tree from the event stream, without recursion, so that depth costs nothing."""
    root: Node | None = None
    open_nodes: list[Sequence | Mapping] = []
    pending: list[Scalar | None] = []  # for each open mapping, the key that waits for its value
    for event in yaml.parse(text, Loader=LOADER):
        if isinstance(event, yaml.SequenceEndEvent | yaml.MappingEndEvent):
            open_nodes.pop()
            pending.pop()
            continue
        _refuse(event, file, second=root is not None, depth=len(open_nodes))
        node = _node(event)
        if node is None:
            continue
        if open_nodes:
            _attach(node, open_nodes[-1], pending, file, repeated)
        else:
            root = node
        if not isinstance(node, Scalar):
            open_nodes.append(node)
            pending.append(None)
    if root is None:
        raise CorpusError(_("the file is empty"), file=file)
    return root


def _node(event: yaml.Event) -> Node | None:
    """Begin the node that an event begins, if it begins any."""
    node: Node
    if isinstance(event, yaml.ScalarEvent):
        node = Scalar(event.value)
    elif isinstance(event, yaml.SequenceStartEvent):
        node = Sequence()
    elif isinstance(event, yaml.MappingStartEvent):
        node = Mapping()
    else:
        return None
    node.line = _line(event)
    return node


def _refuse(event: yaml.Event, file: str, *, second: bool, depth: int) -> None:
    """Raise CorpusError for the parts of YAML that a corpus does not use."""
    message = None
    if getattr(event, "anchor", None):
        message = _("anchors (&name) and aliases (*name) are not used in a corpus")
    elif getattr(event, "tag", None):
        message = _("tags (!name) are not used in a corpus")
    elif isinstance(event, yaml.DocumentStartEvent) and second:
        message = _("a second document begins here; a corpus is one")
    elif depth == MAXIMUM_DEPTH and isinstance(event, yaml.CollectionStartEvent):
        message = _("nested too deeply for a corpus")
    elif getattr(event, "style", None) == '"':  # only in double quotes are there escapes
        escaped = _FORBIDDEN.search(event.value)  # type: ignore[attr-defined]
        message = escaped and _not_allowed(escaped)
    if message:
        raise CorpusError(message, file=file, line=_line(event))


def _attach(
    node: Node,
    parent: Sequence | Mapping,
    pending: list[Scalar | None],
    file: str,
    repeated: Callable[[CorpusError], None] | None,
) -> None:
    if isinstance(parent, Sequence):
        parent.append(node)
    elif (key := pending[-1]) is not None:
        parent[key] = node
        pending[-1] = None
    elif not isinstance(node, Scalar):
        raise CorpusError(_("a key must be a word"), file=file, line=node.line)
    elif node in parent:
        message = _("the key '{key}' stands twice in one entry").format(key=node)
        error = CorpusError(message, file=file, line=node.line, key=str(node))
        if repeated is None:
            raise error
        repeated(error)
        pending[-1] = node
    else:
        pending[-1] = node


def _line(event: yaml.Event) -> int:
    mark: Any = event.start_mark
    return int(mark.line) + 1
