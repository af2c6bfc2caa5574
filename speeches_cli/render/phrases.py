"""The pages of phrases: what recurs, what is some towns' own, and what towns share."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from fractions import Fraction

from speeches_cli.messages import _
from speeches_cli.model import Speech
from speeches_cli.phrases import Beside, Phrase
from speeches_cli.render import numbers, page, wording
from speeches_cli.render.page import Cell, Column, Group, Lines, Page, Table

_BAR = 12
"""In cells."""
_NUMBERS = 12
_VARIANTS = 4
_BESIDE = 12
_NAMED = 3
"""How many numbers of speeches, longer phrases, phrases side by side and towns a row names."""


def recurring(shown: Sequence[Phrase], last: str | None = None) -> Page:
    """List phrases, the most towns first; before all, what is new or gone at the `last` meeting."""
    most = max(each.towns for each in shown)
    rows: dict[str | None, list[tuple[Cell, ...]]] = {"new": [], "gone": [], None: []}
    for each in shown:
        rows[each.change].append(
            (
                _phrase(each),
                page.cell(str(each.towns)),
                page.cell(str(each.times)),
                page.cell(numbers.bar(Fraction(each.towns, most), _BAR), "bar"),
                _where(each),
            )
        )
    titles = {"new": _("New on {date}"), "gone": _("Gone on {date}"), None: _("Said before, and again")}
    groups = [
        Group(page.line((titles[key].format(date=last), "strong")) if last else (), tuple(members))
        for key, members in rows.items()
        if members
    ]
    columns = (
        *(Column(_("Phrase")), Column(_("Towns"), right=True, keep=True)),
        *(Column(_("Times"), right=True, keep=True), Column("", keep=True), Column("#")),
    )
    head = _("Meeting") if last else ""
    return Page((Table(columns, tuple(groups), head), _search(shown[0])))


def own(shown: Sequence[Phrase], chosen: Sequence[Speech]) -> Page:
    """List what only some towns say, then what they say more often than all others together."""
    rows: dict[str, list[tuple[Cell, ...]]] = {}
    for each in shown:
        here = each.count(chosen)
        elsewhere = each.times - here
        title = _("More often than elsewhere") if elsewhere else _("Said nowhere else")
        rows.setdefault(title, []).append(
            (
                _phrase(each),
                page.cell(str(here)),
                page.cell(str(elsewhere)),
                _where(each),
            )
        )
    columns = (
        *(Column(_("Phrase")), Column(_("Here"), right=True, keep=True)),
        *(Column(_("Elsewhere"), right=True, keep=True), Column("#")),
    )
    groups = tuple(Group(page.line((title, "strong")), tuple(each)) for title, each in rows.items())
    return Page((Table(columns, groups, _("Said")), _search(shown[0])))


def beside(found: Beside, shown: Sequence[Speech], topics: Mapping[int, Counter[str]]) -> Page:
    """Set speeches side by side: how long, on which topics, which phrases they share or have alone."""
    columns = (
        *(Column(_("Town"), keep=True), Column("#", right=True, keep=True)),
        *(Column(_("Chars"), right=True, keep=True), Column(_("Figures by topic"))),
    )
    told = tuple(
        (
            *(page.cell(wording.name(each, shown)), page.cell(each.number, "strong")),
            page.cell(str(each.characters), "muted"),
            page.cell(" · ".join(f"{name} {count}" for name, count in topics[each.key].most_common())),
        )
        for each in shown
    )
    by: dict[str, list[Phrase]] = {}
    for phrase in found.shared:
        by.setdefault(_sayers(phrase, shown), []).append(phrase)
    for each, own in zip(shown, found.only, strict=True):
        by.setdefault(_("only {town}").format(town=wording.name(each, shown)), []).extend(own)
    rows = tuple(
        (page.cell(sayers, "strong"), page.cell(str(len(phrases))), page.cell(_listed(phrases)))
        for sayers, phrases in by.items()
    )
    phrases_ = (Column(_("Said by")), Column("", right=True, keep=True), Column(_("Phrases")))
    return Page((Table(columns, (Group((), told),)), Table(phrases_, (Group((), rows),))))


def _sayers(phrase: Phrase, shown: Sequence[Speech]) -> str:
    """Name those of some speeches that have a phrase; of more than three, say how many."""
    names = [wording.name(each, shown) for each in shown if each.key in phrase.said]
    if len(names) == len(shown):
        return _("all of them")
    return (
        _(", ").join(names) if len(shown) <= _NAMED else _("{count} of them").format(count=len(names))
    )


def _listed(phrases: Sequence[Phrase]) -> str:
    """Name phrases in a line, as far as a reader takes them in."""
    more = len(phrases) - _BESIDE
    return " · ".join((*map(_named, phrases[:_BESIDE]), *(["…"] if more > 0 else []))) or "—"


def _named(shown: Phrase) -> str:
    """Write a phrase with the forms that are counted with it, as a label where it is quoted."""
    forms = " / ".join(shown.forms)
    return f"“{forms}”" if shown.quoted else forms


def _phrase(shown: Phrase) -> Cell:
    """Set a phrase with the longer ones that hold it beneath."""
    rest = [*shown.variants[:_VARIANTS], *(["…"] if len(shown.variants) > _VARIANTS else [])]
    beneath = (page.line((" · ".join(rest), "muted")),) if rest else ()
    return (page.line((_named(shown), "strong")), *beneath)


def _where(shown: Phrase) -> Cell:
    """Name the speeches that have a phrase, as far as there is room, and by meeting."""
    said: dict[str, list[str]] = {}
    for each in shown.speeches:
        said.setdefault(each.compilation.date if each.dated else "", []).append(str(each.id))
    lines = []
    for date, numbers_ in said.items():
        more = len(numbers_) - _NUMBERS
        rest = [_("and {count} more").format(count=more)] if more > 0 else []
        named = " ".join((*numbers_[:_NUMBERS], *rest))
        lines.append(page.line(f"{date}: {named}" if date else (named, "muted")))
    return tuple(lines)


def _search(first: Phrase) -> Lines:
    """Say what to do with a row."""
    message = _("to read one where it stands: speeches search {phrase}")
    return Lines((page.line((message.format(phrase=first.text), "muted")),))
