"""A checked document → the rows of a database that say the same."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from hashlib import blake2b
from itertools import accumulate
from typing import Any
from zlib import crc32

from speeches_cli import folding, names
from speeches_cli.clues import BREAK
from speeches_cli.corpus.schema import Document, Entry, claims
from speeches_cli.corpus.store import ENCODING, PLACE, Database, IntegrityError, Known
from speeches_cli.errors import CorpusError
from speeches_cli.messages import _
from speeches_cli.model import Passage, Speech

_BLOCK = 16_384
"""In characters: a block that has so many is full."""


def add(draft: Database, name: bytes, known: Known, document: Document, *, path: str) -> None:
    """Write everything that one file says, in place of what it said before.

    Raises CorpusError, naming the path, where it has a speech that another file has.
    """
    made = document.compilation
    characters = _characters(document) - draft.characters
    with draft:
        draft.execute("DELETE FROM file WHERE name = ?", (name,))
        file = draft.execute(
            "INSERT INTO file VALUES (NULL, ?, ?, ?, ?, ?, ?)",
            (name, *known, made.title, made.meeting, made.date),
        ).lastrowid
        draft.executemany(
            "INSERT INTO district VALUES (?, ?, ?, ?, NULL)",
            [(file, number, *each) for number, each in enumerate(document.districts)],
        )
        draft.executemany(
            "INSERT INTO topic VALUES (?, ?, ?, NULL)",
            [(file, number, each) for number, each in enumerate(document.topics)],
        )
        entries = [(_add_entry(draft, file, entry), entry) for entry in document.entries]
        for key, entry in entries:
            _claim(draft, key, entry.speech, path)
        draft.executemany("INSERT INTO said VALUES (?, ?, ?, ?, ?)", _blocks(entries))
        draft.executemany(
            "INSERT OR IGNORE INTO reading VALUES (?, ?)",
            ((each, syllable) for each in characters for syllable in folding.readings(each)),
        )
    draft.characters |= characters


def _add_entry(draft: Database, file: int | None, entry: Entry) -> int | None:
    speech = entry.speech
    key = draft.execute(
        "INSERT INTO speech VALUES (NULL, NULL, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            *(file, speech.id, speech.slug, speech.district, speech.town, speech.kind),
            *(speech.speaker, speech.post, speech.title, speech.characters, speech.figures),
        ),
    ).lastrowid
    called = names.of(speech)
    draft.executemany(
        "INSERT INTO call VALUES (?, ?)",
        [(name.encode(), key) for name in {called.number, *called.whole}],
    )
    draft.executemany(
        "INSERT INTO figure VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (
                *(key, number, f.section, f.indicator, f.topic, f.as_written, str(f.value), f.unit),
                *(f.bound, f.measure, f.status, f.period, f.scope, f.note, f.sentence),
            )
            for number, f in enumerate(entry.figures)
        ],
    )
    draft.executemany(
        "INSERT INTO span VALUES (?, ?, ?, ?, ?, ?)",
        [
            (key, number, part, span.paragraph, span.start, span.end)
            for number, figure in enumerate(entry.figures)
            for part, span in enumerate(figure.spans)
        ],
    )
    return key


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


def _blocks(entries: Sequence[tuple[int | None, Entry]]) -> Iterator[tuple[Any, ...]]:
    """Yield the rows of what is said."""
    begin = 0
    for end in range(1, len(entries) + 1):
        within = entries[begin:end]
        if end == len(entries) or sum(entry.speech.characters for _key, entry in within) >= _BLOCK:
            yield within[0][0], *_block([entry.passages for _key, entry in within])
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
    """Collect every character met, so that with its readings most questions need no dictionary."""
    words = [*document.topics, *(name for name, _slug in document.districts)]
    for entry in document.entries:
        words += [entry.speech.town, entry.speech.speaker]
        words += [figure.indicator for figure in entry.figures]
        words += [passage.folded for passage in entry.passages]
    return set().union(*words)
