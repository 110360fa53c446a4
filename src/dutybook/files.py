"""The book's files: finding them, and reading them safely; `writing` is its counterpart.

Knows names, links and limits, and nothing of what the files say. No link is followed, nothing but
a regular file is opened, and nothing larger than the limit is read: a book may come from a
stranger.
"""

from __future__ import annotations

import contextlib
import errno
import os
import stat
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from dutybook.errors import BookError, BookNotFoundError, EmptyBookError
from dutybook.messages import tr
from dutybook.problems import Kind, Problem, Severity
from dutybook.text import safe

if TYPE_CHECKING:
    from collections.abc import Mapping

SETTINGS: Final = "dutybook.yaml"
ROLES: Final = "roles"
SCHEMA: Final = "role.schema.json"
MAX_BYTES: Final = 1 << 20
_LARGEST: Final = (1 << 63) - 1

UNREADABLE = Kind("F001", "unreadable-file", Severity.ERROR)
NOT_A_FILE = Kind("F002", "not-a-file", Severity.ERROR)
TOO_LARGE = Kind("F003", "too-large", Severity.ERROR)
FILE_ENDING = Kind("F005", "file-ending", Severity.WARNING)
LINK = Kind("F006", "link-in-the-book", Severity.WARNING)
FILE_NAME = Kind("F007", "file-name-not-utf8", Severity.ERROR)

_KIND: Final = 0o170000  # of st_mode
_REGULAR: Final = stat.S_IFREG

_OPEN_FLAGS: Final = (
    os.O_RDONLY
    | getattr(os, "O_BINARY", 0)
    | getattr(os, "O_CLOEXEC", 0)
    | getattr(os, "O_NOFOLLOW", 0)  # the file was no link when it was listed, and still is none
    | getattr(os, "O_NONBLOCK", 0)  # nor does a FIFO put in its place hold the program up
)


class Signature(NamedTuple):
    """What tells a file that changed from one that did not, without reading it."""

    size: int
    mtime_ns: int
    ctime_ns: int
    inode: int


Stamp = tuple[int, int, int, int]
"""A signature as a plain tuple: ten thousand named ones take longer to make than to compare."""


@dataclass(slots=True)
class Listing:
    """The files of a book by path (relative to its folder, with `/`), and what cannot be read."""

    files: dict[str, Stamp] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


def find_book(asked: str | None, environment: Mapping[str, str], here: Path) -> Path:
    """Return the folder of the book: the one asked for, $DUTYBOOK_BOOK, or the nearest upwards.

    Raises:
        BookNotFoundError: there is none; the message says how to make one or point at one.
    """
    named = asked or environment.get("DUTYBOOK_BOOK")
    if named:
        folder = here / named
        if _is_book(folder, SETTINGS) or _is_book(folder, ROLES):
            return folder
        raise BookNotFoundError(
            tr("There is no book in {folder}.", folder=safe(str(folder))),
            tr(
                "A book is a folder with {settings} or {roles}/ in it; `dutybook init` makes one.",
                settings=SETTINGS,
                roles=ROLES,
            ),
        )
    upwards = [here, *here.parents]
    for sign in (SETTINGS, ROLES):
        for folder in upwards:
            if _is_book(folder, sign):
                return folder
    raise BookNotFoundError(
        tr("No book here or in the folders above."),
        tr("Go into a book, point at one with --book DIR, or make one with `dutybook init`."),
    )


def _is_book(folder: Path, sign: str) -> bool:
    try:
        mode = (folder / sign).lstat().st_mode
    except (OSError, ValueError):  # ValueError: a NUL in the name
        return False
    return stat.S_ISDIR(mode) if sign == ROLES else not stat.S_ISDIR(mode)


def list_book(root: Path) -> Listing:
    """List `dutybook.yaml` and the role files of a book, without reading them.

    Raises:
        BookError: there is no folder `roles`, or it cannot be listed.
    """
    listing = Listing()
    with contextlib.suppress(OSError):
        signature = _signature((root / SETTINGS).lstat())
        if signature:
            listing.files[SETTINGS] = signature
        else:
            listing.problems.append(_no_file(SETTINGS))
    roles = root / ROLES
    try:
        if not stat.S_ISDIR(roles.lstat().st_mode):
            raise BookError(
                tr("{path} is not a folder.", path=safe(str(roles))),
                tr("Put the role files into a folder `{roles}` in the book.", roles=ROLES),
            )
        with os.scandir(roles):
            pass
    except FileNotFoundError:
        raise EmptyBookError(
            tr(
                "The book in {folder} has no folder `{roles}`.", folder=safe(str(root)), roles=ROLES
            ),
            tr("`dutybook new POSITION` starts a role file in it."),
        ) from None
    except OSError as error:
        raise BookError(reason(str(roles), error)) from None
    folders = [(str(roles), ROLES + "/")]
    while folders:
        folder, prefix = folders.pop()
        _list_folder(listing, root, folder, prefix, folders)
    listing.problems.sort(key=lambda problem: problem.sort_key)
    return listing


def is_role_path(path: str) -> bool:
    """Tell whether a path below the book's folder is that of a role file, as `list_book` does."""
    *folders, name = path.split("/")
    return (
        folders[:1] == [ROLES]
        and name.lower().endswith((".yaml", ".yml"))
        and not any(_is_passed_over(part) for part in [*folders, name])
    )


def _is_passed_over(name: str) -> bool:
    return name.startswith((".", "__")) or name == "node_modules"


def _list_folder(
    listing: Listing, root: Path, folder: str, prefix: str, folders: list[tuple[str, str]]
) -> None:
    """Add one folder's files to the listing, and its sub-folders to those to be listed."""
    try:
        entries = os.scandir(folder)
    except OSError as error:
        listing.problems.append(Problem(UNREADABLE, reason(prefix, error), path=prefix[:-1]))
        return
    found = listing.files
    readable = prefix.isascii() or not _undecodable(prefix)
    with entries:
        for entry in entries:
            name = entry.name
            # The usual file goes by as little as tells that it is one.
            if name[-5:] == ".yaml" and name[0] not in "._" and readable and name.isascii():
                try:
                    result = entry.stat(follow_symlinks=False)
                except OSError:
                    pass  # said below, where it fails again
                else:
                    if result.st_mode & _KIND == _REGULAR:
                        found[prefix + name] = (
                            result.st_size, result.st_mtime_ns, result.st_ctime_ns,
                            result.st_ino & _LARGEST,
                        )  # fmt: skip
                        continue
            try:
                _list_entry(listing, root, entry, prefix + name, folders)
            except OSError as error:
                path = prefix + name
                listing.problems.append(Problem(UNREADABLE, reason(path, error), path=path))


def _list_entry(
    listing: Listing,
    root: Path,
    entry: os.DirEntry[str],
    path: str,
    folders: list[tuple[str, str]],
) -> None:
    name = entry.name
    if _is_passed_over(name):
        return
    ending = name[-5:].lower()
    is_role = ending == ".yaml" or ending[1:] == ".yml"
    if entry.is_dir(follow_symlinks=False):
        if is_role:
            listing.problems.append(_no_file(path))
        else:
            folders.append((entry.path, path + "/"))
    elif is_role:
        _list_file(listing, root, entry, path)


def _list_file(listing: Listing, root: Path, entry: os.DirEntry[str], path: str) -> None:
    if not path.isascii() and _undecodable(path):
        listing.problems.append(
            Problem(
                FILE_NAME,
                tr("The name of the file is not UTF-8."),
                tr("Rename it: a role file is named <id>.yaml."),
                safe(path),
            )
        )
        return
    signature = _signature(entry.stat(follow_symlinks=False))
    if signature:
        listing.files[path] = signature
    elif entry.is_symlink():
        listing.problems.append(_linked(root, entry.path, path))
    else:
        listing.problems.append(_no_file(path))


def _undecodable(path: str) -> bool:
    try:
        path.encode()
    except UnicodeEncodeError:
        return True
    return False


def _signature(result: os.stat_result) -> Signature | None:
    """Return the signature of a regular file, None of anything else."""
    if not stat.S_ISREG(result.st_mode):
        return None
    inode = result.st_ino & _LARGEST  # some file systems use all 64 bits, the index has 63
    return Signature(result.st_size, result.st_mtime_ns, result.st_ctime_ns, inode)


def _no_file(path: str) -> Problem:
    return Problem(
        NOT_A_FILE,
        tr("This is a folder, a pipe or a device, not a file."),
        tr("Put a text file in its place, or rename it."),
        path,
    )


def _linked(root: Path, place: str, path: str) -> Problem:
    try:
        target = os.path.realpath(place, strict=True)
        inside = os.path.commonpath([target, os.path.realpath(root)]) == os.path.realpath(root)
        usual = inside and Path(target).is_file()
    except (OSError, ValueError, RuntimeError):
        usual = False
    if usual:
        return Problem(
            LINK,
            tr("This link to another file of the book is passed over."),
            tr("Delete the link; a position is one file."),
            path,
        )
    return Problem(
        NOT_A_FILE,
        tr("This is a link out of the book or to nowhere; it is not followed."),
        tr("Put the file itself into the book."),
        path,
    )


def ending_problem(path: str) -> Problem | None:
    """Return the warning about a role file that is not named `.yaml`."""
    if path.endswith(".yaml"):
        return None
    return Problem(
        FILE_ENDING, tr("The file's name does not end in .yaml."), tr("Rename it to .yaml."), path
    )


def stem(path: str) -> str:
    """Return the name of a file without its folder and its ending."""
    return path.rpartition("/")[2].rpartition(".")[0]


def read(root: Path, path: str) -> tuple[bytes, Signature] | Problem:
    """Return the bytes of a file of the book and its signature before they were read."""
    try:
        descriptor = os.open(os.path.join(root, path), _OPEN_FLAGS)  # noqa: PTH118 - 10,000 times
        signature = _signature(os.fstat(descriptor))
        if signature is None:
            os.close(descriptor)
            return _no_file(path)
        with open(descriptor, "rb") as file:  # noqa: PTH123 - a descriptor, not a path
            if signature.size <= MAX_BYTES:
                raw = file.read(MAX_BYTES + 1)
                if len(raw) <= MAX_BYTES:
                    return raw, signature
    except OSError as error:
        return Problem(UNREADABLE, reason(path, error), path=path)
    return too_large(path, max(signature.size, MAX_BYTES + 1))


def too_large(path: str, size: int) -> Problem:
    """Return the problem of a file of more bytes than are read."""
    return Problem(
        TOO_LARGE,
        tr(
            "The file is too large: {size} bytes; at most {limit} are read.",
            size=size,
            limit=MAX_BYTES,
        ),
        tr("Split it: a file holds one position."),
        path,
    )


def reason(path: str, error: OSError) -> str:
    """Return why the system refused a file, in the reader's language where it is usual."""
    known = {
        errno.ENOENT: tr("It is no longer there."),
        errno.EACCES: tr("You may not read it."),
        errno.EPERM: tr("You may not read it."),
        errno.ELOOP: tr("It is a link."),
        errno.ENOSPC: tr("The disk is full."),
        errno.EROFS: tr("The disk is read-only."),
    }
    said = known.get(error.errno or 0) or safe(error.strerror or str(error))
    return tr("{path}: {reason}", path=safe(path), reason=said)
