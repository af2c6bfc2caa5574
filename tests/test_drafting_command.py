"""`speeches draft`: a file in, a corpus file out, and all that a person has to do said beside it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import Run
from tests.material import SMALL

DRAFTS = Path(__file__).parent / "cases" / "drafts"
PLAIN = DRAFTS / "plain.txt"


@pytest.fixture
def known(tmp_path: Path) -> Path:
    """Give the small corpus as a file, from which the cases were drafted."""
    file = tmp_path / "known.yaml"
    file.write_text(SMALL, encoding="utf-8")
    return file


def said(report: Path, following: str) -> str:
    """Give what standard error has of a report, and of what to do next."""
    return "".join(
        f"speeches: {line}\n" for line in [*report.read_text("utf-8").splitlines(), following]
    )


def test_a_draft_goes_to_the_output_and_its_report_beside_it(
    run: Callable[..., Run], known: Path
) -> None:
    """What is on standard output is a corpus file and nothing else."""
    done = run("--corpus", known, "draft", PLAIN)
    assert done.code == 0
    assert done.out == (DRAFTS / "plain.yaml").read_text(encoding="utf-8")
    assert done.err == said(DRAFTS / "plain.report", "next: keep it with --output corpus.yaml")


def test_a_draft_in_a_file_is_a_corpus_at_once(
    run: Callable[..., Run], known: Path, tmp_path: Path
) -> None:
    """`--output` names the file that `check` finds sound and that every command can read."""
    file = tmp_path / "corpus.yaml"
    done = run("--corpus", known, "draft", PLAIN, "--output", file)
    following = (
        f"next: look at each 'unsure' and 'sure: false' in {file}, then run: speeches check {file}"
    )
    assert (done.code, done.out, done.err) == (0, "", said(DRAFTS / "plain.report", following))
    assert file.read_bytes() == (DRAFTS / "plain.yaml").read_bytes()
    assert run("check", file).code == 0
    assert run("--corpus", file, "figures", "网格员人数").code == 0


def test_a_file_is_replaced_only_when_that_is_said(run: Callable[..., Run], tmp_path: Path) -> None:
    """Hours of corrections are not lost, and nobody waits for the work only to hear of it."""
    file = tmp_path / "corpus.yaml"
    file.write_text("mended by hand", encoding="utf-8")
    done = run("--corpus", tmp_path / "no corpus", "draft", tmp_path / "missing.txt", "-o", file)
    assert (done.code, done.out) == (2, "")
    assert done.err == (
        f"speeches: {file} is there already; name another file, or replace it with --force\n"
    )
    assert file.read_text(encoding="utf-8") == "mended by hand"
    assert run("draft", PLAIN, "-o", file, "--force").code == 0
    assert file.read_text(encoding="utf-8").startswith("# Drafted from plain.txt.")


def test_a_file_that_cannot_be_made_is_said(run: Callable[..., Run], tmp_path: Path) -> None:
    """A name too long for the disk, with or without `--force`."""
    file = tmp_path / ("x" * 300)
    for more in ((), ("--force",)):
        done = run("draft", PLAIN, "-o", file, *more)
        assert (done.code, done.out) == (2, "")
        assert done.err == f"speeches: cannot write {file}: File name too long\n"


def test_a_device_may_be_there_already(run: Callable[..., Run]) -> None:
    """Only what can be lost is guarded."""
    assert run("draft", PLAIN, "-o", os.devnull).code == 0


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("empty.txt", b"", "the file is empty"),
        ("missing.txt", None, "cannot be read: No such file or directory"),
        (".", None, "not a file but a folder, a pipe or a device"),
    ],
)
def test_what_cannot_be_drafted_is_said_in_one_line(
    name: str, data: bytes | None, message: str, run: Callable[..., Run], tmp_path: Path
) -> None:
    """Which file, what is the matter and what to try; and no file is made."""
    file, made = tmp_path / name, tmp_path / "corpus.yaml"
    if data is not None:
        file.write_bytes(data)
    done = run("draft", file, "--output", made)
    assert (done.code, done.out, done.err) == (2, "", f"speeches: {file}: {message}\n")
    assert not made.exists()


def piped(data: bytes, redirection: str = "") -> subprocess.CompletedProcess[bytes]:
    """Run `speeches draft -` with its standard input given."""
    script = f'"{sys.executable}" -m speeches_cli draft - {redirection}'
    return subprocess.run(["/bin/sh", "-c", script], input=data, capture_output=True, check=False)


def test_standard_input_is_drafted() -> None:
    """What another program took out of a PDF file can be piped in; the output is UTF-8."""
    done = piped(PLAIN.read_bytes().replace(b"\n", b"\r\n"))
    assert done.returncode == 0
    assert done.stdout.decode().startswith("# Drafted from standard input. ")
    assert "title: 抓网格强治理\n" in done.stdout.decode()


@pytest.mark.parametrize(
    ("redirection", "message"),
    [
        ("", "the file is empty"),
        ("<&-", "cannot be read: Bad file descriptor"),
        ("0>/dev/null", "cannot be read: Bad file descriptor"),
    ],
)
def test_a_standard_input_that_gives_nothing_is_said(redirection: str, message: str) -> None:
    """Empty, closed, or open only for writing: one line, not a bug."""
    done = piped(b"", redirection)
    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr.decode() == f"speeches: standard input: {message}\n"


def test_a_person_knows_better_than_the_text(run: Callable[..., Run], tmp_path: Path) -> None:
    """District, kind, date and meeting may be given, and are then no guesses."""
    file = tmp_path / "corpus.yaml"
    said = ("--district", "丙县", "--kind", "社区", "--date", "2024-05-06", "--meeting", "现场会")
    assert run("draft", PLAIN, *said, "-o", file).code == 0
    text = file.read_text(encoding="utf-8")
    assert "\nmeeting: 现场会\ndate: 2024-05-06\ndistricts:\n  丙县: bing\n" in text
    assert text.count("  district: 丙县\n") == text.count("  kind: 社区\n") == 2
    done = run("draft", PLAIN, "--date", "2024-5-6")
    assert (done.code, done.out) == (2, "")
    assert "a date is written 2023-09-18" in done.err


def test_what_a_draft_guessed_is_shown(run: Callable[..., Run], tmp_path: Path) -> None:
    """The list names the keys, tables and JSON of figures say which are not confirmed."""
    source, file = tmp_path / "a.txt", tmp_path / "a.yaml"
    source.write_text("抓产业\n平湄县松岘乡党委书记　蒋一鸣\n\n近七成的电梯已经更换。\n", "utf-8")
    assert run("draft", source, "--output", file).code == 0
    drafted = file.read_text("utf-8")
    file.write_text(drafted.replace("  title:", "  unsure: [post]\n  title:"), "utf-8")
    listed = run("--corpus", file, "list")
    assert listed.out.splitlines()[0].endswith("Not confirmed")
    assert listed.out.splitlines()[1].endswith("post")
    assert json.loads(run("--corpus", file, "list", "--json").out)[0]["unsure"] == ["post"]
    assert "not confirmed" in run("--corpus", file, "figures").out
    assert json.loads(run("--corpus", file, "figures", "--json").out)[0]["sure"] is False
