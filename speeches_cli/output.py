"""An answer → the chosen format → standard output or a file: the only module that prints answers."""

import os
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, TextIO

from speeches_cli import files
from speeches_cli.errors import SpeechesError
from speeches_cli.messages import _
from speeches_cli.visible import clean

if TYPE_CHECKING:
    from speeches_cli.render.page import Page
    from speeches_cli.render.terminal import Emphasis

    MakePage = Callable[[int | None], Page]
    """Called with the width of the terminal in cells, or None when there is none."""

_PIPED_WIDTH = 100  # in cells: the width of a picture, and of a coloured page that goes into a pipe

Format = Literal["table", "json", "jsonl", "csv", "md", "html", "svg", "docx", "xlsx"]
ENDINGS: dict[str, Format] = {
    **{f".{each}": each for each in ("json", "jsonl", "csv", "md", "html", "svg", "docx", "xlsx")},
    ".htm": "html",
    ".txt": "table",
    "": "table",
}  # the format that each file ending chooses, where --format is not given
ENDINGS_OF_FORMS: dict[str, dict[str, Format]] = {
    "csl": {".json": "json", ".txt": "table", "": "table"},
    "bibtex": {".bib": "table", ".txt": "table", "": "table"},
}  # the same where a form of citation is a format itself
Color = Literal["auto", "always", "never"]
BINARY = ("docx", "xlsx")
DOCUMENTS = ("html", *BINARY)  # formats whose heading says what was asked


class Answer(NamedTuple):
    """The same result as a page and as records; only the one that is asked for is made."""

    page: "MakePage"
    records: Callable[[], Iterable[Any]]
    value: Callable[[], Any] | None = None
    """The JSON document, where it is not simply the list of records."""
    rows: Callable[[], Sequence[Any]] | None = None
    """The rows of a spreadsheet, where they are not simply the records."""
    text: Callable[[], str] | None = None
    """The whole answer, where another program's format was asked for; it is UTF-8."""
    document: Callable[[], "Page"] | None = None
    """The page of a document of its own, where there is more to show than on a terminal."""
    asked: tuple[str, ...] = ()
    """What was asked, and of which compilation: the heading of a document; empty where it has one."""
    notes: tuple[str, ...] = ()  # said on standard error: what was left out, and how to see it
    failure: SpeechesError | None = None
    """What the program ends with all the same: nothing was found, or a corpus is unsound."""


class Output(NamedTuple):
    """Where and how the user wants the answer."""

    format: Format
    file: Path | None
    color: Color
    paged: bool = False  # whether a page longer than the screen goes through the reader's pager
    made: str = ""  # when and by which command line, said in the heading of a document


def write(answer: Answer, output: Output) -> None:
    """Write an answer; SpeechesError when a file cannot be written, OSError when the output cannot.

    A file is written whole or not at all. Whatever the locale, all but tables and Markdown on standard
    output is UTF-8.
    """
    if output.file is not None:
        mark = b"\xef\xbb\xbf" if output.format == "csv" else b""
        files.write(output.file, mark + b"".join(_written(answer, output)))
    elif output.format in ("table", "md") and not answer.text:
        _print(_typeset(answer, output), paged=output.paged and output.format == "table")
    else:
        stream = _standard_output().buffer
        stream.writelines(_written(answer, output))
        stream.flush()
    for note in answer.notes:
        say(note)


def promised(file: Path | None, endings: Mapping[str, Format] = ENDINGS) -> Format:
    """Give the format that a file's ending promises; SpeechesError for one that no format has."""
    ending = "" if file is None or files.descriptor(file) is not None else file.suffix.lower()
    if ending not in endings:
        message = _("no format has the ending '{ending}'; there are {known}, or say --format")
        known = _(", ").join(each for each in endings if each)
        raise SpeechesError(message.format(ending=clean(ending), known=known))
    return endings[ending]


def check_place(output: Output) -> None:
    """Raise SpeechesError for a format that is no text and would go to a terminal."""
    if output.format in BINARY and output.file is None and _is_terminal():
        message = _("{format} is nothing to read on a terminal; name a file: --output answer.{format}")
        raise SpeechesError(message.format(format=output.format))


def say(message: str) -> None:
    """Print one line on standard error; a standard error that is closed is passed over."""
    if sys.stderr is not None:
        try:
            sys.stderr.write(f"speeches: {clean(message)}\n")
        except OSError:
            sys.stderr = nowhere()


def nowhere() -> TextIO:
    """Open a stream that swallows everything, to replace one that can't be written to any more."""
    return Path(os.devnull).open("w", encoding="utf-8")


def _typeset(answer: Answer, output: Output) -> Iterable[str]:
    """Set a page for what standard output is: a terminal of some width, or a pipe."""
    if output.format == "md":
        return [str(_document(answer, output))]
    if (emphasis := _emphasis(output.color)) != "none" or _is_terminal():
        from speeches_cli.render import terminal

        width = _size().columns
        return terminal.screens(answer.page(width), width=width, emphasis=emphasis)
    from speeches_cli.render import plain

    return plain.lines(answer.page(None))


def _written(answer: Answer, output: Output) -> Iterable[bytes]:
    """Give an answer in its format, JSON lines one after the other."""
    if output.format == "jsonl" and not answer.text:
        from speeches_cli.render import data

        return (data.jsonl([each]).encode() for each in answer.records())
    document = answer.text() if answer.text else _document(answer, output)
    return [document.encode() if isinstance(document, str) else document]


def _document(answer: Answer, output: Output) -> str | bytes:
    """Render an answer in any format but JSON lines, loading only what that format needs."""
    if output.format in ("json", "csv"):
        from speeches_cli.render import data

        if output.format == "csv":
            return data.csv(_rows(answer))
        return data.json(answer.value() if answer.value else list(answer.records()))
    if output.format in DOCUMENTS:
        try:
            return _headed(answer, output)
        except ModuleNotFoundError as error:
            message = _(
                "this format needs {package}; install it with: {python} -m pip install {package}"
            )
            message = message.format(package=error.name, python=sys.executable)
            raise SpeechesError(message) from None
    if output.format == "md":
        from speeches_cli.render import markdown

        return markdown.render(answer.page(None))
    if output.format == "svg":
        from speeches_cli.render import picture

        return picture.render(answer.page(_PIPED_WIDTH), width=_PIPED_WIDTH)
    from speeches_cli.render import plain

    return plain.render(answer.page(None))


def _headed(answer: Answer, output: Output) -> str | bytes:
    """Render a document of its own: its heading says what was asked, where the page does not itself."""
    about = (*answer.asked, output.made) if answer.asked else ()
    if output.format == "xlsx":
        from speeches_cli.render import excel

        return excel.render(_rows(answer), about)
    from speeches_cli.render import page

    shown = page.headed(answer.document() if answer.document else answer.page(None), about)
    if output.format == "docx":
        from speeches_cli.render import word

        return word.render(shown)
    from speeches_cli.render import html

    return html.render(shown)


def _rows(answer: Answer) -> Sequence[Any]:
    from speeches_cli.render import records

    return records.flat(answer.rows() if answer.rows else list(answer.records()))


def _standard_output() -> TextIO:
    """Give standard output; SpeechesError where there is none."""
    if sys.stdout is None:
        raise SpeechesError(_("standard output is closed"))
    return sys.stdout


def _print(screens: Iterable[str], *, paged: bool) -> None:
    """Print a text one screen after the other, or all of it in the pager."""
    if paged and _is_terminal() and os.environ.get("TERM") != "dumb":
        from speeches_cli import pager

        if pager.wanted():
            text = "".join(screens)
            is_long = text.count("\n") >= _size().lines
            if is_long and pager.show(text.encode(sys.stdout.encoding, "replace")):
                return
            screens = [text]
    stream = _standard_output()
    told = False
    for screen in screens:
        if not told and screen.encode(stream.encoding, "ignore").decode(stream.encoding) != screen:
            message = _(
                "'?' stands for what {encoding} cannot write; --json and --output FILE write UTF-8"
            )
            say(message.format(encoding=stream.encoding))
            told = True
        stream.write(screen)  # a terminal shows every line at once
    stream.flush()


def _is_terminal() -> bool:
    return sys.stdout is not None and sys.stdout.isatty()


def _emphasis(color: Color) -> "Emphasis":
    """Decide on colour: a `--color` given wins, then NO_COLOR, then FORCE_COLOR, then the terminal.

    NO_COLOR leaves a terminal what is bold: without it a hit would not stand out at all.
    """
    capable = _is_terminal() and os.environ.get("TERM") != "dumb"
    if color != "auto":
        return "color" if color == "always" else "none"
    if os.environ.get("NO_COLOR"):
        return "weight" if capable else "none"
    return "color" if capable or os.environ.get("FORCE_COLOR") else "none"


def _size() -> os.terminal_size:
    import shutil

    return shutil.get_terminal_size((_PIPED_WIDTH, 24))
