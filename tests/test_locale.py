"""The catalogue: every message of the program has its Chinese translation, compiled and checked in."""

from __future__ import annotations

import io
import os
import re
from pathlib import Path
from typing import Any

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import read_mo, write_mo
from babel.messages.pofile import read_po, write_po

from speeches_cli import boundary, messages

PACKAGE = Path(messages.__file__).parent
FOLDER = messages.LOCALE_DIRECTORY / "zh_CN" / "LC_MESSAGES"
DATED = re.compile(
    r'"(?:POT-Creation|PO-Revision|Last-Tr|Generated-By|Report-Msgid|Language-Team)[^\n]*\n'
)
WORD = re.compile("[a-z_]+|True|False")
FIELD = re.compile(r"{\w+")


def _catalogue() -> Catalog:
    with (FOLDER / "speeches.po").open("rb") as stream:
        return read_po(stream, locale="zh_CN")


def _key(message: Any) -> str:
    """Give a message's first form, by which it is known."""
    return message if isinstance(message, str) else message[0]


def _said() -> dict[str, Any]:
    """Give every message of the code by its first form."""
    found = extract_from_dir(PACKAGE, keywords={"_": None, "mark": None, "plural": (1, 2)})
    said = {_key(message): message for _file, _line, message, _comments, _context in found}
    said |= {str(each.__doc__): str(each.__doc__) for each in boundary.COMMANDS}
    # the keys and words of records, whose translation is asked for where they are written
    return said | {key: key for key in (_key(each.id) for each in _catalogue()) if WORD.fullmatch(key)}


def _update() -> None:
    """Write the catalogue anew: what the code says, as far as it has been translated."""
    known = {_key(message.id): message.string for message in _catalogue() if message.id}
    fresh = Catalog(
        "zh_CN",
        header_comment=_catalogue().header_comment,
        project="speeches",
        version="1",
        fuzzy=False,
    )
    for key, message in _said().items():
        fresh.add(message, known.get(key, ""))
    written = io.BytesIO()
    write_po(written, fresh, width=100, sort_output=True)
    undated = DATED.sub("", written.getvalue().decode())
    (FOLDER / "speeches.po").write_text(undated, encoding="utf-8")
    with (FOLDER / "speeches.mo").open("wb") as stream:
        write_mo(stream, _catalogue())


if os.environ.get("UPDATE_DOCS"):
    _update()
TRANSLATED = {_key(message.id): message for message in _catalogue() if message.id}


def test_every_message_is_translated_and_none_is_left_over() -> None:
    """What the code says is what the catalogue translates."""
    assert set(TRANSLATED) == set(_said())


@pytest.mark.parametrize("message", TRANSLATED.values(), ids=lambda each: _key(each.id)[:40])
def test_a_translation_has_all_the_fields_of_its_source(message: Message) -> None:
    """A translation is not empty, not marked as doubtful, and names what its source names."""
    source, translation = _key(message.id), _key(message.string)
    assert translation
    assert not message.fuzzy
    assert set(FIELD.findall(translation)) == set(FIELD.findall(source))


def test_the_compiled_catalogue_is_the_readable_one() -> None:
    """The file that the program loads was compiled from the file that people mend."""
    with (FOLDER / "speeches.mo").open("rb") as stream:
        compiled = read_mo(io.BytesIO(stream.read()))
    assert {_key(each.id): _key(each.string) for each in compiled if each.id} == {
        key: _key(message.string) for key, message in TRANSLATED.items()
    }
