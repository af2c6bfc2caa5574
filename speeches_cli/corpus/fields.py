"""Reads the keys of one entry as typed values; wrong ones are noted or raised as CorpusError."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import date
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from speeches_cli.corpus.documents import Items, Mapping, Node, Scalar, Unread
from speeches_cli.errors import CorpusError
from speeches_cli.messages import _

T = TypeVar("T")
P = ParamSpec("P")
_WHOLE = re.compile("0|[1-9][0-9]{0,8}")
_PAGES = re.compile("([1-9][0-9]{0,4})(?:-([1-9][0-9]{0,4}))?")


def fallback(value: Any) -> Callable[[Callable[P, T]], Callable[P, T]]:
    """Make a method note a CorpusError and return this value, instead of raising it."""

    def mark(method: Callable[P, T]) -> Callable[P, T]:
        @wraps(method)
        def read(*arguments: P.args, **named: P.kwargs) -> T:
            try:
                return method(*arguments, **named)
            except CorpusError as error:
                fields: Any = arguments[0]
                fields.note(error)
                otherwise: T = value
                return otherwise

        return read

    return mark


class Fields:
    """Reads keys of the entry that `entry` names in the file that `file` names.

    A method with a fallback notes in `errors` what is wrong with the tree, with file, line, entry and
    key, and reading goes on. The others raise it as CorpusError.
    """

    def __init__(self, file: str) -> None:
        self.file = file
        self.entry = ""
        self.errors: list[CorpusError] = []
        self.gaps = 0
        """How many values could not be read, including those missing because of an earlier error."""

    def note(self, error: CorpusError) -> None:
        """Note what is wrong, once."""
        self.gaps += 1
        if not isinstance(error, Unread):
            self.errors.append(error)

    def each(self, read: Callable[..., T], entries: Iterable[tuple[Any, ...]]) -> tuple[T, ...]:
        """Read entries that have nothing to do with each other, and leave out what is wrong."""
        found: list[T] = []
        for entry in entries:
            try:
                found.append(read(*entry))
            except CorpusError as error:
                self.note(error)
        return tuple(found)

    def parts(self, read: Callable[..., T], parts: Iterable[tuple[Any, ...]]) -> tuple[T, ...]:
        """Read what makes one value together: all of it, or none."""
        before = self.gaps
        found = self.each(read, parts)
        if self.gaps > before or not found:
            raise Unread
        return found

    def mapping(self, node: Node, required: tuple[str, ...], extras: tuple[str, ...] = ()) -> Mapping:
        """Take an entry that has all the required keys and no unknown one; an extra may be missing."""
        if not isinstance(node, Mapping):
            raise self.error(
                _("expected an entry with keys such as '{key}'").format(key=required[0]), node
            )
        for key in node:
            if key not in required and key not in extras:
                self.refuse(_unknown(key, tuple(dict.fromkeys((*required, *extras))), node), key, key)
        for name in required:
            if name not in node and name not in extras:
                self.refuse(_("the key '{key}' is missing").format(key=name), node, name)
        return node

    def sequence(self, fields: Mapping, key: str) -> Items:
        """Take the list under a key."""
        node = fields[key]
        if not isinstance(node, Items):
            raise self.error(_("'{key}' must be a list").format(key=key), node, key)
        return node

    @fallback(())
    def texts(self, fields: Mapping, key: str) -> tuple[Scalar, ...]:
        """Take the list of texts under a key, which must not be empty."""
        nodes = self.sequence(fields, key)
        if not nodes:
            raise self.error(_("'{key}' is empty").format(key=key), nodes, key)
        return self.parts(self.scalar, ((node, key) for node in nodes))

    @fallback("")
    def text(self, fields: Mapping, key: str) -> str:
        """Take the text under a key."""
        return str(self.scalar(fields[key], key))

    def optional(self, fields: Mapping, key: str) -> str | None:
        """Take the text under a key, or None where the key is missing."""
        return self.text(fields, key) if key in fields else None

    @fallback(0)
    def number(self, fields: Mapping, key: str) -> int:
        """Take the whole number under a key."""
        return self.whole(fields[key], key)

    @fallback("")
    def slug(self, fields: Mapping, key: str) -> str:
        """Take pinyin in small letters."""
        text = self.scalar(fields[key], key)
        if not re.fullmatch(r"[a-z]+", text):
            message = _("a slug is pinyin without tones, such as jiuquanlu, not '{text}'")
            raise self.error(message.format(text=text), text, key)
        return str(text)

    @fallback("")
    def date(self, fields: Mapping, key: str) -> str:
        """Take a date as ISO 8601 has it in full, `2023-09-18`."""
        text = self.scalar(fields[key], key)
        with suppress(ValueError):
            if date.fromisoformat(text).isoformat() == text:
                return str(text)
        message = _("'{key}' must be a date such as 2023-09-18, not '{text}'")
        raise self.error(message.format(key=key, text=text), text, key)

    @fallback("")
    def pages(self, fields: Mapping, key: str = "pages") -> str:
        """Take a page, or the first and the last of several: `5-6`."""
        text = self.scalar(fields[key], key)
        found = _PAGES.fullmatch(text)
        if not found or int(found[2] or found[1]) < int(found[1]):
            message = _("'{key}' must be a page or two such as 5-6, not '{text}'")
            raise self.error(message.format(key=key, text=text), text, key)
        return str(text)

    @fallback("")
    def choice(self, fields: Mapping, key: str, known: tuple[str, ...]) -> str:
        """Take one of the known words, or any where none could be read."""
        text = self.scalar(fields[key], key)
        if known and text not in known:
            message = _("unknown {key} '{text}'; known: {known}")
            raise self.error(message.format(key=key, text=text, known=", ".join(known)), text, key)
        return str(text)

    def scalar(self, node: Node, key: str) -> Scalar:
        """Take a text of one line that is not empty."""
        if not isinstance(node, Scalar):
            message = _("'{key}' must be a text; put quotes around one that contains ': '")
            raise self.error(message.format(key=key), node, key)
        if not node or node.isspace():
            raise self.error(_("'{key}' is empty").format(key=key), node, key)
        if ("\n" in node or "\r" in node) and (len(node.splitlines()) > 1 or node.endswith("\n")):
            raise self.error(_("'{key}' must be one line of text").format(key=key), node, key)
        return node

    def whole(self, node: Node, key: str) -> int:
        """Take a whole number of at most nine digits."""
        text = self.scalar(node, key)
        if not _WHOLE.fullmatch(text):
            message = _("'{key}' must be a whole number such as 3, not '{text}'")
            raise self.error(message.format(key=key, text=text), node, key)
        return int(text)

    def refuse(self, message: str, node: Node, key: str) -> None:
        """Note a mistake that doesn't keep the value from being read."""
        self.note(self.error(message, node, key))

    def error(self, message: str, node: Node, key: str = "") -> CorpusError:
        """Make an error that names the place of a node."""
        return CorpusError(message, file=self.file, line=node.line, entry=self.entry, key=str(key))


def _unknown(key: Scalar, known: tuple[str, ...], present: Mapping) -> str:
    """Say that a key is unknown, after the missing key that it resembles, if any."""
    from difflib import get_close_matches

    near = get_close_matches(key, [each for each in known if each not in present], n=1)
    message = _("unknown key '{key}'; known here: {known}")
    if near:
        message = _("did you mean '{near}'? unknown key '{key}'; known here: {known}")
    return message.format(near="".join(near), key=key, known=", ".join(known))
