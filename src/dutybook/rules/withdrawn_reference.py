"""T003: no duty rests on a withdrawn position."""

from collections.abc import Iterator

from dutybook.messages import mark, tr
from dutybook.problems import Kind, Severity
from dutybook.rules.base import TELLER, Example, Finding, Rule, Whole, route_of
from dutybook.text import safe


def finish(book: Whole) -> Iterator[Finding]:
    """Report references from positions that are not withdrawn to positions that are."""
    withdrawn = {facts.id: facts for facts in reversed(book.valid) if facts.status == "withdrawn"}
    for facts in book.valid:
        if facts.status == "withdrawn":
            continue
        for name, route in facts.positions:
            if name in withdrawn:
                yield Finding(
                    tr("{title} ({id}) is withdrawn.", title=safe(withdrawn[name].title), id=name),
                    tr("Name the position that took over."),
                    route_of(route),
                    facts.path,
                    ((withdrawn[name].path, ("status",)),),
                )


_HEAD = "id: head\ntitle: 主管\nduties:\n  - {{id: guide, title: 指导, text: 指导柜员。}}\nstatus: {status}\n"
_ROLE = "id: teller\ntitle: 柜员\nreports_to: head\nduties:\n  - {id: cash, title: 现金, text: 办理现金业务。}\n"

RULE = Rule(
    Kind("T003", "withdrawn-reference", Severity.WARNING),
    mark("A position that is withdrawn is still named by another."),
    mark("Who is sent to a position that no longer exists finds nobody."),
    Example({"roles/head.yaml": _HEAD.format(status="withdrawn"), TELLER: _ROLE}, (TELLER, 3, 13)),
    Example({"roles/head.yaml": _HEAD.format(status="in-force"), TELLER: _ROLE}),
    finish=finish,
)
