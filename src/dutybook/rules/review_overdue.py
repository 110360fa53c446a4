"""T001: a position is reviewed by the day it names."""

from collections.abc import Iterator
from datetime import date

from dutybook.messages import mark, tr
from dutybook.problems import Kind, Severity
from dutybook.rules.base import Finding, Rule, Whole, bad, good


def on_day(book: Whole, today: date) -> Iterator[Finding]:
    """Report positions whose `review_by` has passed; a withdrawn one needs no review."""
    for facts in book.valid:
        if facts.review_by and facts.status != "withdrawn" and facts.review_by < today.isoformat():
            yield Finding(
                tr("The review was due on {day}.", day=facts.review_by),
                tr("Review the position and set the next day."),
                ("review_by",),
                facts.path,
            )


_ROLE = """\
id: teller
title: 柜员
duties:
  - {{id: cash, title: 现金, text: 办理现金业务。}}
review_by: {day}
"""

RULE = Rule(
    Kind("T001", "review-overdue", Severity.WARNING),
    mark("The day by which a position was to be reviewed has passed."),
    mark("A manual that nobody looks through describes the branch of some years ago."),
    bad(_ROLE.format(day="2020-01-01"), 5, 12),
    good(_ROLE.format(day="2999-01-01")),
    on_day=on_day,
)
