"""What is known of Chinese itself: which syllables are nearly alike for many speakers."""

import re
from collections.abc import Iterator

_INITIALS = ("zh/z", "ch/c", "sh/s", "n/l", "h/f", "r/l")
"""Initials that people of some regions confuse, in speech and so in typing."""
_FINALS = ("ing/in", "eng/en", "ang/an")
_MEDIALS = ("i", "u")
"""What may stand before a final: uang, iang."""
_SYLLABLE = re.compile("(zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw]?)(.+)")


def nearly_alike(syllable: str) -> dict[str, str]:
    """Give the syllables that are easily taken for one, and what is confused, as `s/sh`.

    >>> nearly_alike("sen")
    {'seng': 'en/eng', 'shen': 's/sh', 'sheng': 's/sh, en/eng'}
    """
    match = _SYLLABLE.fullmatch(syllable)
    if not match:
        return {}
    initial, final = match.groups()
    return {
        other_initial + other_final: ", ".join(filter(None, (first, second)))
        for other_initial, first in ((initial, ""), *_taken_for(initial, _INITIALS))
        for other_final, second in ((final, ""), *_taken_for(final, _FINALS))
        if first or second
    }


def _taken_for(sound: str, pairs: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """Yield the other sound of each pair that a sound belongs to, and the pair as it is met."""
    for pair in pairs:
        one, other = pair.split("/")
        for had, instead in ((one, other), (other, one)):
            rest = sound.removesuffix(had)
            if sound == had or (had[0] in "aei" and rest != sound and rest in _MEDIALS):
                yield rest + instead, f"{had}/{instead}"
