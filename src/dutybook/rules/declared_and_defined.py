"""B004: a position is declared until it has a file."""

from collections.abc import Iterator

from dutybook.files import SETTINGS
from dutybook.messages import mark, tr
from dutybook.problems import Kind, Severity
from dutybook.rules.base import TELLER, Example, Finding, Rule, Whole
from dutybook.text import safe


def finish(book: Whole) -> Iterator[Finding]:
    """Report every declared position that has a file."""
    paths = {facts.id: facts.path for facts in reversed(book.facts)}
    for name in book.settings.positions:
        if name in paths:
            yield Finding(
                tr(
                    "{name} is declared here and defined in {path}.",
                    name=name,
                    path=safe(paths[name]),
                ),
                tr("Delete the line."),
                ("positions", name),
                SETTINGS,
                ((paths[name], ("id",)),),
                key=True,
            )


_ROLE = "id: teller\ntitle: 柜员\nduties:\n  - {id: cash, title: 现金, text: 与大堂经理一起办理。, counterparts: [lobby-manager]}\n"

RULE = Rule(
    Kind("B004", "declared-and-defined", Severity.WARNING),
    mark("A position is declared in dutybook.yaml and has a role file."),
    mark(
        "A declaration stands for a position without a file; kept beside it, its title grows stale."
    ),
    Example(
        {TELLER: _ROLE, "dutybook.yaml": "positions:\n  lobby-manager: 大堂经理\n  teller: 柜员\n"},
        ("dutybook.yaml", 3, 3),
    ),
    Example({TELLER: _ROLE, "dutybook.yaml": "positions:\n  lobby-manager: 大堂经理\n"}),
    finish=finish,
)
