"""Where an answer goes and in which form: formats, colours, encodings, files, and hard endings."""

from __future__ import annotations

import io
import os
import pty
import resource
import stat
import sys
import termios
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, redirect_stderr, suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, strategies as st

from speeches_cli.errors import SpeechesError
from speeches_cli.output import Answer, Color, Format, promised, say, write
from speeches_cli.render import page
from speeches_cli.render.page import Column, Group, Page, Table

TOWN = {"town": "酒泉路街道", "figures": 30}


def _page(width: int | None) -> Page:
    """Make a page that says which width it was made for."""
    rows = ((page.cell("酒泉路街道"), page.cell(str(width), "hit")),)
    return [Table((Column("镇街"), Column("宽", right=True)), (Group((), rows),))]


def _answer(**others: Any) -> Answer:
    return Answer(page=_page, records=lambda: [TOWN], **others)


class _Streams:
    """What was written to the two streams, in bytes."""

    def __init__(self, encoding: str) -> None:
        self.out, self.err = io.BytesIO(), io.BytesIO()
        self.stdout = io.TextIOWrapper(self.out, encoding, errors="replace")
        self.stderr = io.TextIOWrapper(
            self.err, encoding, errors="backslashreplace", write_through=True
        )


@pytest.fixture
def streams(monkeypatch: pytest.MonkeyPatch) -> Callable[..., _Streams]:
    """Put pipes of an encoding in the place of standard output and standard error."""

    def put(encoding: str = "utf-8") -> _Streams:
        made = _Streams(encoding)
        monkeypatch.setattr(sys, "stdout", made.stdout)
        monkeypatch.setattr(sys, "stderr", made.stderr)
        return made

    return put


@pytest.mark.parametrize("encoding", ["utf-8", "gbk", "utf-16"])
@pytest.mark.parametrize(
    ("format", "expected"),
    [
        ("table", "镇街          宽\n酒泉路街道  None\n"),
        ("md", "| 镇街 | 宽 |\n| --- | --: |\n| 酒泉路街道 | None |\n"),
        ("json", '[\n  {\n    "town": "酒泉路街道",\n    "figures": 30\n  }\n]\n'),
        ("jsonl", '{"town": "酒泉路街道", "figures": 30}\n'),
        ("csv", "town,figures\r\n酒泉路街道,30\r\n"),
    ],
)
def test_each_format_into_a_pipe(
    format: Format, expected: str, encoding: str, streams: Callable[..., _Streams]
) -> None:
    """Pages are in the encoding of the terminal, data are UTF-8; standard error gets nothing."""
    made = streams(encoding)
    write(_answer(), format)
    written = encoding if format in ("table", "md") else "utf-8"
    assert (made.out.getvalue().decode(written), made.err.getvalue()) == (expected, b"")


def test_an_answer_may_differ_as_document_and_as_rows(streams: Callable[..., _Streams]) -> None:
    """JSON takes the document and CSV the rows where an answer has them; JSON lines the records."""
    answer = _answer(value=lambda: {"towns": 1}, rows=lambda: [{"row": 1}])
    made = streams()
    for each in ("json", "csv", "jsonl"):
        write(answer, each)
    assert made.out.getvalue().decode() == (
        '{\n  "towns": 1\n}\nrow\r\n1\r\n{"town": "酒泉路街道", "figures": 30}\n'
    )


def test_a_terminal_without_chinese_is_told_so(streams: Callable[..., _Streams]) -> None:
    """What an encoding lacks is a question mark, and one line says what to do about it."""
    made = streams("ascii")
    write(_answer())
    assert made.out.getvalue() == b"??          ?\n?????  None\n"
    assert made.err.getvalue() == (
        b"speeches: '?' stands for what ascii cannot write; --json and --output FILE write UTF-8\n"
    )


def test_notes_go_to_standard_error(streams: Callable[..., _Streams]) -> None:
    """What an answer does not show is said beside it, one line each."""
    made = streams()
    write(_answer(notes=("3 hits more", "again")), "jsonl")
    assert made.err.getvalue() == b"speeches: 3 hits more\nspeeches: again\n"


@contextmanager
def _terminal(columns: int) -> Iterator[tuple[int, io.TextIOWrapper]]:
    """Open a pseudo-terminal of so many columns: its reading end, and a stream to write to."""
    master, slave = pty.openpty()
    termios.tcsetwinsize(slave, (24, columns))  # type: ignore[attr-defined,unused-ignore]
    try:
        with os.fdopen(slave, "w", encoding="utf-8") as stream:
            yield master, stream
    finally:
        os.close(master)


def _read(master: int, stream: io.TextIOWrapper) -> bytes:
    """Close the stream of a terminal and read all that it has got, which may come piece by piece."""
    stream.close()
    pieces: list[bytes] = []
    with suppress(OSError):  # the way a terminal says that nobody writes to it any more
        while piece := os.read(master, 10_000):
            pieces.append(piece)
    return b"".join(pieces)


@pytest.mark.parametrize(
    ("color", "variables", "on_terminal", "in_pipe"),
    [
        ("auto", {}, "color", "none"),
        ("auto", {"TERM": "dumb"}, "none", "none"),
        ("auto", {"NO_COLOR": ""}, "color", "none"),
        ("auto", {"NO_COLOR": "0"}, "weight", "none"),
        ("auto", {"NO_COLOR": "1", "TERM": "dumb"}, "none", "none"),
        ("auto", {"FORCE_COLOR": ""}, "color", "none"),
        ("auto", {"FORCE_COLOR": "1"}, "color", "color"),
        ("auto", {"FORCE_COLOR": "1", "TERM": "dumb"}, "color", "color"),
        ("auto", {"FORCE_COLOR": "1", "NO_COLOR": "1"}, "weight", "none"),
        ("always", {"NO_COLOR": "1", "TERM": "dumb"}, "color", "color"),
        ("never", {"FORCE_COLOR": "1"}, "none", "none"),
    ],
)
def test_who_decides_on_colour(
    color: Color,
    variables: dict[str, str],
    on_terminal: str,
    in_pipe: str,
    streams: Callable[..., _Streams],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A `--color` given wins, then NO_COLOR, which leaves a terminal its bold, then FORCE_COLOR."""
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    made = streams()
    write(_answer(), color=color)
    with _terminal(80) as (master, stream):
        monkeypatch.setattr(sys, "stdout", stream)
        write(_answer(), color=color)
        seen = _read(master, stream)
    assert (_emphasis(seen), _emphasis(made.out.getvalue())) == (on_terminal, in_pipe)


def _emphasis(seen: bytes) -> str:
    """Name how a hit stands out in what was written."""
    return "color" if b"\x1b[1;31m" in seen else "weight" if b"\x1b[1m" in seen else "none"


@pytest.mark.parametrize(
    ("name", "format"),
    [
        ("list.csv", "csv"),
        ("list.JSON", "json"),
        ("list.svg", "svg"),
        ("list.htm", "html"),
        ("list.txt", "table"),
        ("list", "table"),
        ("/dev/fd/1", "table"),
    ],
)
def test_a_name_promises_a_format(name: str, format: Format) -> None:
    """What a file is called says what is in it, where nobody asks for something else."""
    assert promised(Path(name)) == format


@pytest.mark.parametrize("name", ["x.pdf", "x.xls", "x.doc", "x.csv.bak"])
def test_a_name_that_no_format_has_is_refused(name: str) -> None:
    """No plain text under the name of a PDF: what works is named instead."""
    with pytest.raises(SpeechesError) as caught:
        promised(Path(name))
    assert str(caught.value) == (
        f"no format has the ending '{Path(name).suffix}'; there are"
        " .json, .jsonl, .csv, .md, .html, .svg, .docx, .xlsx, .htm, .txt, or say --format"
    )


def test_colour_stays_out_of_files(tmp_path: Path) -> None:
    """A table in a file is plain, even when colour is asked for."""
    write(_answer(), file=tmp_path / "list.txt", color="always")
    assert (tmp_path / "list.txt").read_text("utf-8") == "镇街          宽\n酒泉路街道  None\n"


def test_a_closed_standard_output_is_said(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """An answer that has nowhere to go is an error; one that goes into a file is not."""
    monkeypatch.setattr(sys, "stdout", None)
    with pytest.raises(SpeechesError, match=r"^standard output is closed$"):
        write(_answer())
    write(_answer(), "jsonl", tmp_path / "towns.jsonl")
    assert (tmp_path / "towns.jsonl").read_bytes().count(b"\n") == 1


@pytest.mark.parametrize("format", ["table", "json", "jsonl", "csv", "md"])
def test_files_are_utf_8_and_only_csv_has_a_mark(format: Format, tmp_path: Path) -> None:
    """Excel needs a byte-order mark, and everything else is better off without."""
    write(_answer(), format, tmp_path / "answer")
    data = (tmp_path / "answer").read_bytes()
    assert data.startswith(b"\xef\xbb\xbf") is (format == "csv")
    assert "酒泉路街道" in data.decode("utf-8-sig")
    assert [each.name for each in tmp_path.iterdir()] == ["answer"]


def test_a_new_file_has_the_permissions_of_any_new_file(tmp_path: Path) -> None:
    """The umask decides, although the text was first written elsewhere."""
    before = os.umask(0o026)
    try:
        write(_answer(), "json", tmp_path / "new.json")
    finally:
        assert os.umask(before) == 0o026
    assert stat.S_IMODE((tmp_path / "new.json").stat().st_mode) == 0o640


def test_an_old_file_keeps_its_permissions_and_its_links(tmp_path: Path) -> None:
    """What is replaced is the text: the permissions stay, and a link still leads there."""
    real, link = tmp_path / "real.json", tmp_path / "link.json"
    real.write_text("old")
    real.chmod(0o604)
    link.symlink_to(real.name)
    write(_answer(), "jsonl", link)
    assert link.is_symlink()
    assert real.read_text("utf-8") == '{"town": "酒泉路街道", "figures": 30}\n'
    assert stat.S_IMODE(real.stat().st_mode) == 0o604


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("missing/answer.csv", "No such file or directory"),
        ("file/answer.csv", "Not a directory"),
        ("folder", "Is a directory"),
        (f"{'x' * 300}.csv", "File name too long"),
        ("loop", "Too many levels of symbolic links"),
    ],
)
def test_a_place_that_cannot_be_written_is_named(name: str, reason: str, tmp_path: Path) -> None:
    """The error names the file as it was given, and nothing is left behind."""
    (tmp_path / "file").write_text("kept")
    (tmp_path / "folder").mkdir()
    (tmp_path / "loop").symlink_to("loop")
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(SpeechesError) as error:
        write(_answer(), "csv", tmp_path / name)
    assert str(error.value) == f"cannot write {tmp_path / name}: {reason}"
    assert sorted(tmp_path.rglob("*")) == before
    assert (tmp_path / "file").read_text() == "kept"


@pytest.mark.parametrize("format", ["docx", "xlsx"])
def test_what_is_no_text_goes_to_no_terminal(
    format: Format, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """One line says what to do instead; a file is right."""
    with _terminal(80) as (_master, stream):
        monkeypatch.setattr(sys, "stdout", stream)
        write(_answer(), format, tmp_path / "x")
        with pytest.raises(SpeechesError) as caught:
            write(_answer(), format)
    assert str(caught.value) == (
        f"{format} is nothing to read on a terminal; name a file: --output answer.{format}"
    )


def test_a_document_into_a_pipe_is_its_bytes(streams: Callable[..., _Streams]) -> None:
    """Whatever the encoding of the terminal is."""
    made = streams("gbk")
    write(_answer(asked=("问",)), "xlsx")
    assert made.out.getvalue().startswith(b"PK")


def test_a_device_is_written_to_and_never_replaced() -> None:
    """`--output /dev/tty` shows the answer, and the device is still one."""
    with _terminal(80) as (master, stream):
        device = Path(os.ttyname(stream.fileno()))
        write(_answer(), "jsonl", device)
        assert device.is_char_device()
        assert _read(master, stream).decode() == '{"town": "酒泉路街道", "figures": 30}\r\n'


def test_a_pipe_by_name_is_written_to(tmp_path: Path) -> None:
    """`--output >(program)` hands the answer to the program."""
    fifo = tmp_path / "fifo"
    os.mkfifo(fifo)
    read: list[bytes] = []
    reader = threading.Thread(target=lambda: read.append(fifo.read_bytes()), daemon=True)
    reader.start()
    write(_answer(), "jsonl", fifo)
    reader.join(60)
    assert read == ['{"town": "酒泉路街道", "figures": 30}\n'.encode()]
    assert fifo.is_fifo()


def test_an_old_file_is_kept_whole_when_writing_fails(tmp_path: Path) -> None:
    """A disk that is full half-way costs the new answer, not the old one."""
    file = tmp_path / "old.jsonl"
    file.write_text("old\n")
    many = Answer(page=_page, records=lambda: [TOWN] * 1000)
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, before[1]))
    try:
        with pytest.raises(SpeechesError) as error:
            write(many, "jsonl", file)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert str(error.value) == f"cannot write {file}: File too large"
    assert [each.name for each in tmp_path.iterdir()] == ["old.jsonl"]
    assert file.read_text() == "old\n"


def test_nobody_may_be_listening(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A closed standard error costs the notes, not the answer."""
    monkeypatch.setattr(sys, "stderr", None)
    write(_answer(notes=("unheard",)), "jsonl", tmp_path / "towns.jsonl")
    assert (tmp_path / "towns.jsonl").read_text("utf-8") == '{"town": "酒泉路街道", "figures": 30}\n'


def test_a_message_is_one_line_and_acts_on_nothing(streams: Callable[..., _Streams]) -> None:
    """What was typed comes back without line breaks, escapes or halves of characters."""
    made = streams()
    say("no town called '\x1b[31m酒\n泉\udcff'")
    assert made.err.getvalue().decode() == "speeches: no town called '\ufffd[31m酒 泉\ufffd'\n"


@given(st.text())
def test_any_text_can_be_said(text: str) -> None:
    """Whatever was typed, one line is said about it."""
    made = _Streams("ascii")
    with redirect_stderr(made.stderr):
        say(text)
    said = made.err.getvalue()
    assert said.startswith(b"speeches: ")
    assert said.count(b"\n") == 1
    assert b"\x1b" not in said
