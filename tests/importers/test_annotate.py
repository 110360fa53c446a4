"""What a text says of itself: part in the matter, cadence, other positions, systems."""

from __future__ import annotations

import pytest

from dutybook.importers.annotate import Known, annotate, cadence, counterparts, involvement
from dutybook.text import fold

KNOWN = Known.of(
    [("大堂经理", "lobby-manager"), ("客户经理", "customer-manager"), ("柜员", "teller"),
     ("低柜柜员", "low-counter-teller"), ("Teller", "teller")],
    ["PCRM系统", "CFE"],
)  # fmt: skip


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("作为第一责任人，负责反洗钱等管理。", "accountable"),
        ("全面负责支行工作。", "accountable"),
        ("负责客户关系的维护。", "responsible"),
        ("组织网点的营销活动，督促参加的人。", "responsible"),
        ("管理客户的升、降级。", "responsible"),
        ("按规定办理对公业务。", "responsible"),
        ("对人员和费用进行调配和管理。", "responsible"),
        ("负责复核可疑交易的报送。", "review"),
        ("负责对现金收付业务进行复核；发现差错及时报告。", "review"),
        ("负责可疑交易报送的复核工作。", "review"),
        ("負責審查大額款項。", "review"),
        ("检查网点的物资。", "review"),
        ("审批权限以内的垫款。", ""),  # 审批权 is a thing
        ("审批贷款。", "approve"),
        ("监督管理柜员对客户的维护。", "supervise"),
        ("指导大堂经理进行现场管理。", "guide"),
        ("参与组织每日晨会。", "support"),
        ("协助网点负责人制定计划。", "support"),
        ("及时告知柜员理财信息。", "inform"),
        ("反馈客户的意见。", "inform"),
        ("加强内部运营管理，保持环境整洁。", ""),
        ("客户管理、培训和考核", ""),
        ("凭证报主管审批。", ""),
        ("跟进审批进度。", ""),
        ("为客户提供交易协助。", ""),
        ("网点负责人、复核员、授权书", ""),
        ("完成领导交办的其他事项。", ""),
        ("", ""),
    ],
)
def test_involvement(text: str, part: str) -> None:
    assert involvement(fold(text)) == part


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("每日营业终了核对库存。", ("daily", "每日")),
        ("每個工作日登记。", ("daily", "每個工作日")),
        ("定期（至少每周一次）检查。", ("weekly", "定期（至少每周一次）")),
        ("每旬报送。", ("ten-day", "每旬")),
        ("月末结账。", ("monthly", "月末")),
        ("每季度检查。", ("quarterly", "每季度")),
        ("每半年盘点一次。", ("half-yearly", "每半年")),
        ("年终决算。", ("yearly", "年终")),
        ("定期或不定期培训。", ("periodic", "定期或不定期")),
        ("不定期抽查。", ("ad-hoc", "不定期")),
        ("发现差错及时报告。", ("event", "及时")),
        ("日常管理。", ("continuous", "日常")),
        ("定期检查，每月汇总。", ("monthly", "每月")),  # the exact one of the two
        ("每日登记，每月汇总。", None),
        ("日结、月结、半年结和年终决算。", None),
        ("办理存取款。", None),
    ],
)
def test_cadence(text: str, said: tuple[str, str] | None) -> None:
    assert cadence(text) == said


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("指导大堂经理，协助低柜柜员和客户经理。", ["lobby-manager", "low-counter-teller", "customer-manager"]),
        ("柜员、柜员。", ["teller"]),
        ("个人客户经理", []),  # another position
        ("综合柜员的尾箱", []),
        ("大堂經理", ["lobby-manager"]),
        ("", []),
    ],
)  # fmt: skip
def test_counterparts(text: str, ids: list[str]) -> None:
    assert counterparts(fold(text), KNOWN, "x") == ids


def test_a_position_is_no_counterpart_of_itself() -> None:
    assert counterparts("指导柜员和大堂经理", KNOWN, "teller") == ["lobby-manager"]


def test_nobody_is_named_where_nobody_is_known() -> None:
    assert counterparts("指导柜员", Known.of([], []), "x") == []


def test_duties_and_items_are_filled_in() -> None:
    duty = {
        "title": "客户梳理",
        "text": "通过pcrm系统每周梳理。",
        "items": [{"text": "协助大堂经理。"}, {"text": "CFE1 不是系统"}],
    }
    annotate([duty], KNOWN, "x")
    assert duty == {
        "title": "客户梳理",
        "text": "通过pcrm系统每周梳理。",
        "cadence": "weekly",
        "cadence_note": "每周",
        "systems": ["PCRM系统"],
        "items": [
            {"text": "协助大堂经理。", "involvement": "support", "counterparts": ["lobby-manager"]},
            {"text": "CFE1 不是系统"},
        ],
    }


def test_the_cadence_of_a_table_counts() -> None:
    duty = {"title": "对账", "text": "每日核对。", "cadence_note": "每月"}
    annotate([duty], KNOWN, "x")
    assert (duty["cadence"], duty["cadence_note"]) == ("monthly", "每月")
