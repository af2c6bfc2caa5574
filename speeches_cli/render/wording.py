"""Words for towns, hits and figures, in pages and records: names, locators, numbers, reasons, notes."""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from math import isfinite, isinf
from typing import TYPE_CHECKING, NamedTuple

from speeches_cli import chinese, folding, units
from speeches_cli.messages import _, mark
from speeches_cli.model import Figure, Speech
from speeches_cli.ranges import Range
from speeches_cli.render import page

if TYPE_CHECKING:
    from speeches_cli.search import Hit

_SIGNS = {"=": "", "~": "≈", ">": ">", ">=": "≥", "<": "<", "<=": "≤"}
_SCALES: dict[str, tuple[tuple[int, str], ...]] = {
    "米": ((1_000, "公里"),),
    "平方米": ((1_000_000, "平方公里"), (10_000, "万平方米")),
}
_SPOKEN = {units.PERCENTAGE_POINT: "个百分点"}
_WHY = {
    "pinyin": mark("pinyin"),
    "homophone": mark("{typed}→{found} sound alike"),
    "nearly": mark("{typed}→{found} nearly alike: {sounds}"),
    "wrong": mark("{typed}→{found}"),
    "missing": mark("'{found}' not typed"),
    "extra": mark("'{typed}' not in the text"),
    "swapped": mark("{typed}→{found} swapped"),
}


def name(town: Speech, beside: Sequence[Speech]) -> str:
    """Name a town among others, with its district, or even the date, where one is called the same."""
    for form in ("{0.town}", "{0.district}{0.town}"):
        named = form.format(town)
        if [form.format(each) for each in beside].count(named) == 1:
            return named
    return f"{town.district}{town.town} {town.compilation.date}"


def short(town: Speech, beside: Sequence[Speech]) -> str:
    """Name a town without its kind, 酒泉路 for 酒泉路街道, where that is a name of its own."""
    stems = [each.town.removesuffix(each.kind) for each in beside]
    stem = town.town.removesuffix(town.kind)
    return stem if len(stem) > 1 and stems.count(stem) == 1 else name(town, beside)


def why(hit: "Hit") -> str:
    """Say how a hit differs from what was typed; empty for an exact one."""
    slips = []
    for edit in hit.edits:
        sounds = ""
        if edit.kind == "nearly":
            pairs = (
                pair
                for reading in folding.readings(edit.typed)
                for other, pair in chinese.nearly_alike(reading).items()
                if other in folding.readings(edit.found)
            )
            sounds = next(pairs, "")
        slips.append(_(_WHY[edit.kind], typed=edit.typed, found=edit.found, sounds=sounds))
    return _(", ").join(slips)


class Scale(NamedTuple):
    """A unit to show numbers in."""

    unit: str  # the base unit it is told in
    factor: int  # how many base units one of it is
    name: str


def scale(figures: Sequence[Figure]) -> Scale:
    """Choose the largest unit in which all figures of one dimension read as short numbers.

    These have at most two decimals and do not begin with 0.0.
    """
    unit = figures[0].unit
    values = [abs(units.convert(*each, unit)) for each in {(one.value, one.unit) for one in figures}]
    default = () if units.is_relative(unit) else ((100_000_000, f"亿{unit}"), (10_000, f"万{unit}"))
    for factor, name in _SCALES.get(unit, default):
        told = (value / factor for value in values)
        if max(values) >= factor and all(
            each == round(each, 2) and not 0 < each < Fraction(1, 10) for each in told
        ):
            return Scale(unit, factor, name)
    return Scale(unit, 1, unit)


def decimal(value: Fraction) -> str:
    """Write at most two decimals, more where these are 0, rounded half to even (GB/T 8170-2008)."""
    if value.denominator == 1:
        return str(value)
    places = 2
    while value and not round(value, places):
        places += 1
    rounded = round(value, places)
    return f"{Decimal(rounded.numerator) / rounded.denominator:f}"


def number(figure: Figure, within: Scale | None = None, *, lead: str = "") -> page.Cell:
    """Show a figure in a display unit behind some words, and beneath as written if that differs."""
    told_in = within or scale([figure])
    value, name = units.convert(figure.value, figure.unit, told_in.unit), told_in.name
    if figure.unit != told_in.unit and value == figure.value:
        name = name.replace(told_in.unit, figure.unit)
    told = value / told_in.factor if told_in.factor > 1 else value
    shown = _SIGNS[figure.bound] + decimal(told) + _SPOKEN.get(name, name)
    beneath = [] if shown == figure.as_written else [page.line((figure.as_written, "muted"))]
    return [page.line(lead, (shown, "figure")), *beneath]


def span(found: Range, scale: Scale) -> str:
    """Write how far apart two numbers are: 21个, ≈2.1万平方米, 60–80次, ≥3000万元, >20家."""
    ends = {abs(Fraction(end)) / scale.factor for end in (found.low, found.high) if isfinite(end)}
    written = list(dict.fromkeys(map(decimal, sorted(ends))))
    is_open = isinf(found.low) or isinf(found.high)
    sign = (">" if found.strict else "≥") if is_open else ""
    about = "≈" if found.approximate or len(written) < len(ends) else ""
    return sign + about + "–".join(written) + _SPOKEN.get(scale.name, scale.name)


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
