"""The history of one position, commit by commit, through renames of its file and its duties."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dutybook import files, revisions
from dutybook.changes.base import Kind
from dutybook.changes.compare import compare
from dutybook.git import parsed

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dutybook.changes.base import Change, Place
    from dutybook.facts import Role
    from dutybook.git import Commit, Repository

_TOO_LARGE = b"\0"  # stands for what is there and is not read
_AT_ONCE = 32  # commits whose files are asked for together


@dataclass(frozen=True, slots=True)
class Entry:
    """A commit that changed a position: what it changed, or that the file could not be read."""

    commit: Commit
    changes: tuple[Change, ...]
    is_readable: bool = True


def entries(repository: Repository, start: str, path: str) -> Iterator[Entry]:
    """Yield the commits that changed what a role file says, from a commit back.

    Where the file comes from one of another name, its history goes on with that one's.
    """
    while path and "\n" not in path:
        origin: tuple[str, str] | None = None
        for commit, states in _states(repository, start, path):
            if states[0] is not None and not any(states[1:]) and commit.parents:
                origin, entry = _origin(repository, commit, path)
                if entry is not None:
                    yield entry
                if origin is not None:
                    break
                continue
            entry = _entry(commit, path, states)
            if entry is not None:
                yield entry
        start, path = origin or ("", "")


def _states(
    repository: Repository, start: str, path: str
) -> Iterator[tuple[Commit, list[bytes | None]]]:
    """Yield each commit with what the file holds in it and in its parents."""
    commits = list(repository.history(start, path))
    for begin in range(0, len(commits), _AT_ONCE):
        some = commits[begin : begin + _AT_ONCE]
        names = dict.fromkeys(name for one in some for name in (one.id, *one.parents))
        blobs = repository.blobs_at(names, path, files.MAX_BYTES)
        held = {
            name: blob and (_TOO_LARGE if blob.raw is None else blob.raw)
            for name, blob in zip(names, blobs, strict=True)
        }
        for commit in some:
            yield commit, [held[name] for name in (commit.id, *commit.parents)]


def _entry(commit: Commit, path: str, states: Sequence[bytes | None]) -> Entry | None:
    """Return what a commit changed in a file, None for nothing that counts.

    A merge changed what differs from all of its parents.
    """
    roles = [_roles(state, path) for state in states]
    if None in roles:
        return Entry(commit, (), is_readable=False)
    now, *before = [role for role in roles if role is not None]
    found = compare(before[0] if before else [], now)
    for parent in before[1:]:
        others = compare(parent, now)
        found = tuple(change for change in found if change in others)
    return Entry(commit, found) if found else None


def _roles(raw: bytes | None, path: str) -> list[Role] | None:
    """Return the position in a file, none where there is no file, None where it says nothing."""
    if raw is None:
        return []
    role, _ = revisions.read_role(raw, path)
    return None if role is None else [role]


def _origin(
    repository: Repository, commit: Commit, path: str
) -> tuple[tuple[str, str] | None, Entry | None]:
    """Return where a file that is new in a commit comes from, and what changed on the way.

    The origin is the parent and the path there, None where the position is really new.
    """
    name = files.stem(path)
    parent = commit.parents[0]
    old, new = revisions.commits(repository, (parent, ""), (commit.id, ""))
    gone, came = old.lines() - new.lines(), new.lines() - old.lines()
    paths = {files.stem(one.path): one.path for one in map(parsed, gone) if one.is_file}
    found = revisions.differing(old, new)
    changes = tuple(change for change in compare(found.old, found.new) if _is_about(change, name))
    before = next((str(change.old) for change in changes if is_renamed(change, of_role=True)), name)
    is_new = any(change.kind is Kind.ADDED and change.place.duty is None for change in changes)
    origin = None if is_new or before not in paths else (parent, paths[before])
    entry = Entry(commit, changes) if changes else None
    if not changes and origin is None and came:
        entry = Entry(commit, (), is_readable=False)
    return origin, entry


def _is_about(change: Change, role: str) -> bool:
    return change.place.role == role


def is_renamed(change: Change, *, of_role: bool = False) -> bool:
    """Tell whether a change gave a duty, or a position, another id."""
    return change.kind is Kind.RENAMED and (change.place.duty is None) is of_role


def of_duty(found: Iterator[Entry], duty: str) -> Iterator[Entry]:
    """Yield the entries with only the changes of one duty, whatever its id was then."""
    for entry in found:
        changes = tuple(change for change in entry.changes if _names(change, duty))
        before = next((str(change.old) for change in changes if is_renamed(change)), duty)
        whole = tuple(
            change
            for change in entry.changes
            if change.place.duty is None and change.field is None and change.place.item is None
        )
        added = whole if not changes and any(_holds(change, duty) for change in whole) else ()
        if changes or added:
            yield Entry(entry.commit, changes or added)
        duty = before


def _names(change: Change, duty: str) -> bool:
    place: Place | None = change.after or change.before
    return place is not None and place.duty == duty


def _holds(change: Change, duty: str) -> bool:
    """Tell whether a position that came or went had a duty."""
    for content in (change.old, change.new):
        duties = getattr(content, "duties", ())
        if any(one.text("id") == duty for one in duties):
            return True
    return False
