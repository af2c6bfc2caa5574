"""A search that was asked for → an answer, as hits or as counts; where there is none, what is known."""

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING

from speeches_cli import folding, options
from speeches_cli.answers import about, described, left_out
from speeches_cli.asked import Settings, refuse_beside
from speeches_cli.corpus import Corpus
from speeches_cli.errors import NothingFound, SpeechesError
from speeches_cli.messages import _, plural
from speeches_cli.model import Speech
from speeches_cli.output import Answer

if TYPE_CHECKING:
    from speeches_cli.search import Found, Hit

JSON_CONTEXT = 30  # in characters, on each side of a match in records, when `--context` does not say


def search(
    asked: Settings,
    phrases: list[str],
    district: options.Texts = None,
    town: options.Texts = None,
    kind: str | None = None,
    either: bool = False,
    without: options.Texts = None,
    near: bool = False,
    count: bool = False,
    cite: options.Form | None = None,
    characters: int | None = None,
    sort: options.HitOrder = "text",
    limit: int | None = None,
) -> Answer:
    """Find a phrase, also slightly wrong, in traditional characters, or in pinyin."""
    from speeches_cli import search as search_

    sides = sort in ("left", "right")
    beside = {"--cite": cite is not None, "--context": characters is not None, f"--sort {sort}": sides}
    refuse_beside("--count", count, beside)
    if sort == "count" and not count:
        raise SpeechesError(_("--sort count needs --count"))
    corpus = asked.open()
    chosen = described(corpus, districts=district, towns=town, kind=kind)
    found = search_.search(
        phrases,
        corpus,
        corpus.readings,
        speeches=chosen,
        near=near,
        either=either,
        without=without or (),
        limit=limit if sort == "text" and not count else None,  # else all are sorted or counted
    )
    if count:
        towns = corpus.speeches if chosen is None else chosen
        answer = _counts(phrases, corpus, found, towns, sort, limit)
    else:
        answer = _hits(phrases, corpus, found, cite, characters, sort, limit)
    near_ = (_("--near also looks for slips"),) if found.more else ()
    return answer._replace(notes=(*answer.notes, *near_))


def _hits(
    phrases: Sequence[str],
    corpus: Corpus,
    found: "Found",
    cite: str | None,
    context: int | None,
    sort: str,
    limit: int | None,
) -> Answer:
    """Show what was found in context, or as quotations with their source."""
    from speeches_cli import search
    from speeches_cli.render import citations, concordance, records

    places = found.places or (found.nearest if len(phrases) == 1 else ())
    if not places:
        raise NothingFound(_nothing(phrases, corpus, found))
    wanted = places[:limit] if sort == "text" else places
    by_key = corpus.with_keys(each.speech for each in wanted)
    around = JSON_CONTEXT if context is None else context

    @cache
    def shown() -> tuple["Hit", ...]:
        return search.sort(search.hits(wanted, corpus), sort)[:limit]

    notes = (
        *((_("there are more hits: raise --limit"),) if len(places) > (limit or len(places)) else ()),
        *((_nothing(phrases, corpus, found),) if places is found.nearest else _advice(phrases)),
    )
    heading = about(_("Search: {phrases}", phrases=_(", ").join(phrases)), by_key.values())
    if cite:
        return _cited(shown(), by_key, corpus, cite, around)._replace(asked=heading, notes=notes)
    return Answer(
        page=lambda width: concordance.in_context(
            shown(), by_key, context=context, width=width, grouped=sort == "text"
        ),
        records=lambda: (  # read one by one where they need not be sorted
            records.hit(each, by_key[each.passage.speech], context=around)
            for each in (search.hits(wanted, corpus) if sort == "text" else shown())
        ),
        document=lambda: citations.cited(citations.quotations(shown(), by_key, ()), "page"),
        asked=heading,
        notes=notes,
    )


def _cited(
    shown: Sequence["Hit"], towns: Mapping[int, Speech], corpus: Corpus, form: str, context: int
) -> Answer:
    """Show the sentences of hits as quotations, or only their sources for another program."""
    from speeches_cli.render import citations, data, records

    quoted = citations.quotations(shown, towns, corpus.figures([*towns.values()]))
    forms = {
        "csl": lambda: data.json(citations.csl(quoted)),
        "bibtex": lambda: citations.bibtex(quoted),
    }
    return Answer(
        page=lambda _width: citations.cited(quoted, form),
        records=lambda: [
            records.hit(hit, each.speaker, context=context) | citations.record(each, form)
            for each in quoted
            for hit in each.hits
        ],
        rows=lambda: [citations.record(each, form) for each in quoted],
        text=forms.get(form),
    )


def _counts(
    phrases: Sequence[str],
    corpus: Corpus,
    found: "Found",
    towns: Sequence[Speech],
    sort: str,
    limit: int | None,
) -> Answer:
    """Count what was found in every town, zeros too; sorted by `count`, the most first."""
    from speeches_cli.render import concordance, records

    counts = Counter(each.speech for each in found.places)
    every = [(town, counts[town.key]) for town in towns]
    if sort == "count":
        every.sort(key=lambda each: -each[1])
    counted = every[:limit]
    inexact = sum(1 for each in found.places if each.edits)
    differ = plural(
        "{count} hit differs from what was typed", "{count} hits differ from what was typed", inexact
    )
    return Answer(
        page=lambda _width: concordance.counts(
            counted, total=len(found.places), by_meeting=sort == "text"
        ),
        records=lambda: [records.count(*each) for each in counted],
        asked=about(_("Search: {phrases}", phrases=_(", ").join(phrases)), towns),
        notes=(*left_out(len(every), limit), *((differ,) if inexact else ())),
        failure=None if found.places else NothingFound(_nothing(phrases, corpus, found)),
    )


def _nothing(phrases: Sequence[str], corpus: Corpus, found: "Found") -> str:
    """Say that nothing is found, and what is known instead: nearest words, who or what is called so."""
    from speeches_cli.search import hits

    if found.apart:
        places = (
            plural("'{phrase}' {count} time", "'{phrase}' {count} times", count, phrase=phrase)
            for phrase, count in found.apart
        )
        message = _("no paragraph has all of them: {places}; --any finds each")
        return message.format(places=_(", ").join(places))
    quoted = [_("'{phrase}'", phrase=each) for each in phrases]
    said = [_("nothing found for {phrases}", phrases=_(", ").join(quoted))]
    said += [
        _("the nearest words are '{suggestion}'", suggestion=hit.match)
        for hit in hits(found.nearest[:1], corpus)
    ]
    wanted = folding.fold(phrases[0])
    said += [
        _("for the speech itself: speeches show {number}", number=each.number)
        for each in corpus.called(wanted)[:1]
    ]
    said += [
        _("for the speeches from there: speeches list --district {district}", district=each)
        for each in corpus.districts
        if folding.fold(each) == wanted
    ]
    return _("; ").join((*said, *_advice(phrases)))


def _advice(phrases: Sequence[str]) -> tuple[str, ...]:
    """Say that a phrase is no pattern, to whoever typed one."""
    from speeches_cli.search import PATTERN_SIGNS

    if any(sign in phrase for phrase in phrases for sign in PATTERN_SIGNS):
        return (_("| and * are no wildcards; for one phrase or the other: --any"),)
    return ()
