"""The book in this repository: every fact of its source is there, and nothing is made up."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from dutybook.model import Duty, Item, Role, Settings
from dutybook.records import read_role, read_settings
from tests.conftest import MODELINE

REPOSITORY = Path(__file__).parent.parent
TITLES = {
    "branch-manager": "网点负责人",
    "customer-manager": "客户经理",
    "operations-supervisor": "运营主管",
}


@cache
def role(position: str) -> Role:
    path = f"roles/{position}.yaml"
    record = read_role((REPOSITORY / path).read_bytes(), path, position)
    assert record.problems == ()
    assert record.role is not None
    return record.role


@cache
def settings() -> Settings:
    record = read_settings((REPOSITORY / "dutybook.yaml").read_bytes(), "dutybook.yaml")
    assert record.problems == ()
    assert record.settings is not None
    return record.settings


def roles() -> list[Role]:
    return [role(position) for position in TITLES]


def parts(one: Role) -> Iterator[Duty | Item]:
    """Yield the duties of a role, each before its items."""
    for duty in one.duties:
        yield duty
        yield from duty.items


def duty(position: str, label: str) -> Duty:
    (found,) = (one for one in role(position).duties if one.label == label)
    return found


def words(part: Duty | Item) -> str:
    """Return all that a part says in words, with its items."""
    said = [getattr(part, "title", ""), part.text or "", part.cadence_note or ""]
    return "".join([*said, *(words(item) for item in getattr(part, "items", ()))])


def test_these_are_the_role_files() -> None:
    files = sorted(path.relative_to(REPOSITORY / "roles").as_posix()
                   for path in (REPOSITORY / "roles").rglob("*") if path.is_file())  # fmt: skip
    assert files == [f"{position}.yaml" for position in TITLES]
    assert {one.id: one.title for one in roles()} == TITLES


@pytest.mark.parametrize("position", TITLES)
def test_a_file_is_as_editors_want_it(position: str) -> None:
    raw = (REPOSITORY / f"roles/{position}.yaml").read_bytes()
    assert raw.decode().startswith(MODELINE)
    assert raw.endswith(b"\n")
    assert not re.search(rb"\r|[ \t]\n|\t|\n\n\n", raw)


# Structure


@pytest.mark.parametrize(
    ("position", "labels", "missing", "truncated"),
    [
        ("branch-manager", "1 2 3 4 5 6 7 8", (), None),
        ("customer-manager", "1 2 3 4 5 7", ("6",), None),
        ("operations-supervisor", "1 2 3 4 5 6 7 10", ("8", "9"), True),
    ],
)
def test_labels_are_those_of_the_source_and_its_gaps_are_recorded(
    position: str, labels: str, missing: tuple[str, ...], truncated: bool | None
) -> None:
    one = role(position)
    assert [duty.label for duty in one.duties] == labels.split()
    assert one.source is not None
    assert (one.source.missing, one.source.truncated) == (missing, truncated)
    assert one.source.document == "银行岗位职责说明书"
    assert one.source.section
    assert one.source.section.endswith(one.title)


@pytest.mark.parametrize(
    ("position", "label", "labels"),
    [
        ("branch-manager", "4", "abcd"),
        ("customer-manager", "1", "①②③④⑤"),
        ("customer-manager", "2", "①②③④"),
    ],
)
def test_items_have_the_labels_of_the_source(position: str, label: str, labels: str) -> None:
    assert [item.label for item in duty(position, label).items] == list(labels)


def test_other_items_have_no_label() -> None:
    labelled = {("branch-manager", "4"), ("customer-manager", "1"), ("customer-manager", "2")}
    for one in roles():
        for each in one.duties:
            if (one.id, each.label) not in labelled:
                assert not any(item.label for item in each.items), (one.id, each.label)


def test_nothing_is_made_up_that_the_source_does_not_say() -> None:
    said = {"id", "title", "title_en", "duties", "source"}
    for one in roles():
        fields = one.model_fields_set - {"aliases"}
        assert fields == said, one.id
    assert role("customer-manager").aliases == ("个人客户经理",)
    assert not role("branch-manager").aliases
    assert not role("operations-supervisor").aliases
    assert not any(each.basis for one in roles() for each in one.duties)


def test_what_is_declared_is_used_and_what_is_used_is_declared() -> None:
    every = [part for one in roles() for part in parts(one)]
    counterparts = {name for part in every for name in part.counterparts}
    assert counterparts - set(TITLES) == set(settings().positions)
    assert not set(settings().positions) & set(TITLES)
    assert {name for part in every for name in part.systems} == set(settings().systems)
    assert {name for part in every for name in part.tags} == set(settings().tags)
    assert all(settings().systems.values())
    assert all(settings().tags.values())
    assert set(settings().systems) == {"PCRM", "CFE", "岗位管控工具", "支付系统"}
    assert settings().format == 1
    assert settings().rules.model_fields_set == set()


def test_a_position_that_a_text_names_is_a_counterpart() -> None:
    names = {
        "大堂经理": "lobby-manager", "低柜柜员": "low-counter-teller", "副行长": "deputy-governor",
        "开放式柜台柜员": "open-counter-teller", "后台作业中心": "back-office-processing-centre",
        "监控中心": "monitoring-centre", "支行或分行相关部门": "branch-departments",
        "有关部门": "relevant-departments", "个人客户经理": "customer-manager",
        "网点负责人": "branch-manager",
    }  # fmt: skip
    found = set()
    for one in roles():
        for part in parts(one):
            for name, position in names.items():
                if name in (part.text or ""):
                    assert position in part.counterparts, (one.id, part.text)
                    found.add(name)
    assert found == set(names)


# The facts: involvement, cadence and the words of the source, duty by duty

FACTS: list[tuple[str, str, str, str | None, str | None, str]] = [
    # position, label, words of the part, involvement, cadence, words that must be there
    ("branch-manager", "1", "大堂经理", "guide", None, "现场管理 正常营业"),
    ("branch-manager", "1", "满意度", "responsible", None, "服务质量 客户满意度"),
    ("branch-manager", "1", "晨会", "support", "daily", "参与组织 每日 晨会 夕会"),
    ("branch-manager", "1", "周例会", "responsible", "weekly", "定期"),
    ("branch-manager", "1", "卫生", "responsible", None, "区域 个人 营业环境"),
    ("branch-manager", "2", "销售计划", "responsible", "periodic", "各期 制定"),
    ("branch-manager", "2", "个人客户经理", "supervise", "periodic", "定期 销售职责 监督"),
    ("branch-manager", "2", "进度", "responsible", None, "各项目标任务 跟踪"),
    ("branch-manager", "2", "岗位管控工具", "review", "weekly", "至少每周一次 检查 贵宾客户 跟进 维护"),
    ("branch-manager", "3", "营销活动", "responsible", None, "管理 组织"),
    ("branch-manager", "3", "督促", "supervise", None, "关注 客户开发机会 跟进 成功率"),
    ("branch-manager", "4", "金卡", "responsible", None, "分配 维护 营销 优质客户群体"),
    ("branch-manager", "4", "开放式柜台柜员", "guide", None, "指导 协助 个人客户经理 大堂经理"),
    ("branch-manager", "4", "PCRM", "responsible", None, "新增 目标客户列表 潜在客户 低柜柜员 副行长"),
    ("branch-manager", "4", "白金", "responsible", None, "白金以上 贵宾客户 直接 维护"),
    ("branch-manager", "5", "绩效", "responsible", None, "目标 辅导 评定 面谈 应用"),
    ("branch-manager", "6", "服务精神", "responsible", None, "理念 行为 执行改进 岗位评估 应用"),
    ("branch-manager", "7", "费用", "responsible", None, "人员 设施 调配 管理"),
    ("branch-manager", "8", "后期保障", "responsible", None, "风险管理 内部运营"),
    ("customer-manager", "1", "为管户客户", "responsible", None, "客户关系"),
    ("customer-manager", "1", "长期关系", None, "periodic", "定期 联系 拜访 管户客户"),
    ("customer-manager", "1", "需求", None, None, "主动 适合的产品"),
    ("customer-manager", "1", "升级", None, None, "降级 管理"),
    ("customer-manager", "1", "预约", None, None, "贵宾客户 交易 协助"),
    ("customer-manager", "1", "监督管理", "supervise", None, "大堂经理 低柜柜员 管户客户 维护"),
    ("customer-manager", "2", "线索", None, "event", "及时 跟进 维护 客户的信息 本行贵宾客户"),
    ("customer-manager", "2", "CFE", None, "periodic", "PCRM系统 CFE系统 使用 管理 梳理 定期 整理 构成"),
    ("customer-manager", "2", "电话", None, None, "走访 新的贵宾客户"),
    ("customer-manager", "2", "承接", None, None, "其他岗位 推荐 潜在贵宾客户 拓展 维护"),
    ("customer-manager", "3", "商机", "responsible", None, "销售的线索 状态 主动 联系 进展"),
    ("customer-manager", "4", "网点负责人", None, None, "协助 营销计划"),
    ("customer-manager", "4", "专业支持", None, None, "支持 营销活动"),
    ("customer-manager", "5", "理财类产品", "support", None, "支持 其他岗位推荐 专业的咨询 服务"),
    ("customer-manager", "5", "理财公告", "inform", "event", "及时 告知 柜员 发布"),
    ("customer-manager", "7", "50%", "support", None, "协助大堂经理 原则上 以上 可用工作时间 营业现场 内部管理 营销"),
    ("operations-supervisor", "1", "签到", None, None, "各支付系统 对账 签退"),
    ("operations-supervisor", "1", "日常业务处理", None, "continuous", "日常"),
    ("operations-supervisor", "1", "查询查复", None, None, "冲账"),
    ("operations-supervisor", "2", "后台作业中心", "responsible", None, "监控中心 后台支持部门 业务流程 问题"),
    ("operations-supervisor", "3", "检查", "review", None, "内部运营 物资"),
    ("operations-supervisor", "3", "需求计划", "responsible", "periodic", "定期"),
    ("operations-supervisor", "3", "支行或分行相关部门", "responsible", None, "集中配送"),
    ("operations-supervisor", "4", "事中", "responsible", None, "事中风险控制 事后风险控制 预警"),
    ("operations-supervisor", "5", "第一责任人", "accountable", None, "反洗钱"),
    ("operations-supervisor", "5", "有关部门", "support", None, "协助 反洗钱"),
    ("operations-supervisor", "5", "可疑交易", "review", None, "复核 报送"),
    ("operations-supervisor", "6", "现场", "guide", None, "柜员 业务指导"),
    ("operations-supervisor", "6", "业务技能", "guide", "periodic", "定期或不定期 培训 业务知识"),
    ("operations-supervisor", "6", "人行", "inform", "periodic", "银监 总行 分行 规章制度 传达"),
    ("operations-supervisor", "6", "考核意见", "support", None, "协助网点负责人 部分 交易效率 交易质量 内控风险"),
    ("operations-supervisor", "7", "完成", "responsible", "continuous", "网点交付 日常性事务"),
    ("operations-supervisor", "7", "邮件", "inform", "event", "及时 查阅 传达"),
    ("operations-supervisor", "10", "具体负责", "supervise", "daily", "即日 监督 审查"),
    ("operations-supervisor", "10", "营业前", None, "daily", "柜员 准备工作"),
    ("operations-supervisor", "10", "印章", None, None, "款项 重要空白凭证"),
    ("operations-supervisor", "10", "柜员卡", None, None, "出库 入库"),
    ("operations-supervisor", "10", "账、表", None, None, "簿 证 卡 准备"),
    ("operations-supervisor", "10", "岗位制约", None, None, "操作流程 规章制度"),
    ("operations-supervisor", "10", "权限", None, None, "业务操作"),
    ("operations-supervisor", "10", "合法性", None, None, "业务处理 合……"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("position", "label", "named", "involvement", "cadence", "must"),
    FACTS,
    ids=[f"{position}-{label}-{named}" for position, label, named, *_ in FACTS],
)
def test_each_fact_of_the_source_stands_where_it_belongs(
    position: str, label: str, named: str, involvement: str | None, cadence: str | None, must: str
) -> None:
    whole = duty(position, label)
    found = [part for part in (*whole.items, whole) if named in (part.text or "")]
    part = found[0]
    said = words(part) + whole.title
    for word in must.split():
        assert word in said, word
    assert part.involvement == involvement
    assert part.cadence == cadence


def test_every_part_has_a_fact_and_an_involvement_of_its_own_or_of_its_duty() -> None:
    for one in roles():
        for each in one.duties:
            checked = sum(fact[:2] == (one.id, each.label) for fact in FACTS)
            assert checked >= max(len(each.items), 1)
            for item in each.items:
                assert item.involvement or each.involvement, (one.id, each.label)


@pytest.mark.parametrize(
    ("note", "cadence", "count"),
    [
        ("每日", "daily", 1), ("即日", "daily", 1), ("营业前", "daily", 1), ("各期", "periodic", 1),
        ("至少每周一次", "weekly", 1), ("定期或不定期", "periodic", 2), ("日常", "continuous", 2),
        ("及时", "event", 3),
    ],
)  # fmt: skip
def test_cadences_have_the_words_of_the_source(note: str, cadence: str, count: int) -> None:
    noted = [part for one in roles() for part in parts(one) if note in (part.cadence_note or "")]
    assert [part.cadence for part in noted] == [cadence] * count


def test_every_cadence_says_the_word_it_comes_from() -> None:
    for one in roles():
        for part in parts(one):
            assert (part.cadence is None) == (part.cadence_note is None)


def test_slips_and_masks_of_the_source_are_mended() -> None:
    for one in roles():
        everything = "".join(words(each) for each in one.duties)
        for slip in ("管护", "帐", "薄", "*", "其它", "book118", "文档评论", "VIP文档"):
            assert slip not in everything
    assert "本行" in words(duty("customer-manager", "2"))


def test_a_line_of_the_source_is_no_paragraph() -> None:
    for one in roles():
        for part in parts(one):
            assert "\n" not in (part.text or "")
            assert re.search(r"[。：…]$", part.text or "。")


def test_the_manual_can_be_searched_by_words_that_mean_the_same() -> None:
    known = {word for group in settings().synonyms for word in group}
    assert {"反洗钱", "AML", "贵宾", "对账", "冲账"} <= known
