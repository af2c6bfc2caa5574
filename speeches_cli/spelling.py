"""Compares typed text with names, by pinyin, by one slip, by similarity; text belongs to `search`."""

from collections.abc import Sequence

from speeches_cli import folding
from speeches_cli.folding import Readings

_SHORTEST_NAME = 3
_SHORTEST_SLUG = 5
_SUGGESTED = 3
_LIKE_ENOUGH = 34.0  # RapidFuzz's similarity, in percent, from which a name is worth suggesting


def spells(typed: str, name: str, readings: Readings) -> bool:
    """Tell whether typed text spells the beginning of a name.

    Each character may be typed as itself, by its reading, or by the first letter of that.
    """
    rests = {typed}
    for character in name:
        sounds = _sounds(character, readings)
        ways = {character}.union(*map(folding.spellings, sounds), *(each[0] for each in sounds))
        rests = {rest.removeprefix(way) for rest in rests for way in ways if rest.startswith(way)}
        if not rests or "" in rests:  # no reading is looked up beyond where they part
            return bool(rests)
    return False


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
