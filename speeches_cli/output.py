"""An answer → the chosen format → standard output or a file: the only module that prints answers."""

import os
import shlex
import shutil
import signal
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import Any, Literal, NamedTuple, get_args

from speeches_cli import files
from speeches_cli.errors import SpeechesError
from speeches_cli.messages import _
from speeches_cli.render import page
from speeches_cli.visible import clean

_PIPED_WIDTH = 100  # in cells: the width of a picture, and of a coloured page that goes into a pipe

Format = Literal["table", "json", "jsonl", "csv", "md", "html", "svg", "docx", "xlsx"]
_ENDINGS: dict[str, Format] = {f".{each}": each for each in get_args(Format) if each != "table"}
_ENDINGS |= {".htm": "html", ".txt": "table", "": "table"}  # what they choose, if not --format does
OWN_ENDINGS = {"csl": ".json", "bibtex": ".bib"}  # of forms of citation that are formats themselves
Color = Literal["auto", "always", "never"]
BINARY = ("docx", "xlsx")
_RENDERERS = {
    "table": "plain",
    "md": "markdown",
    "html": "html",
    "svg": "picture",
    "docx": "word",
    "xlsx": "excel",
}  # the modules of render for formats that people read; `data` is for those of programs


class Answer(NamedTuple):
    """The same result as a page and as records; only the one that is asked for is made."""

    page: Callable[[int | None], page.Page]  # of a width in cells, None where there is no terminal
    records: Callable[[], Iterable[Any]] = tuple
    value: Callable[[], Any] | None = None  # the JSON document, where it is not the list of records
    rows: Callable[[], Sequence[Any]] | None = None  # of a spreadsheet, where they are not the records
    text: Callable[[], str] | None = None  # the whole answer, in another program's format, in UTF-8
    document: Callable[[], page.Page] | None = None  # the page of a document, where it shows more
    asked: tuple[str, ...] = ()  # a document's heading and sources; empty where the page has them
    notes: tuple[str, ...] = ()  # said on standard error: what was left out, and how to see it
    failure: SpeechesError | None = None  # what the program ends with when it has answered


def write(
    answer: Answer,
    format: Format = "table",
    file: Path | None = None,
    *,
    color: Color = "auto",
    paged: bool = False,
) -> None:
    """Write an answer, `paged` through the reader's pager if it is long, then raise its failure.

    A file is written whole or not at all. Whatever the locale, all but tables and Markdown on standard
    output is UTF-8. Raises SpeechesError when a file cannot be written, OSError when the output cannot.
    """
    pieces = (each.encode() if isinstance(each, str) else each for each in _rendered(answer, format))
    if file is not None:
        mark = b"\xef\xbb\xbf" if format == "csv" else b""
        files.write(file, mark + b"".join(pieces))
    elif sys.stdout is None:
        raise SpeechesError(_("standard output is closed"))
    elif format in BINARY and sys.stdout.isatty():
        message = _("{format} is nothing to read on a terminal; name a file: --output answer.{format}")
        raise SpeechesError(message.format(format=format))
    elif format in ("table", "md") and not answer.text:
        _print(answer, format, color, paged=paged)
    else:
        sys.stdout.buffer.writelines(pieces)
        sys.stdout.buffer.flush()
    for note in filter(None, answer.notes):
        say(note)
    if answer.failure:
        raise answer.failure


def promised(file: Path | None, cited: str = "") -> Format:
    """Give the format that a file's ending promises; SpeechesError for one that no format has."""
    ending = "" if file is None or files.descriptor(file) is not None else file.suffix.lower()
    endings = (OWN_ENDINGS[cited], ".txt", "") if cited in OWN_ENDINGS else tuple(_ENDINGS)
    if ending not in endings:
        message = _("no format has the ending '{ending}'; there are {known}, or say --format")
        known = _(", ").join(each for each in endings if each)
        raise SpeechesError(message.format(ending=clean(ending), known=known))
    return _ENDINGS.get(ending, "table")


def say(message: str) -> None:
    """Print one line on standard error; a standard error that is closed is passed over."""
    if sys.stderr is not None:
        try:
            sys.stderr.write(f"speeches: {clean(message)}\n")
        except OSError:
            sys.stderr = None  # or Python writes to it once more at the end


def _rendered(answer: Answer, format: Format) -> Iterator[Any]:
    """Yield the pieces of an answer, text or bytes, in its format, loading only what that needs."""
    if answer.text:
        yield answer.text()
        return
    try:
        renderer = import_module(f"speeches_cli.render.{_RENDERERS.get(format, 'data')}")
    except ModuleNotFoundError as error:
        message = _("this format needs {package}; install it with: {python} -m pip install {package}")
        raise SpeechesError(message.format(package=error.name, python=sys.executable)) from None
    today = date.today().isoformat()  # noqa: DTZ011 - the reader's day
    typed = shlex.join(["speeches", *sys.argv[1:]])
    made = _("made on {date} with: {typed}", date=today, typed=typed)
    about = (*answer.asked, made) if answer.asked else ()
    match format:
        case "json":
            yield renderer.json(answer.value() if answer.value else [*answer.records()])
        case "jsonl":
            yield from (renderer.json(each, indent=None) for each in answer.records())
        case "csv" | "xlsx":
            rows = answer.rows() if answer.rows else answer.records()
            is_csv = format == "csv"
            yield renderer.csv(rows) if is_csv else renderer.render(rows, about)
        case "html" | "docx":
            shown = answer.document() if answer.document else answer.page(None)
            yield renderer.render(page.headed(shown, about))
        case "svg":
            yield renderer.render(answer.page(_PIPED_WIDTH), width=_PIPED_WIDTH)
        case "md":
            yield renderer.render(answer.page(None))
        case _:
            yield from renderer.lines(answer.page(None))


def _print(answer: Answer, format: Format, color: Color, *, paged: bool) -> None:
    """Print a text for what standard output is, screen by screen, or all of it in the pager."""
    stream, size = sys.stdout, shutil.get_terminal_size((_PIPED_WIDTH, 24))
    capable = stream.isatty() and os.environ.get("TERM") != "dumb"
    emphasis: Literal["color", "weight", "none"] = "color" if color == "always" else "none"
    if color == "auto" and os.environ.get("NO_COLOR"):
        emphasis = "weight" if capable else "none"  # a terminal keeps its bold hits
    elif color == "auto" and (capable or os.environ.get("FORCE_COLOR")):
        emphasis = "color"
    screens: Iterable[str] = _rendered(answer, format)
    if format == "table" and (emphasis != "none" or stream.isatty()):
        from speeches_cli.render import terminal

        screens = terminal.screens(answer.page(size.columns), width=size.columns, emphasis=emphasis)
    pager = os.environ.get("PAGER", shutil.which("less") or "") if paged and capable else ""
    if pager not in ("", "cat"):  # else the first screen comes at once
        screens = ["".join(screens)]
        is_long = screens[0].count("\n") >= size.lines
        if is_long and show_in_pager(pager, screens[0].encode(stream.encoding, "replace")):
            return
    is_whole = True
    for screen in screens:
        written = screen.encode(stream.encoding, "ignore").decode(stream.encoding)
        is_whole = is_whole and written == screen
        stream.write(screen)  # a terminal shows every line at once
    stream.flush()
    if not is_whole:
        message = _("'?' stands for what {encoding} cannot write; --json and --output FILE write UTF-8")
        say(message.format(encoding=stream.encoding))


def show_in_pager(pager: str, text: bytes) -> bool:
    """Show a text in the reader's pager, a shell command, as git does it; False where that fails.

    A reader may leave early, and Ctrl-C belongs to the pager. Programs started meanwhile still heed
    the signals that this one does not: those that are ignored (SIG_IGN) would be ignored by them too.
    """
    import subprocess

    own = os.environ.get("LESS")
    # in ASCII for everybody: less 590, which Debian 12 has, shows the bytes of any other prompt
    less = "FRXPspress q to leave, space for the next page" if own is None else f"-R {own}"
    environment = {**os.environ, "LESS": less, "LESSCHARSET": "utf-8"}
    numbers = [each for each in (signal.SIGINT, getattr(signal, "SIGPIPE", None)) if each]
    before = [signal.signal(each, lambda *_signal: None) for each in numbers]
    try:
        shown = subprocess.run(  # noqa: S602 - PAGER is a shell command everywhere else, too
            pager, shell=True, input=text, env=environment, check=False
        )
    finally:
        for number, handler in zip(numbers, before, strict=True):
            signal.signal(number, handler)
    return shown.returncode == 0
