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
    spelt = _LETTERS.fullmatch(letters)
    return bool(spelt) and _syllables(letters, name, readings, initials=initials) is not None


def begun(typed: str, name: str, readings: Readings) -> list[str] | None:
    """Give the syllables of a name that the typed text covers, the last of them completed.

    Each character of the name may be typed as itself, or by its reading, or by the first letter
    of that; the last one in part. None where something else was typed.
    """
    return _syllables(typed, name, readings, initials=True, unfinished=True)


def _syllables(
    typed: str, name: str, readings: Readings, *, initials: bool, unfinished: bool = False
) -> list[str] | None:
    """Read typed text as the beginning of a name; no reading is looked up beyond where they part."""
    reached: dict[int, list[str]] = {0: []}
    for character in name:
        if not reached or len(typed) in reached:
            break
        further: dict[int, list[str]] = {}
        for sound in sorted(_sounds(character, readings) or (character,)):
            ways = {character, *folding.spellings(sound), *(sound[:1] if initials else ())}
            for position, syllables in reached.items():
                rest = typed[position:]
                for way in (*ways, *((rest,) if unfinished and sound.startswith(rest) else ())):
                    if rest.startswith(way):
                        further.setdefault(position + len(way), [*syllables, sound])
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
        one == other or _sounds(one, readings) & _sounds(other, readings)
        for one, other in zip(typed, name, strict=True)
    )


def nearest(typed: str, names: Sequence[str]) -> list[int]:
    """Rank the names most like the one typed, by their index."""
    from rapidfuzz import fuzz, process

    ranked = process.extract(
        typed, names, scorer=fuzz.ratio, limit=_SUGGESTED, score_cutoff=_LIKE_ENOUGH
    )
    return [index for _name, _score, index in ranked]


def _sounds(character: str, readings: Readings) -> frozenset[str]:
    """Give the readings of a Hanzi, from the dictionary only where the corpus does not give them."""
    return readings.get(character) or folding.readings(character)
