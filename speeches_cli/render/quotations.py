"""Quotations: the sentences of hits, each once, with the source of each speech."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from speeches_cli.messages import _, plural
from speeches_cli.model import Figure, Speech
from speeches_cli.render import citations, page, wording
from speeches_cli.render.page import Block, Lines, Page, Prose, Rule

if TYPE_CHECKING:
    from speeches_cli.search import Hit

_INNER = str.maketrans("“”‘’", "‘’“”")


class Quotation(NamedTuple):
    """A whole sentence that has hits."""

    speaker: Speech
    sentence: str
    spans: tuple[tuple[int, int], ...]
    """Where its hits stand in it, half-open."""
    locator: str
    """Where it stands, the first time: `3.2`."""
    warnings: tuple[str, ...]
    """The corpus's notes on its figures, such as that the text contradicts itself."""
    reasons: tuple[str, ...] = ()
    """How its hits differ from what was typed, in words."""


def quotations(
    hits: Iterable[Hit], towns: Mapping[int, Speech], figures: Iterable[Figure]
) -> list[Quotation]:
    """Give each sentence that has a hit once, those of one speech one after the other."""
    found: dict[int, dict[str, list[tuple[int, int]]]] = {}
    places: dict[tuple[int, str], str] = {}
    reasons: dict[tuple[int, str], dict[str, None]] = {}
    noted: dict[int, list[Figure]] = {}
    for figure in figures:
        if figure.note:
            noted.setdefault(figure.speech, []).append(figure)
    for hit in hits:
        sentence = hit.passage.sentence(hit.start, hit.end)
        begin = hit.passage.text.find(sentence, max(0, hit.end - len(sentence)))
        spans = found.setdefault(hit.passage.speech, {}).setdefault(sentence, [])
        where = wording.locator(hit.passage, towns[hit.passage.speech])
        key = (hit.passage.speech, sentence)
        places.setdefault(key, where)
        reasons.setdefault(key, {})[wording.why(hit)] = None
        spans.append((hit.start - begin, hit.end - begin))
    return [
        Quotation(
            *(towns[speech], sentence, tuple(spans), places[speech, sentence]),
            warnings(sentence, noted.get(speech, ())),
            tuple(filter(None, reasons[speech, sentence])),
        )
        for speech, sentences in found.items()
        for sentence, spans in sentences.items()
    ]


def warnings(sentence: str, figures: Iterable[Figure]) -> tuple[str, ...]:
    """Give what the corpus notes on the figures of a sentence of their speech, each once."""
    notes = (each.note for each in figures if each.sentence in sentence or sentence in each.sentence)
    return tuple(dict.fromkeys(note for note in notes if note))


def quoted(sentence: str) -> str:
    """Set a sentence in quotation marks, those inside it one level down (GB/T 15834-2011, 4.8)."""
    inside = sentence.translate(_INNER) if "“" in sentence or "”" in sentence else sentence
    return f"“{inside}”"


def cited(shown: Sequence[Quotation], form: str) -> Page:
    """Set quotations with the source of each speech once: beneath them, or numbered at the end."""
    numbers = {each.speaker.key: 0 for each in shown}
    numbers = {key: number for number, key in enumerate(numbers, start=1)}
    blocks: list[Block] = []
    for index, each in enumerate(shown):
        key = each.speaker.key
        spans = [(start + 1, end + 1) for start, end in each.spans]
        mark = f"[{numbers[key]}]" if form == "gbt7714" else ""
        blocks.append(Prose(page.highlighted(quoted(each.sentence) + mark, spans, "hit")))
        beneath = [page.line((f"※ {warning}", "warning")) for warning in each.warnings]
        last = index + 1 == len(shown) or shown[index + 1].speaker.key != key
        if last and form != "gbt7714":
            beneath.append(page.line((wording.citation(each.speaker), "muted")))
        blocks += [Lines(tuple(beneath))] if beneath else []
    if form == "gbt7714":
        towns = {each.speaker.key: each.speaker for each in shown}
        listed = (
            page.line(f"[{numbers[key]}] {citations.gbt7714(town)}") for key, town in towns.items()
        )
        blocks += [Rule(page.line(_("References")), level=2), Lines(tuple(listed))]
    return Page(tuple(blocks))


def by_town(shown: Sequence[Quotation]) -> Page:
    """Set whole sentences under the town that says them, each with its place, as one reads on paper."""
    blocks: list[Block] = []
    towns: dict[int, list[Quotation]] = {}
    for each in shown:
        towns.setdefault(each.speaker.key, []).append(each)
    for members in towns.values():
        speaker = members[0].speaker
        count = sum(len(each.spans) for each in members)
        said = plural("{count} hit", "{count} hits", count).format(count=count)
        tail = (speaker.district, speaker.speaker, f"《{speaker.title}》", said)
        beside = "　".join(filter(None, tail))
        blocks.append(Rule(page.line(speaker.town)))
        blocks.append(Lines((page.line((beside, "muted")),)))
        for each in members:
            sentence = page.highlighted(each.sentence, each.spans, "hit")
            beside = "".join([f"　{each.locator}", *(f"　[{why}]" for why in each.reasons)])
            blocks.append(Prose((*sentence, (beside, "muted"))))
    return Page(tuple(blocks))


def record(shown: Quotation, form: str) -> dict[str, Any]:
    """Describe one quotation."""
    speaker = shown.speaker
    cite = citations.gbt7714 if form == "gbt7714" else wording.citation
    return {
        "speech": speaker.id,
        "town": speaker.town,
        "quotation": quoted(shown.sentence),
        "source": cite(speaker),
        "warning": "；".join(shown.warnings) or None,
        "sentence": shown.sentence,
        "date": speaker.compilation.date,
    }


def sources(shown: Sequence[Quotation]) -> list[tuple[Speech, list[str]]]:
    """Give each speech once, with the warnings of all its sentences."""
    found: dict[int, tuple[Speech, dict[str, None]]] = {}
    for each in shown:
        _town, notes = found.setdefault(each.speaker.key, (each.speaker, {}))
        notes |= dict.fromkeys(each.warnings)
    return [(speaker, [*notes]) for speaker, notes in found.values()]
