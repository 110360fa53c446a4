"""The fixed words of the role format, each with what people call it in Chinese and English.

The values stand in role files; the words are what a table shows and a search accepts. The terms
are those of Chinese bank practice; the involvement scale is RACI, finer where bank manuals are.
"""

from __future__ import annotations

from typing import Final

from dutybook.messages import language

Words = dict[str, tuple[str, str]]

INVOLVEMENTS: Final[Words] = {
    "accountable": ("第一责任人", "accountable"),
    "responsible": ("负责", "responsible"),
    "review": ("复核", "reviews"),
    "approve": ("审批", "approves"),
    "supervise": ("监督", "supervises"),
    "guide": ("指导", "guides"),
    "support": ("协助", "supports"),
    "inform": ("传达", "informs"),
}

CADENCES: Final[Words] = {
    "continuous": ("日常", "continuous"),
    "daily": ("每日", "daily"),
    "weekly": ("每周", "weekly"),
    "ten-day": ("每旬", "every ten days"),
    "monthly": ("每月", "monthly"),
    "quarterly": ("每季", "quarterly"),
    "half-yearly": ("每半年", "half-yearly"),
    "yearly": ("每年", "yearly"),
    "periodic": ("定期", "periodic"),
    "ad-hoc": ("不定期", "ad hoc"),
    "event": ("及时", "on the event"),
}

STATUSES: Final[Words] = {
    "draft": ("草案", "draft"),
    "in-force": ("有效", "in force"),
    "withdrawn": ("废止", "withdrawn"),
}


def word(words: Words, value: str | None) -> str:
    """Return what the reader calls a value, an empty text for none."""
    if value is None:
        return ""
    chinese, english = words[value]
    return chinese if language() == "zh" else english
