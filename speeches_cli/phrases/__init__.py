"""Speeches → the phrases that recur in them, and the phrases that are some towns' own."""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence, Set as AbstractSet
from itertools import chain
from typing import Any, NamedTuple

from speeches_cli import folding, numerals
from speeches_cli.corpus import Corpus
from speeches_cli.model import HEADING, Passage, Speech
from speeches_cli.phrases import candidates

_LABEL = re.compile('[“「『‘"]([^“”「」『』‘’"。！？；，：]{2,16})[”」』’"]')


class Phrase(NamedTuple):
    """A phrase of a compilation, with where and how often it is said."""

    forms: tuple[str, ...]  # the ways to say it, counted together, the most frequent first
    said: dict[int, int]  # the key of each speech that has it, and how often
    speeches: tuple[Speech, ...]  # those speeches, in the order of the corpus
    labelled: int  # in how many it stands in quotation marks: the label of a practice
    headed: bool  # whether it stands in a title or a heading anywhere
    change: str | None = None  # of meetings: `new` where only the last has it, `gone` where it lacks it
    variants: tuple[str, ...] = ()  # longer ones that hold it, shorter ones that the same speeches say

    @property
    def text(self) -> str:
        """Its usual form."""
        return self.forms[0]

    @property
    def telling(self) -> bool:
        """Whether it is no plain word: long enough, or quoted by two and half of those who say it."""
        mostly = self.labelled > 1 and 2 * self.labelled >= len(self.said)
        return mostly or len(self.text) >= candidates.LEAST

    @property
    def times(self) -> int:
        """How often it is said."""
        return sum(self.said.values())

    @property
    def towns(self) -> int:
        """How many towns say it; one that spoke twice is one."""
        return len({each.path for each in self.speeches})

    def count(self, speeches: Iterable[Speech]) -> int:
        """Say how often some speeches have it."""
        return sum(self.said.get(each.key, 0) for each in speeches)


def find(passages: Iterable[Passage], speeches: Sequence[Speech]) -> tuple[Phrase, ...]:
    """Find the phrases of a whole compilation: what recurs, and what stands in quotation marks."""
    passages = tuple(passages)
    labelled: dict[str, set[int]] = defaultdict(set)
    for passage in passages:
        for words in _LABEL.findall(passage.text):
            labelled[folding.fold(words)].add(passage.speech)
    groups = candidates.find(passages, speeches)
    known = {*chain(*groups)}
    groups += [(label,) for label in labelled if len(label) > 1 and label not in known]
    places = _places(chain(*groups), passages)
    by_key, last = {each.key: each for each in speeches}, last_meeting(speeches)
    found = []
    for group in groups:
        if not places.keys() >= set(group):
            continue  # “1”2 is no 1
        there = [passage for form in group for passage, _start in places[form]]
        said = dict(sorted(Counter(each.speech for each in there).items()))
        saying = tuple(by_key[key] for key in said)
        dates = {each.compilation.date for each in saying}
        change = None
        if last is not None and (dates == {last} or last not in dates):
            change = "new" if last in dates else "gone"
        usual = sorted(group, key=lambda form: -len(places[form]))
        forms = tuple(_shown(form, *places[form][0]) for form in usual)
        quoting = set[int]().union(*(labelled.get(form, ()) for form in group))
        headed = any(each.paragraph == HEADING for each in there)
        found.append(Phrase(forms, said, saying, len(quoting), headed, change))
    return tuple(found)


def of(corpus: Corpus) -> tuple[Phrase, ...]:
    """Find the phrases of a corpus, or take those that were found before and kept with it."""

    def make() -> list[tuple[Any, ...]]:
        return [
            (each.forms, [*each.said.items()], each.labelled, each.headed, each.change)
            for each in find(corpus.passages(corpus.speeches), corpus.speeches)
        ]

    return tuple(
        Phrase(tuple(forms), dict(said), tuple(corpus.speeches[key] for key, _times in said), *rest)
        for forms, said, *rest in corpus.kept("phrases", make)
    )


def recurring(found: Iterable[Phrase], *, least: int, quoted: bool = False) -> tuple[Phrase, ...]:
    """Give what at least so many towns say, the most towns first; with `quoted` only labels."""
    kept = [one for one in found if one.towns >= least and (one.labelled if quoted else one.telling)]
    return _families(kept, lambda each: -each.towns)


def own(
    found: Iterable[Phrase], chosen: Sequence[Speech], *, least: int = 1, quoted: bool = False
) -> tuple[Phrase, ...]:
    """Give what only some speeches say, then what they say more often than all others together."""
    keys = {each.key for each in chosen}
    only, more = [], []
    for each in found:
        elsewhere = each.times - each.count(chosen)
        here = {speech.path for speech in each.speeches if speech.key in keys}
        if len(here) < least or (quoted and not each.labelled):
            continue
        if not elsewhere:
            only.append(each)
        elif each.times > 2 * elsewhere and len(each.text) >= candidates.LEAST:
            more.append(each)
    return (
        *_families(only, lambda each: (not each.labelled, -each.times)),
        *_families(more, lambda each: -each.count(chosen)),
    )


class Beside(NamedTuple):
    """The phrases of speeches side by side."""

    shared: tuple[Phrase, ...]  # by two or more: by most of them first, then by the fewest others
    only: tuple[tuple[Phrase, ...], ...]  # for each speech those of no other, its labels first


def beside(found: Iterable[Phrase], shown: Sequence[Speech]) -> Beside:
    """Set the phrases of some speeches of a compilation side by side."""
    shared: list[Phrase] = []
    only: dict[int, list[Phrase]] = {each.key: [] for each in shown}
    for each in found:
        sayers = [key for key in only if key in each.said]
        if len(sayers) > 1 and each.telling:
            shared.append(each)
        elif len(sayers) == 1 and (each.labelled or each.towns > 1):
            only[sayers[0]].append(each)
    keys = only.keys()
    return Beside(
        _families(shared, lambda each: (-len(keys & each.said), each.towns), among=keys),
        tuple(
            _families(own, lambda each: (not each.labelled, -each.count(shown)), among=keys)
            for own in only.values()
        ),
    )


def last_meeting(speeches: Iterable[Speech]) -> str | None:
    """Give the date of the last of several meetings."""
    dates = {each.compilation.date for each in speeches}
    return max(dates) if len(dates) > 1 else None


def _places(forms: Iterable[str], passages: Iterable[Passage]) -> dict[str, list[tuple[Passage, int]]]:
    """Find every place of folded strings, also inside longer words, as a search does."""
    beginning: dict[str, list[str]] = defaultdict(list)
    for form in forms:
        beginning[form[: candidates.LEAST]].append(form)
    lengths = sorted(set(map(len, beginning)))
    found: dict[str, list[tuple[Passage, int]]] = defaultdict(list)
    for passage in passages:
        folded = folding.fold(passage.text)
        for start in range(len(folded)):
            for length in lengths:
                for form in beginning.get(folded[start : start + length], ()):
                    end = start + len(form)
                    if folded[start:end] == form and not any(numerals.cut(form, folded, start, end)):
                        found[form].append((passage, start))
    return found


def _shown(form: str, passage: Passage, start: int) -> str:
    """Write words of a passage's fold as it does, without the marks that folding drops."""
    text = passage.text
    begin, end = folding.unfold(text, folding.fold(text), start, start + len(form))
    return "".join(filter(folding.fold, text[begin:end]))


def _families(
    phrases: Iterable[Phrase], order: Callable[[Phrase], Any], among: AbstractSet[int] | None = None
) -> tuple[Phrase, ...]:
    """Sort phrases, labels and what stands in headings first among equals; set nested ones as one.

    A shorter one goes with a longer one only where the same speeches, of all or `among` some, say both.
    """
    heads: dict[str, Phrase] = {}
    inside: dict[str, str] = {}
    longer: dict[str, list[Phrase]] = defaultdict(list)

    def rank(each: Phrase) -> tuple[Any, ...]:
        plain = not each.labelled, not each.headed
        return (order(each), *plain, -each.times, -len(each.text), each.text)

    for phrase in sorted(phrases, key=rank):
        text = phrase.text
        parts = [text[i:j] for i in range(len(text)) for j in range(i + 2, len(text) + 1)]
        head = max((part for part in parts if part in heads), key=len, default=inside.get(text, ""))
        differ = heads[head].said.keys() ^ phrase.said.keys() if head and head not in text else set()
        if head and not differ & (differ if among is None else among):
            longer[head].append(phrase)
        else:
            heads[text] = phrase
            inside |= {part: text for part in parts if part not in inside}
    return tuple(
        head._replace(variants=tuple(each.text for each in longer[text]))
        for text, head in heads.items()
    )
