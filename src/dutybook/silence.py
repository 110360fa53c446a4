"""Comments that silence a finding: `# dutybook: ignore CODE reason`, on its line or above it."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING, Final, NamedTuple

from dutybook.messages import tr
from dutybook.problems import Kind, Problem, Severity, Span
from dutybook.rules.silencers import UNUSED, WITHOUT_REASON

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from dutybook.source import Document, Place

FIXED: Final = ("F", "Y", "S")
"""Errors of files, YAML and shape cannot be silenced, ignored or lowered."""

_COMMENT = re.compile(r"(?<!\S)#\s*dutybook:\s*ignore\b[ \t]*")
_CODES = re.compile(r"[A-Z][0-9]{0,3}(?:[ \t,，、]+[A-Z][0-9]{1,3})*(?![0-9A-Za-z])")
_SEPARATOR = re.compile(r"[ \t,，、]+")


class Silencer(NamedTuple):
    """A comment that silences: where it stands, the line it is about, its codes and reason."""

    line: int
    column: int
    about: int
    codes: list[str]
    reason: str


def is_fixed(kind: Kind) -> bool:
    """Tell whether nothing can leave out problems of a kind."""
    return kind.code.startswith(FIXED) and kind.severity is Severity.ERROR


def of_document(document: Document) -> Iterator[Silencer]:
    """Yield the comments that silence: those that stand where YAML sees a comment.

    One on a line of its own is about the next line that is no comment.
    """
    if "dutybook:" not in document.text or document.root is None:
        return
    lines = document.lines
    inside = sorted(_extent(place, lines) for place in document.scalars())
    starts = [start for start, _ in inside]
    below = len(lines)
    about = [below] * len(lines)
    for number in range(len(lines) - 1, -1, -1):
        about[number] = below
        if not lines[number].lstrip().startswith("#"):
            below = number
    for number, line in enumerate(lines):
        for match in _COMMENT.finditer(line):
            here = (number, match.start())
            before = bisect_right(starts, here) - 1
            if before >= 0 and here < inside[before][1]:
                continue
            rest = line[match.end() :]
            found = _CODES.match(rest)
            codes = _SEPARATOR.split(found.group()) if found else []
            reason = rest[found.end() :].lstrip(" \t,:，、：") if found else rest
            alone = not line[: match.start()].strip()
            yield Silencer(
                number + 1,
                match.start() + 1,
                (about[number] if alone else number) + 1,
                codes,
                reason.strip(),
            )
            break


def _extent(place: Place, lines: Sequence[str]) -> tuple[tuple[int, int], tuple[int, int]]:
    """Return where a value's text begins and ends; that of `|` and `>` on the next line."""
    line, column = place.start.line, place.start.column
    is_block = line < len(lines) and lines[line][column : column + 1] in {"|", ">"}
    start = (line + 1, 0) if is_block else (line, column)
    return start, (place.end.line, place.end.column)


def apply(
    problems: Iterable[Problem], silencers: Mapping[str, Sequence[Silencer]]
) -> tuple[list[Problem], list[Problem]]:
    """Part the problems from those that comments silence, and report comments that silence nothing.

    Returns what is left and what was silenced.
    """
    by_line: dict[tuple[str, int], list[Silencer]] = {}
    for path, found in silencers.items():
        for silencer in found:
            by_line.setdefault((path, silencer.about), []).append(silencer)
    kept: list[Problem] = []
    silenced: list[Problem] = []
    used: set[tuple[str, int]] = set()
    for problem in problems:
        chosen = None
        if problem.span is not None and not is_fixed(problem.kind):
            chosen = _silencer_of(problem, by_line.get((problem.path, problem.span.line), ()))
        if chosen is None:
            kept.append(problem)
        else:
            used.add((problem.path, chosen.line))
            silenced.append(problem)
    for path, found in silencers.items():
        kept += [
            _idle(path, silencer)
            for silencer in found
            if not _is_complete(silencer) or (path, silencer.line) not in used
        ]
    return kept, silenced


def _silencer_of(problem: Problem, silencers: Sequence[Silencer]) -> Silencer | None:
    for silencer in silencers:
        if _is_complete(silencer) and problem.kind.code.startswith(tuple(silencer.codes)):
            return silencer
    return None


def _is_complete(silencer: Silencer) -> bool:
    """Tell whether a comment has codes, and a reason with at least a letter in it."""
    return bool(silencer.codes) and any(one.isalnum() for one in silencer.reason)


def _idle(path: str, silencer: Silencer) -> Problem:
    """Return what is wrong with a comment that silences nothing."""
    span = Span(silencer.line, silencer.column, silencer.line, silencer.column + 1)
    if not _is_complete(silencer):
        return Problem(
            WITHOUT_REASON.kind,
            tr("The comment silences nothing without a code and a reason."),
            tr("As in `# dutybook: ignore W001 why it is right here`."),
            path,
            span,
        )
    return Problem(
        UNUSED.kind,
        tr("There is nothing here for {codes} to silence.", codes=", ".join(silencer.codes)),
        tr("Delete the comment."),
        path,
        span,
    )
