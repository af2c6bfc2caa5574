"""`store`, `compiling` and `loaded`: a cache never shows, whatever it came to."""

from __future__ import annotations

import io
import os
import pty
import random
import re
import resource
import select
import shutil
import signal
import sqlite3
import subprocess
import sys
import termios
import time
from collections.abc import Callable
from contextlib import closing
from decimal import Decimal
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pytest

from speeches_cli import boundary, folding, progress
from speeches_cli.corpus import (
    Corpus,
    compiling,
    databases,
    loaded,
    open_corpus,
    packaged,
    schema,
    sources,
)
from speeches_cli.errors import SpeechesError
from speeches_cli.model import Compilation, Figure, Span, Speech
from tests.material import (
    BROKEN,
    LATER,
    NO_KIND,
    OTHER,
    ROOT,
    SMALL,
    barred,
    everything,
    fingerprint,
    fresh,
    refusal,
    unmeasured,
    write,
)

IMPORT = re.compile(r"^ *from speeches_cli(?:(\.[\w.]+)?) import (.+)$", re.MULTILINE)


@pytest.fixture
def settled(monkeypatch: pytest.MonkeyPatch) -> None:
    """Trust a file's times at once, as two seconds later; a test can't wait."""
    monkeypatch.setattr(sources, "_SETTLED", 0)


def made(path: Path, cache: Path) -> tuple[int, int]:
    """Give what changes whenever a database is made anew."""
    status = databases.place(path, cache).stat()
    return status.st_ino, status.st_ctime_ns


def entries(path: Path, cache: Path) -> list[tuple[bytes, int]]:
    """Give each kept speech's file and number in the tables, which changes when it is compiled."""
    with closing(sqlite3.connect(databases.place(path, cache))) as kept:
        query = "SELECT name, entry FROM speech JOIN file ON file = file.id ORDER BY key"
        return list(kept.execute(query))


def states(path: Path, cache: Path) -> list[str]:
    """Give the state in which each file was when it was compiled."""
    with closing(sqlite3.connect(databases.place(path, cache))) as kept:
        return [state for (state,) in kept.execute("SELECT state FROM file ORDER BY name")]


def say_all(path: Path, cache: Path) -> list[str]:
    """Give a command line that prints a digest of all that a corpus says."""
    code = (
        "import sys; from pathlib import Path; from speeches_cli.corpus import open_corpus\n"
        "from tests.material import fingerprint\n"
        "said = fingerprint(open_corpus(Path(sys.argv[1]), cache=Path(sys.argv[2])))\n"
        "print(said, 'yaml' in sys.modules)"
    )
    return [sys.executable, "-c", code, str(path), str(cache)]


def run(arguments: list[str], **options: Any) -> str:
    """Run a program to its end and give what it printed."""
    done = subprocess.run(arguments, capture_output=True, text=True, cwd=ROOT, check=False, **options)
    assert (done.returncode, done.stderr) == (0, "")
    return str(done.stdout)


# What is written is read back


@pytest.mark.parametrize("text", [SMALL, packaged().read_text("utf-8")], ids=["small", "eight"])
def test_what_is_written_is_read_back(text: str, tmp_path: Path) -> None:
    """Speeches, passages, figures, districts and topics come back as they were checked, in order."""
    checked = schema.check(text.encode(), file="")
    corpus = open_corpus(write(tmp_path / "a.yaml", text), cache=None)
    passages = [passage for each in checked.entries for passage in each.passages]
    assert corpus.speeches == tuple(each.speech for each in checked.entries)
    assert list(corpus.passages()) == list(corpus.passages(corpus.speeches)) == passages
    assert corpus.figures(corpus.speeches) == tuple(
        figure for each in checked.entries for figure in each.figures
    )
    assert tuple(corpus.districts.items()) == checked.districts
    assert corpus.topics == checked.topics
    assert list(corpus.folded()) == [
        (each.speech.key, "\n".join(passage.folded for passage in each.passages).encode())
        for each in checked.entries
    ]
    assert list(corpus.passages_at({1: [1], 0: [2, 0]})) == [
        *(checked.entries[0].passages[0], checked.entries[0].passages[2]),
        checked.entries[1].passages[1],
    ]


def test_every_field_comes_back_as_it_was() -> None:
    """Whatever the type of a field of the model, reading gives back what was written."""
    speech = Speech(
        0, 1, "a", "b", "c", "d", "e", "f", "g", 2, 3, Compilation("", "", ""), True, ("x", "y")
    )
    figure = Figure(
        *(0, 1, "a", "b", "c", Decimal("-1.50"), "d", "=", "level", "plan", None, "e", None, "f"),
        spans=(Span(1, 2, 3), Span(4, 5, 6)),
        sure=False,
    )
    for record in (speech, figure, speech._replace(unsure=())):
        written = [compiling._value(each) for each in record]
        back = loaded._record(type(record), written)  # type: ignore[type-var]
        assert [each for each in zip(back, record, strict=True) if each[0] != each[1]] in (
            [],
            [("\n\n", speech.compilation)],  # which stands in another table
        )


def test_readings_cover_all_that_is_asked_in_pinyin(corpus: Corpus) -> None:
    """Every Hanzi of the passages and of the names of towns, people and indicators has its readings."""
    said = {*"".join(each.folded for each in corpus.passages())}
    said |= {*"".join(each.town + each.speaker for each in corpus.speeches)}
    said |= {*"".join((*corpus.districts, *corpus.topics, *corpus.indicators))}
    assert corpus.readings == {each: known for each in said if (known := folding.readings(each))}
    assert corpus.readings["区"] == {"qu", "ou"}


def test_only_what_is_asked_for_is_given(corpus: Corpus) -> None:
    """Passages and figures are those of the speeches named, in the order of the corpus."""
    two = (corpus.speeches[6], corpus.speeches[2])
    assert [each.speech for each in corpus.passages(two)] == [2] * 8 + [6] * 8
    assert [key for key, _text in corpus.folded(two)] == [2, 6]
    assert {each.speech for each in corpus.figures(iter(two))} == {2, 6}
    assert (list(corpus.passages(())), list(corpus.folded(())), corpus.figures(())) == ([], [], ())


# What is kept


@pytest.mark.parametrize("times", ["settled", "unsettled"])
def test_a_kept_corpus_says_the_same(
    times: str, tmp_path: Path, cache: Path, request: pytest.FixtureRequest
) -> None:
    """Compiled in memory, on disk, and found on disk, a corpus says the same to the last hit."""
    if times == "settled":
        request.getfixturevalue("settled")
    folder = tmp_path / "corpus"
    write(folder / "a.yaml", packaged().read_text("utf-8"))
    write(folder / "b.yaml", LATER)
    expected = fresh(folder)
    assert everything(open_corpus(folder, cache=cache)) == expected
    kept = made(folder, cache)
    assert everything(open_corpus(folder, cache=cache)) == expected
    assert made(folder, cache) == kept
    assert list(cache.iterdir()) == [databases.place(folder, cache)]


def test_every_answer_is_the_same_with_and_without_a_cache(
    run: Callable[..., Any], cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Hit by hit and figure by figure, commands answer alike without, with a new, with an old cache."""
    monkeypatch.setenv("SPEECHES_CACHE", str(cache))
    for command in (
        ("search", "枫桥精验"),
        ("compare", "3", "7"),
        ("show", "jql"),
        ("list",),
        ("figures",),
    ):
        answers = [run(*option, *command, "--json") for option in (["--no-cache"], [], [])]
        assert answers[0].code == 0
        assert answers[0] == answers[1] == answers[2]


def test_what_is_kept_is_not_parsed_again(tmp_path: Path, cache: Path) -> None:
    """The second run does without YAML."""
    file = write(tmp_path / "a.yaml")
    (one, parsed), (two, parsed_again) = (run(say_all(file, cache)).split() for _run in range(2))
    assert (one, parsed, parsed_again) == (two, "True", "False")


@pytest.mark.parametrize("times", ["settled", "unsettled"])
@pytest.mark.parametrize("hidden", [False, True], ids=["plain", "same time"])
def test_a_changed_file_is_noticed(
    times: str, hidden: bool, tmp_path: Path, cache: Path, request: pytest.FixtureRequest
) -> None:
    """A change counts at once, though the file keeps its size, and even its time of change."""
    if times == "settled":
        request.getfixturevalue("settled")
    file = write(tmp_path / "a.yaml")
    before = file.stat()
    assert everything(open_corpus(file, cache=cache)) == fresh(file)
    time.sleep(0.02)  # the clock of a file system ticks every few milliseconds
    for text in (OTHER, SMALL, OTHER):
        write(file, text)
        if hidden:
            os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))
        assert file.stat().st_size == before.st_size
        assert everything(open_corpus(file, cache=cache)) == fresh(file)
        time.sleep(0.02)
    assert open_corpus(file, cache=cache).speeches[0].town == "同路街道"


def test_a_file_changed_just_now_is_read_again(tmp_path: Path, cache: Path) -> None:
    """Two changes within one tick of a file system's clock can't be told apart, so none is trusted."""
    file = write(tmp_path / "a.yaml")
    assert sources.state(str(file)) == ""
    open_corpus(file, cache=cache)
    assert states(file, cache) == [""]
    for changed in (0, time.time() + 3600):
        os.utime(file, (changed, changed))
        assert sources.state(str(file)) == ""


@pytest.mark.usefixtures("settled")
def test_a_touched_file_is_not_compiled_again(tmp_path: Path, cache: Path) -> None:
    """New times with the same bytes are noted, and what was compiled stays."""
    file = write(tmp_path / "a.yaml")
    open_corpus(file, cache=cache)
    before = entries(file, cache)
    os.utime(file, (0, 0))
    assert everything(open_corpus(file, cache=cache)) == fresh(file)
    assert states(file, cache) == [sources.state(str(file))]
    assert entries(file, cache) == before
    kept = made(file, cache)
    open_corpus(file, cache=cache)
    assert made(file, cache) == kept


@pytest.mark.usefixtures("settled")
def test_only_the_changed_files_are_compiled(tmp_path: Path, cache: Path) -> None:
    """A file added, changed or removed is compiled itself; the order stays that of the names."""
    folder = tmp_path / "corpus"
    for name, year in (("b", "2024"), ("c", "2025"), ("d", "2026")):
        write(folder / f"{name}.yaml", SMALL.replace("2023", year))
    open_corpus(folder, cache=cache)
    assert entries(folder, cache) == [
        (b"b.yaml", 1),
        (b"b.yaml", 2),
        (b"c.yaml", 3),
        (b"c.yaml", 4),
        (b"d.yaml", 5),
        (b"d.yaml", 6),
    ]
    for change, names in (
        (lambda: write(folder / "a.yaml"), b"aabbccdd"),
        (lambda: write(folder / "c.yaml", OTHER.replace("2023", "2025")), b"aabbccdd"),
        ((folder / "b.yaml").unlink, b"aaccdd"),
        (lambda: (folder / "d.yaml").rename(folder / "0.yaml"), b"00aacc"),
    ):
        kept = dict.fromkeys(entries(folder, cache))
        change()
        assert everything(open_corpus(folder, cache=cache)) == fresh(folder)
        now = entries(folder, cache)
        assert bytes(name[0] for name, _entry in now) == names
        assert len([each for each in now if each not in kept]) <= 2


@pytest.mark.parametrize("cached", [True, False])
def test_two_files_never_have_the_same_speech(tmp_path: Path, cache: Path, cached: bool) -> None:
    """A copy beside the original would be counted twice: it is refused until it goes."""
    folder = write(tmp_path / "corpus" / "a.yaml").parent
    copy = write(folder / "b.yaml", OTHER)
    for _again in range(2):
        assert refusal(folder, cache if cached else None) == (
            f"{copy}: 同路街道: id '1' is already used by speech 1 in a.yaml"
        )
    copy.unlink()
    assert everything(open_corpus(folder, cache=cache if cached else None)) == fresh(folder)


def test_one_corpus_has_one_place_from_wherever_it_is_named(
    tmp_path: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A relative name means the file it means, and is kept where its absolute one is."""
    for folder in ("one", "two"):
        write(tmp_path / folder / "a.yaml", SMALL if folder == "one" else OTHER)
    for folder in ("one", "two"):
        monkeypatch.chdir(tmp_path / folder)
        for path in (Path("a.yaml"), tmp_path / folder / "a.yaml"):
            assert everything(open_corpus(path, cache=cache)) == fresh(path)
    assert len(list(cache.iterdir())) == 2


def test_links_and_dots_lead_to_one_place(tmp_path: Path, cache: Path) -> None:
    """By whatever way a corpus is named, it is kept once."""
    file = write(tmp_path / "corpus" / "a.yaml")
    (tmp_path / "link").symlink_to(file.parent)
    for path in (file, tmp_path / "link" / "a.yaml", file.parent / ".." / "corpus" / "a.yaml"):
        assert everything(open_corpus(path, cache=cache)) == fresh(file)
    assert list(cache.iterdir()) == [databases.place(file, cache)]


def test_what_belongs_to_corpora_that_are_gone_is_cleared(tmp_path: Path, cache: Path) -> None:
    """The next compilation removes their databases, of older versions too, and nothing else."""
    gone, moved, here = (write(tmp_path / f"{name}.yaml") for name in ("gone", "moved", "here"))
    for each in (gone, here):
        open_corpus(each, cache=cache)
    with closing(sqlite3.connect(cache / "old.sqlite3")) as old:
        old.executescript(
            "CREATE TABLE identity (name); INSERT INTO identity VALUES ('speeches 1.0.0 1')"
        )
    with closing(sqlite3.connect(cache / "other.sqlite3")) as other:
        other.executescript("CREATE TABLE identity (name); INSERT INTO identity VALUES ('mine')")
    write(cache / "no.sqlite3", "not a database at all")
    gone.unlink()
    open_corpus(moved, cache=cache)
    assert {each.name for each in cache.iterdir()} == {
        *("other.sqlite3", "no.sqlite3"),
        *(databases.place(each, cache).name for each in (moved, here)),
    }


def test_a_mistake_is_the_same_mistake_with_a_cache(tmp_path: Path, cache: Path) -> None:
    """A corpus that goes wrong is refused, warm as cold, and is as before when mended."""
    file = write(tmp_path / "a.yaml", BROKEN)
    message = f"{file}:59: 西镇: {NO_KIND}"
    assert [refusal(file, cache), refusal(file, cache), list(cache.glob("*"))] == [message, message, []]
    assert refusal(write(file), cache) is None
    assert refusal(write(file, BROKEN), cache) == message
    assert everything(open_corpus(write(file), cache=cache)) == fresh(file)


def test_what_was_compiled_before_a_mistake_is_kept(tmp_path: Path, cache: Path) -> None:
    """A long compilation that ends at a wrong file begins there the next time."""
    folder = write(tmp_path / "corpus" / "a.yaml").parent
    wrong = write(folder / "b.yaml", BROKEN)
    write(folder / "c.yaml", LATER)
    assert refusal(folder, cache) == f"{wrong}:59: 西镇: {NO_KIND}"
    assert entries(folder, cache) == [(b"a.yaml", 1), (b"a.yaml", 2)]
    write(wrong, OTHER.replace("2023", "2025"))
    assert everything(open_corpus(folder, cache=cache)) == fresh(folder)
    assert entries(folder, cache)[:2] == [(b"a.yaml", 1), (b"a.yaml", 2)]


def test_ctrl_c_in_the_middle_of_compiling(tmp_path: Path, cache: Path) -> None:
    """Pressed on a terminal, Ctrl-C ends the run and its processes, and leaves nothing."""
    folder = tmp_path / "corpus"
    for number in range(100):
        text = packaged().read_text("utf-8").replace("2023-09-18", f"{1900 + number}-09-18")
        write(folder / f"{number:02}.yaml", text)
    command = [sys.executable, "-m", "speeches_cli", "--corpus", str(folder), "list"]
    running = subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=unmeasured(SPEECHES_CACHE=str(cache)),
        cwd=ROOT,
        start_new_session=True,
    )
    while not list(cache.glob("*")):
        assert running.poll() is None
        time.sleep(0.005)
    os.killpg(running.pid, signal.SIGINT)
    assert running.communicate(timeout=20) == (b"", b"")  # which nobody holds open any more
    assert (running.returncode, list(cache.iterdir())) == (130, [])


def test_every_file_is_a_step(tmp_path: Path, cache: Path) -> None:
    """Who watches is told after each file; the mistake that is named is the first."""
    folder = tmp_path / "corpus"
    for number in range(9):
        text = SMALL.replace("某市工作交流会", f"第{number}次交流会")
        write(folder / f"{number}.yaml", text)
    seen: list[tuple[int, int]] = []
    open_corpus(folder, cache=cache, watch=lambda *step: seen.append(step))
    assert seen == [(done, 9) for done in range(1, 10)]
    for wrong in (7, 4):
        write(folder / f"{wrong}.yaml", BROKEN)
        message = f"{folder}/{wrong}.yaml:59: 西镇: {NO_KIND}"
        assert refusal(folder, cache) == refusal(folder) == message


# Harm


def _truncate(kept: Path) -> None:
    os.truncate(kept, 5000)


def _empty(kept: Path) -> None:
    kept.write_bytes(b"")


def _garble(kept: Path) -> None:
    chance = random.Random(7)  # noqa: S311 - the same every time is what is wanted
    content = bytearray(kept.read_bytes())
    for _byte in range(40):
        content[chance.randrange(len(content))] = chance.randrange(256)
    kept.write_bytes(content)


def _change_one_text(kept: Path) -> None:
    content = kept.read_bytes()
    assert "设置网格54个".encode() in content
    kept.write_bytes(content.replace("设置网格54个".encode(), "设置网格55个".encode()))


def _replace_by_noise(kept: Path) -> None:
    kept.write_bytes(random.Random(7).randbytes(50_000))  # noqa: S311


def _make_old(kept: Path) -> None:
    alter(kept, "UPDATE identity SET name = 'speeches 0.0.1 1'")


def _make_foreign(kept: Path) -> None:
    alter(kept, "DROP TABLE identity")


def _lose_a_table(kept: Path) -> None:
    alter(kept, "DROP TABLE file")


def alter(kept: Path, statement: str) -> None:
    """Change a database, and seal it like a finished one."""
    with closing(sqlite3.connect(kept)) as connection:
        connection.execute(statement)
        connection.commit()
    databases._seal(kept)


@pytest.mark.parametrize(
    "harm",
    [
        _truncate,
        _empty,
        _garble,
        _change_one_text,
        _replace_by_noise,
        _make_old,
        _make_foreign,
        _lose_a_table,
    ],
    ids=lambda each: each.__name__.strip("_"),
)
def test_a_database_that_came_to_harm_is_made_anew(
    harm: Callable[[Path], None], tmp_path: Path, cache: Path
) -> None:
    """Cut off, garbled, old or foreign: the answer is right, and the second run is sound."""
    file = write(tmp_path / "a.yaml")
    open_corpus(file, cache=cache)
    kept = databases.place(file, cache)
    sound = entries(file, cache)
    harm(kept)
    for _run in range(2):
        assert everything(open_corpus(file, cache=cache)) == fresh(file)
    assert entries(file, cache) == sound
    assert list(cache.iterdir()) == [kept]


def test_a_cache_that_cannot_be_used_is_done_without(tmp_path: Path) -> None:
    """A file where the cache or its folder should be, or a folder where the database should."""
    file = write(tmp_path / "a.yaml")
    obstacle = write(tmp_path / "obstacle", "")
    in_its_place = tmp_path / "cache"
    databases.place(file, in_its_place).mkdir(parents=True)
    for cache in (obstacle, obstacle / "sub", in_its_place, Path("/dev/null/cache")):
        for _run in range(2):
            assert everything(open_corpus(file, cache=cache)) == fresh(file)
    assert obstacle.read_text() == ""
    assert list(in_its_place.iterdir()) == [databases.place(file, in_its_place)]


def test_a_home_that_cannot_be_written_is_no_matter(public: Path) -> None:
    """Where nothing can be kept, what is kept is used, and done without when it is out of date."""
    file = write(public / "a.yaml")
    warm, cold = public / "warm", public / "cold"
    cold.mkdir()
    open_corpus(file, cache=warm)
    for folder in (warm, cold):
        folder.chmod(0o755)
    databases.place(file, warm).chmod(0o644)
    expected = fresh(file)
    with barred(write(public / "barred")):
        assert everything(open_corpus(file, cache=warm)) == expected
        assert everything(open_corpus(file, cache=cold)) == expected
    write(file, OTHER)
    expected = fresh(file)
    with barred(public / "barred"):
        assert everything(open_corpus(file, cache=warm)) == expected
    assert everything(open_corpus(file, cache=warm)) == expected


@pytest.mark.parametrize("limit", [0, 4096, 50_000])
def test_a_full_disk_is_no_matter(limit: int, tmp_path: Path, cache: Path) -> None:
    """When there is no room for the database, the answer is right and nothing is left lying about."""
    file = write(tmp_path / "a.yaml")

    def leave_no_room() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    said = run(say_all(file, cache), preexec_fn=leave_no_room, env=unmeasured())
    assert said.split()[0] == fingerprint(open_corpus(file, cache=None))
    assert list(cache.iterdir()) == []


def test_two_first_runs_at_once(tmp_path: Path, cache: Path) -> None:
    """Runs that compile the same corpus at the same time all answer right and leave one database."""
    file = write(tmp_path / "a.yaml", packaged().read_text("utf-8"))
    expected = fingerprint(open_corpus(file, cache=None))
    runs = [
        subprocess.Popen(say_all(file, cache), stdout=subprocess.PIPE, text=True, cwd=ROOT)
        for _run in range(3)
    ]
    assert {each.communicate()[0].split()[0] for each in runs} == {expected}
    assert list(cache.iterdir()) == [databases.place(file, cache)]
    assert everything(open_corpus(file, cache=cache)) == fresh(file)


def test_a_kill_in_the_middle_of_compiling(tmp_path: Path, cache: Path) -> None:
    """Killed while it writes, a run leaves nothing that a later one would take for a database."""
    folder = tmp_path / "corpus"
    for number in range(40):
        text = packaged().read_text("utf-8").replace("2023-09-18", f"{1900 + number}-09-18")
        write(folder / f"{number:02}.yaml", text)
    running = subprocess.Popen(say_all(folder, cache), stdout=subprocess.PIPE, cwd=ROOT)
    while not list(cache.glob("*")):
        assert running.poll() is None
        time.sleep(0.005)
    running.kill()
    running.communicate()
    assert running.returncode == -signal.SIGKILL
    (part,) = cache.iterdir()
    assert part != databases.place(folder, cache)
    shutil.rmtree(folder)
    file = write(folder / "a.yaml")
    assert everything(open_corpus(folder, cache=cache)) == fresh(file)
    assert sorted(cache.iterdir()) == sorted([databases.place(folder, cache), part])
    os.utime(part, (0, time.time() - databases._ABANDONED - 60))
    assert everything(open_corpus(write(file, OTHER).parent, cache=cache)) == fresh(file)
    assert list(cache.iterdir()) == [databases.place(folder, cache)]


def test_the_cache_is_nobody_elses_business(tmp_path: Path, cache: Path) -> None:
    """Its folder and databases can be read by their owner alone."""
    file = write(tmp_path / "a.yaml")
    open_corpus(file, cache=cache)
    assert (cache.stat().st_mode & 0o777, databases.place(file, cache).stat().st_mode & 0o777) == (
        0o700,
        0o600,
    )


@pytest.mark.parametrize(
    "expose",
    [
        lambda cache, _kept: cache.chmod(0o777),
        lambda _cache, kept: kept.chmod(0o666),
        lambda cache, _kept: os.chown(cache, 12345, -1),
        lambda _cache, kept: os.chown(kept, 12345, -1),
    ],
    ids=["folder open to all", "file open to all", "somebody else's folder", "somebody else's file"],
)
def test_what_others_may_have_written_is_not_believed(
    expose: Callable[[Path, Path], None], tmp_path: Path, cache: Path
) -> None:
    """A sound database with another number in it is not read where another user could have put it."""
    if os.geteuid():
        pytest.skip("only root can give files away")
    file = write(tmp_path / "a.yaml")
    open_corpus(file, cache=cache)
    kept = databases.place(file, cache)
    alter(kept, "UPDATE figure SET value = 999")
    lied = everything(open_corpus(file, cache=cache))
    assert lied != fresh(file)  # where nobody else could write, it is believed
    expose(cache, kept)
    assert everything(open_corpus(file, cache=cache)) == fresh(file)


def test_a_system_without_owners_keeps_a_cache(
    tmp_path: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On Windows, where a user's folders are the user's own, a corpus is kept as well."""
    file = write(tmp_path / "a.yaml")
    monkeypatch.delattr(os, "geteuid")
    assert everything(open_corpus(file, cache=cache)) == fresh(file)
    kept = databases.place(file, cache)
    kept.chmod(0o666)
    before = made(file, cache)
    assert everything(open_corpus(file, cache=cache)) == fresh(file)
    assert made(file, cache) == before


@pytest.mark.usefixtures("settled")
def test_every_flipped_bit_is_noticed(tmp_path: Path, cache: Path) -> None:
    """Wherever a bit is flipped, and though the time of change is kept, the answer stays the same."""
    file = write(tmp_path / "a.yaml")
    open_corpus(file, cache=cache)
    kept = databases.place(file, cache)
    sound, status = kept.read_bytes(), kept.stat()
    chance = random.Random(11)  # noqa: S311 - the same every time is what is wanted
    for _time in range(60):
        bit = chance.randrange(8 * len(sound))
        flipped = bytearray(sound)
        flipped[bit // 8] ^= 1 << bit % 8
        kept.write_bytes(flipped)
        os.utime(kept, ns=(status.st_atime_ns, status.st_mtime_ns))
        assert everything(open_corpus(file, cache=cache)) == fresh(file)
        assert kept.read_bytes() == sound


@pytest.mark.parametrize("what", ["opencc", "pypinyin"])
def test_a_new_library_compiles_anew(what: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another OpenCC may fold differently: its version is a part of what a database calls itself."""
    assert f"{what}-{version(what)}.dist-info" in compiling._identity()
    monkeypatch.setattr(compiling, "find_spec", lambda _name: None)
    assert what in compiling._identity()


def test_a_database_is_of_the_very_program_that_made_it() -> None:
    """What a corpus file is read by, to the last module, decides whether a database is current."""
    package = Path(compiling.__file__).parents[1]
    read_by, waiting = set[str](), ["corpus/documents", "corpus/schema", "corpus/compiling"]
    while waiting:
        name = waiting.pop()
        if name not in read_by and (package / f"{name}.py").is_file():
            read_by.add(name)
            source = (package / f"{name}.py").read_text("utf-8")
            for package_name, names in IMPORT.findall(source):
                folder = package_name.replace(".", "/").lstrip("/")
                waiting += [f"{folder}/{each}".lstrip("/") for each in re.findall(r"\w+", names)]
                waiting.append(folder)
    folders = {str(Path(name).parent) for name in read_by | {"corpus/store"}}
    assert folders == set(compiling._DECISIVE)


def test_a_disk_that_fails_is_one_line() -> None:
    """A database that was whole when it was opened, and cannot be read any more, is no traceback."""
    broken = Corpus(sqlite3.connect(":memory:"))
    with pytest.raises(SpeechesError, match="the cache cannot be read"):
        assert broken.readings


# Progress


@pytest.mark.parametrize(
    ("files", "columns", "language", "shows"),
    [
        (3, 80, "en", "compiling: 2 of 3 files"),
        (3, 80, "zh", "正在编译语料：2/3 个文件"),
        (3, 10, "en", ""),  # it would wrap, and could not be erased
        (1, 80, "en", ""),
    ],
)
def test_a_terminal_shows_how_far_compiling_has_come(
    files: int, columns: int, language: str, shows: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In one line that is written anew with each step, and goes in the end; one file shows nothing."""
    for name, value in (("_PATIENCE", 0), ("_EVERY", 1e-9)):
        monkeypatch.setattr(progress, name, value)
    monkeypatch.setenv("SPEECHES_LANG", language)
    for number in range(files):
        write(tmp_path / f"{number}.yaml", SMALL.replace("2023", f"202{number}"))
    master, slave = pty.openpty()
    termios.tcsetwinsize(slave, (24, columns))  # type: ignore[attr-defined,unused-ignore]
    with os.fdopen(slave, "w", encoding="utf-8") as stream, monkeypatch.context() as patch:
        patch.setattr(sys, "stdout", io.TextIOWrapper(io.BytesIO(), encoding="utf-8"))
        patch.setattr(sys, "stderr", stream)
        assert boundary.run(["--no-cache", "--corpus", str(tmp_path), "list"]) == 0
        written = b""
        while select.select([master], [], [], 0.05)[0]:  # what was written comes a little later
            written += os.read(master, 100_000)
    os.close(master)
    steps = written.decode().split("\r\x1b[K")
    assert (shows in steps, steps[-1]) == (True, "")


def test_who_does_not_look_is_shown_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """A pipe, a closed stream, a terminal that can't erase; nor whatever is quick."""
    master, slave = pty.openpty()
    with os.fdopen(slave, "w", encoding="utf-8") as stream:
        with progress.shown(None) as none, progress.shown(io.StringIO()) as pipe:
            assert (none, pipe) == (None, None)
        with progress.shown(stream) as watch:
            assert watch
            watch(1, 2)
        monkeypatch.setenv("TERM", "dumb")
        with progress.shown(stream) as dumb:
            assert dumb is None
        assert not select.select([master], [], [], 0)[0]
    os.close(master)


def test_a_terminal_that_was_closed_is_no_matter(monkeypatch: pytest.MonkeyPatch) -> None:
    """Compiling goes on when whoever looked has gone."""
    monkeypatch.setattr(progress, "_PATIENCE", 0)
    master, slave = pty.openpty()
    with os.fdopen(slave, "w", encoding="utf-8") as stream, progress.shown(stream) as watch:
        os.close(master)
        assert watch
        watch(1, 2)
        with Path(os.devnull).open("w") as nowhere:
            os.dup2(nowhere.fileno(), slave)  # for what the stream still holds
