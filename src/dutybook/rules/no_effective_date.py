"""T002: a position in force says since when."""

from collections.abc import Iterator

from dutybook.messages import mark, tr
from dutybook.model import Role
from dutybook.problems import Kind, Severity
from dutybook.rules.base import Finding, Rule, bad, good


def check(role: Role) -> Iterator[Finding]:
    """Report positions in force without `effective`."""
    if role.status == "in-force" and role.effective is None:
        yield Finding(
            tr("The position is in force, and nothing says since when."),
            tr("Add `effective: 2026-01-31`."),
            ("id",),
        )


_ROLE = "id: teller\ntitle: 柜员\nduties:\n  - {id: cash, title: 现金, text: 办理现金业务。}\n"

RULE = Rule(
    Kind("T002", "no-effective-date", Severity.WARNING),
    mark("A position in force has no `effective` (off until `rules.severity` names it)."),
    mark("An inspector asks which duties were in force on a day."),
    bad(_ROLE, 1, 5),
    good(_ROLE + "effective: 2026-01-31\n"),
    check=check,
    off=True,
)
