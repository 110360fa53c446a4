"""Make a large book of made-up positions: the same bytes for the same number of roles and seed.

Role `i` depends on the seed and on the roles before it, never on the size of the book; only the
one sentence with the rare term moves, to the last role, in books too small for its usual place.
Every word stands in this file; nothing is taken from a real bank's manual.
"""

from __future__ import annotations

import argparse
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Final, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

SEED: Final = 20260101
DUTIES: Final = 8
ITEMS: Final = 3
FOLDER_SIZE: Final = 1000

COMMON_TERM: Final = "客户身份识别"  # in three roles of four, in one item each
RARE_TERM: Final = "贵金属寄存"  # in one item of one role
RARE_ROLE: Final = 617  # where the book has so many roles, else in the last one

_CHILDREN: Final = 8  # how many positions report to one
_COPY_CYCLE, _COPIES = 25, (12, 24)  # two roles of 25 end with a near-duplicate: 1 % of the duties
_DONOR_CYCLE, _DONOR = 5, 3  # one role of five lends a duty to be copied by a later role

# ---------------------------------------------------------------------------------------------
# The words. Within a list no word is the beginning of another, and none names a position, a
# system, a cadence or a number, so that a sentence says nothing that the fields do not say.

_BRANCH_KINDS: Final = (("支行", "", "Sub-branch"), ("分行", "branch-", "Branch"))

_PLACE_FIRST: Final = """
临lin 安an 清qing 永yong 和he 平ping 东dong 西xi 南nan 北bei 新xin 宁ning 太tai 常chang 锦jin
云yun 江jiang 海hai 山shan 石shi 白bai 龙long 凤feng 松song 竹zhu 梅mei 兰lan 桂gui 华hua 兴xing
富fu 广guang 明ming 德de 仁ren 义yi 文wen 武wu 通tong 高gao
"""
_PLACE_SECOND: Final = """
江jiang 河he 湖hu 山shan 川chuan 原yuan 州zhou 城cheng 阳yang 康kang 昌chang 盛sheng 泉quan
塘tang 桥qiao 湾wan 岭ling 峰feng 田tian 浦pu 门men 溪xi 林lin 潭tan 港gang
"""

# A department, then its positions, each with its slug.
_DEPARTMENTS: Final = """
综合管理部
行长=president 综合主管=general-affairs-head 文秘岗=secretary
机要档案岗=confidential-archivist 行政后勤岗=administration-officer

运营管理部
运营督导岗=operations-inspector 账务核对岗=account-reconciler 支付清算岗=payment-clearing-officer
凭证管理岗=voucher-custodian 印章管理岗=seal-custodian

营业室
营业室主任=banking-hall-director 现金整点岗=cash-sorter 高柜业务岗=high-counter-officer
低柜业务岗=low-counter-officer 授权复核岗=authorisation-reviewer

公司金融部
公司业务主管=corporate-banking-head 对公客户岗=corporate-relationship-officer
票据业务岗=bill-business-officer 供应链金融岗=supply-chain-finance-officer
机构业务岗=institutional-banking-officer

个人金融部
零售业务主管=retail-banking-head 财富顾问岗=wealth-adviser 私人银行岗=private-banking-officer
代发业务岗=payroll-service-officer 社保业务岗=social-security-officer

信贷管理部
信贷主管=lending-head 放款审核岗=drawdown-reviewer 贷后管理岗=post-loan-officer
押品管理岗=collateral-custodian 信贷档案岗=credit-archivist

授信审批部
授信审查主管=credit-review-head 项目评审岗=project-appraiser 额度管理岗=limit-controller
行业研究岗=industry-researcher 评级认定岗=rating-officer

风险管理部
风险主管=risk-head 市场风险岗=market-risk-officer 操作风险岗=operational-risk-officer
资产质量岗=asset-quality-officer 预警监测岗=early-warning-officer

内控合规部
合规主管=compliance-head 反洗钱专员=anti-money-laundering-specialist
法律审查岗=legal-reviewer 制度管理岗=policy-officer 案防管理岗=case-prevention-officer

审计部
审计主管=audit-head 非现场审计岗=off-site-auditor 现场检查岗=on-site-inspector
离任审计岗=exit-auditor 整改跟踪岗=remediation-tracker

财务会计部
财务主管=finance-head 费用核算岗=expense-accountant 税务管理岗=tax-officer
预算管理岗=budget-officer 固定资产岗=fixed-asset-officer

资产负债部
资金主管=treasury-head 流动性管理岗=liquidity-officer 利率定价岗=pricing-officer
资金头寸岗=funding-position-officer 统计报送岗=statistics-officer

国际业务部
国际业务主管=international-banking-head 贸易融资岗=trade-finance-officer
外汇结算岗=foreign-exchange-officer 单证审核岗=documents-examiner
跨境汇款岗=cross-border-remitter

信用卡部
信用卡主管=card-head 发卡审核岗=card-issuing-reviewer 商户管理岗=merchant-officer
分期业务岗=instalment-officer 卡片催收岗=card-collector

电子银行部
电子渠道主管=digital-channel-head 网银运营岗=online-banking-officer
自助设备岗=self-service-device-officer 客服质检岗=service-quality-inspector
手机银行岗=mobile-banking-officer

信息科技部
科技主管=technology-head 系统运维岗=system-operator 网络安全岗=network-security-officer
数据治理岗=data-governance-officer 机房值守岗=machine-room-keeper

人力资源部
人事主管=personnel-head 薪酬管理岗=payroll-officer 培训管理岗=training-officer
绩效考核岗=performance-officer 招聘管理岗=recruitment-officer

安全保卫部
保卫主管=security-head 守押管理岗=escort-officer 监控值班岗=surveillance-officer
消防管理岗=fire-safety-officer 金库管理岗=vault-keeper

普惠金融部
普惠业务主管=inclusive-finance-head 小微信贷岗=small-business-lender
涉农业务岗=rural-finance-officer 线上贷款岗=online-lending-officer
担保合作岗=guarantee-liaison

资产保全部
保全主管=asset-recovery-head 不良清收岗=bad-loan-recoverer 诉讼管理岗=litigation-officer
抵债资产岗=repossessed-asset-officer 核销管理岗=write-off-officer
"""

# A tag and the system that its duties use (or -), then what its duties are about, with slugs.
_TOPICS: Final = """
现金管理 核心业务系统
库存现金=vault-cash 现金收付=cash-handling 残损币兑换=damaged-notes
尾箱调拨=cash-boxes 假币收缴=counterfeit-notes 现金清点=cash-counting

凭证印章 -
重要空白凭证=blank-vouchers 业务印章=business-seals 印鉴卡片=signature-cards
密押器具=test-keys 传票装订=slip-binding 凭证领用=voucher-issue

结算对账 核心业务系统
支付清算=payment-clearing 银企对账=client-reconciliation 查询查复=enquiry-replies
挂账资金=suspense-funds 错账冲正=error-reversal 内部账户=internal-accounts

账户管理 核心业务系统
单位账户=corporate-accounts 个人账户=personal-accounts 久悬账户=dormant-accounts
账户年检=account-renewal 开户资料=opening-documents 销户手续=account-closing

信贷业务 信贷管理系统
贷前调查=loan-investigation 贷款发放=loan-drawdown 贷后走访=post-loan-visits
授信额度=credit-limits 借款合同=loan-contracts 展期续贷=loan-renewal

担保押品 信贷管理系统
抵押登记=mortgage-registration 质押权证=pledge-certificates 押品估值=collateral-valuation
保证人资信=guarantor-standing 权证出库=certificate-release 押品巡查=collateral-visits

票据业务 影像档案系统
承兑汇票=acceptance-bills 票据贴现=bill-discount 票据托收=bill-collection
商业本票=promissory-notes 票据查验=bill-verification 转贴现交易=rediscount-deals

理财销售 -
理财产品=wealth-products 风险评估问卷=risk-questionnaires 产品适当性=product-suitability
代销基金=agency-funds 保险代理=agency-insurance 销售录音录像=sales-recording

客户维护 -
贵宾客户=vip-clients 客户信息=client-records 客户回访=client-calls
流失客户=lost-clients 客户分层=client-segments 客户委托书=client-mandates

网点服务 -
厅堂服务=hall-service 投诉处理=complaint-handling 排队叫号=queueing
服务礼仪=service-manners 特殊客群=special-groups 便民设施=public-amenities

反洗钱 反洗钱监测系统
可疑交易=suspicious-transactions 大额交易=large-transactions 受益所有人=beneficial-owners
名单筛查=list-screening 洗钱风险评级=laundering-ratings 交易监测模型=monitoring-models

内控合规 -
合规意见=compliance-opinions 制度修订=policy-revision 问题整改=remediation
员工行为=staff-conduct 委托书件=delegation-letters 关联交易=related-transactions

风险管理 信贷管理系统
信用风险=credit-risk 操作风险=operational-risk 流动性缺口=liquidity-gaps
风险预警=risk-alerts 资产分类=asset-classification 压力测试=stress-tests

财务管理 财务管理系统
费用预算=expense-budget 费用报销=expense-claims 固定资产=fixed-assets
税款申报=tax-returns 成本分摊=cost-allocation 财务报表=financial-statements

信息科技 -
用户权限=user-rights 数据备份=data-backup 机房设备=machine-room
变更上线=change-release 网络线路=network-lines 终端设备=terminals

安全保卫 -
金库守护=vault-guard 押运交接=escort-handover 消防设施=fire-equipment
监控录像=surveillance-footage 门禁钥匙=access-keys 应急演练=emergency-drills

人力资源 人事管理系统
员工考勤=attendance 岗位轮换=job-rotation 绩效目标=performance-goals
薪酬发放=salary-payment 人员招聘=recruitment 职业资格=professional-licences

学习教育 人事管理系统
业务课程=business-courses 技能测评=skill-tests 新员工带教=newcomer-mentoring
课程教材=course-materials 案例学习=case-studies 上岗考试=entry-exams

电子渠道 电子渠道平台
网上银行=online-banking 手机银行=mobile-banking 自助机具=self-service-machines
商户收单=merchant-acquiring 扫码收款=code-collection 短信通知=text-notices

外汇业务 国际结算系统
结售汇=exchange-settlement 跨境汇款=cross-border-remittance 信用证开立=letters-of-credit
进出口单证=trade-documents 外债登记=foreign-debt 外币现钞=foreign-notes
"""

_VERBS: Final = {
    "accountable": "全面负责 统一主管 总体承担 全权主持",
    "responsible": "办理 组织 落实 编制 整理 管理 登记 维护 完善 执行",
    "review": "复核 审核 检查 核对 审查 稽核",
    "approve": "审批 批准 审定 核准 签批 签发",
    "supervise": "监督 督促 督导 监控 督办",
    "guide": "指导 辅导 讲解 带领梳理 示范办理",
    "support": "协助整理 配合核实 参与完善 支持梳理 协同办理 协助登记",
    "inform": "传达 告知 通报 报送 反馈 通知",
}
_TITLE_ENDS: Final = {
    "accountable": ("统筹", "oversight"),
    "responsible": ("管理", "management"),
    "review": ("复核", "review"),
    "approve": ("审批", "approval"),
    "supervise": ("监督", "supervision"),
    "guide": ("指导", "guidance"),
    "support": ("协助", "support"),
    "inform": ("传达", "notice"),
}
_ASPECTS: Final = """
交接记录 登记手续 领用流程 保管情况 变动原因 申报材料 执行进度 差错清单 办理时限 资料完整性
要素填写 权限设置 台账明细 责任分工 影像档案 比对结果 原始依据 异常情形 业务规范 操作步骤
风险要点 留存期限 数据质量 归档顺序 统计口径 收费标准 条款内容 使用范围 移交清单 复查意见
分析底稿 抽样比例 监测指标 限额占用 到期安排 处置方案 沟通记录 签收回执 影响范围 经办痕迹
"""
_LEADS: Final = "对照 依据 结合 查阅 调取 比照 参照 汇总 梳理 翻阅"
_MATERIALS: Final = """
制度文本 业务台账 交易流水 影像资料 合同文本 登记簿册 原始凭证 监管通报 上级文件 客户申请
授信批复 工作底稿 会计分录 余额清单 对账回单 库存报表 盘点记录 监测报告 预警提示 审计意见
整改台账 权限清单 操作手册 评估报告 调查报告 尽调材料 会计报表 纳税证明 工商信息 征信报告
司法文书 抵押合同 保险单据 估值报告 运单发票 报关单据 汇款申请 外汇牌价 利率公告 限额方案
预算批复 采购合同 验收单据 设备台账 巡检日志 备份介质 变更方案 演练脚本 值班记录 门禁记录
押运单据 考勤数据 考核方案 授课教材 试卷成绩 投诉工单 回访录音 满意度问卷 产品说明书 营销方案
"""
_WAYS: Final = """
逐笔核实 逐项查验 交叉比对 分类汇总 抽样验证 双人确认 分级处理 归类整理 逐户排查 全程留痕
当面清点 封存备查 编号建档 限时办结 滚动更新 动态调整 闭环跟进 追溯源头 剖析成因 量化评价
标注重点 统一口径 补齐要素 还原过程 测算影响 列明依据 说明理由 回溯验证 留存证据 逐层穿透
"""
_PROBLEMS: Final = """
账务差错 手续缺漏 要素不全 超限情形 逾期事项 可疑线索 重复录入 权限冲突 影像模糊 印章错盖
信息失真 资料过期 流程倒置 额度超用 客户异议 设备告警 数据偏差 单证不符 合同瑕疵 押品贬值
舆情苗头 操作失误 违规苗头 长短款项 未达款项 空白环节 沟通脱节 执行偏差 责任不清 隐患部位
"""
_MEASURES: Final = """
提出处置意见 列入整改清单 查明形成原因 明确改进措施 作出风险提示 落实责任人员 安排重新办理
形成书面说明 登记专项台账 发出整改通知 设定完成时限 启动应急流程 开展专题分析 补充佐证材料
制作情况说明 划清处理边界 纳入重点关注 提请专题研究 采取临时控制 追踪处置结果
"""
_RESULTS: Final = """
账实相符 手续完备 数据准确 资料齐全 流程顺畅 风险可控 责任到人 权限清晰 记录完整 过程可溯
期限可查 资金安全 信息真实 合同有效 押品足值 客户满意 服务规范 指标达标 费用合理 档案有序
操作合规 账务平衡 额度不超 制度落地 问题清零 隐患消除 设备稳定 数据保密 交接清楚 报表可信
分类准确 成本受控 要素吻合 单证匹配 钥匙专管 钱箱无误 账款相符 账据相符 内外贯通 前后衔接
人岗匹配 奖惩分明 学用结合 响应快捷 渠道畅通 网络稳固 备份可用 名单最新 评级客观 结论可靠
"""
_LINKS: Final = ("确保", "保证", "做到", "力求")  # a near-duplicate differs in this word

# How often each part stands among a role's duties: the doing far more than the approving.
_INVOLVEMENTS: Final = (
    *("responsible",) * 5, "review", "review", "supervise", "guide", "support", "support",
    "inform", "approve",
)  # fmt: skip
_CADENCES: Final = (
    ("continuous", None), ("daily", None), ("daily", None), ("weekly", None), ("ten-day", None),
    ("monthly", None), ("monthly", None), ("quarterly", None), ("half-yearly", None),
    ("yearly", None), ("event", None), ("periodic", "每期至少一次"), ("ad-hoc", "按需安排"),
)  # fmt: skip
_LIMITS: Final = ("单笔十万元以内", "单笔五十万元以内", "单笔二百万元以内", "单户五百万元以内")

_POSITIONS: Final = {
    "lobby-manager": "大堂经理",
    "external-auditor": "外部审计机构",
    "local-regulator": "属地监管机构",
    "escort-company": "守押公司",
    "archive-centre": "总行档案中心",
    "card-maker": "制卡中心",
}
_SYNONYMS: Final = (("反洗钱", "AML"), ("贵宾", "VIP"), ("复核", "覆核"))

_FORBIDDEN: Final = (
    "定期", "及时", "日常", "每日", "每周", "每月", "其他", "交办", "管护", "帐", "薄", "、", "；",
)  # fmt: skip
_TEXT_LENGTHS: Final = range(15, 81)
_TITLE_LENGTHS: Final = range(4, 15)
_DUTY_TITLE_LENGTHS: Final = range(4, 13)
_ID_LENGTH: Final = 64

T = TypeVar("T")


@dataclass(frozen=True)
class Topic:
    """A matter that duties are about: its tag, the system used for it, and its objects."""

    tag: str
    system: str | None
    objects: tuple[tuple[str, str], ...]  # Chinese, slug


@dataclass(frozen=True)
class Name:
    """What a position is called, and where it belongs."""

    id: str
    title: str
    title_en: str
    unit: str
    alias: str | None = None


@dataclass(frozen=True)
class Duty:
    """One duty, as it is written."""

    id: str
    title: str
    topic: Topic
    matter: str
    involvement: str
    cadence: str
    cadence_note: str | None
    counterpart: str | None
    system: str | None
    text: str | None
    items: tuple[str, ...]


@dataclass(frozen=True)
class Role:
    """One position, as it is written; `authority` and its limit where it approves something."""

    name: Name
    reports_to: str | None
    authority: tuple[str, str] | None
    duties: tuple[Duty, ...]


def _blocks(text: str) -> Iterator[tuple[list[str], tuple[tuple[str, str], ...]]]:
    """Give each block's heading, as words, and its pairs `Chinese=slug`."""
    for block in text.strip().split("\n\n"):
        heading, _, rest = block.partition("\n")
        pairs = (pair.partition("=") for pair in rest.split())
        yield heading.split(), tuple((chinese, slug) for chinese, _, slug in pairs)


def _places() -> tuple[tuple[str, str], ...]:
    """Return the names of places, two characters each, with their pinyin."""
    return tuple(
        (first[0] + second[0], first[1:] + second[1:])
        for second in _PLACE_SECOND.split()
        for first in _PLACE_FIRST.split()
        if first != second
    )


_PLACES: Final = _places()
_POSTS: Final = tuple(
    (heading[0], chinese, slug)
    for heading, pairs in _blocks(_DEPARTMENTS)
    for chinese, slug in pairs
)
_ALL_TOPICS: Final = tuple(
    Topic(heading[0], None if heading[1] == "-" else heading[1], pairs)
    for heading, pairs in _blocks(_TOPICS)
)
_VERB_LISTS: Final = {involvement: tuple(verbs.split()) for involvement, verbs in _VERBS.items()}
_ASPECT_LIST: Final = tuple(_ASPECTS.split())
_LEAD_LIST: Final = tuple(_LEADS.split())
_MATERIAL_LIST: Final = tuple(_MATERIALS.split())
_WAY_LIST: Final = tuple(_WAYS.split())
_PROBLEM_LIST: Final = tuple(_PROBLEMS.split())
_MEASURE_LIST: Final = tuple(_MEASURES.split())
_RESULT_LIST: Final = tuple(_RESULTS.split())

MOST_ROLES: Final = 1 + len(_BRANCH_KINDS) * len(_PLACES) * len(_POSTS)


def _pick(rng: Random, choices: Sequence[T]) -> T:
    """Draw one, by `random()` alone: the one method whose results no version of Python changes."""
    return choices[int(rng.random() * len(choices))]


def _draw(rng: Random, choices: Iterable[T], count: int) -> list[T]:
    """Draw so many different ones, in the order in which they are drawn."""
    left = list(choices)
    return [left.pop(int(rng.random() * len(left))) for _ in range(count)]


# ---------------------------------------------------------------------------------------------
# Names: from the index alone, so that a role may name any other.


def role_name(index: int) -> Name:
    """Return what role `index` is called; 0 is the root of the reporting tree."""
    if index == 0:
        return Name("head-office-president", "总行行长", "Head Office President", "总行")
    rest, post = divmod(index - 1, len(_POSTS))
    kind, place = divmod(rest, len(_PLACES))
    department, post_zh, slug = _POSTS[post]
    place_zh, pinyin = _PLACES[place]
    kind_zh, kind_slug, kind_en = _BRANCH_KINDS[kind]
    branch = place_zh + kind_zh
    short = place_zh if kind == 0 else f"{place_zh}市分行"
    return Name(
        id=f"{pinyin}-{kind_slug}{slug}",
        title=branch + post_zh,
        title_en=f"{pinyin.capitalize()} {kind_en} {slug.replace('-', ' ').title()}",
        unit=branch + department,
        alias=short + post_zh if index % 3 == 0 else None,
    )


def superior(index: int) -> int | None:
    """Return the index of the role that role `index` reports to, none for the root."""
    return (index - 1) // _CHILDREN if index else None


def has_common_term(index: int) -> bool:
    """Say whether role `index` is one of the three in four with the common term."""
    return index % 4 != 3


# ---------------------------------------------------------------------------------------------
# Sentences and duties


def _sentence(rng: Random, involvement: str, matter: str) -> str:
    """Put one sentence together, 15 to 80 characters: what is done, how, and to what end."""
    done = f"{_pick(rng, _VERB_LISTS[involvement])}{matter}的{_pick(rng, _ASPECT_LIST)}"
    material = _pick(rng, _LEAD_LIST) + _pick(rng, _MATERIAL_LIST)
    way = _pick(rng, _WAY_LIST)
    against = f"对{_pick(rng, _PROBLEM_LIST)}{_pick(rng, _MEASURE_LIST)}"
    end, second_end = _draw(rng, _RESULT_LIST, 2)
    goal = _pick(rng, _LINKS) + end
    form = rng.random()
    if form < 0.05:
        return f"{done}，{goal}。"
    if form < 0.1:
        return f"{done}，{goal}和{second_end}。"
    if form < 0.4:
        return f"{done}，{material}{way}，{goal}。"
    if form < 0.6:
        return f"{material}，{done}，{goal}。"
    if form < 0.8:
        return f"{done}，{against}，{goal}。"
    if form < 0.95:
        return f"{done}，{material}{way}，{against}，{goal}和{second_end}。"
    more = _pick(rng, _LEAD_LIST) + _pick(rng, _MATERIAL_LIST) + _pick(rng, _WAY_LIST)
    also = f"{more}并{_pick(rng, _MEASURE_LIST)}"
    return f"{material}，{done}，{against}，{also}，{goal}和{second_end}。"


@dataclass
class Composer:
    """Composes the roles of one book one after the other, from 0 on, no sentence twice."""

    seed: int = SEED
    rare_role: int = RARE_ROLE
    _seen: set[str] = field(default_factory=set)
    _donors: list[Duty] = field(default_factory=list)

    def roles(self, count: int) -> Iterator[Role]:
        """Give the roles 0 to `count` - 1."""
        return (self._role(index) for index in range(count))

    def _role(self, index: int) -> Role:
        rng = Random(f"{self.seed}/{index}")
        copied = index % _COPY_CYCLE in _COPIES
        donor = self._donors.pop(int(rng.random() * len(self._donors))) if copied else None
        topics = _draw(rng, (t for t in _ALL_TOPICS if not donor or t != donor.topic), DUTIES)
        duties = [
            self._duty(rng, index, number, topic)
            for number, topic in enumerate(topics[: DUTIES - 1] if donor else topics)
        ]
        if donor:
            duties.append(self._near_duplicate(donor))
        if index % _DONOR_CYCLE == _DONOR:
            duty = duties[(index + 1) % (DUTIES - 1)]  # neither of the duties with a term
            self._donors.append(duty)
        above = superior(index)
        return Role(
            name=role_name(index),
            reports_to=None if above is None else role_name(above).id,
            authority=_authority(rng, duties),
            duties=tuple(duties),
        )

    def _duty(self, rng: Random, index: int, number: int, topic: Topic) -> Duty:
        involvement = _pick(rng, _INVOLVEMENTS) if index else "accountable"
        matter, slug = _pick(rng, topic.objects)
        cadence, note = _pick(rng, _CADENCES)
        terms = self._terms(index, number)
        items = tuple(
            self._new_sentence(rng, involvement, terms.get(place, matter if not place else other))
            for place, (other, _) in enumerate(_pick(rng, topic.objects) for _ in range(ITEMS))
        )
        end, end_slug = _TITLE_ENDS[involvement]
        return Duty(
            id=f"{slug}-{end_slug}",
            title=matter + end,
            topic=topic,
            matter=matter,
            involvement=involvement,
            cadence=cadence,
            cadence_note=note,
            counterpart=_counterpart(rng, index, involvement),
            system=topic.system if rng.random() < 0.7 else None,
            text=self._new_sentence(rng, involvement, matter) if number == 0 else None,
            items=items,
        )

    def _terms(self, index: int, number: int) -> Mapping[int, str]:
        """Return which items of a duty are about a term that searches look for."""
        place = index % ITEMS
        if has_common_term(index) and number == index % (DUTIES - 1):
            return {place: COMMON_TERM}
        if index == self.rare_role and number == (index + 2) % (DUTIES - 1):
            return {place: RARE_TERM}
        return {}

    def _new_sentence(self, rng: Random, involvement: str, matter: str) -> str:
        while (text := _sentence(rng, involvement, matter)) in self._seen:
            pass
        self._seen.add(text)
        return text

    def _near_duplicate(self, donor: Duty) -> Duty:
        """Return the duty with another word in each of its sentences."""
        return Duty(
            **{
                **vars(donor),
                "text": donor.text and self._reworded(donor.text),
                "items": tuple(self._reworded(text) for text in donor.items),
            }
        )

    def _reworded(self, text: str) -> str:
        head, comma, goal = text.rpartition("，")
        versions = (head + comma + link + goal[len(link) :] for link in _LINKS)
        changed = next(version for version in versions if version not in self._seen)
        self._seen.add(changed)
        return changed


def _counterpart(rng: Random, index: int, involvement: str) -> str | None:
    """Return whom the duty is done with: the superior, an earlier role, a declared position."""
    drawn = rng.random()
    above = superior(index)
    if above is None:
        return None
    if involvement == "inform":
        return role_name(above).id
    if involvement == "support":
        return tuple(_POSITIONS)[int(drawn * len(_POSITIONS))]
    if involvement == "responsible" and drawn < 0.5:
        return role_name(int(drawn * 2 * index)).id
    return None


def _authority(rng: Random, duties: Iterable[Duty]) -> tuple[str, str] | None:
    """Return what a role with a duty to approve may approve, and up to where."""
    limit = _pick(rng, _LIMITS)
    approved = next((duty.matter for duty in duties if duty.involvement == "approve"), None)
    return (f"审批{approved}事项", limit) if approved else None


# ---------------------------------------------------------------------------------------------
# Writing. The words hold nothing that YAML gives a meaning to; labels alone need quotes.


def _listed(key: str, value: str | None) -> str:
    return f"    {key}:\n      - {value}\n" if value else ""


def _duty_yaml(label: int, duty: Duty) -> str:
    items = "".join(
        f"      - label: {mark}\n        text: {text}\n"
        for mark, text in zip("①②③", duty.items, strict=True)
    )
    return (
        f'  - id: {duty.id}\n    label: "{label}"\n    title: {duty.title}\n'
        + (f"    text: {duty.text}\n" if duty.text else "")
        + f"    items:\n{items}"
        f"    involvement: {duty.involvement}\n    cadence: {duty.cadence}\n"
        + (f"    cadence_note: {duty.cadence_note}\n" if duty.cadence_note else "")
        + _listed("counterparts", duty.counterpart)
        + _listed("systems", duty.system)
        + _listed("tags", duty.topic.tag)
    )


def role_yaml(role: Role) -> str:
    """Return the role file's text."""
    name = role.name
    return (
        f"id: {name.id}\ntitle: {name.title}\ntitle_en: {name.title_en}\n"
        + (f"aliases:\n  - {name.alias}\n" if name.alias else "")
        + f"unit: {name.unit}\n"
        + (f"reports_to: {role.reports_to}\n" if role.reports_to else "")
        + "duties:\n"
        + "\n".join(_duty_yaml(label, duty) for label, duty in enumerate(role.duties, 1))
        + (
            f"authorities:\n  - text: {role.authority[0]}\n    limit: {role.authority[1]}\n"
            if role.authority
            else ""
        )
    )


def book_yaml(roles: int) -> str:
    """Return the text of `dutybook.yaml`: what the roles use, all of it declared."""
    systems = sorted({topic.system for topic in _ALL_TOPICS if topic.system})
    lines = [
        "format: 1",
        f"title: 测试用岗位职责手册（{roles}个岗位）",
        "positions:",
        *(f"  {slug}: {title}" for slug, title in _POSITIONS.items()),
        "systems:",
        *(f"  {system}: 测试用{system}" for system in systems),
        "tags:",
        *(f"  {topic.tag}: 与{topic.tag}有关的职责" for topic in _ALL_TOPICS),
        "synonyms:",
        *(f"  - [{', '.join(words)}]" for words in _SYNONYMS),
    ]
    return "\n".join(lines) + "\n"


def role_path(folder: Path, index: int) -> Path:
    """Return the file of role `index` in the book in `folder`."""
    return folder / "roles" / f"{index // FOLDER_SIZE:03}" / f"{role_name(index).id}.yaml"


def make_book(folder: Path, roles: int, seed: int = SEED) -> None:
    """Make a book of so many roles in a folder that has none.

    `dutybook.yaml` is written last: a folder that has it holds the whole book.
    """
    if not 1 <= roles <= MOST_ROLES:
        message = f"roles: from 1 to {MOST_ROLES}, not {roles}"
        raise ValueError(message)
    (folder / "roles").mkdir(parents=True)
    composer = Composer(seed, rare_role=min(RARE_ROLE, roles - 1))
    for index, role in enumerate(composer.roles(roles)):
        path = role_path(folder, index)
        if index % FOLDER_SIZE == 0:
            path.parent.mkdir()
        path.write_bytes(role_yaml(role).encode())
    (folder / "dutybook.yaml").write_bytes(book_yaml(roles).encode())


# ---------------------------------------------------------------------------------------------
# The self-check: what other scripts rely on, read back from the files.


def check_book(folder: Path, roles: int, sample: int = 200) -> list[str]:
    """Return what is wrong with a book made here, one line each.

    Names and the two terms are checked in the whole book, everything else in `sample` roles spread
    over it, as PyYAML reads them.
    """
    paths = [role_path(folder, index) for index in range(roles)]
    missing = [f"{path}: not there" for path in paths if not path.is_file()]
    if missing:
        return missing
    names = [role_name(index) for index in range(roles)]
    known = {name.id for name in names}
    wanted = list(range(0, roles, max(1, roles // sample)))
    checker = _Checker(known, {n.title for n in names} | {n.alias for n in names if n.alias})
    for index in wanted:
        checker.read(paths[index], names[index], superior(index))
    return [*_name_faults(names), *_term_faults(paths), *checker.faults]


def _name_faults(names: Sequence[Name]) -> Iterator[str]:
    called = [name for n in names for name in (n.id, n.title, n.title_en, n.alias) if name]
    if len(set(called)) != len(called):
        yield "two positions share a name"
    yield from (f"{n.title}: length" for n in names if len(n.title) not in _TITLE_LENGTHS)
    yield from (f"{n.id}: length" for n in names if len(n.id) > _ID_LENGTH)


def _term_faults(paths: Sequence[Path]) -> Iterator[str]:
    common = rare = 0
    for index, path in enumerate(paths):
        text = path.read_text(encoding="utf-8")
        rare += RARE_TERM in text
        common += COMMON_TERM in text
        if (COMMON_TERM in text) != has_common_term(index):
            yield f"{path}: {COMMON_TERM}"
    if rare != 1:
        yield f"{RARE_TERM}: in {rare} roles"
    print(f"{COMMON_TERM}: {common / len(paths):.1%} of the roles; {RARE_TERM}: {rare} role")


@dataclass
class _Checker:
    """Reads role files back and keeps what is wrong with them."""

    ids: set[str]
    names: set[str]
    faults: list[str] = field(default_factory=list)
    _texts: set[str] = field(default_factory=set)

    def read(self, path: Path, name: Name, above: int | None) -> None:
        """Read one file and compare it with what it ought to hold."""
        import yaml  # here, since making a book needs no YAML library

        role = yaml.load(path.read_bytes(), yaml.CSafeLoader)
        head = {
            "id": name.id,
            "title": name.title,
            "title_en": name.title_en,
            "aliases": [name.alias] if name.alias else None,
            "unit": name.unit,
            "reports_to": None if above is None else role_name(above).id,
        }
        duties = role["duties"]
        self._say(path, "head", head == {key: role.get(key) for key in head})
        self._say(path, "duties", [duty["label"] for duty in duties] == list("12345678"))
        for key in ("id", "title"):
            self._say(path, f"duty {key}", len({duty[key] for duty in duties}) == DUTIES)
        for duty in duties:
            self._read_duty(path, duty)

    def _read_duty(self, path: Path, duty: Mapping[str, object]) -> None:
        items = duty["items"]
        assert isinstance(items, list)
        known = self.ids | set(_POSITIONS)
        people = duty.get("counterparts", [])
        assert isinstance(people, list)
        self._say(path, "items", [item["label"] for item in items] == list("①②③"))
        self._say(path, "title length", len(str(duty["title"])) in _DUTY_TITLE_LENGTHS)
        self._say(path, "counterpart", known.issuperset(people))
        for text in [item["text"] for item in items] + ([duty["text"]] if "text" in duty else []):
            self._say(path, f"length: {text}", len(text) in _TEXT_LENGTHS and text.endswith("。"))
            self._say(path, f"wording: {text}", not any(word in text for word in _FORBIDDEN))
            self._say(path, f"a position's name: {text}", not self._names_in(text))
            self._say(path, f"twice: {text}", text not in self._texts)
            self._texts.add(text)

    def _names_in(self, text: str) -> bool:
        pieces = (
            text[start : start + length]
            for length in range(4, 20)
            for start in range(len(text) - length + 1)
        )
        declared = any(title in text for title in _POSITIONS.values())
        return declared or not self.names.isdisjoint(pieces)

    def _say(self, path: Path, what: str, right: object) -> None:
        if not right:
            self.faults.append(f"{path}: {what}")


def main() -> int:
    """Make the book that the command line asks for; 1 where the check finds something."""
    parser = argparse.ArgumentParser(description="Make a large book of made-up positions.")
    parser.add_argument("folder", type=Path, metavar="DIR", help="the book's folder, new or empty")
    parser.add_argument("--roles", type=int, required=True, metavar="N", help="how many positions")
    parser.add_argument("--seed", type=int, default=SEED, help=f"default: {SEED}")
    parser.add_argument("--check", action="store_true", help="read a sample back and check it")
    options = parser.parse_args()
    start = time.perf_counter()
    try:
        make_book(options.folder, options.roles, options.seed)
    except (ValueError, FileExistsError) as error:
        parser.error(str(error))
    print(f"{options.roles} roles in {options.folder}, {time.perf_counter() - start:.1f} s")
    faults = check_book(options.folder, options.roles) if options.check else []
    for fault in faults:
        print(fault, file=sys.stderr)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
