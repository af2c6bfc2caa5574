"""The door to corpus files: what is found, how it is kept compiled, and that a cache never shows."""

from __future__ import annotations

import json
import os
import random
import resource
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pytest

from speeches_cli.corpus import Corpus, compiling, databases, open_corpus, packaged, sources, store
from speeches_cli.errors import CorpusError
from tests.material import SMALL, everything, fingerprint

ROOT = Path(__file__).parents[1]
OTHER = SMALL.replace("54个", "55个").replace("东路", "同路").replace("donglu", "tonglu")
NO_KIND = "'kind' must be a text; put quotes around one that contains ': '"
BROKEN = SMALL.replace("kind: 镇", "kind: []")
LATER = SMALL.replace("2023-09-18", "2024-09-18")


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    """Give a place for a cache, where there is nothing yet."""
    return tmp_path / "cache" / "speeches"


@pytest.fixture
def settled(monkeypatch: pytest.MonkeyPatch) -> None:
    """Trust a file's times at once, as two seconds later; a test can't wait."""
    monkeypatch.setattr(sources, "_SETTLED", 0)


def write(file: Path, text: str = SMALL) -> Path:
    """Write a file, in folders that may have to be made."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, "utf-8")
    return file


def fresh(path: Path) -> Any:
    """Give all that a corpus says, compiled without a cache."""
    return everything(open_corpus(path, cache=None))


def refusal(path: Path, cache: Path | None = None) -> str | None:
    """Give the message with which a corpus is refused, or None where it loads."""
    try:
        open_corpus(path, cache=cache)
    except CorpusError as error:
        return str(error)
    return None


def database(path: Path, cache: Path) -> Path:
    """Name the file in which a corpus is kept."""
    return databases.place(path, cache)


def made(path: Path, cache: Path) -> tuple[int, int]:
    """Give what changes whenever a database is made anew."""
    status = database(path, cache).stat()
    return status.st_ino, status.st_ctime_ns


def entries(path: Path, cache: Path) -> list[tuple[bytes, int]]:
    """Give each kept speech's file and number in the tables, which changes when it is compiled."""
    kept = store.open_finished(database(path, cache))
    query = "SELECT name, entry FROM speech JOIN file ON file = file.id ORDER BY key"
    return list(kept.execute(query))


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


def unmeasured(**more: str) -> dict[str, str]:
    """Give an environment in which a program's coverage isn't measured, nor bytecode written."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("COV")}
    return kept | {"PYTHONDONTWRITEBYTECODE": "1"} | more


@contextmanager
def barred(path: Path) -> Iterator[None]:
    """Bar the way to a file or folder, from root as well."""
    mode = path.stat().st_mode
    path.chmod(0)
    root = os.geteuid() == 0
    if root:
        os.seteuid(65534)
    try:
        yield
    finally:
        if root:
            os.seteuid(0)
        path.chmod(mode)


@pytest.fixture
def public() -> Iterator[Path]:
    """Give a folder that everybody may enter, so that only what is barred in it is barred."""
    open_corpus(packaged(), cache=None)  # loads all modules while they can be read
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o777)
        yield Path(name)


# What is found


def test_the_packaged_corpus_is_the_eight_speeches(corpus: Corpus) -> None:
    """Without a path there are the eight speeches, in their order."""
    assert packaged() == ROOT / "data" / "speeches.yaml"
    assert [each.town for each in corpus.speeches] == [
        *("福利路街道", "中川镇", "酒泉路街道", "树屏镇"),
        *("银滩路街道", "海石湾镇", "先锋路街道", "大同镇"),
    ]


def test_a_folder_is_one_corpus(tmp_path: Path) -> None:
    """All YAML files of a folder and its subfolders are read, in the order of their names."""
    for name in ("b.yaml", "a/z.yml", "a/sub/c.YAML", "a-b.yaml"):
        write(tmp_path / name, SMALL.replace("某市工作交流会", name))
    for name in (".hidden.yaml", ".git/x.yaml", "notes.txt", "a/c.yaml.bak", "folder.yaml/readme.txt"):
        write(tmp_path / name, "no corpus")
    found = open_corpus(tmp_path, cache=None).speeches
    names = ["a-b.yaml", "a/sub/c.YAML", "a/z.yml", "b.yaml"]
    assert [each.compilation.meeting for each in found] == [name for name in names for _two in range(2)]
    assert [each.key for each in found] == list(range(8))


def test_a_file_may_have_any_name(tmp_path: Path) -> None:
    """Given by its name, a file need not be called .yaml, and a byte-order mark is no matter."""
    assert fresh(write(tmp_path / "corpus", "\ufeff" + SMALL)) == fresh(write(tmp_path / "a.yaml"))


def test_what_cannot_be_found_or_read_is_said(tmp_path: Path) -> None:
    """A missing file, a folder with nothing in it, and a broken link each get their one line."""
    (tmp_path / "empty" / "sub").mkdir(parents=True)
    (tmp_path / "links").mkdir()
    (tmp_path / "links" / "gone.yaml").symlink_to(tmp_path / "gone")
    write(tmp_path / "blank.yaml", "")
    assert [
        refusal(tmp_path / name) for name in ("no.yaml", "empty", "links", "blank.yaml", "blank.yaml/x")
    ] == [
        f"{tmp_path}/no.yaml: cannot be read: No such file or directory",
        f"{tmp_path}/empty: no .yaml file in this folder",
        f"{tmp_path}/links/gone.yaml: cannot be read: No such file or directory",
        f"{tmp_path}/blank.yaml: the file is empty",
        f"{tmp_path}/blank.yaml/x: cannot be read: Not a directory",
    ]
    assert not list(tmp_path.rglob("*.sqlite3"))


def test_what_may_not_be_read_is_said(public: Path) -> None:
    """No file of a folder, and no folder in it, is left out because it may not be read."""
    file = write(public / "corpus" / "sub" / "a.yaml")
    write(public / "corpus" / "b.yaml")
    with barred(file):
        assert (
            refusal(file) == refusal(public / "corpus") == f"{file}: cannot be read: Permission denied"
        )
    with barred(file.parent):
        assert refusal(file) == f"{file}: cannot be read: Permission denied"
        assert refusal(public / "corpus") == f"{file.parent}: cannot be read: Permission denied"


def test_a_file_that_is_too_large_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file beyond the limit is refused before it is parsed, one at the limit is not."""
    file = write(tmp_path / "a.yaml")
    size = file.stat().st_size
    monkeypatch.setattr(sources, "LARGEST_FILE", size)
    assert refusal(file) is None
    monkeypatch.setattr(sources, "LARGEST_FILE", size - 1)
    assert refusal(file) == f"{file}: larger than 0 MB; split it into several files in one folder"
    os.truncate(file, 3 * 1024 * 1024 + 1)
    monkeypatch.setattr(sources, "LARGEST_FILE", 3 * 1024 * 1024)
    assert refusal(file) == f"{file}: larger than 3 MB; split it into several files in one folder"


def test_an_open_pipe_is_read_once(tmp_path: Path, cache: Path) -> None:
    """A corpus from another program's output, as in `<(…)` of a shell, is read and never kept."""
    reading, writing = os.pipe()
    os.write(writing, SMALL.encode())
    os.close(writing)
    said = everything(open_corpus(Path(f"/dev/fd/{reading}"), cache=cache))
    os.close(reading)
    assert said == fresh(write(tmp_path / "a.yaml"))
    assert not cache.exists()


def test_what_never_ends_is_not_opened(tmp_path: Path) -> None:
    """A named pipe, in a folder too, would be waited for; a device may have no end."""
    folder = tmp_path / "corpus"
    folder.mkdir()
    os.mkfifo(folder / "a.yaml")
    for path in (folder, folder / "a.yaml", Path("/dev/zero")):
        named = folder / "a.yaml" if path == folder else path
        assert refusal(path) == f"{named}: neither a file nor a folder"


def test_linked_folders_are_read(tmp_path: Path) -> None:
    """What a link in a folder leads to belongs to the corpus, once, also where links go in a circle."""
    write(tmp_path / "elsewhere" / "b.yaml", OTHER)
    write(tmp_path / "corpus" / "a.yaml")
    (tmp_path / "corpus" / "linked").symlink_to(tmp_path / "elsewhere")
    (tmp_path / "corpus" / "twice").symlink_to(tmp_path / "elsewhere")
    (tmp_path / "elsewhere" / "back").symlink_to(tmp_path / "corpus")
    assert list(sources.find(tmp_path / "corpus")) == [b"a.yaml", b"linked/b.yaml"]


def test_a_name_that_is_no_text_is_no_matter(tmp_path: Path, cache: Path) -> None:
    """A file whose name isn't UTF-8 is read, kept, and named in errors like any other."""
    try:
        odd = write(tmp_path / "corpus" / os.fsdecode(b"\xff.yaml"))
    except OSError:
        pytest.skip("this file system has no such names")
    said = everything(open_corpus(odd.parent, cache=cache))
    assert said == everything(open_corpus(odd.parent, cache=cache)) == fresh(odd)
    write(odd, BROKEN)
    assert refusal(odd.parent, cache) == f"{odd}:59: 西镇: {NO_KIND}"


# The cache


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
    assert list(cache.iterdir()) == [database(folder, cache)]


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
    assert store.known(store.open_finished(database(file, cache)))[b""].state == ""
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
    assert store.known(store.open_finished(database(file, cache)))[b""].state == sources.state(
        str(file)
    )
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


def test_a_corpus_of_several_dates_names_them(tmp_path: Path, run: Callable[..., Any]) -> None:
    """Then a number alone names no speech, and everything printed as a place can be typed again."""
    folder = write(tmp_path / "corpus" / "a.yaml").parent
    write(folder / "b.yaml", LATER)
    hits = json.loads(run("--corpus", folder, "search", "网格54个", "--json").out)
    assert [(each["date"], each["locator"]) for each in hits] == [
        ("2023-09-18", "2023-09-18/1.1"),
        ("2024-09-18", "2024-09-18/1.1"),
    ]
    for hit in hits:
        shown = json.loads(run("--corpus", folder, "show", hit["locator"], "--json").out)
        assert shown["date"] == hit["date"]


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


def test_what_was_compiled_before_an_interruption_is_kept(tmp_path: Path, cache: Path) -> None:
    """Ctrl-C ends a compilation and leaves what was done; pressed before that, it leaves nothing."""
    folder = write(tmp_path / "corpus" / "a.yaml").parent
    write(folder / "b.yaml", LATER)
    place = database(folder, cache)

    def interrupted(count: int) -> Iterator[compiling.Change]:
        changes = compiling.changes(sources.find(folder), {})
        yield from (next(changes) for _change in range(count))
        raise KeyboardInterrupt

    for count in (0, 1):
        with pytest.raises(KeyboardInterrupt):
            databases._replace(place, store.open_draft(), interrupted(count))
        assert list(cache.iterdir()) == [place] * count
    assert entries(folder, cache) == [(b"a.yaml", 1), (b"a.yaml", 2)]
    assert everything(open_corpus(folder, cache=cache)) == fresh(folder)


def test_ctrl_c_in_the_middle_of_compiling(tmp_path: Path, cache: Path) -> None:
    """Pressed on a terminal, Ctrl-C ends the run and its processes, and the next run goes on there."""
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
    while not (parts := list(cache.glob("*"))) or parts[0].stat().st_size < 100_000:
        assert running.poll() is None
        time.sleep(0.005)
    os.killpg(running.pid, signal.SIGINT)
    assert running.communicate(timeout=20) == (b"", b"")  # which nobody holds open any more
    assert running.returncode == 130
    assert list(cache.iterdir()) == [database(folder, cache)]
    done = entries(folder, cache)
    assert 8 <= len(done) < 800
    for left in sorted(folder.iterdir())[len(done) // 8 + 1 :]:
        left.unlink()
    assert everything(open_corpus(folder, cache=cache)) == fresh(folder)
    assert entries(folder, cache)[: len(done)] == done


@pytest.mark.parametrize("many", [0, 10_000], ids=["several processes", "one process"])
def test_many_files_are_compiled_as_few_are(
    many: int, tmp_path: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In several processes or one: the same is said, of the same first mistake, step by step."""
    monkeypatch.setattr(compiling, "_MANY", many)
    folder = tmp_path / "corpus"
    texts = [SMALL.replace("某市工作交流会", f"第{number}次交流会") for number in range(9)]
    for number, text in enumerate(texts):
        write(folder / f"{number}.yaml", text)
    seen: list[tuple[int, int]] = []
    corpus = open_corpus(folder, cache=cache, watch=lambda *step: seen.append(step))
    assert seen == [(done, 9) for done in range(1, 10)]
    assert [each.compilation.meeting for each in corpus.speeches[::2]] == [
        f"第{number}次交流会" for number in range(9)
    ]
    expected = everything(corpus)
    monkeypatch.setattr(compiling, "_MANY", 10_000)
    assert expected == fresh(folder)
    monkeypatch.setattr(compiling, "_MANY", many)
    for wrong in (7, 4):
        write(folder / f"{wrong}.yaml", BROKEN)
        message = f"{folder}/{wrong}.yaml:59: 西镇: {NO_KIND}"
        assert refusal(folder, cache) == refusal(folder) == message


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


def _damage_unseen(kept: Path) -> None:
    content = kept.read_bytes()
    kept.write_bytes(content[:8192] + b"\xff" * (len(content) - 8192))
    stamp(kept)


def alter(kept: Path, statement: str) -> None:
    """Change a database, and give it the time of one that was finished."""
    with closing(sqlite3.connect(kept)) as connection:
        connection.execute(statement)
        connection.commit()
    stamp(kept)


def stamp(kept: Path) -> None:
    """Give a database the time that one with these bytes would have when it was finished."""
    os.utime(kept, ns=(0, databases._seal(kept)))


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
        _damage_unseen,
    ],
    ids=lambda each: each.__name__.strip("_"),
)
def test_a_database_that_came_to_harm_is_made_anew(
    harm: Callable[[Path], None], tmp_path: Path, cache: Path
) -> None:
    """Cut off, garbled, old or foreign: the answer is right, and the second run is sound."""
    file = write(tmp_path / "a.yaml")
    open_corpus(file, cache=cache)
    kept = database(file, cache)
    sound = entries(file, cache)
    harm(kept)
    for _run in range(2):
        assert everything(open_corpus(file, cache=cache)) == fresh(file)
    assert kept.stat().st_mtime_ns == databases._seal(kept)
    assert entries(file, cache) == sound
    assert list(cache.iterdir()) == [kept]


def test_damage_that_shows_late_is_answered_around(tmp_path: Path, cache: Path) -> None:
    """A page that proves damaged under a question costs time; the next run makes the database anew."""
    file = write(tmp_path / "a.yaml", packaged().read_text("utf-8"))
    open_corpus(file, cache=cache)
    kept = database(file, cache)
    content = kept.read_bytes()
    kept.write_bytes(content[:80_000] + b"\xff" * (len(content) - 80_000))
    stamp(kept)
    assert everything(open_corpus(file, cache=cache)) == fresh(file)
    assert not kept.exists()
    assert everything(open_corpus(file, cache=cache)) == fresh(file)
    assert kept.stat().st_mtime_ns == databases._seal(kept)


def test_a_cache_that_cannot_be_used_is_done_without(tmp_path: Path) -> None:
    """A file where the cache or its folder should be, or a folder where the database should."""
    file = write(tmp_path / "a.yaml")
    obstacle = write(tmp_path / "obstacle", "")
    in_its_place = tmp_path / "cache"
    database(file, in_its_place).mkdir(parents=True)
    for cache in (obstacle, obstacle / "sub", in_its_place, Path("/dev/null/cache")):
        for _run in range(2):
            assert everything(open_corpus(file, cache=cache)) == fresh(file)
    assert obstacle.read_text() == ""
    assert list(in_its_place.iterdir()) == [database(file, in_its_place)]


def test_a_home_that_cannot_be_written_is_no_matter(public: Path) -> None:
    """Where nothing can be kept, what is kept is used, and done without when it is out of date."""
    file = write(public / "a.yaml")
    warm, cold = public / "warm", public / "cold"
    cold.mkdir()
    open_corpus(file, cache=warm)
    for folder in (warm, cold):
        folder.chmod(0o755)
    database(file, warm).chmod(0o644)
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
    assert list(cache.iterdir()) == [database(file, cache)]
    assert everything(open_corpus(file, cache=cache)) == fresh(file)


def test_a_kill_in_the_middle_of_compiling(tmp_path: Path, cache: Path) -> None:
    """Killed while it writes, a run leaves nothing that a later one would take for a database."""
    folder = tmp_path / "corpus"
    for number in range(40):
        text = packaged().read_text("utf-8").replace("2023-09-18", f"{1900 + number}-09-18")
        write(folder / f"{number:02}.yaml", text)
    running = subprocess.Popen(say_all(folder, cache), stdout=subprocess.PIPE, cwd=ROOT)
    while not (parts := list(cache.glob("*"))) or parts[0].stat().st_size < 100_000:
        assert running.poll() is None
        time.sleep(0.005)
    running.kill()
    running.communicate()
    assert running.returncode == -signal.SIGKILL
    (part,) = cache.iterdir()
    assert part != database(folder, cache)
    shutil.rmtree(folder)
    file = write(folder / "a.yaml")
    assert everything(open_corpus(folder, cache=cache)) == fresh(file)
    assert sorted(cache.iterdir()) == sorted([database(folder, cache), part])
    os.utime(part, (0, time.time() - databases._ABANDONED - 60))
    assert everything(open_corpus(write(file, OTHER).parent, cache=cache)) == fresh(file)
    assert list(cache.iterdir()) == [database(folder, cache)]


def test_the_cache_is_nobody_elses_business(tmp_path: Path, cache: Path) -> None:
    """Its folder and databases can be read by their owner alone."""
    file = write(tmp_path / "a.yaml")
    open_corpus(file, cache=cache)
    assert (cache.stat().st_mode & 0o777, database(file, cache).stat().st_mode & 0o777) == (
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
    kept = database(file, cache)
    alter(kept, "UPDATE figure SET value = 999")
    lied = everything(open_corpus(file, cache=cache))
    assert lied != fresh(file)  # where nobody else could write, it is believed
    expose(cache, kept)
    assert everything(open_corpus(file, cache=cache)) == fresh(file)


def test_every_flipped_bit_is_noticed(tmp_path: Path, cache: Path) -> None:
    """Wherever a bit is flipped, and though the time of change is kept, the answer stays the same."""
    file = write(tmp_path / "a.yaml")
    open_corpus(file, cache=cache)
    kept = database(file, cache)
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
    assert f"{what}-{version(what)}.dist-info" in store._identity()
    monkeypatch.setattr(store, "find_spec", lambda _name: None)
    assert what in store._identity()


# Wherever the program lies


def _checkout(place: Path) -> Path:
    shutil.copytree(ROOT / "speeches_cli", place / "speeches_cli")
    write(place / "data" / "speeches.yaml", packaged().read_text("utf-8"))
    return place


def _wheel(place: Path) -> Path:
    shutil.copytree(ROOT / "speeches_cli", place / "speeches_cli")
    write(place / "speeches_cli" / "data" / "speeches.yaml", packaged().read_text("utf-8"))
    return place


@pytest.mark.parametrize("layout", [_checkout, _wheel], ids=["checkout", "wheel"])
def test_the_speeches_are_found_wherever_the_program_lies(
    layout: Callable[[Path], Path], run: Callable[..., Any], tmp_path: Path, cache: Path
) -> None:
    """And so is their language: in a checkout and an installed wheel alike."""
    place = layout(tmp_path / "place")
    code = (
        "import speeches_cli\nfrom speeches_cli import boundary\n"
        "print(speeches_cli.__file__, flush=True)\n"
        "for arguments in [['list', '--json']] * 2 + [['--corpus', 'data/speeches.yaml', 'list']]:\n"
        "    print(boundary.run(arguments), flush=True)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        env=unmeasured(PYTHONPATH=str(place), SPEECHES_CACHE=str(cache), SPEECHES_LANG="zh"),
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )
    listed = run("list", "--json").out
    assert done.stdout == f"{place}/speeches_cli/__init__.py\n{listed}0\n{listed}0\n2\n"
    assert done.stderr == ("speeches: data/speeches.yaml: 无法读取：没有这个文件或目录\n")
