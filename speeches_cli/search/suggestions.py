"""Where nothing is found: the words of a text that are nearest to what was typed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from heapq import nsmallest
from itertools import accumulate, islice, pairwise

from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from speeches_cli import folding
from speeches_cli.search import alignment
from speeches_cli.search.alignment import BREAK, Edit
from speeches_cli.search.candidates import Windows, plain_letters, trimmed
from speeches_cli.search.text import PATTERN_SIGNS, Place, Source, Stretch, Text, passages

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
_MOST_SPELT = 12
"""How many batches of text are spelt out at the most: more take longer than anybody waits."""

Suggested = tuple[str | None, tuple[Edit, ...]]


def nearest(
    phrase: str, text: Text, source: Source, readings: Mapping[str, frozenset[str]]
) -> Suggested:
    """Give the words nearest to a phrase, and the slips between them; None where nothing is near.

    What is named has one slip more than a hit may have, or is spelt nearly so, or by its initials.
    """
    wanted = trimmed(folding.fold(phrase))
    if len(wanted) < _SHORTEST or any(sign in phrase for sign in PATTERN_SIGNS):
        return None, ()
    letters = re.sub(r"[\s'’1-5]", "", plain_letters(phrase))
    if re.fullmatch("[a-z]+", letters):
        for words in _words(islice(_spelt(letters, text), 1), source):
            return words, (Edit(alignment.WRONG, phrase, words),)
        return None, ()
    windows = Windows(wanted, readings, more=alignment.SLIP)
    return _aligned(wanted, text, source, windows)


def _aligned(wanted: str, text: Text, source: Source, windows: Windows) -> Suggested:
    """Let RapidFuzz pick the passages worth a look, and the alignment judge them."""
    lines = [(batch, at, line) for batch in text for at, line in _lines(batch.text)]
    scored = process.extract_iter(
        wanted, [line for *_at, line in lines], scorer=fuzz.partial_ratio, score_cutoff=_LIKE_ENOUGH
    )
    promising = nsmallest(_PROMISING, scored, key=lambda each: (-each[1], each[2]))
    found = [
        (each, batch.place(Stretch(at + each.start, at + each.end, ""), ""))
        for _line, _score, index in promising
        for batch, at, line in [lines[index]]
        for each in windows.align(line)
    ]
    words = _words((place for _each, place in found), source)
    ranked = [
        (each.cost, _unmatched(each), _unlike(shown, wanted), place[:3], shown, each.edits)
        for (each, place), shown in zip(found, words, strict=True)
    ]
    return min(ranked)[-2:] if ranked else (None, ())


def _spelt(letters: str, text: Text) -> Iterator[Place]:
    """Yield where the initials are these letters, then where the spelling is most like them."""
    table = _Syllables()
    if len(letters) >= _SHORTEST_INITIALS:
        first = _Initials()
        for batch in islice(text, _MOST_SPELT):
            if (start := batch.text.translate(first).find(letters)) >= 0:
                yield batch.place(Stretch(start, start + len(letters), ""), "")
    best, place = _SPELT_LIKE_ENOUGH, None
    for batch in islice(text, _MOST_SPELT):
        for at, line in _lines(batch.text):
            spelt = line.translate(table)
            found = fuzz.partial_ratio_alignment(letters, spelt, score_cutoff=best)
            if found and found.score > best:
                ends = [0, *accumulate(len(table[ord(each)]) for each in line)]
                inside = [
                    number
                    for number, (start, end) in enumerate(pairwise(ends))
                    if min(end, found.dest_end) - max(start, found.dest_start) > (end - start) / 2
                ]
                words = spelt[ends[inside[0]] : ends[inside[-1] + 1]] if inside else ""
                if words.isalpha() and OSA.distance(letters, words) <= _SLIPS:
                    best = found.score
                    place = batch.place(Stretch(at + inside[0], at + inside[-1] + 1, ""), "")
    if place:
        yield place


class _Syllables(dict[int, str]):
    """Code point → the syllable with which a character is usually spelt, looked up when first met."""

    def __missing__(self, code: int) -> str:
        self[code] = syllable = folding.usual_reading(chr(code))
        return syllable


class _Initials(dict[int, str]):
    """Code point → the first letter of its syllable."""

    def __missing__(self, code: int) -> str:
        self[code] = initial = folding.usual_reading(chr(code))[:1]
        return initial


def _lines(text: str) -> Iterator[tuple[int, str]]:
    """Yield where each line of a text begins, and the line."""
    at = 0
    for line in text.split(BREAK):
        yield at, line
        at += len(line) + 1


def _words(places: Iterable[Place], source: Source) -> list[str]:
    """Read the words of the text as shown that stand at places."""
    places = [*places]
    read = passages(places, source)
    shown = ((read[each[:2]], each) for each in places)
    return [
        passage.text[slice(*folding.unfold(passage.text, passage.folded, each.start, each.end))]
        for passage, each in shown
    ]


def _unlike(words: str, wanted: str) -> int:
    """Count by how much words are longer or shorter, and the marks in them that folding drops."""
    length = len(folding.fold(words))
    return abs(length - len(wanted)) + len(words) - length


def _unmatched(each: alignment.Alignment) -> int:
    """Count the typed characters that the text does not have."""
    return sum(len(edit.typed) for edit in each.edits if edit.kind != alignment.SWAPPED)
