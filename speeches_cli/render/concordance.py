"""The pages of a search: keywords in context, and counts."""

from collections.abc import Mapping, Sequence
from itertools import groupby
from operator import itemgetter

from speeches_cli.messages import _, plural
from speeches_cli.model import Speech
from speeches_cli.render import page, wording
from speeches_cli.search import Hit
from speeches_cli.visible import cells, pad

_WIDEST_CONTEXT = 30  # in characters: more on each side of a keyword is no longer taken in at a glance
_LEAST_CONTEXT = 2


def in_context(
    hits: Sequence[Hit],
    towns: Mapping[int, Speech],
    *,
    context: int | None,
    width: int | None,
    grouped: bool,
) -> page.Page:
    """Set hits, of which there is at least one, as keyword in context, aligned on the keyword.

    `context` is in characters, None as much as fits. On a terminal of `width` cells `grouped` hits
    stand under their town and section; otherwise each line begins with the hit's locator and town.
    """
    if width is None or not grouped:
        speakers = [towns[hit.passage.speech] for hit in hits]
        widest = max(cells(each.town) for each in speakers)
        locators = [town.locator(hit.passage.section) for town, hit in zip(speakers, hits, strict=True)]
        longest = max(map(len, locators))
        places = [
            f"{locator:{longest}}  {pad(town.town, widest)}  "
            for locator, town in zip(locators, speakers, strict=True)
        ]
        return [page.Text("lines", _aligned(hits, places, context, width))]
    pairs = zip(hits, _aligned(hits, ["    "] * len(hits), context, width), strict=True)
    lines: list[page.Line] = []
    for key, said in groupby(pairs, lambda pair: pair[0].passage.speech):
        speaker, members = towns[key], list(said)
        count = plural("{count} hit", "{count} hits", len(members))
        tail = f"  {speaker.district} · {speaker.speaker} · {count}"
        lines += [()] if lines else []
        lines.append(page.line((speaker.town, "strong"), (tail, "muted")))
        for section, inside in groupby(members, lambda pair: pair[0].passage.section):
            shown = list(inside)
            heading = shown[0][0].passage.heading or speaker.title
            lines.append(page.line(f"  {speaker.locator(section)}  ", (heading, "muted")))
            lines += [aligned for _hit, aligned in shown]
    return [page.Text("lines", lines)]


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
