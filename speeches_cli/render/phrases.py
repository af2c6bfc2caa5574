"""The pages of phrases: what recurs, what is some towns' own, and what towns share."""

from collections import Counter
from collections.abc import Mapping, Sequence

from speeches_cli.messages import _
from speeches_cli.model import Speech
from speeches_cli.phrases import Beside, Phrase
from speeches_cli.render import page, wording

_LISTED = 12  # how many numbers of speeches, or phrases said by the same towns, a row names
_VARIANTS = 4
_NAMED = 3  # how many longer phrases, and how many towns, a row names


def recurring(shown: Sequence[Phrase], last: str | None = None) -> page.Page:
    """List phrases, the most towns first; before all, what is new or gone at the `last` meeting."""
    most = max(each.towns for each in shown)
    titles = {"new": _("New on {date}"), "gone": _("Gone on {date}"), None: _("Said before, and again")}
    rows = []
    for each in sorted(shown, key=lambda each: [*titles].index(each.change)):
        title = titles[each.change].format(date=last) if last else ""
        bar = page.bar(each.towns, most)
        rows.append((title, (_phrase(each), each.towns, each.times, bar, _where(each))))
    heads = (_("Phrase"), _("Towns"), _("Times"), "", "#")
    return [page.table(heads, rows, _("Meeting") if last else ""), _search(shown[0])]


def own(shown: Sequence[Phrase], chosen: Sequence[Speech]) -> page.Page:
    """List what only some towns say, then what they say more often than all others together."""
    rows = []
    for each in shown:
        here = each.count(chosen)
        title = _("More often than elsewhere") if each.times > here else _("Said nowhere else")
        rows.append((title, (_phrase(each), here, each.times - here, _where(each))))
    heads = (_("Phrase"), _("Here"), _("Elsewhere"), "#")
    return [page.table(heads, rows, _("Said")), _search(shown[0])]


def beside(found: Beside, shown: Sequence[Speech], topics: Mapping[int, Counter[str]]) -> page.Page:
    """Set speeches side by side: how long, on which topics, which phrases they share or have alone."""
    names = {each.key: wording.name(each, shown) for each in shown}
    towns = []
    for each in shown:
        figures = " · ".join(f"{topic} {count}" for topic, count in topics[each.key].most_common())
        number = page.cell(each.number, "strong")
        towns.append(("", (names[each.key], number, each.characters, figures)))
    said: dict[str, list[Phrase]] = {}
    for phrase in found.shared:
        saying = [name for key, name in names.items() if key in phrase.said]
        if len(saying) == len(names):
            sayers = _("all of them")
        else:
            few = len(names) <= _NAMED
            sayers = _(", ").join(saying) if few else _("{count} of them", count=len(saying))
        said.setdefault(sayers, []).append(phrase)
    for name, phrases in zip(names.values(), found.only, strict=True):
        said.setdefault(_("only {town}", town=name), []).extend(phrases)
    rows = []
    for sayers, same in said.items():
        listed = _first([*map(_named, same)], _LISTED, " · ") or page.NOTHING
        rows.append(("", (page.cell(sayers, "strong"), len(same), listed)))
    return [
        page.table((_("Town"), "#", _("Chars"), _("Figures by topic")), towns),
        page.table((_("Said by"), _("Count"), _("Phrases")), rows),
    ]


def _first(named: Sequence[str], most: int, between: str) -> str:
    return between.join((*named[:most], *(["…"] if len(named) > most else [])))


def _named(shown: Phrase) -> str:
    """Write a phrase with the forms that are counted with it, as a label where it is quoted."""
    forms = " / ".join(shown.forms)
    return f"“{forms}”" if shown.labelled else forms


def _phrase(shown: Phrase) -> page.Cell:
    variants = page.line((_first(shown.variants, _VARIANTS, " · "), "muted"))
    return [page.line((_named(shown), "strong")), *([variants] if variants else [])]


def _where(shown: Phrase) -> page.Cell:
    """Name the speeches that have a phrase, as far as there is room, and by meeting."""
    said: dict[str, list[str]] = {}
    for each in shown.speeches:
        said.setdefault(f"{each.compilation.date}: " if each.dated else "", []).append(str(each.id))
    return [page.line(date + _first(numbers, _LISTED, " ")) for date, numbers in said.items()]


def _search(first: Phrase) -> page.Text:
    return page.aside(_("to read one where it stands: speeches search {phrase}", phrase=first.text))
