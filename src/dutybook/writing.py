"""Writing files whole or not at all, many of them together.

A file is written beside its place, made sure of on the disk, and then gets its name.
"""

from __future__ import annotations

import contextlib
import errno
import os
import stat
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Final

from dutybook import files
from dutybook.errors import WriteError
from dutybook.messages import tr
from dutybook.problems import Problem
from dutybook.progress import nobody
from dutybook.text import safe

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from dutybook.progress import Tell

_AT_ONCE: Final = 8  # files that the disk is asked to make sure of


def make_folder(path: Path) -> None:
    """Make a folder and those above it; one that is there already is fine.

    Raises:
        WriteError: the system refuses, or something else stands there.
    """
    try:
        path.mkdir(parents=True, exist_ok=True)
    except (OSError, ValueError) as error:
        raise _unwritten(path, error) from None


def write_new(texts: Mapping[Path, str]) -> None:
    """Write files that were not there: all of them or none.

    Raises:
        WriteError: something stands there already, or the system refuses; nothing is left behind.
    """
    write_all(texts, {})


def write_over(path: Path, text: str) -> None:
    """Write a file, in place of what stood there: the whole text, or nothing changes.

    Raises:
        WriteError: the system refuses.
    """
    try:
        with _beside(path, text) as temporary:
            _settle(temporary)
            Path(temporary).replace(path)
    except (OSError, ValueError) as error:
        raise _unwritten(path, error) from None


def write_all(
    new: Mapping[Path, str],
    changed: Mapping[Path, tuple[bytes, str]],
    tell: Tell = nobody,
) -> None:
    """Write files that were not there, and files in place of what stood there: all or none.

    `changed` has for each file the bytes that were read, and the text that takes their place.
    `tell` is told how many of how many are on the disk.

    Raises:
        WriteError: something stands where a new file goes, a file is no longer as it was read, or
            the system refuses; what stood there stands there still, and nothing is left behind.
    """
    from concurrent.futures import ThreadPoolExecutor

    place = Path()
    try:
        with contextlib.ExitStack() as temporary, contextlib.ExitStack() as undo:
            fresh: list[tuple[Path, str]] = []
            over: list[tuple[Path, str, str]] = []
            for folder in dict.fromkeys(place.parent for place in new):
                for missing in _missing(folder):
                    temporary.callback(_remove, missing)  # which one with a file in it survives
            for place, text in new.items():
                fresh.append((place, temporary.enter_context(_beside(place, text))))
            for place, (before, text) in changed.items():
                made = temporary.enter_context(_beside(place, text, like=place))
                kept = temporary.enter_context(_beside(place, before.decode(), like=place))
                over.append((place, made, kept))
            # All at the end: to make a file waits while the disk is made sure of another.
            written = [*fresh, *((at, name) for at, *names in over for name in names)]
            # And many at once, since a disk makes sure of them together.
            with ThreadPoolExecutor(_AT_ONCE) as pool:
                settled = pool.map(_settle, [name for _, name in written])
                for done, (at, _) in enumerate(written, 1):
                    place = at
                    next(settled)
                    tell(done, len(written))
            for place, name in fresh:
                _name(name, place)
                undo.callback(place.unlink, missing_ok=True)
            for place, name, kept in over:
                _refuse_changed(place, changed[place][0])
                undo.callback(_put_back, kept, place)
                Path(name).replace(place)
            undo.pop_all()
    except FileExistsError:
        raise WriteError(
            tr("{path} is there already; nothing was written.", path=safe(str(place))),
            tr("Choose another name, or delete it first."),
        ) from None
    except (OSError, ValueError) as error:
        raise _unwritten(place, error) from None


def _missing(folder: Path) -> list[Path]:
    """Return a folder and those above it that are not there, the highest first."""
    return [one for one in (*reversed(folder.parents), folder) if not os.path.lexists(one)]


def _remove(folder: Path) -> None:
    with contextlib.suppress(OSError):
        folder.rmdir()


def _put_back(kept: str, place: Path) -> None:
    with contextlib.suppress(OSError):
        Path(kept).replace(place)


def _refuse_changed(place: Path, before: bytes) -> None:
    """Refuse to write over a file that is no longer as it was read.

    Raises:
        WriteError: it was changed or deleted, or something else stands there.
    """
    now = files.read(place.parent, place.name)
    if isinstance(now, Problem) or now[0] != before:
        raise WriteError(
            tr("{path} was changed meanwhile; nothing was written.", path=safe(str(place))),
            tr("Run the command again: it reads what is there now."),
        )


def _name(temporary: str, path: Path) -> None:
    """Give a temporary file its name, unless something has that name."""
    try:
        os.link(temporary, path)  # fails where something stands, unlike a rename
    except FileExistsError:
        raise
    except OSError:  # a file system without hard links
        if path.exists() or path.is_symlink():
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST)) from None
        Path(temporary).replace(path)


@contextlib.contextmanager
def _beside(path: Path, text: str, like: Path | None = None) -> Iterator[str]:
    """Give the name of a file with a text, beside `path`; afterwards it is gone.

    Its mode is that of the file `like`, or what a new file has.
    """
    make_folder(path.parent)
    descriptor, name = tempfile.mkstemp(prefix=".dutybook-", suffix=".tmp", dir=path.parent)
    try:
        with open(descriptor, "w", encoding="utf-8", newline="\n") as file:  # noqa: PTH123 - a descriptor
            file.write(text)
        Path(name).chmod(_mode(like))  # a temporary file is private, the book is not
        yield name
    finally:
        Path(name).unlink(missing_ok=True)


def _settle(name: str) -> None:
    """Wait until what a file holds is on the disk."""
    descriptor = os.open(name, os.O_RDWR | getattr(os, "O_CLOEXEC", 0))
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _mode(like: Path | None) -> int:
    if like is not None:
        with contextlib.suppress(OSError):  # it is gone, which is found out before it is replaced
            return stat.S_IMODE(like.stat().st_mode)
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask


def _unwritten(path: Path, error: OSError | ValueError) -> WriteError:
    reason = files.reason(str(path), error) if isinstance(error, OSError) else safe(str(error))
    return WriteError(reason, tr("Nothing was written."))
