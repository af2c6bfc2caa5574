"""Passages → strings that recur and look like phrases, by the characters alone, without a dictionary.

A string is taken where its first and last characters hold to it more tightly than to their neighbours
outside, measured as pointwise mutual information in the compilation itself (Church and Hanks 1990).
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from speeches_cli import folding, units
from speeches_cli.model import HEADING, Passage, Speech

LEAST = 4  # in characters: shorter strings that recur are mostly plain words
LONGEST = 20  # in characters: a longer string is no phrase but a sentence

_MARKS = re.compile("[“”‘’\"'「」『』《》〈〉]")
_BETWEEN = re.compile("(?<=[”’」』])(?=[“‘「『])")
_UNITS = units.any_of(units.UNITS)
_BREAK = re.compile(rf"[0-9][0-9.,%]*[余多]?[万亿]*[余多]?(?:{_UNITS})?(?:以上|以下)?|[^\w+]+|_")
# Function words, which begin or end no phrase, and adverbs and verbs that go with anything.
_FUNCTION = "的了着和与及或等在从向把将被由于是其该这那并也都又再还已各每"
_BEFORE = re.compile(
    f"[+{_FUNCTION}]|深入|持续|扎实|积极|充分|加快|累计|不断|全面|进一步|切实|大力|着力|有效|广泛|努力|认真|始终|完成|解决|践行|开展|推进|推动|实现|加强"
)
_BEHIND = re.compile(
    f"(?:[+{_FUNCTION}为对到以中]|以上|以下|以来|[一二三四五六七八九十百千万亿]{{2,}}元?)$"
)

_OFFICE = 12  # in characters: how much of a post is left out with the name of its town
_MOSTLY = 0.9  # of how many of its places a string may have the same neighbour, and still end there
_SELDOM = 0.1  # of how many places of the more frequent order of two words the other one must have
_TOGETHER = 0.2  # of how many places of two words, all counted, they share: half of Dice's coefficient


class _Text(NamedTuple):
    """All different clauses, which end at punctuation, numbers and names, with a break behind each."""

    text: str
    times: list[int]  # for each character, how often its clause is said
    tight: list[float]  # for each character, how tight it is to the one before

    def count(self, places: Iterable[int]) -> int:
        """Say how often these places are said."""
        return sum(map(self.times.__getitem__, places))


def find(passages: Iterable[Passage], speeches: Iterable[Speech]) -> list[tuple[str, ...]]:
    """Give the folded strings, of LEAST characters or more, that stand whole more than once.

    Two words that stand mostly together, in either order (土地流转, 流转土地), are two forms of one;
    so are headings that differ in their middle (激发治理活力, 激发基层组织新活力).
    """
    passages, names = tuple(passages), _names(speeches)
    clauses = _clauses(passages, names)
    pairs = Counter[str]()
    for (text, _marks), count in clauses.items():
        for each in (*text, *map(str.__add__, text, text[1:])):
            pairs[each] += count
    said = _text(clauses, pairs)
    places = _recurring(said)
    times = {text: said.count(standing) for text, standing in places.items()}
    extended = dict[str, int]()
    for text, count in times.items():
        for part in (text[1:], text[:-1]):
            extended[part] = max(count, extended.get(part, 0))
    found = {
        _trimmed(text, places, said)
        for text, count in times.items()
        if count > 1 and extended.get(text, 0) <= _MOSTLY * count
    }
    headings = _clauses((each for each in passages if each.paragraph == HEADING), names)
    groups = [*_turned(places, pairs, said), *_framed(text for text, _marks in headings)]
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
        office = post.partition(town or "|")[2].removesuffix("书记")[:_OFFICE]
        optional = "".join(f"(?:{re.escape(each)}" for each in office) + ")?" * len(office)
        names |= {re.escape(each) for each in (bare, district) if len(each) > 2}
        names |= {re.escape(each) for each in (speaker, office and speech.kind + office) if each[1:]}
        names |= {re.escape(town) + optional} if town[1:] else set()
    return re.compile("|".join(sorted(names, key=len, reverse=True)))


def _clauses(
    passages: Iterable[Passage], names: re.Pattern[str]
) -> Counter[tuple[str, tuple[int, ...]]]:
    """Count the clauses, each with the places before which a quotation mark stands in it."""
    said = Counter[tuple[str, tuple[int, ...]]]()
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
                said[text[start:end], tuple(mark - start for mark in marks if start < mark < end)] += 1
    return said


def _text(clauses: Mapping[tuple[str, tuple[int, ...]], int], pairs: Counter[str]) -> _Text:
    """Join all clauses; two neighbours that meet often are as tight as their mutual information."""
    times, apart = list[int](), set[int]()
    for (clause, marks), count in clauses.items():
        apart.update(len(times) + mark for mark in marks)
        times += [count] * (len(clause) + 1)
    joined = "".join(f"{clause}\n" for clause, _marks in clauses)
    tightness = {
        pair: count / (pairs[pair[0]] * pairs[pair[1]])
        for pair, count in pairs.items()
        if len(pair) == 2 and count > 1
    }
    tight = [0.0, *(tightness.get(pair, 0.0) for pair in map(str.__add__, joined, joined[1:])), 0.0]
    for place in apart:
        tight[place] = 0.0
    return _Text(joined, times, tight)


def _recurring(said: _Text) -> dict[str, list[int]]:
    """Give the places of all strings that stand more than once, or also turned."""
    places: dict[str, list[int]] = {}
    standing = [each.start() for each in re.finditer(f"(?={'.' * LEAST})", said.text)]
    for length in range(LEAST, LONGEST + 1):
        found: dict[str, list[int]] = defaultdict(list)
        for start in standing:
            found[said.text[start : start + length]].append(start)
        kept = {
            each: at
            for each, at in found.items()
            if said.count(at) > 1 or (length == LEAST and each[2:] + each[:2] in found)
        }
        places |= kept
        again = {start for at in kept.values() for start in at}
        standing = [start for start in again if start + 1 in again]
    return places


def _framed(headings: Iterable[str]) -> list[tuple[str, ...]]:
    """Group the clauses of headings that have two characters more between the same words."""
    framed: dict[str, list[str]] = defaultdict(list)
    for text in set(headings):
        if len(text) > LEAST + 1 and not _BEFORE.match(text):
            framed[text[:2] + text[-2:]].append(text)
    return [tuple(sorted(group)) for group in framed.values() if len(group) > 1]


def _turned(
    places: Mapping[str, list[int]], pairs: Mapping[str, int], said: _Text
) -> Iterator[tuple[str, str]]:
    """Yield two words that stand mostly together, in one order and in the other."""
    for one in places:
        other = one[2:] + one[:2]
        if len(one) == LEAST and one < other and other in places:
            rare, often = sorted((said.count(places[one]), said.count(places[other])))
            together = rare + often >= _TOGETHER * (pairs[one[:2]] + pairs[one[2:]])
            whole = (_trimmed(each, places, said, least=1) for each in (one, other))
            if rare >= _SELDOM * often and together and all(whole):
                yield one, other


def _trimmed(text: str, places: Mapping[str, list[int]], said: _Text, least: int = 2) -> str:
    """Shorten a string until it stands whole at least so often; empty where it never does."""
    tight = said.tight
    while len(text) >= LEAST:
        standing, end = places[text], len(text)
        if word := _BEFORE.match(text):
            text = text[word.end() :]
        elif word := _BEHIND.search(text):
            text = text[: word.start()]
        else:
            left = [start for start in standing if tight[start] <= tight[start + 1]]
            right = [start for start in standing if tight[start + end - 1] >= tight[start + end]]
            if said.count(set(left) & set(right)) >= least:
                return text
            text = text[1:] if said.count(left) <= said.count(right) else text[:-1]
    return ""
