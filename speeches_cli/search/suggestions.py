"""Where nothing is found: the words of a text that are nearest to what was typed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from heapq import nsmallest
from itertools import accumulate, pairwise

from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from speeches_cli import folding
from speeches_cli.model import Passage
from speeches_cli.search import alignment
from speeches_cli.search.alignment import Edit
from speeches_cli.search.candidates import Windows, plain_letters, trimmed

_LIKE_ENOUGH = 50.0
"""RapidFuzz's partial ratio, in percent, from which a passage is worth a look."""
_SPELT_LIKE_ENOUGH = 85.0
"""The same for pinyin, of which any two stretches are more alike."""
_SLIPS = 1
"""In letters: two lead to other words as often as to the one that is meant."""
_PROMISING = 10
_SHORTEST = 3
_SHORTEST_INITIALS = 4
"""In letters: fewer initials stand for something almost everywhere."""
_MOST_SPELT = 20_000
"""How many passages are spelt out at the most: more take longer than anybody waits for a suggestion."""

PATTERN_SIGNS = "|*"
"""Signs of a pattern: what is like a phrase that has one is nothing that anybody meant."""
Readings = Mapping[str, frozenset[str]]


def nearest(
    phrase: str, passages: Sequence[Passage], readings: Readings
) -> tuple[str | None, tuple[Edit, ...]]:
    """Give the words nearest to a phrase, and the slips between them; None where nothing is near.

    What is named has one slip more than a hit may have, or is spelt nearly so, or by its initials.
    """
    wanted = trimmed(folding.fold(phrase))
    if len(wanted) < _SHORTEST or any(sign in phrase for sign in PATTERN_SIGNS):
        return None, ()
    letters = re.sub(r"[\s'’1-5]", "", plain_letters(phrase))
    if re.fullmatch("[a-z]+", letters):
        words = next(_spelt(letters, passages), None)
        return words, () if words is None else (Edit(alignment.WRONG, phrase, words),)
    return _aligned(wanted, passages, readings)


def _aligned(
    wanted: str, passages: Sequence[Passage], readings: Readings
) -> tuple[str | None, tuple[Edit, ...]]:
    """Let RapidFuzz pick the passages worth a look, and the alignment judge them."""
    windows = Windows(wanted, readings, more=alignment.SLIP)
    texts = [each.folded for each in passages]
    scored = process.extract_iter(wanted, texts, scorer=fuzz.partial_ratio, score_cutoff=_LIKE_ENOUGH)
    promising = nsmallest(_PROMISING, scored, key=lambda each: (-each[1], each[2]))
    found = min(
        (
            (each.cost, _unmatched(each), _unlike(words, wanted), index, each.start, words, each.edits)
            for _text, _score, index in promising
            for each in windows.align(texts[index])
            for words in [_words(passages[index], each)]
        ),
        default=None,
    )
    return (None, ()) if found is None else found[-2:]


def _spelt(letters: str, passages: Sequence[Passage]) -> Iterator[str]:
    """Yield the words whose initials are these letters, then the words spelt most like them."""
    passages = passages[:_MOST_SPELT]
    if len(letters) >= _SHORTEST_INITIALS:
        for passage in passages:
            initials = "".join(folding.usual_reading(each)[:1] for each in passage.folded)
            if (at := initials.find(letters)) >= 0:
                yield _shown(passage, at, at + len(letters))
    best, words = _SPELT_LIKE_ENOUGH, None
    for passage in passages:
        syllables = [folding.usual_reading(each) for each in passage.folded]
        found = fuzz.partial_ratio_alignment(letters, "".join(syllables), score_cutoff=best)
        if found and found.score > best:
            ends = [0, *accumulate(map(len, syllables))]
            inside = [
                at
                for at, (start, end) in enumerate(pairwise(ends))
                if min(end, found.dest_end) - max(start, found.dest_start) > (end - start) / 2
            ]
            spelt = "".join(syllables[inside[0] : inside[-1] + 1]) if inside else ""
            if spelt.isalpha() and OSA.distance(letters, spelt) <= _SLIPS:
                best, words = found.score, _shown(passage, inside[0], inside[-1] + 1)
    if words:
        yield words


def _shown(passage: Passage, start: int, end: int) -> str:
    return passage.text[slice(*folding.unfold(passage.text, passage.folded, start, end))]


def _words(passage: Passage, place: alignment.Alignment) -> str:
    """Give the words of the text as shown that an alignment of its folded form stands on."""
    return _shown(passage, place.start, place.end)


def _unlike(words: str, wanted: str) -> int:
    """Count by how much words are longer or shorter, and the marks in them that folding drops."""
    length = len(folding.fold(words))
    return abs(length - len(wanted)) + len(words) - length


def _unmatched(each: alignment.Alignment) -> int:
    """Count the typed characters that the text does not have."""
    return sum(len(edit.typed) for edit in each.edits if edit.kind != alignment.SWAPPED)
