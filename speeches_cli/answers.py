"""The commands about speeches, phrases, a corpus, a draft, which import only what they need."""

from collections.abc import Collection, Iterable, Sequence
from functools import partial
from operator import attrgetter
from pathlib import Path
from typing import Any

import typer

from speeches_cli import files, options
from speeches_cli.asked import Settings
from speeches_cli.corpus import LARGEST_COMPILATION, Corpus, files_of, read
from speeches_cli.errors import NothingFound, SpeechesError
from speeches_cli.messages import _
from speeches_cli.model import Speech
from speeches_cli.output import Answer, write


def list_(
    asked: Settings,
    place: options.Texts = None,
    district: options.Texts = None,
    kind: str | None = None,
    order: options.SpeechOrder = "number",
) -> Answer:
    """List the speeches by district."""
    from speeches_cli.render import records, speeches

    corpus = asked.open()
    chosen = described(corpus, places=place, districts=district, kind=kind) or corpus.speeches
    key = attrgetter({"number": "key", "town": "slug"}.get(order, order))
    shown = sorted(chosen, key=key, reverse=order in ("characters", "figures"))
    return Answer(
        page=lambda _width: speeches.speeches(shown, grouped=order == "number"),
        records=lambda: [records.speech(each) for each in shown],
        asked=(_("Speeches"), *sources(shown)),
    )


def show(
    asked: Settings,
    ref: str,
    sections: list[int] | None = None,
    section: list[int] | None = None,
    find: str | None = None,
    figures: bool = False,
) -> Answer:
    """Read one speech, or some sections of it."""
    from speeches_cli import references
    from speeches_cli.render import records, speeches

    corpus = asked.open()
    speech, located, others = references.locate(ref, corpus)
    found = tuple(corpus.passages([speech]))
    last = found[-1].section
    typed = (*(sections or ()), *(section or ()), located)
    wanted = {each for each in typed if each is not None} or {*range(last + 1)}
    if (beyond := max(wanted)) > last:
        known = {"town": speech.town, "number": beyond, "last": last}
        message = _("{town} has no section {number}; the last is {last}", **known)
        if located is None and any(each.id == beyond for each in corpus.speeches):
            message += _("; for two speeches: speeches compare {towns}", towns=f"{ref} {beyond}")
        raise SpeechesError(message)
    passages = [each for each in found if each.section in wanted]
    stated = [each for each in corpus.figures([speech]) if each.section in wanted]
    whole = partial(records.whole, speech, passages, stated)
    hits = () if find is None else _marked(corpus, speech, find, wanted)
    earlier = "、".join(references.meetings((*others, speech))[:-1])
    also = _("{town} spoke at other meetings, too: {meetings}", town=speech.town, meetings=earlier)
    return Answer(
        page=lambda _width: speeches.speech(speech, passages, stated, with_figures=figures, hits=hits),
        records=lambda: [whole()],
        value=whole,
        rows=lambda: [records.figure(each, speech) for each in stated],
        notes=(also if earlier else "",),
    )


def _marked(corpus: Corpus, speech: Speech, phrase: str, sections: Collection[int]) -> Any:
    """Find a phrase in a speech, or some sections of it; NothingFound where it does not stand."""
    from speeches_cli import search

    found = search.search([phrase], corpus, speeches=[speech])
    hits = search.hits(found.places, corpus)
    if shown := [each for each in hits if each.passage.section in sections]:
        return shown
    message = _("'{phrase}' does not stand here; elsewhere: speeches search {phrase}", phrase=phrase)
    raise NothingFound(message)


def phrases(
    asked: Settings,
    town: options.Texts = None,
    district: options.Texts = None,
    quoted: bool = False,
    least: int | None = None,
    limit: int | None = None,
) -> Answer:
    """List the phrases that recur, or with --town and --district what only those say."""
    from speeches_cli import phrases as phrases_
    from speeches_cli.render import phrases as rendering, records

    corpus = asked.open()
    chosen = described(corpus, districts=district, towns=town)
    found = phrases_.of(corpus)
    if chosen is not None:
        nothing = _("these towns have no phrase of their own")
        every = phrases_.own(found, chosen, least=least or 1, quoted=quoted)
        draw = partial(rendering.own, every[:limit], chosen)
    else:
        nothing = _("no phrase recurs in so many towns")
        every = phrases_.recurring(found, least=least or (1 if quoted else 2), quoted=quoted)
        draw = partial(rendering.recurring, every[:limit], phrases_.last_meeting(corpus.speeches))
    if not every:
        raise NothingFound(nothing)
    return Answer(
        page=lambda _width: draw(),
        records=lambda: [records.phrase(each, chosen) for each in every[:limit]],
        asked=(_("Phrases"), *sources(chosen or corpus.speeches)),
        notes=(left_out(len(every), limit),),
    )


def check(asked: Settings, path: Path | None = None) -> Answer:
    """Name everything that is wrong with a corpus, by file, line and entry."""
    from speeches_cli import auditing
    from speeches_cli.render import auditing as rendering

    path = path or asked.path
    report = auditing.audit(path)
    return Answer(
        page=lambda _width: rendering.report(report, path),
        records=lambda: [each._asdict() for each in (*report.problems, *report.notes)],
        value=lambda: rendering.record(report, path),
        asked=(_("Check of {path}", path=path),),
        failure=SpeechesError(rendering.summary(report, path)) if report.problems else None,
    )


@options.declared
def draft(
    context: typer.Context,
    file: Path,
    sole_district: str | None = None,
    sole_kind: str | None = None,
    date: str | None = None,
    meeting: str | None = None,
    output: Path | None = None,
    force: bool = False,
) -> None:
    """Draft a corpus from a compilation: plain text, or Word (.docx)."""
    from speeches_cli import drafting

    settings: Settings = context.obj
    if output is not None:  # before the minute that a long compilation takes
        files.guard(output, (file, *files_of(settings.path)), replace=force)
    piped = str(file) == "-"
    data = read(None if piped else file, LARGEST_COMPILATION)
    name = _("standard input") if piped else str(file)
    known = drafting.Known(tuple(settings.open().districts), sole_district, sole_kind, date, meeting)
    drafted = drafting.draft(data, name=name, known=known)
    following = _(
        "next: look at each 'unsure' and 'sure: false' in {file}, then run: speeches check {file}"
    )
    if output is None:
        following = _("next: keep it with --output corpus.yaml")
    notes = (*drafted.report, following.format(file=output))
    write(Answer(page=lambda _width: (), text=lambda: drafted.yaml, notes=notes), file=output)


def sources(speeches: Iterable[Speech]) -> tuple[str, ...]:
    """Name the compilations that speeches stand in: the last three, where they are many."""
    made = [*dict.fromkeys(each.compilation for each in speeches)]
    return tuple(f"《{each.title}》（{each.date}）" for each in made[-3:])


def left_out(count: int, limit: int | None) -> str:
    """Say how many of so many a limit leaves out, if any."""
    more = count - (limit or count)
    return _("{count} more: raise --limit", count=more) if more > 0 else ""


def described(
    corpus: Corpus,
    *,
    districts: Sequence[str] | None = None,
    towns: Sequence[str] | None = None,
    places: Sequence[str] | None = None,
    kind: str | None = None,
) -> list[Speech] | None:
    """Choose the speeches that answer all descriptions, None for none; NothingFound if none does."""
    if not (districts or towns or places or kind):
        return None
    from speeches_cli import references

    within = references.districts(districts or (), corpus)
    chosen: Iterable[Speech] = corpus.within(within) if within else corpus.speeches
    if towns or places:
        named = {each for typed in towns or () for each in references.of_town(typed, corpus)}
        named |= {*references.of_places(places or (), corpus)}
        chosen = sorted(each for each in named if not within or each.district in within)
    found = [each for each in chosen if kind in (None, each.kind)]
    if not found:
        raise NothingFound(_("no speech answers this description"))
    return found
