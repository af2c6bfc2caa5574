"""Completion as the three shells meet it: the program asked as their scripts ask, and the shells."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import typer

from speeches_cli import cli, shells
from speeches_cli.visible import cells, pad
from tests.conftest import Run, needs_python_to_start_in_c
from tests.material import SMALL

Asks = Callable[..., Run]
VARIABLE = "_SPEECHES_COMPLETE"
PROGRAM = typer.main.get_command(cli.app)


@pytest.fixture
def ask(run: Callable[..., Run], monkeypatch: pytest.MonkeyPatch) -> Asks:
    """Ask as a shell does: `ask("bash", "show", "j")`."""

    def completed(shell: str, *words: str) -> Run:
        monkeypatch.setenv(VARIABLE, f"complete_{shell}")
        return run(*words)

    return completed


# What the program answers


@pytest.mark.parametrize(
    ("shell", "words", "expected"),
    [
        ("bash", ("show", "j"), "酒泉路街道\t城关区\n贾锐\t树屏镇 永登县\n"),
        ("zsh", ("show", "j"), "酒泉路街道\t城关区\n贾锐\t树屏镇 永登县\n"),
        ("fish", ("show", "j"), "jiuquanlu\t酒泉路街道 城关区\njiarui\t贾锐 树屏镇 永登县\n"),
        ("fish", ("show", "酒"), "酒泉路街道\t城关区\n"),
        (
            "fish",
            ("list", "-d城关", "-d西固", "-d安宁", "-d红古", "-d永登", "-d", ""),
            "兰州新区\t中川镇\n",
        ),
        ("bash", ("search", "x", "--town", "=", "jql"), "酒泉路街道\t城关区\n"),
        ("zsh", ("search", "x", "--town=jql"), "--town=酒泉路街道\t城关区\n"),
        ("fish", ("search", "x", "--town=jql"), "--town=jiuquanlu\t酒泉路街道 城关区\n"),
        ("bash", ("compare", "'酒泉路'", "马\\竞", '"3', "酒"), ""),
        ("zsh", ("compare", "酒泉路", "七里河", "酒"), ""),
        (
            "zsh",
            ("list", "永"),
            "永登县/树屏镇\t贾锐\n永登县/大同镇\t刘万明\n永登县\t树屏镇、大同镇\n",
        ),
        ("zsh", ("list", "--sort", "f"), "figures\t\n"),
        ("zsh", ("list", "--format=js"), "--format=json\t\n--format=jsonl\t\n"),
        ("zsh", ("fig",), "figures\tList every figure, or one measure across all towns.\n"),
        (
            "zsh",
            ("show", "--f"),
            (
                "--find\tMark a phrase in the text.\n"
                "--figures\tList each section's figures.\n"
                "--format\tHow to write the answer; else as --output ends.\n"
            ),
        ),
        ("zsh", ("show", "--figures", "--fig"), ""),
        ("zsh", ("show", "--", "马"), "马竞\t酒泉路街道 城关区\n"),
        ("zsh", ("figures", "-t", "3", "--town", "马"), ""),
        ("zsh", ("compare", "3", "7", "--topic=基层", "--topic=jiceng"), ""),
        ("zsh", ("list", "-d", "城关", "-d", "c"), ""),
        ("zsh", ("search", ""), ""),
        ("zsh", (), ""),
    ],
)
def test_answers(shell: str, words: tuple[str, ...], expected: str, ask: Asks) -> None:
    """A line for each candidate, in the form that the shell can insert, and nothing else."""
    assert ask(shell, *words) == Run(0, expected, "")


@pytest.mark.parametrize(
    "words",
    [("check", ""), ("draft", "x"), ("list", "-o", "x"), ("--corpus", ""), ("list", "--output=x")],
)
def test_files_are_left_to_the_shell(words: tuple[str, ...], ask: Asks) -> None:
    """Where a file belongs, the exit code says so, and nothing is printed."""
    assert ask("zsh", *words) == Run(shells.FILE_WANTED, "", "")


FREE = {"find", "phrases", "section", "characters", "least", "limit", "without"}
FREE_OF_DRAFT = {"district", "kind", "date", "meeting"}


@pytest.mark.parametrize("name", sorted(PROGRAM.commands))  # type: ignore[attr-defined]
def test_every_parameter_is_completed_or_is_known_to_be_free(name: str, ask: Asks) -> None:
    """A new option that takes a name, a file or a choice must be told apart from free text."""
    for parameter in PROGRAM.commands[name].params:  # type: ignore[attr-defined]
        if not getattr(parameter, "is_flag", False):
            option = parameter.opts[:1] if parameter.param_type_name == "option" else []
            answered = ask("zsh", name, *option, "")
            completed = answered.code == shells.FILE_WANTED or answered.out != ""
            free = FREE | FREE_OF_DRAFT if name == "draft" else FREE
            assert completed != (parameter.name in free), parameter.name


def test_the_corpus_on_the_line_is_the_one_that_completes(
    ask: Asks, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`--corpus`, typed with a tilde or a variable, comes before SPEECHES_CORPUS."""
    (tmp_path / "small.yaml").write_text(SMALL, encoding="utf-8")
    monkeypatch.setenv("HOME", str(tmp_path))
    expected = Run(0, "东路街道\t甲区\n西镇\t乙县\n", "")
    assert ask("zsh", "--corpus", "~/small.yaml", "show", "") == expected
    assert ask("zsh", "--no-cache", "--corpus=$HOME/small.yaml", "show", "") == expected
    monkeypatch.setenv("SPEECHES_CORPUS", str(tmp_path))
    assert ask("zsh", "show", "") == expected
    assert ask("zsh", "--corpus", "nothing.yaml", "show", "") == Run(0, "", "")


def test_what_typer_says_itself_is_chinese_too(ask: Asks, monkeypatch: pytest.MonkeyPatch) -> None:
    """At Tab as in the help."""
    monkeypatch.setenv("SPEECHES_LANG", "zh")
    assert ask("zsh", "list", "--he").out == "--help\t显示本帮助。\n"


def test_a_broken_corpus_is_silent(ask: Asks, tmp_path: Path) -> None:
    """A prompt is not the place to say what is wrong with a corpus."""
    (tmp_path / "broken.yaml").write_text("speeches: [", encoding="utf-8")
    (tmp_path / "empty").mkdir()
    for name in ("broken.yaml", "empty", "missing"):
        assert ask("bash", "--corpus", str(tmp_path / name), "show", "") == Run(0, "", "")
        assert ask("bash", "--corpus", str(tmp_path / name), "sh").out.startswith("show\t")


def _asked(
    *words: str, stdout: Any = subprocess.PIPE, **variables: str
) -> subprocess.CompletedProcess[bytes]:
    """Ask in a process of its own, without a terminal."""
    return subprocess.run(
        [sys.executable, "-m", "speeches_cli", *words],
        stdin=subprocess.DEVNULL,
        stdout=stdout,
        stderr=subprocess.PIPE,
        env=os.environ | {VARIABLE: "complete_bash"} | variables,
        check=False,
        timeout=20,
    )


@pytest.mark.parametrize(
    ("variables", "expected"),
    [
        pytest.param({"LC_ALL": "C"}, "jiuquanlu\t\njiarui\t\n", marks=needs_python_to_start_in_c),
        ({"LC_ALL": "C.UTF-8"}, "酒泉路街道\t城关区\n贾锐\t树屏镇 永登县\n"),
        pytest.param(
            {"LC_ALL": "C", "PYTHONUTF8": "1"},
            "酒泉路街道\t城关区\n贾锐\t树屏镇 永登县\n",
            marks=needs_python_to_start_in_c,
        ),
        ({"LC_ALL": "C.UTF-8", "PYTHONIOENCODING": "gbk"}, "酒泉路街道\t城关区\n贾锐\t树屏镇 永登县\n"),
        ({"LC_ALL": "C.UTF-8", "PYTHONIOENCODING": "ascii"}, "jiuquanlu\t\njiarui\t\n"),
    ],
)
def test_hard_locales(variables: dict[str, str], expected: str) -> None:
    """Where a shell would cut Hanzi in the middle of their bytes, pinyin is offered instead."""
    done = _asked("show", "j", **variables)
    encoding = "gbk" if "gbk" in variables.values() else "utf-8"
    assert (done.returncode, done.stdout.decode(encoding), done.stderr) == (0, expected, b"")


def test_what_the_encoding_lacks_is_not_offered() -> None:
    """`--kind` has Hanzi and pinyin, of which ASCII holds one."""
    assert _asked("list", "--kind", "", PYTHONIOENCODING="ascii").stdout == (
        b"zhen\t\njiedao\t\nxiang\t\n"
    )


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    """A corpus that comes through a pipe is not there while the line is typed."""
    os.mkfifo(tmp_path / "pipe")
    done = _asked("--corpus", str(tmp_path / "pipe"), "show", "")
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")


def test_nobody_reads() -> None:
    """An output that takes nothing is no reason to complain either."""
    with Path("/dev/full").open("wb") as full:
        done = _asked("show", "", stdout=full)
    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.parametrize(
    "words", [("show", "j"), ("figures", "wang"), ("compare", "3", ""), ("list", "--kind", "")]
)
def test_nothing_is_loaded_that_a_tab_does_not_need(
    words: tuple[str, ...], run: Callable[..., Run]
) -> None:
    """With a warm cache there is no YAML, no dictionary, no fuzzy matching and no table."""
    assert run("list").code == 0  # warms the cache
    command = [sys.executable, "-X", "importtime", "-m", "speeches_cli", *words]
    environment = os.environ | {VARIABLE: "complete_zsh", "LC_ALL": "C.UTF-8"}
    done = subprocess.run(command, env=environment, capture_output=True, check=True, timeout=60)
    imported = {line.rpartition("|")[2].strip() for line in done.stderr.decode().splitlines()}
    assert imported >= {"typer", "speeches_cli.completing"}
    assert (
        imported & {"rich", "yaml", "rapidfuzz", "pypinyin", "opencc", "speeches_cli.search"} == set()
    )


# The shells themselves

HOSTILE = ["东$(touch bad)`touch bad`镇", "东'; touch bad; '镇", '东\\" :*[b]{a,b}!镇']
"""None has a character that folding drops but that tells it from another."""


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Make a home with the program on the path, completion installed, and a hostile corpus."""
    (tmp_path / "bin").mkdir()
    program = tmp_path / "bin" / "speeches"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m speeches_cli "$@"\n', encoding="utf-8")
    program.chmod(0o755)
    again = SMALL.partition("  - id: 1\n")[2].partition("  - id: 2\n")[2]
    text = SMALL
    for number, name in enumerate(HOSTILE, start=3):
        quoted = "'" + name.replace("'", "''") + "'"
        text += f"  - id: {number}\n" + again.replace("xizhen", f"y{'abc'[number - 3]}").replace(
            "town: 西镇", f"town: {quoted}"
        )
    (tmp_path / "hostile.yaml").write_text(text, encoding="utf-8")
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}:{os.environ['PATH']}")
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    monkeypatch.setenv("SPEECHES_CORPUS", str(tmp_path / "hostile.yaml"))
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parents[1]))
    return tmp_path


def _in_shell(shell: str, script: str, home: Path) -> list[str]:
    """Run a script in a shell that has completion installed; nothing may come out on its stderr."""
    if shutil.which(shell) is None:
        pytest.skip(f"no {shell} here")
    install = ["speeches", "--show-completion"]
    variables = os.environ | {"_TYPER_COMPLETE_TEST_DISABLE_SHELL_DETECTION": "1"}
    shown = subprocess.run(
        [*install, shell], env=variables, capture_output=True, check=True, timeout=60
    )
    (home / "completion").write_bytes(shown.stdout)
    (home / "script").write_text(script, encoding="utf-8")
    flags = {"bash": ["--norc"], "zsh": ["-f"], "fish": ["--no-config"]}[shell]
    done = subprocess.run(
        [shell, *flags, "script"],
        cwd=home,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
        timeout=60,
    )
    assert done.stderr.decode() == ""
    assert not (home / "bad").exists()
    return done.stdout.decode().splitlines()


BASH = """
source ./completion
tab() {
    COMP_TYPE=$1; COMP_WORDS=(speeches "${@:2}"); COMP_CWORD=$(($# - 1))
    _speeches_completion speeches "${COMP_WORDS[COMP_CWORD]#[\\'\\"]}" "${COMP_WORDS[COMP_CWORD-1]}"
}
tab 9 show x; printf '%s\\n' "${COMPREPLY[@]}"
tab 63 show x; printf '%s\\n' "${COMPREPLY[@]}"
tab 9 show 东
for each in "${COMPREPLY[@]}"; do eval "set -- $each"; printf '%s %s\\n' $# "$1"; done
tab 9 show "'东"; printf '%s\\n' "${COMPREPLY[@]}"
tab 9 check comp; printf '%s\\n' "${#COMPREPLY[@]}"
complete -p speeches
"""


def test_bash(home: Path) -> None:
    """Pinyin becomes Hanzi, the second Tab shows districts, and what is inserted stays one word."""
    assert _in_shell("bash", BASH, home) == [
        *("西镇", "西镇  (乙县)", "1 东路街道"),
        *(f"1 {name}" for name in HOSTILE),
        *("东路街道", "0"),
        "complete -F _speeches_completion speeches",
    ]


ZSH_WITHIN = r"""
stty cols 200 rows 50
PS1= PS2=
mkdir functions; cp completion functions/_speeches; fpath+=($PWD/functions)
autoload -Uz compinit; compinit -D -u
shown() { print -r -- $'\nLINE' "${(j:|:)${(@Q)${(@z)BUFFER}}}" $'\003' }
zle -N shown; bindkey '^X' shown
"""
ZSH = r"""
zmodload zsh/zpty
zpty shell zsh -f -i
zpty -w shell "source ./within; print REA''DY"
zpty -r shell answer '*READY*'
for typed in 'show x' 'search x --town=西' 'show 东' 'check comp' 'show ya' 'show yb' 'show yc'; do
    zpty -w -n shell "speeches $typed"$'\t\x18'
    zpty -r shell answer $'*LINE*\x03*'
    zpty -w -n shell $'\x15'
    print -r -- ${${answer##*LINE }%% $'\x03'*}
    for line in ${(f)answer//$'\r'/}; [[ $line == *' -- '* ]] && print -r -- ${line%% #}
done
zpty -d shell
"""


def test_zsh(home: Path) -> None:
    """Pinyin becomes Hanzi at the first Tab, and what is inserted stays one word."""
    (home / "within").write_text(ZSH_WITHIN, encoding="utf-8")
    row = "  ".join(HOSTILE)
    assert [line.rstrip() for line in _in_shell("zsh", ZSH, home)] == [
        *("speeches|show|西镇", "speeches|search|x|--town=西镇", "speeches|show|东"),
        f"{row}  -- 乙县",
        f"{pad('东路街道', cells(row))}  -- 甲区",
        "speeches|check|completion",
        *(f"speeches|show|{name}" for name in HOSTILE),
    ]


FISH = """
source ./completion
for line in 'show x' 'show 西' 'search x --town=x' 'show 东' 'check comp' 'check --output=comp'
    complete -C "speeches $line"
end
"""


def test_fish(home: Path) -> None:
    """Letters are completed in letters, described in Hanzi, and files where a file belongs."""
    assert _in_shell("fish", FISH, home) == [
        "xizhen\t西镇 乙县",
        "西镇\t乙县",
        "--town=xizhen\t西镇 乙县",
        "东路街道\t甲区",
        *(f"{name}\t乙县" for name in HOSTILE),
        "completion",
        "--output=completion",
    ]
