"""N002: the printed numbers have no gap, unless the source itself has it."""

from collections.abc import Iterator, Sequence

from dutybook import numbering
from dutybook.messages import listed, mark, tr
from dutybook.model import Duty, Item, Role
from dutybook.problems import Kind, Severity
from dutybook.rules.base import Finding, Rule, bad, good
from dutybook.source import Route

_NAMED = 5


def check(role: Role) -> Iterator[Finding]:
    """Report numbers left out between labels of one style that count up, and before the first.

    `source.missing` owns up to gaps among the duties.
    """
    owned = frozenset(role.source.missing) if role.source else frozenset()
    yield from _gaps(role.duties, ("duties",), owned)
    for index, duty in enumerate(role.duties):
        yield from _gaps(duty.items, ("duties", index, "items"), frozenset())


def _gaps(parts: Sequence[Duty | Item], route: Route, owned: frozenset[str]) -> Iterator[Finding]:
    labelled = [(index, part.label) for index, part in enumerate(parts) if part.label is not None]
    counted = numbering.series([label for _, label in labelled])
    last: dict[str, int] = {}
    for (index, _), one in zip(labelled, counted, strict=True):
        if one is None or len(one[1]) > 1:
            continue
        style, (number,) = one
        before = last.get(style, 0)
        missing = [numbering.label(style, skipped) for skipped in range(before + 1, number)]
        missing = [label for label in missing if label not in owned]
        if missing:
            yield Finding(
                tr("Missing before this number: {labels}.",
                   labels=listed(missing[:_NAMED]) + (" …" if len(missing) > _NAMED else "")),
                tr("Add what was left out; if the source skips it, say so in `source.missing`."),
                (*route, index, "label"),
            )  # fmt: skip
        last[style] = max(before, number)


_ROLE = """\
id: teller
title: 柜员
duties:
  - {id: cash, label: "1", title: 现金, text: 办理现金业务。}
  - {id: vouchers, label: "3", title: 凭证, text: 保管空白凭证。}
"""

RULE = Rule(
    Kind("N002", "label-gap", Severity.WARNING),
    mark("A printed number is left out, and `source.missing` does not own up to it."),
    mark(
        "A gap is a duty that got lost on the way, or a slip of the source that a reader must know of."
    ),
    bad(_ROLE, 5, 27),
    good(_ROLE + 'source: {missing: ["2"]}\n'),
    check=check,
)
