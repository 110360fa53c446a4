"""B011: dutybook.yaml names rules that exist."""

from collections.abc import Iterator

from dutybook.files import SETTINGS
from dutybook.messages import mark, tr
from dutybook.problems import Kind, Severity
from dutybook.rules.base import TELLER, Example, Finding, Rule, Whole
from dutybook.source import Route


def finish(book: Whole) -> Iterator[Finding]:
    """Report codes in `rules` that no rule has or begins with."""
    from dutybook.rules import RULES  # the registry holds this module

    known = {rule.kind.code for rule in RULES}
    rules = book.settings.rules
    named: list[tuple[str, Route]] = [
        (code, ("rules", "ignore", number)) for number, code in enumerate(rules.ignore)
    ]
    named += [(code, ("rules", "severity", code)) for code in rules.severity]
    for code, route in named:
        if not any(one.startswith(code) for one in known):
            yield Finding(
                tr("No rule has the code {code}.", code=code),
                tr("`dutybook rule` lists them."),
                route,
                SETTINGS,
                key=True,
            )


_ROLE = "id: teller\ntitle: 柜员\nduties:\n  - {id: cash, title: 现金, text: 办理现金业务。}\n"

RULE = Rule(
    Kind("B011", "unknown-code", Severity.WARNING),
    mark("dutybook.yaml chooses a rule that does not exist."),
    mark("A mistyped code leaves the rule that was meant as it is."),
    Example(
        {TELLER: _ROLE, "dutybook.yaml": "rules:\n  ignore: [W999]\n"}, ("dutybook.yaml", 2, 12)
    ),
    Example({TELLER: _ROLE, "dutybook.yaml": "rules:\n  ignore: [W003]\n"}),
    finish=finish,
)
