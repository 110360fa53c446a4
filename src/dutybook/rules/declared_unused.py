"""B009: what dutybook.yaml declares is used."""

from collections.abc import Iterator

from dutybook.files import SETTINGS
from dutybook.messages import mark, tr
from dutybook.problems import Kind, Severity
from dutybook.rules.base import TELLER, Example, Finding, Rule, Whole
from dutybook.text import safe


def finish(book: Whole) -> Iterator[Finding]:
    """Report declared positions, systems and tags that no role names; not while a file is broken."""
    if not book.is_complete:
        return
    used = {
        "positions": {one.name for facts in book.valid for one in facts.positions},
        "systems": {one.name for facts in book.valid for one in facts.systems},
        "tags": {one.name for facts in book.valid for one in facts.tags},
    }
    defined = {facts.id for facts in book.facts}
    for key, names in used.items():
        for name in getattr(book.settings, key):
            if name not in names and not (key == "positions" and name in defined):
                yield Finding(
                    tr("{name} is declared and no role names it.", name=safe(name)),
                    tr("Delete the line, or name it where it belongs."),
                    (key, name),
                    SETTINGS,
                    key=True,
                )


_ROLE = "id: teller\ntitle: 柜员\nduties:\n  - {id: aml, title: 反洗钱, text: 识别客户身份。, tags: [反洗钱]}\n"

RULE = Rule(
    Kind("B009", "declared-unused", Severity.WARNING),
    mark("A position, system or tag is declared and not used."),
    mark("What nobody uses is a left-over, or a duty that was forgotten."),
    Example(
        {TELLER: _ROLE, "dutybook.yaml": "tags:\n  反洗钱: 客户身份识别\n  现金: 现金业务\n"},
        ("dutybook.yaml", 3, 3),
    ),
    Example({TELLER: _ROLE, "dutybook.yaml": "tags:\n  反洗钱: 客户身份识别\n"}),
    finish=finish,
)
