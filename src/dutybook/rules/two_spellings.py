"""W005: a word is written one way in the whole book."""

from collections.abc import Iterator

from dutybook.messages import mark, tr
from dutybook.problems import Kind, Severity
from dutybook.rules.base import TELLER, Example, Finding, Rule, Whole, route_of
from dutybook.vocabulary import SPELLINGS


def finish(book: Whole) -> Iterator[Finding]:
    """Report each spelling but the most usual one of those in the book, at its first place."""
    first: dict[str, tuple[str, str]] = {}
    for facts in book.valid:
        for term, route in facts.terms.items():
            first.setdefault(term, (facts.path, route))
    for spellings in SPELLINGS:
        standing = [spelling for spelling in spellings if spelling in first]
        for other in standing[1:]:
            path, route = first[other]
            place, elsewhere = first[standing[0]]
            yield Finding(
                tr("{other} here is {usual} elsewhere.", other=other, usual=standing[0]),
                tr("Write {usual} everywhere.", usual=spellings[0]),
                route_of(route),
                path,
                ((place, route_of(elsewhere)),),
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
