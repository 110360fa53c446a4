"""B011: dutybook.yaml chooses rules that exist and can be chosen."""

from collections.abc import Iterator

from dutybook.document import Route
from dutybook.files import SETTINGS
from dutybook.messages import mark, tr
from dutybook.problems import Kind, Severity
from dutybook.rules.base import TELLER, Example, Finding, Rule, Whole
from dutybook.text import safe


def kinds_of(code: str) -> list[Kind]:
    """Return the kinds of problems that a code, or the beginning of codes, names."""
    from dutybook.rules import RULES  # the registry holds this module

    return [rule.kind for rule in RULES if code and rule.kind.code.startswith(code)]


def complaint(code: str) -> tuple[str, str] | None:
    """Return message and hint where a code, or the beginning of codes, leads to no choice."""
    kinds = kinds_of(code)
    if not kinds:
        shown = safe(code) or '""'
        return tr("No rule has the code {code}.", code=shown), tr("`dutybook rule` lists them.")
    if all(kind.is_fixed for kind in kinds):
        return (
            tr("{code} can be neither left out nor lowered.", code=code),
            tr("Such an error keeps the file from being used: correct it."),
        )
    return None


def finish(book: Whole) -> Iterator[Finding]:
    """Report codes in `rules` that lead to no choice."""
    rules = book.settings.rules
    named: list[tuple[str, Route]] = [
        (code, ("rules", "ignore", number)) for number, code in enumerate(rules.ignore)
    ]
    named += [(code, ("rules", "severity", code)) for code in rules.severity]
    for code, route in named:
        found = complaint(code)
        if found:
            yield Finding(*found, route, SETTINGS, key=True)


_ROLE = "id: teller\ntitle: 柜员\nduties:\n  - {id: cash, title: 现金, text: 办理现金业务。}\n"

RULE = Rule(
    Kind("B011", "unknown-code", Severity.WARNING),
    mark("dutybook.yaml chooses a rule that does not exist or cannot be chosen."),
    mark(
        "A mistyped code leaves the rule that was meant as it is. Errors of files, YAML and shape "
        "(F, Y, S) cannot be left out: what they are in is not read."
    ),
    Example(
        {TELLER: _ROLE, "dutybook.yaml": "rules:\n  ignore: [W999]\n"}, ("dutybook.yaml", 2, 12)
    ),
    Example({TELLER: _ROLE, "dutybook.yaml": "rules:\n  ignore: [W003]\n"}),
    finish=finish,
)
