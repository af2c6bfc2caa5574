"""README: its examples are what the program prints, and every command and option is there."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import Run

ROOT = Path(__file__).parents[1]
UPDATE = bool(os.environ.get("UPDATE_DOCS"))
EXAMPLE = re.compile(r"(```console\n)\$ speeches ([^|\n]*)\n(.*?)(```)", re.DOTALL)
PICTURE = re.compile(r"!\[\$ speeches ([^\]]+)\]\((docs/[\w.]+)\)")
WRITES = re.compile(r"^\$ speeches (.+) --output (\S+)$", re.MULTILINE)
BEGINNINGS = {
    ".docx": b"PK",
    ".xlsx": b"PK",
    ".svg": b"<svg",
    ".txt": "“".encode(),
    ".json": b"[\n",
    ".bib": b"@inproceedings{",
}
FIRST_CELL = re.compile(r"^\| (`.+?) \|", re.MULTILINE)
ESCAPE = re.compile(r"\x1b\[[0-9;]*m")
MISSING_IN_README = {"--help", "--version", "--cache"}


@pytest.fixture
def as_on_terminal(run: Callable[..., Run], monkeypatch: pytest.MonkeyPatch) -> Callable[[str], str]:
    """Run a command line as on a terminal of 80 columns; give what a reader sees."""

    def shown(command: str) -> str:
        monkeypatch.setenv("COLUMNS", "80")
        result = run("--color", "always", *command.split())
        assert result.code == 0, result.err
        seen = ESCAPE.sub("", result.out + result.err).strip("\n")
        return "".join(f"{line.rstrip()}\n" for line in seen.splitlines())

    return shown


@pytest.mark.parametrize(("name", "language"), [("README.md", "en"), ("README.zh-CN.md", "zh")])
def test_examples_are_what_the_program_prints(
    name: str, language: str, as_on_terminal: Callable[[str], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every example of one command shows what that command prints today."""
    monkeypatch.setenv("SPEECHES_LANG", language)
    path = ROOT / name
    text = path.read_text(encoding="utf-8")
    fresh = EXAMPLE.sub(
        lambda found: (
            f"{found[1]}$ speeches {found[2]}\n{as_on_terminal(found[2])}{found[4]}"
            if "--output" not in found[2] and "$ speeches" not in found[3]
            else found[0]
        ),
        text,
    )
    if UPDATE:
        path.write_text(fresh, encoding="utf-8")
    assert fresh == text or UPDATE
    assert len(EXAMPLE.findall(text)) >= 2
    assert len(text.splitlines()) <= 150, "what a user does not begin with stands in docs/guide.md"


@pytest.mark.parametrize("name", ["README.md", "README.zh-CN.md"])
def test_recipes_that_write_files_write_them(
    name: str, run: Callable[..., Run], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Each file of a recipe is there under its name, and is what its ending says."""
    monkeypatch.chdir(tmp_path)
    recipes = WRITES.findall((ROOT / name).read_text("utf-8"))
    assert {Path(file).suffix for _line, file in recipes} == set(BEGINNINGS)
    for line, file in recipes:
        assert run(*line.split(), "--output", file).code == 0, line
        assert Path(file).read_bytes().startswith(BEGINNINGS[Path(file).suffix]), line
        Path(file).unlink()


@pytest.mark.parametrize(("name", "language"), [("README.md", "en"), ("README.zh-CN.md", "zh")])
def test_pictures_are_what_the_program_draws(
    name: str, language: str, run: Callable[..., Run], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every picture shows what the command beneath it draws today."""
    monkeypatch.setenv("SPEECHES_LANG", language)
    pictures = PICTURE.findall((ROOT / name).read_text(encoding="utf-8"))
    drawn_for = [command.split()[0] for command, _file in pictures]
    assert drawn_for == ["list", "search", "compare", "phrases", "show"]
    for command, file in pictures:
        drawn = run(*command.split(), "--format", "svg").out
        if UPDATE:
            (ROOT / file).write_text(drawn, encoding="utf-8")
        assert (ROOT / file).read_text(encoding="utf-8") == drawn


RECORDS = {
    "list": ["list"],
    "show": ["show", "3"],
    "figures": ["figures", "网格数"],
    "indicators": ["indicators"],
    "search": ["search", "枫桥精验"],
    "search --count": ["search", "枫桥", "--count"],
    "compare": ["compare", "3", "7", "--shared"],
    "phrases": ["phrases"],
    "check": ["check"],
}


def test_every_key_of_the_records_is_explained(run: Callable[..., Run]) -> None:
    """`docs/records.md` has a table for each command, with the keys that its JSON has."""
    sections = re.split("^## ", (ROOT / "docs" / "records.md").read_text("utf-8"), flags=re.MULTILINE)
    explained = {
        section.partition("\n")[0]: set(re.findall("`(.+?)`", "".join(FIRST_CELL.findall(section))))
        for section in sections[1:]
    }
    assert explained.keys() == RECORDS.keys()
    for name, arguments in RECORDS.items():
        document = json.loads(run(*arguments, "--json").out)
        record = document[0] if isinstance(document, list) else document
        record = record["rows"][0] if name == "compare" else record
        keys = set(record) - explained["list"] if name == "show" else set(record)
        assert keys == explained[name] - ({"figures"} if name == "show" else set())


def test_every_module_stands_in_the_developers_table() -> None:
    """Who takes the project over finds each room of the house named, with its job."""
    table = set(
        re.findall("`(.+?)`", "".join(FIRST_CELL.findall((ROOT / "DEVELOPMENT.md").read_text("utf-8"))))
    )
    rooms = {file.stem for file in (ROOT / "speeches_cli").iterdir() if file.suffix in ("", ".py")}
    assert rooms - {"locale", "data", "__init__", "__main__", "__pycache__"} <= table
