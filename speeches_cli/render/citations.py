"""Quotations: the sentences of hits, each once, with their sources in the forms of papers."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any, NamedTuple

from speeches_cli import chinese
from speeches_cli.messages import _
from speeches_cli.model import Figure, Speech
from speeches_cli.render import page, wording
from speeches_cli.search import Hit

_INNER = str.maketrans("“”‘’", "‘’“”")
_TEX = str.maketrans(
    {each: f"\\{each}" for each in "&%$#_{}"} | {"~": "\\~{}", "^": "\\^{}", "\\": "\\textbackslash{}"}
)


class Quotation(NamedTuple):
    """A whole sentence that has hits."""

    speaker: Speech
    sentence: str
    hits: tuple[Hit, ...] = ()
    warnings: tuple[str, ...] = ()  # the corpus's notes on its figures


def quotations(
    hits: Iterable[Hit], towns: Mapping[int, Speech], figures: Iterable[Figure]
) -> list[Quotation]:
    """Give each sentence that has a hit once, those of one speech one after the other."""
    found: dict[int, dict[str, list[Hit]]] = {}
    for hit in hits:
        sentence = chinese.sentence(hit.passage.text, hit.start, hit.end)
        found.setdefault(hit.passage.speech, {}).setdefault(sentence, []).append(hit)
    noted: dict[int, list[tuple[str, str]]] = {}
    for figure in figures:
        if figure.note:
            noted.setdefault(figure.speech, []).append((figure.note, figure.sentence))
    made = []
    for speech, sentences in found.items():
        for sentence, said in sentences.items():
            about = noted.get(speech, ())
            notes = dict.fromkeys(note for note, each in about if each in sentence or sentence in each)
            made.append(Quotation(towns[speech], sentence, tuple(said), tuple(notes)))
    return made


def quoted(sentence: str) -> str:
    """Set a sentence in quotation marks, those inside it one level down (GB/T 15834-2011, 4.8)."""
    inside = sentence.translate(_INNER) if "“" in sentence or "”" in sentence else sentence
    return f"“{inside}”"


def cited(shown: Sequence[Quotation], form: str) -> page.Page:
    """Set quotations with the source of each speech once: beneath them, or numbered at the end.

    In the form `page`, each town has a heading, and each sentence its place and how its hits differ.
    """
    blocks: list[page.Block] = []
    references: list[page.Line] = []
    for number, (speaker, members) in enumerate(groupby(shown, lambda each: each.speaker), start=1):
        blocks += [page.Text("h2", [page.line(speaker.town)])] if form == "page" else []
        for each in members:
            spans = []
            for hit in each.hits:
                # the mark before the sentence, and the sentence that ends nearest to the hit
                before = hit.passage.text.find(each.sentence, max(0, hit.end - len(each.sentence))) - 1
                spans.append((hit.start - before, hit.end - before))
            mark = f"[{number}]" if form == "gbt7714" else ""
            quotation = page.highlighted(quoted(each.sentence) + mark, spans, "hit")
            beneath = [page.line((f"※ {warning}", "warning")) for warning in each.warnings]
            if form == "page":
                section = each.hits[0].passage.section
                whys = (speaker.locator(section), *map(wording.why, each.hits))
                beneath.append(page.line(("　".join(dict.fromkeys(filter(None, whys))), "muted")))
            blocks.append(page.Text("prose", [quotation]))
            blocks += [page.Text("lines", beneath)] if beneath else []
        if form == "gbt7714":
            references.append(page.line(f"[{number}] {gbt7714(speaker)}"))
        else:
            blocks.append(page.aside(source(speaker)))
    if references:
        blocks += [page.Text("h2", [page.line(_("References"))]), page.Text("lines", references)]
    return blocks


def record(shown: Quotation, form: str) -> dict[str, Any]:
    """Describe one quotation."""
    speaker = shown.speaker
    return {
        "speech": speaker.id,
        "town": speaker.town,
        "quotation": quoted(shown.sentence),
        "source": gbt7714(speaker) if form == "gbt7714" else source(speaker),
        "warning": "；".join(shown.warnings) or None,
        "sentence": shown.sentence,
        "date": speaker.compilation.date,
    }


def source(speaker: Speech) -> str:
    """Name the source of a quotation, as it stands in a Chinese document."""
    made = speaker.compilation
    year, month, day = map(int, made.date.split("-"))
    town = "" if speaker.town in speaker.post else f"{speaker.district}{speaker.town}"
    return (
        f"——{town}{speaker.post} {speaker.speaker}：《{speaker.title}》，"
        f"《{made.title}》，{year}年{month}月{day}日"
    )


def gbt7714(speaker: Speech) -> str:
    """Cite a speech as a part of the proceedings of a meeting (GB/T 7714-2015, 4.2; [C] is 会议录).

    An unknown author is left out, as numbered references may. A compilation that was printed for a
    meeting names no place and no publisher; a journal may want [出版地不详]: [出版者不详] there.
    """
    made = speaker.compilation
    who = f"{speaker.speaker}. " if speaker.speaker else ""
    on = f": {speaker.pages}" if speaker.pages else ""
    return f"{who}{speaker.title}[C]//{made.title}. {made.date[:4]}{on}."


def csl(shown: Iterable[Quotation]) -> list[dict[str, Any]]:
    """Describe the sources as CSL-JSON 1.0.2, which Zotero and pandoc read."""
    described = []
    for key, speaker, note in _sources(shown):
        fields = {
            "id": key,
            "type": "paper-conference",
            "title": speaker.title,
            "author": [{"literal": speaker.speaker}] if speaker.speaker else None,
            "container-title": speaker.compilation.title,
            "event-title": speaker.compilation.meeting,
            "issued": {"date-parts": [[int(part) for part in speaker.compilation.date.split("-")]]},
            "page": speaker.pages,
            "language": "zh-CN",
            "note": note,
        }
        described.append({name: value for name, value in fields.items() if value})
    return described


def bibtex(shown: Iterable[Quotation]) -> str:
    """Write the sources as BibTeX."""
    entries = []
    for key, speaker, note in _sources(shown):
        fields = {
            "author": speaker.speaker and f"{{{speaker.speaker.translate(_TEX)}}}",
            "title": f"{{{speaker.title.translate(_TEX)}}}",
            "booktitle": speaker.compilation.title.translate(_TEX),
            "eventtitle": speaker.compilation.meeting.translate(_TEX),
            "year": speaker.compilation.date[:4],
            "date": speaker.compilation.date,
            "pages": speaker.pages.replace("-", "--"),
            "langid": "chinese",
            "note": note.translate(_TEX),
        }
        lines = "".join(f"  {name} = {{{text}}},\n" for name, text in fields.items() if text)
        entries.append(f"@inproceedings{{{key},\n{lines}}}\n")
    return "\n".join(entries)


def _sources(shown: Iterable[Quotation]) -> Iterator[tuple[str, Speech, str]]:
    """Yield each speech once, with a key such as `jiuquanlu-2023-09-18-3` and all its warnings."""
    for speaker, members in groupby(shown, lambda each: each.speaker):
        notes = dict.fromkeys(warning for each in members for warning in each.warnings)
        yield f"{speaker.slug}-{speaker.compilation.date}-{speaker.id}", speaker, "；".join(notes)
