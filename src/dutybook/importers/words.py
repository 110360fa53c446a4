"""The words of a manual: names of sections and fields, what a position is called, boilerplate.

Data, and the small questions asked of it. Every text is compared folded (width, case, simplified).
"""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from dutybook.text import fold

# Key of the role format -> names under which forms and manuals have it. Names in `WEAK` are
# ordinary words too, and count only where the layout says that they are headings.
SECTIONS: Final[dict[str, tuple[str, ...]]] = {
    "title": ("岗位名称", "职位名称", "职务名称", "岗位名", "职位", "岗位", "职务", "position", "position title", "job title"),
    "title_en": ("英文名称", "岗位英文名称", "英文名", "title in english"),
    "aliases": ("别名", "又称", "岗位别称", "别称"),
    "unit": ("所属部门", "所在部门", "所属机构", "所属部门/机构", "所属部门及处室", "所属单位", "所属部室", "任职部门", "工作部门",
             "部门名称", "部门", "机构", "所属条线", "department", "unit"),
    "reports_to": ("直接上级", "直接主管", "直属上级", "上级岗位", "直接汇报对象", "汇报对象", "报告对象", "直接上司", "上级主管",
                   "直接上级岗位", "直接领导", "上级领导", "汇报上级", "直接报告对象", "reports to", "supervisor"),
    "purpose": ("岗位目的", "工作目的", "设岗目的", "岗位设置目的", "岗位宗旨", "岗位使命", "岗位概要", "职位概要", "工作概要",
                "岗位概述", "职位概述", "工作概述", "职责概述", "职责概要", "工作综述", "岗位工作概述", "purpose"),
    "duties": ("岗位职责", "工作职责", "主要职责", "主要工作职责", "岗位主要职责", "主要岗位职责", "职责描述", "职责范围", "具体职责",
               "工作内容", "主要工作内容", "工作任务", "主要任务", "职责与任务", "职责任务", "工作职责与任务", "工作职责和任务",
               "岗位工作职责", "工作职责描述", "岗位职责描述", "职责内容", "岗位职责及工作内容", "工作职责及内容", "职责与工作任务",
               "职责和工作任务", "基本职责", "日常工作职责", "日常工作", "职责", "任务", "岗位职责与工作任务", "岗位基本职责",
               "岗位描述", "主要工作", "主要职责和任务", "工作范围", "岗位工作内容", "职责及任务", "岗位责任",
               "duties", "responsibilities", "duties and responsibilities"),
    "authorities": ("岗位权限", "工作权限", "主要权限", "职权", "权限", "权力", "工作权力", "岗位权力", "授权范围", "权限范围",
                    "职责权限", "主要权力", "审批权限", "authority", "authorities"),
    "qualifications": ("任职资格", "任职条件", "任职要求", "岗位要求", "资格要求", "上岗条件", "任职资格要求", "岗位任职资格", "从业条件",
                       "职位要求", "资质要求", "岗位任职条件", "任职资格条件", "上岗资格", "任职标准", "准入条件", "任职基本条件",
                       "资格条件", "任职资历", "岗位资格", "qualifications", "requirements"),
    "contacts": ("工作关系", "工作联系", "内外部关系", "工作协作关系", "协作关系", "沟通关系", "内外部沟通", "工作沟通关系", "connection"),
    "contacts.internal": ("内部工作关系", "内部关系", "内部协调关系", "内部协调", "内部联系", "日常协调部门", "内部协调部门", "内部沟通",
                          "内部沟通关系", "内部协作", "所内部协调", "公司内部", "行内", "内部", "行内联系", "internal"),
    "contacts.external": ("外部工作关系", "外部关系", "外部协调关系", "外部协调", "外部联系", "外部协调单位", "外部沟通", "外部沟通关系",
                          "外部协作", "公司外部", "行外", "外部", "行外联系", "external"),
    "backup": ("b角", "b岗", "ab角", "代班岗位", "职务代理人", "岗位代理人", "代理岗位", "替代岗位"),
    "incompatible_with": ("不相容岗位", "不相容职务", "不相容职责"),
    "basis": ("制度依据", "岗位依据", "政策依据", "法规依据"),
    "version": ("版本", "版本号", "文件版本"),
    "effective": ("生效日期", "实施日期", "生效时间", "执行日期"),
    "review_by": ("复审日期", "下次复审日期"),
    "approved_by": ("审批人", "批准人"),
    "key_position": ("重要岗位", "是否重要岗位", "是否关键岗位", "关键岗位"),
    "": ("考核指标", "绩效考核", "绩效考核指标", "绩效指标", "绩效考核标准", "考核标准", "考核要点", "考核内容", "考核办法", "关键绩效指标",
         "工作条件", "工作环境", "工作场所", "工作时间", "工作地点", "工作设备", "使用设备", "工作时间特征", "工作特征",
         "编制", "岗位编制", "定员", "岗位定员", "定员人数", "岗位人数", "人数",
         "直接下级", "下级岗位", "直接下属", "直属下级", "直接督导对象", "直接下级岗位", "所辖人员", "所辖岗位", "管辖人数", "下属人数",
         "下级", "岗位编号", "岗位编码", "职位编号", "岗位代码", "职位代码", "code", "岗位级别", "岗位等级", "职级", "职等", "职位级别",
         "岗位类别", "岗位性质", "岗位序列", "职系", "职务等级", "薪金级别", "薪酬等级", "编制日期", "编写日期", "编制人", "编制时间", "审核人",
         "编写人", "职业发展", "职业发展方向", "晋升方向", "晋升岗位", "轮换岗位", "轮岗要求", "轮岗", "强制休假", "离岗审计",
         "可晋升岗位", "可轮换岗位", "可晋升的职位", "工作流程", "工作标准", "工作质量标准", "工作目标", "工作要求", "工作纪律", "任免程序", "任免",
         "备注", "说明", "风险点", "岗位风险", "岗位风险点", "主要风险点", "风险提示", "控制措施", "防控措施", "风险防控措施", "问责", "责任追究",
         "奖惩", "违规责任", "法律责任", "培训要求", "培训", "所需培训", "其他事项", "其他要求", "附则", "工作制度", "岗位津贴", "姓名", "在岗人员",
         "知识要求", "技能要求", "知识技能", "所需技能", "能力要求", "能力素质", "素质要求", "学历要求", "学历", "专业要求", "专业", "经验", "工作经验",
         "经验要求", "教育背景", "教育程度", "年龄要求", "资格证书", "从业资格", "身体条件", "个人素质", "责任范围", "工作责任", "岗位纪律",
         "识别信息", "基本信息", "岗位基本信息", "岗位信息", "identification", "发布日期", "修订日期", "文件编号", "location"),
}  # fmt: skip

WEAK: Final = frozenset((
    "职位", "岗位", "职务", "部门", "机构", "职责", "任务", "权限", "权力", "职权", "内部", "外部", "行内", "行外", "版本", "编制", "下级",
    "备注", "说明", "培训", "学历", "专业", "经验", "问责", "奖惩", "人数", "定员", "轮岗", "任免", "姓名", "控制措施", "风险提示", "工作流程", "工作标准",
    "工作要求", "工作纪律", "工作目标", "其他事项", "position", "unit", "internal", "external", "code", "location", "purpose",
    "责任追究", "日常工作", "主要工作", "绩效考核", "授权范围", "审批权限", "重要岗位", "关键岗位", "附则", "强制休假", "离岗审计",
    "工作制度", "工作环境", "防控措施", "审批人", "批准人", "审核人", "编制人", "编写人", "公司内部", "公司外部", "轮换岗位", "工作关系", "工作联系",
    "岗位描述", "岗位责任", "工作范围", "职业发展", "基本信息", "任务", "主要任务",
))  # fmt: skip

# Sections that no heading of a position stands in: what looks like one is a name that is listed.
LISTING: Final = frozenset(("contacts", "contacts.internal", "contacts.external", "reports_to",
                            "backup", "incompatible_with", "unit", "aliases"))  # fmt: skip

# Parts of the qualifications where a form tells them apart: they stay one entry each.
OF_QUALIFICATIONS: Final = frozenset((
    "知识要求", "技能要求", "知识技能", "所需技能", "能力要求", "能力素质", "素质要求", "学历要求", "学历", "专业要求", "专业", "经验", "工作经验",
    "经验要求", "教育背景", "教育程度", "年龄要求", "资格证书", "从业资格", "身体条件", "个人素质", "培训要求", "所需培训", "培训",
))  # fmt: skip

# Parts of a document that are about no position.
NO_POSITION: Final = re.compile(
    r"(?:总\s*则|附\s*则|前\s*言|目\s*录|目\s*的|引\s*言|序\s*言|附\s*件.{0,20}|附\s*录.{0,20}|总\s*述|概\s*述|适用范围|编制说明|编写说明|使用说明)"
)

KEYS: Final[dict[str, str]] = {name: key for key, names in SECTIONS.items() for name in names}
CELL_NAMES: Final[dict[str, str]] = {
    "序号": "number", "编号": "number", "no": "number", "no.": "number", "概述": "abstract", "职责概述": "abstract",
    "职责名称": "abstract", "事项": "abstract", "工作事项": "abstract", "职责项目": "abstract", "描述": "description",
    "职责描述": "description", "具体描述": "description", "具体内容": "description", "内容": "description", "工作内容": "description",
    "岗位职责": "description", "工作职责": "description", "主要职责": "description", "职责": "description", "职责内容": "description",
    "具体职责": "description", "工作任务": "description", "工作任务及要求": "description", "频次": "cadence",
    "频率": "cadence", "周期": "cadence", "类别": "other", "分类": "other", "岗位": "role", "岗位名称": "role", "职位": "role",
    "职位名称": "role", "参与方式": "involvement", "使用系统": "other", "权重": "other", "分项": "description", "工作项目": "abstract",
    "abstract": "abstract", "description": "description", "sort": "other", "duty": "description",
    "position": "role", "frequency": "cadence", "职责类别": "other", "工作类别": "other", "主要内容": "description",
}  # fmt: skip
"""Headings of the columns of a table of duties or of positions."""

_POSITION: Final = (
    "经理", "主管", "主任", "行长", "柜员", "负责人", "专员", "助理", "总监", "会计", "出纳", "秘书", "司机", "驾驶员", "保安", "保洁", "主办",
    "督导", "顾问", "书记", "董事", "监事", "总裁", "岗", "长", "员", "师", "代表", "协理", "文员", "大使", "客服", "操作手", "岗位", "角", "理财",
    "主席", "合伙人", "总经", "综合", "坐班", "护卫", "工",
    "manager", "teller", "officer", "supervisor", "clerk", "director", "assistant", "head", "analyst", "president",
)  # fmt: skip
_TITLE_END: Final = re.compile(
    f"(?:{'|'.join(one for one in _POSITION if one not in {'综合', '坐班', '角', '理财', '总经', '工'})})"
    r"(?:\s?[(\[][^()\[\]]{1,40}[)\]])?(?:[a-z0-9一二三四五六]|[甲乙丙丁])?$"
)
_NOT_A_TITLE: Final = re.compile(
    r"(?:全员|成员|动员|增长|成长|延长|特长|专长|时长|擅长|生长|人员|职员|伤员|裁员|复员|满员|超员|定员|他人|本人|上岗|在岗|离岗|到岗|顶岗|轮岗|脱岗"
    r"|换岗|待岗|转岗|空岗|竞岗|查岗|下岗|各岗位|本岗位|岗位|学员|会员|议员|党员|团员)$"
)
_UNIT_END: Final = re.compile(
    r"(?:部|室|会|科|处|中心|组|行|社|办|办公室|层|岗|队|小组|营业部|分部|事业部|机构|网点|所)$"
)
_VERBS: Final = re.compile(
    r"(?:负责|协助|完成|做好|履行|明确|落实|遵守|严格|认真|及时|定期|加强|服从|接受|对|向|按|根据|依据|依照|制定|制订|拟定|拟订|编制|办理(?!员|岗)"
    r"|执行(?!官|董事|总|经理|主任|行长|主席|岗)|参加|参与|配合|提出|提供|建立|健全|保证|确保|掌握|了解|熟悉|贯彻|维护(?!员|岗)|指导(?!员|岗|老师)"
    r"|组织(?!员|岗|部|委|科|处|干事)|培训(?!师|员|岗|部|专|经理|主管|中心|助理|科|处)|管理(?!员|岗|人|部|室|层|中心|科|处|会计|信息)"
    r"|检查(?!员|岗|辅导|科|处|部|中心)|支持(?!岗|部|中心|人|经理)|向|为|以|与|和|由|如|如果|不得|应当?|须|必须|可以|能够|具有|具备|凡|若|当|从|在|将|把"
    r"|下面|以下|以上|请|本|其|各(?!支)|每|全体|所有|有关|相关|主要负责|全面负责|具体负责|积极|主动|努力|牢固|坚持|树立|学习|是|指)"
)
_DUTY_WORD: Final = (
    r"(?:岗位|工作|职位|职务|主要|基本|具体|日常|的|与|和|及|任职)*"
    r"(?:职责|职能|责任制|责任书|责任|任务|说明书|描述|规范)(?:制度|说明书?|描述|范围|要求|内容|清单|标准|规范|权限|任务|书|表|(?:与|和|及|、)?(?:工作)?(?:权限|任职资格"
    r"|任职条件|任职要求|工作内容|要求|考核标准|考核|流程|工作标准|工作流程|风险点|制度))*"
)
_SAMPLE: Final = r"(?:范文|范本|模板|模版|样本|示例|范例|参考|\(?(?:试行|草案|修订|暂行)\)?)"
DUTIES_OF: Final = re.compile(
    rf"(?P<who>.{{1,40}}?)(?P<tail>{_DUTY_WORD}{_SAMPLE}*)"
    r"(?P<variant>\s?(?:(?:篇|之|范文)?\s?(?:[一二三四五六七八九十]{1,3}|\d{1,2})|[(\[][一二三四五六七八九十\d]{1,3}[)\]]|[a-z]))?"
    r"\s?[:,]?\s?"
)
COLLECTION: Final = re.compile(
    r".*(?:大全|精选|集锦|汇编|合集|[一二三四五六七八九十\d]\s?篇|最新|通用版?|手册)\s?$"
)
_GENERIC: Final = re.compile(
    r"(?:本|我|各|全|该|某|xx|×+|\*+|中国|股份|有限|公司|责任|银行|商业|农村|城市|村镇|信用社|信用联社|农商|联社|行|支|分|总|部门|部|岗位|员工|人员|机构"
    r"|网点|营业|全体|主要|工作|基本|设置|设立|及|其|和|与|的|职工|全员|内部|内设|分类|概述|级|岗|工种|职位|职务|具体|日常|相关|有关)+"
)


@cache
def folded(text: str) -> str:
    """Return a short text as words are compared: folded, no blanks at its ends."""
    return fold(text).strip()


_ENGLISH: Final = re.compile(r"\s*\(\s*[a-z&/.,' -]{2,60}\s*\)\s*")
_AROUND: Final = "【】[]《》「」『』〖〗<>〈〉*#_ \t\u3000"  # each of them


def bare(text: str) -> str:
    """Return a heading folded, without brackets, closing colon and its name in English."""
    text = folded(text).strip(_AROUND).rstrip(":-").strip(_AROUND)
    return _ENGLISH.sub("", text) if "(" in text else text


def section_key(text: str, *, weak: bool) -> str | None:
    """Return the key a heading stands for, "" for a section of its own, None for no heading."""
    if len(text) > 60:
        return None
    name = bare(text).replace(" ", "").removesuffix("如下").removesuffix("包括").rstrip(":")
    if name not in KEYS:
        name = re.sub(r"^(?:本岗位|本岗|该岗位|岗位的|本职位)", "", name)
        if name not in KEYS:
            return None
    return KEYS[name] if weak or name not in WEAK else None


def is_title(text: str) -> bool:
    """Tell whether a text by itself is what a position is called."""
    name = bare(text)
    if not 2 <= len(name) <= 24 or re.search(r"[,。;!?:…=%]|——|--", name) or _VERBS.match(name):
        return False
    if name.count("、") > 2 or NO_POSITION.fullmatch(name) or re.fullmatch(_GENERIC, name):
        return False
    if re.search(r"(?:职责|资格|权限|要求|条件|管理|培训|工作)$", name):
        return False
    return bool(_TITLE_END.search(name)) and not _NOT_A_TITLE.search(name)


def duties_of(text: str) -> tuple[str, bool, str] | None:
    """Return whose duties a heading announces (folded), whether that is surely a position, variant.

    None where it announces none.
    """
    name = folded(text).strip(_AROUND).rstrip(":").strip(_AROUND)
    if len(name) > 48 or re.search(r"[,。;!?…=%]", name):
        return None
    match = DUTIES_OF.fullmatch(name)
    if not match or COLLECTION.fullmatch(name):
        return None
    who = match["who"].strip(_AROUND).rstrip(":的").strip()
    if " " in who and re.search("职责|说明书", who):
        return None
    if len(who) < 2 or _VERBS.match(who) or re.fullmatch(_GENERIC, who) or ":" in who:
        return None
    if section_key(name, weak=True) is not None:
        return None
    surely = (
        bool(_TITLE_END.search(who) and not _NOT_A_TITLE.search(who))
        or bool(_UNIT_END.search(who) and "部门" not in who)
        or who.endswith("人员")
    )
    return who, surely, (match["variant"] or "").strip()


# Web pages around a document, by phrases that no manual has.
BOILERPLATE: Final = re.compile(
    r"已阅读\d+页|还剩\d+页|继续免费阅读|下载本文档|下载文档|^文档简介$|版权说明|用户提供并上传|收益归属|会员分享|可在线阅读|珍藏版|本文档共\d+页|可阅读全部内容"
    r"|文档一经付费|本站所有内容|vip文档|成为vip|^文档评论|^发布时间|^更新时间|上传时间|上传文档|文档侵犯|版权申诉|网友上传|侵权必究|侵权行为|二次下载|点击这里"
    r"|book118|docin|renrendoc|doc88|wenku|豆丁网|道客巴巴|人人文库|原创力文档|咨信网|百度文库|淘豆网|皮皮范文|第一范文网|出国留学网|范文网|文库网|金锄头文库|装配图网"
    r"|免费阅读|全文预览|^相关(?:文档|推荐|文章|阅读)|扫码|公众号|(?:下面|以下|这里)(?:是|为|给|就是|由).{0,12}(?:小编|给大家|为大家|为您|为你)|小编(?:为|给|整理|精心)|希望(?:能|可以)?(?:对|能对|给)(?:大家|您|你)"
    r"|一起来看看|欢迎(?:阅读|大家|参考|借鉴)|仅供(?:大家)?参考|^(?:信息)?来源\s?:|^(?:责任)?编辑\s?:|^作者\s?:|^浏览(?:次数|量)?\s?:|^点击(?:数|量|次数)?\s?:|^(?:上|下)一(?:篇|页)\s?:?"
    r"|第\s?\d+\s?页\s?共\s?\d+\s?页|共\s?\d+\s?页\s?第\s?\d+\s?页|_第\d+页$|\.docx?$|\.pdf$|\.wps$|^https?://\S+$|^www\.\S+$|微信|打赏|^资料(?:共分享|来源)|^word\s?文档|可编辑版|^精品(?:文档|资料)|^打印本页|^关闭窗口"
    r"|^举报$|^收藏$|^分享$|^下载$|^目录$|^首页|^当前位置\s?:"
)
# What a page ends or begins with.
PAGE_NUMBER: Final = re.compile(
    r"(?:第\s?\d{1,4}\s?页(?:\s?[,/]?\s?共\s?\d{1,4}\s?页)?|-+\s?\d{1,4}\s?-+|—+\s?\d{1,4}\s?—+|·\s?\d{1,4}\s?·|page\s?\d{1,4}(?:\s?(?:of|/)\s?\d{1,4})?"
    r"|\d{1,4}\s?/\s?\d{1,4}|第?\d{1,4}页|p\.?\s?\d{1,4}|\[\d{1,4}\])"
)


def begins_with_verb(text: str) -> bool:
    """Tell whether a text begins as a duty does, with what is done."""
    return bool(_VERBS.match(folded(text[:12])))


def are_columns(text: str) -> bool:
    """Tell whether a text is nothing but the headings of the columns of a table."""
    names = re.sub(r"\([a-z&.,' /-]*\)", " ", folded(text)).split()
    return len(names) >= 2 and all(name in CELL_NAMES for name in names)


def is_of_head(text: str) -> bool:
    """Tell whether a field stands at the head of a form, before the name of the position."""
    return bool(
        re.fullmatch(
            r"(?:岗位|职位)(?:编号|编码|代码|信息|基本信息)|识别信息|基本信息|文件编号|code|identification",
            bare(text),
        )
    )
