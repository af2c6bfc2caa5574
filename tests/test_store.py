"""`store` and `tables`: a cache never shows, whatever it came to."""

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
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from speeches_cli import asked, boundary, folding
from speeches_cli.corpus import Corpus, open_corpus, packaged, schema, sources, store
from speeches_cli.errors import SpeechesError
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
    passages,
    refusal,
    unmeasured,
    write,
)

EIGHT = packaged().read_text("utf-8")
GUESSED = SMALL.replace(
    "    kind: 街道", "    kind: 街道\n    unsure: [post, kind]\n    pages: 5-6"
).replace("indicator: 诉求办结率", "indicator: 诉求办结率\n        sure: false")
IMPORT = re.compile(r"^ *from speeches_cli(?:(\.[\w.]+)?) import (.+)$", re.MULTILINE)


@pytest.fixture(autouse=True)
def settled(monkeypatch: pytest.MonkeyPatch) -> None:
    """Trust a file's times at once, as two seconds later; a test can't wait."""
    monkeypatch.setattr(sources, "_SETTLED", 0)


def only(cache: Path) -> Path:
    """Give the one database of a cache."""
    (kept,) = cache.glob("*.sqlite3")
    return kept


def made(cache: Path) -> tuple[int, int]:
    """Give what changes whenever the one database of a cache is made anew."""
    status = only(cache).stat()
    return status.st_ino, status.st_ctime_ns


def compiled(path: Path, cache: Path) -> int:
    """Open a corpus, which must say what it says without a cache; tell how many files were compiled."""
    steps: list[tuple[int, int]] = []
    corpus = open_corpus(path, cache=cache, watch=lambda *step: steps.append(step))
    assert everything(corpus) == fresh(path)
    assert steps == [(done, len(steps)) for done in range(1, len(steps) + 1)]
    return len(steps)


def say_all(path: Path, cache: Path) -> list[str]:
    """Give a command line that prints a digest of all that a corpus says."""
    code = (
        "import sys; from pathlib import Path; from speeches_cli.corpus import open_corpus\n"
        "from tests.material import fingerprint\n"
        "print(fingerprint(open_corpus(Path(sys.argv[1]), cache=Path(sys.argv[2]))))"
    )
    return [sys.executable, "-c", code, str(path), str(cache)]


def meetings(folder: Path, count: int) -> Path:
    """Write the eight speeches as those of so many years, a file each."""
    for number in range(count):
        write(folder / f"{number:02}.yaml", EIGHT.replace("2023-09-18", f"{1900 + number}-09-18"))
    return folder


# What is written is read back


@pytest.mark.parametrize("text", [SMALL, GUESSED, EIGHT], ids=["small", "guessed", "eight"])
def test_what_is_written_is_read_back(text: str, tmp_path: Path) -> None:
    """Speeches, passages, figures, districts and topics come back as they were checked, in order."""
    checked = schema.read(text.encode(), file="")
    corpus = open_corpus(write(tmp_path / "a.yaml", text), cache=None)
    every = [passage for each in checked.entries for passage in passages(each)]
    assert corpus.speeches == tuple(each.speech for each in checked.entries)
    assert list(corpus.passages(corpus.speeches)) == every
    figures = [figure for each in checked.entries for figure in each.figures]
    assert list(corpus.figures(corpus.speeches, quoted=False)) == figures
    assert (tuple(corpus.districts.items()), corpus.topics) == (checked.districts, checked.topics)
    assert list(corpus.folded()) == [
        (each.speech.key, "\n".join(folding.fold(one.text) for one in passages(each)))
        for each in checked.entries
    ]
    assert list(corpus.passages_at({1: [1], 0: [2, 0]})) == [
        *(passages(checked.entries[0])[0], passages(checked.entries[0])[2]),
        passages(checked.entries[1])[1],
    ]


def test_readings_cover_all_that_is_asked_in_pinyin(corpus: Corpus) -> None:
    """Every Hanzi of the passages and of the names of towns, people and indicators has its readings."""
    said = {*"".join(folding.fold(each.text) for each in corpus.passages(corpus.speeches))}
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
    assert [*corpus.passages(()), *corpus.folded(()), *corpus.figures(())] == []


# What is kept


def test_a_kept_corpus_says_the_same(tmp_path: Path, cache: Path) -> None:
    """Compiled in memory, on disk, and found on disk, a corpus says the same."""
    folder = write(tmp_path / "corpus" / "a.yaml", EIGHT).parent
    write(folder / "b.yaml", LATER)
    assert compiled(folder, cache) == 2
    kept = made(cache)
    assert (compiled(folder, cache), compiled(folder, cache), made(cache)) == (0, 0, kept)


def test_every_answer_is_the_same_with_and_without_a_cache(
    run: Callable[..., Any], cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Hit by hit and figure by figure, commands answer alike without, with a new, with an old cache."""
    monkeypatch.setenv("SPEECHES_CACHE", str(cache))
    for command in ("search 枫桥精验", "compare 3 7", "show jql", "list", "figures", "indicators"):
        answers = [run(*way, *command.split(), "--json") for way in (["--no-cache"], [], [])]
        assert answers[0].code == 0
        assert answers[0] == answers[1] == answers[2]


@pytest.mark.parametrize("hidden", [False, True], ids=["plain", "same time"])
def test_a_changed_file_is_noticed(hidden: bool, tmp_path: Path, cache: Path) -> None:
    """A change counts at once, though the file keeps its size, and even its time of change."""
    file = write(tmp_path / "a.yaml")
    before = file.stat()
    assert compiled(file, cache) == 1
    for text in (OTHER, SMALL, OTHER):
        time.sleep(0.02)  # the clock of a file system ticks every few milliseconds
        write(file, text)
        if hidden:
            os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))
        assert file.stat().st_size == before.st_size
        assert compiled(file, cache) == 1
    assert open_corpus(file, cache=cache).speeches[0].town == "同路街道"


def test_times_of_a_moment_ago_are_not_trusted(
    tmp_path: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two changes within one tick of a file system's clock can't be told apart."""
    monkeypatch.undo()
    file = write(tmp_path / "a.yaml")
    assert [compiled(file, cache), compiled(file, cache)] == [1, 1]
    for changed in (time.time(), 0, time.time() + 3600):
        os.utime(file, (changed, changed))
        assert sources.state(str(file)) == ""


def test_only_the_changed_files_are_compiled(tmp_path: Path, cache: Path) -> None:
    """A file added, changed, touched, removed or renamed is compiled alone, if at all."""
    folder = tmp_path / "corpus"
    for name, year in (("b", "2024"), ("c", "2025"), ("d", "2026")):
        write(folder / f"{name}.yaml", SMALL.replace("2023", year))
    assert compiled(folder, cache) == 3
    kept = made(cache)
    for change, count in (
        (lambda: write(folder / "a.yaml", EIGHT), 1),
        (lambda: write(folder / "c.yaml", OTHER.replace("2023", "2025")), 1),
        (lambda: os.utime(folder / "c.yaml", (0, 0)), 1),
        ((folder / "b.yaml").unlink, 0),
        (lambda: (folder / "d.yaml").rename(folder / "0.yaml"), 1),
        (
            lambda: write(
                folder / "e.yaml", "schema: 1\n" + SMALL.partition("speeches:")[0][10:] + "speeches: []"
            ),
            1,
        ),
        (lambda: write(folder / "f.yaml", LATER), 1),
    ):
        change()
        assert compiled(folder, cache) == count
        assert made(cache) != kept
        kept = made(cache)
    assert (compiled(folder, cache), made(cache)) == (0, kept)


@pytest.mark.parametrize("cached", [True, False])
def test_two_files_never_have_the_same_speech(tmp_path: Path, cache: Path, cached: bool) -> None:
    """A copy beside the original would be counted twice: it is refused until it goes."""
    where = cache if cached else None
    folder = write(tmp_path / "corpus" / "b.yaml").parent
    assert refusal(folder, where) is None
    for name in ("c", "a"):
        copy = write(folder / f"{name}.yaml", OTHER)
        first, second = (folder / "b.yaml", copy) if cached else sorted((copy, folder / "b.yaml"))
        town = "同路街道" if second == copy else "东路街道"
        message = f"{second}:12: {town}: id '1' is already used by speech 1 in {first}"
        assert [refusal(folder, where) for _again in range(2)] == [message] * 2
        copy.unlink()
        assert everything(open_corpus(folder, cache=where)) == fresh(folder)


def test_one_corpus_has_one_place_from_wherever_it_is_named(
    tmp_path: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By a relative name, by links or with dots, a corpus is kept once; another is another."""
    for number, folder in enumerate(("one", "two"), start=1):
        file = write(tmp_path / folder / "a.yaml", SMALL if folder == "one" else OTHER)
        (tmp_path / folder / "link").symlink_to(file)
        monkeypatch.chdir(file.parent)
        names = (Path("a.yaml"), file, Path("link"), file.parent / ".." / folder / "a.yaml")
        assert [compiled(path, cache) for path in names] == [1, 0, 0, 0]
        assert len(list(cache.glob("*.sqlite3"))) == number


def test_what_belongs_to_corpora_that_are_gone_is_cleared(tmp_path: Path, cache: Path) -> None:
    """The next compilation removes their databases, of older versions too, and nothing else."""
    gone, moved, here = (write(tmp_path / f"{name}.yaml") for name in ("gone", "moved", "here"))
    open_corpus(gone, cache=cache)
    lost = only(cache)
    open_corpus(here, cache=cache)
    for name, maker in (("old", "speeches 1.0.0 1"), ("other", "mine")):
        with closing(sqlite3.connect(cache / f"{name}.sqlite3")) as foreign:
            foreign.executescript(
                f"CREATE TABLE identity (name); INSERT INTO identity VALUES ('{maker}')"
            )
    write(cache / "no.sqlite3", "not a database at all")
    gone.unlink()
    open_corpus(moved, cache=cache)
    left = {each.name for each in cache.iterdir()}
    assert left >= {"other.sqlite3", "no.sqlite3"}
    assert (len(left), {lost.name, "old.sqlite3"} & left) == (4, set())


def test_a_mistake_is_the_same_mistake_with_a_cache(tmp_path: Path, cache: Path) -> None:
    """A corpus that goes wrong is refused, warm as cold, and is as before when mended."""
    file = write(tmp_path / "a.yaml", BROKEN)
    message = f"{file}:59: 西镇: {NO_KIND}"
    assert [refusal(file, cache), refusal(file, cache)] == [message, message]
    assert refusal(write(file), cache) is None
    assert refusal(write(file, BROKEN), cache) == message
    assert compiled(write(file), cache) == 1


def test_what_was_compiled_before_a_mistake_is_kept(tmp_path: Path, cache: Path) -> None:
    """A long compilation that ends at the first wrong file begins there the next time."""
    folder = write(tmp_path / "corpus" / "a.yaml").parent
    for name, year in (("b", "2024"), ("c", "2025"), ("d", "2026")):
        write(folder / f"{name}.yaml", (SMALL if name == "c" else BROKEN).replace("2023", year))
    for wrong, year in (("b", "2024"), ("d", "2026")):
        message = f"{folder}/{wrong}.yaml:59: 西镇: {NO_KIND}"
        assert refusal(folder, cache) == refusal(folder) == message
        write(folder / f"{wrong}.yaml", SMALL.replace("2023", year))
    assert compiled(folder, cache) == 1


@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGKILL])
def test_a_run_that_is_stopped_in_the_middle_of_compiling(
    sent: signal.Signals, tmp_path: Path, cache: Path
) -> None:
    """Ctrl-C leaves nothing; a kill leaves nothing that a later run would take for a database."""
    folder = meetings(tmp_path / "corpus", 60)
    running = subprocess.Popen(
        [sys.executable, "-m", "speeches_cli", "--corpus", str(folder), "list"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=unmeasured(SPEECHES_CACHE=str(cache)),
        cwd=ROOT,
    )
    while not list(cache.glob("*")):
        assert running.poll() is None
        time.sleep(0.005)
    running.send_signal(sent)
    assert running.communicate(timeout=20) == (b"", b"")
    assert running.returncode == (130 if sent == signal.SIGINT else -signal.SIGKILL)
    assert len(list(cache.iterdir())) == (0 if sent == signal.SIGINT else 1)
    for part in cache.iterdir():
        os.utime(part, (0, time.time() - 25 * 60 * 60))  # as a day later
    shutil.rmtree(folder)
    assert compiled(write(folder / "a.yaml").parent, cache) == 1
    assert list(cache.iterdir()) == [only(cache)]


# Harm


def alter(kept: Path, statement: str) -> None:
    """Change a database, and seal it like a finished one."""
    with closing(sqlite3.connect(kept)) as connection:
        connection.execute(statement)
        connection.commit()
    kept.write_bytes(kept.read_bytes() + store._checksum(kept).to_bytes(4, "little"))


def garble(kept: Path, old: str, new: str) -> None:
    """Put other words in the place of some in a database."""
    content = kept.read_bytes()
    assert old.encode("utf-16-le") in content
    kept.write_bytes(content.replace(old.encode("utf-16-le"), new.encode("utf-16-le")))


@pytest.mark.parametrize(
    "harm",
    [
        lambda kept: os.truncate(kept, 5000),
        lambda kept: kept.write_bytes(b""),
        lambda kept: garble(kept, "设置网格54个", "设置网格55个"),
        lambda kept: kept.write_bytes(random.Random(7).randbytes(50_000)),  # noqa: S311
        lambda kept: alter(kept, "UPDATE identity SET name = 'speeches 0.0.1 1'"),
        lambda kept: alter(kept, "UPDATE identity SET corpus = 'another'"),
        lambda kept: alter(kept, "DROP TABLE identity"),
        lambda kept: alter(kept, "DROP TABLE file"),
    ],
    ids=["cut", "empty", "garbled", "noise", "old", "another corpus's", "foreign", "without a table"],
)
def test_a_database_that_came_to_harm_is_made_anew(
    harm: Callable[[Path], None], tmp_path: Path, cache: Path
) -> None:
    """Cut off, garbled, old or foreign: the answer is right, and the second run is sound."""
    file = write(tmp_path / "a.yaml")
    open_corpus(file, cache=cache)
    harm(only(cache))
    assert [compiled(file, cache), compiled(file, cache)] == [1, 0]


def test_every_flipped_bit_is_noticed(tmp_path: Path, cache: Path) -> None:
    """Wherever a bit is flipped, and though the time of change is kept, the answer stays the same."""
    file = write(tmp_path / "a.yaml")
    open_corpus(file, cache=cache)
    chance = random.Random(11)  # noqa: S311 - the same every time is what is wanted
    for _time in range(30):
        assert compiled(file, cache) == 0
        kept = only(cache)
        flipped, status = bytearray(kept.read_bytes()), kept.stat()
        bit = chance.randrange(8 * len(flipped))
        flipped[bit // 8] ^= 1 << bit % 8
        time.sleep(0.01)
        kept.write_bytes(flipped)
        os.utime(kept, ns=(status.st_atime_ns, status.st_mtime_ns))
        assert compiled(file, cache) == 1


def test_what_rots_beneath_the_file_system_is_noticed_after_a_day(tmp_path: Path, cache: Path) -> None:
    """A database is read whole once a day, though nothing says that it was written."""
    file = write(tmp_path / "a.yaml")
    open_corpus(file, cache=cache)
    assert compiled(file, cache) == 0
    (seen,) = cache.glob("*.seen")
    garble(only(cache), "设置网格54个", "设置网格55个")
    seen.write_text(sources.state(str(only(cache))))
    os.utime(seen, (0, time.time() - 25 * 60 * 60))
    assert compiled(file, cache) == 1


def test_a_cache_that_cannot_be_used_is_done_without(tmp_path: Path, cache: Path) -> None:
    """A file where the cache or its folder should be, or a folder where the database should."""
    file = write(tmp_path / "a.yaml")
    obstacle = write(tmp_path / "obstacle", "")
    open_corpus(file, cache=cache)
    database = only(cache)
    database.unlink()
    database.mkdir()
    for place in (obstacle, obstacle / "sub", cache, Path("/dev/null/cache")):
        for _run in range(2):
            assert everything(open_corpus(file, cache=place)) == fresh(file)
    assert (obstacle.read_text(), list(cache.iterdir())) == ("", [database])


def test_a_home_that_cannot_be_written_is_no_matter(public: Path) -> None:
    """Where nothing can be kept, what is kept is used, and done without when it is out of date."""
    file = write(public / "a.yaml")
    warm, cold = public / "warm", public / "cold"
    cold.mkdir()
    open_corpus(file, cache=warm)
    for folder in (warm, cold):
        folder.chmod(0o755)
    only(warm).chmod(0o644)
    for text in (SMALL, OTHER):
        expected = fresh(write(file, text))
        with barred(write(public / "barred")):
            assert [everything(open_corpus(file, cache=each)) for each in (warm, cold)] == [
                expected
            ] * 2


@pytest.mark.parametrize("limit", [0, 4096, 50_000])
def test_a_full_disk_is_no_matter(limit: int, tmp_path: Path, cache: Path) -> None:
    """When there is no room for the database, the answer is right and nothing is left lying about."""
    file = write(tmp_path / "a.yaml")

    def leave_no_room() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    said = subprocess.check_output(
        say_all(file, cache), text=True, cwd=ROOT, preexec_fn=leave_no_room, env=unmeasured()
    )
    assert said.strip() == fingerprint(open_corpus(file, cache=None))
    assert list(cache.iterdir()) == []


def test_two_first_runs_at_once(tmp_path: Path, cache: Path) -> None:
    """Runs that compile the same corpus at the same time all answer right and leave one database."""
    file = write(tmp_path / "a.yaml", EIGHT)
    expected = fingerprint(open_corpus(file, cache=None))
    runs = [
        subprocess.Popen(say_all(file, cache), stdout=subprocess.PIPE, text=True, cwd=ROOT)
        for _run in range(3)
    ]
    assert {each.communicate()[0].strip() for each in runs} == {expected}
    assert list(cache.iterdir()) == [only(cache)]
    assert [compiled(file, cache), compiled(file, cache)][1] == 0


@pytest.mark.parametrize(
    "expose",
    [
        lambda cache: cache.chmod(0o777),
        lambda cache: only(cache).chmod(0o666),
        lambda cache: os.chown(cache, 12345, -1),
        lambda cache: os.chown(only(cache), 12345, -1),
    ],
    ids=["folder open to all", "file open to all", "somebody else's folder", "somebody else's file"],
)
def test_what_others_may_have_written_is_not_believed(
    expose: Callable[[Path], None], tmp_path: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A cache is its owner's alone, and not read where another user could have put something."""
    if os.geteuid():
        pytest.skip("only root can give files away")
    file = write(tmp_path / "a.yaml")
    open_corpus(file, cache=cache)
    assert (cache.stat().st_mode & 0o777, only(cache).stat().st_mode & 0o777) == (0o700, 0o600)
    assert compiled(file, cache) == 0
    expose(cache)
    with monkeypatch.context() as patch:
        patch.delattr(os, "geteuid")  # on Windows, where a user's folders are the user's own
        assert compiled(file, cache) == 0
    assert compiled(file, cache) == 1


@pytest.mark.parametrize("library", ["opencc", "pypinyin", None])
def test_a_new_library_or_program_compiles_anew(
    library: str | None, tmp_path: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another OpenCC or another version of the program may fold and read differently."""
    file = write(tmp_path / "a.yaml")
    assert [compiled(file, cache), compiled(file, cache)] == [1, 0]
    if library:
        (tmp_path / "more" / f"{library}-99.dist-info").mkdir(parents=True)
        monkeypatch.syspath_prepend(tmp_path / "more")
    else:
        monkeypatch.setattr(store, "__version__", "99")
    assert [compiled(file, cache), compiled(file, cache)] == [1, 0]


def test_a_database_is_of_the_very_program_that_made_it() -> None:
    """What a corpus file is read by lies, to the last module, in the folders that decide on it."""
    package = Path(store.__file__).parents[1]
    read_by, waiting = set[str](), ["corpus/store"]
    while waiting:
        name = waiting.pop()
        if name not in read_by and (package / f"{name}.py").is_file():
            read_by.add(name)
            for folder, names in IMPORT.findall((package / f"{name}.py").read_text("utf-8")):
                inside = folder.replace(".", "/").lstrip("/")
                waiting += [
                    inside,
                    *(f"{inside}/{each}".lstrip("/") for each in re.findall(r"\w+", names)),
                ]
    assert {"corpus/schema", "quantities"} < read_by
    assert {str(Path(name).parent) for name in read_by} == {".", "corpus"}


def test_phrases_are_kept(
    run: Callable[..., Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What took long to find is read the next time, until the corpus is another."""
    monkeypatch.setenv("SPEECHES_CACHE", str(tmp_path / "cache"))
    folder = write(tmp_path / "corpus" / "a.yaml", EIGHT).parent
    asked = ("--corpus", folder, "phrases", "--min", "1", "--json")
    first = run("--no-cache", *asked)
    assert [run(*asked), run(*asked)] == [first, first]
    alter(only(tmp_path / "cache"), "UPDATE kept SET value = '[]' WHERE name = 'phrases'")
    assert run(*asked).code == 1  # it is from there that they are read
    write(folder / "b.yaml", LATER)
    assert run(*asked) == run("--no-cache", *asked) != first


def test_a_disk_that_fails_is_one_line() -> None:
    """A database that was whole when it was opened, and cannot be read any more, is no traceback."""
    with (
        closing(sqlite3.connect(":memory:")) as broken,
        pytest.raises(SpeechesError, match="the cache cannot be read"),
    ):
        assert Corpus(broken).readings


# Progress


@pytest.mark.parametrize(
    ("files", "language", "shows"),
    [(3, "en", "compiling: 2 of 3 files"), (3, "zh", "正在编译语料：2/3 个文件"), (1, "en", "")],
)
def test_a_terminal_shows_how_far_compiling_has_come(
    files: int, language: str, shows: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In one line that is written anew with each step, and goes in the end; one file shows nothing."""
    monkeypatch.setattr(asked, "_PATIENCE", 0)
    monkeypatch.setenv("SPEECHES_LANG", language)
    for number in range(files):
        write(tmp_path / f"{number}.yaml", SMALL.replace("2023", f"202{number}"))
    master, slave = pty.openpty()
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
        with asked.progress(stream) as watch:
            watch(1, 2)
        monkeypatch.setattr(asked, "_PATIENCE", 0)
        monkeypatch.setenv("TERM", "dumb")
        pipe = io.StringIO()
        for each in (stream, pipe, None):
            with asked.progress(each) as watch:
                watch(1, 2)
        assert not pipe.getvalue()
        assert not select.select([master], [], [], 0)[0]
    os.close(master)


def test_a_terminal_that_was_closed_is_no_matter(monkeypatch: pytest.MonkeyPatch) -> None:
    """Compiling goes on when whoever looked has gone."""
    monkeypatch.setattr(asked, "_PATIENCE", 0)
    master, slave = pty.openpty()
    with os.fdopen(slave, "w", encoding="utf-8") as stream, asked.progress(stream) as watch:
        os.close(master)
        watch(1, 2)
        with Path(os.devnull).open("w") as nowhere:
            os.dup2(nowhere.fileno(), slave)  # for what the stream still holds
