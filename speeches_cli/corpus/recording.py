"""A checked document → the rows of a database that say the same."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from hashlib import blake2b
from itertools import accumulate, chain
from typing import Any, NamedTuple
from zlib import crc32

from speeches_cli import folding, names
from speeches_cli.clues import BREAK
from speeches_cli.corpus.schema import Document, Entry, claims
from speeches_cli.corpus.store import ENCODING, PLACE, Database, IntegrityError, Known
from speeches_cli.errors import CorpusError
from speeches_cli.messages import _
from speeches_cli.model import Compilation, Passage, Speech

_BLOCK = 16_384
"""In characters: a block that has so many is full."""


class Prepared(NamedTuple):
    """What one file says, as the tables take it, but for the numbers that a database gives."""

    compilation: Compilation
    districts: list[tuple[int, str, str]]
    topics: list[tuple[int, str]]
    related: list[tuple[int, str, str, str]]
    """Group number, its name, an indicator, and what it counts."""
    entries: list[PreparedEntry]
    blocks: list[tuple[Any, ...]]
    """Each begins with the number of its first entry."""
    characters: set[str]
    """All that are met, so that with their readings most questions need no dictionary."""


class PreparedEntry(NamedTuple):
    """What an entry says beside its text."""

    speech: Speech
    calls: list[bytes]
    figures: list[tuple[Any, ...]]
    spans: list[tuple[int, ...]]


def prepare(document: Document) -> Prepared:
    """Make a document ready to be added; so it also goes quicker from one process to another."""
    return Prepared(
        document.compilation,
        [(number, *each) for number, each in enumerate(document.districts)],
        [*enumerate(document.topics)],
        [
            (number, group.name, *each)
            for number, group in enumerate(document.related)
            for each in group.indicators.items()
        ],
        [_entry(each) for each in document.entries],
        [*_blocks(document.entries)],
        _characters(document),
    )


def _entry(entry: Entry) -> PreparedEntry:
    called = names.of(entry.speech)
    return PreparedEntry(
        entry.speech,
        [name.encode() for name in {called.number, *called.whole}],
        [
            (
                *(number, f.section, f.indicator, f.topic, f.as_written, str(f.value), f.unit),
                *(f.bound, f.measure, f.status, f.period, f.scope, f.note, f.sentence, f.sure),
                *(f.setting, f.repeats),
            )
            for number, f in enumerate(entry.figures)
        ],
        [
            (number, part, *span)
            for number, figure in enumerate(entry.figures)
            for part, span in enumerate(figure.spans)
        ],
    )


def add(draft: Database, name: bytes, known: Known, said: Prepared, *, path: str) -> None:
    """Write everything that one file says, in place of what it said before.

    Raises CorpusError, naming the path, where it has a speech that another file has.
    """
    made = said.compilation
    characters = said.characters - draft.characters
    with draft:
        draft.execute("DELETE FROM file WHERE name = ?", (name,))
        file = draft.execute(
            "INSERT INTO file VALUES (NULL, ?, ?, ?, ?, ?, ?)",
            (name, *known, made.title, made.meeting, made.date),
        ).lastrowid
        _insert(draft, "district", ((file, *each, None) for each in said.districts))
        _insert(draft, "topic", ((file, *each, None) for each in said.topics))
        _insert(draft, "related", ((file, *each) for each in said.related))
        keys = [_add_entry(draft, file, each) for each in said.entries]
        for key, each in zip(keys, said.entries, strict=True):
            _claim(draft, key, each.speech, path)
        _insert(draft, "said", ((keys[first], *each) for first, *each in said.blocks))
        draft.executemany(
            "INSERT OR IGNORE INTO reading VALUES (?, ?)",
            ((each, syllable) for each in characters for syllable in folding.readings(each)),
        )
    draft.characters |= characters


def _add_entry(draft: Database, file: int | None, said: PreparedEntry) -> int | None:
    speech = said.speech
    key = draft.execute(
        "INSERT INTO speech VALUES (NULL, NULL, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            *(file, speech.id, speech.slug, speech.district, speech.town, speech.kind),
            *(speech.speaker, speech.post, speech.title, speech.characters, speech.figures),
        ),
    ).lastrowid
    _insert(draft, "call", ((name, key) for name in said.calls))
    _insert(draft, "figure", ((key, *each) for each in said.figures))
    _insert(draft, "span", ((key, *each) for each in said.spans))
    return key


def _insert(draft: Database, table: str, rows: Iterable[tuple[Any, ...]]) -> None:
    """Insert whole rows, all of one width, if there are any."""
    every = iter(rows)
    if first := next(every, None):
        marks = ", ".join("?" * len(first))
        draft.executemany(f"INSERT INTO {table} VALUES ({marks})", chain((first,), every))


def _claim(draft: Database, entry: int | None, speech: Speech, path: str) -> None:
    """Take for a speech what no other of its compilation may have, in whatever file."""
    for key, claimed in claims(speech):
        name = blake2b(repr(claimed).encode(ENCODING), digest_size=16).digest()
        try:
            draft.execute("INSERT INTO claim VALUES (?, ?)", (name, entry))
        except IntegrityError:
            other, file = draft.execute(
                "SELECT speech.id, name FROM speech JOIN file ON file = file.id"
                " WHERE entry = (SELECT entry FROM claim WHERE name = ?)",
                (name,),
            ).fetchone()
            message = _("{key} '{value}' is already used by speech {other} in {file}")
            text = message.format(
                key=key, value=getattr(speech, key), other=other, file=os.fsdecode(file)
            )
            raise CorpusError(text, file=path, entry=speech.town, key=key) from None


def _blocks(entries: Sequence[Entry]) -> Iterator[tuple[Any, ...]]:
    """Yield the blocks of what is said, each behind the number of its first entry."""
    begin = 0
    for end in range(1, len(entries) + 1):
        within = entries[begin:end]
        if end == len(entries) or sum(entry.speech.characters for entry in within) >= _BLOCK:
            yield begin, *_block([entry.passages for entry in within])
            begin = end


def _block(speeches: Sequence[Sequence[Passage]]) -> tuple[Any, ...]:
    texts = [each.text.encode(ENCODING) for speech in speeches for each in speech]
    starts = accumulate(map(len, texts), initial=PLACE.size * (len(texts) + 1))
    places = [
        (at, each.section, each.paragraph) for at, speech in enumerate(speeches) for each in speech
    ]
    head = [PLACE.pack(*each, start) for each, start in zip([*places, (0, 0, 0)], starts, strict=True)]
    said = b"".join((*head, *texts))
    folded = BREAK.join(each.folded for speech in speeches for each in speech).encode(ENCODING)
    return crc32(folded), crc32(said), folded, said


def _characters(document: Document) -> set[str]:
    words = [*document.topics, *(name for name, _slug in document.districts)]
    for entry in document.entries:
        words += [entry.speech.town, entry.speech.speaker]
        words += [figure.indicator for figure in entry.figures]
        words += [passage.folded for passage in entry.passages]
    return set().union(*words)
