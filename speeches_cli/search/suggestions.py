"""Where nothing is found: the words of a text that are nearest to what was typed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import accumulate
from typing import TYPE_CHECKING

from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA, LCSseq

from speeches_cli import folding
from speeches_cli.folding import Readings
from speeches_cli.search import alignment
from speeches_cli.search.alignment import Edit
from speeches_cli.search.candidates import Windows, plain_letters, trimmed
from speeches_cli.search.text import PATTERN_SIGNS, Place, Text, hits

if TYPE_CHECKING:
    from speeches_cli.corpus import Corpus

_LIKE_ENOUGH = 50.0  # RapidFuzz's partial ratio, in percent, from which a passage is worth a look
_SPELT_LIKE_ENOUGH = 85.0  # the same for pinyin, of which any two stretches are more alike
_SLIPS = 1  # in letters: two lead to other words as often as to the one that is meant
_PROMISING = 10
_SHORTEST = 3
_SHORTEST_INITIALS = 4  # in letters: fewer initials stand for something almost everywhere
_MOST_SPELT = 18_000  # how many passages are spelt out at the most: more take longer than anybody waits


def nearest(phrase: str, text: Text, corpus: Corpus, readings: Readings) -> Place | None:
    """Give the place of the words nearest to a phrase; None where nothing is near.

    What is named has one slip more than a hit may have, or is spelt nearly so, or by its initials.
    """
    wanted = trimmed(folding.fold(phrase))
    if len(wanted) < _SHORTEST or any(sign in phrase for sign in PATTERN_SIGNS):
        return None
    letters = re.sub(r"[\s'’1-5]", "", plain_letters(phrase))
    if re.fullmatch("[a-z]+", letters):
        syllables = {ord(each): folding.usual_reading(each) for each in readings}
        return next(_spelt(letters, text, syllables), None)
    places = [*_aligned(wanted, text, Windows(wanted, readings, more=alignment.SLIP))]
    ranked = []
    for place, hit in zip(places, hits(places, corpus), strict=True):
        unmatched = sum(len(edit.typed) for edit in hit.edits if edit.kind != alignment.SWAPPED)
        length = len(folding.fold(hit.match))  # without the marks that folding drops
        unlike = abs(length - len(wanted)) + len(hit.match) - length
        ranked.append((hit.cost, unmatched, unlike, place))
    return min(ranked)[-1] if ranked else None


def _aligned(wanted: str, text: Text, windows: Windows) -> Iterator[Place]:
    """Let RapidFuzz pick the passages worth a look, and the alignment judge them.

    What costs least, a homophone, also takes one of the characters in common.
    """
    common = len(wanted) - int(windows.budget / alignment.SOUND)
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
    for line, _score, at in promising:
        for each in windows.align(line):
            yield Place(*text.passage(at), each.start, each.end, each.edits, "", line)


def _spelt(letters: str, text: Text, syllables: Mapping[int, str]) -> Iterator[Place]:
    """Yield where the initials are these letters, then where the spelling is most like them."""
    lines = text.lines()[:_MOST_SPELT]
    ways = [(syllables, _SPELT_LIKE_ENOUGH, _SLIPS)]
    if len(letters) >= _SHORTEST_INITIALS:
        ways.insert(0, ({code: syllable[:1] for code, syllable in syllables.items()}, 100.0, 0))
    for sounds, like_enough, slips in ways:
        spelt = [line.translate(sounds) for line in lines]
        for words, _score, at in process.extract(
            letters, spelt, scorer=fuzz.partial_ratio, score_cutoff=like_enough, limit=None
        ):
            ends = [0, *accumulate(len(sounds.get(ord(each), each)) for each in lines[at])]
            found = fuzz.partial_ratio_alignment(letters, words)
            start, end = (
                min(range(len(ends)), key=lambda place: abs(ends[place] - edge))
                for edge in ((found.dest_start + 0.25, found.dest_end - 0.25) if found else (0, 0))
            )
            there = words[ends[start] : ends[end]]
            if there.isalpha() and OSA.distance(letters, there) <= slips:
                edit = Edit(alignment.WRONG, letters, lines[at][start:end])
                yield Place(*text.passage(at), start, end, (edit,), "", lines[at])
