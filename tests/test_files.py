"""Files that a user owns: none is lost, whatever name `--output` is given."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from speeches_cli import files
from speeches_cli.errors import SpeechesError
from tests.conftest import Run
from tests.material import SMALL


@pytest.fixture
def mine(tmp_path: Path) -> Path:
    """Give a folder with a corpus of two files, one of them also under another name."""
    folder = tmp_path / "corpus"
    folder.mkdir()
    (folder / "2023.yaml").write_text(SMALL, encoding="utf-8")
    (folder / "2024.yaml").write_text(SMALL.replace("2023-09-18", "2024-09-18"), encoding="utf-8")
    (tmp_path / "link.json").symlink_to(folder / "2023.yaml")
    (tmp_path / "hard.json").hardlink_to(folder / "2023.yaml")
    return folder


@pytest.mark.parametrize(
    "name", ["2023.yaml", "2024.yaml", "../corpus/2023.yaml", "../link.json", "../hard.json"]
)
@pytest.mark.parametrize("command", [["list"], ["search", "网格"], ["figures"], ["check"]])
def test_what_is_read_is_never_written_over(
    command: list[str], name: str, mine: Path, run: Callable[..., Run]
) -> None:
    """A corpus is refused as output under every name that it has, and stays as it was."""
    done = run("--corpus", mine, *command, "--format", "json", "--output", mine / name)
    assert done == Run(
        2, "", f"speeches: {mine / name} is what is read; name another file to write to\n"
    )
    assert (mine / "2023.yaml").read_text(encoding="utf-8") == SMALL


def test_what_is_checked_or_drafted_from_is_never_written_over(
    mine: Path, run: Callable[..., Run]
) -> None:
    """The file that a command is about is refused as its output, with --force too."""
    file = mine / "2023.yaml"
    said = f"speeches: {file} is what is read; name another file to write to\n"
    assert run("check", file, "--format", "json", "-o", file) == Run(2, "", said)
    assert run("draft", file, "-o", file, "--force") == Run(2, "", said)
    assert run("--corpus", mine, "draft", mine / "no.txt", "-o", file, "--force") == Run(2, "", said)
    assert file.read_text(encoding="utf-8") == SMALL


def test_an_answer_beside_the_corpus_is_no_corpus(mine: Path, run: Callable[..., Run]) -> None:
    """A new file in the folder of a corpus, or one that is no part of it, may be written."""
    assert run("--corpus", mine, "list", "-o", mine / "list.csv").code == 0
    assert run("--corpus", mine, "list", "-o", mine / "list.csv").code == 0


@pytest.mark.parametrize("name", ["/dev/stdout", "/dev/fd/1", "/proc/self/fd/1", "-"])
def test_standard_output_by_its_name(
    name: str, tmp_path: Path, program: Callable[..., subprocess.CompletedProcess[bytes]]
) -> None:
    """What is written to `/dev/stdout` goes behind what a shell has put there, and replaces nothing."""
    log = tmp_path / "log"
    log.write_text("before\n", encoding="utf-8")
    inode = log.stat().st_ino
    with log.open("ab") as stream:
        done = program("list", "-d", "城关区", "-f", "jsonl", "-o", name, stdout=stream)
    assert (done.returncode, done.stderr) == (0, b"")
    first, second = log.read_text(encoding="utf-8").splitlines()
    assert first == "before"
    assert '"town": "酒泉路街道"' in second
    assert log.stat().st_ino == inode


def test_standard_error_by_its_name(program: Callable[..., subprocess.CompletedProcess[bytes]]) -> None:
    """`/dev/stderr` is written to as well; a file that is not open is said."""
    done = program("list", "-f", "jsonl", "-o", "/dev/stderr")
    assert (done.returncode, done.stdout, done.stderr.count(b"\n")) == (0, b"", 8)
    done = program("list", "-o", "/dev/fd/999")
    assert (done.returncode, done.stderr) == (
        2,
        b"speeches: cannot write /dev/fd/999: Bad file descriptor\n",
    )


def test_hard_links_stay(tmp_path: Path, run: Callable[..., Run]) -> None:
    """A file with two names has the answer under both."""
    first, second = tmp_path / "a.json", tmp_path / "b.json"
    first.write_text("old", encoding="utf-8")
    second.hardlink_to(first)
    assert run("list", "-o", first).code == 0
    assert second.read_text(encoding="utf-8") == run("list", "--json").out
    assert second.samefile(first)


def test_a_writable_file_in_a_folder_that_is_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is written in place; where that fails, what was in it is put back."""
    file = tmp_path / "a.json"
    file.write_bytes(b"old")
    writable = os.access
    monkeypatch.setattr(os, "access", lambda path, mode: path != file.parent and writable(path, mode))
    files.write(file, b"new and longer")
    assert file.read_bytes() == b"new and longer"
    write_bytes = Path.write_bytes

    def full_once(path: Path, data: Any) -> int:
        if data == b"newer":
            write_bytes(path, b"ne")
            raise OSError(28, "No space left on device")
        return write_bytes(path, data)

    monkeypatch.setattr(Path, "write_bytes", full_once)
    with pytest.raises(SpeechesError, match="No space left on device"):
        files.write(file, b"newer")
    assert file.read_bytes() == b"new and longer"


@pytest.mark.parametrize(
    ("name", "reason"), [("", "Is a directory"), ("no/x", "No such file or directory")]
)
def test_what_cannot_be_written_is_said_before_the_work(
    name: str, reason: str, tmp_path: Path, run: Callable[..., Run]
) -> None:
    """A folder, or a file in a folder that is not there, is refused before anybody waits."""
    file = tmp_path / name
    done = run("--corpus", tmp_path / "nowhere", "list", "-o", file)
    assert done == Run(2, "", f"speeches: cannot write {file}: {reason}\n")
