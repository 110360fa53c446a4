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


# How duties say what part a position has in a matter, longest words first within a meaning.
INVOLVEMENT_WORDS: Final[dict[str, tuple[str, ...]]] = {
    "accountable": ("第一责任人", "全面负责", "首要责任"),
    "responsible": ("负责", "承担", "主持", "牵头", "组织", "制定", "制订", "拟定", "编制", "执行", "办理",
                    "落实", "开展", "实施", "管理"),
    "review": ("审核", "复核", "审查", "检查", "核对", "稽核"),
    "approve": ("审批", "批准", "审定", "签发", "授权"),
    "supervise": ("监督", "督促", "督导", "监控", "考核"),
    "guide": ("指导", "培训", "带领"),
    "support": ("协助", "配合", "参与", "支持", "协同", "会签"),
    "inform": ("汇报", "报告", "上报", "传达", "反馈", "告知", "通知", "报送"),
}  # fmt: skip

# Words that are written in more than one way; the first is the usual one.
SPELLINGS: Final[tuple[tuple[str, ...], ...]] = (
    ("管户", "管护"), ("对账", "对帐"), ("账户", "帐户"), ("账务", "帐务"), ("账簿", "账薄", "帐簿", "帐薄"),
    ("台账", "台帐"), ("记账", "记帐"), ("冲账", "冲帐"), ("转账", "转帐"), ("入账", "入帐"), ("账号", "帐号"),
    ("结账", "结帐"), ("账款", "帐款"), ("账目", "帐目"), ("账单", "帐单"), ("总账", "总帐"), ("分户账", "分户帐"),
    ("挂账", "挂帐"), ("销账", "销帐"), ("错账", "错帐"), ("查账", "查帐"), ("轧账", "轧帐"), ("坏账", "坏帐"), ("呆账", "呆帐"),
    ("登记簿", "登记薄"), ("签到簿", "签到薄"), ("记录簿", "记录薄"), ("复核", "覆核"), ("勾稽", "钩稽"), ("登录", "登陆"), ("制定", "制订"), ("其他", "其它"),
)  # fmt: skip
