"""N001: a printed number stands for one duty, and within a duty for one item."""

from collections.abc import Iterator, Sequence

from dutybook import numbering
from dutybook.document import Route
from dutybook.messages import mark, tr
from dutybook.model import Duty, Item, Role
from dutybook.problems import Kind, Severity
from dutybook.rules.base import Finding, Rule, bad, good
from dutybook.text import safe


def check(role: Role) -> Iterator[Finding]:
    """Report every label after the first that counts the same, of duties and of the items of each."""
    yield from _repeated(role.duties, ("duties",))
    for index, duty in enumerate(role.duties):
        yield from _repeated(duty.items, ("duties", index, "items"))


def _repeated(parts: Sequence[Duty | Item], route: Route) -> Iterator[Finding]:
    first: dict[object, int] = {}
    for index, part in enumerate(parts):
        if part.label is None:
            continue
        other = first.setdefault(numbering.parse(part.label) or part.label, index)
        if other != index:
            yield Finding(
                tr("The number {label} is there twice.", label=safe(part.label)),
                tr("Correct one of the two as the source prints it."),
                (*route, index, "label"),
                related=(("", (*route, other, "label")),),
            )


_ROLE = """\
id: teller
title: 柜员
duties:
  - {{id: cash, label: "1", title: 现金, text: 办理现金业务。}}
  - {{id: vouchers, label: "{label}", title: 凭证, text: 保管空白凭证。}}
"""

RULE = Rule(
    Kind("N001", "duplicate-label", Severity.ERROR),
    mark("Two duties, or two items of one duty, have the same printed number."),
    mark("People quote a duty by its number; it has to lead to one place."),
    bad(_ROLE.format(label="1"), 5, 27),
    good(_ROLE.format(label="2")),
    check=check,
)
