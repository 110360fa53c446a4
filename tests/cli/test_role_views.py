"""A position in words: cadences, head and tail, plain lines, and Markdown that stays text."""

from __future__ import annotations

import re
from typing import Any

import pytest

from dutybook import messages, model
from dutybook.cli import role_views
from dutybook.model import Item, Role

TITLES = {"head": "支行行长", "teller": "柜员"}


def made(**fields: Any) -> Role:
    """Return a role of these fields, as a file would give them."""
    duties = [{"id": "one", "title": "事", "text": "做事。"}]
    role = model.check({"id": "x", "title": "员", "duties": duties, **fields})
    assert isinstance(role, Role), role
    return role


def title_of(position: str) -> str:
    return TITLES.get(position, position)


@pytest.fixture(autouse=True)
def in_chinese() -> None:
    messages.use("zh")


@pytest.mark.parametrize(
    ("cadence", "note", "chinese", "english"),
    [
        (None, None, "", ""),
        ("daily", None, "每日", "daily"),
        (None, "营业终了", "营业终了", "营业终了"),
        ("daily", "营业前", "每日（营业前）", "daily (营业前)"),
        ("weekly", "至少每周一次", "至少每周一次", "weekly (至少每周一次)"),
        ("periodic", "定期或不定期", "定期或不定期", "periodic (定期或不定期)"),
        ("ten-day", None, "每旬", "every ten days"),
    ],
)
def test_a_cadence_is_said_once(cadence: Any, note: str | None, chinese: str, english: str) -> None:
    part = Item(text="做事。", cadence=cadence, cadence_note=note)
    assert role_views.cadence(part) == chinese
    messages.use("en")
    assert role_views.cadence(part) == english


# The head and the tail: each field alone, in both languages

HEAD = [
    ({"title_en": "Clerk"}, "英文名称: Clerk", "English title: Clerk"),
    ({"aliases": ["甲", "乙"]}, "别名: 甲、乙", "Also called: 甲, 乙"),
    ({"unit": "营业部"}, "所属部门: 营业部", "Department: 营业部"),
    ({"reports_to": "head"}, "直接上级: 支行行长", "Reports to: 支行行长"),
    ({"reports_to": "nobody"}, "直接上级: nobody", "Reports to: nobody"),
    ({"purpose": "为了。"}, "岗位目的: 为了。", "Purpose: 为了。"),
    ({"status": "draft"}, "状态: 草案", "Status: draft"),
    ({"version": "1.10"}, "版本: 1.10", "Version: 1.10"),
    ({"effective": "2026-01-02"}, "生效日期: 2026-01-02", "Effective: 2026-01-02"),
    ({"review_by": "2026-12-31"}, "复审日期: 2026-12-31", "Review by: 2026-12-31"),
    ({"approved_by": "行长"}, "审批人: 行长", "Approved by: 行长"),
    ({"source": {"document": "书"}}, "来源: 书", "Source: 书"),
    ({"source": {"missing": ["8", "9"]}}, "来源: 原文缺编号 8、9", "Source: the source has no 8, 9"),
    ({"source": {"section": "二", "truncated": "true"}}, "来源: 二；原文在此中断",
     "Source: 二; the source breaks off"),
]  # fmt: skip
TAIL = [
    ({"authorities": ["签字", {"text": "授权", "limit": "50 万元"}]},
     "权限: 签字|授权（50 万元）", "Authorities: 签字|授权（50 万元）"),
    ({"qualifications": ["五年"]}, "任职资格: 五年", "Qualifications: 五年"),
    ({"contacts": {"internal": ["甲", "乙"]}}, "内部协调部门: 甲|乙", "Internal contacts: 甲|乙"),
    ({"contacts": {"external": ["丙"]}}, "外部协调单位: 丙", "External contacts: 丙"),
    ({"key_position": "true"}, "重要岗位: 是", "Key position: yes"),
    ({"key_position": "false"}, "重要岗位: 否", "Key position: no"),
    ({"rotation": {"max_years": "3"}}, "轮岗: 任职最长 3 年", "Rotation: at most 3 years"),
    ({"rotation": {"mandatory_leave": "true", "exit_audit": "true"}}, "轮岗: 强制休假|离岗审计",
     "Rotation: mandatory leave|exit audit"),
    ({"incompatible_with": ["teller", "nobody"]}, "不相容岗位: 柜员|nobody",
     "Incompatible with: 柜员|nobody"),
    ({"backup": ["teller"]}, "B角: 柜员", "Stand-in: 柜员"),
    ({"basis": ["第八条"]}, "制度依据: 第八条", "Basis: 第八条"),
    ({"sections": [{"title": "编制", "text": "两人\n一岗"}]}, "编制: 两人|一岗", "编制: 两人|一岗"),
]  # fmt: skip
SILENT = [
    {"contacts": {}}, {"rotation": {}}, {"rotation": {"mandatory_leave": "false"}}, {"source": {}},
    {"source": {"truncated": "false"}},
]  # fmt: skip


def said(role: Role) -> list[str]:
    """Return what stands before and after the duties, the default status left out."""
    lines = [f"{name}: {words}" for name, words in role_views.head(role, title_of)]
    lines += [f"{name}: {'|'.join(words)}" for name, words in role_views.tail(role, title_of)]
    return [line for line in lines if line not in {"状态: 有效", "Status: in force"}]


@pytest.mark.parametrize(("fields", "chinese", "english"), HEAD + TAIL)
def test_a_field_is_said_in_the_readers_language(
    fields: dict[str, Any], chinese: str, english: str
) -> None:
    role = made(**fields)
    assert said(role) == [chinese]
    messages.use("en")
    assert said(role) == [english]


@pytest.mark.parametrize("fields", [{}, *SILENT])
def test_what_a_role_does_not_say_is_left_out(fields: dict[str, Any]) -> None:
    assert said(made(**fields)) == []


def test_every_field_of_a_role_is_said_somewhere() -> None:
    """A field that the format gains must be shown, too."""
    shown = {key for fields, _, _ in HEAD + TAIL for key in fields} | {"id", "title", "duties"}
    assert shown == set(Role.model_fields)


def test_the_head_comes_in_one_order() -> None:
    fields: dict[str, Any] = {}
    for one, _, _ in reversed(HEAD + TAIL):
        fields |= one
    lines = [line.split(": ")[0] for line in said(made(**fields))]
    order = list(dict.fromkeys(words.split(": ")[0] for _, words, _ in HEAD + TAIL))
    assert lines == [name for name in order if name in lines]
    assert len(lines) >= len(HEAD + TAIL) - 6


# Duties

DUTY = {
    "id": "one", "label": "7", "title": "现场管理", "text": "协助大堂。", "involvement": "support",
    "cadence": "weekly", "cadence_note": "至少每周一次", "counterparts": ["teller", "head"],
    "systems": ["PCRM", "CFE"], "tags": ["服务"], "basis": ["第一条", "第二条"],
    "items": ["甲", {"label": "④", "text": "乙\n丙", "involvement": "review", "tags": ["会议"]}],
}  # fmt: skip


def test_plain_has_a_line_for_the_duty_and_one_for_each_item() -> None:
    assert list(role_views.plain(made(duties=[DUTY]))) == [
        ["x", "one", "7", "", "support", "weekly", "协助大堂。", "现场管理", "至少每周一次",
         "teller,head", "PCRM,CFE", "服务"],
        ["x", "one", "7", "", "", "", "甲", "现场管理", "", "", "", ""],
        ["x", "one", "7", "④", "review", "", "乙\n丙", "现场管理", "", "", "", "会议"],
    ]  # fmt: skip


def test_markdown_has_what_a_duty_says() -> None:
    written = role_views.markdown(
        made(duties=[DUTY, {**DUTY, "items": [], "label": None}]), title_of
    )
    about = (
        "参与：协助；频次：至少每周一次；配合：柜员、支行行长；系统：PCRM、CFE；标签：服务；"
        "制度依据：第一条、第二条"
    )
    assert written == (
        "# 员 (`x`)\n\n- **状态**: 有效\n\n## 7 现场管理\n\n协助大堂。\n\n"
        f"{about}\n\n- 甲\n- ④ 乙 丙 — 参与：复核；标签：会议\n"
        f"\n## 现场管理\n\n协助大堂。\n\n{about}\n"
    )


@pytest.mark.parametrize(
    "text",
    [
        "[link](javascript:x)", "![i](http://x)", "<script>a</script>", "<!-- x -->", "`code`",
        "**b** __i__ ~~s~~", "| a | b |", "# x", "1. x", "- x", "+ x", "&amp;", "a\\", "a\n\n# b",
        "https://x.cn", "{x}", "---", "\x1b[31m", "\u202ea",
    ],
)  # fmt: skip
def test_data_is_text_in_markdown_and_never_markup(text: str) -> None:
    written = role_views.markdown(
        made(title=text.split("\n")[0], duties=[{"id": "one", "title": "事", "text": text, "items": [text]}],
             sections=[{"title": "栏", "text": text}]),
        title_of,
    )  # fmt: skip
    assert "\x1b" not in written
    assert "\u202e" not in written
    ours = re.sub(r"\\[\\`*_{}\[\]<>()#+\-.!|~&]", "", written)
    rest = re.sub(r"(?m)^(#{1,2} |- \*\*状态\*\*: |- )|\(`x`\)$", "", ours)
    assert not re.search(r"[\\`*_{}\[\]<>#|~&!]", rest), rest
    assert len([line for line in written.splitlines() if line.startswith("#")]) == 3
