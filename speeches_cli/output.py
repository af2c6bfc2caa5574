"""An answer → the chosen format → standard output or a file: the only module that prints."""

import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, TextIO

from speeches_cli.errors import SpeechesError
from speeches_cli.messages import _
from speeches_cli.visible import clean

if TYPE_CHECKING:
    from speeches_cli.render.page import Page

_PIPED_WIDTH = 100
"""In cells: for a terminal page that is forced into a pipe whose width nobody knows."""
_LONGEST_LINE = 600
"""In characters: of a longer message, which repeats something very long, the middle is left out."""

Format = Literal["table", "json", "jsonl", "csv", "md"]
Color = Literal["auto", "always", "never"]
_DATA = ("json", "jsonl", "csv")


class Answer(NamedTuple):
    """The same result as a page and as records; only the one that is asked for is made."""

    page: "Callable[[int | None], Page]"
    """Called with the width of the terminal in cells, or None when there is none."""
    records: Callable[[], Sequence[Any]]
    value: Callable[[], Any] | None = None
    """The JSON document, where it is not simply the list of records."""
    rows: Callable[[], Sequence[Any]] | None = None
    """The rows of a spreadsheet, where they are not simply the records."""
    notes: tuple[str, ...] = ()
    """Said on standard error: what was left out, and how to see it."""
    empty: str | None = None
    """Why the answer, although it is written, means that nothing was found."""
    unsound: str | None = None
    """How much the answer, which is written all the same, finds wrong with the corpus."""


class Output(NamedTuple):
    """Where and how the user wants the answer."""

    format: Format
    file: Path | None
    color: Color


def write(answer: Answer, output: Output) -> None:
    """Write an answer; SpeechesError when a file cannot be written, OSError when the output cannot.

    JSON and CSV are UTF-8 whatever the locale. A file is written whole or not at all.
    """
    text = _text(answer, output)
    for note in answer.notes:
        say(note)
    if output.file is not None:
        mark = "\ufeff" if output.format == "csv" else ""
        _write_file(output.file, (mark + text).encode("utf-8"))
    elif sys.stdout is None:
        raise SpeechesError(_("standard output is closed"))
    elif output.format in _DATA:
        sys.stdout.buffer.write(text.encode())
        sys.stdout.buffer.flush()
    else:
        _say_what_is_lost(text, sys.stdout.encoding)
        sys.stdout.write(text)
        sys.stdout.flush()


def say(message: str) -> None:
    """Say something beside the answer, on standard error, in one line; nobody may be listening."""
    line = clean(message)
    if len(line) > _LONGEST_LINE:
        line = f"{line[: _LONGEST_LINE // 2]}…{line[-_LONGEST_LINE // 2 :]}"
    if sys.stderr is not None:
        try:
            sys.stderr.write(f"speeches: {line}\n")
        except OSError:
            sys.stderr = nowhere()


def nowhere() -> TextIO:
    """Open what takes the place of a stream that takes nothing more, so that it is not tried again."""
    return Path(os.devnull).open("w", encoding="utf-8")


def _say_what_is_lost(text: str, encoding: str) -> None:
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        message = _("'?' stands for what {encoding} cannot write; --json and --output FILE write UTF-8")
        say(message.format(encoding=encoding))


def _text(answer: Answer, output: Output) -> str:
    if output.format in _DATA:
        from speeches_cli.render import data, records

        if output.format == "json":
            return data.json(answer.value() if answer.value else list(answer.records()))
        if output.format == "jsonl":
            return data.jsonl(answer.records())
        return data.csv(records.flat(answer.rows() if answer.rows else answer.records()))
    if output.format == "md":
        from speeches_cli.render import markdown

        return markdown.render(answer.page(None))
    if output.file is None and (_is_terminal() or _colors(output.color)):
        from speeches_cli.render import terminal

        width = _width()
        return terminal.render(answer.page(width), width=width, color=_colors(output.color))
    from speeches_cli.render import plain

    return plain.render(answer.page(None))


def _is_terminal() -> bool:
    return sys.stdout is not None and sys.stdout.isatty()


def _colors(color: Color) -> bool:
    """Decide on colour: a `--color` given wins, then NO_COLOR, then FORCE_COLOR, then the terminal."""
    if color != "auto":
        return color == "always"
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR"):
        return True
    return _is_terminal() and os.environ.get("TERM") != "dumb"


def _width() -> int:
    import shutil

    return shutil.get_terminal_size((_PIPED_WIDTH, 24)).columns


def _write_file(file: Path, data: bytes) -> None:
    """Write a file whole or not at all; a device or a pipe can only be written to."""
    try:
        if file.exists() and not file.is_file():
            file.write_bytes(data)
        else:
            _replace(Path(os.path.realpath(file)), data)
    except OSError as error:
        message = _("cannot write {file}: {reason}")
        raise SpeechesError(message.format(file=file, reason=error.strerror)) from None


def _replace(file: Path, data: bytes) -> None:
    import tempfile

    with tempfile.NamedTemporaryFile(dir=file.parent, prefix=".speeches-", delete=False) as stream:
        part = Path(stream.name)
        try:
            stream.write(data)
            stream.close()
            part.chmod(_permissions(file))
            part.replace(file)
        except BaseException:
            part.unlink()
            raise


def _permissions(file: Path) -> int:
    """Give a new file what the umask leaves, and let an old one keep what it has."""
    try:
        return file.stat().st_mode & 0o7777
    except FileNotFoundError:
        umask = os.umask(0)
        os.umask(umask)
        return 0o666 & ~umask
