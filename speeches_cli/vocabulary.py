"""What was typed → districts, topics and indicators, or an error with the nearest names."""

from collections.abc import Iterable, Mapping, Sequence

from speeches_cli import folding, spelling
from speeches_cli.corpus import Corpus
from speeches_cli.errors import NothingFound, UnknownName
from speeches_cli.messages import _

LISTED = 10
"""How many candidates an error names at most."""
_ALSO = {"gdp": "地区生产总值"}
"""Other names of indicators, folded."""


def districts(typed: Iterable[str], corpus: Corpus) -> tuple[str, ...]:
    """Resolve names of districts, by whole or part of the name, pinyin or near spelling.

    Raises UnknownName for what is no district, and NothingFound when a district has no speech.
    """
    found = tuple(dict.fromkeys(_district(each, corpus) for each in typed))
    present = {speech.district for speech in corpus.within(found)}
    for name in found:
        if name not in present:
            message = _("no speech from {district} in this corpus; there are: {present}")
            every = tuple(dict.fromkeys(speech.district for speech in corpus.speeches))
            raise NothingFound(message.format(district=name, present=joined(every)))
    return found


def topics(typed: Iterable[str], corpus: Corpus) -> tuple[str, ...]:
    """Resolve names of topics as `districts` does, but a part may stand for several; none for all.

    Raises UnknownName for what is no topic.
    """
    unknown = _("no topic called '{typed}'")
    calls = {name: (folding.fold(name),) for name in corpus.topics}
    found = tuple(name for each in typed for name in _called(each, calls, corpus, unknown))
    return found or corpus.topics


def indicators(typed: str, corpus: Corpus) -> tuple[str, ...]:
    """Find the indicators that a name names as `topics` does; none where there are none."""
    calls = {name: (folding.fold(name),) for name in corpus.indicators}
    known = _ALSO.get(folding.fold(typed), typed)
    return _named(known, calls, corpus)


def no_indicator(typed: str, corpus: Corpus) -> UnknownName:
    """Say that no indicator is called so, and which are called nearly so, or where all are listed."""
    unknown = _("no indicator called '{typed}'").format(typed=typed)
    wanted = folding.fold(typed)
    option = (
        "--district" if wholly_called(wanted, corpus) else "--town" if corpus.called(wanted) else ""
    )
    if option:
        message = _("{unknown}; the figures from there: speeches figures {option} {typed}")
        return UnknownName(message.format(unknown=unknown, option=option, typed=typed))
    known = tuple(corpus.indicators)
    near = [known[at] for at in spelling.nearest(wanted, [folding.fold(each) for each in known])]
    if near:
        return UnknownName(suggest(unknown, near, ()))
    return UnknownName(_("{unknown}; what there is: speeches indicators").format(unknown=unknown))


def _district(typed: str, corpus: Corpus) -> str:
    unknown = _("no district called '{typed}'")
    found = _called(typed, _calls(corpus), corpus, unknown)
    if len(found) > 1:
        message = _("'{typed}' could be any of: {candidates}")
        raise UnknownName(message.format(typed=typed, candidates=joined(found)))
    return found[0]


def _calls(corpus: Corpus) -> dict[str, tuple[str, ...]]:
    """Give for each district what it may be called in full."""
    folded = {name: folding.fold(name) for name in corpus.districts}
    return {name: (folded[name], folded[name][:-1], slug) for name, slug in corpus.districts.items()}


def wholly_called(wanted: str, corpus: Corpus) -> tuple[str, ...]:
    """Give the districts that are called so in full."""
    return tuple(name for name, calls in _calls(corpus).items() if wanted in calls) if wanted else ()


def _called(
    typed: str, calls: Mapping[str, tuple[str, ...]], corpus: Corpus, unknown: str
) -> tuple[str, ...]:
    """Give the names that are called what was typed; UnknownName begins with `unknown`."""
    if found := _named(typed, calls, corpus):
        return found
    known = tuple(calls)
    nearest = spelling.nearest(folding.fold(typed), [each[0] for each in calls.values()])
    raise UnknownName(suggest(unknown.format(typed=typed), [known[at] for at in nearest], known))


def _named(typed: str, calls: Mapping[str, tuple[str, ...]], corpus: Corpus) -> tuple[str, ...]:
    """Give the names that are called what was typed: wholly, in part, in pinyin, or nearly.

    The first of these ways that has a name decides.
    """
    wanted, readings = folding.fold(typed), corpus.readings
    for way in (
        lambda call: wanted == call,
        lambda call: bool(wanted) and wanted in call,
        lambda call: spelling.spells(wanted, call, readings, initials=True),
        lambda call: spelling.is_near(wanted, call, readings),
    ):
        if found := tuple(name for name, each in calls.items() if any(map(way, each))):
            return found
    return ()


def suggest(unknown: str, near: Sequence[str], known: Sequence[str]) -> str:
    """Say what could have been meant: the nearest names, or what names there are."""
    if near:
        return _("{unknown}. Did you mean {names}?").format(unknown=unknown, names=joined(near))
    if known:
        return _("{unknown}. There are: {names}").format(unknown=unknown, names=joined(known))
    return unknown


def joined(listed: Sequence[str]) -> str:
    """Name so many that a message stays readable, and how many more there are."""
    shown, left = "、".join(listed[:LISTED]), len(listed) - LISTED
    return shown if left <= 0 else _("{shown} and {left} more").format(shown=shown, left=left)
