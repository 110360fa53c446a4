"""B002: a title or alias means one position within a unit."""

from collections.abc import Iterator

from dutybook.document import Route
from dutybook.messages import mark, tr
from dutybook.problems import Kind, Severity
from dutybook.rules.base import Example, Finding, Rule, Whole
from dutybook.text import fold, safe


def finish(book: Whole) -> Iterator[Finding]:
    """Report every name that an earlier position of the same unit has."""
    first: dict[tuple[str, str], tuple[str, str, Route]] = {}
    for facts in book.valid:
        names: list[tuple[str, Route]] = [(facts.title, ("title",))]
        names += [(alias, ("aliases", number)) for number, alias in enumerate(facts.aliases)]
        for name, route in names:
            path, id_, place = first.setdefault(
                (fold(facts.unit), fold(name)), (facts.path, facts.id, route)
            )
            if path != facts.path:
                yield Finding(
                    tr("{name} is a name of {id} too.", name=safe(name), id=id_),
                    tr("Give one of them another name, or say in `unit` what tells them apart."),
                    route,
                    facts.path,
                    ((path, place),),
                )


_ROLE = "id: {id}\ntitle: 柜员\nunit: {unit}\nduties:\n  - {{id: cash, title: 现金, text: 办理现金业务。}}\n"

RULE = Rule(
    Kind("B002", "duplicate-title", Severity.ERROR),
    mark("Two positions of one unit have the same title or alias."),
    mark("Who looks for a name must find one position; across units the unit tells them apart."),
    Example(
        {
            "roles/teller-a.yaml": _ROLE.format(id="teller-a", unit="城东支行"),
            "roles/teller-b.yaml": _ROLE.format(id="teller-b", unit="城东支行"),
        },
        ("roles/teller-b.yaml", 2, 8),
    ),
    Example(
        {
            "roles/teller-a.yaml": _ROLE.format(id="teller-a", unit="城东支行"),
            "roles/teller-b.yaml": _ROLE.format(id="teller-b", unit="城西支行"),
        }
    ),
    finish=finish,
)
