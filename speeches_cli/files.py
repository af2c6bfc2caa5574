"""Where an answer may be written, and writing it: the only module that writes a user's files."""

import errno
import os
import re
import stat
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from speeches_cli.errors import SpeechesError
from speeches_cli.messages import _, reason

_OPEN_FILE = re.compile("/(?:dev|proc/self)/fd/([0-9]{1,6})")
_STREAMS = {"/dev/stdin": "/dev/fd/0", "/dev/stdout": "/dev/fd/1", "/dev/stderr": "/dev/fd/2"}


def guard(file: Path, sources: Iterable[str | Path], *, replace: bool = True) -> None:
    """Raise SpeechesError for a file that cannot be written, is a source, or is not to be replaced.

    Files are compared by device and inode, so links and other spellings of a path are recognised.
    """
    if descriptor(file) is not None:
        return
    try:
        if not file.exists():
            os.stat(f"{file.parent}/.")  # noqa: PTH116 - a Path forgets the point
            return
        if file.is_dir():
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
    except OSError as error:
        raise _unwritable(file, error) from None
    for source in sources:
        with suppress(OSError):
            if file.samefile(source):
                message = _("{file} is what is read; name another file to write to", file=file)
                raise SpeechesError(message)
    if not replace and file.is_file():
        raise SpeechesError(
            _("{file} is there already; name another file, or replace it with --force", file=file)
        )


def descriptor(file: Path) -> int | None:
    """Give the number of the open file that `/dev/stdout`, `/dev/fd/3` and their like stand for."""
    path = os.path.abspath(file)  # noqa: PTH100 - links stay as they are
    found = _OPEN_FILE.fullmatch(_STREAMS.get(path, path))
    return int(found[1]) if found else None


def write(file: Path, data: bytes) -> None:
    """Write a file whole or not at all; a device, a pipe or an open file can only be written to."""
    try:
        if (number := descriptor(file)) is not None:
            with os.fdopen(os.dup(number), "wb") as stream:
                stream.write(data)
        elif file.exists() and not file.is_file():
            file.write_bytes(data)
        else:
            _replace(Path(os.path.realpath(file)), data)
    except OSError as error:
        raise _unwritable(file, error) from None


def _unwritable(file: Path, error: OSError) -> SpeechesError:
    return SpeechesError(_("cannot write {file}: {reason}", file=file, reason=reason(error)))


def _replace(file: Path, data: bytes) -> None:
    """Replace a file by another, or write into it where its folder or its other names forbid that."""
    old = file.stat() if os.path.lexists(file) else None
    if old and (old.st_nlink > 1 or not os.access(file.parent, os.W_OK)):
        before = file.read_bytes()
        try:
            file.write_bytes(data)
        except BaseException:
            file.write_bytes(before)
            raise
        return
    part = file.with_name(f".speeches-{os.urandom(8).hex()}")
    try:
        part.write_bytes(data)
        if old:
            part.chmod(stat.S_IMODE(old.st_mode))
        part.replace(file)
    finally:
        part.unlink(missing_ok=True)
