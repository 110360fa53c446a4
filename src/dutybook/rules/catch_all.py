"""W001: no duty is whatever else there may be."""

import re
from collections.abc import Iterator

from dutybook.messages import mark, tr
from dutybook.model import Role
from dutybook.problems import Kind, Severity
from dutybook.rules.base import Finding, Rule, bad, good, parts

_WORK = r"[^。；，]{0,8}(?:工作|任务|事项|事务|事宜)"
_CATCH_ALL = re.compile(
    rf"(?:领导|上级|主管|经理|行长|负责人|组织|部门)[^。；，]{{0,8}}(?:交办|指派){_WORK}"
    rf"|(?:领导|上级|主管|经理|行长|负责人|部门)[^。；，]{{0,8}}(?:安排|布置)(?=[^。；，]{{0,4}}(?:的|其他|其它|临时)){_WORK}"
    rf"|(?:其他|其它|临时)[^。；，]{{0,6}}(?:交办|安排|布置){_WORK}"
    rf"|交办[^。；，]{{0,4}}(?:其他|其它|临时|各项){_WORK}"
    r"|(?:完成|做好|承办|办理|负责|承担)(?:其他|其它)(?:相关|有关|各项|临时)*(?:的)?(?:工作|任务|事项|事务)"
)


def check(role: Role) -> Iterator[Finding]:
    """Report texts that hand over whatever is asked for."""
    for route, _, _, text in parts(role):
        if _CATCH_ALL.search(text):
            yield Finding(
                tr("A catch-all: whatever else is asked for."),
                tr("Name the duties that are meant, or leave the sentence out."),
                route,
            )


_ROLE = "id: teller\ntitle: 柜员\nduties:\n  - id: other\n    title: 其他\n    text: {text}\n"

RULE = Rule(
    Kind("W001", "catch-all", Severity.INFO),
    mark("A duty is a catch-all, such as 完成领导交办的其他工作."),
    mark("A duty names an action and its object; what can be anything can be asked of nobody."),
    bad(_ROLE.format(text="完成领导交办的其他工作。"), 6, 11),
    good(_ROLE.format(text="每日整理并归档传票。")),
    check=check,
)
