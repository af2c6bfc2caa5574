"""How many of the 30 Word cases each library passes by itself: its lines, drafted as `draft` does.

    pip install aspose-words-foss betteroffice-docx docspine docx-parser-converter docx2python \
        docx2txt docxlatex mammoth pypandoc_binary
    python benchmarks/open_drafts/libraries.py

Each library is asked by its front door for the body, in the richest form that it has: which lines
are headings or rows of a table, and which words are struck, counts for it where it tells. What is
not installed is left out. The table goes into RESULTS.md.
"""

from __future__ import annotations

import sys
import tempfile
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from importlib import metadata
from pathlib import Path
from typing import Any
from unittest import mock

import docx
import yaml
from docx.table import Table
from lxml import html

import make
import score
import word

sys.path.insert(0, str(make.HERE.parent))
import results

from speeches_cli import drafting
from speeches_cli.drafting import pages
from speeches_cli.drafting.values import RawLine

Files = dict[tuple[str, str], Path]
GAP = "\u3000"

WHAT = {
    "bylines in text boxes": "text boxes",
    "footnote in the text": "footnotes kept apart",
    "lists that share an abstractNum": "numbers of lists",
    "soft breaks": "soft breaks",
    "hidden text": "hidden text",
    "struck text": "struck text",
    "ruby": "ruby",
    "equation": "equations",
    "deleted paragraph mark": "deleted paragraph mark",
    "table": "tables",
}


class Drafted(score.Draft):
    """A draft, as the checks ask it, without a run of the program."""

    def __init__(self, data: bytes) -> None:
        self.yaml = yaml.safe_load(drafting.draft(data, name="a").yaml)
        self.texts = self.yaml["speeches"]
        self.records = {int(each["id"]): {"speaker": None} | each for each in self.texts}


def _plain(text: str) -> list[RawLine]:
    return list(map(RawLine, text.split("\n")))


def _html(text: str) -> list[RawLine]:
    """Read what is neither struck nor a note; a row's cells stand in one line."""
    tree: Any = html.fromstring(text)
    for gone in tree.xpath(
        "//s | //del | //aside | //sup | //section | //li[starts-with(@id, 'footnote')]"
    ):
        gone.drop_tree()
    for line_break in tree.iter("br"):
        line_break.tail = "\n" + (line_break.tail or "").lstrip()
    lines: list[RawLine] = []
    for each in tree.xpath("//h1 | //p[not(ancestor::tr or ancestor::h1)] | //tr"):
        if each.tag == "tr":
            lines.append(RawLine(GAP.join(cell.text_content() for cell in each), is_row=True))
        else:
            parts = each.text_content().split("\n")
            lines += [RawLine(part, each.tag == "h1" and not at) for at, part in enumerate(parts)]
    return lines


def _aspose(path: Path) -> list[RawLine]:
    import aspose.words_foss as aspose

    saved = path.with_suffix(".aspose.txt")
    aspose.Document(str(path)).save(str(saved), aspose.SaveFormat.TEXT)
    return _plain(saved.read_text(encoding="utf-8"))


def _betteroffice(path: Path) -> list[RawLine]:
    import betteroffice_docx

    return _plain(betteroffice_docx.Document.open(path.read_bytes()).text)


def _docspine(path: Path) -> list[RawLine]:
    import docspine

    return _html(docspine.open(str(path)).to_html())


def _docx2python(path: Path) -> list[RawLine]:
    from docx2python import docx2python

    with docx2python(path) as read:
        tables = read.body_pars
    lines: list[RawLine] = []
    for row in (row for table in tables for row in table):
        if len(row) > 1:
            cells = ("".join("".join(par.run_strings) for par in cell) for cell in row)
            lines.append(RawLine(GAP.join(cells), is_row=True))
            continue
        for par in row[0]:
            parts = "".join(par.run_strings).split("\n")
            title = par.style == "Heading1"
            lines += [RawLine(part, title and not at) for at, part in enumerate(parts)]
    return lines


def _docx2txt(path: Path) -> list[RawLine]:
    import docx2txt

    return _plain(docx2txt.process(path))


def _docx_parser_converter(path: Path) -> list[RawLine]:
    from docx_parser_converter import docx_to_text

    return _plain(docx_to_text(str(path)))


def _docxlatex(path: Path) -> list[RawLine]:
    from docxlatex import Document

    return _plain(Document(str(path)).get_text())


def _mammoth(path: Path) -> list[RawLine]:
    import mammoth

    with path.open("rb") as stream:
        return _html(mammoth.convert_to_html(stream).value)


def _pandoc(path: Path) -> list[RawLine]:
    import pypandoc

    return _html(pypandoc.convert_file(str(path), "html", extra_args=["--wrap=none", "-s"]))


def _python_docx(path: Path) -> list[RawLine]:
    lines: list[RawLine] = []
    for block in docx.Document(str(path)).iter_inner_content():
        if isinstance(block, Table):
            rows = (GAP.join(cell.text for cell in row.cells) for row in block.rows)
            lines += [RawLine(row, is_row=True) for row in rows]
            continue
        shown = (run for run in block.runs if not (run.font.hidden or run.font.strike))
        parts = "".join(run.text for run in shown).split("\n")
        title = block.style is not None and block.style.name == "Heading 1"
        lines += [RawLine(part, title and not at) for at, part in enumerate(parts)]
    return lines


READERS: dict[str, Callable[[Path], list[RawLine]]] = {
    "python-docx": _python_docx,
    "docx2python": _docx2python,
    "pypandoc_binary": _pandoc,
    "mammoth": _mammoth,
    "docx2txt": _docx2txt,
    "docxlatex": _docxlatex,
    "docx-parser-converter": _docx_parser_converter,
    "docspine": _docspine,
    "aspose-words-foss": _aspose,
    "betteroffice-docx": _betteroffice,
}


def main() -> None:
    """Write every Word file, read it with every library, and write down what it passes."""
    lines = [
        "## Draft: Word files as libraries read them",
        "",
        (
            "How many of the 30 Word cases (three compilations, ten things that only Word files have)"
            " pass when the lines that a library gives are drafted. Headings, rows and struck words"
            " count for it where it tells them. `draft` opens files with python-docx, whose elements"
            " stay within reach where its text ends; what mammoth and pandoc leave out cannot be added."
            " `python benchmarks/open_drafts/libraries.py` makes this section."
        ),
        "",
        f"| library | of 30 | {' | '.join(WHAT.values())} |",
        f"| --- | ---: |{' ---: |' * len(WHAT)}",
    ]
    with tempfile.TemporaryDirectory() as folder:
        files: Files = {
            (name, layout): Path(folder, f"{name}.{layout}.docx")
            for name in make.NAMES
            for layout in make.WORDS
        }
        for (name, layout), path in files.items():
            word.write(make.gold(name), layout, path)
        ours = _row("`speeches draft`", _passed(files, None))
        for library, read in READERS.items():
            with suppress(metadata.PackageNotFoundError):
                lines.append(_row(f"{library} {metadata.version(library)}", _passed(files, read)))
    text = "\n".join([*lines, ours])
    print(text)
    results.write("word libraries", text)


def _passed(files: Files, read: Callable[[Path], list[RawLine]] | None) -> Counter[str]:
    """Count the cases that pass, by what they are about; a file that is not read passes none."""
    right: Counter[str] = Counter()
    for (name, layout), path in files.items():
        tally = score.Tally()
        drafted: Drafted | None = None
        try:
            if read is not None:
                with mock.patch.object(pages, "decode", return_value=(read(path), ())):
                    drafted = Drafted(b"")
            else:
                drafted = Drafted(path.read_bytes())
        except Exception as error:  # noqa: BLE001 - libraries raise what they like
            print(f"{path.name}: {type(error).__name__}: {error}"[:200], file=sys.stderr)
        score.word_checks(make.gold(name), layout, drafted, tally)
        failed = {detail.rpartition(": ")[2] for detail in tally.details}
        asked = {"headings": [*WHAT][:2], "autonum": [*WHAT][2:4], "rough": [*WHAT][4:]}[layout]
        right.update(set(asked) - failed)
    return right


def _row(name: str, passed: Counter[str]) -> str:
    return f"| {name} | {passed.total()} | {' | '.join(str(passed[what]) for what in WHAT)} |"


if __name__ == "__main__":
    main()
