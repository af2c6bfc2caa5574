"""`store` and `reading`: what is written into a database is read back, also from a damaged one."""

from __future__ import annotations

import re
import sqlite3
from pathlib import Path

import pytest

from speeches_cli import folding
from speeches_cli.corpus import documents, packaged, recording, schema, store
from speeches_cli.corpus.reading import Corpus
from speeches_cli.corpus.schema import Document
from speeches_cli.corpus.store import Known
from tests.material import SMALL, everything

EIGHT = packaged().read_text("utf-8")
NEXT_YEAR = SMALL.replace("2023-09-18", "2024-09-18").replace(
    "  甲区: jia", "  丙县: bing\n  甲区: jia"
)
KNOWN = Known("state", b"digest")
IMPORT = re.compile(r"^ *from speeches_cli(?:(\.[\w.]+)?) import (.+)$", re.MULTILINE)
TABLES = ("file", "district", "topic", "speech", "call", "said", "figure", "span")


def document(text: str) -> Document:
    """Check a corpus file."""
    return schema.check(documents.parse(text.encode(), file=""), file="")


def draft(**texts: str) -> store.Database:
    """Make a database in memory from the texts of files, by their names."""
    database = store.open_draft()
    for name, text in texts.items():
        recording.add(database, name.encode(), KNOWN, recording.prepare(document(text)), path=name)
    store.finish(database)
    return database


def finished(path: Path, base: store.Database) -> Path:
    """Write a database to a file."""
    store.open_draft(path, base).close()
    return path


def rows(database: store.Database) -> dict[str, int]:
    """Count what every table holds."""
    return {name: database.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for name in TABLES}


@pytest.mark.parametrize("text", [SMALL, EIGHT], ids=["small", "eight"])
def test_what_is_written_is_read_back(text: str) -> None:
    """Speeches, passages, figures, districts and topics come back as they were checked, in order."""
    checked = document(text)
    corpus = Corpus(draft(a=text))
    assert corpus.speeches == tuple(each.speech for each in checked.entries)
    assert list(corpus.passages(corpus.speeches)) == [
        passage for each in checked.entries for passage in each.passages
    ]
    assert corpus.figures(corpus.speeches) == tuple(
        figure for each in checked.entries for figure in each.figures
    )
    assert tuple(corpus.districts.items()) == checked.districts
    assert corpus.topics == checked.topics


def test_readings_cover_all_that_is_asked_in_pinyin() -> None:
    """Every Hanzi of the passages and of all names has all its readings, and no other has."""
    corpus = Corpus(draft(a=SMALL))
    said = "".join(each.folded for each in corpus.passages(corpus.speeches))
    said += "东路街道王一西镇李二甲区乙县基层治理就业增收网格员数诉求办结率党员数"
    assert corpus.readings == {each: known for each in said if (known := folding.readings(each))}
    assert corpus.readings["区"] == {"qu", "ou"}


def test_only_what_is_asked_for_is_given() -> None:
    """Passages and figures are those of the speeches named, in the order of the corpus."""
    corpus = Corpus(draft(a=EIGHT))
    two = (corpus.speeches[6], corpus.speeches[2])
    assert [each.speech for each in corpus.passages(two)] == [2] * 8 + [6] * 8
    assert {each.speech for each in corpus.figures(iter(two))} == {2, 6}
    assert (list(corpus.passages(())), corpus.figures(())) == ([], ())


def test_keys_run_through_all_files_in_the_order_of_their_names() -> None:
    """A speech's key is its place in the whole corpus, whichever file was compiled first."""
    corpus = Corpus(draft(b=NEXT_YEAR, a=SMALL))
    assert [(each.key, each.id, each.compilation.date) for each in corpus.speeches] == [
        *((0, 1, "2023-09-18"), (1, 2, "2023-09-18")),
        *((2, 1, "2024-09-18"), (3, 2, "2024-09-18")),
    ]
    assert [each.speech for each in corpus.passages(corpus.speeches)] == [
        *([0] * 5 + [1] * 2),
        *([2] * 5 + [3] * 2),
    ]
    assert [each.speech for each in corpus.figures(corpus.speeches)] == [0] * 4 + [2] * 4
    assert list(corpus.districts.items()) == [("甲区", "jia"), ("乙县", "yi"), ("丙县", "bing")]
    assert corpus.topics == ("基层治理", "就业增收")
    assert corpus.indicators == dict.fromkeys(
        ("网格员数", "网格数", "诉求办结率", "党员数"), "基层治理"
    )
    assert everything(corpus) == everything(Corpus(draft(a=SMALL, b=NEXT_YEAR)))


def test_a_file_takes_the_place_of_what_it_said_before() -> None:
    """Adding a file again leaves nothing of the old one, and takes its place in the order."""
    database = draft(a=EIGHT, b=NEXT_YEAR)
    recording.add(database, b"a", KNOWN, recording.prepare(document(SMALL)), path="a")
    store.finish(database)
    assert everything(Corpus(database)) == everything(Corpus(draft(a=SMALL, b=NEXT_YEAR)))
    assert rows(database) == rows(draft(a=SMALL, b=NEXT_YEAR))


def test_a_forgotten_file_leaves_nothing() -> None:
    """What was compiled from a file goes with it, to the last span."""
    database = draft(a=EIGHT)
    assert min(rows(database).values()) == 1
    store.forget(database, name=b"nothing")
    assert min(rows(database).values()) == 1
    store.forget(database, name=b"a")
    assert rows(database) == dict.fromkeys(TABLES, 0)


def test_states_are_known_and_noted() -> None:
    """A database knows each file's state and digest, and takes a new state without compiling."""
    database = draft(a=SMALL, b=NEXT_YEAR)
    store.touch(database, name=b"b", state="later")
    assert store.known(database) == {b"a": KNOWN, b"b": Known("later", b"digest")}


def test_a_file_is_added_wholly_or_not_at_all() -> None:
    """When writing fails half-way, the database is as it was."""
    database = draft(a=SMALL)
    before = everything(Corpus(database)), rows(database)
    made = recording.prepare(document(EIGHT))
    last = made.entries[-1]
    broken = last._replace(speech=last.speech._replace(town="\ud800"))
    with pytest.raises(UnicodeEncodeError):
        recording.add(
            *(database, b"a", Known("", b"")),
            made._replace(entries=[*made.entries[:-1], broken]),
            path="a",
        )
    assert (everything(Corpus(database)), rows(database)) == before


def test_a_finished_database_is_read_and_never_written(tmp_path: Path) -> None:
    """A copy in a file says the same as its base, and refuses to be changed."""
    path = finished(tmp_path / "a#b?c%d.sqlite3", draft(a=SMALL))
    database = store.open_finished(path)
    assert everything(Corpus(database)) == everything(Corpus(draft(a=SMALL)))
    with pytest.raises(store.DatabaseError):
        store.forget(database, name=b"a")


def test_a_copy_is_a_copy(tmp_path: Path) -> None:
    """What is done to a copy is not done to its base, in files or in memory."""
    base = draft(a=SMALL)
    for path in (tmp_path / "a.sqlite3", None):
        copy = store.open_draft(path, base)
        store.forget(copy, name=b"a")
        assert rows(copy)["span"] == 0
    assert rows(base)["span"] == 5


@pytest.mark.parametrize(
    "content",
    [None, b"", b"SQLite format 3\0", b"not a database at all" * 300],
    ids=["missing", "empty", "cut off", "foreign"],
)
def test_what_is_no_database_of_ours_is_refused(content: bytes | None, tmp_path: Path) -> None:
    """A file that is missing, empty, cut off or something else is a DatabaseError."""
    path = tmp_path / "a.sqlite3"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(store.DatabaseError):
        store.open_finished(path)


def test_another_versions_database_is_refused(tmp_path: Path) -> None:
    """A database that another version made, or another program, is refused as stale or foreign."""
    base = draft(a=SMALL)
    base.execute("UPDATE identity SET name = 'speeches 0.0.1 1'")
    base.commit()
    with pytest.raises(store.StaleDatabase):
        store.open_finished(finished(tmp_path / "old.sqlite3", base))
    with sqlite3.connect(tmp_path / "other.sqlite3") as other:
        other.execute("CREATE TABLE note (text)")
    other.close()
    with pytest.raises(store.DatabaseError, match="no such table: identity"):
        store.open_finished(tmp_path / "other.sqlite3")


def test_a_damaged_page_changes_no_answer(tmp_path: Path) -> None:
    """Whichever page proves unreadable, and however late, the answer is the same."""
    base = draft(a=EIGHT)
    sound = finished(tmp_path / "a.sqlite3", base).read_bytes()
    expected = everything(Corpus(base))
    size = int.from_bytes(sound[16:18])
    noticed = 0

    def compile_anew() -> store.Database:
        nonlocal noticed
        noticed += 1
        return store.open_draft(base=base)

    for start in range(size, len(sound), size):
        path = tmp_path / "b.sqlite3"
        path.write_bytes(sound[:start] + b"\xff" * size + sound[start + size :])
        try:
            database = store.open_finished(path)
        except store.DatabaseError:
            continue
        assert everything(Corpus(database, compile_anew)) == expected
    assert noticed > 20


def test_damage_is_noticed_in_the_middle_of_an_answer(tmp_path: Path) -> None:
    """Two answers that are half given when the damage shows are both gone on with, nothing twice."""
    base = draft(a=EIGHT)
    path = finished(tmp_path / "a.sqlite3", base)
    content = path.read_bytes()
    size = int.from_bytes(content[16:18])
    page = content.index("《农民日报》内参".encode(store.ENCODING)) // size
    path.write_bytes(content[: page * size] + b"\xff" * size + content[(page + 1) * size :])
    corpus = Corpus(store.open_finished(path), lambda: store.open_draft(base=base))
    one, other = corpus.passages(corpus.speeches), corpus.passages(corpus.speeches)
    first = [next(one), next(other)]
    assert first[0] == first[1]
    expected = list(Corpus(base).passages(corpus.speeches))
    assert [first[0], *one] == [first[1], *other] == expected


def test_without_files_to_go_back_to_an_error_is_an_error() -> None:
    """A corpus that is in memory anyway has nothing to hide."""
    database = draft(a=SMALL)
    corpus = Corpus(database)
    database.execute("DROP TABLE reading")
    with pytest.raises(store.DatabaseError, match="no such table: reading"):
        assert corpus.readings


def test_a_database_is_of_the_very_program_that_made_it() -> None:
    """What a corpus file is read by, to the last module, decides whether a database is current."""
    package = Path(store.__file__).parents[1]
    read_by, waiting = set[str](), ["corpus/documents", "corpus/schema", "corpus/recording"]
    while waiting:
        name = waiting.pop()
        if name not in read_by and (package / f"{name}.py").is_file():
            read_by.add(name)
            source = (package / f"{name}.py").read_text("utf-8")
            for package_name, names in IMPORT.findall(source):
                folder = package_name.replace(".", "/").lstrip("/")
                waiting += [f"{folder}/{each}".lstrip("/") for each in re.findall(r"\w+", names)]
                waiting.append(folder)
    assert set(store._DECISIVE) == read_by - {"errors", "messages"}
