"""N002: the printed numbers have no gap, unless the source itself has it."""

from collections.abc import Iterator, Sequence
from itertools import islice

from dutybook import numbering
from dutybook.document import Route
from dutybook.messages import listed, mark, tr
from dutybook.model import Duty, Item, Role
from dutybook.problems import Kind, Severity
from dutybook.rules.base import Finding, Rule, bad, good

_NAMED = 5


def check(role: Role) -> Iterator[Finding]:
    """Report numbers left out between labels of one style that count up, and before the first.

    Of `1.2.3` the last number counts, below `1.2`. What stands elsewhere in the list is out of
    order and not missing. `source.missing` owns up to gaps among the duties.
    """
    owned = frozenset(role.source.missing) if role.source else frozenset()
    hint = tr("Add what was left out; if the source skips it, say so in `source.missing`.")
    yield from _gaps(role.duties, ("duties",), owned, hint)
    hint = tr("Add what was left out; if the source skips it, say so in a comment: {comment}.",
              comment="`# dutybook: ignore N002 …`")  # fmt: skip
    for index, duty in enumerate(role.duties):
        yield from _gaps(duty.items, ("duties", index, "items"), frozenset(), hint)


def _gaps(
    parts: Sequence[Duty | Item], route: Route, owned: frozenset[str], hint: str
) -> Iterator[Finding]:
    labelled = [(index, part.label) for index, part in enumerate(parts) if part.label is not None]
    counted = numbering.series(tuple(label for _, label in labelled))
    known: set[tuple[str, tuple[int, ...]] | None] = set()
    last: dict[tuple[str, tuple[int, ...]], int] = {}
    for (index, _), one in zip(labelled, counted, strict=True):
        if one is None:
            continue
        style, (*above, number) = one
        run = (style, tuple(above))
        before = last.get(run, 0)
        last[run] = max(before, number)
        if number <= before + 1:
            continue
        known = known or {*counted, *map(numbering.parse, owned)}
        skipped = ((*above, between) for between in range(before + 1, number))
        missing = list(islice(_labels(style, skipped, known, owned), _NAMED + 1))
        if missing:
            yield Finding(
                tr("Missing before this number: {labels}.",
                   labels=listed(missing[:_NAMED]) + (" …" if len(missing) > _NAMED else "")),
                hint,
                (*route, index, "label"),
            )  # fmt: skip


def _labels(
    style: str,
    skipped: Iterator[tuple[int, ...]],
    known: set[tuple[str, tuple[int, ...]] | None],
    owned: frozenset[str],
) -> Iterator[str]:
    """Yield the labels of the numbers that are not known."""
    for counted in skipped:
        label = numbering.label(style, counted)
        if (style, counted) not in known and label not in owned:
            yield label


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
