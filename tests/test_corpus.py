"""The door to corpus files: what is found, what is refused, and where the program looks."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from speeches_cli.corpus import Corpus, open_corpus, packaged, sources
from tests.material import (
    BROKEN,
    LATER,
    NO_KIND,
    OTHER,
    ROOT,
    SMALL,
    barred,
    everything,
    fresh,
    refusal,
    unmeasured,
    write,
)

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
        assert refusal(path) == f"{named}: not a file but a folder, a pipe or a device"


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
