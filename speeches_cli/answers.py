"""A loaded corpus and what was asked → an answer, or an error: a function for each command.

Search is asked first and shown afterwards, as hits or as counts. What a command does not need is
not imported.
"""

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from speeches_cli.corpus import LARGEST_COMPILATION, Corpus, read, read_input
from speeches_cli.errors import NothingFound, UnsoundCorpus, UsageError
from speeches_cli.messages import _, plural
from speeches_cli.model import Speech
from speeches_cli.output import Answer

if TYPE_CHECKING:
    from speeches_cli.drafting import Draft


def speeches(corpus: Corpus, *, districts: Sequence[str], kind: str | None, sort: str) -> Answer:
    """List speeches; grouped by district when they stand in their own order."""
    from speeches_cli.render import reading, records

    shown = described(corpus, districts=districts, kind=kind)
    keys = {"number": "key", "town": "slug", "characters": "characters", "figures": "figures"}
    shown.sort(key=lambda each: getattr(each, keys[sort]), reverse=sort in ("characters", "figures"))
    return Answer(
        page=lambda _width: reading.speeches(shown, grouped=sort == "number"),
        records=lambda: [records.speech(each) for each in shown],
    )


def speech(corpus: Corpus, typed: str, *, sections: Sequence[int], with_figures: bool) -> Answer:
    """Show one speech, or some sections of it."""
    from speeches_cli import references
    from speeches_cli.render import reading, records

    place = references.locate(typed, corpus)
    found = tuple(corpus.passages([place.speech]))
    wanted = [*sections, *(() if place.section is None else (place.section,))]
    last = found[-1].section
    for number in wanted:
        if number > last:
            message = _("{town} has no section {number}; the last is {last}")
            raise UsageError(message.format(town=place.speech.town, number=number, last=last))
    passages = [each for each in found if not wanted or each.section in wanted]
    figures = [each for each in corpus.figures([place.speech]) if not wanted or each.section in wanted]
    whole = partial(records.whole, place.speech, passages, figures)
    return Answer(
        page=lambda _width: reading.speech(place.speech, passages, figures, with_figures=with_figures),
        records=lambda: [whole()],
        value=whole,
        rows=lambda: [records.figure(each, place.speech) for each in figures],
    )


def comparison(
    corpus: Corpus,
    typed: Sequence[str],
    *,
    topics: Sequence[str],
    shared_only: bool,
    quote: bool,
    worded: bool = False,
) -> Answer:
    """Set the figures of two or more towns side by side, or where it is `worded` their phrases."""
    from speeches_cli import figures, references
    from speeches_cli.render import comparing, records, several

    towns = [references.resolve(each, corpus) for each in typed]
    if len(towns) < 2:
        raise UsageError(_("one town cannot be compared; name two or more"))
    for index, town in enumerate(towns):
        if town in towns[:index]:
            message = _("'{typed}' is {town} again; name two different towns")
            raise UsageError(message.format(typed=typed[index], town=town.town))
    made = figures.compare(
        towns,
        corpus.figures(towns),
        corpus.topics,
        only=references.topics(topics, corpus),
        shared_only=shared_only,
        related=corpus.related,
    )
    if not made.rows and not made.related and not worded:
        raise NothingFound(
            _("{message}; {counts}").format(
                message=_("these speeches have no such figures in common"),
                counts=several.left_out(made, made.left_out),
            )
            if any(made.left_out)
            else _("these speeches state no such figure")
        )
    answer = Answer(
        page=lambda width: comparing.comparison(made, quote=quote, width=width),
        records=lambda: [records.row(row, made) for row in made.rows],
        value=lambda: records.comparison(made),
        rows=lambda: records.comparison_rows(made),
    )
    return _worded(answer, towns, corpus) if worded else answer


def _worded(answer: Answer, towns: Sequence[Speech], corpus: Corpus) -> Answer:
    """Add to a comparison the phrases that towns share, and show these in place of the figures."""
    from collections import Counter

    from speeches_cli import phrases
    from speeches_cli.render import phrases as rendering
    from speeches_cli.render import records

    found = phrases.beside(phrases.find(corpus.passages(), corpus.speeches), corpus.speeches, towns)
    topics: dict[int, Counter[str]] = {each.key: Counter() for each in towns}
    for figure in corpus.figures(towns):
        topics[figure.speech][figure.topic] += 1
    told = records.beside(found, corpus.speeches, towns)
    every = [*told["shared"], *(each for own in told["only"] for each in own)]
    return answer._replace(
        page=lambda _width: rendering.beside(found, towns, topics),
        records=lambda: every,
        value=lambda: (answer.value() if answer.value else {}) | {"phrases": told},
        rows=lambda: [records.phrase_row(each) for each in every],
    )


def figures(
    corpus: Corpus,
    indicator: str | None,
    *,
    towns: Sequence[str],
    topics: Sequence[str],
    sort: str,
) -> Answer:
    """List figures, of all indicators or of those that are near what was typed."""
    from speeches_cli import figures as figures_
    from speeches_cli import references
    from speeches_cli.render import measuring, records

    chosen = described(corpus, towns=towns)
    wanted = references.topics(topics, corpus)
    named = None if indicator is None else references.indicators(indicator, corpus)
    found = [each for each in corpus.figures(chosen, named) if each.topic in wanted]
    if not found:
        raise NothingFound(_("these speeches state no such figure"))
    groups = figures_.across(found, chosen, sort=sort)
    by_key = {each.key: each for each in chosen}
    return Answer(
        page=lambda _width: measuring.figures(
            groups, by_key, silent=indicator is not None, related=corpus.related
        ),
        records=lambda: [
            records.figure(each, by_key[each.speech]) for group in groups for each in group.figures
        ],
    )


def phrases(
    corpus: Corpus,
    *,
    districts: Sequence[str],
    towns: Sequence[str],
    quoted: bool,
    least: int | None,
    limit: int | None,
) -> Answer:
    """List the phrases that recur, or those that some towns have to themselves or more often."""
    from speeches_cli import phrases as phrases_
    from speeches_cli.render import phrases as rendering
    from speeches_cli.render import records

    speeches = corpus.speeches
    chosen = described(corpus, districts=districts, towns=towns) if districts or towns else speeches
    found = phrases_.find(corpus.passages(), speeches)
    if chosen is not speeches:
        every = phrases_.own(found, speeches, chosen, least=least or 1, quoted=quoted)
        draw = partial(rendering.own, every[:limit], speeches, chosen)
    else:
        every = phrases_.recurring(found, speeches, least=least or (1 if quoted else 2), quoted=quoted)
        draw = partial(rendering.recurring, every[:limit], speeches)
    if not every:
        raise NothingFound(
            _("no phrase recurs in so many towns")
            if chosen is speeches
            else _("these towns have no phrase of their own")
        )
    left_out = len(every) - len(every[:limit])
    more = plural("{count} more phrase: raise --limit", "{count} more phrases: raise --limit", left_out)
    return Answer(
        page=lambda _width: draw(),
        records=lambda: [records.phrase(each, speeches, chosen) for each in every[:limit]],
        rows=lambda: [
            records.phrase_row(records.phrase(each, speeches, chosen)) for each in every[:limit]
        ],
        notes=(more.format(count=left_out),) if left_out else (),
    )


def check(path: Path) -> Answer:
    """Say everything that is wrong with a corpus, or odd, and whether it is sound."""
    from speeches_cli import auditing
    from speeches_cli.render import auditing as rendering
    from speeches_cli.render import records

    report = auditing.audit(path)
    return Answer(
        page=lambda _width: rendering.report(report, path),
        records=lambda: [records.remark(each) for each in (*report.problems, *report.notes)],
        value=lambda: records.report(report, path),
        failure=UnsoundCorpus(rendering.summary(report, path)) if report.problems else None,
    )


def draft(file: Path, corpus: Corpus, output: Path | None, *said: str | None) -> "Draft":
    """Draft a corpus from a compilation's file, and say in its report what to do next.

    `said` is what a person knows better than the text: district, kind, date and meeting.
    """
    from speeches_cli import drafting

    piped = str(file) == "-"
    name, data = (
        (_("standard input"), read_input()) if piped else (str(file), read(file, LARGEST_COMPILATION))
    )
    known = drafting.Known(tuple(corpus.districts), *said)
    drafted = drafting.draft(data, name=name, known=known)
    message = _(
        "next: look at each 'unsure' and 'sure: false' in {file}, then run: speeches check {file}"
    )
    if output is None:
        message = _("next: keep it with --output corpus.yaml")
    return drafted._replace(report=(*drafted.report, message.format(file=output)))


def described(
    corpus: Corpus,
    *,
    districts: Sequence[str] = (),
    towns: Sequence[str] = (),
    kind: str | None = None,
) -> list[Speech]:
    """Give the speeches that answer every description given; NothingFound when none does."""
    chosen: Sequence[Speech] = corpus.speeches if not (districts or towns) else ()
    if districts or towns:
        from speeches_cli import references

        within = references.districts(districts, corpus)
        named = {each.key: each for each in (references.resolve(typed, corpus) for typed in towns)}
        chosen = [named[key] for key in sorted(named)] if towns else corpus.within(within)
        chosen = [each for each in chosen if not within or each.district in within]
    chosen = [each for each in chosen if kind in (None, each.kind)]
    if not chosen:
        raise NothingFound(_("no speech answers this description"))
    return chosen
