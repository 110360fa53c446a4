"""W007: a text ends with a closing mark."""

from collections.abc import Iterator

from dutybook.messages import mark, tr
from dutybook.model import Role
from dutybook.problems import Kind, Severity
from dutybook.rules.base import Finding, Rule, bad, good, parts

_CLOSED = tuple("。！？；;.!?）)”’」』》]】")
_OPEN = tuple("，,、：:（(“‘「『《[【—-…·")


def check(role: Role) -> Iterator[Finding]:
    """Report texts that end in an opening or continuing mark, or without one where others have it.

    Items are often short and without a mark; so a missing one counts only where most texts of the
    role are closed.
    """
    every = list(parts(role))
    closed = sum(text.endswith(_CLOSED) for _, _, _, text in every)
    for route, _, _, text in every:
        if text.endswith(_OPEN) or (not text.endswith(_CLOSED) and closed * 2 > len(every)):
            yield Finding(
                tr("The text breaks off."),
                tr("Complete it; a whole sentence ends with 。"),
                route,
            )


_ROLE = "id: teller\ntitle: 柜员\nduties:\n  - id: cash\n    title: 现金\n    text: {text}\n"

RULE = Rule(
    Kind("W007", "broken-off", Severity.INFO),
    mark("The text of a duty breaks off without a closing mark."),
    mark("A sentence that was cut off on the way looks like a duty and says half of it."),
    bad(_ROLE.format(text="办理现金收付，"), 6, 11),
    good(_ROLE.format(text="办理现金收付，日终核对。")),
    check=check,
)
