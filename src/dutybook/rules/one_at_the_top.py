"""B006: one position is at the top."""

from collections.abc import Iterator

from dutybook.messages import listed, mark, tr
from dutybook.problems import Kind, Severity
from dutybook.rules.base import Example, Finding, Rule, Whole

_NAMED = 5


def finish(book: Whole) -> Iterator[Finding]:
    """Report that several positions, or none, report to nobody; not while a file is broken.

    A superior that has no file counts as one at the top.
    """
    if not book.is_complete:
        return
    current = [facts for facts in book.valid if facts.status != "withdrawn"]
    defined = {facts.id for facts in current}
    tops = sorted(facts.id for facts in current if not facts.reports_to)
    above = sorted({facts.reports_to for facts in current if facts.reports_to} - defined)
    tops += above
    if len(current) < 2 or len(tops) == 1:
        return
    if tops:
        names = listed(tops[:_NAMED]) + (" …" if len(tops) > _NAMED else "")
        message = tr("{count} positions are at the top: {names}.", count=len(tops), names=names)
    else:
        message = tr("No position is at the top.")
    yield Finding(message, tr("Say in `reports_to` who reports to whom."), whole_book=True)


_ROLE = "id: {id}\ntitle: {title}\n{superior}duties:\n  - {{id: cash, title: 现金, text: 办理现金业务。}}\n"
_HEAD = _ROLE.format(id="head", title="主管", superior="")

RULE = Rule(
    Kind("B006", "one-at-the-top", Severity.INFO),
    mark("Nobody is at the top of the reporting lines, or several are."),
    mark("A manual that leaves the lines open leaves open who answers for what."),
    Example(
        {
            "roles/head.yaml": _HEAD,
            "roles/teller.yaml": _ROLE.format(id="teller", title="柜员", superior=""),
        },
        ("roles", 0, 0),
    ),
    Example(
        {
            "roles/head.yaml": _HEAD,
            "roles/teller.yaml": _ROLE.format(
                id="teller", title="柜员", superior="reports_to: head\n"
            ),
        }
    ),
    finish=finish,
)
