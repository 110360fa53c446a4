"""W001, W002, W003, W005, W007 and T004: what the words of a duty give away."""

from __future__ import annotations

import pytest

from tests.checking import TELLER, book, check, found, place, role


def duty(text: str, more: str = "") -> str:
    """Return a role with one duty: its title on line 5, its text on line 6."""
    return role(duties=f"  - id: a\n    title: b\n    text: '{text}'\n{more}")


# W001 catch-all


@pytest.mark.parametrize(
    "text",
    [
        "完成领导交办的其他工作。", "完成上级交办的各项任务", "完成领导临时交办的工作。", "领导安排的其它事项",
        "完成交办的其他工作", "完成部门负责人布置的临时任务。", "其他临时交办事项。", "完成其他相关工作。",
        "承担其他工作任务", "上级部门指派的工作", "行长安排的有关事宜", "做好其它各项事务。",
    ],
)  # fmt: skip
def test_catch_alls(text: str) -> None:
    assert [place(one) for one in found(check(duty(text)), "W001")] == [(TELLER, 6, 11)]


@pytest.mark.parametrize(
    "text",
    [
        "组织安排柜员培训工作。", "安排柜员轮班。", "与其他部门协调工作。", "每日整理传票。", "领导网点工作。",
        "向上级报告工作。", "完成销售任务。", "其他。领导安排。工作。", "布置营业厅。", "办理其他业务。",
    ],
)  # fmt: skip
def test_no_catch_alls(text: str) -> None:
    assert found(check(duty(text)), "W001") == []


# W002 vague-cadence


@pytest.mark.parametrize(
    ("cadence", "note", "text", "vague"),
    [
        ("periodic", None, "检查设备。", True),
        ("periodic", "定期", "检查设备。", True),
        ("periodic", "定期或不定期", "检查设备。", True),
        ("periodic", "定期（至少每周一次）", "检查设备。", False),
        ("periodic", "每周两次", "检查设备。", False),
        ("periodic", "一年不少于 3 次", "检查设备。", False),
        ("periodic", "各期", "检查设备。", False),
        ("periodic", "逐月", "检查设备。", False),
        ("periodic", None, "定期（至少每周一次）检查设备。", False),
        ("periodic", "定期", "每月检查设备。", False),
        ("periodic", "定期", "检查每位柜员。", True),
        ("daily", "定期", "检查设备。", False),
        ("ad-hoc", "不定期", "检查设备。", False),
        ("daily", None, "定期检查设备。", False),
        (None, "每周", "定期检查设备。", False),
        (None, None, "定期（至少每周一次）检查设备。", False),
        (None, None, "按月检查设备。", False),
        (None, None, "办理定期存款、定期储蓄。", False),
        (None, None, "不定期检查设备。", False),
    ],
)
def test_cadences(cadence: str | None, note: str | None, text: str, vague: bool) -> None:
    keys = "".join(
        f"{key}: {value}\n"
        for key, value in (("cadence", cadence), ("cadence_note", note))
        if value
    )
    on_duty = duty(text, "".join(f"    {key}\n" for key in keys.splitlines()))
    assert [place(one) for one in found(check(on_duty), "W002")] == [(TELLER, 7, 14)] * vague
    item = ", ".join([f"text: '{text}'", *keys.splitlines()])
    on_item = role(duties=f"  - id: a\n    title: b\n    items:\n      - {{{item}}}\n")
    column = len(f"      - {{text: '{text}', cadence: ") + 1
    assert [place(one) for one in found(check(on_item), "W002")] == [(TELLER, 7, column)] * vague


@pytest.mark.parametrize("note", ["", "    cadence_note: 定期\n"])
@pytest.mark.parametrize(
    "text", ["定期检查设备。", "定期或不定期检查设备。", "对定期存款定期对账。"]
)
def test_a_text_that_says_when_but_not_how_often(text: str, note: str) -> None:
    assert [place(one) for one in found(check(duty(text, note)), "W002")] == [(TELLER, 6, 11)]
    head = f"  - id: a\n    title: b\n{note}"
    items = f"    items:\n      - {{text: '{text}'}}\n"
    line = 7 + bool(note)
    on_item = check(role(duties=head + items))
    assert [place(one) for one in found(on_item, "W002")] == [(TELLER, line, 16)]
    for cadence in ("daily", "continuous"):
        above = f"    cadence: {cadence}\n"
        assert found(check(role(duties=head + above + items)), "W002") == []


# W003 no-involvement


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("负责现金收付。", "负责 responsible"),
        ("是本网点反洗钱的第一责任人。", "第一责任人 accountable"),
        ("复核传票。", "复核 review"),
        ("审批贷款。", "审批 approve"),
        ("督促柜员。", "督促 supervise"),
        ("指导柜员。", "指导 guide"),
        ("协助大堂经理管理现场。", "协助 support"),
        ("向网点负责人报告。", "报告 inform"),
        ("传达文件，负责落实。", "传达 inform"),
        ("收付现金。", None),
        ("网点负责人在场。", None),
    ],
)
def test_involvement(text: str, word: str | None) -> None:
    problems = found(check(duty(text)), "W003")
    if word is None:
        assert problems == []
        return
    said, value = word.split()
    (one,) = problems
    assert place(one) == (TELLER, 5, 12)
    assert one.message == f"The text says {said}, and the duty has no involvement."
    assert one.hint == f"Add `involvement: {value}`."
    assert found(check(duty(text, "    involvement: support\n")), "W003") == []


@pytest.mark.parametrize(
    ("items", "reported"),
    [
        ("[负责收付。, 清点。]", True),
        ("[清点。, 协助收付。]", True),
        ("[清点。, 收付。]", False),
        ("[{text: 负责收付。, involvement: responsible}]", False),
        ("[{text: 清点。, involvement: support}, 负责收付。]", False),
    ],
)
def test_involvement_of_items(items: str, reported: bool) -> None:
    text = role(duties=f"  - id: a\n    title: b\n    items: {items}\n")
    assert [place(one) for one in found(check(text), "W003")] == [(TELLER, 5, 12)] * reported


# W005 two-spellings


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (("对账。", "对帐。"), [("b", "对帐 here is 对账 elsewhere.")]),
        (("对帐。", "对账。"), [("a", "对帐 here is 对账 elsewhere.")]),
        (("对帐。", "对帐。"), []),
        (("对账。", "对账。"), []),
        (("管户。", "管护。"), [("b", "管护 here is 管户 elsewhere.")]),
        (("登记簿。", "登记薄。"), [("b", "登记薄 here is 登记簿 elsewhere.")]),
        (
            ("账簿、帐薄。", "账薄。"),
            [("a", "帐薄 here is 账簿 elsewhere."), ("b", "账薄 here is 账簿 elsewhere.")],
        ),
        (("帐簿。", "账薄。"), [("a", "帐簿 here is 账薄 elsewhere.")]),
        (("对帐、对账。", "无。"), [("a", "对帐 here is 对账 elsewhere.")]),
        (("对账。", "结帐。"), []),  # another word
        (("薄弱。", "簿记。"), []),
    ],
)
def test_spellings(texts: tuple[str, str], expected: list[tuple[str, str]]) -> None:
    roles = [
        role(name, name, duties=f"  - {{id: x, title: y, text: {text}}}\n")
        for name, text in zip("ab", texts, strict=True)
    ]
    problems = found(check(book(*roles)), "W005")
    assert [(one.role, one.message) for one in problems] == expected
    assert all(place(one)[1:] == (4, 29) for one in problems)


def test_the_usual_spelling_is_asked_for() -> None:
    (one,) = found(check(duty("帐簿、账薄。")), "W005")
    assert one.hint == "Write 账簿 everywhere."


def test_a_spelling_is_told_once_at_its_first_place() -> None:
    roles = [
        role(name, name, duties="  - {id: x, title: y, text: 对帐、对账。}\n") for name in "abc"
    ]
    assert [one.role for one in found(check(book(*roles)), "W005")] == ["a"]


# W007 broken-off


@pytest.mark.parametrize(
    ("texts", "lines"),
    [
        (["收付现金。"], []),
        (["收付现金"], []),
        (["收付现金，"], [7]),
        (["收付现金、"], [7]),
        (["收付现金："], [7]),
        (["收付（现金"], []),
        (["收付（"], [7]),
        (["收付现金……"], [7]),
        (["收付现金", "清点", "登记。"], []),
        (["收付现金。", "清点。", "登记"], [9]),
        (["收付现金；", "清点；", "登记"], [9]),
        (["收付现金。", "清点"], []),
        (["收付现金。)", "清点！", "登记》", "核对"], [10]),
    ],
)
def test_texts_that_break_off(texts: list[str], lines: list[int]) -> None:
    items = "".join(f"      - '{text}'\n" for text in texts)
    report = check(role(duties=f"  - id: a\n    title: b\n    items:\n{items}"))
    assert [place(one) for one in found(report, "W007")] == [(TELLER, line, 9) for line in lines]


# T004 personal-data


def identity(digits: str) -> str:
    """Return an ID number with its check character (GB 11643)."""
    weights = [2 ** (17 - place) % 11 for place in range(17)]
    total = sum(int(digit) * weight for digit, weight in zip(digits, weights, strict=True))
    return digits + "10X98765432"[total % 11]


VALID = identity("11010519491231003")
WITH_X = next(one for n in range(100) if (one := identity(f"110105194912310{n:02}")).endswith("X"))


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("电话13800138000。", "A mobile number"),
        ("电话：138 0013 8000", "A mobile number"),
        ("电话 138-0013-8000", "A mobile number"),
        ("+8613800138000", "A mobile number"),
        ("+86 13800138000", "A mobile number"),
        ("8613800138000", "A mobile number"),
        ("１３８００１３８０００", "A mobile number"),
        ("19912345678", "A mobile number"),
        ("12345678901", None),  # no mobile network
        ("138001380001", None),
        ("1380013800", None),
        ("99913800138000", None),
        ("138 00138000", None),
        (f"身份证{VALID}。", "An ID-card number"),
        (WITH_X, "An ID-card number"),
        (WITH_X.lower(), "An ID-card number"),
        (VALID.translate({code: code + 0xFEE0 for code in range(48, 58)}), "An ID-card number"),
        (VALID[:17] + str((int(VALID[17]) + 1) % 10), None),
        (VALID[:5] + str((int(VALID[5]) + 1) % 10) + VALID[6:], None),
        ("1" + VALID, None),
        (VALID + "1", None),
        ("6222021001111111111", None),  # a card
        ("发到 zhang.san@example.com。", "A mail address"),
        ("a_b+c@mail.example.com.cn", "A mail address"),
        ("a@b", None),
        ("@柜员", None),
        ("95588、400-800-8888、8:30-17:00", None),
    ],
)
def test_personal_data(text: str, kind: str | None) -> None:
    problems = found(check(duty(text)), "T004")
    assert [(place(one), one.message) for one in problems] == (
        [((TELLER, 6, 11), f"{kind} stands in the text.")] if kind else []
    )


def test_personal_data_in_every_text() -> None:
    number = "13800138000"
    text = role(
        head=f"purpose: 电话{number}\nauthorities: [电话{number}]\nqualifications: [电话{number}]\n"
        f"contacts:\n  internal: [电话{number}]\n  external: [电话{number}]\n",
        duties=f"  - id: a\n    title: b\n    text: 电话{number}\n    items: [电话{number}]\n",
    )
    assert [place(one)[1:] for one in found(check(text), "T004")] == [
        (3, 10), (4, 15), (5, 18), (7, 14), (8, 14), (12, 11), (13, 13),
    ]  # fmt: skip
