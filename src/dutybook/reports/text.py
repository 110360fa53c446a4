"""Problems for people: the words, the place, the offending line with a caret, what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dutybook.messages import listed, ntr, tr
from dutybook.problems import Severity
from dutybook.rules.pages import SEVERITIES
from dutybook.text import cells, safe

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from dutybook.problems import Problem, Report, Span

_SHOWN = 100  # cells of a line; a longer one is shown around the place


def render(
    problems: Iterable[Problem],
    lines: Mapping[str, Sequence[str]],
    shown_path: Callable[[str], str],
) -> str:
    """Return the problems as text, a block each.

    `lines` holds the lines of the files that problems stand in, by path; `shown_path` gives a
    path as the reader types it.
    """
    return "".join(_block(problem, lines.get(problem.path, ()), shown_path) for problem in problems)


def counts(report: Report) -> str:
    """Return the counts by severity as a sentence, with what comments silenced."""
    words = [
        ntr("{count} error", "{count} errors", report.count(Severity.ERROR)),
        ntr("{count} warning", "{count} warnings", report.count(Severity.WARNING)),
        ntr("{count} info", "{count} infos", report.count(Severity.INFO)),
    ]
    said = ntr("{count} position", "{count} positions", report.roles)
    if report.silenced:
        words.append(ntr("{count} silenced", "{count} silenced", report.silenced))
    return tr("{positions}: {counts}", positions=said, counts=listed(words))


def _block(problem: Problem, lines: Sequence[str], shown_path: Callable[[str], str]) -> str:
    span = problem.span
    place = safe(shown_path(problem.path)).replace("\n", "\\n")
    if span:
        place += f":{span.line}:{span.column}"
    severity = tr(SEVERITIES[problem.kind.severity.label])
    parts = [f"{place}: {severity} {problem.kind.code} {_one_line(problem.message)}"]
    if span and span.line <= len(lines):
        parts += _pointed(lines[span.line - 1], span)
    if problem.hint:
        parts.append(f"    {_one_line(problem.hint)}")
    return "\n".join(parts) + "\n"


def _one_line(text: str) -> str:
    return safe(text).replace("\n", "\\n")


def _pointed(line: str, span: Span) -> list[str]:
    """Return the line of a place and below it the caret, both cut around the place if long."""
    start = span.column - 1
    end = span.end_column - 1 if span.end_line == span.line else len(line)
    first = max(start - _SHOWN // 4, 0) if cells(line) > _SHOWN else 0
    last = min(first + _SHOWN // 2, len(line)) if cells(line) > _SHOWN else len(line)
    before, marked, after = (
        line[first:start],
        line[start : min(end, last)],
        line[min(end, last) : last],
    )
    dots = "…" if first else ""
    shown = dots + safe(before) + safe(marked) + safe(after) + ("…" if last < len(line) else "")
    caret = " " * cells(dots + safe(before)) + "^" * max(cells(safe(marked)), 1)
    return [f"    {shown}", f"    {caret}"]
