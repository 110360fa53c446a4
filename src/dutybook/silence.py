"""Comments that silence a finding: `# dutybook: ignore CODE reason`, on its line or above it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from dutybook.messages import tr
from dutybook.problems import Problem, Severity, Span
from dutybook.rules.silencers import UNUSED, WITHOUT_REASON

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from dutybook.source import Document

FIXED: Final = ("F", "Y", "S")
"""Errors of files, YAML and shape cannot be silenced, ignored or lowered."""

_COMMENT = re.compile(
    r"#\s*dutybook:\s*ignore\b[ \t]*([A-Z][0-9]{0,3}(?:[ ,]+[A-Z][0-9]{1,3})*)?[ \t]*(.*)"
)


class Silencer(NamedTuple):
    """A comment that silences: where it stands, the line it is about, its codes and reason."""

    line: int
    column: int
    about: int
    codes: list[str]
    reason: str


def is_fixed(problem: Problem) -> bool:
    """Tell whether nothing can leave a problem out."""
    return problem.kind.code.startswith(FIXED) and problem.kind.severity is Severity.ERROR


def of_document(document: Document) -> Iterator[Silencer]:
    """Yield the comments that silence: those that stand where YAML sees a comment."""
    if "dutybook:" not in document.text or document.root is None:
        return
    inside = [(place.start, place.end) for place in document.scalars()]
    for number, line in enumerate(document.lines):
        match = _COMMENT.search(line)
        if not match or (match.start() and not line[match.start() - 1].isspace()):
            continue
        here = (number, match.start())
        if any(
            (start.line, start.column) <= here < (end.line, end.column) for start, end in inside
        ):
            continue
        alone = not line[: match.start()].strip()
        codes = re.split(r"[ ,]+", match[1]) if match[1] else []
        about = number + 1 + (1 if alone else 0)
        yield Silencer(number + 1, match.start() + 1, about, codes, match[2].strip())


def apply(
    problems: Iterable[Problem], silencers: Mapping[str, Sequence[Silencer]]
) -> tuple[list[Problem], int]:
    """Leave out what comments silence, and report the comments that silence nothing."""
    kept: list[Problem] = []
    used: set[tuple[str, int]] = set()
    silenced = 0
    for problem in problems:
        silencer = _silencer_of(problem, silencers.get(problem.path, ()))
        if silencer is None:
            kept.append(problem)
        else:
            used.add((problem.path, silencer.line))
            silenced += 1
    for path, found in silencers.items():
        for silencer in found:
            span = Span(silencer.line, silencer.column, silencer.line, silencer.column + 1)
            if not silencer.reason or not silencer.codes:
                kept.append(
                    Problem(
                        WITHOUT_REASON.kind,
                        tr("The comment silences nothing without a code and a reason."),
                        tr("As in `# dutybook: ignore W001 why it is right here`."),
                        path,
                        span,
                    )
                )
            elif (path, silencer.line) not in used:
                kept.append(
                    Problem(
                        UNUSED.kind,
                        tr(
                            "There is nothing here for {codes} to silence.",
                            codes=", ".join(silencer.codes),
                        ),
                        tr("Delete the comment."),
                        path,
                        span,
                    )
                )
    return kept, silenced


def _silencer_of(problem: Problem, silencers: Sequence[Silencer]) -> Silencer | None:
    if problem.span is None or is_fixed(problem):
        return None
    for silencer in silencers:
        if (
            silencer.about == problem.span.line
            and silencer.reason
            and any(problem.kind.code.startswith(code) for code in silencer.codes)
        ):
            return silencer
    return None
