"""How much of the packaged corpus `draft` finds by itself in the raw compilation.

    python benchmarks/drafting.py

Each quantity that the packaged corpus cites is looked for where it stands in the draft. Names and
topics are not compared: a draft makes names from the words, and leaves topics to a person. The
rules were written from the same eight texts; `open_drafts` has others, with what is right, in
twelve layouts, and its own README. Both tables go into RESULTS.md.
"""

from __future__ import annotations

import platform
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

import results

sys.path.insert(0, str(Path(__file__).parent / "open_drafts"))
import make
import score

from speeches_cli import __version__, drafting
from speeches_cli.corpus import Corpus, open_corpus, packaged, schema
from speeches_cli.model import Figure

COMPILATION = Path(__file__).parents[1] / "tests" / "compilation.txt"
KEYS = ("measure", "status", "period")

_OF_16 = ("speeches", "title", "speaker", "unit", "level", "text_whole", "headings", "post")
_FAULTS = ("merged", "wrong_owner")
Place = tuple[int, int, int, int, int]


def main() -> None:
    """Draft the compilation, and write down what is right."""
    counts = count(open_corpus(packaged(), cache=None))
    report = _report(counts)
    print(report)
    results.write("drafting", report)
    with tempfile.TemporaryDirectory() as folder:
        scored, failed = score.score(score.Program("speeches", Path(folder)))
    report = _open_drafts(scored, failed)
    print(report)
    results.write("open drafts", report)


def count(corpus: Corpus) -> Counter[str]:
    """Count what a draft has of the quantities of a corpus, and what of that is right."""
    drafted = drafting.draft(COMPILATION.read_bytes(), name=COMPILATION.name)
    checked = schema.read(drafted.yaml.encode(), file="")
    cited = _by_place(corpus.figures(corpus.speeches))
    found = _by_place(figure for entry in checked.entries for figure in entry.figures)
    whole = zip(corpus.speeches, (entry.speech for entry in checked.entries), strict=True)
    counts = Counter(
        speeches=sum(one.characters == other.characters for one, other in whole),
        quantities=len(cited),
        found=len(cited.keys() & found.keys()),
        others=len(found.keys() - cited.keys()),
        sure=sum(figure.sure for figure in found.values()),
    )
    for place in cited.keys() & found.keys():
        ours, theirs = found[place], cited[place]
        value = len(theirs.spans) > 1 or ours.value == theirs.value  # a sum is drafted in parts
        counts["value"] += value and (ours.unit, ours.bound) == (theirs.unit, theirs.bound)
        counts.update(key for key in KEYS if getattr(ours, key) == getattr(theirs, key))
    return counts


def _by_place(figures: Iterable[Figure]) -> dict[Place, Figure]:
    """Index figures by speech, section, paragraph, start and end of each of their quantities."""
    return {(each.speech, each.section, *span): each for each in figures for span in each.spans}


def _report(counts: Counter[str]) -> str:
    rows = {"the quantity, where it stands": "found", "value, unit and bound": "value"} | {
        key: key for key in KEYS
    }
    lines = [
        "## Draft: what of the raw compilation needs no hand",
        "",
        (
            f"speeches {__version__}, Python {platform.python_version()}. Speeches whose text is whole:"
            f" {counts['speeches']} of 8. In percent of the {counts['quantities']} quantities that the"
            f" packaged corpus cites; {counts['others']} other quantities were read as figures. Figures"
            f" that the draft is sure of: {counts['sure']} of {counts['found'] + counts['others']}."
        ),
        "",
        "|  | percent |",
        "| --- | ---: |",
    ]
    for said, key in rows.items():
        lines.append(f"| {said} | {100 * counts[key] / counts['quantities']:.1f} |")
    return "\n".join(lines)


def _open_drafts(scored: score.Record, failed: Sequence[str]) -> str:
    """Tell how many of 16 speeches are right in each layout, and the scores of all."""
    wrong = Counter(tuple(line.split(": ")[:2]) for line in failed)
    lines = [
        "## Draft: other people's compilations",
        "",
        (
            f"speeches {__version__}. Three compilations of counties, towns, villages, a bureau, a firm"
            " and a school: 16 speeches in 12 layouts; `benchmarks/open_drafts/README.md` says what"
            " each counts. `marks` are keys and figures that a draft leaves a person to confirm."
        ),
        "",
        f"| layout | {' | '.join(each.replace('_', ' ') for each in (*_OF_16, *_FAULTS))} |",
        f"| --- |{' ---: |' * len((*_OF_16, *_FAULTS))}",
    ]
    for layout in (*make.TEXTS, *make.WORDS):
        faults = {key: sum(wrong[f"{name}.{layout}", key] for name in make.NAMES) for key in _FAULTS}
        right = [16 - sum(wrong[f"{name}.{layout}", key] for name in make.NAMES) for key in _OF_16]
        lines.append(f"| {layout} | {' | '.join(map(str, (*right, *faults.values())))} |")
    lines += ["", "| score |  |", "| --- | ---: |"]
    for name, value in scored.items():
        if not name.endswith("_of"):
            of = f" ({scored[f'{name}_of']})" if f"{name}_of" in scored else ""
            lines.append(f"| {name} | {value}{of} |")
    return "\n".join(lines)


if __name__ == "__main__":
    main()
