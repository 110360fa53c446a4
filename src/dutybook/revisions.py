"""The states of a book that can be compared: a revision, the index, a folder.

A state lists its role files with the ids that git gives to their contents, so that only files that
differ between two states are read. Nothing is checked out, and nothing is written.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Final, Protocol

from dutybook import facts, files, source
from dutybook.errors import BookError
from dutybook.git import Repository, blob_id, line_of, parsed
from dutybook.memory import without_collection
from dutybook.messages import tr
from dutybook.problems import Problem, Severity
from dutybook.text import safe

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from dutybook.facts import Role
    from dutybook.git import Entry

_SHA1: Final = "0" * 40


class State(Protocol):
    """A book as it is, was, or is about to be."""

    name: str
    """What JSON calls it: the id of a commit, `index`, `worktree`, the path of a folder."""

    shown: str
    """What messages call it."""

    root: Path | None
    """The folder that its files lie in, None where they lie in git."""

    problems: list[Problem]
    """What cannot be read, found in listing."""

    def lines(self) -> set[bytes]:
        """Return what `git.parsed` reads: a line a file."""

    def contents(self, entries: Iterable[Entry]) -> Iterator[tuple[str, bytes | Problem]]:
        """Yield path and bytes of files, or what is wrong with them."""


class _Stored:
    """A state that lies in the repository's objects."""

    def __init__(self, repository: Repository, name: str, shown: str, lines: set[bytes]) -> None:
        self.name = name
        self.shown = shown
        self.root: Path | None = None
        self.problems: list[Problem] = []
        self._repository = repository
        self._lines = lines

    def lines(self) -> set[bytes]:
        """Return the lines of the tree or of the index."""
        return self._lines

    def contents(self, entries: Iterable[Entry]) -> Iterator[tuple[str, bytes | Problem]]:
        """Yield path and bytes of blobs, or that they are too large."""
        asked = list(entries)
        blobs = self._repository.blobs((entry.id for entry in asked), files.MAX_BYTES)
        for entry, blob in zip(asked, blobs, strict=True):
            too_large = files.too_large(entry.path, blob.size)
            yield entry.path, too_large if blob.raw is None else blob.raw


class _Folder:
    """A book in a folder, as its files are now."""

    def __init__(self, root: Path, name: str, known: set[bytes] | None = None) -> None:
        """List a book; `known` are the lines of the state that it is compared with.

        Raises:
            BookError: there is no folder `roles`, or it cannot be listed.
        """
        listing = files.list_book(root)
        self.name = self.shown = name
        self.root: Path | None = root
        self.problems = [
            problem
            for problem in listing.problems
            if problem.kind.severity is Severity.ERROR and problem.path != files.SETTINGS
        ]
        self._folder = root
        self._known = known or set()
        self._paths = sorted(listing.files.keys() - {files.SETTINGS})

    def lines(self) -> set[bytes]:
        """Return the lines that git would have for the files.

        Links and submodules are as they are known: what is in a submodule is not of this book.
        """
        return self._lines

    @cached_property
    def _lines(self) -> set[bytes]:
        lines = {line for line in self._known if not line.startswith(b"100")}
        modules = [parsed(line).path + "/" for line in lines if line.startswith(b"160000")]
        like = next((parsed(line).id for line in self._known), _SHA1)
        for path in self._paths:
            if modules and path.startswith(tuple(modules)):
                continue
            content = files.read(self._folder, path)
            if isinstance(content, Problem):
                self.problems.append(content)
            else:
                lines.add(self._line(path, content[0], like))
        return lines

    def _line(self, path: str, raw: bytes, like: str) -> bytes:
        """Return a file's line, that of its LF form where git has it so (core.autocrlf)."""
        line = line_of(path, blob_id(raw, like))
        if line not in self._known and b"\r\n" in raw:
            converted = line_of(path, blob_id(raw.replace(b"\r\n", b"\n"), like))
            return converted if converted in self._known else line
        return line

    def contents(self, entries: Iterable[Entry]) -> Iterator[tuple[str, bytes | Problem]]:
        """Yield path and bytes of files, or what is wrong with them."""
        for entry in entries:
            content = files.read(self._folder, entry.path)
            yield entry.path, content if isinstance(content, Problem) else content[0]


@dataclass(frozen=True, slots=True)
class Finding:
    """A file that could not be read as it should: where, what, and whether it was compared."""

    state: State
    problem: Problem
    is_compared: bool


@dataclass(slots=True)
class Roles:
    """The positions of two states that are not the same in both, and what could not be read."""

    old: list[Role] = field(default_factory=list)
    new: list[Role] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


def commits(repository: Repository, *revisions: tuple[str, str]) -> list[State]:
    """Return the states of commits, given by id and by what the reader calls them."""
    listings = repository.listings([name for name, _ in revisions], [files.ROLES])
    return [
        _Stored(repository, name, shown, lines)
        for (name, shown), lines in zip(revisions, listings, strict=True)
    ]


def index(repository: Repository) -> State:
    """Return the state that is staged; files in conflict are among its problems."""
    lines, conflicts = repository.index([files.ROLES])
    lines = {line for line in lines if not _is_only_announced(parsed(line))}
    state = _Stored(repository, "index", tr("the index"), lines)
    state.problems = [
        Problem(
            source.CONFLICT,
            tr("The file is in conflict: a merge is not finished."),
            tr("Settle it, then `git add` the file."),
            path,
        )
        for path in sorted(conflicts)
    ]
    return state


def _is_only_announced(entry: Entry) -> bool:
    """Tell whether a file is in the index with nothing in it yet (`git add --intent-to-add`)."""
    return entry.is_file and entry.id == blob_id(b"", entry.id)


def worktree(root: Path, known: State) -> State:
    """Return the state of the files of a book, to be compared with one of its revisions.

    Raises:
        BookError: there is no folder `roles`, or it cannot be listed.
    """
    return _Folder(root, "worktree", known.lines())


def folder(root: Path, name: str) -> State:
    """Return the state of a book that lies in a folder.

    Raises:
        BookError: it has no folder `roles`, or no role files.
    """
    state = _Folder(root, name)
    if not state.lines() and not state.problems:
        raise BookError(
            tr("The book in {folder} has no role files.", folder=safe(str(root))),
            tr("`dutybook new POSITION` starts one."),
        )
    return state


def differing(old: State, new: State) -> Roles:
    """Return the positions that differ between two states, each side as far as it can be read."""
    olds, news = old.lines(), new.lines()
    sides = [_entries(olds - news), _entries(news - olds)]
    _drop_same(*sides)
    roles = Roles()
    with without_collection():
        unread = [
            _read(state, entries.values(), found, roles.findings)
            for state, entries, found in zip((old, new), sides, (roles.old, roles.new), strict=True)
        ]
    gone = unread[0] | unread[1]
    told = {one.problem.path for one in roles.findings if one.state is new}
    roles.findings = [
        one
        for one in roles.findings
        if one.state is new or one.is_compared or one.problem.path not in told
    ]
    roles.old = [role for role in roles.old if role.id not in gone]
    roles.new = [role for role in roles.new if role.id not in gone]
    return roles


def _entries(lines: Iterable[bytes]) -> dict[str, Entry]:
    """Return the role files among lines by path, in order."""
    found = {}
    for entry in sorted(map(parsed, lines), key=lambda entry: entry.path):
        if entry.is_submodule or files.is_role_path(entry.path):
            found[entry.path] = entry
    return found


def _drop_same(old: dict[str, Entry], new: dict[str, Entry]) -> None:
    """Drop the files that only moved from folder to folder, or changed their mode."""
    places = {(files.stem(path), entry.id): path for path, entry in old.items() if entry.is_file}
    for path, entry in list(new.items()):
        before = places.pop((files.stem(path), entry.id), None)
        if before is not None and entry.is_file:
            del old[before], new[path]


def _read(
    state: State, entries: Iterable[Entry], roles: list[Role], findings: list[Finding]
) -> set[str]:
    """Read files into positions; return the ids of those that cannot be compared."""
    problems = {problem.path: problem for problem in state.problems}
    wanted = []
    for entry in entries:
        problem = _not_a_file(entry)
        if problem:
            problems.setdefault(entry.path, problem)
        elif entry.path not in problems:
            wanted.append(entry)
    for path, content in state.contents(wanted):
        if isinstance(content, Problem):
            problems[path] = content
            continue
        role, problem = read_role(content, path)
        if role is None:
            assert problem is not None
            problems[path] = problem
            continue
        roles.append(role)
        if problem:
            findings.append(Finding(state, problem, is_compared=True))
    findings += [Finding(state, problem, False) for _, problem in sorted(problems.items())]
    return {files.stem(path) for path in problems}


def read_role(raw: bytes, path: str, name: str = "") -> tuple[Role | None, Problem | None]:
    """Return the position in a file's bytes as far as it can be read, and its first error.

    `name` is its id, which the file's name says where it is not given.
    """
    document = source.read(raw, path)
    role, is_sound = facts.read(document.data, name or files.stem(path))
    errors = [one for one in document.problems if one.kind.severity is Severity.ERROR]
    if is_sound and not errors:
        return role, None
    if role is None and errors:
        return None, errors[0]
    from dutybook import records  # heavy, and seldom needed

    checked = records.read_role(raw, path, name or files.stem(path)).problems
    errors = [one for one in checked if one.kind.severity is Severity.ERROR]
    return role, errors[0] if errors else None


def _not_a_file(entry: Entry) -> Problem | None:
    """Return the problem of what is listed and no regular file, or has a name beyond UTF-8."""
    if entry.is_submodule:
        message = tr("This is a submodule; what is in it is not compared.")
    elif not entry.is_file:
        message = tr("This is a link; it is not followed.")
    elif safe(entry.path) != entry.path:
        message = tr("The name of the file cannot be shown.")
    else:
        return None
    hint = tr("A role file is a regular file, named <id>.yaml.")
    return Problem(files.NOT_A_FILE, message, hint, entry.path)
