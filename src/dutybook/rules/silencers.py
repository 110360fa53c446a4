"""B012 and B013: a comment that silences a finding says why, and silences something.

The engine applies the comments, since only it knows what they silenced.
"""

from dutybook.messages import mark
from dutybook.problems import Kind, Severity
from dutybook.rules.base import Rule, bad, good

_ROLE = """\
id: teller
title: 柜员
duties:
  - id: other
    title: 其他
    text: {text}  # dutybook: ignore {comment}
"""
_CATCH_ALL = "完成领导交办的其他工作。"

WITHOUT_REASON = Rule(
    Kind("B012", "silencer-without-reason", Severity.WARNING),
    mark("A `# dutybook: ignore` comment gives no reason, and silences nothing."),
    mark("Who reads the exception in a year must know why it was made."),
    bad(_ROLE.format(text=_CATCH_ALL, comment="W001"), 6, 25),
    good(_ROLE.format(text=_CATCH_ALL, comment="W001 总行统一表述")),
)

UNUSED = Rule(
    Kind("B013", "unused-silencer", Severity.WARNING),
    mark("A `# dutybook: ignore` comment silences nothing."),
    mark("An exception that is no longer needed would hide the next problem on its line."),
    bad(_ROLE.format(text="办理现金业务。", comment="W001 总行统一表述"), 6, 20),
    good(_ROLE.format(text=_CATCH_ALL, comment="W001 总行统一表述")),
)
