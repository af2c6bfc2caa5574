"""Finds and reads corpus files: the only module that does."""

import errno
import os
import sys
import time
from pathlib import Path
from typing import NoReturn

from speeches_cli.errors import CorpusError
from speeches_cli.files import descriptor
from speeches_cli.messages import _, reason

LARGEST_FILE = 8 * 2**20  # in bytes: over a thousand speeches; a larger one takes minutes to check
LARGEST_COMPILATION = 256 * 2**20  # in bytes: a Word file may be full of photographs
_SETTLED = 2_000_000_000  # in nanoseconds, the coarsest clock of a file system (FAT)


def packaged() -> Path:
    """Locate the eight speeches: inside an installed package, or beside it in a checkout."""
    package = Path(__file__).parents[1]
    inside = package / "data" / "speeches.yaml"
    return inside if inside.exists() else package.parent / "data" / "speeches.yaml"


def find(path: Path) -> dict[bytes, str]:
    """Find a corpus's YAML files: the one that `path` is, or all below it, by their sorted names in it.

    Hidden ones are passed over. CorpusError tells of a folder that has none or cannot be read.
    """
    if not os.path.isdir(path):  # noqa: PTH112 - Path.is_dir raises where nobody may look
        return {b"": str(path)}
    top = str(path / "_")[:-1]
    found: dict[bytes, str] = {}
    seen: set[str] = set()
    for folder, subfolders, names in os.walk(top, onerror=_fail, followlinks=True):
        if (place := os.path.realpath(folder)) in seen:
            subfolders.clear()  # a link back up, or a second one
            continue
        seen.add(place)
        subfolders[:] = sorted(name for name in subfolders if not name.startswith("."))
        for name in names:
            if name.lower().endswith((".yaml", ".yml")) and not name.startswith("."):
                file = os.path.join(folder, name)  # noqa: PTH118 - thousands, of which few are read
                found[os.fsencode(file.removeprefix(top))] = file
    if not found:
        raise CorpusError(_("no .yaml file in this folder"), file=str(path))
    return dict(sorted(found.items()))


def files_of(path: Path) -> tuple[str, ...]:
    """Name the files that a corpus is read from; none where they cannot be known."""
    try:
        return tuple(find(path).values())
    except CorpusError:
        return ()


def state(file: str) -> str:
    """Describe a file's state before it is read; empty where it may change again and look the same."""
    try:
        status = os.stat(file)  # noqa: PTH116 - to make a Path takes longer than to look
    except OSError:
        return ""
    if time.time_ns() - max(status.st_mtime_ns, status.st_ctime_ns) < _SETTLED:
        return ""
    return f"{status.st_size} {status.st_mtime_ns} {status.st_ctime_ns} {status.st_ino}"


def read(file: Path | None, largest: int | None = None) -> bytes:
    """Read a whole file, or standard input for None, of at most so many bytes or LARGEST_FILE.

    A named pipe or a device may never end and is refused, but not an open file such as `/dev/fd/63`.
    """
    name, largest = str(file or _("standard input")), largest or LARGEST_FILE
    if not file and sys.stdin is None:  # its number may be another file's by now
        _fail(OSError(errno.EBADF, os.strerror(errno.EBADF)), name)
    data = bytearray()  # grows block by block: a small file asks for little memory
    try:
        if file and descriptor(file) is None and file.exists() and not file.is_file():
            raise CorpusError(_("not a file but a folder, a pipe or a device"), file=name)
        with file.open("rb") if file else sys.stdin.buffer as stream:
            while len(data) <= largest and (block := stream.read(2**20)):
                data += block
    except OSError as error:
        _fail(error, name)
    if len(data) > largest:
        message = _("larger than {limit} MB; split it into several files in one folder")
        raise CorpusError(message.format(limit=largest // 2**20), file=name)
    return bytes(data)


def _fail(error: OSError, name: str = "") -> NoReturn:
    message = _("cannot be read: {reason}", reason=reason(error))
    raise CorpusError(message, file=name or error.filename) from None
