"""Problems for GitHub: workflow commands in the log, and a job summary.

GitHub shows ten annotations of a kind a step, so that the worst come first and the summary has
all. Escaping is that of actions/toolkit.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from dutybook.messages import ntr, tr
from dutybook.problems import Severity
from dutybook.reports.base import sentence
from dutybook.reports.text import counts
from dutybook.rules.pages import SEVERITIES
from dutybook.text import safe

if TYPE_CHECKING:
    from dutybook.problems import Problem, Report
    from dutybook.reports.base import ShownPath

_COMMANDS: Final = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}
_SHOWN: Final = 10
_LARGEST: Final = 1_000_000  # bytes of a summary; GitHub takes 1 MiB a step and drops a larger one


def render(report: Report, shown_path: ShownPath, most: int | None = None) -> str:
    """Return the workflow commands, at most ten of a kind, and a line for what they leave out.

    That line is a notice itself, one of the ten. `most` is how many of the problems are shown.
    """
    lines = []
    for severity, command in _COMMANDS.items():
        problems = [one for one in report.problems[:most] if one.kind.severity is severity]
        lines.append([_command(command, problem, shown_path) for problem in problems[:_SHOWN]])
    left_out = len(report.problems) - sum(map(len, lines))
    if left_out:
        dropped = lines[-1][_SHOWN - 1 :]
        del lines[-1][_SHOWN - 1 :]
        more = tr("{count} more problems are in the job summary.", count=left_out + len(dropped))
        lines[-1].append(f"::notice::{_data(more)}")
    return "".join(line + "\n" for kind in lines for line in kind)


def summary(report: Report, shown_path: ShownPath) -> str:
    """Return the job summary in Markdown: the counts and a table of all problems."""
    lines = [f"## dutybook validate: {counts(report)}", ""]
    if report.problems:
        heads = (tr("Place"), tr("Severity"), tr("Code"), tr("Problem"))
        lines += [f"| {' | '.join(heads)} |", "| --- | --- | --- | --- |"]
    room = _LARGEST
    for number, problem in enumerate(report.problems):
        place = shown_path(problem.path) + (f":{problem.span.line}" if problem.span else "")
        severity = tr(SEVERITIES[problem.kind.severity.label])
        cells = (place, severity, problem.kind.code, sentence(problem))
        row = "| " + " | ".join(_cell(cell) for cell in cells) + " |"
        room -= len(row.encode()) + 1
        if room < 0:
            left_out = len(report.problems) - number
            lines += ["", ntr("… {count} more\n", "… {count} more\n", left_out).rstrip()]
            break
        lines.append(row)
    return "\n".join(lines) + "\n"


def _command(command: str, problem: Problem, shown_path: ShownPath) -> str:
    properties = {"file": shown_path(problem.path)}
    if problem.span:
        properties["line"] = str(problem.span.line)
        properties["col"] = str(problem.span.column)
        properties["endLine"] = str(problem.span.end_line)
        if problem.span.line == problem.span.end_line:
            properties["endColumn"] = str(problem.span.end_column)
    properties["title"] = f"{problem.kind.code} {problem.kind.name}"
    joined = ",".join(f"{name}={_property(value)}" for name, value in properties.items())
    return f"::{command} {joined}::{_data(sentence(problem))}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(safe(text)).replace(":", "%3A").replace(",", "%2C")


def _cell(text: str) -> str:
    """Return data as text in a cell of a Markdown table."""
    escaped = safe(text).replace("&", "&amp;").replace("<", "&lt;").replace("\n", " ")
    return "".join(f"\\{one}" if one in "\\|`*_[]~#" else one for one in escaped)
