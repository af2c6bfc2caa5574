"""What is typed is read as Typer reads it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import pytest
import typer
from typer.main import get_command

from speeches_cli.cli import app
from speeches_cli.typer_inside import put_off

TYPED = (
    *("", "3", "03", "-1", "1_000", "三", "镇", "zhen", "table", "TABLE", "jsonl", "auto", "left"),
    *("永登/大同", "枫桥 经验", "a\nb", "\udce9", "/no/such/file", "true", "None"),
)


CONTEXT = typer.Context(get_command(app))


def _parameters() -> Iterator[Any]:
    program: Any = get_command(app)
    for command in (program, *program.commands.values()):
        yield from (pytest.param(each, id=f"{command.name} {each.name}") for each in command.params)


def _read(parameter: Any, value: Any) -> tuple[str, Any]:
    """Say what is made of a value, or what is wrong with it."""
    try:
        return "read", parameter.get_runtime_param().coerce(value, param=parameter, ctx=CONTEXT)
    except typer.BadParameter as error:
        return "wrong", (error.message, error.ctx)


@pytest.mark.parametrize("parameter", [*_parameters()])
def test_every_parameter_is_read_as_typer_reads_it(parameter: Any) -> None:
    """Whatever stands there, or nothing: the value is the same, or the complaint is."""
    texts: list[Any] = [None, *TYPED]
    if parameter.multiple or parameter.nargs == -1:
        texts = [None, (), *([each] for each in TYPED), list(TYPED[1:3]), ("枫桥", "经验"), "3"]
    by_typer = [_read(parameter, each) for each in texts]
    for value, expected in zip(texts, by_typer, strict=True):
        put_off([parameter])
        assert _read(parameter, value) == expected


def test_no_validator_is_built_for_what_is_ready() -> None:
    """Neither for a text nor for one of several choices; for what is wrong Typer has its own."""
    program: Any = get_command(app)
    (sort,) = (each for each in program.commands["list"].params if each.name == "sort")
    put_off([sort])
    kept = sort.get_runtime_param()
    assert _read(sort, "town") == ("read", "town")
    assert sort.get_runtime_param() is kept
    assert _read(sort, "size")[0] == "wrong"
    assert sort.get_runtime_param() is not kept


WITHOUT = """
import builtins
known = builtins.__import__
def moved(name, names=None, *rest, **more):
    if name.startswith("typer") and names and names["__name__"] == "speeches_cli.typer_inside":
        raise ImportError(name)
    return known(name, names, *rest, **more)
builtins.__import__ = moved
from speeches_cli.__main__ import main
main()
"""


@pytest.mark.parametrize(
    "command",
    [
        "list",
        "show 3.1",
        "search 枫桥精验",
        "compare 3 7 --shared",
        "figures 网格数",
        "check",
        "draft --help",
        "--version",
    ],
)
def test_every_command_works_without_the_private_parts(command: str) -> None:
    """Where Typer has moved what is no promise of its, the program answers all the same."""
    runs = [
        subprocess.run(
            [sys.executable, *way, *command.split()], capture_output=True, check=False, timeout=60
        )
        for way in (["-c", WITHOUT], ["-m", "speeches_cli"])
    ]
    assert runs[0].stdout == runs[1].stdout != b""
    assert runs[0].stderr == runs[1].stderr


def test_completion_without_the_private_parts_offers_nothing() -> None:
    """A shell that asks at Tab gets no answer and no traceback."""
    done = subprocess.run(
        [sys.executable, "-c", WITHOUT, "show", "j"],
        env={**os.environ, "_SPEECHES_COMPLETE": "complete_zsh"},
        capture_output=True,
        check=False,
        timeout=60,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")
