"""B005: every reporting line ends at the top."""

from collections.abc import Iterator

from dutybook.messages import mark, tr
from dutybook.problems import Kind, Severity
from dutybook.rules.base import Example, Finding, Rule, Whole


def finish(book: Whole) -> Iterator[Finding]:
    """Report each circle once, at the last of its files; every position is walked once."""
    by_id = {facts.id: facts for facts in reversed(book.valid)}
    done: set[str] = set()
    for start in sorted(by_id):
        line: dict[str, None] = {}
        position = start
        while position in by_id and position not in done and position not in line:
            line[position] = None
            position = by_id[position].reports_to
        if position in line:
            names = list(line)
            circle = names[names.index(position) :]
            last, *others = sorted((by_id[name] for name in circle), reverse=True)
            yield Finding(
                tr(
                    "The reporting line runs in a circle: {line}.",
                    line=" → ".join([*circle, circle[0]]),
                ),
                tr("One of them reports to somebody else, or to nobody."),
                ("reports_to",),
                last.path,
                tuple((facts.path, ("reports_to",)) for facts in others),
            )
        done |= set(line)


_ROLE = "id: {id}\ntitle: {title}\n{superior}duties:\n  - {{id: cash, title: 现金, text: 办理现金业务。}}\n"

RULE = Rule(
    Kind("B005", "reporting-circle", Severity.ERROR),
    mark("A reporting line runs in a circle."),
    mark(
        "Every position has one superior, and every line ends at the top: a circle answers to nobody."
    ),
    Example(
        {
            "roles/head.yaml": _ROLE.format(
                id="head", title="主管", superior="reports_to: teller\n"
            ),
            "roles/teller.yaml": _ROLE.format(
                id="teller", title="柜员", superior="reports_to: head\n"
            ),
        },
        ("roles/teller.yaml", 3, 13),
    ),
    Example(
        {
            "roles/head.yaml": _ROLE.format(id="head", title="主管", superior=""),
            "roles/teller.yaml": _ROLE.format(
                id="teller", title="柜员", superior="reports_to: head\n"
            ),
        }
    ),
    finish=finish,
)
