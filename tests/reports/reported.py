"""One report for all formats: names in Chinese, every severity, odd characters, every kind of place."""

from __future__ import annotations

from dutybook import messages
from dutybook.messages import Language
from dutybook.problems import Report
from tests.checking import check, role

HEAD = "roles/运营部/主管.yaml"
TELLER = "roles/运营部/柜员, 100%:甲.yaml"

TEXTS = {
    HEAD: role("主管", "主管", "unti: 运营部\n"),
    TELLER: role(
        "柜员", "柜员", 'unit: 010\nreports_to: nobody\nstatus: "in\\e[2Jforce"\n',
        "  - {id: cash, title: <b>现金</b>, text: 完成100%的|工作|。}\n",
    ),
    "roles/teller.yml": role(duties="  - {id: a, title: b, text: 负责收付。}\n"
                                    "  - {id: c, title: d, text: 与主管对账，登记：100%、a|b、*c*。}\n"
                                    "  - {id: a, title: d, text: 甲}\n"),
    "roles/出纳.yaml": role("出纳", "出纳", "reports_to: 无此人\n").encode("gbk"),
    "roles/valid.yaml": role("valid", "有效岗", "reports_to: nobody\n",
                             "  - {id: a, title: b, text: 负责收付。}\n"
                             "  - {id: c, label: '1', title: d, text: 完成领导交办的其他工作，}\n"
                             "  - {id: e, label: '1', title: f, text: '与有效岗 100% 对帐、对账 <b>|`*。'}\n"),
}  # fmt: skip


def report(language: Language = "en") -> Report:
    """Return what is found in that book, in a language."""
    messages.use(language)
    try:
        return check(TEXTS)
    finally:
        messages.use("en")


def from_top(path: str) -> str:
    """Return a path from the top of a work tree that has the book in a folder."""
    return f"银行/手册/{path}"
