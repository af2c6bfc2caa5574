"""What the last word of a command line can be, wherever it stands."""

from __future__ import annotations

import pytest
import typer

from speeches_cli import cli, command_lines, completing

PROGRAM = typer.main.get_command(cli.app)
FREE = {"phrases", "section", "characters", "limit"}


def _asked(*words: str) -> tuple[str, str, str] | None:
    """Name the parameter that the last word belongs to, or the command, what is typed, and before."""
    typing = command_lines.read(PROGRAM, words)
    if typing is None:
        return None
    asked = typing.parameter.name if typing.parameter else f"({typing.command.name})"
    return asked, typing.typed, typing.before


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (("",), ("(speeches)", "", "")),
        (("sh",), ("(speeches)", "sh", "")),
        (("--co",), ("(speeches)", "--co", "")),
        (("--corpus", "x"), ("corpus", "x", "")),
        (("--corpus", "x", ""), ("(speeches)", "", "")),
        (("--corpus=x", ""), ("(speeches)", "", "")),
        (("--corpus=x",), ("corpus", "x", "--corpus=")),
        (("--no-cache", "show", ""), ("ref", "", "")),
        (("show", "酒"), ("ref", "酒", "")),
        (("show", "--section", "2", "酒"), ("ref", "酒", "")),
        (("show", "--section", ""), ("section", "", "")),
        (("show", "酒", ""), ("(show)", "", "")),
        (("show", "酒", "-"), ("(show)", "-", "")),
        (("show", "--", "-"), ("ref", "-", "")),
        (("show", "--figures", ""), ("ref", "", "")),
        (("show", "--unknown", ""), ("ref", "", "")),
        (("show", "3", "4", ""), ("(show)", "", "")),
        (("compare", "3", "7", ""), ("refs", "", "")),
        (("search", "x", "-t", "j"), ("town", "j", "")),
        (("search", "x", "--town=j"), ("town", "j", "--town=")),
        (("search", "x", "--town", "=", "j"), ("town", "j", "")),
        (("search", "x", "--near=j"), ("near", "j", "--near=")),
        (("search", "x", "--nought=j"), ("(search)", "--nought=j", "")),
        (("figures", ""), ("indicator", "", "")),
        (("nothing", ""), None),
    ],
)
def test_what_is_being_typed(words: tuple[str, ...], expected: tuple[str, str, str] | None) -> None:
    """It is found past options with and without values, `=` and `--`, as Typer would read them."""
    assert _asked(*words) == expected


def test_what_was_given_is_known() -> None:
    """The values of options, flags and arguments are kept in their order."""
    words = ("--corpus=a.yaml", "--no-cache", "compare", "3", "--topic", "基层", "7", "--json", "")
    typing = command_lines.read(PROGRAM, words)
    assert typing is not None
    assert typing.given == {
        "corpus": ["a.yaml"],
        "cache": ["--no-cache"],
        "refs": ["3", "7"],
        "topic": ["基层"],
        "json": ["--json"],
    }


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (("s",), ["show", "search"]),
        (("--c",), ["--corpus", "--color", "--cache"]),
        (("--no",), ["--no-cache"]),
        (("list", ""), ["--district", "--kind", "--sort", "--format", "--json", "--output", "--help"]),
        (("list", "-"), ["--district", "-d", "--kind", "--sort", "--format", "-f", "--json"]),
        (("list", "--sort", "town", "--s"), []),
        (("list", "--district", "永登", "--d"), ["--district"]),
        (("list", "--sort", ""), ["number", "town", "characters", "figures"]),
        (("list", "--format=js"), ["json", "jsonl"]),
        (("list", "--kind", ""), ["镇", "街道", "zhen", "jiedao"]),
        (("list", "--kind", "z"), ["zhen"]),
        (("--color", "a"), ["auto", "always"]),
        (("search", ""), []),
    ],
)
def test_commands_options_and_choices(words: tuple[str, ...], expected: list[str]) -> None:
    """Those that fit are offered in their order, an option only as often as it may stand."""
    typing = command_lines.read(PROGRAM, words)
    assert typing is not None
    assert [each.value for each in command_lines.offers(typing)][: len(expected) or None] == expected


def test_commands_and_options_are_described_by_their_help() -> None:
    """In one line."""
    for words in ([""], ["show", ""]):
        typing = command_lines.read(PROGRAM, words)
        assert typing is not None
        assert all(each.description for each in command_lines.offers(typing))


def test_every_parameter_is_completed_or_is_known_to_be_free() -> None:
    """A new option that takes a name, a file or a choice must be told apart from free text."""
    for name, command in PROGRAM.commands.items():  # type: ignore[attr-defined]
        for parameter in command.params:
            if not getattr(parameter, "is_flag", False):
                typing = command_lines.read(PROGRAM, [name, ""])
                assert typing is not None
                known = {*completing.NAMED, *command_lines.FILES, *FREE}
                choices = parameter.shell_complete(typing.context, "")
                assert bool(choices) != (parameter.name in known), (name, parameter.name)
