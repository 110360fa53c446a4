"""W005: a word is written one way in the whole book."""

from collections.abc import Iterator

from dutybook.messages import mark, tr
from dutybook.problems import Kind, Severity
from dutybook.rules.base import TELLER, Example, Finding, Rule, Whole, route_of
from dutybook.vocabulary import SPELLINGS


def finish(book: Whole) -> Iterator[Finding]:
    """Report each unusual spelling where the usual one stands in the book too, at its first place."""
    first: dict[str, tuple[str, str]] = {}
    for facts in book.valid:
        for term, route in facts.terms.items():
            first.setdefault(term, (facts.path, route))
    for usual, *others in SPELLINGS:
        for other in others:
            if usual in first and other in first:
                path, route = first[other]
                yield Finding(
                    tr("{other} here is {usual} elsewhere.", other=other, usual=usual),
                    tr("Write {usual} everywhere.", usual=usual),
                    route_of(route),
                    path,
                    ((first[usual][0], route_of(first[usual][1])),),
                )


_ROLE = """\
id: teller
title: 柜员
duties:
  - {{id: balance, title: 对账, text: 每日与分户账对账。}}
  - {{id: report, title: 报告, text: 及时报告{word}不符。}}
"""

RULE = Rule(
    Kind("W005", "two-spellings", Severity.INFO),
    mark("A word is spelt in two ways in the book (管户 and 管护, 账 and 帐, 簿 and 薄)."),
    mark("One thing under two spellings is found by half of those who search for it."),
    Example({TELLER: _ROLE.format(word="对帐")}, (TELLER, 5, 35)),
    Example({TELLER: _ROLE.format(word="对账")}),
    finish=finish,
)
