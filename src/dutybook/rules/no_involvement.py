"""W003: a duty that speaks of responsibility says whose part it is."""

import re
from collections.abc import Iterator

from dutybook.messages import mark, tr
from dutybook.model import Role
from dutybook.problems import Kind, Severity
from dutybook.rules.base import Finding, Rule, bad, good
from dutybook.vocabulary import INVOLVEMENT_WORDS

_MEANING = {word: value for value, words in INVOLVEMENT_WORDS.items() for word in words}
_WORD = re.compile(f"(?:{'|'.join(sorted(_MEANING, key=len, reverse=True))})(?!人)")  # 负责人


def check(role: Role) -> Iterator[Finding]:
    """Report duties of which neither they nor their items say the involvement their words name."""
    for index, duty in enumerate(role.duties):
        if duty.involvement is not None:
            continue
        silent = [duty.text] if duty.text else []
        silent += [item.text for item in duty.items if item.involvement is None]
        if duty.items and len(silent) < len(duty.items) + bool(duty.text):
            continue
        found = next((match for text in silent if (match := _WORD.search(text))), None)
        if found:
            yield Finding(
                tr("The text says {word}, and the duty has no involvement.", word=found.group()),
                tr("Add `involvement: {value}`.", value=_MEANING[found.group()]),
                ("duties", index, "title"),
            )


_ROLE = "id: teller\ntitle: 柜员\nduties:\n  - id: cash\n    title: 现金\n    text: 负责现金的收付。\n{more}"

RULE = Rule(
    Kind("W003", "no-involvement", Severity.INFO),
    mark("A duty says who answers or helps in its words, and has no `involvement`."),
    mark(
        "Who is responsible, who reviews and who helps is counted from `involvement`, not from words."
    ),
    bad(_ROLE.format(more=""), 5, 12),
    good(_ROLE.format(more="    involvement: responsible\n")),
    check=check,
)
