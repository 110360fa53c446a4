"""W002: a periodic duty says how often at least."""

import re
from collections.abc import Iterator

from dutybook.document import Route
from dutybook.messages import mark, tr
from dutybook.model import Duty, Item, Role
from dutybook.problems import Kind, Severity
from dutybook.rules.base import Finding, Rule, bad, good

_FLOOR = re.compile(
    r"至少|不少于|每|各期|[0-9一二两三四五六七八九十]+[次遍个]|逐[日周月季年]|月末|年终|季末"
)

_FLOOR_IN_TEXT = re.compile(
    r"至少|不少于|每[日天周旬月季年]|每半年|每个月|[按逐][日周旬月季年]|[月季年]末|年终"
)
_PERIODIC = re.compile(r"(?<!不)定期(?![存储账帐户]|开户|理财|产品|利率)")  # no term deposit


def check(role: Role) -> Iterator[Finding]:
    """Report duties and items that are done 定期, and of which nothing says how often.

    Periodic is what has that cadence, and what has none but 定期 in its text.
    """
    for index, duty in enumerate(role.duties):
        yield from _vague(duty, duty.cadence, ("duties", index))
        for number, item in enumerate(duty.items):
            cadence = item.cadence or (duty.cadence and "of the duty")
            yield from _vague(item, cadence, ("duties", index, "items", number))


def _vague(part: Duty | Item, cadence: str | None, route: Route) -> Iterator[Finding]:
    text, note = part.text or "", part.cadence_note or ""
    if cadence == "periodic":
        key = "cadence"
    elif cadence is None and _PERIODIC.search(text):
        key = "text"
    else:
        return
    if not _FLOOR.search(note) and not _FLOOR_IN_TEXT.search(text):
        yield Finding(
            tr("How often is not said."),
            tr("Give a floor in `cadence_note`, such as 定期（至少每周一次）."),
            (*route, key),
        )


_ROLE = """\
id: teller
title: 柜员
duties:
  - id: check
    title: 检查
    text: 定期检查自助设备。
    cadence: periodic
    cadence_note: {note}
"""

RULE = Rule(
    Kind("W002", "vague-cadence", Severity.INFO),
    mark("A duty is done 定期, and nothing says how often at least."),
    mark("Whether it was done often enough can only be checked against a floor."),
    bad(_ROLE.format(note="定期"), 7, 14),
    good(_ROLE.format(note="定期（至少每周一次）")),
    check=check,
)
