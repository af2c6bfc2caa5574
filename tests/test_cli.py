"""The program as its users meet it: every command and option, every mistake, and how it ends."""

from __future__ import annotations

import csv
import io
import json
import os
import pty
import re
import shlex
import signal
import subprocess
import sys
import termios
import zipfile
from collections.abc import Callable
from contextlib import redirect_stderr, suppress
from pathlib import Path
from typing import Any, get_args

import pytest
from hypothesis import given, settings, strategies as st

from speeches_cli import __version__, boundary
from speeches_cli.corpus import packaged
from speeches_cli.output import BINARY, Format
from speeches_cli.visible import cells
from tests.conftest import Run, needs_python_to_start_in_c
from tests.material import SMALL, line_of

Runs = Callable[..., Run]
Program = Callable[..., "subprocess.CompletedProcess[bytes]"]

# The contract: keys may be added, never renamed.
SPEECH = {"id", "district", "town", "kind", "speaker", "post", "title", "characters", "figures"}
SHOWN = SPEECH | {"opening", "sections"}
SECTION = {"number", "heading", "paragraphs"}
HIT = {
    *("speech", "district", "town", "speaker", "section", "heading", "paragraph", "start", "end"),
    *("match", "left", "right", "how", "cost", "why"),
}
NEAR_NOTE = "speeches: --near also looks for slips\n"
ROW = {"topic", "indicator", "cells", "difference", "ratio", "notes"}
FIGURE = {
    *("speech", "town", "section", "indicator", "topic", "as_written", "value", "unit", "bound"),
    *("measure", "status", "period", "scope", "note", "sentence"),
}

COMMANDS = {
    "list": ["list"],
    "show": ["show", "3"],
    "search": ["search", "枫桥经验"],
    "cite": ["search", "枫桥经验", "--cite"],
    "paper": ["search", "枫桥经验", "--cite", "gbt7714"],
    "indicators": ["indicators"],
    "quote": ["compare", "3", "7", "--quote"],
    "count": ["search", "枫桥经验", "--count"],
    "compare": ["compare", "3", "7"],
    "words": ["compare", "3", "7", "--phrases"],
    "many": ["compare", "all"],
    "figures": ["figures", "网格数"],
    "phrases": ["phrases"],
    "own": ["phrases", "--town", "3"],
    "check": ["check"],
}


@pytest.fixture
def records(run: Runs) -> Callable[..., Any]:
    """Run a command with `--json` and give what it says."""

    def of(*arguments: str) -> Any:
        done = run(*arguments, "--json")
        assert (done.code, done.err.replace(NEAR_NOTE, "")) == (0, ""), done
        return json.loads(done.out)

    return of


# What the commands answer


def test_list_is_grouped_by_district(run: Runs) -> None:
    """A line for each speech, by district, each whole and nothing else."""
    assert run("list", "--district", "永登", "-d", "xigu") == Run(
        0,
        "District  Town        #  Speaker  Title                                   Chars  Figures\n"
        "西固区    福利路街道  1  牟辉     党建引领强服务基层治理新实践              857       10\n"
        "西固区    先锋路街道  7  陈伟     吹响“先锋集结号”绘制治理新画卷            975       27\n"
        "永登县    树屏镇      4  贾锐     在强省会行动中打造新食品产业新高地        969       23\n"
        "永登县    大同镇      8  刘万明   在强省会行动中着力打造中心乡镇大同样板    983       23\n",
        "",
    )


def test_show_a_section_by_its_locator(run: Runs) -> None:
    """Title, speaker and source stand above the section that was asked for, whole."""
    assert run("show", "3.0") == Run(
        0,
        "“一网两访三为”探索基层治理新路径\n"
        "城关区酒泉路街道党工委书记　马竞\n"
        "兰州市乡镇街道党（工）委书记工作交流会发言材料汇编　2023-09-18　p. 5-6\n"
        "\n"
        "酒泉路街道党工委坚持做实需求、资源、项目“三个清单”，优化为民办事体系，有力推动老街区焕发新动力。\n",
        "",
    )


@pytest.mark.parametrize(
    "ref",
    ["3", "３", "酒泉路街道", "酒泉", "马竞", "jiuquanlu", "JQL", "酒全路", "城关/酒泉路", "九泉路"],
)
def test_show_takes_every_kind_of_reference(ref: str, records: Callable[..., Any]) -> None:
    """Number, town, speaker, pinyin, initials and near spellings name the same speech."""
    shown = records("show", ref)
    assert shown["id"] == 3
    assert shown.keys() >= SHOWN
    assert all(section.keys() >= SECTION for section in shown["sections"])
    assert all(figure.keys() >= FIGURE for figure in shown["figures"])


def test_search_in_context(run: Runs) -> None:
    """A line for each hit, aligned on the keyword, with locator, town and the reason."""
    assert run("search", "枫桥精验", "--context", "4", "--town", "3", "-t", "银滩路") == Run(
        0,
        "3.1  酒泉路街道  …新时代“枫桥经验”，抓实…  [精→经 sound alike]\n"
        "5.2  银滩路街道  …新时代“枫桥经验”和“浦…  [精→经 sound alike]\n",
        "",
    )


def test_search_records_point_into_the_text(records: Callable[..., Any]) -> None:
    """`paragraph[start:end]` is the match, in titles, openings, headings and paragraphs alike."""
    texts = {}
    for speech in records("list"):
        shown = records("show", str(speech["id"]))
        texts[speech["id"], 0, 0], texts[speech["id"], 0, 1] = shown["title"], shown["opening"]
        for section in shown["sections"]:
            for number, text in enumerate((section["heading"], *section["paragraphs"])):
                texts[speech["id"], section["number"], number] = text
    hits = [hit for phrase in ("治理", "基层治里", "fengqiao") for hit in records("search", phrase)]
    for hit in hits:
        text = texts[hit["speech"], hit["section"], hit["paragraph"]]
        assert hit.keys() >= HIT
        assert text[hit["start"] : hit["end"]] == hit["match"]
        assert text[: hit["start"]].endswith(hit["left"])
        assert text[hit["end"] :].startswith(hit["right"])
        assert (hit["cost"] == 0) is (hit["how"] in ("exact", "pinyin"))
    assert {hit["how"] for hit in hits} >= {"exact", "homophone", "pinyin"}
    places = {(hit["section"] > 0, hit["paragraph"] > 0) for hit in hits}
    assert places == {(False, False), (False, True), (True, False), (True, True)}


def test_compare_two_towns(records: Callable[..., Any]) -> None:
    """A difference where the speeches carry it, both sides as written; none among three towns."""
    made = records("compare", "酒泉路", "先锋路")
    assert all(row.keys() >= ROW and len(row["cells"]) == 2 for row in made["rows"])
    assert all(
        figure.keys() >= FIGURE for row in made["rows"] for cell in row["cells"] for figure in cell
    )
    grids = next(row for row in made["rows"] if row["indicator"] == "网格数")
    assert [[figure["as_written"] for figure in cell] for cell in grids["cells"]] == [
        ["54个"],
        ["39个+7个"],
    ]
    assert (grids["difference"], grids["ratio"]) == (8, 1.1739)
    three = records("compare", "3", "5", "7", "--shared")["rows"]
    assert {(len(row["cells"]), row["difference"]) for row in three} == {(3, None)}


SPOILT = packaged().read_text("utf-8").partition("topic: 安全生产")[0].count("\n") + 1
EMPLOYED = line_of("cite: 解决群众就业1346人")
CONTRADICTED = line_of("由去年的3584家增加到4480家，")
VISITED = line_of("cite: 今年先后入户走访800人次")
NOTES = f"""\
{{path}}:{EMPLOYED}: 酒泉路街道: note: indicator '带动就业数' has units that cannot be compared: \
户 ({{path.name}}:{line_of("cite: 带动群众就近就地就业300户")})、人 ({{path.name}}:{EMPLOYED})
{{path}}:{CONTRADICTED}: 银滩路街道: note: '由去年的3584家增加到4480家' comes to 25.0%, \
but the text says '增长8%'
{{path}}:{VISITED}: 先锋路街道: note: indicator '入户走访居民数' has units that cannot be compared: \
户 ({{path.name}}:{line_of("cite: 逐门逐户走访居民8180户")})、人次 ({{path.name}}:{VISITED})
"""


RECOMPUTED = "growth and shares recomputed: 1 of 2 agree with the text"


def test_check_says_that_a_corpus_is_sound(run: Runs, tmp_path: Path) -> None:
    """The packaged corpus, the one named for all commands, or the one named here."""
    other = tmp_path / "other.yaml"
    other.write_text(packaged().read_text("utf-8"), "utf-8")

    def expected(path: Path) -> Run:
        foot = f"sound, with 8 speeches and 221 figures; 3 notes; {RECOMPUTED}"
        return Run(0, NOTES.format(path=path) + f"{path}: {foot}\n", "")

    assert run("check") == expected(packaged())
    assert run("check", other) == run("--corpus", other, "check") == expected(other)


def test_check_lists_everything_that_is_wrong(run: Runs, tmp_path: Path) -> None:
    """All problems, then all notes, one a line; the count on standard error, and exit code 2."""
    text = packaged().read_text("utf-8")
    other = tmp_path / "other.yaml"
    text = text.replace("设置“红黄绿”网格54个", "设置“红黄绿”网格55个", 1)
    other.write_text(text.replace("topic: 安全生产", "topics: 安全生产", 1), "utf-8")
    done = run("check", other)
    grid = "设置“红黄绿”网格54个"
    problems = f"""\
{other}:{line_of(grid + "，")}: 酒泉路街道: no figure and no numeral entry cites '55' in \
'红黄绿”网格55个，由社区书'; add it to 'figures', or to 'numerals' with the reason
{other}:{line_of("cite: 在辖区" + grid)}: 酒泉路街道: \
the citation '在辖区设置“红黄绿”网格54个' does not stand in section 1
{other}:{SPOILT - 3}: 酒泉路街道: the key 'topic' is missing
{other}:{SPOILT}: 酒泉路街道: unknown key 'topics'; known here: cite, section, \
indicator, topic, occurrence, measure, status, period, scope, note, setting, sure, repeats
"""
    summary = f"speeches: {other}: 4 problems; 3 notes; {RECOMPUTED}\n"
    assert done == Run(2, problems + NOTES.format(path=other), summary)
    assert run("check", other, "--format", "md").code == 2
    listed = json.loads(run("check", other, "--json").out)
    assert [each["key"] for each in listed["problems"]] == ["paragraphs", "cite", "topic", "topics"]


def test_a_mistake_says_how_to_see_all(run: Runs, tmp_path: Path) -> None:
    """A query names the first mistake and the command that names every one, for a folder too."""
    other = tmp_path / "other.yaml"
    other.write_text(packaged().read_text("utf-8").replace("topic: ", "topics: "), "utf-8")
    for path in (other, tmp_path):
        done = run("--corpus", path, "list")
        assert (done.code, done.out, len(done.err.splitlines())) == (2, "", 1)
        assert done.err.startswith(f"speeches: {other}:")
        assert done.err.endswith(f" (all of them: speeches check {path})\n")
    assert "all of them" not in run("check", other).err + run("--corpus", tmp_path / "none", "list").err


def test_check_says_everything_in_json(run: Runs) -> None:
    """What holds the corpus, what is wrong with it, and every result that was worked out again."""
    document = json.loads(run("check", "--json").out)
    file = str(packaged())
    place = {"file": file, "line": CONTRADICTED, "entry": "银滩路街道", "key": "paragraphs"}
    assert document.pop("notes")[1] == place | {
        "severity": "note",
        "message": "'由去年的3584家增加到4480家' comes to 25.0%, but the text says '增长8%'",
    }
    assert document == {
        "path": file,
        "sound": True,
        "speeches": 8,
        "figures": 221,
        "problems": [],
        "recomputed": [
            place
            | {"kind": "growth", "basis": "由去年的3584家增加到4480家", "stated": "增长8%"}
            | {"result": 25, "unit": "%", "agrees": False},
            place
            | {"kind": "share", "basis": "9.5亿元，占年计划12亿元", "stated": "的79.31%"}
            | {"result": 79.17, "unit": "%", "agrees": True},
        ],
    }


def test_check_needs_something_to_check(run: Runs, tmp_path: Path) -> None:
    """Where there is no corpus at all, that is the user's mistake and no finding."""
    missing = tmp_path / "none.yaml"
    said = f"speeches: {missing}: cannot be read: No such file or directory\n"
    assert run("check", missing) == Run(2, "", said)


@pytest.mark.parametrize("arguments", COMMANDS.values(), ids=COMMANDS)
def test_every_format_says_the_same(arguments: list[str], run: Runs, tmp_path: Path) -> None:
    """Every format, on standard output and in a file; a document has the words of the table."""
    texts = [each for each in get_args(Format) if each not in BINARY]
    done = {name: run(*arguments, "--format", name) for name in texts}
    assert {each.code for each in done.values()} == {0}
    assert run(*arguments) == done["table"]
    assert run(*arguments, "--json") == done["json"]
    document = json.loads(done["json"].out)
    lines = [json.loads(line) for line in done["jsonl"].out.splitlines()]
    if arguments[0] in ("list", "search", "figures"):
        assert lines == document
    rows = list(csv.DictReader(io.StringIO(done["csv"].out)))
    assert rows
    assert all(len(row) == len(rows[0]) and None not in row for row in rows)
    key = "title" if "gbt7714" in arguments else "town"  # a paper names the speech, not the town
    words = [cell for row in rows for name, cell in row.items() if name == key]
    for name in ("md", "html"):
        inked = re.sub("<[^>]*>|\\s", "", done[name].out)
        assert all(word in inked for word in words)
    for name, each in done.items():
        file = tmp_path / name
        assert run(*arguments, "-f", name, "-o", file) == Run(0, "", each.err)
        written, printed = (
            re.sub("made on [^<]*", "", text)  # with the command that differs
            for text in (file.read_bytes().decode("utf-8-sig"), each.out)
        )
        assert written == printed
    for name in BINARY:
        file = tmp_path / f"answer.{name}"
        assert run(*arguments, "-o", file) == Run(0, "", done["table"].err)
        book = zipfile.ZipFile(file)
        inside = "".join(book.read(each).decode() for each in book.namelist() if each.endswith(".xml"))
        assert all(word in inside for word in words)


def test_a_phrase_given_twice_is_looked_for_once(run: Runs) -> None:
    """Also where it is written in two ways."""
    assert run("search", "网格", "網格", "网 格", "--count") == run("search", "网格", "--count")


# How mistakes are answered


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("search", "网格", "--count", "--cite"), "--count and --cite"),
        (("search", "网格", "--count", "-C", "5"), "--count and --context"),
        (("search", "网格", "--count", "--sort", "left"), "--count and --sort left"),
        (("list", "--json", "--format", "csv"), "--json and --format"),
    ],
)
def test_options_that_say_different_things(arguments: tuple[str, ...], said: str, run: Runs) -> None:
    """Neither is passed over in silence."""
    assert run(*arguments) == Run(2, "", f"speeches: {said} do not go together\n")


@pytest.mark.parametrize(
    ("arguments", "option"),
    [
        (("--corpus", "", "list"), "--corpus / SPEECHES_CORPUS"),
        (("list", "-o", ""), "--output / -o"),
        (("check", ""), "PATH"),
        (("draft", ""), "FILE"),
    ],
)
def test_an_unset_variable_is_no_path(arguments: tuple[str, ...], option: str, run: Runs) -> None:
    """An empty word names no file, least of all the folder one stands in."""
    done = run(*arguments)
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith(f"speeches: Invalid value for {option}: no path is named (see ")


@pytest.mark.parametrize(("option", "least"), [("--limit", 1), ("--context / -C", 0)])
def test_numbers_are_read_strictly(option: str, least: int, run: Runs) -> None:
    """What is no plain number is refused in one line."""
    said = f"Invalid value for {option}: '1_000' is not a whole number from {least}"
    done = run("search", "党", option.split(maxsplit=1)[0], "1_000")
    assert done == Run(2, "", f"speeches: {said} (see speeches search --help)\n")


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (("search", "党", "--limit", "0"), 2, "'0' is not a whole number from 1"),
        (("show", "3", "--section", "-1"), 2, "'-1' is not a whole number from 0"),
        (("search", ""), 2, "nothing to look for in ''"),
        (("search", "。，——"), 2, "nothing to look for in '。，——'"),
        (("search", "党", "“”"), 2, "nothing to look for in '“”'"),
        (("search", "字" * 10_000), 2, "a phrase of 10000 characters is too long; at most 200"),
        (("search", "[red]"), 1, "nothing found for '[red]'"),
        (("search", "[/red]"), 1, "nothing found for '[/red]'"),
        (("search", ":smile:"), 1, "nothing found for ':smile:'"),
        (("search", "\x1b[31m"), 1, "nothing found for '\ufffd[31m'"),
        (("search", "--", "--火星"), 1, "nothing found for '--火星'"),
        (("search", "\ud800"), 2, "nothing to look for in '\ufffd'"),
        (("show", "火星"), 2, "no town or speaker called '火星'. There are: 福利路街道 (1)、"),
        (("show", "酒圈大路"), 2, "no town or speaker called '酒圈大路'. Did you mean 酒泉路街道 (3)?"),
        (("show", "永登"), 2, "'永登' is a district: 树屏镇 (4)、大同镇 (8)"),
        (("show", "9"), 2, "no town or speaker called '9'. There are: 福利路街道 (1)、"),
        (("show", "[red]"), 2, "no town or speaker called '[red]'. There are: "),
        (("show", "\x1b]0;x\x07"), 2, "no town or speaker called '\ufffd]0;x\ufffd'. There are: "),
        (("show", "酒泉\n路\u202e"), 0, ""),
        (("list", "-d", "火星"), 2, "no district called '火星'. There are: 城关区、"),
        (("list", "-d", "皋兰"), 1, "no speech from 皋兰县 in this corpus; there are: 西固区、"),
        (("figures", "网络数量"), 2, "no indicator called '网络数量'. Did you mean "),
        (("figures", ""), 2, "no indicator called ''; what there is: speeches indicators"),
    ],
)
def test_a_mistake_is_one_clear_line(
    arguments: tuple[str, ...], code: int, message: str, run: Runs
) -> None:
    """Wrong usage and unknown names end with 2, an honest nothing with 1; nothing else is printed."""
    done = run(*arguments)
    assert done.code == code
    assert message in done.err
    assert done.err.count("\n") == (code > 0)
    assert done.err.startswith("speeches: " * (code > 0))
    assert (done.out == "") is (code > 0)


@pytest.mark.parametrize(
    ("arguments", "command", "words"),
    [
        (("lsit",), "speeches", ("No such command 'lsit'", "'list'")),
        (("nope",), "speeches", ("No such command 'nope'",)),
        (("list", "--nope"), "speeches list", ("No such option", "--nope")),
        (("list", "--jso"), "speeches list", ("No such option", "--jso", "--json")),
        (("list", "--colour"), "speeches list", ("No such option: --colour (see",)),
        (("phrases", "extra"), "speeches phrases", ("unexpected extra argument", "(extra)")),
        (("list", "--sort", "x"), "speeches list", ("--sort", "'x'", "characters, figures")),
        (
            ("list", "--kind", "cun"),
            "speeches list",
            ("--kind", "'cun' is no kind such as 镇 (zhen)"),
        ),
        (("list", "-f", "xml"), "speeches list", ("--format", "'xml'", "table, json, jsonl")),
        (("--color", "blue", "list"), "speeches", ("--color", "'blue'", "auto, always")),
        (("--corpus",), "speeches", ("no path is named",)),
        (("--color", "never"), "speeches", ("Missing command",)),
        (("show",), "speeches show", ("Missing argument REF",)),
        (("search",), "speeches search", ("Missing argument PHRASE",)),
        (("compare",), "speeches compare", ("Missing argument REF",)),
        (("show", "3", "--figures=yes"), "speeches", ("--figures", "does not take a value")),
        (("phrases", "\x1b[31m\n"), "speeches phrases", ("[31m",)),
    ],
)
def test_wrong_usage_is_one_line_that_says_where_to_look(
    arguments: tuple[str, ...], command: str, words: tuple[str, ...], run: Runs
) -> None:
    """Whatever Typer says, in whichever version, becomes one line with the command to ask."""
    done = run(*arguments)
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith("speeches: ")
    assert done.err.endswith(f" (see {command} --help)\n")
    assert done.err.count("\n") == 1
    assert "\x1b" not in done.err
    assert done.err.count("Did you mean") <= 1
    assert ". (see" not in done.err
    assert [word for word in words if word not in done.err] == []


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (None, "cannot be read: No such file or directory"),
        (b"", ""),
        (b"\xff\xfe\x00", ""),
        (b"speeches: [", ""),
        (b"a: 1\n", ""),
    ],
)
def test_a_bad_corpus_is_one_line_with_its_file(
    content: bytes | None, message: str, run: Runs, tmp_path: Path
) -> None:
    """A corpus that is missing, empty or malformed ends with 2, and the line names the file."""
    file = tmp_path / "corpus.yaml"
    if content is not None:
        file.write_bytes(content)
    done = run("--corpus", file, "list")
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith(f"speeches: {file}:")
    assert message in done.err
    assert done.err.count("\n") == 1


def test_a_corpus_path_that_no_system_takes(run: Runs) -> None:
    """A name that is too long is the user's mistake, not the program's."""
    done = run("--corpus", "x" * 5000, "list")
    assert (done.code, done.out, done.err.count("\n")) == (2, "", 1)
    assert done.err.endswith("cannot be read: File name too long\n")


@settings(max_examples=30)
@given(
    st.sampled_from(["list", "show", "search", "compare", "figures"]),
    st.lists(st.just("--") | st.text(max_size=8), max_size=4),
)
def test_no_command_line_is_a_bug(command: str, words: list[str]) -> None:
    """Whatever stands on the command line, the program answers, finds nothing, or says what's wrong."""
    assert boundary.run([command, *words]) in (0, 1, 2)


# Whose words are never obeyed


STYLE = re.compile("\x1b\\[[0-9;]*m")
HOSTILE = """\
schema: 1
compilation: "[bold]汇编[/bold]\\u202e"
meeting: 会
date: 2023-09-18
districts: {"=甲区[red]": jia}
topics: ["@题:smile:"]
speeches:
"""
HOSTILE_SPEECH = """\
  - id: {id}
    slug: {slug}
    district: "=甲区[red]"
    town: "{town}[/red]\\u202e镇"
    kind: 镇
    speaker: "-王[link=x]:smile:\\u2066"
    post: "+书记[/]\\u200b"
    title: "=1+1[red]题:smile:\\u202d"
    opening: "开[/red]头\\u2067有网格5个。"
    sections:
      - heading: "[blink]一\\u2068"
        paragraphs: ["说\\u2066网格[red]5个\\u2069。:smile: `x` | <b>"]
    figures:
      - cite: 有网格5个
        section: 0
        indicator: "@网[i]格\\u202a"
        topic: "@题:smile:"
        note: "=注[/]\\u202c"
"""


@pytest.fixture
def hostile(tmp_path: Path) -> Path:
    """Write a corpus that tries everything that a terminal, Rich or a spreadsheet would obey."""
    file = tmp_path / "hostile.yaml"
    speeches = (
        HOSTILE_SPEECH.format(id=i, slug=s, town=t) for i, s, t in ((1, "dong", "东"), (2, "xi", "西"))
    )
    file.write_text(HOSTILE + "".join(speeches), encoding="utf-8")
    return file


@pytest.mark.parametrize("form", ["table", "always", "md", "json", "jsonl", "csv"])
def test_the_words_of_a_corpus_act_on_nothing(form: str, hostile: Path, run: Runs) -> None:
    """No escape, control or hidden character comes out, and what looks like markup stays visible."""
    way = ("--color", "always") if form == "always" else ()
    options = () if form == "always" else ("--format", form)
    for arguments in (
        ("list",),
        ("show", "1", "--figures"),
        ("search", "网格"),
        ("search", "[red]"),
        ("search", "网格", "--cite"),
        ("search", "网格", "--count"),
        ("compare", "1", "2"),
        ("compare", "1", "2", "--quote"),
        ("figures",),
        ("figures", "网"),
    ):
        done = run("--no-cache", "--corpus", hostile, *way, *arguments, *options)
        assert done.code == 0, (arguments, done)
        shown = STYLE.sub("", done.out)
        assert (shown != done.out) is (form == "always")
        assert not {each for each in shown if not (each.isprintable() or each in "\r\n　")}, arguments
        if form in ("table", "always", "json") and arguments[0] in ("list", "show"):
            assert "[red]" in shown
            assert ":smile:" in shown


def test_escapes_in_a_corpus_are_refused(hostile: Path, run: Runs) -> None:
    """A corpus with control characters is a bad corpus, and the error does not repeat them."""
    text = hostile.read_text(encoding="utf-8")
    for escape in ("\\e[31m", "\x1b[31m", "\\a", "\x9b31m"):
        hostile.write_text(text.replace("\\u202d", escape), encoding="utf-8")
        done = run("--no-cache", "--corpus", hostile, "list")
        assert (done.code, done.out, done.err.count("\n")) == (2, "", 1)
        assert "is not allowed" in done.err
        assert done.err.strip().isprintable()


@pytest.mark.parametrize("typed", [b"\xff\xfe", b"\xe9\x85", "枫桥".encode("gbk"), b"\xed\xa0\x80"])
@pytest.mark.parametrize("command", ["search", "show", "list"])
def test_bytes_that_are_no_text(typed: bytes, command: str, run: Runs) -> None:
    """A command line in another encoding is a mistake, or finds nothing, and never a traceback."""
    done = run(command, os.fsdecode(typed))
    assert done.code in (1, 2)
    assert (done.out, done.err.count("\n")) == ("", 1)
    assert "Traceback" not in done.err


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_speaks_both_languages(
    name: str, run: Runs, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In Chinese nothing is English but what a speech says in Latin letters; the data are the same."""
    foreign = re.compile("[A-Za-z]{2,}")
    english = run(*COMMANDS[name]), run(*COMMANDS[name], "--json")
    monkeypatch.setenv("SPEECHES_LANG", "zh")
    chinese = run(*COMMANDS[name]), run(*COMMANDS[name], "--json")
    spoken = {
        "speeches",
        "search",
        "near",
        "shared",
        *foreign.findall(packaged().read_text("utf-8") + str(packaged())),
    }
    assert set(foreign.findall(chinese[0].out + chinese[0].err)) <= spoken
    if name not in ("show", "search", "cite"):  # which here say nothing of their own
        assert chinese[0].out != english[0].out
    assert chinese[0].code == english[0].code == 0
    assert _without_notes(chinese[1].out) == _without_notes(english[1].out)


def _without_notes(document: str) -> Any:
    """Give a JSON document without what is said about its figures in words."""
    return json.loads(
        document, object_hook=lambda each: {k: v for k, v in each.items() if k != "notes"}
    )


# Settings before the command


def test_version(run: Runs) -> None:
    """One line, whatever else was asked."""
    assert run("--version") == Run(0, f"speeches {__version__}\n", "")
    assert run("--version", "list") == Run(0, f"speeches {__version__}\n", "")


def test_nothing_asked_is_answered_with_help(run: Runs) -> None:
    """The program alone shows what it can do, but it has not answered a question."""
    done = run()
    assert (done.code, done.err) == (2, "")
    assert done.out.strip() == run("--help").out.strip()


def test_the_corpus_may_come_from_the_environment(
    hostile: Path, run: Runs, monkeypatch: pytest.MonkeyPatch
) -> None:
    """SPEECHES_CORPUS names a corpus, `--corpus` wins over it, and a folder holds several."""
    monkeypatch.setenv("SPEECHES_CORPUS", str(hostile))
    assert len(json.loads(run("list", "--json").out)) == 2
    monkeypatch.setenv("SPEECHES_CORPUS", "/nowhere.yaml")
    assert run("list").code == 2
    assert len(json.loads(run("--corpus", hostile.parent, "list", "--json").out)) == 2
    monkeypatch.setenv("SPEECHES_CORPUS", "")
    assert len(json.loads(run("list", "--json").out)) == 8


def test_where_the_cache_lies(run: Runs, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """SPEECHES_CACHE, then an absolute XDG_CACHE_HOME, then the home directory; or nowhere."""
    monkeypatch.chdir(tmp_path)
    home, xdg, own = (tmp_path / name for name in ("home", "xdg", "own"))
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("XDG_CACHE_HOME", str(xdg))
    monkeypatch.setenv("SPEECHES_CACHE", str(own))

    def cached() -> list[str]:
        answered = run("list").code
        found = {str(file.parent.relative_to(tmp_path)) for file in tmp_path.rglob("*.sqlite3")}
        for file in tmp_path.rglob("*.sqlite3"):
            file.unlink()
        assert answered == 0
        return sorted(found)

    assert run("--no-cache", "list").code == 0
    assert list(tmp_path.iterdir()) == []
    assert cached() == ["own"]
    monkeypatch.delenv("SPEECHES_CACHE")
    assert cached() == ["xdg/speeches"]
    monkeypatch.setenv("XDG_CACHE_HOME", "relative")
    assert cached() == ["home/.cache/speeches"]
    monkeypatch.delenv("XDG_CACHE_HOME")
    assert cached() == ["home/.cache/speeches"]
    monkeypatch.setenv("HOME", "~")
    assert cached() == []


# Hard terminals


def _on_terminal(columns: int, *arguments: str, **variables: str) -> tuple[int, str]:
    """Run the program on a pseudo-terminal of so many columns: its exit code and what is seen."""
    master, slave = pty.openpty()
    termios.tcsetwinsize(slave, (24, columns))  # type: ignore[attr-defined,unused-ignore]
    command = [sys.executable, "-m", "speeches_cli", *arguments]
    environment = {**os.environ, "TERM": "xterm", **variables}
    process = subprocess.Popen(command, stdin=slave, stdout=slave, stderr=slave, env=environment)
    os.close(slave)
    seen = b""
    try:
        while part := os.read(master, 65536):
            seen += part
    except OSError:
        pass  # how Linux says that the other end is closed
    os.close(master)
    return process.wait(60), seen.decode("utf-8").replace("\r\n", "\n")


def test_list_on_a_terminal() -> None:
    """At 80 columns every line fits, every title is whole, and there is colour."""
    code, seen = _on_terminal(80, "list")
    assert code == 0
    assert "\x1b[1m西固区\x1b[0m" in seen
    plain = seen.replace("\x1b[1m", "").replace("\x1b[2m", "").replace("\x1b[0m", "")
    assert "\x1b" not in plain
    assert max(cells(line) for line in plain.splitlines()) <= 80
    assert "在强省会行动中着力打造中心乡镇大同样板" in plain


def test_show_goes_through_the_pager(tmp_path: Path) -> None:
    """On a terminal, when it is longer than the screen, and when nobody says otherwise."""
    kept = tmp_path / "kept"
    pager = f"cat >{shlex.quote(str(kept))}"
    for arguments, variables in (
        (("show", "3.0"), {}),  # it fits
        (("show", "3", "--no-pager"), {}),
        (("show", "3"), {"TERM": "dumb"}),
        (("list",), {}),
    ):
        assert _on_terminal(80, *arguments, PAGER=pager, **variables)[0] == 0
        assert not kept.exists()
    code, seen = _on_terminal(80, "show", "3", PAGER=pager)
    assert (code, seen) == (0, "")
    assert kept.read_text("utf-8").splitlines()[0] == (
        "\x1b[1;4m“一网两访三为”探索基层治理新路径\x1b[0m"
    )
    for variables in ({"PAGER": "cat"}, {"PAGER": ""}, {"PATH": ""}):  # where no less is found
        assert _on_terminal(80, "show", "3", **variables) == (0, kept.read_text("utf-8"))
    (tmp_path / "less").write_text("#!/bin/sh\necho by less\n", encoding="utf-8")
    (tmp_path / "less").chmod(0o755)
    assert _on_terminal(80, "show", "3", PATH=f"{tmp_path}:/bin") == (0, "by less\n")


@pytest.mark.parametrize(
    ("form", "variables"),
    [
        pytest.param("json", {"LC_ALL": "C"}, marks=needs_python_to_start_in_c),
        ("csv", {"PYTHONIOENCODING": "gbk"}),
    ],
)
def test_data_is_utf_8_in_every_locale(
    form: str, variables: dict[str, str], run: Runs, program: Program
) -> None:
    """What other programs read is the same bytes everywhere."""
    done = program("list", "--format", form, **variables)
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.decode("utf-8") == run("list", "--format", form).out


@pytest.mark.parametrize("arguments", COMMANDS.values(), ids=COMMANDS)
def test_gbk_has_every_character(arguments: list[str], run: Runs) -> None:
    """The signs and bars of the program's own are all in GBK, as the eight speeches are."""
    for out in (run(*arguments).out, run("--color", "always", *arguments).out):
        assert out.encode("gbk").decode("gbk") == out


@pytest.mark.parametrize(("arguments", "code"), [("--help", 0), ("list", 0), ("show 火星", 2)])
def test_nothing_fails_on_an_ascii_terminal(
    arguments: str, code: int, run: Runs, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Answers, help and errors with names that are not in ASCII come out all the same, in English."""
    monkeypatch.setenv("PYTHONIOENCODING", "ascii")
    monkeypatch.setenv("SPEECHES_LANG", "zh")
    done = run(*arguments.split(), encoding="ascii")
    assert (done.code, "Traceback" in done.err, "?" in done.out + done.err) == (code, False, True)


# How it ends


def test_a_bug_looks_like_a_bug() -> None:
    """What no user can mend ends with 70 and its traceback, never with 1 or 2."""
    corrupt: Any = 3  # no shell can pass a number
    with redirect_stderr(io.StringIO()) as err:
        assert boundary.run(["show", corrupt]) == 70
    assert err.getvalue().startswith("Traceback (most recent call last):\n")


def test_ctrl_c() -> None:
    """An interrupted program ends with 130 and says nothing."""
    reading, writing = os.pipe()
    command = [sys.executable, "-m", "speeches_cli", "--corpus", "/dev/stdin", "list"]
    before = signal.signal(signal.SIGINT, signal.default_int_handler)  # or it may inherit deafness
    process = subprocess.Popen(command, stdin=reading, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    signal.signal(signal.SIGINT, before)
    os.close(reading)
    os.write(writing, b"#" * 1_000_000)  # more than a pipe holds: when it is written, the program reads
    while process.poll() is None:  # Python may miss one just before it waits for the next byte
        process.send_signal(signal.SIGINT)
        with suppress(subprocess.TimeoutExpired):
            process.wait(timeout=1)
    os.close(writing)
    assert (process.returncode, *process.communicate()) == (130, b"", b"")


@pytest.mark.parametrize("arguments", [("list",), ("figures", "--json"), ("--help",)])
def test_a_reader_that_left(arguments: tuple[str, ...], program: Program) -> None:
    """A closed pipe ends the program as it ends grep, without a word."""
    reading, writing = os.pipe()
    os.close(reading)
    try:
        done = program(*arguments, stdout=writing)
    finally:
        os.close(writing)
    assert (done.returncode, done.stderr) == (-signal.SIGPIPE, b"")


def test_head_leaves_early() -> None:
    """In a shell that is exit code 141, and `head` has its line."""
    script = f'{{ "{sys.executable}" -m speeches_cli figures --json; echo $? >&2; }} | head -n 1'
    done = subprocess.run(["/bin/sh", "-c", script], capture_output=True, check=False, timeout=60)
    assert (done.stdout, done.stderr) == (b"[\n", b"141\n")


@pytest.mark.parametrize("arguments", [("list", "--json"), ("--help",)])
def test_a_full_disk(arguments: tuple[str, ...], monkeypatch: pytest.MonkeyPatch) -> None:
    """An answer that cannot be written is an error, said once: Python does not try again at the end."""
    with suppress(OSError), Path("/dev/full").open("w") as full, redirect_stderr(io.StringIO()) as err:
        monkeypatch.setattr(sys, "stdout", full)
        code = boundary.run([*arguments])
    said = "speeches: cannot write the answer: No space left on device\n"
    assert (code, err.getvalue(), sys.stdout) == (2, said, None)


def test_nobody_hears_of_it(program: Program) -> None:
    """A standard error that is full changes no exit code."""
    with Path("/dev/full").open("wb") as full:
        assert program("search", "火星", stderr=full).returncode == 1


@pytest.mark.parametrize(
    ("closed", "code", "said"),
    [(">&-", 2, b"speeches: standard output is closed\n"), ("2>&-", 0, b"")],
)
def test_closed_streams(closed: str, code: int, said: bytes) -> None:
    """A standard output that is closed is an error, a closed standard error is nobody's concern."""
    script = f'"{sys.executable}" -m speeches_cli list --json {closed}'
    done = subprocess.run(["/bin/sh", "-c", script], capture_output=True, check=False, timeout=60)
    assert (done.returncode, done.stderr) == (code, said)


# What a command does not need, it does not load


LOADED = """
import sys
import importlib.metadata, typer
known = set(sys.modules)
print(0, *known, file=sys.stderr)
from speeches_cli import boundary
for line in sys.argv[1].splitlines():
    code = boundary.run(line.split())
    print(code, *(sys.modules.keys() - known), file=sys.stderr)
    known = set(sys.modules)
"""
SEARCH, FIGURES = "speeches_cli.search", "speeches_cli.figures"
HEAVY = {"pydantic", "rich", "yaml", "rapidfuzz", "pypinyin", "opencc", SEARCH, FIGURES}


@pytest.mark.parametrize(
    "steps",
    [
        {
            "list": set(),
            "list --district 永登": set(),
            "list --format csv --sort town --kind 镇": set(),
            "show 3 --section 2 --no-pager": set(),
            "show jql": set(),
            "compare 3 7": {FIGURES},
            "figures 网格数": set(),
            "show 酒全路": {"rapidfuzz"},
            "--color always list": {"rich"},
        },
        {
            "search 枫桥经验": {SEARCH},
            "search 枫桥经验 --town 3 --limit 2": set(),
            "search 枫桥经验 --count": set(),
        },
    ],
)
def test_no_command_loads_what_it_does_not_use(steps: dict[str, set[str]], run: Runs) -> None:
    """With a warm cache and a pipe, each costly library waits for the command that needs it."""
    assert run("list").code == 0  # warms the cache
    environment = {name: value for name, value in os.environ.items() if not name.startswith("COV")}
    command = [sys.executable, "-c", LOADED, "\n".join(steps)]
    done = subprocess.run(command, capture_output=True, env=environment, check=False, timeout=60)
    stderr = done.stderr.decode().replace(NEAR_NOTE, "")
    typers, *said = [line.split() for line in stderr.splitlines()]
    assert [line[0] for line in said] == ["0"] * len(steps)
    expected = [loaded - set(typers) for loaded in steps.values()]
    assert [HEAVY & set(line) for line in said] == expected


def test_nothing_is_known_of_what_is_not_there(run: Runs, tmp_path: Path) -> None:
    """A kind that a district has none of, measures of a corpus without any, and no corpus at all."""
    assert run("list", "永登", "--kind", "街道") == Run(
        1, "", "speeches: no speech answers this description\n"
    )
    bare = tmp_path / "bare.yaml"
    bare.write_text(re.sub(r"    figures:\n(?:      .*\n)+", "    figures: []\n", SMALL), "utf-8")
    assert run("--corpus", bare, "indicators").code == 1
    (tmp_path / "empty").mkdir()
    missing = run("--corpus", tmp_path / "empty", "list", "--output", tmp_path / "list.txt")
    assert (missing.code, missing.out) == (2, "")
    assert not (tmp_path / "list.txt").exists()
