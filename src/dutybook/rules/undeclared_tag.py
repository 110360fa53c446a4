"""B007: tags are those that dutybook.yaml declares."""

from collections.abc import Iterator

from dutybook.messages import listed, mark, tr
from dutybook.problems import Kind, Severity
from dutybook.rules.base import TELLER, Example, Finding, Rule, Whole, route_of
from dutybook.text import nearest, safe


def finish(book: Whole) -> Iterator[Finding]:
    """Report every tag that is not declared, where there is a dutybook.yaml."""
    if not book.has_settings:
        return
    declared = book.settings.tags
    for facts in book.valid:
        for name, route in facts.tags:
            if name not in declared:
                close = nearest(name, declared)
                yield Finding(
                    tr("The tag {name} is not declared.", name=safe(name)),
                    tr("Did you mean {name}?", name=listed(close))
                    if close
                    else tr("Declare it under `tags` in dutybook.yaml."),
                    route_of(route),
                    facts.path,
                )


_ROLE = "id: teller\ntitle: 柜员\nduties:\n  - id: aml\n    title: 反洗钱\n    text: 识别客户身份。\n    tags: [{tag}]\n"
_BOOK = "tags:\n  反洗钱: 客户身份识别与可疑交易报送\n"

RULE = Rule(
    Kind("B007", "undeclared-tag", Severity.ERROR),
    mark("A tag is not declared in dutybook.yaml."),
    mark("A mistyped tag hides its duty from everybody who asks for the tag."),
    Example({TELLER: _ROLE.format(tag="反洗前"), "dutybook.yaml": _BOOK}, (TELLER, 7, 12)),
    Example({TELLER: _ROLE.format(tag="反洗钱"), "dutybook.yaml": _BOOK}),
    finish=finish,
)
