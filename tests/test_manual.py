"""Help and complaints: every command's page, whole, and Typer's words in both languages."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable

import pytest
import typer

from speeches_cli import manual
from speeches_cli.visible import cells
from tests.conftest import Run

COMMANDS = (
    "",
    "list",
    "show",
    "search",
    "compare",
    "figures",
    "indicators",
    "phrases",
    "check",
    "draft",
)
# Names of options, commands and variables are the same in every language.
NAMES = re.compile(
    r"-+[a-z-]+|SPEECHES_\w+|\b(?:speeches|list|show|search|compare|figures|indicators|phrases|check|draft|PAGER|YAML|json"
    r"|corpus.yaml|compilation.docx|compilation.txt|jsonl|csv|md|html|svg|table|shell|Word|docx|xlsx|GB|CSL|BibTeX|source|gbt7714|csl|bibtex|JSON|auto|always|never|text|left|right|value|number|town|characters|count)\b"
)


def _help(command: str, language: str, **variables: str) -> str:
    """Give the help that a process of that language prints for a command."""
    done = subprocess.run(
        [sys.executable, "-m", "speeches_cli", *command.split(), "--help"],
        env=os.environ | {"SPEECHES_LANG": language} | variables,
        capture_output=True,
        check=True,
        timeout=60,
    )
    assert done.stderr == b""
    return done.stdout.decode()


def test_help_is_the_whole_story(run: Callable[..., Run]) -> None:
    """How the command is called, what it is for, its arguments and its options with their choices."""
    assert run("show", "--help").out == (
        "Usage: speeches show [OPTIONS] REF [SECTION…]\n"
        "\n"
        "Read one speech, or some sections of it.\n"
        "\n"
        "Arguments\n"
        "  REF         A town: number, name, speaker, pinyin, 永登/大同, 2024/大同; a section: 3.2.\n"
        "  [SECTION…]  Only these sections; 0 is the opening.\n"
        "\n"
        "Options\n"
        "  --section N          The same, as an option; repeatable.\n"
        "  --find PHRASE        Mark a phrase in the text.\n"
        "  --figures            List each section's figures.\n"
        "  -f, --format         How to write the answer; else as --output ends."
        " (table, json, jsonl, csv, md, html, svg, docx, xlsx)\n"
        "  --json               Short for --format json.\n"
        "  -o, --output FILE    Write to this file, paragraphs whole; its ending chooses the format.\n"
        "  --pager, --no-pager  Read what is longer than the screen in PAGER.\n"
        "  -h, --help           Show this message and exit.\n"
        "\n"
        "Examples\n"
        "  speeches show 酒泉路 2\n"
        "  speeches show 3 --find 网格\n"
        "\n"
    )


def test_every_command_has_two_examples_that_work(run: Callable[..., Run]) -> None:
    """What is shown as an example has an answer, but for what needs a file of one's own."""
    assert sorted(manual.EXAMPLES) == sorted(filter(None, COMMANDS))
    for first, second in manual.EXAMPLES.values():
        for each in (first, second):
            assert "corpus.yaml" in each or "compilation" in each or run(*each.split()).code == 0


@pytest.mark.parametrize(
    "arguments", [("--color", "always"), ("--color=always",), ("--no-cache", "--color", "always")]
)
def test_options_of_the_program_stand_before_or_behind_the_command(
    arguments: tuple[str, ...], run: Callable[..., Run]
) -> None:
    """Both are the same, as far as the words that are options; what is behind -- is a word."""
    assert run("list", *arguments) == run(*arguments, "list")
    assert run("search", "--", *arguments).err.startswith(
        f"speeches: nothing found for '{arguments[0]}"
    )
    message = "speeches: Invalid value for --color: '' is not one of auto, always, never"
    assert run("list", "--color").err == f"{message} (see speeches --help)\n"


@pytest.mark.parametrize("arguments", [("--sort", "字数"), ("--sort=字数",)])
def test_orders_have_chinese_names(arguments: tuple[str, ...], run: Callable[..., Run]) -> None:
    """A Chinese word stands for the value, and nowhere but behind --sort."""
    assert run("list", *arguments) == run("list", "--sort", "characters")
    assert run("search", "字数").code == 1


def test_an_argument_that_may_be_left_out_stands_in_brackets(run: Callable[..., Run]) -> None:
    """And one that may be repeated has its dots."""
    assert run("figures", "--help").out.startswith("Usage: speeches figures [OPTIONS] [INDICATOR]\n")
    assert run("compare", "--help").out.startswith("Usage: speeches compare [OPTIONS] REF…\n")


@pytest.mark.parametrize("command", COMMANDS)
def test_help_in_chinese_is_all_chinese(command: str) -> None:
    """No English word is left but the names of commands and options and what they take."""
    shown = NAMES.sub("", _help(command, "zh_CN.UTF-8"))
    assert re.findall("[A-Za-z]{2,}", shown) == []
    assert shown.startswith("用法：")


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("width", [80, 40])
def test_help_is_never_cut(command: str, language: str, width: int) -> None:
    """On a narrow terminal every word of the help is there, in lines that fit."""
    narrow = _help(command, language, FORCE_COLOR="1", COLUMNS=str(width))
    plain = re.sub("\x1b\\[[0-9;]*m", "", narrow)
    assert max(map(cells, plain.splitlines())) <= width
    assert _inked(plain) == _inked(_help(command, language))


def _inked(shown: str) -> list[str]:
    """Give the characters of a page whatever its layout: brackets stand only where lines are joined."""
    return sorted(re.sub(r"[\s()（）]", "", shown))


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("nope",), "没有“nope”这个命令（用法见 speeches --help）"),
        (("serch", "一"), "没有“serch”这个命令。是不是'search'？（用法见 speeches --help）"),
        (("list", "--nope"), "没有 --nope 这个选项（用法见 speeches list --help）"),
        (("check", "甲", "乙"), "多出了“乙”（用法见 speeches check --help）"),
        (("show",), "缺少REF（用法见 speeches show --help）"),
        (("--color", "never"), "缺少命令（用法见 speeches --help）"),
        (("show", "--section"), "选项 --section 后面缺少内容（用法见 speeches --help）"),
        (("list", "--json=1"), "选项 --json 后面不跟内容（用法见 speeches --help）"),
        (
            ("search", "网格", "--sort", "x"),
            "--sort 有误：“x”不在 text，left，right，count 之内（用法见 speeches search --help）",
        ),
        (
            ("search", "网格", "--limit", "零"),
            "--limit 有误：“零”不是1以上的整数（用法见 speeches search --help）",
        ),
    ],
)
def test_wrong_usage_is_said_in_chinese(
    arguments: tuple[str, ...],
    said: str,
    run: Callable[..., Run],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Every mistake that Typer finds, in whichever of its versions, is told in the reader's words."""
    monkeypatch.setenv("SPEECHES_LANG", "zh")
    assert run(*arguments) == Run(2, "", f"speeches: {said}\n")


def test_a_value_may_come_from_the_environment(
    run: Callable[..., Run], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Then the variable is named beside the option."""
    monkeypatch.setenv("SPEECHES_LANG", "zh")
    assert run("--corpus", "", "list").err == (
        "speeches: --corpus / SPEECHES_CORPUS 有误：没有写路径（用法见 speeches --help）\n"
    )


def test_a_complaint_of_a_typer_to_come_is_said_as_it_is() -> None:
    """It stays English, but is not lost."""
    said = manual.complaint(typer.TyperException("Something new."), ())
    assert said == "Something new (see speeches --help)"
