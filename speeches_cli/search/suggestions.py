"""Where nothing is found: the words of a text that are nearest to what was typed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate, islice, pairwise

from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA, LCSseq

from speeches_cli import folding
from speeches_cli.search import alignment
from speeches_cli.search.alignment import Edit
from speeches_cli.search.candidates import Windows, plain_letters, trimmed
from speeches_cli.search.text import PATTERN_SIGNS, Place, Source, Text, hits

_LIKE_ENOUGH = 50.0  # RapidFuzz's partial ratio, in percent, from which a passage is worth a look
_SPELT_LIKE_ENOUGH = 85.0  # the same for pinyin, of which any two stretches are more alike
_SLIPS = 1  # in letters: two lead to other words as often as to the one that is meant
_PROMISING = 10
_SHORTEST = 3
_SHORTEST_INITIALS = 4  # in letters: fewer initials stand for something almost everywhere
_MOST_SPELT = 18_000  # how many passages are spelt out at the most: more take longer than anybody waits


def nearest(
    phrase: str, text: Text, source: Source, readings: Mapping[str, frozenset[str]]
) -> tuple[str | None, tuple[Edit, ...]]:
    """Give the words nearest to a phrase, and the slips between them; None where nothing is near.

    What is named has one slip more than a hit may have, or is spelt nearly so, or by its initials.
    """
    wanted = trimmed(folding.fold(phrase))
    if len(wanted) < _SHORTEST or any(sign in phrase for sign in PATTERN_SIGNS):
        return None, ()
    letters = re.sub(r"[\s'’1-5]", "", plain_letters(phrase))
    if re.fullmatch("[a-z]+", letters):
        syllables = {ord(each): folding.usual_reading(each) for each in readings}
        places = _spelt(letters, text, syllables)
        for hit in hits(islice(places, 1), source):
            return hit.match, (Edit(alignment.WRONG, phrase, hit.match),)
        return None, ()
    windows = Windows(wanted, readings, more=alignment.SLIP)
    return _aligned(wanted, text, source, windows)


def _aligned(
    wanted: str, text: Text, source: Source, windows: Windows
) -> tuple[str | None, tuple[Edit, ...]]:
    """Let RapidFuzz pick the passages worth a look, and the alignment judge them.

    What costs least, a homophone, takes a half unit of the budget and one of the characters in common.
    """
    common = len(wanted) - windows.budget
    able = process.extract(
        wanted, text.lines(), scorer=LCSseq.similarity, score_cutoff=common, limit=None
    )
    promising = process.extract(
        wanted,
        dict(sorted((at, line) for line, _score, at in able)),
        scorer=fuzz.partial_ratio,
        score_cutoff=_LIKE_ENOUGH,
        limit=_PROMISING,
    )
    places = [
        Place(*text.passage(at), each.start, each.end, "", each.edits, "", line)
        for line, _score, at in promising
        for each in windows.align(line)
    ]
    ranked = [
        (hit.cost, _unmatched(hit.edits), _unlike(hit.match, wanted), place[:3], hit.match, hit.edits)
        for place, hit in zip(places, hits(places, source), strict=True)
    ]
    return min(ranked)[-2:] if ranked else (None, ())


def _spelt(letters: str, text: Text, syllables: Mapping[int, str]) -> Iterator[Place]:
    """Yield where the initials are these letters, then where the spelling is most like them."""
    initials = {code: syllable[:1] for code, syllable in syllables.items()}
    lines = text.lines()[:_MOST_SPELT]
    for at, line in enumerate(lines if len(letters) >= _SHORTEST_INITIALS else ()):
        if (start := line.translate(initials).find(letters)) >= 0:
            yield Place(*text.passage(at), start, start + len(letters), "", (), "", line)
    spelt = [line.translate(syllables) for line in lines]
    for words, _score, at in process.extract(
        letters, spelt, scorer=fuzz.partial_ratio, score_cutoff=_SPELT_LIKE_ENOUGH, limit=None
    ):
        line = lines[at]
        found = fuzz.partial_ratio_alignment(letters, words)
        ends = [0, *accumulate(len(syllables.get(ord(each), each)) for each in line)]
        inside = [
            place
            for place, (start, end) in enumerate(pairwise(ends))
            if found and min(end, found.dest_end) - max(start, found.dest_start) > (end - start) / 2
        ]
        there = words[ends[inside[0]] : ends[inside[-1] + 1]] if inside else ""
        if there.isalpha() and OSA.distance(letters, there) <= _SLIPS:
            yield Place(*text.passage(at), inside[0], inside[-1] + 1, "", (), "", line)


def _unlike(words: str, wanted: str) -> int:
    """Count by how much words are longer or shorter, and the marks in them that folding drops."""
    length = len(folding.fold(words))
    return abs(length - len(wanted)) + len(words) - length


def _unmatched(edits: Sequence[Edit]) -> int:
    """Count the typed characters that the text does not have."""
    return sum(len(edit.typed) for edit in edits if edit.kind != alignment.SWAPPED)
