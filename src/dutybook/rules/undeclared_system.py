"""B008: systems are those that dutybook.yaml declares."""

from collections.abc import Iterator

from dutybook.messages import listed, mark, tr
from dutybook.problems import Kind, Severity
from dutybook.rules.base import TELLER, Example, Finding, Rule, Whole, route_of
from dutybook.text import nearest, safe


def finish(book: Whole) -> Iterator[Finding]:
    """Report every system that is not declared, where there is a dutybook.yaml."""
    if not book.has_settings:
        return
    declared = book.settings.systems
    for facts in book.valid:
        for name, route in facts.systems:
            if name not in declared:
                close = nearest(name, declared)
                yield Finding(
                    tr("The system {name} is not declared.", name=safe(name)),
                    tr("Did you mean {name}?", name=listed(close))
                    if close
                    else tr("Declare it under `systems` in dutybook.yaml."),
                    route_of(route),
                    facts.path,
                )


_ROLE = "id: teller\ntitle: 柜员\nduties:\n  - id: list\n    title: 客户梳理\n    text: 梳理客户名单。\n    systems: [{name}]\n"
_BOOK = "systems:\n  PCRM: 客户关系管理系统\n"

RULE = Rule(
    Kind("B008", "undeclared-system", Severity.ERROR),
    mark("A system is not declared in dutybook.yaml."),
    mark("One system under two names is two systems to everybody who looks for it."),
    Example({TELLER: _ROLE.format(name="PRCM"), "dutybook.yaml": _BOOK}, (TELLER, 7, 15)),
    Example({TELLER: _ROLE.format(name="PCRM"), "dutybook.yaml": _BOOK}),
    finish=finish,
)
