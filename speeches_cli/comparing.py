"""Figures that were asked for → an answer: towns side by side, a measure across towns, all measures."""

from collections.abc import Iterable, Sequence
from operator import attrgetter
from typing import TYPE_CHECKING

from speeches_cli import options
from speeches_cli.answers import described, left_out, sources
from speeches_cli.asked import Settings, refuse_beside
from speeches_cli.corpus import Corpus
from speeches_cli.errors import NothingFound
from speeches_cli.messages import _
from speeches_cli.model import Figure, Speech
from speeches_cli.output import Answer

if TYPE_CHECKING:
    from speeches_cli.figures import Comparison, Group


def compare(
    asked: Settings,
    refs: list[str],
    topic: options.Texts = None,
    shared: bool = False,
    quote: bool = False,
    worded: bool = False,
) -> Answer:
    """Set the figures of two or more towns side by side."""
    from speeches_cli import figures, references
    from speeches_cli.render import comparing as rendering, records

    beside = {"--quote": quote, "--shared": shared, "--topic": topic is not None}
    refuse_beside("--phrases", worded, beside)
    corpus = asked.open()
    towns = references.to_compare(refs, corpus)
    stated = corpus.figures(towns, references.topics(topic or (), corpus))
    made = figures.compare(towns, stated, corpus.topics, shared_only=shared, related=corpus.related)
    named = references.joined([each.town for each in towns])
    if worded:
        return _worded(made, named, corpus)
    if not (made.rows or made.related):
        message = _("these speeches state no such figure")
        if any(made.counts):
            message = _("these speeches have no such figures in common")
            message = _("; ").join((message, rendering.left_out(made)))
        raise NothingFound(message)
    return Answer(
        page=lambda _width: rendering.comparison(made, quote=quote),
        records=lambda: [records.row(row, made) for row in made.rows],
        value=lambda: records.comparison(made),
        rows=lambda: records.comparison_rows(made, quote=quote),
        asked=(_("Comparison: {towns}", towns=named), *sources(towns)),
    )


def _worded(made: "Comparison", named: str, corpus: Corpus) -> Answer:
    """Show the phrases that towns share in place of their figures, in JSON beside these."""
    from collections import Counter

    from speeches_cli import phrases
    from speeches_cli.render import phrases as rendering, records

    towns = made.towns
    found = phrases.beside(phrases.of(corpus), towns)
    topics: dict[int, Counter[str]] = {each.key: Counter() for each in towns}
    for _indicator, topic, _unit, speech in corpus.mentions(towns, ()):
        topics[speech][topic] += 1
    told = records.beside(found, towns)
    every = [*told["shared"], *(each for own in told["only"] for each in own)]
    return Answer(
        page=lambda _width: rendering.beside(found, towns, topics),
        records=lambda: every,
        value=lambda: records.comparison(made) | {"phrases": told},
        asked=(_("Phrases: {towns}", towns=named), *sources(towns)),
    )


def figures(
    asked: Settings,
    indicator: str | None = None,
    district: options.Texts = None,
    town: options.Texts = None,
    kind: str | None = None,
    topic: options.Texts = None,
    ranking: options.FigureOrder = "value",
    limit: int | None = None,
) -> Answer:
    """List every figure, or one measure across all towns."""
    from speeches_cli import figures as figures_, references
    from speeches_cli.render import comparing as rendering, records

    corpus = asked.open()
    speeches = described(corpus, districts=district, towns=town, kind=kind) or corpus.speeches
    wanted = references.topics(topic or (), corpus)
    named = references.indicators(indicator, corpus) if indicator is not None else ()
    worded = [] if indicator is None or named else _worded_so(indicator, speeches, wanted, corpus)
    mentions = corpus.mentions(speeches, wanted, named)
    if worded:
        mentions = map(attrgetter("indicator", "topic", "unit", "speech"), worded)
    towns = {each.key: each for each in speeches}
    measures = figures_.measured(mentions, towns, corpus.topics)
    worded.sort(key=lambda each: [*measures].index(each.indicator))

    def groups(*, quoted: bool) -> Iterable["Group"]:
        stated = worded or corpus.figures(speeches, wanted, measures, quoted=quoted)
        return figures_.across(stated, sort=ranking, limit=limit)

    title = _("Figures: {indicator}", indicator=indicator) if indicator else _("Figures")
    message = _("no indicator called '{typed}'; these figures stand in sentences with the word")
    told = message.format(typed=indicator) if worded else ""
    return Answer(
        page=lambda _width: rendering.figures(
            groups(quoted=False), towns, corpus.related if named else None
        ),
        records=lambda: (
            records.figure(one, towns[one.speech])
            for each in groups(quoted=True)
            for one in each.figures
        ),
        asked=(title, *sources(speeches)),
        notes=(told, left_out(sum(each.figures for each in measures.values()), limit)),
    )


def _worded_so(
    typed: str, speeches: Sequence[Speech], topics: Sequence[str], corpus: Corpus
) -> list[Figure]:
    """Give the figures in whose sentence some words stand; SpeechesError where there are none."""
    from speeches_cli import folding, references

    words = folding.fold(typed)
    found = [
        each
        for each in corpus.figures(speeches, topics)
        if words and words in folding.fold(each.sentence) and not each.repeats
    ]
    if not found:
        raise references.no_indicator(typed, corpus)
    return found


def indicators(asked: Settings, topic: options.Texts = None) -> Answer:
    """List what is measured: by topic, with its units and how many towns report it."""
    from speeches_cli import figures as figures_, references
    from speeches_cli.render import comparing as rendering

    corpus = asked.open()
    found = corpus.mentions(corpus.speeches, references.topics(topic or (), corpus))
    towns = {each.key: each for each in corpus.speeches}
    measures = figures_.measured(found, towns, corpus.topics, corpus.related).values()
    return Answer(
        page=lambda _width: rendering.indicators(measures),
        records=lambda: [each._asdict() for each in measures],
        asked=(_("Indicators"), *sources(corpus.speeches)),
    )
