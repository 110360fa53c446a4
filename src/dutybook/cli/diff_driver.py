"""`dutybook diff --git-driver`: one file's difference for `git diff`, which calls us.

git ends with an error where its driver does, so that whatever a file holds is shown somehow: what
is no role file as lines.
"""

from __future__ import annotations

import difflib
import os
from pathlib import Path
from typing import TYPE_CHECKING, Final

import typer

from dutybook import files, revisions
from dutybook.changes.compare import compare
from dutybook.cli import console, diff_tables
from dutybook.errors import UsageError
from dutybook.messages import tr
from dutybook.problems import Problem
from dutybook.text import safe

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rich.console import RenderableType

    from dutybook.changes.base import Change

_ARGUMENTS: Final = (1, 7, 9)  # a path in conflict; path and two of (file, id, mode); a rename
_NOTHING: Final = "/dev/null"
_MOST_LINES: Final = 5000


def run(context: typer.Context, arguments: Sequence[str]) -> int:
    """Show what changed in the file that git passes, as its documentation of drivers says.

    Raises:
        UsageError: it was not git that called.
    """
    if len(arguments) not in _ARGUMENTS:
        raise UsageError(
            tr("--git-driver is for git, which passes seven arguments or nine."),
            tr("How to set it up: docs/how-to/git.md."),
        )
    _as_git_does()
    path = arguments[0]
    if len(arguments) == 1:
        console.write(safe(tr("{path}: in conflict", path=path)) + "\n")
        return 0
    old_file, old_mode, new_file, new_mode = (arguments[index] for index in (1, 3, 4, 6))
    new_path = arguments[7] if len(arguments) > 7 else path
    old, new = _content(old_file, old_mode), _content(new_file, new_mode)
    shown = path if path == new_path else f"{path} → {new_path}"
    console.write(f"dutybook diff {safe(shown)}".replace("\n", "\\n") + "\n")
    changes = _changes(old, new, path, new_path)
    if changes is None:
        console.write(safe("".join(_lines(old, new))))
    elif not changes:
        console.write(tr("No differences.") + "\n")
    else:
        console.write_rich(context, *_parts(context, changes))
    return 0


def _as_git_does() -> None:
    """Leave paging to git, and use colours where its pager shows them."""
    os.environ["PAGER"] = ""
    if os.environ.get("GIT_PAGER_IN_USE") and os.environ.get("TERM", "dumb") != "dumb":
        os.environ.setdefault("FORCE_COLOR", "1")  # NO_COLOR and --color still come first


def _parts(context: typer.Context, changes: Sequence[Change]) -> Iterator[RenderableType]:
    return diff_tables.render(changes, str, console.width(), color=console.has_color(context))


def _content(file: str, mode: str) -> bytes | Problem:
    if file == _NOTHING or mode == ".":
        return b""
    place = Path(os.path.abspath(file))  # noqa: PTH100 - no link is followed
    content = files.read(place.parent, place.name)
    return content if isinstance(content, Problem) else content[0]


def _changes(
    old: bytes | Problem, new: bytes | Problem, path: str, new_path: str
) -> Sequence[Change] | None:
    """Return the changes between two role files, None where one of them is none."""
    sides = []
    for content, name in ((old, path), (new, new_path)):
        if isinstance(content, Problem):
            return None
        role = revisions.read_role(content, name)[0] if content else None
        if content and role is None:
            return None
        sides.append([role] if role else [])
    return compare(*sides)


def _lines(old: bytes | Problem, new: bytes | Problem) -> Iterator[str]:
    """Yield the difference of two texts by lines, or why there is none to show."""
    texts: list[list[str]] = []
    for content in (old, new):
        if isinstance(content, Problem):
            yield f"{content.message}\n"
            return
        texts.append(content.decode("utf-8", "replace").splitlines(keepends=True))
    if max(map(len, texts)) > _MOST_LINES:
        yield tr("The files differ; they are too long to show.") + "\n"
        return
    for line in difflib.unified_diff(texts[0], texts[1], "old", "new"):
        yield line if line.endswith("\n") else line + "\n"
