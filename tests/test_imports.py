"""The house's import table: a room imports only from rooms below, and knows only its own tools."""

from __future__ import annotations

import ast
import sys
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "speeches_cli"

# From the ground up: a row imports only from the rows above it in this list.
ROOMS = (
    "messages errors visible typer_inside chinese",
    "units files",
    "numerals",
    "quantities folding",
    "model",
    "corpus.documents corpus.sources",
    "corpus.entries",
    "corpus.schema",
    "corpus.tables",
    "corpus.store",
    "corpus",
    "phrases.candidates ranges",
    "phrases",
    "figures search.alignment",
    "search.text",
    "references search.candidates",
    "search auditing",
    "drafting.values drafting.nouns",
    "drafting.mentions drafting.bylines",
    "drafting.word",
    "drafting.pages",
    "drafting.contents drafting.citing",
    "drafting.outline",
    "drafting.writing",
    "drafting",
    "render.page",
    "render.wording",
    "render.records render.citations",
    "render.auditing render.data render.plain render.speeches render.concordance render.comparing",
    "render.phrases render.word render.excel",
    "render.markdown render.terminal render.html",
    "render.picture",
    "output",
    "completing",
    "options",
    "manual",
    "asked",
    "answers",
    "searching comparing",
    "boundary",
    "__main__",
)
HEIGHT = {room: height for height, row in enumerate(ROOMS) for room in row.split()}
DOORS = {"corpus", "phrases", "search", "drafting"}
"""Packages into which others go through `__init__` alone."""
SIDE_DOORS = {  # drafting writes and auditing judges what the corpus reads, by the same rules
    ("auditing", "corpus.entries"),
    ("auditing", "corpus.schema"),
    ("drafting.citing", "corpus.entries"),
    ("drafting.writing", "corpus.documents"),
    ("drafting.writing", "corpus.schema"),
}
ANYWHERE = {"", "render"}  # the package's version, and a package that holds nothing itself

OWNERS = {
    "yaml": {"corpus.documents"},
    "sqlite3": {"corpus.store", "corpus.tables"},
    "rich": {"render.terminal"},
    "docx": {"drafting.word", "render.word"},
    "lxml": {"drafting.word"},
    "xlsxwriter": {"render.excel"},
    "rapidfuzz": {"search", "search.candidates", "references"},
    "pypinyin": {"folding"},
    "opencc": {"folding"},
    "typer": {"answers", "asked", "boundary", "options", "manual", "typer_inside"},
    "gettext": {"messages"},
    "json": {"corpus.tables", "render.data"},
    "csv": {"render.data"},
}
MAY_TOUCH_THE_OUTSIDE = {"output", "files", "asked", "boundary", "__main__"}


def _rooms() -> dict[str, ast.Module]:
    """Parse every module of the package, named as in ROOMS."""
    parsed = {}
    for file in sorted(PACKAGE.rglob("*.py")):
        parts = file.relative_to(PACKAGE).with_suffix("").parts
        name = ".".join(part for part in parts if part != "__init__")
        parsed[name] = ast.parse(file.read_text(encoding="utf-8"))
    return parsed


MODULES = _rooms()


def _imported(tree: ast.Module) -> set[str]:
    """Name all modules that a module imports, inside functions and for types too."""
    names: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names |= {f"{node.module}.{alias.name}" for alias in node.names}
    return names


def _room(imported: str) -> str | None:
    """Name the room that an import of the project's own leads to; None for other imports."""
    name = imported.removeprefix("speeches_cli").removeprefix(".")
    if imported.partition(".")[0] != "speeches_cli":
        return None
    while name not in MODULES:
        name = name.rpartition(".")[0]
    return name


def test_every_module_is_a_room_of_the_house() -> None:
    """A new module must be given its place in the table."""
    assert set(MODULES) - ANYWHERE == set(HEIGHT)


@pytest.mark.parametrize("name", sorted(set(MODULES) - ANYWHERE))
def test_imports_lead_only_downwards(name: str) -> None:
    """No room imports from its own row or from above, not even inside a function."""
    rooms = {room for imported in _imported(MODULES[name]) if (room := _room(imported)) is not None}
    assert {room for room in rooms - ANYWHERE if HEIGHT[room] >= HEIGHT[name]} == set()


@pytest.mark.parametrize("name", sorted(MODULES))
def test_packages_are_entered_by_their_door(name: str) -> None:
    """What lies inside a package is known only in it, not even for types outside."""
    own = name.partition(".")[0]
    rooms = {room for imported in _imported(MODULES[name]) if (room := _room(imported)) is not None}
    inside = {room for room in rooms if room not in DOORS and room.partition(".")[0] in DOORS - {own}}
    assert {(name, room) for room in inside} - SIDE_DOORS == set()


@pytest.mark.parametrize("name", sorted(MODULES))
def test_tools_are_known_only_to_their_owners(name: str) -> None:
    """Only one room knows YAML, one Rich, one SQL; nothing else from outside is imported."""
    top_level = {imported.partition(".")[0] for imported in _imported(MODULES[name])}
    assert {tool for tool in top_level & OWNERS.keys() if name not in OWNERS[tool]} == set()
    assert top_level - sys.stdlib_module_names - OWNERS.keys() - {"speeches_cli"} == set()


@pytest.mark.parametrize("name", sorted(set(MODULES) - MAY_TOUCH_THE_OUTSIDE))
def test_only_the_outermost_rooms_print_or_end_the_program(name: str) -> None:
    """Nothing below prints, exits, or touches standard output."""
    used = {
        node.id if isinstance(node, ast.Name) else f"sys.{node.attr}"
        for node in ast.walk(MODULES[name])
        if isinstance(node, ast.Name)
        or (isinstance(node, ast.Attribute) and getattr(node.value, "id", "") == "sys")
    }
    assert used & {"print", "exit", "quit", "sys.exit", "sys.stdout", "sys.stderr"} == set()


@pytest.mark.parametrize("name", sorted(MODULES))
def test_modules_and_functions_stay_small(name: str) -> None:
    """A file over 300 lines or a function over 45 is a question to answer before it is a habit."""
    tree = MODULES[name]
    lengths = {
        node.name: (node.end_lineno or 0) - node.lineno + 1
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef)
    }
    assert {function: length for function, length in lengths.items() if length > 45} == {}
    assert max((node.end_lineno or 0 for node in tree.body), default=0) <= 300
