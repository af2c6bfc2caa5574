"""A search that was asked for → an answer, as hits or as counts; where there is none, what is known."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from speeches_cli import folding, options
from speeches_cli.answers import described, left_out, sources
from speeches_cli.asked import Settings, refuse_beside
from speeches_cli.corpus import Corpus
from speeches_cli.errors import NothingFound, SpeechesError
from speeches_cli.messages import _, plural
from speeches_cli.model import Speech
from speeches_cli.output import Answer

if TYPE_CHECKING:
    from speeches_cli.search import Found, Hit, Place


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
        speeches=chosen,
        near=near,
        either=either,
        without=without or (),
        limit=limit if sort == "text" and not count else None,  # else all are sorted or counted
    )
    told = _told(phrases, corpus, found)
    if count:
        answer = _counts(found.places, chosen or corpus.speeches, told, sort, limit)
    elif places := found.places or (found.nearest if len(phrases) == 1 else ()):
        answer = _hits(places, corpus, cite, characters, sort, limit)
    else:
        raise NothingFound(told)
    title = _("Search: {phrases}", phrases=_(", ").join(phrases))
    notes = (*answer.notes, "" if answer.failure else told)
    return answer._replace(asked=(title, *answer.asked), notes=notes)


def _hits(
    places: Sequence["Place"],
    corpus: Corpus,
    cite: str | None,
    context: int | None,
    sort: str,
    limit: int | None,
) -> Answer:
    """Show places in context, or as quotations with their source."""
    from speeches_cli import search
    from speeches_cli.render import citations, concordance, records

    wanted = places[:limit] if sort == "text" else places
    by_key = corpus.with_keys(each.speech for each in wanted)
    around = 30 if context is None else context  # in characters, for records

    def shown() -> Iterable["Hit"]:
        every = search.hits(wanted, corpus)  # read one by one where they need not be sorted
        return every if sort == "text" else search.sort(every, sort)[:limit]

    more = _("there are more hits: raise --limit") if len(places) > (limit or len(places)) else ""
    asked = sources(by_key.values())
    if cite:
        return _cited(shown(), by_key, corpus, cite, around)._replace(asked=asked, notes=(more,))
    return Answer(
        page=lambda width: concordance.in_context(
            shown(), by_key, context=context, width=width, grouped=sort == "text"
        ),
        records=lambda: (
            records.hit(each, by_key[each.passage.speech], context=around) for each in shown()
        ),
        document=lambda: citations.cited(citations.quotations(shown(), by_key, ()), "page"),
        asked=asked,
        notes=(more,),
    )


def _cited(
    shown: Iterable["Hit"], towns: Mapping[int, Speech], corpus: Corpus, form: str, context: int
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
    places: Sequence["Place"], towns: Sequence[Speech], told: str, sort: str, limit: int | None
) -> Answer:
    """Count what was found in every town, zeros too; sorted by `count`, the most first."""
    from speeches_cli.render import concordance, records

    counts = Counter(each.speech for each in places)
    every = [(town, counts[town.key]) for town in towns]
    if sort == "count":
        every.sort(key=lambda each: -each[1])
    counted = every[:limit]
    inexact = sum(1 for each in places if each.edits)
    differ = plural(
        "{count} hit differs from what was typed", "{count} hits differ from what was typed", inexact
    )
    return Answer(
        page=lambda _width: concordance.counts(counted, total=len(places), by_meeting=sort == "text"),
        records=lambda: [records.count(*each) for each in counted],
        asked=sources(towns),
        notes=(left_out(len(every), limit), differ if inexact else ""),
        failure=None if places else NothingFound(told),
    )


def _told(phrases: Sequence[str], corpus: Corpus, found: "Found") -> str:
    """Say what else may be tried, and where nothing is found, which words and names are nearest."""
    from speeches_cli.search import PATTERN_SIGNS, hits

    if found.apart:
        places = (
            plural("'{phrase}' {count} time", "'{phrase}' {count} times", count, phrase=phrase)
            for phrase, count in found.apart
        )
        message = _("no paragraph has all of them: {places}; --any finds each")
        return message.format(places=_(", ").join(places))
    said = []
    if not found.places:
        quoted = [_("'{phrase}'", phrase=each) for each in phrases]
        said.append(_("nothing found for {phrases}", phrases=_(", ").join(quoted)))
        said += [
            _("the nearest words are '{suggestion}'", suggestion=hit.match)
            for hit in hits(found.nearest[:1], corpus)
        ]
        wanted = folding.fold(phrases[0])
        if named := corpus.called(wanted):
            said.append(_("for the speech itself: speeches show {number}", number=named[0].number))
        if wanted in map(folding.fold, corpus.districts):
            message = _("for the speeches from there: speeches list --district {district}")
            said.append(message.format(district=phrases[0]))
    if any(sign in phrase for phrase in phrases for sign in PATTERN_SIGNS):
        said.append(_("| and * are no wildcards; for one phrase or the other: --any"))
    if found.more:
        said.append(_("--near also looks for slips"))
    return _("; ").join(said)
