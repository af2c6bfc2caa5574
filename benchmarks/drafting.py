"""How much of the packaged corpus `draft` finds by itself in the raw compilation.

    python benchmarks/drafting.py

Each quantity that the packaged corpus cites is looked for where it stands in the draft. `known`
drafts with the packaged corpus at hand, which has these very speeches; `new` drafts each town with
only the seven others known, as it will be with the next compilation. Neither is held out from the
rules of `drafting`, which were written from the same eight texts. The table goes into RESULTS.md.
"""

from __future__ import annotations

import platform
import re
import tempfile
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import results

from speeches_cli import __version__, drafting
from speeches_cli.corpus import Corpus, documents, open_corpus, packaged, schema
from speeches_cli.model import Figure

COMPILATION = Path(__file__).parents[1] / "tests" / "compilation.txt"
KEYS = ("indicator", "topic", "measure", "status", "period")

Place = tuple[int, int, int, int, int]


def main() -> None:
    """Draft with everything known and with each town new, and write down what is right."""
    corpus = open_corpus(packaged(), cache=None)
    head, *speeches = re.split("^(?=  - id: )", packaged().read_text("utf-8"), flags=re.MULTILINE)
    known = count(corpus, corpus, range(len(speeches)))
    new = Counter[str]()
    with tempfile.TemporaryDirectory() as folder:
        for town in range(len(speeches)):
            file = Path(folder, f"{town}.yaml")
            others = (each for number, each in enumerate(speeches) if number != town)
            file.write_text(head + "".join(others), encoding="utf-8")
            new += count(open_corpus(file, cache=None), corpus, range(town, town + 1))
    report = _report(known, new)
    print(report)
    results.write("drafting", report)


def count(known: Corpus, corpus: Corpus, towns: range) -> Counter[str]:
    """Count what a draft has of the quantities of some towns, and what of that is right."""
    drafted = drafting.draft(COMPILATION.read_bytes(), name=COMPILATION.name, known=known)
    checked = schema.check(documents.parse(drafted.yaml.encode(), file=""), file="")
    cited = _by_place(figure for figure in corpus.figures(corpus.speeches) if figure.speech in towns)
    found = _by_place(each for town in towns for each in checked.entries[town].figures)
    counts = Counter(
        quantities=len(cited),
        found=len(cited.keys() & found.keys()),
        others=len(found.keys() - cited.keys()),
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


def _report(known: Counter[str], new: Counter[str]) -> str:
    rows = {"the quantity, where it stands": "found", "value, unit and bound": "value"} | {
        key: key for key in KEYS
    }
    lines = [
        "## Draft: what of the raw compilation needs no hand",
        "",
        (
            f"speeches {__version__}, Python {platform.python_version()}. In percent of the"
            f" {known['quantities']} quantities that the packaged corpus cites; `python"
            " benchmarks/drafting.py` says at its head what the columns are. Taken for quantities that"
            f" it does not cite: {known['others']} and {new['others']}. The rules and word lists of the"
            " drafting were written from the same eight texts, which are not held out from them."
        ),
        "",
        "|  | known | new |",
        "| --- | ---: | ---: |",
    ]
    for said, key in rows.items():
        shares = (f"{100 * each[key] / each['quantities']:.1f}" for each in (known, new))
        lines.append(f"| {said} | {' | '.join(shares)} |")
    return "\n".join(lines)


if __name__ == "__main__":
    main()
