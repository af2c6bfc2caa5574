"""What is typed is read as Typer reads it."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import pytest
import typer
from typer.main import get_command

from speeches_cli.boundary import app
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
        texts = [None, (), *([each] for each in TYPED), list(TYPED[1:3]), ("枫桥", "经验")]
    by_typer = [_read(parameter, each) for each in texts]
    for value, expected in zip(texts, by_typer, strict=True):
        put_off([parameter])
        assert _read(parameter, value) == expected


WITHOUT = """
from typer import core
core._TyperParameter.get_runtime_param = lambda self: core.build_runtime_param(self.type_descriptor)
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
