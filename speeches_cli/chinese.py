"""Where a sentence, a statement and a clause end in Chinese, and which syllables are nearly alike."""

import re
from collections.abc import Iterator

SENTENCE_END = "。！？!?"
"""Marks after which a sentence is over: a quotation goes from one to the next."""
STATEMENT_END = SENTENCE_END + "；;"
"""Also the semicolon, which parts the statements of a sentence: a list of figures or a near hit stays
on one side of it, but a quotation does not."""
CLAUSE_END = STATEMENT_END + "，："
"""Also comma and colon; not `,` and `:`, which stand in numbers."""
CLOSING = "”’」』）)》"
"""Marks that may follow the end of a sentence and belong to it."""

_INITIALS = ("zh/z", "ch/c", "sh/s", "n/l", "h/f", "r/l")
"""Initials that people of some regions confuse, in speech and so in typing."""
_FINALS = ("ing/in", "eng/en", "ang/an")
_MEDIALS = ("i", "u")
"""What may stand before a final: uang, iang."""
_SENTENCE_END = re.compile(f"[{SENTENCE_END}]+[{CLOSING}]*")
_SYLLABLE = re.compile("(zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw]?)(.+)")


def sentence_ends(text: str) -> list[int]:
    """Give where the sentences of a text end, behind their marks and closing quotation marks.

    >>> sentence_ends("他说：“好！”我们走；你留。")
    [7, 14]
    """
    return [match.end() for match in _SENTENCE_END.finditer(text)]


def nearly_alike(syllable: str) -> dict[str, str]:
    """Give the syllables that are easily taken for one, and what is confused, as `s/sh`.

    >>> nearly_alike("sen")
    {'seng': 'en/eng', 'shen': 's/sh', 'sheng': 's/sh, en/eng'}
    >>> nearly_alike("")
    {}
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
