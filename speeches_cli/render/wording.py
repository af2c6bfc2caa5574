"""Words for towns, hits and figures, in pages and records: names, locators, reasons, notes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from speeches_cli import chinese, folding
from speeches_cli.messages import _
from speeches_cli.model import Figure, Passage, Speech
from speeches_cli.render import numbers, page

if TYPE_CHECKING:
    from speeches_cli.search import Edit, Hit


def name(town: Speech, beside: Sequence[Speech]) -> str:
    """Name a town among others, with its district, or even the date, where one is called the same."""
    for form in ("{0.town}", "{0.district}{0.town}"):
        named = form.format(town)
        if [form.format(each) for each in beside].count(named) == 1:
            return named
    return f"{town.district}{town.town} {town.compilation.date}"


def locator(passage: Passage, speaker: Speech) -> str:
    """Name the section of a passage as `show` takes it: `3.2`."""
    return f"{speaker.number}.{passage.section}"


def why(hit: Hit) -> str:
    """Say how a hit differs from what was typed; empty for an exact one."""
    templates = {
        "pinyin": _("pinyin"),
        "homophone": _("{typed}→{found} sound alike"),
        "nearly": _("{typed}→{found} nearly alike: {sounds}"),
        "wrong": _("{typed}→{found}"),
        "missing": _("'{found}' not typed"),
        "extra": _("'{typed}' not in the text"),
        "swapped": _("{typed}→{found} swapped"),
    }
    slips = []
    for edit in hit.edits:
        sounds = _confused(edit) if edit.kind == "nearly" else ""
        slips.append(templates[edit.kind].format(typed=edit.typed, found=edit.found, sounds=sounds))
    return _(", ").join(slips)


def _confused(edit: Edit) -> str:
    """Name the pair of sounds in which two characters differ: `in/ing`."""
    pairs = (
        pair
        for reading in folding.readings(edit.typed)
        for other, pair in chinese.nearly_alike(reading).items()
        if other in folding.readings(edit.found)
    )
    return next(pairs, "")


def number(figure: Figure, scale: numbers.Scale | None = None, *, lead: str = "") -> page.Cell:
    """Show a figure in a display unit behind some words, and beneath as written if that differs."""
    shown = numbers.figure(figure, scale or numbers.scale([figure]))
    beneath = [] if shown == figure.as_written else [page.line((figure.as_written, "muted"))]
    return [page.line(lead, (shown, "figure")), *beneath]


def marks(figure: Figure) -> list[str]:
    """Say what limits a figure besides its number: a guess, a plan, period, scope."""
    parts = [] if figure.sure else [_("not confirmed")]
    parts += [_("plan or under way")] if figure.status == "plan" else []
    limits = (figure.period, figure.scope, figure.setting)
    return [*parts, *dict.fromkeys(each for each in limits if each)]


def remarks(figure: Figure, *also: str) -> page.Cell:
    """Make a cell of what limits a figure, what else is said of it, and the corpus's note on it."""
    limits = page.line((_(", ").join([*filter(None, also), *marks(figure)]), "muted"))
    note = page.line((f"※ {figure.note}", "warning")) if figure.note else ()
    return [each for each in (limits, note) if each]


def reason(obstacle: str | None, figures: Sequence[Figure]) -> str:
    """Say in a word why figures do not subtract; empty where nothing hinders it."""
    if obstacle is None:
        return ""
    if obstacle == "period" and any(figure.period is None for figure in figures):
        return _("period not stated")
    grown = {figure.measure in ("increase", "change") for figure in figures}
    words = {
        "unit": _("different units"),
        "measure": _("level against growth") if len(grown) == 2 else _("different measures"),
        "status": _("not both done"),
        "scope": _("different scope"),
        "period": _("different period"),
        "sure": _("not confirmed"),
        "several": _("several figures"),
    }
    return words[obstacle]


def silence() -> str:
    """Say what the sign for no figure means."""
    return _("{sign} no figure under this name in this speech", sign=page.NOTHING)
