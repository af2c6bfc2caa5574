"""Passages → strings that recur and look like phrases, by the characters alone, without a dictionary.

A string is taken where its first and last characters hold to it more tightly than to their neighbours
outside, measured as pointwise mutual information in the compilation itself (Church and Hanks 1990).
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from math import inf, log
from typing import NamedTuple

from speeches_cli import folding, units
from speeches_cli.model import HEADING, Passage, Speech

LEAST = 4
"""In characters: shorter strings that recur are mostly plain words."""
LONGEST = 20
"""In characters: a longer string is no phrase but a sentence."""

_MARKS = re.compile("[“”‘’\"'「」『』《》〈〉]")
_BETWEEN = re.compile("(?<=[”’」』])(?=[“‘「『])")
_UNITS = "|".join(sorted(map(re.escape, units.UNITS), key=len, reverse=True))
_BREAK = re.compile(rf"[0-9][0-9.,%]*[余多]?[万亿]*[余多]?(?:{_UNITS})?(?:以上|以下)?|[^\w+]+|_")
# Function words, which begin or end no phrase, and adverbs and verbs that go with anything.
_FUNCTION = "的了着和与及或等在从向把将被由于是其该这那并也都又再还已各每"
_BEFORE = re.compile(
    f"[+{_FUNCTION}]|深入|持续|扎实|积极|充分|加快|累计|不断|全面|进一步|切实|大力|着力|有效|广泛|努力|认真|始终|完成|解决|践行|开展|推进|推动|实现|加强"
)
_BEHIND = re.compile(
    f"(?:[+{_FUNCTION}为对到以中]|以上|以下|以来|[一二三四五六七八九十百千万亿]{{2,}}元?)$"
)

_OFFICE = 12
"""In characters: how much of a post is left out with the name of its town."""
_TOGETHER = 0.2
"""Of how many places of two words, all counted, they share: half of Dice's coefficient."""


class _Clause(NamedTuple):
    """A stretch of folded text between punctuation marks, numbers and names."""

    text: str
    marks: frozenset[int]
    """Before which of its characters a quotation mark stands."""
    times: int


class _Edges(NamedTuple):
    """How often a string stands, how often of that whole, and with which neighbours most."""

    times: int
    left: int
    """How often nothing before it is tighter than its first two characters."""
    right: int
    whole: int
    extended: int
    """How often the one neighbour stands beside it that does so most."""


def find(passages: Iterable[Passage], speeches: Iterable[Speech]) -> list[tuple[str, ...]]:
    """Give the folded strings, of LEAST characters or more, that stand whole more than once.

    Two words that stand mostly together, in either order (土地流转, 流转土地), are two forms of one;
    so are headings that differ in their middle (激发治理活力, 激发基层组织新活力).
    """
    passages, names = tuple(passages), _names(speeches)
    clauses = _clauses(passages, names)
    headings = _clauses((each for each in passages if each.paragraph == HEADING), names)
    pairs = _counts(clauses, 2)
    tightness = _tightness(_counts(clauses, 1), pairs)
    edges = {text: _edges(text, places, tightness) for text, places in _recurring(clauses).items()}
    found = {
        _trimmed(text, edges)
        for text, seen in edges.items()
        if seen.times > 1 and seen.extended < seen.times
    }
    turned = [
        both
        for text in edges
        if (both := (text, _turned(text)))
        and text < both[1]
        and both[1] in edges
        and edges[text].times + edges[both[1]].times >= _TOGETHER * (pairs[text[:2]] + pairs[text[2:]])
        and all(_trimmed(each, edges, least=1) for each in both)
    ]
    groups = [*turned, *_framed(headings)]
    forms = {"", *(form for group in groups for form in group)}
    return [*groups, *((text,) for text in found if text not in forms)]


def _names(speeches: Iterable[Speech]) -> re.Pattern[str]:
    """Match the names of towns with as much of their posts as follows, of districts and of speakers."""
    names = set()
    for speech in speeches:
        town, district, speaker, post = map(
            folding.fold, (speech.town, speech.district, speech.speaker, speech.post)
        )
        bare = town.removesuffix(speech.kind)
        office = post.partition(town)[2].removesuffix("书记")[:_OFFICE]
        optional = "".join(f"(?:{re.escape(each)}" for each in office) + ")?" * len(office)
        names |= {re.escape(each) for each in (bare, district) if len(each) > 2}
        names |= {re.escape(each) for each in (speaker, office and speech.kind + office) if each[1:]}
        names.add(re.escape(town) + optional)
    return re.compile("|".join(sorted(names, key=len, reverse=True)))


def _clauses(passages: Iterable[Passage], names: re.Pattern[str]) -> list[_Clause]:
    said = Counter[tuple[str, frozenset[int]]]()
    for passage in passages:
        marks, text = [], ""
        for piece in _MARKS.split(_BETWEEN.sub("、", passage.text)):
            text += folding.fold(piece)
            marks.append(len(text))
        text = names.sub(lambda name: "|" * len(name[0]), text) + "|"
        reached = 0
        for match in _BREAK.finditer(text):
            start, end = reached, match.start()
            reached = match.end()
            if end - start > 1:
                inside = frozenset(mark - start for mark in marks if start < mark < end)
                said[text[start:end], inside] += 1
    return [_Clause(text, marks, count) for (text, marks), count in said.items()]


def _counts(clauses: Iterable[_Clause], length: int) -> Counter[str]:
    """Count the strings of some length."""
    counts = Counter[str]()
    for clause in clauses:
        for start in range(len(clause.text) - length + 1):
            counts[clause.text[start : start + length]] += clause.times
    return counts


def _tightness(characters: Counter[str], pairs: Counter[str]) -> dict[str, float]:
    """Give the pointwise mutual information of neighbours; those that meet only once prove nothing."""
    total = characters.total()
    return {
        pair: log(count * total / (characters[pair[0]] * characters[pair[1]]))
        for pair, count in pairs.items()
        if count > 1
    }


def _recurring(clauses: Iterable[_Clause]) -> dict[str, list[tuple[_Clause, int]]]:
    """Give the places of strings whose every stretch of LEAST characters recurs, or is turned."""
    counts = _counts(clauses, LEAST)
    places: dict[str, list[tuple[_Clause, int]]] = defaultdict(list)
    for clause in clauses:
        text = clause.text
        grams = [text[start : start + LEAST] for start in range(len(text) - LEAST + 1)]
        ends = [start for start, gram in enumerate(grams) if counts[gram] + counts[_turned(gram)] < 2]
        reached = 0
        for stop in (*ends, len(grams)):
            for start in range(reached, stop):
                for end in range(start + LEAST, min(start + LONGEST, stop + LEAST - 1) + 1):
                    places[text[start:end]].append((clause, start))
            reached = stop + 1
    return places


def _edges(text: str, places: Iterable[tuple[_Clause, int]], tightness: Mapping[str, float]) -> _Edges:
    """Look at what stands beside a string in all its places."""
    first, last = tightness.get(text[:2], -inf), tightness.get(text[-2:], -inf)
    before, behind = Counter[str](), Counter[str]()
    count = left = right = whole = 0
    for clause, start in places:
        end = start + len(text)
        outside = clause.text[start - 1 : start] if start not in clause.marks else ""
        beyond = clause.text[end : end + 1] if end not in clause.marks else ""
        begins = tightness.get(outside + text[0], -inf) <= first
        ends = tightness.get(text[-1] + beyond, -inf) <= last
        count += clause.times
        left += begins * clause.times
        right += ends * clause.times
        whole += (begins and ends) * clause.times
        before[outside] += clause.times
        behind[beyond] += clause.times
    del before[""], behind[""]
    return _Edges(count, left, right, whole, max((*before.values(), *behind.values(), 0)))


def _framed(headings: Iterable[_Clause]) -> list[tuple[str, ...]]:
    """Group the clauses of headings that have two characters more between the same words."""
    framed: dict[str, list[str]] = defaultdict(list)
    for text in {each.text for each in headings}:
        if len(text) > LEAST + 1 and not _BEFORE.match(text):
            framed[text[:2] + text[-2:]].append(text)
    return [tuple(sorted(group)) for group in framed.values() if len(group) > 1]


def _turned(text: str) -> str:
    """Set the second two of four characters before the first two; empty for other strings."""
    return text[2:] + text[:2] if len(text) == 4 else ""


def _trimmed(text: str, edges: Mapping[str, _Edges], least: int = 2) -> str:
    """Shorten a string until it stands whole at least so often; empty where it never does."""
    while len(text) >= LEAST:
        seen = edges[text]
        if word := _BEFORE.match(text):
            text = text[word.end() :]
        elif word := _BEHIND.search(text):
            text = text[: word.start()]
        elif seen.whole >= least:
            return text
        elif seen.left <= seen.right:
            text = text[1:]
        else:
            text = text[:-1]
    return ""
