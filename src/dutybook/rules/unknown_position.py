"""B003: a position that is named is defined or declared."""

from collections.abc import Iterator

from dutybook.messages import listed, mark, tr
from dutybook.problems import Kind, Severity
from dutybook.rules.base import TELLER, Example, Finding, Rule, Whole, route_of
from dutybook.text import nearest, safe


def finish(book: Whole) -> Iterator[Finding]:
    """Report every reference to a position that has no file and is not declared.

    Not while dutybook.yaml is broken: what it declares is not known then.
    """
    if book.broken_settings:
        return
    known = {facts.id for facts in book.facts} | set(book.settings.positions)
    for facts in book.valid:
        for name, route in facts.positions:
            if name not in known:
                close = nearest(name, known)
                yield Finding(
                    tr("There is no position {name}.", name=safe(name)),
                    tr("Did you mean {name}?", name=listed(close))
                    if close
                    else tr("Declare it under `positions` in dutybook.yaml, or write its file."),
                    route_of(route),
                    facts.path,
                )


_ROLE = """\
id: teller
title: 柜员
duties:
  - id: cash
    title: 现金
    text: 协助大堂经理引导客户。
    counterparts: [{name}]
"""
_BOOK = "positions:\n  lobby-manager: 大堂经理\n"

RULE = Rule(
    Kind("B003", "unknown-position", Severity.ERROR),
    mark("A position is named that has no role file and is not declared."),
    mark("A duty done with nobody who exists is a duty nobody can check."),
    Example({TELLER: _ROLE.format(name="loby-manager"), "dutybook.yaml": _BOOK}, (TELLER, 7, 20)),
    Example({TELLER: _ROLE.format(name="lobby-manager"), "dutybook.yaml": _BOOK}),
    finish=finish,
)
