"""Compares typed text with names, by pinyin, by one slip, by similarity; text belongs to `search`."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from speeches_cli import folding

Readings = Mapping[str, frozenset[str]]
"""Hanzi → its toneless pinyin readings."""

_LETTERS = re.compile("[a-z]+")
_SHORTEST_NAME = 3
_SHORTEST_SLUG = 5
_SUGGESTED = 3
_LIKE_ENOUGH = 34.0
"""RapidFuzz's normalised similarity, in percent, from which a name is worth suggesting."""


def spells(letters: str, name: str, readings: Readings, *, initials: bool) -> bool:
    """Tell whether Latin letters spell the beginning of a name, syllable by syllable.

    With `initials`, a character may be given by the first letter of its reading alone.
    """
    if not _LETTERS.fullmatch(letters):
        return False
    reached = {0}
    for character in name:
        if not reached or len(letters) in reached:
            break
        sounds = _sounds(character, readings) or frozenset((character,))
        reached = {
            position + len(part)
            for position in reached
            for sound in sounds
            for part in (*folding.spellings(sound), *((sound[:1],) if initials else ()))
            if letters.startswith(part, position)
        }
    return len(letters) in reached


def begun(typed: str, name: str, readings: Readings) -> list[str] | None:
    """Give the syllables of a name that the typed text covers, the last of them completed.

    Each character of the name may be typed as itself, or by its reading, or by the first letter
    of that; the last one in part. None where something else was typed.
    """
    reached: dict[int, list[str]] = {0: []}
    for character in name:
        if len(typed) in reached:
            break
        further: dict[int, list[str]] = {}
        for sound in sorted(_sounds(character, readings) or (character,)):
            for position, syllables in reached.items():
                rest = typed[position:]
                for part in (
                    character,
                    sound,
                    sound[:1],
                    rest if sound.startswith(rest) else character,
                ):
                    if rest.startswith(part):
                        further.setdefault(position + len(part), [*syllables, sound])
        reached = further
    return reached.get(len(typed))


def is_near(typed: str, name: str, readings: Readings) -> bool:
    """Tell whether the typed name is a slip of another.

    A slip is one character wrong, missing, extra or swapped, in a name of three Hanzi or five
    letters at least, or any number of Hanzi that only sound like those of the name.
    """
    if len(name) >= (_SHORTEST_SLUG if name.isascii() else _SHORTEST_NAME):
        from rapidfuzz.distance import OSA

        if OSA.distance(typed, name, score_cutoff=1) <= 1:
            return True
    return len(typed) == len(name) >= 2 and all(
        one == other or _sound_alike(one, other, readings)
        for one, other in zip(typed, name, strict=True)
    )


def nearest(typed: str, names: Sequence[str]) -> list[int]:
    """Rank the names most like the one typed, by their index."""
    from rapidfuzz import fuzz, process

    ranked = process.extract(
        typed, names, scorer=fuzz.ratio, limit=_SUGGESTED, score_cutoff=_LIKE_ENOUGH
    )
    return [index for _name, _score, index in ranked]


def _sound_alike(one: str, other: str, readings: Readings) -> bool:
    return not _sounds(one, readings).isdisjoint(_sounds(other, readings))


def _sounds(character: str, readings: Readings) -> frozenset[str]:
    """Give the readings of a Hanzi, from the dictionary only where the corpus does not give them."""
    return readings.get(character) or folding.readings(character)
