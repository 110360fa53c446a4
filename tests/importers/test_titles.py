"""Titles of duties: what the source sets off, a line above parts, else the beginning."""

from __future__ import annotations

import pytest

from dutybook.importers.titles import beginning, titled


@pytest.mark.parametrize(
    ("text", "title", "body"),
    [
        ("客户服务：接待来访客户，解答咨询。", "客户服务", "接待来访客户，解答咨询。"),
        ("客户服务: 接待来访客户。", "客户服务", "接待来访客户。"),
        ("客户服务——接待来访客户。", "客户服务", "接待来访客户。"),
        ("客户服务--接待来访客户。", "客户服务", "接待来访客户。"),
        ("客户服务 - 接待来访客户。", "客户服务", "接待来访客户。"),
        (
            "办理个人客户存取款和转账汇款以及挂失解挂：逐笔。",
            "办理个人客户存取款和转账汇款以及挂失解挂",
            "逐笔。",
        ),
        ("做到三清：账清、款清、证清。", "做到三清", "账清、款清、证清。"),
        ("【安全保卫】检查门窗。", "安全保卫", "检查门窗。"),
        ("[安全保卫]：检查门窗。", "安全保卫", "检查门窗。"),
        ("账户管理。办理开户和销户。", "账户管理", "办理开户和销户。"),
        ("现金管理 核对库存，登记账簿。", "现金管理", "核对库存，登记账簿。"),
        ("现金管理\u3000核对库存；登记账簿", "现金管理", "核对库存；登记账簿"),
        ("客户服务：", "客户服务", ""),
        ("现金管理：核对——清点库存。", "现金管理", "核对——清点库存。"),
    ],
)
def test_a_title_that_is_set_off_is_taken_from_the_text(text: str, title: str, body: str) -> None:
    assert titled([text], has_parts=False) == (title, body)


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("职责如下：接待来访客户。", "职责如下"),
        ("检查内容：门窗和电源。", "检查内容"),
        ("每日9:30开门迎客。", None),
        ("核对（表一：现金）库存。", None),
        ("营业终了，核对库存：现金和凭证。", "营业终了"),
        ("办理个人客户存取款和转账汇款以及挂失和解挂：逐笔核对。", None),
        ("维护CRM-A系统，登记。", "维护CRM-A系统"),
        ("【安全保卫】", "【安全保卫】"),
        ("【" + "防" * 21 + "】检查门窗。", None),
        ("负责账户管理。办理开户和销户。", "负责账户管理"),
        ("账户不得出借。办理开户和销户。", "账户不得出借"),
        ("营业终了清点现金，登记账簿。次日复核。", "营业终了清点现金"),
        ("现金管理 核对库存", "现金管理 核对库存"),
        ("ATM 核对库存，登记账簿。", "ATM 核对库存"),
        ("现金管理 ATM加钞，登记账簿。", "现金管理 ATM加钞"),
        ("办理存取款，核对证件。", "办理存取款"),
        ("：接待客户。", "接待客户"),
    ],
)
def test_a_text_that_sets_no_title_off_stays_whole(text: str, title: str | None) -> None:
    made, body = titled([text], has_parts=False)
    assert body == text
    assert title is None or made == title


@pytest.mark.parametrize(
    ("paragraphs", "has_parts", "made"),
    [
        (["账户管理", "办理开户。", "办理销户。"], False, ("账户管理", "办理开户。\n办理销户。")),
        (["账户管理：", "办理开户。"], True, ("账户管理", "办理开户。")),
        (["账户管理：办理开户。", "办理销户。"], False, ("账户管理", "办理开户。\n办理销户。")),
        (["账户管理"], True, ("账户管理", "")),
        (["账户管理"], False, ("账户管理", "账户管理")),
        (["负责账户管理"], True, ("负责账户管理", "")),
        (["账户管理。"], True, ("账户管理", "")),
        (["负责账户管理。"], True, ("负责账户管理", "负责账户管理。")),  # a sentence says something
        (["办理开户，登记", "核对证件。"], False, ("办理开户", "办理开户，登记\n核对证件。")),
        (["办理开户，登记。"], True, ("办理开户", "办理开户，登记。")),
        (["接待并引导来访的个人客户和单位客户办理业务", "解答咨询。"], True,
         ("接待并引导来访的个人客户和单位客户办理业", "接待并引导来访的个人客户和单位客户办理业务\n解答咨询。")),
        (["接待并引导来访的个人客户和单位客户办理业务"], True,
         ("接待并引导来访的个人客户和单位客户办理业", "接待并引导来访的个人客户和单位客户办理业务")),
        (["："], True, ("", "：")),
        ([], False, ("", "")),
        ([], True, ("", "")),
    ],
)  # fmt: skip
def test_a_short_line_is_the_title_of_what_follows(
    paragraphs: list[str], has_parts: bool, made: tuple[str, str]
) -> None:
    assert titled(paragraphs, has_parts) == made


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("办理存取款，核对证件", "办理存取款"),
        ("办理存取款\n核对证件", "办理存取款"),
        ("办理存取款、转账", "办理存取款、转账"),
        ("、办理存取款。", "办理存取款"),
        ("—— 办理存取款。", "办理存取款"),
        ("逐日逐笔登记自助设备的加钞时间和加钞金额及吞卡", "逐日逐笔登记自助设备的加钞时间和加钞金额"),
        ("维护PCRM system of the branch", "维护PCRM system of the"),
        ("按月维护综合业务系统的参数 parameters", "按月维护综合业务系统的参数"),
        ("校对印章 v2.", "校对印章 v2"),
        ("每日9:30开门迎客。", "每日9:30开门迎客"),
        ("。。", "。。"),
        ("", ""),
    ],
)  # fmt: skip
def test_the_beginning_ends_at_a_mark_and_with_a_whole_word(text: str, title: str) -> None:
    assert beginning(text) == title
