"""Manuals in each layout that occurs, in our own wording, and what is found in them."""

from __future__ import annotations

import pytest

from tests.importers.manuals import lost, parsed, shape

LAYOUTS = {
    "one physical line": (
        "支行柜员职责 篇一：储蓄柜员工作职责 柜台岗位职责 一、值班(主办)柜员岗位职责： 1、负责落实制度。 2、每日核对账簿。 二、前台柜员岗位职责： 1、办理存取款。",
        [("值班(主办)柜员", [("1", []), ("2", [])]), ("前台柜员", [("1", [])])],
    ),
    "page numbers like labels": (
        "部门设置_第1页\n已阅读3页,还剩9页未读\n\n1、某行部门设置及主要职责第一章总则第一条 依据章程制定。第二章部门职责第二条理事会职责1、召集会议;2、执行决议;3、决定聘\n\n"
        "2、任人选;4、其他职权。第三条行务室职责1、主持经营;2、拟订方案,报理\n\n3、事会批准。",
        [("理事会", [("1", []), ("2", []), ("3", []), ("4", [])]), ("行务室", [("1", []), ("2", [])])],
    ),
    "traditional, numbered by 篇, broken off": (
        "綜合柜員崗位職責范文\n\n發布時間:2020-01-02 編輯:某某\n\n綜合柜員做好柜面工作。\n\n綜合柜員崗位職責范文篇1:\n\n一、辦理業務。\n\n二、保管憑證。\n\n綜合",
        [("綜合柜員", [("一", []), ("二", [])])],
    ),
    "wrapped, titles before colons": (
        "大廳經理崗位職責(一)\n接待客戶:解答咨詢,指導辦理業務。如當\n客戶開戶時告知資料;客流量大時及時\n疏導。\n協助發放對賬單:每\n晚交主管核對。\n大廳經理崗位職責(二)\n1、負責引導。\n2、負責意見簿。",
        [("大廳經理(一)", [(None, []), (None, [])]), ("大廳經理(二)", [("1", []), ("2", [])])],
    ),
    "decimal headings": (
        "员工岗位说明书\n1.1总则说明\n1.1.1编制目的\n用于明确职责。\n1.2岗位职责概述\n1.2.1监督岗职责\n监督各项业务。\n1.2.2前台岗职责\n办理业务。\n二、任职资格\n2.1学历要求",
        [("监督岗", [(None, [])]), ("前台岗", [(None, [])])],
    ),
    "a bilingual table flattened": (
        "结算室经理 岗位说明书 识别信息 (Identification) 岗位名称 (Position ) 结算管理室经理 岗位编号 (Code) 11.02.03 所属部门及处室 (Department) 运营部 "
        "主要工作职责 (Duty&Responsibility) 工作目的(Purpose):管理结算室。 类别(Sort) 编号(No.) 概述(Abstract) 描述(Description) 部门 规划 1 目标分解 分解目标,跟踪完成。 2 流程 拟定流程。 业务 管理 3 报表 审核报表。",
        [("结算管理室经理", [("1", []), ("2", []), ("3", [])])],
    ),
    "boilerplate numbered itself, colons, gaps, a broken end": (
        "- 1、本文档共9页，可阅读全部内容。\n- 2、成为VIP后，下载本文档免费。\n- 3、如文档侵犯权益，请点击版权申诉。\n一：支行负责人\n1、现场——a、巡视；b、\n检查。\n3、负责客户的维护。\n①联系客户；②整理资料；\n③登记。\n二：内勤主管\n1、复核账务，登记各\n文档评论(0)",
        [("支行负责人", [("1", ["a", "b"]), ("3", ["①", "②", "③"])]), ("内勤主管", [("1", [])])],
    ),
    "articles in chapters": (
        "第一章 总则\n第一条 为明确职责，制定本办法。\n第二章 出纳员\n第二条 出纳员岗位职责：\n（一）收付现金；\n1. 点钞。\n2. 捆扎。\n（二）保管现金。\n第三条 任职资格：\n（一）专科以上。\n第三章 附则\n第四条 由人事部解释。",
        [("出纳员", [("一", ["1", "2"]), ("二", [])])],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", LAYOUTS)
def test_a_layout_is_understood(name: str) -> None:
    text, expected = LAYOUTS[name]
    manual = parsed(text)
    assert shape(manual) == expected
    assert not lost(text, manual)


def test_gaps_and_broken_ends_are_recorded() -> None:
    text, _ = LAYOUTS["boilerplate numbered itself, colons, gaps, a broken end"]
    first, last = parsed(text).drafts
    assert first.data["source"]["missing"] == ["2"]
    assert last.data["source"]["truncated"] == "true"


def test_a_third_level_stays_in_its_item() -> None:
    manual = parsed("柜员岗位职责\n一、现金\n（一）收付：\n1、点钞；\n2、捆扎。\n二、凭证。")
    duty = manual.drafts[0].data["duties"][0]
    assert duty["items"] == [{"label": "一", "text": "收付：\n1、点钞；\n2、捆扎。"}]
