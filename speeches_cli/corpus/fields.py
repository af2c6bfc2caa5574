"""Reads the values of an entry by a schema of its keys, and notes what is wrong with them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import date
from typing import Any

from speeches_cli.corpus.documents import Items, Mapping, Node, Scalar
from speeches_cli.errors import CorpusError
from speeches_cli.messages import _

Reader = Callable[["Fields", Node | None, str], Any]
"""Reads the value of a key, or gives the one that stands for a missing key where the node is None."""
Schema = dict[str, Reader]
NOTHING = Scalar()
"""Stands for a text that is missing or wrong, which has been noted: no text of a corpus is empty."""
NOTHING.line = 0
_WHOLE = re.compile("0|[1-9][0-9]{0,8}")
_SLUG = re.compile("[a-z]+")
_PAGES = re.compile("([1-9][0-9]{0,4})(?:-([1-9][0-9]{0,4}))?")


class Values(dict[str, Any]):
    """What has been read of an entry, by key, and the nodes from which it was read."""

    nodes: Mapping

    def line(self, key: str) -> int:
        """Give the line on which the value of a key begins, or 0 where the key is missing."""
        return self.nodes[key].line if key in self.nodes else 0


class Fields:
    """Reads values of the entry that `entry` names in the file that `file` names.

    Every mistake is added to `errors`, with file, line, entry and key, and reading goes on: a value
    that could not be read is an empty text or list, or None.
    """

    def __init__(self, file: str, errors: list[CorpusError]) -> None:
        self.file = file
        self.errors = errors
        self.entry = ""

    def refuse(self, message: str, node: Node, key: str = "", **words: Any) -> Scalar:
        """Note what is wrong with a node, and give NOTHING in its place."""
        said = message.format(key=key, text=node, **words)
        self.errors.append(
            CorpusError(said, file=self.file, line=node.line, entry=self.entry, key=str(key))
        )
        return NOTHING

    def take(self, node: Node, required: Schema, extras: Schema) -> Values:
        """Read an entry that has all the required keys and no unknown one; an extra may be missing."""
        known = required | extras
        if isinstance(node, Mapping):
            for key in node:
                if key not in known:
                    self._unknown(key, [each for each in known if each not in node], known)
            for name in required:
                if name not in node:
                    self.refuse(_("the key '{key}' is missing"), node, name)
        else:
            message = _("expected an entry with keys such as '{example}'")
            self.refuse(message, node, example=next(iter(required)))
            node = Mapping()
        values = Values((key, read(self, node.get(key), key)) for key, read in known.items())
        values.nodes = node
        return values

    def _unknown(self, key: Scalar, missing: list[str], known: Iterable[str]) -> None:
        """Note an unknown key, after the missing one that it resembles, if any."""
        from difflib import get_close_matches

        near = get_close_matches(key, missing, n=1)
        message = _("unknown key '{key}'; known here: {known}")
        if near:
            message = _("did you mean '{near}'? unknown key '{key}'; known here: {known}")
        self.refuse(message, key, key, near="".join(near), known=", ".join(known))

    def items(self, node: Node | None, key: str) -> Items:
        """Take a list; one that is missing or wrong has line 0."""
        if isinstance(node, Items):
            return node
        if node is not None:
            self.refuse(_("'{key}' must be a list"), node, key)
        return Items()

    def texts(self, node: Node | None, key: str) -> tuple[Scalar, ...]:
        """Take a list of texts, which must not be empty, with their lines; all of them, or none."""
        if isinstance(node, Items) and not node:
            self.refuse(_("'{key}' is empty"), node, key)
        found = [self.scalar(each, key) for each in self.items(node, key)]
        return tuple(found) if all(found) else ()

    def words(self, node: Node | None, key: str) -> tuple[str, ...]:
        """Take a list of plain texts."""
        return tuple(map(str, self.texts(node, key)))

    def text(self, node: Node | None, key: str) -> str:
        """Take a text."""
        return str(self.scalar(node, key))

    def remark(self, node: Node | None, key: str) -> str | None:
        """Take a text, or None where there is none."""
        return self.text(node, key) or None

    def number(self, node: Node | None, key: str) -> int | None:
        """Take a whole number of at most nine digits."""
        text = self.scalar(node, key)
        if text and not _WHOLE.fullmatch(text):
            text = self.refuse(_("'{key}' must be a whole number such as 3, not '{text}'"), text, key)
        return int(text) if text else None

    def slug(self, node: Node | None, key: str) -> str:
        """Take pinyin in small letters."""
        text = self.scalar(node, key)
        if text and not _SLUG.fullmatch(text):
            message = _("a slug is pinyin without tones, such as jiuquanlu, not '{text}'")
            return self.refuse(message, text, key)
        return str(text)

    def date(self, node: Node | None, key: str) -> str:
        """Take a date as ISO 8601 has it in full, `2023-09-18`."""
        text = self.scalar(node, key)
        with suppress(ValueError):
            if not text or date.fromisoformat(text).isoformat() == text:
                return str(text)
        return self.refuse(_("'{key}' must be a date such as 2023-09-18, not '{text}'"), text, key)

    def pages(self, node: Node | None, key: str) -> str:
        """Take a page, or the first and the last of several: `5-6`."""
        text = self.scalar(node, key)
        found = _PAGES.fullmatch(text)
        if text and (not found or int(found[2] or found[1]) < int(found[1])):
            return self.refuse(_("'{key}' must be a page or two such as 5-6, not '{text}'"), text, key)
        return str(text)

    def scalar(self, node: Node | None, key: str) -> Scalar:
        """Take a text of one line that is not empty, with its line in the file."""
        if node is None:
            return NOTHING
        if not isinstance(node, Scalar):
            message = _("'{key}' must be a text; put quotes around one that contains ': '")
            return self.refuse(message, node, key)
        if not node or node.isspace():
            return self.refuse(_("'{key}' is empty"), node, key)
        if "\n" in node or "\r" in node:
            return self.refuse(_("'{key}' must be one line of text"), node, key)
        return node


def one_of(known: Iterable[str], default: str = "") -> Reader:
    """Read one of the known words, or any where none are known."""
    words = tuple(known)

    def choice(read: Fields, node: Node | None, key: str) -> str:
        text = read.scalar(node, key)
        if text and words and text not in words:
            message = _("unknown {key} '{text}'; known: {known}")
            text = read.refuse(message, text, key, known=", ".join(words))
        return str(text) or default

    return choice


def truth(*, default: bool) -> Reader:
    """Read true or false."""
    word = one_of(("true", "false"), default=str(default).lower())
    return lambda read, node, key: word(read, node, key) == "true"
