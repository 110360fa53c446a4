"""B001: an id stands for one position."""

from collections.abc import Iterator

from dutybook.messages import mark, tr
from dutybook.problems import Kind, Severity
from dutybook.rules.base import Example, Facts, Finding, Rule, Whole
from dutybook.text import safe


def finish(book: Whole) -> Iterator[Finding]:
    """Report every file after the first that has an id."""
    first: dict[str, Facts] = {}
    for facts in book.facts:
        other = first.setdefault(facts.id, facts)
        if other is not facts:
            yield Finding(
                tr("The id {id} is that of {path} too.", id=safe(facts.id), path=safe(other.path)),
                tr("Give one of the two another id and file name."),
                ("id",),
                facts.path,
                ((other.path, ("id",)),),
            )


_ROLE = "id: teller\ntitle: {title}\nduties:\n  - {{id: cash, title: 现金, text: 办理现金业务。}}\n"

RULE = Rule(
    Kind("B001", "duplicate-id", Severity.ERROR),
    mark("Two files have the same id."),
    mark("An id is how duties, diffs and people refer to a position; it can only mean one."),
    Example(
        {
            "roles/a/teller.yaml": _ROLE.format(title="柜员"),
            "roles/b/teller.yaml": _ROLE.format(title="出纳"),
        },
        ("roles/b/teller.yaml", 1, 5),
    ),
    Example({"roles/a/teller.yaml": _ROLE.format(title="柜员")}),
    finish=finish,
)
