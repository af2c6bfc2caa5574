"""Reads the values of an entry by a schema of its keys, and notes what is wrong with them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from speeches_cli.corpus.documents import Items, Mapping, Node, Scalar
from speeches_cli.errors import CorpusError
from speeches_cli.messages import _, mark
from speeches_cli.model import is_date

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
        """Take a list of texts, which must not be empty; all of them, or none."""
        if isinstance(node, Items) and not node:
            self.refuse(_("'{key}' is empty"), node, key)
        found = [self.text(each, key) for each in self.items(node, key)]
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
