"""N003: the printed numbers count up."""

from collections.abc import Iterator, Sequence

from dutybook import numbering
from dutybook.document import Route
from dutybook.messages import mark, tr
from dutybook.model import Duty, Item, Role
from dutybook.problems import Kind, Severity
from dutybook.rules.base import Finding, Rule, bad, good
from dutybook.text import safe


def check(role: Role) -> Iterator[Finding]:
    """Report each label that is less than one of its style before it."""
    yield from _falling(role.duties, ("duties",))
    for index, duty in enumerate(role.duties):
        yield from _falling(duty.items, ("duties", index, "items"))


def _falling(parts: Sequence[Duty | Item], route: Route) -> Iterator[Finding]:
    labelled = [(index, part.label) for index, part in enumerate(parts) if part.label is not None]
    counted = numbering.series(tuple(label for _, label in labelled))
    highest: dict[str, tuple[tuple[int, ...], int, str]] = {}
    for (index, label), one in zip(labelled, counted, strict=True):
        if one is None:
            continue
        style, number = one
        before = highest.get(style)
        if before is not None and number < before[0]:
            yield Finding(
                tr(
                    "The number {label} stands after {other}.",
                    label=safe(label),
                    other=safe(before[2]),
                ),
                tr("Put the duties in the order of the source, or correct the number."),
                (*route, index, "label"),
                related=(("", (*route, before[1], "label")),),
            )
        else:
            highest[style] = (number, index, label)


_ROLE = """\
id: teller
title: 柜员
duties:
  - {{id: cash, label: "{first}", title: 现金, text: 办理现金业务。}}
  - {{id: vouchers, label: "{second}", title: 凭证, text: 保管空白凭证。}}
source: {{missing: ["1"]}}
"""

RULE = Rule(
    Kind("N003", "label-order", Severity.WARNING),
    mark("The printed numbers do not count up."),
    mark(
        "The order of the file is the order of reading; a number out of order is a slip of one of them."
    ),
    bad(_ROLE.format(first="3", second="2").replace('["1"]', '["1", "2"]'), 5, 27),
    good(_ROLE.format(first="2", second="3")),
    check=check,
)
