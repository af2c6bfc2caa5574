"""Names offered at Tab: which, in which form, and that the program then takes them."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import typer

from speeches_cli import boundary, completing, model, options, references
from speeches_cli.completing import districts, indicators, topics, towns
from speeches_cli.corpus import Corpus, open_corpus, packaged
from speeches_cli.errors import SpeechesError
from tests.conftest import Run
from tests.material import SMALL

Asks = Callable[..., list[str]]


@pytest.mark.parametrize(
    ("kind", "typed", "expected"),
    [
        (towns, "酒", [("酒泉路街道", "城关区")]),
        (towns, "马", [("马竞", "酒泉路街道 城关区")]),
        (towns, "3", [("3", "酒泉路街道 城关区")]),
        (towns, "永登", [("永登县/树屏镇", "贾锐"), ("永登县/大同镇", "刘万明")]),
        (towns, "北京", []),
        (towns, "j", [("jiuquanlu", "酒泉路街道 城关区"), ("jiarui", "贾锐 树屏镇 永登县")]),
        (towns, "maj", [("majing", "马竞 酒泉路街道 城关区")]),
        (towns, "mac", []),
        (towns, "yongdeng/s", [("yongdeng/shuping", "永登县/树屏镇 贾锐")]),
        (districts, "永", [("永登县", "树屏镇、大同镇")]),
        (districts, "y", [("yongdeng", "永登县 树屏镇、大同镇")]),
        (topics, "基层", [("基层党建", ""), ("基层治理", "")]),
        (indicators, "外墙", [("外墙保温改造面积", "城乡建设")]),
        (indicators, "wanggey", [("wanggeyuanshu", "网格员数 基层治理")]),
        (indicators, "wgy", []),
    ],
)
def test_what_is_offered(
    kind: completing.Names, typed: str, expected: list[tuple[str, str]], corpus: Corpus
) -> None:
    """Hanzi become Hanzi and letters pinyin, by town, speaker, number, district, topic, indicator."""
    assert completing.names([kind], typed, corpus) == expected


def _values(kind: completing.Names, typed: str, corpus: Corpus) -> list[str]:
    return [value for value, _said in completing.names([kind], typed, corpus)]


def test_what_a_shell_could_take_for_more_than_a_word_is_not_offered(tmp_path: Path) -> None:
    """An option, a path, a command; the speakers of such towns are offered in their place."""
    file = tmp_path / "odd.yaml"
    for town in (
        "-东路街道",
        "东/路街道",
        "东$(touch bad)镇",
        "东\\`touch bad`镇",
        "东'; touch bad; '镇",
    ):
        odd = SMALL.replace("town: 东路街道", f"town: '{town.replace(chr(39), chr(39) * 2)}'")
        file.write_text(odd, encoding="utf-8")
        corpus = open_corpus(file, cache=None)
        assert _values(towns, "", corpus)[0] == "王一"
        assert not any(
            set("$`';()") & set(said) for _value, said in completing.names([towns], "", corpus)
        )


def test_the_program_takes_what_is_offered(tmp_path: Path) -> None:
    """It names one speech, or several that the program then lists, and nothing is offered twice."""
    odd = SMALL.replace("town: 西镇", "town: 东镇").replace("李二", "王一").replace("xizhen", "dong")
    later = SMALL.replace("2023-09-18", "2024-09-18").replace("speaker: 王一", "speaker: '2'")
    for name, text in (("2023", odd), ("2024", later)):
        (tmp_path / f"{name}.yaml").write_text(text, encoding="utf-8")
    corpus = open_corpus(tmp_path, cache=None)
    for typed in ["", "东", "d", "dong", "王", "w", "2", "甲", "甲区/东", "yi/", "yi/d"]:
        offered = _values(towns, typed, corpus)
        assert len(set(offered)) == len(offered) > 0
        for each in offered:
            try:
                references.of_town(each, corpus)
            except SpeechesError as error:
                assert str(error).startswith(f"'{each}' could be any of: ")  # noqa: PT017


# As a shell asks


@pytest.fixture
def ask(run: Callable[..., Run], monkeypatch: pytest.MonkeyPatch) -> Asks:
    """Ask as Typer's script for Bash does: `ask("show", "j")` gives the candidates."""

    def completed(*words: str) -> list[str]:
        monkeypatch.setenv("_SPEECHES_COMPLETE", "complete_bash")
        monkeypatch.setenv("COMP_WORDS", "\n".join(("speeches", *words)))
        monkeypatch.setenv("COMP_CWORD", str(len(words)))
        done = run()
        assert (done.code, done.err) == (0, "")
        return done.out.split()

    return completed


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (("compare", ""), [each.town for each in open_corpus(packaged(), cache=None).speeches]),
        (("show", "j"), ["jiuquanlu", "jiarui"]),
        (("--no-cache", "compare", "3", "酒"), ["酒泉路街道"]),
        (("list", "永"), ["永登县/树屏镇", "永登县/大同镇", "永登县"]),
        (("figures", "-t", "马"), ["马竞"]),
        (("figures", "wanggey"), ["wanggeyuanshu"]),
        (("figures", "--topic", "jic"), ["jicengdangjian", "jicengzhili"]),
        (("list", "--sort", "f"), ["figures"]),
        (("list", "--kind", "z"), ["zhen"]),
        (("list", "--kind", ""), [*model.KINDS, *options.TYPED_KINDS]),
        (("list", "--format", "js"), ["json", "jsonl"]),
        (("fig",), ["figures"]),
        (("show", "--f"), ["--find", "--figures", "--format"]),
        (("list", "--color", "never", "-d", "西"), ["西固区"]),
        (("search", ""), []),
        (("list", "--output", "x"), []),  # so the shell completes a file
        (("check", ""), []),
    ],
)
def test_answers_at_tab(words: tuple[str, ...], expected: list[str], ask: Asks) -> None:
    """Commands, options and their values, names; nothing where a file or free text belongs."""
    assert ask(*words) == expected


FREE = {"find", "phrases", "section", "sections", "characters", "least", "limit", "without"}
FREE |= {"output", "path", "file"}  # files, which the shell completes
FREE |= {"sole_district", "sole_kind", "date", "meeting"}  # of draft
PROGRAM = typer.main.get_command(boundary.app)


@pytest.mark.parametrize("name", sorted(PROGRAM.commands))  # type: ignore[attr-defined]
def test_every_parameter_is_completed_or_is_known_to_be_free(name: str, ask: Asks) -> None:
    """A new option that takes a name or a choice must be told apart from free text."""
    for parameter in PROGRAM.commands[name].params:  # type: ignore[attr-defined]
        if not getattr(parameter, "is_flag", False) and parameter.name != "sections":
            option = parameter.opts[:1] if parameter.param_type_name == "option" else []
            assert bool(ask(name, *option, "")) != (parameter.name in FREE), parameter.name


def test_the_corpus_on_the_line_is_the_one_that_completes(
    ask: Asks, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`--corpus`, typed with a tilde, comes before SPEECHES_CORPUS; of a broken one nothing is said."""
    (tmp_path / "small.yaml").write_text(SMALL, encoding="utf-8")
    (tmp_path / "broken").write_text("speeches: [", encoding="utf-8")
    os.mkfifo(tmp_path / "pipe")  # which is not waited for
    monkeypatch.setenv("HOME", str(tmp_path))
    assert ask("--corpus", "~/small.yaml", "show", "") == ["东路街道", "西镇"]
    assert ask("show", "--corpus", "~/small.yaml", "") == ["东路街道", "西镇"]
    for name in ("broken", "pipe", "missing"):
        assert ask("--corpus", str(tmp_path / name), "show", "") == []
    monkeypatch.setenv("SPEECHES_CORPUS", str(tmp_path / "small.yaml"))
    assert ask("show", "") == ["东路街道", "西镇"]


def test_zsh_and_fish_get_descriptions(
    run: Callable[..., Run], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The whole of them in one line, in the reader's language."""
    monkeypatch.setenv("SPEECHES_LANG", "zh")
    monkeypatch.setenv("_TYPER_COMPLETE_ARGS", "speeches show j")
    monkeypatch.setenv("_TYPER_COMPLETE_FISH_ACTION", "get-args")
    monkeypatch.setenv("_SPEECHES_COMPLETE", "complete_fish")
    assert run().out == "jiuquanlu\t酒泉路街道 城关区\njiarui\t贾锐 树屏镇 永登县\n"
    monkeypatch.setenv("_SPEECHES_COMPLETE", "complete_zsh")
    assert '"jiuquanlu":"酒泉路街道 城关区"' in run().out


def test_a_long_description_is_not_broken(
    program: Callable[..., subprocess.CompletedProcess[bytes]], tmp_path: Path
) -> None:
    """A shell takes every line for another candidate."""
    long = "东" * 60 + "街道"
    (tmp_path / "a.yaml").write_text(SMALL.replace("东路街道", long), encoding="utf-8")
    asked = {"_TYPER_COMPLETE_ARGS": f"speeches --corpus {tmp_path} list --district j"}
    done = program(_SPEECHES_COMPLETE="complete_zsh", **asked)
    assert f'"jia":"甲区 {long}"' in done.stdout.decode()


BASH = """
eval "$(speeches --show-completion bash)"
COMP_WORDS=(speeches show xi); COMP_CWORD=2
_speeches_completion speeches xi show; printf '%s\\n' "${COMPREPLY[@]}"
"""


def test_in_bash(tmp_path: Path) -> None:
    """Typer's own script, as `--install-completion` installs it."""
    program = tmp_path / "speeches"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m speeches_cli "$@"\n', encoding="utf-8")
    program.chmod(0o755)
    done = subprocess.run(
        ["/bin/bash", "--norc", "-c", BASH],
        env=os.environ
        | {"PATH": f"{tmp_path}:{os.environ['PATH']}", "LC_ALL": "C.UTF-8"}
        | {"_TYPER_COMPLETE_TEST_DISABLE_SHELL_DETECTION": "1"},
        capture_output=True,
        check=False,
        timeout=60,
    )
    assert (done.stdout.decode().split(), done.stderr) == (["xigu/fulilu", "xianfenglu"], b"")
