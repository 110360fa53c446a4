"""How the tests of rules check a book: texts by path in, findings out, without a disk."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from dutybook import engine
from dutybook.engine import Snapshot
from dutybook.problems import Problem, Report
from dutybook.verdicts import Verdicts

TODAY = date(2026, 1, 31)
TELLER = "roles/teller.yaml"


def snapshot(texts: Mapping[str, str | bytes]) -> Snapshot:
    """Return texts by path as the files of a book."""
    raw = {path: text if isinstance(text, bytes) else text.encode() for path, text in texts.items()}
    return Snapshot(sorted(raw), raw.__getitem__)


def check(
    texts: Mapping[str, str | bytes] | str | bytes,
    *,
    ignore: Sequence[str] = (),
    today: date = TODAY,
    verdicts: Verdicts | None = None,
) -> Report:
    """Check a book of texts; a text alone is the role file of 柜员."""
    if not isinstance(texts, Mapping):
        texts = {TELLER: texts}
    return engine.check(snapshot(texts), today, verdicts or Verdicts(None), ignore)


def found(report: Report, *codes: str) -> list[Problem]:
    """Return the problems of a report with these codes."""
    return [problem for problem in report.problems if problem.kind.code.startswith(codes)]


def place(problem: Problem) -> tuple[str, int, int] | tuple[str]:
    """Return path, line and column, only the path where there is no line."""
    span = problem.span
    return (problem.path, span.line, span.column) if span else (problem.path,)


def role(name: str = "teller", title: str = "柜员", head: str = "", duties: str = "") -> str:
    """Return a role file: `head` begins on line 3, `duties` two lines below it.

    Without duties there is one, of which no rule says anything.
    """
    return f"id: {name}\ntitle: {title}\n{head}duties:\n{duties or CASH}"


CASH = "  - {id: cash, title: 现金, text: 收付现金。, involvement: responsible}\n"


def book(*roles: str) -> dict[str, str]:
    """Return role files by the path that their id asks for."""
    return {f"roles/{text.split(maxsplit=2)[1]}.yaml": text for text in roles}


def labelled(labels: str) -> str:
    """Return a role whose duties have these labels: the first on line 4, each in column 21."""
    return role(
        duties="".join(
            f'  - {{id: d{number}, label: "{label}", title: 业务, text: 办理第{number}类业务。}}\n'
            for number, label in enumerate(labels.split(), 1)
        )
    )


def itemized(labels: str) -> str:
    """Return a role with a duty whose items have these labels: the first on line 7, column 17."""
    return role(
        duties="  - id: cash\n    title: 现金\n    items:\n"
        + "".join(f'      - {{label: "{label}", text: 办理业务。}}\n' for label in labels.split())
    )
