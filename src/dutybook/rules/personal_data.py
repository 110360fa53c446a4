"""T004: a duty manual describes positions, not persons."""

import re
from collections.abc import Iterator

from dutybook.messages import mark, tr
from dutybook.model import Role
from dutybook.problems import Kind, Severity
from dutybook.rules.base import Finding, Rule, bad, good, texts
from dutybook.text import fold

_CANDIDATE = re.compile(r"\d{3}|@")  # without which there is none of them
_MOBILE = re.compile(r"(?<!\d)(?:\+?86[ -]?)?[1１][3-9３-９]\d([ -]?)\d{4}\1\d{4}(?!\d)")
_IDENTITY = re.compile(r"(?<!\d)\d{17}[\dXx](?![\dXx])")
_MAIL = re.compile(r"[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63})+")
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)  # GB 11643
_CHECKS = "10X98765432"


def check(role: Role) -> Iterator[Finding]:
    """Report texts with a mobile number, an ID-card number or a mail address, one finding a text."""
    for route, text in texts(role):
        kind = _kind(text) if _CANDIDATE.search(text) else ""
        if kind:
            yield Finding(
                tr("{kind} stands in the text.", kind=tr(kind)),
                tr("Name the position, not the person; who holds it is kept elsewhere."),
                route,
            )


def _kind(text: str) -> str:
    if any(_is_identity(match.group()) for match in _IDENTITY.finditer(text)):
        return mark("An ID-card number")
    if _MOBILE.search(text):
        return mark("A mobile number")
    if "@" in text and _MAIL.search(text):
        return mark("A mail address")
    return ""


def _is_identity(number: str) -> bool:
    digits = fold(number)  # full-width digits are digits too
    total = sum(int(digit) * weight for digit, weight in zip(digits, _WEIGHTS, strict=False))
    return digits[-1].upper() == _CHECKS[total % 11]


_ROLE = "id: teller\ntitle: 柜员\nduties:\n  - id: report\n    title: 报告\n    text: {text}\n"

RULE = Rule(
    Kind("T004", "personal-data", Severity.WARNING),
    mark("A mobile number, an ID-card number or a mail address stands in a text."),
    mark(
        "Duties belong to positions; personal data in a repository stays in its history for good."
    ),
    bad(_ROLE.format(text="异常情况报告13800138000。"), 6, 11),
    good(_ROLE.format(text="异常情况报告运营主管。")),
    check=check,
)
