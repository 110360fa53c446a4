"""Revisions of a git repository and the blobs in them, read only: the one door to subprocess.

The repository may be a stranger's, and its configuration can name programs. Only plumbing that
never runs one is called (rev-parse, merge-base, log without a diff, ls-tree, ls-files, cat-file),
with the settings that name programs overruled. What a person types as a revision goes through
`rev-parse --verify` once; from there on only object ids are used.
"""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import subprocess
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import IO, TYPE_CHECKING, Final, NamedTuple

from dutybook.errors import GitError, RevisionError
from dutybook.messages import tr
from dutybook.text import safe

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

ROOT: Final = "."
"""The folder that a repository was opened at, as a path below itself."""

_OVERRULED: Final = (
    "core.fsmonitor=false",
    "core.hooksPath=/dev/null",
    "core.pager=cat",
    "core.sshCommand=false",
    "diff.external=",
    "log.follow=false",
    "log.showSignature=false",
    "log.mailmap=false",
    "protocol.allow=never",
)
_COMMAND: Final = (
    "--no-pager",
    "--literal-pathspecs",
    "--no-optional-locks",
    *(part for setting in _OVERRULED for part in ("-c", setting)),
)
_KEPT: Final = frozenset(
    (
        "GIT_CEILING_DIRECTORIES",
        "GIT_CONFIG_GLOBAL",
        "GIT_CONFIG_NOSYSTEM",
        "GIT_CONFIG_SYSTEM",
        "GIT_DISCOVERY_ACROSS_FILESYSTEM",
        "GIT_EXEC_PATH",
    )
)
_SET: Final = {
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0",
    "LC_ALL": "C",
    "LANGUAGE": "",
}
_HASH: Final = re.compile(rb"[0-9a-f]{40}(?:[0-9a-f]{24})?")
_HEADER: Final = re.compile(rb"([0-9a-f]{40,64}) ([a-z]+) ([0-9]+)\n")
_FILE_MODES: Final = (b"100644", b"100755")
_AHEAD: Final = 16  # names asked for at once: they fit into a pipe
_CHUNK: Final = 1 << 16
_LOG: Final = "%H%n%P%n%aI%n%an"  # none of them can hold a line break


class Entry(NamedTuple):
    """A line of a tree or of the index: the mode tells files, links and submodules apart."""

    mode: str
    id: str
    path: str

    @property
    def is_file(self) -> bool:
        """Whether it is a regular file."""
        return self.mode.encode() in _FILE_MODES

    @property
    def is_submodule(self) -> bool:
        """Whether another repository stands in this place."""
        return self.mode == "160000"


class Blob(NamedTuple):
    """A blob: its id, its size, its bytes, None where it is larger than was allowed."""

    id: str
    size: int
    raw: bytes | None


@dataclass(frozen=True, slots=True)
class Commit:
    """A commit in the history: the date as the author's clock had it, in ISO 8601."""

    id: str
    parents: tuple[str, ...]
    date: str
    author: str


class Repository:
    """The repository that a folder lies in; all paths are relative to that folder, with `/`."""

    def __init__(self, folder: Path, top: Path, *, shallow: bool, program: str) -> None:
        self.folder = folder
        self.top = top
        self.is_shallow = shallow
        self._program = program

    @classmethod
    def of(cls, folder: Path) -> Repository:
        """Open the repository that a folder lies in.

        Raises:
            GitError: there is no git, no repository, no work tree, or git refuses to read it.
        """
        program = shutil.which("git")
        if program is None or not Path(program).is_absolute():  # never one that lies in the book
            raise GitError(
                tr("git is not installed, or not on the PATH."),
                tr("Install git; without it, two books compare with --books DIR DIR."),
            )
        self = cls(folder, folder, shallow=False, program=program)
        done = self._run(
            "rev-parse", "--is-bare-repository", "--is-inside-work-tree",
            "--is-shallow-repository", "--show-toplevel",
        )  # fmt: skip
        bare, _, rest = done.stdout.partition(b"\n")
        inside, _, rest = rest.partition(b"\n")
        shallow, _, top = rest.partition(b"\n")
        if bare == b"true" or inside == b"false":
            raise GitError(
                tr("{folder} lies in a bare repository.", folder=safe(str(folder))),
                tr("Clone it, and compare in the clone."),
            )
        if done.returncode:
            raise self._refusal(done.stderr)
        self.top = Path(os.fsdecode(top.removesuffix(b"\n")))
        self.is_shallow = shallow == b"true"
        return self

    @cached_property
    def prefix(self) -> str:
        """The path of the folder from the top of the work tree, empty or ending in `/`."""
        path = os.path.relpath(os.path.realpath(self.folder), os.path.realpath(self.top))
        return "" if path == "." else path.replace(os.sep, "/") + "/"

    def commit(self, revision: str) -> str:
        """Return the id of the commit that a person's word for a revision means.

        Raises:
            RevisionError: it begins with `-`, or names no commit that is here.
        """
        if revision.startswith("-") or not revision or "\0" in revision:
            raise RevisionError(
                tr("{revision} cannot be a revision.", revision=safe(revision) or "''"),
                tr("A branch, a tag or a commit: `main`, `v1.0`, `HEAD~3`, `main..draft`."),
            )
        done = self._run("rev-parse", "--verify", "--end-of-options", f"{revision}^{{commit}}")
        line = done.stdout.removesuffix(b"\n")
        if done.returncode == 0 and _HASH.fullmatch(line):
            return line.decode()
        raise self._unknown(revision, done.stderr)

    def merge_base(self, one: str, other: str) -> str:
        """Return the commit at which two commits, given by id, parted.

        Raises:
            RevisionError: they have none in common, as far as history is here.
        """
        done = self._run("merge-base", one, other)
        line = done.stdout.split(b"\n")[0]
        if done.returncode == 0 and _HASH.fullmatch(line):
            return line.decode()
        if done.returncode > 1:
            raise self._refusal(done.stderr)
        raise RevisionError(
            tr("{one} and {other} have no history in common.", one=one[:10], other=other[:10]),
            self._deepen() or tr("Compare them with two dots: OLD..NEW."),
        )

    def tree(self, commit: str, under: str = ROOT) -> dict[str, str]:
        """Return the ids of the regular files of a commit below a path, by path.

        Links and submodules are left out; what is not there is empty.
        """
        (found,) = self.listings([commit], [under])
        entries = (entry for entry in map(parsed, found) if entry.is_file)
        return {entry.path: entry.id for entry in sorted(entries, key=lambda entry: entry.path)}

    def listings(self, commits: Sequence[str], under: Sequence[str]) -> list[set[bytes]]:
        """Return every line of the trees of commits below paths: mode, type, id, tab, path.

        Lines are bytes for `parsed`: of two large trees only the lines that differ need reading.
        """
        running = [self._start("ls-tree", "-r", "-z", one, "--", *under) for one in commits]
        try:
            return [_lines(self._output(process)) for process in running]
        finally:
            for process in running:
                _end(process)

    def index(self, under: Sequence[str] = (ROOT,)) -> tuple[set[bytes], set[str]]:
        """Return the lines of the index below paths, and the paths that a merge left open."""
        lines, conflicts = set(), set()
        for line in _lines(self._output(self._start("ls-files", "-s", "-z", "--", *under))):
            about, _, path = line.partition(b"\t")
            mode, name, stage = about.split(b" ")
            if stage == b"0":
                kind = b"commit" if mode == b"160000" else b"blob"
                lines.add(b"%s %s %s\t%s" % (mode, kind, name, path))
            else:
                conflicts.add(os.fsdecode(path))
        return lines, conflicts

    def blobs(self, ids: Iterable[str], limit: int) -> Iterator[Blob]:
        """Yield blobs by id, in order; the bytes of one larger than the limit are not kept.

        Raises:
            GitError: an object is not here, or is no blob.
        """
        names = [name for name in ids if _HASH.fullmatch(name.encode())]
        for name, blob in zip(names, self._objects(names, limit), strict=True):
            if blob is None:
                raise GitError(
                    tr("The object {id} is not in this repository.", id=name[:10]),
                    self._deepen() or tr("In a partial clone, `git fetch --refetch` brings it."),
                )
            yield blob

    def blobs_at(self, commits: Iterable[str], path: str, limit: int) -> Iterator[Blob | None]:
        """Yield what a path holds at commits given by id, None where it holds no file.

        `path` is relative to the folder, and has no line break.
        """
        return self._objects([f"{commit}:./{path}" for commit in commits], limit)

    def _objects(self, names: Sequence[str], limit: int) -> Iterator[Blob | None]:
        """Yield the blobs that names mean, None for what is not there or is no blob."""
        process = self._start("cat-file", "--batch", stdin=subprocess.PIPE)
        try:
            assert process.stdin is not None
            assert process.stdout is not None
            for start in range(0, len(names), _AHEAD):
                asked = names[start : start + _AHEAD]
                with contextlib.suppress(OSError):  # it has ended: then it has no answer either
                    process.stdin.write(os.fsencode("".join(f"{name}\n" for name in asked)))
                    process.stdin.flush()
                for _ in asked:
                    yield _answer(process.stdout, limit)
        finally:
            _end(process)

    def history(self, commit: str, path: str) -> Iterator[Commit]:
        """Yield the commits, from one back, that changed a path (relative to the folder)."""
        process = self._start(
            "log", "-z", "--no-show-signature", "--no-patch", "--encoding=UTF-8",
            f"--format={_LOG}", commit, "--", path,
        )  # fmt: skip
        for record in self._output(process).split(b"\0"):
            fields = record.decode("utf-8", "replace").split("\n")
            if len(fields) == 4:
                yield Commit(fields[0], tuple(fields[1].split()), fields[2], fields[3])

    def _run(self, *arguments: str) -> subprocess.CompletedProcess[bytes]:
        process = self._start(*arguments)
        out, errors = process.communicate()
        return subprocess.CompletedProcess(arguments, process.returncode, out, errors)

    def _start(self, *arguments: str, stdin: int = subprocess.DEVNULL) -> subprocess.Popen[bytes]:
        try:
            return subprocess.Popen(  # noqa: S603 - our own arguments, and no shell
                [self._program, *_COMMAND, *arguments],
                stdin=stdin,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL if stdin == subprocess.PIPE else subprocess.PIPE,
                cwd=self.folder,
                env=_environment(),
            )
        except (OSError, ValueError) as error:  # ValueError: a NUL in an argument
            reason = error.strerror if isinstance(error, OSError) else None
            raise GitError(
                tr("git cannot be started: {reason}", reason=safe(reason or str(error)))
            ) from None

    def _output(self, process: subprocess.Popen[bytes]) -> bytes:
        out, errors = process.communicate()
        if process.returncode:
            raise self._refusal(errors)
        return out

    def _refusal(self, errors: bytes) -> GitError:
        """Return the error for what git says on stderr."""
        said = safe(errors.decode("utf-8", "replace")).strip()
        if "dubious ownership" in said:
            return GitError(
                tr("git does not trust the repository: {reason}", reason=_first_line(said)),
                tr(
                    "If you do: `git config --global --add safe.directory {folder}`.",
                    folder=safe(str(self.folder.resolve())),
                ),
            )
        if "not a git repository" in said:
            return GitError(
                tr("{folder} is not in a git repository.", folder=safe(str(self.folder))),
                tr("Start one with `git init`, or compare two books with --books DIR DIR."),
            )
        return GitError(
            tr("git cannot read the repository: {reason}", reason=_first_line(said)),
            tr("Check it with `git fsck`."),
        )

    def _unknown(self, revision: str, errors: bytes) -> RevisionError:
        shown = safe(revision)
        if b" is ambiguous" in errors:
            return RevisionError(
                tr("Several objects begin with {revision}.", revision=shown),
                tr("Write more of the id."),
            )
        if revision in {"HEAD", "@"}:
            return RevisionError(
                tr("Nothing has been committed here yet."), tr("Compare after the first commit.")
            )
        return RevisionError(
            tr("There is no revision {revision} here.", revision=shown),
            self._deepen() or tr("`git log --oneline` and `git branch -a` show what there is."),
        )

    def _deepen(self) -> str:
        """Return the advice for a history that is cut off, an empty text for a whole one."""
        if not self.is_shallow:
            return ""
        return tr("This clone is shallow: `git fetch --unshallow` (in CI: fetch-depth: 0).")


def _answer(stream: IO[bytes], limit: int) -> Blob | None:
    """Read one answer of `cat-file --batch`; what is too large is read past."""
    header = _HEADER.fullmatch(stream.readline())
    if header is None:
        return None
    name, kind, size = header[1].decode(), header[2], int(header[3])
    if size <= limit:
        raw = stream.read(size + 1)[:-1]
        return Blob(name, size, raw) if kind == b"blob" else None
    left = size + 1
    while left:
        left -= len(stream.read(min(left, _CHUNK))) or left
    return Blob(name, size, None) if kind == b"blob" else None


def parsed(line: bytes) -> Entry:
    """Return a line of a listing in its parts."""
    about, _, path = line.partition(b"\t")
    mode, _, name = about.split(b" ")
    return Entry(mode.decode(), name.decode(), os.fsdecode(path))


def line_of(path: str, name: str) -> bytes:
    """Return the line that a listing would have for a regular file."""
    return b"100644 blob %s\t%s" % (name.encode(), os.fsencode(path))


def blob_id(raw: bytes, like: str) -> str:
    """Return the id that git gives to bytes, in a repository with ids like the one given."""
    from hashlib import sha1, sha256

    hashed = (sha1 if len(like) == 40 else sha256)(b"blob %d\0" % len(raw))
    hashed.update(raw)
    return hashed.hexdigest()


def _environment() -> dict[str, str]:
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("GIT_") or name in _KEPT
    }
    return kept | _SET


def _lines(out: bytes) -> set[bytes]:
    lines = set(out.split(b"\0"))
    lines.discard(b"")
    return lines


def _end(process: subprocess.Popen[bytes]) -> None:
    """End a process, whatever it is doing, and close its pipes."""
    for pipe in (process.stdin, process.stdout, process.stderr):
        if pipe is not None:
            with contextlib.suppress(OSError):
                pipe.close()
    process.wait()


def _first_line(said: str) -> str:
    return next(iter(said.splitlines()), "?").removeprefix("fatal: ")
