"""The pages of a search: keywords in context, and counts."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, groupby, islice
from operator import itemgetter

from speeches_cli.messages import _, plural
from speeches_cli.model import Speech
from speeches_cli.render import page, wording
from speeches_cli.search import Hit
from speeches_cli.visible import cells, pad

_WIDEST_CONTEXT = 30  # in characters: more on each side of a keyword is no longer taken in at a glance
_LEAST_CONTEXT = 2
_TOWNS = 500  # in a row are read and aligned before the first is shown


def in_context(
    hits: Iterable[Hit],
    towns: Mapping[int, Speech],
    *,
    context: int | None,
    width: int | None,
    grouped: bool,
) -> Iterator[page.Block]:
    """Yield hits as keyword in context, aligned on the keyword; grouped ones of some towns at a time.

    `context` is in characters, None as much as fits. On a terminal of `width` cells `grouped` hits
    stand under their town and section; otherwise each line begins with the hit's locator and town.
    """
    by_town = (list(said) for _key, said in groupby(hits, lambda hit: hit.passage.speech))
    begun = False
    while some := list(islice(by_town, _TOWNS if grouped else None)):
        if width is None or not grouped:
            yield page.Text("lines", _placed(list(chain(*some)), towns, context, width))
        else:
            lines = _grouped(some, towns, context, width)
            yield page.Text("lines", lines if begun else lines[1:])
            begun = True


def _placed(
    hits: Sequence[Hit], towns: Mapping[int, Speech], context: int | None, width: int | None
) -> list[page.Line]:
    """Set hits behind their locators and towns."""
    speakers = [towns[hit.passage.speech] for hit in hits]
    locators = [town.locator(hit.passage.section) for town, hit in zip(speakers, hits, strict=True)]
    longest, widest = max(map(len, locators)), max(cells(each.town) for each in speakers)
    names = [pad(town.town, widest) for town in speakers]
    places = [f"{each:{longest}}  {name}  " for each, name in zip(locators, names, strict=True)]
    return _aligned(hits, places, context, width)


def _grouped(
    by_town: Sequence[Sequence[Hit]], towns: Mapping[int, Speech], context: int | None, width: int
) -> list[page.Line]:
    """Set the hits of towns under town and section, each town behind an empty line."""
    hits = list(chain(*by_town))
    aligned = iter(_aligned(hits, ["    "] * len(hits), context, width))
    lines: list[page.Line] = []
    for said in by_town:
        speaker = towns[said[0].passage.speech]
        count = plural("{count} hit", "{count} hits", len(said))
        tail = f"  {speaker.district} · {speaker.speaker} · {count}"
        lines += [(), page.line((speaker.town, "strong"), (tail, "muted"))]
        for section, inside in groupby(said, lambda hit: hit.passage.section):
            shown = list(inside)
            heading = shown[0].passage.heading or speaker.title
            lines.append(page.line(f"  {speaker.locator(section)}  ", (heading, "muted")))
            lines += islice(aligned, len(shown))
    return lines


def counts(counted: Sequence[tuple[Speech, int]], *, total: int, by_meeting: bool = True) -> page.Page:
    """List how often each town has a phrase, zeros too, with the total of all hits."""
    most = max(count for _town, count in counted)
    several = by_meeting and len({town.compilation.date for town, _count in counted}) > 1
    rows: list[tuple[str, page.Values]] = []
    for town, count in counted:
        values = (town.town, page.cell(town.number, "muted"), count, page.bar(count, most))
        rows.append((town.compilation.date if several else "", values))
    rows.sort(key=itemgetter(0))
    rows.append(("", (page.cell(_("Total"), "strong"), "", total, "")))
    return [page.table((_("Town"), "#", _("Hits"), ""), rows, _("Meeting") if several else "")]


def _aligned(
    hits: Sequence[Hit], places: Sequence[str], context: int | None, width: int | None
) -> list[page.Line]:
    """Set every hit behind its place, all equally wide, the keywords all in the same column."""
    reasons = [f"  [{why}]" if (why := wording.why(each)) else "" for each in hits]
    if context is None:
        context = _WIDEST_CONTEXT
        if width is not None:  # a half for each side, but for both ellipses, and two cells for a Hanzi
            taken = max(cells(hit.match + why) for hit, why in zip(hits, reasons, strict=True))
            room = width - cells(places[0]) - taken - 2
            context = max(_LEAST_CONTEXT, min(context, room // 4))
    lefts, rights = [], []
    for hit in hits:
        text, begin, end = hit.passage.text, max(0, hit.start - context), hit.end + context
        lefts.append(("…" if begin else "") + text[begin : hit.start])
        rights.append(text[hit.end : end] + ("…" if end < len(text) else ""))
    margin = max(map(cells, lefts))
    return [
        page.line(
            (where, "muted"), pad(left, margin, left=True), (hit.match, "hit"), right, (why, "muted")
        )
        for where, left, hit, right, why in zip(places, lefts, hits, rights, reasons, strict=True)
    ]
