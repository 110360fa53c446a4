"""W006: a position has no more duties than a person keeps in mind."""

from collections.abc import Iterator

from dutybook.messages import mark, tr
from dutybook.model import Role
from dutybook.problems import Kind, Severity
from dutybook.rules.base import Finding, Rule, bad, good

_MOST = 8  # drafting practice for position descriptions


def check(role: Role) -> Iterator[Finding]:
    """Report a role with more duties than that."""
    if len(role.duties) > _MOST:
        yield Finding(
            tr("The position has {count} duties; good practice is {most} at most.",
               count=len(role.duties), most=_MOST),
            tr("Join duties on one matter, as items of one duty."),
            ("duties",),
        )  # fmt: skip


def _role(count: int) -> str:
    duties = "".join(
        f"  - {{id: d{number}, title: 业务{number}, text: 办理第{number}类业务。}}\n"
        for number in range(1, count + 1)
    )
    return f"id: teller\ntitle: 柜员\nduties:\n{duties}"


RULE = Rule(
    Kind("W006", "many-duties", Severity.INFO),
    mark("A position has more than eight duties."),
    mark("Drafting practice asks for eight at most: a longer list hides what matters."),
    bad(_role(9), 3, 1),
    good(_role(8)),
    check=check,
)
