"""Where a corpus lies and what its bytes are: the only module that reads corpus files."""

from __future__ import annotations

import errno
import os
import stat
import sys
import time
from pathlib import Path
from typing import Any, NoReturn

from speeches_cli.errors import CorpusError
from speeches_cli.messages import _, reason

LARGEST_FILE = 256 * 1024 * 1024
"""In bytes: a corpus file beyond this is a mistake, not a compilation."""
_SETTLED = 2_000_000_000
"""In nanoseconds, the coarsest clock of a file system (FAT): what changed less than this before it
was looked at may change again and look the same."""


def packaged() -> Path:
    """Locate the eight speeches: inside an installed package, or beside it in a checkout."""
    package = Path(__file__).parents[1]
    inside = package / "data" / "speeches.yaml"
    found = inside.exists() or _from_archive(inside) is not None
    return inside if found else package.parent / "data" / "speeches.yaml"


def find(path: Path) -> dict[bytes, str]:
    """Find a corpus's YAML files: the one that `path` is, or all below it, by their names in it.

    The names are sorted, which is the order of the corpus; hidden ones are passed over. The paths
    are no Paths, because of thousands only few are read. Raises CorpusError for a folder that has
    none or cannot be read.
    """
    if not stat.S_ISDIR(_mode(path)):
        return {b"": str(path)}
    found: dict[bytes, str] = {}
    for folder, subfolders, names in os.walk(path, onerror=lambda error: _fail(error, error.filename)):
        subfolders[:] = [name for name in subfolders if not name.startswith(".")]
        inside = "" if Path(folder) == path else f"{Path(folder).relative_to(path)}{os.sep}"
        before = str(Path(folder, "_"))[:-1]
        for name in names:
            if name.lower().endswith((".yaml", ".yml")) and not name.startswith("."):
                found[os.fsencode(inside + name)] = before + name
    if not found:
        raise CorpusError(_("no .yaml file in this folder"), file=str(path))
    return dict(sorted(found.items()))


def state(file: str) -> str:
    """Describe a file so that a change of its bytes changes the description; empty if unsure.

    To be asked before the file is read: a change in between then shows the next time.
    """
    try:
        status = os.stat(file)  # noqa: PTH116 - to make a Path takes longer than to look
    except OSError:
        return ""
    changed = max(status.st_mtime_ns, status.st_ctime_ns)
    if time.time_ns() - changed < _SETTLED:
        return ""
    return f"{status.st_size} {status.st_mtime_ns} {status.st_ctime_ns} {status.st_ino}"


def read(file: Path) -> bytes:
    """Read a whole file; CorpusError when it cannot be read or is larger than LARGEST_FILE."""
    try:
        with file.open("rb") as stream:
            data = stream.read(LARGEST_FILE + 1)
    except OSError as error:
        packed = _from_archive(file)
        if packed is None:
            _fail(error, file)
        return packed
    return _bounded(data, str(file))


def _bounded(data: bytes, name: str) -> bytes:
    if len(data) > LARGEST_FILE:
        message = _("larger than {limit} MB; split it into several files in one folder")
        raise CorpusError(message.format(limit=LARGEST_FILE // 2**20), file=name)
    return data


def read_input() -> bytes:
    """Read standard input to its end; CorpusError when it cannot be, or is larger than LARGEST_FILE."""
    name = _("standard input")
    if sys.stdin is None:  # its number may be another file's by now
        _fail(OSError(errno.EBADF, os.strerror(errno.EBADF)), name)
    try:
        return _bounded(sys.stdin.buffer.read(LARGEST_FILE + 1), name)
    except OSError as error:
        _fail(error, name)


def can_be_read_again(path: Path) -> bool:
    """Tell whether a corpus is more than a pipe, which gives its bytes only once."""
    mode = _mode(path)
    return mode == 0 or stat.S_ISREG(mode) or stat.S_ISDIR(mode)


def _mode(path: Path) -> int:
    """Give type and permissions as `stat` has them; 0 where there is nothing or nobody may look."""
    try:
        return path.stat().st_mode
    except OSError:
        return 0


def _fail(error: OSError, file: Path | str) -> NoReturn:
    message = _("cannot be read: {reason}").format(reason=reason(error))
    raise CorpusError(message, file=str(file)) from None


def _from_archive(file: Path) -> bytes | None:
    """Read a file out of the zip archive that this program is run from, if it is."""
    loader: Any = globals()["__loader__"]
    try:
        data: bytes = loader.get_data(str(file.absolute()))
    except OSError:
        return None
    return data
