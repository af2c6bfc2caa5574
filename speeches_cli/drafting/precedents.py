"""A known corpus → the indicator and topic that it gives to quantities like one of a draft."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from math import log
from typing import NamedTuple

from speeches_cli import units
from speeches_cli.corpus import Corpus
from speeches_cli.drafting import indicator_names, mentions
from speeches_cli.drafting.indicator_names import Named
from speeches_cli.drafting.mentions import Mention
from speeches_cli.drafting.values import Guess
from speeches_cli.messages import _
from speeches_cli.model import Figure

_NEAR = 0.5
"""Of two names' weighted bigrams, the share in common (Sørensen–Dice) from which one may be meant by
the other. Measured on the eight speeches, each against the seven others: from here on, taking over
a name mends more than it spoils."""
_TELLING = 4
"""In characters: what a text calls by less (企业, 投资) is not the same elsewhere."""
_NAME_WEIGHT = 3
_MOST = 300
"""Speeches: of a larger corpus the latest are learnt from, which takes some seconds."""

_PER = re.compile("[人村户]均|每.")


class Precedent(NamedTuple):
    """A quantity of the known corpus: what this program would make of it, and what it is."""

    mention: Mention
    named: Named
    heading: str
    figure: Figure


class Precedents:
    """What a known corpus teaches."""

    def __init__(self, known: Corpus, *, most: int = _MOST) -> None:
        self.topics = known.topics
        learnt = tuple(_learn(known, most))
        self._names = _Names(learnt)
        self._topics = _Topics(learnt, self.topics)

    def name(self, mention: Mention, named: Named, heading: str) -> tuple[Guess, Guess]:
        """Give the indicator and topic of the nearest precedent, else what the words themselves say.

        Where several precedents are equally near and differ, no one is taken.
        """
        found = self._names.nearest(named, units.dimension(mention.quantity.unit))
        if len({each.indicator for each in found}) == 1:
            same = found[0].indicator == named.indicator
            doubt = None if same else _("or {indicator}").format(indicator=named.indicator)
            return Guess(found[0].indicator, doubt), Guess(found[0].topic)
        topic = self._topics.likeliest(mention, named, heading)
        return Guess(named.indicator, ""), Guess(topic, "")


class _Names:
    """Finds the known figures whose indicators are most like a name."""

    def __init__(self, learnt: Sequence[Precedent]) -> None:
        self._figures: dict[tuple[str, str], list[Figure]] = defaultdict(list)
        for each in learnt:
            dimension = units.dimension(each.figure.unit)
            names = {each.figure.indicator}
            if len(each.named.stem) >= _TELLING:
                names.add(each.named.indicator)
            for name in names:
                self._figures[name, dimension].append(each.figure)
        counted = Counter(
            gram
            for each in learnt
            for gram in _bigrams(each.named.indicator) | _bigrams(each.figure.indicator)
        )
        self._rarest = log(1 + len(learnt))
        self._weights = {gram: log(1 + len(learnt) / (1 + count)) for gram, count in counted.items()}
        self._having: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for key in self._figures:
            for gram in _bigrams(key[0]):
                self._having[gram].append(key)

    def nearest(self, named: Named, dimension: str) -> list[Figure]:
        """Give the figures whose names are most alike; none where no name is near."""
        if len(named.stem or named.indicator) < _TELLING:
            return self._figures.get((named.indicator, dimension), [])
        shared: dict[str, float] = defaultdict(float)
        per = _PER.findall(named.indicator)
        for gram in _bigrams(named.indicator):
            for name, measured in self._having.get(gram, ()):
                if measured == dimension and _PER.findall(name) == per:
                    shared[name] += self._weights[gram]
        whole = self._weight(named.indicator)
        likeness = {name: 2 * weight / (whole + self._weight(name)) for name, weight in shared.items()}
        best = max(likeness.values(), default=0.0)
        nearest = sorted(name for name, alike in likeness.items() if alike == best >= _NEAR)
        return [figure for name in nearest for figure in self._figures[name, dimension]]

    def _weight(self, name: str) -> float:
        return sum(self._weights.get(gram, self._rarest) for gram in _bigrams(name))


class _Topics:
    """Guesses topics from the bigrams of sentence, heading and name, by naive Bayes."""

    def __init__(self, learnt: Sequence[Precedent], topics: Sequence[str]) -> None:
        self._default = topics[0]
        self._counts: dict[str, Counter[str]] = {}
        self._prior = Counter(each.figure.topic for each in learnt)
        for each in learnt:
            counts = self._counts.setdefault(each.figure.topic, Counter(_bigrams(each.figure.topic)))
            counts.update(dict(_features(each.mention, each.named, each.heading)))
        self._different = len(set().union(*self._counts.values()))

    def likeliest(self, mention: Mention, named: Named, heading: str) -> str:
        """Give the likeliest topic; the first of all where the corpus has no figures."""
        said = _features(mention, named, heading)
        likelihood = {
            topic: log(self._prior[topic]) / 2 + self._likelihood(said, counts)
            for topic, counts in self._counts.items()
        }
        return max(likelihood, key=lambda topic: likelihood[topic], default=self._default)

    def _likelihood(self, said: Counter[str], counts: Counter[str]) -> float:
        whole = counts.total() + self._different
        return sum(weight * log((counts[gram] + 1) / whole) for gram, weight in said.items())


def _learn(known: Corpus, most: int) -> Iterator[Precedent]:
    """Read the known text as a draft's text is read, and set beside each quantity its figure."""
    speeches = sorted(known.speeches, key=lambda speech: speech.compilation.date)[-most:]
    figures = {
        (figure.speech, figure.section, span.paragraph, span.start): figure
        for figure in known.figures(speeches)
        for span in figure.spans
    }
    for passage in known.passages(speeches):
        for mention, named in indicator_names.name_all(mentions.find(passage.text)):
            key = (passage.speech, passage.section, passage.paragraph, mention.quantity.start)
            if figure := figures.get(key):
                yield Precedent(mention, named, passage.heading, figure)


def _features(mention: Mention, named: Named, heading: str) -> Counter[str]:
    """Weigh the bigrams that tell a topic: those of the name most."""
    said = dict.fromkeys(_bigrams(mention.whole_sentence()) | _bigrams(heading), 1)
    return Counter(said | dict.fromkeys(_bigrams(named.indicator), _NAME_WEIGHT))


def _bigrams(text: str) -> set[str]:
    return {text[index : index + 2] for index in range(len(text) - 1)}
