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
    "articles counted through the chapters": (
        "第一章 总则\n第一条 为明确责任，制定本制度。\n第二章 营业经理\n第二条 主持日常营业。\n第三条 做好检查：\n（一）查库存；\n（二）查印章。\n"
        "第三章 凭证员\n第四条 保管凭证。\n第五条 登记账簿。\n第四章 附则\n第五条 自发布之日起施行。",
        [("营业经理", [("二", []), ("三", ["一", "二"])]), ("凭证员", [("四", []), ("五", [])])],
    ),
    "sections begin with one in each chapter": (
        "第一章 前台条线\n第一节 引导专员\n1.迎接客户。\n2.分流客户。\n第二章 后台条线\n第一节 档案内勤\n1.整理档案。\n2.登记借阅。",
        [("引导专员", [("1", []), ("2", [])]), ("档案内勤", [("1", []), ("2", [])])],
    ),
    "decimals all the way": (
        "3 信贷条线\n3.1 信贷专员\n3.1.1 岗位职责\n3.1.1.1 受理申请。\n3.1.1.2 实地调查：\na.看账本；\nb.看库存。\n3.1.2 任职资格\n3.1.2.1 大专。\n"
        "3.2 放款专员\n3.2.1 岗位职责\n3.2.1.1 核对合同。",
        [("信贷专员", [("3.1.1.1", []), ("3.1.1.2", ["a", "b"])]), ("放款专员", [("3.2.1.1", [])])],
    ),
    "counted in words": (
        "理财主管职责\n一是负责销售；二是负责回访；三是负责培训。\n内控主管职责\n1、抓好检查。一是查现场，二是查档案。\n2、督促整改。",
        [("理财主管", [("一", []), ("二", []), ("三", [])]), ("内控主管", [("1", ["一", "二"]), ("2", [])])],
    ),
    "the words count": (
        "岗位一：外汇专员\n职责1：审核单证。\n职责2：登记台账。\n岗位二：清算专员\n职责1：核对往来。",
        [("外汇专员", [("1", []), ("2", [])]), ("清算专员", [("1", [])])],
    ),
    "numbers of wrapped items are no page numbers": (
        "贷后专员岗位职责\n1.按时走访管户企业，查看经营场所和存货，收集近期\n报表；\n2.发现异常情况立即报告，提出处置意见并跟踪落实，\n按季汇总\n3.整理档案\n4.完成其他工作",
        [("贷后专员", [("1", []), ("2", []), ("3", []), ("4", [])])],
    ),
    "names in English beside them, fields before the list": (
        "结算官 Settlement Officer\n汇报对象：运营总监\nA. 核对头寸。\nB. 发送报文。\n\n合规官 Compliance Officer\n汇报对象：总经理\nI. 监测交易。\nII. 报告异常。",
        [("结算官", [("A", []), ("B", [])]), ("合规官", [("I", []), ("II", [])])],
    ),
    "letters apart": (
        "岗    位：   押运员\n部    门：   保卫部\n\n主要职责：\n（1） 护送现金；\n（2） 检查车辆；\n\n岗    位：   值班员\n部    门：   保卫部\n\n主要职责：\n（1） 巡查；",
        [("押运员", [("1", []), ("2", [])]), ("值班员", [("1", [])])],
    ),
    "a slip of the mark": (
        "一、稽核员岗位职责：\n1.制定计划；\n2.实施检查：a）查账；b）查库。\n3)出具报告；\n二、档案员岗位职责\n⑴收集⑵归档",
        [("稽核员", [("1", []), ("2", ["a", "b"]), ("3", [])]), ("档案员", [("⑴", []), ("⑵", [])])],
    ),
    "asked": (
        "1．审批官的岗位职责是什么？\n（1）审查方案。\n（2）签署意见。\n2．监督员应履行下列职责：①列席会议；②抽查合同。",
        [("审批官", [("1", []), ("2", [])]), ("监督员", [("①", []), ("②", [])])],
    ),
    "a heading without number whose words say nothing": (
        "电话服务热线\n1 接听来电\n1.1 三声内接起\n2 登记工单\n\n质量检查岗\n1 抽查录音\n2 出具报告",
        [("电话服务热线", [("1", ["1.1"]), ("2", [])]), ("质量检查岗", [("1", []), ("2", [])])],
    ),
    "a form pasted with tabs": (
        "岗位名称\t清算经理\t岗位编号\tQS-1\n所在部门\t运营部\t直接上级\t总经理\n岗位职责\n1\t头寸管理\t每日匡算头寸。\n2\t账户核对\t（1）逐笔勾对；（2）登记差异。\n任职资格\t本科以上。",
        [("清算经理", [("1", []), ("2", ["1", "2"])])],
    ),
    "a table of contents": (
        "目  录\n一、行长岗位职责………………1\n二、会计岗位职责………………2\n一、行长岗位职责\n1、主持工作；\n2、审批用款。\n二、会计岗位职责\n1、记账。",
        [("行长", [("1", []), ("2", [])]), ("会计", [("1", [])])],
    ),
    "the same heading above the parts of each duty": (
        "职位名称：培训主管\n职责与工作任务：\n职责一：编制计划\n工作任务：\n1、收集需求；\n2、拟订预算。\n职责二：组织实施\n工作任务：\n1、联系讲师；\n2、评估效果。\n任职资格：\n本科以上",
        [("培训主管", [("一", ["1", "2"]), ("二", ["1", "2"])])],
    ),
    "a label cut by the edge of the line": (
        "岗位：保管员\n主要职责\n■ 做好入库工作：(1)核对品名数量，(2)登记保管账簿，(3\n)每月盘点。(4)清理过期物品并按规定程序上报核销，(5)协助盘查\n■ 保持库房整洁，确保账实相符，发现短少立即报告\n岗位：业务经办\n主要职责\n■ 办理支付。",
        [("保管员", [(None, ["1", "2", "3", "4", "5"]), (None, [])]), ("业务经办", [(None, [])])],
    ),
    "letters that count things, numbers before people": (
        "1 个贷审批人\n1.1 审查A、B、C三类申请。\n1.2 签署意见：\nA、B两类客户逐户签署。\n2 对公客户经理\n2.1 走访客户。",
        [("个贷审批人", [("1.1", []), ("1.2", [])]), ("对公客户经理", [("2.1", [])])],
    ),
    "acronyms after a letter": (
        "A.ATM管理岗\n1、加钞。\n2、巡检。\nB.POS维护岗\n1、装机。",
        [("ATM管理岗", [("1", []), ("2", [])]), ("POS维护岗", [("1", [])])],
    ),
    "titles between stars, letters apart, a drawn line": (
        "★★★ 保洁员 ★★★\n主要职责：\n◆ 清扫大厅；\n◆ 清洗玻璃；\n--------------------\n会  计\n主要职责：\n◆ 记账；",
        [("保洁员", [(None, []), (None, [])]), ("会计", [(None, [])])],
    ),
    "how many there are, who they are, their names in English": (
        "一、个人银行顾问（２名）\n1、营销。\n2、回访。\n二、理财主管 何佩\n1、审核。\n2、培训。\n"
        "三、普惠专员（1人，编号PH-1）\n1、走访。",
        [("个人银行顾问", [("1", []), ("2", [])]), ("理财主管", [("1", []), ("2", [])]), ("普惠专员", [("1", [])])],
    ),
    "fields in English with their Chinese": (
        "Position（岗位）：助理经理\nReport to（汇报对象）：经理\nResponsibilities（职责）：\n(1) 收集资料；\n(2) 送签合同。\nRequirements（要求）：\n(1) 应届毕业生。",
        [("助理经理", [("1", []), ("2", [])])],
    ),
    "English before the names of sections": (
        "Ⅰ. 外汇柜员 FX Teller\nPurpose 岗位目的：Serve customers. 服务客户。\nDuties 主要职责\nA. Count cash. 清点。\nB. Check forms. 审核。\nQualifications 任职资格\nA. CET-4. 四级。",
        [("外汇柜员", [("A", []), ("B", [])])],
    ),
    "attachments": (
        "附件1：柜员岗位职责\n一、岗位职责\n1.收付现金。\n2.保管凭证。\n二、任职要求\n1.专科。\n附件2：保安员岗位职责\n一、岗位职责\n1.巡查。",
        [("柜员", [("1", []), ("2", [])]), ("保安员", [("1", [])])],
    ),
    "the bank above its positions, with a preface": (
        "东城支行岗位职责说明书\n\n为明确分工，现将岗位职责印发如下，请遵照执行。\n\n一、出纳\n（一）岗位职责\n1. 收款。\n2. 付款。\n二、会计\n（一）岗位职责\n1. 记账。",
        [("出纳", [("1", []), ("2", [])]), ("会计", [("1", [])])],
    ),
    "what lines begin with that are no numbers": (
        "岗位：消保专员\n日常职责\n3.15活动方案的策划和总结。\n24小时值守投诉热线。\n618、双11期间设计优惠方案。\n1对1回访投诉客户。\n资格条件\n本科。",
        [("消保专员", [(None, []), (None, []), (None, []), (None, [])])],
    ),
    "a comma behind the numbers, a weak word above the next list": (
        "(一)驾驶员\n职责\n一, 按派车单出车，不得公车私用\n二, 遵守交通法规，全年无责任事故\n条件\n一, A2驾照\n(二)水电工\n职责\n一、抄表",
        [("驾驶员", [("一", []), ("二", [])]), ("水电工", [("一", [])])],
    ),
    "duties without numbers around a list": (
        "岗位：实施岗\n工作职责\n负责场景项目的实施：\n1.1 勘察现场；\n1.2 安装设备；\n负责项目资料归档；\n负责售后巡检。\n任职条件\n本科。",
        [("实施岗", [(None, ["1.1", "1.2"]), (None, []), (None, [])])],
    ),
    "what is reported to a position is none": (
        "心理教师岗位职责\n1.1 课程教学\n1.1.1 每两周一课时\n1.1.2 24小时内上报分管校长\n1.2 个别辅导，严守保密原则",
        [("心理教师", [("1.1", ["1.1.1", "1.1.2"]), ("1.2", [])])],
    ),
    "tasks with a blank behind the number": (
        "干事岗位说明书\n工作职责\n职责1：质量控制\n任务一 抽查病历\n任务二 组织讨论\n职责2：纠纷处理\n任务一 受理投诉",
        [("干事", [("1", ["一", "二"]), ("2", ["一"])])],
    ),
    "one list of several": (
        "一、录入岗、复核岗（两岗职责相同，按班轮换）\n1) 录入凭证；\n2) 退回任务。\n二、授权岗\n1) 核实业务；",
        [("录入岗", [("1", []), ("2", [])]), ("复核岗", [("1", []), ("2", [])]), ("授权岗", [("1", [])])],
    ),
    "shared in words": (
        "主办客户经理、助理客户经理共同职责\n★ 走访商户\n★ 调查贷款\n风控专员岗位职责\n★ 核对流水",
        [("主办客户经理", [(None, []), (None, [])]), ("助理客户经理", [(None, []), (None, [])]), ("风控专员", [(None, [])])],
    ),
    "who holds it, in brackets; an emoji before it, keycaps": (
        "📌综合柜员（张敏、刘思远）\n1\ufe0f\u20e3 办理业务\n2\ufe0f\u20e3 主持晨会\n📌主出纳（吴桂芳）\n1\ufe0f\u20e3 领解现金",
        [("综合柜员", [("1", []), ("2", [])]), ("主出纳", [("1", [])])],
    ),
    "a speech": (
        "柜面经理。柜面经理的岗位职责有两项：一是管好现金；二是管好印章。\n押运员。押运员的岗位职责有两项：一是枪弹分离；二是登记。",
        [("柜面经理", [("一", []), ("二", [])]), ("押运员", [("一", []), ("二", [])])],
    ),
    "letters apart in a heading": (
        "班 主 任 职 责\n第一、培养班风；\n第二、家访。\n校 医 职 责\n第一、处理外伤；\n第二、组织体检。",
        [("班主任", [("一", []), ("二", [])]), ("校医", [("一", []), ("二", [])])],
    ),
    "continued on the next page": (
        "职务：查勘员\n职责\n1. 接案；\n2. 查勘；\n职务：查勘员（续）\n3. 定损；\n职务：核赔员\n职责\n1. 复核；",
        [("查勘员", [("1", []), ("2", []), ("3", [])]), ("核赔员", [("1", [])])],
    ),
    "the heads of pages of a manual of quality": (
        "精密铸造公司 程序文件\n文件编号：QP-5 版本：B/2 页次：1/3\n3 职责\n3.1 质量部经理\n3.1.1 组织审核。\n3.1.2 处理投诉。\n\n"
        "精密铸造公司 程序文件\n文件编号：QP-5 版本：B/2 页次：2/3\n\n3.1.3 组织检定。\n3.2 熔炼班长\n3.2.1 组织生产。\n\n"
        "精密铸造公司 程序文件\n文件编号：QP-5 版本：B/2 页次：3/3\n\n3.2.2 做好记录。",
        [("质量部经理", [("3.1.1", []), ("3.1.2", []), ("3.1.3", [])]), ("熔炼班长", [("3.2.1", []), ("3.2.2", [])])],
    ),
    "numbers that run on over positions": (
        "客运站岗位责任\n\n站务员\n1．售票。\n2．检票。\n\n安检员\n3．检查行李。\n4．登记台账。",
        [("站务员", [("1", []), ("2", [])]), ("安检员", [("3", []), ("4", [])])],
    ),
    "the first of a list of positions is called like none": (
        "（1）前厅迎宾\n1：接车。\n2：开单。\n（2）机修技师\n1：保养。\n（3）喷漆工\n1：打磨。",
        [("前厅迎宾", [("1", []), ("2", [])]), ("机修技师", [("1", [])]), ("喷漆工", [("1", [])])],
    ),
    "rows of tabs, the position in the first of several": (
        "序号\t岗位\t工作职责\t备注\n1\t组训\t1.组织早会；\t每日\n\t\t2.辅导新人；\t\n2\t续收专员\t1.电话提醒；\t\n\t\t2.13个月继续率不低于88%；\t考核项",
        [("组训", [("1", []), ("2", [])]), ("续收专员", [("1", []), ("2", [])])],
    ),
    "a number twice, slips of the mark, a range": (
        "检验士职责\n1、收集标本。\n2、做好质控\n2、登记危急值。\n4．处理废物。\n公卫医生职责\n1、0—6岁儿童接种。\n2、随访。",
        [("检验士", [("1", []), ("2", []), (None, []), ("4", [])]), ("公卫医生", [("1", []), ("2", [])])],
    ),
    "an unknown name above the duties": (
        "岗位：品控经理\n责任清单：\n1. 体系维护——负责审核。\n2. 供方管理——参与评审。\n岗位：化验员\n责任清单：\n1. 取样——随机取样。\n2. 记录——不得涂改。",
        [("品控经理", [("1", []), ("2", [])]), ("化验员", [("1", []), ("2", [])])],
    ),
    "a sentence that leads in": (
        "1、仓储经理\n仓储经理对库区的安全、效率和成本负总责，具体包括：\n1-1 制定标准\n1-2 控制费用\n2、拣货员\n拣货员服从组长安排，具体包括：\n2-1 拣货",
        [("仓储经理", [("1-1", []), ("1-2", [])]), ("拣货员", [("2-1", [])])],
    ),
    "further reading at the end": (
        "理财经理岗位职责\n\n1.维护客户；\n\n2.配置资产。\n\n【拓展阅读】\n面试常见问题\n1.请做自我介绍。\n2.为何选择我们？",
        [("理财经理", [("1", []), ("2", [])])],
    ),
    "an entry of a list that is called like a position": (
        "坐席代表\n\n1 接听来电\n\n2 核实身份\n\n质检专员\n\n1 抽听录音\n\n2 出具报告\n\n3 辅助低分坐席",
        [("坐席代表", [("1", []), ("2", [])]), ("质检专员", [("1", []), ("2", []), ("3", [])])],
    ),
    "fields in brackets, counted in words": (
        "【岗位】授信审批官\n【职责】\n一是审批业务；\n二是提出意见。\n【要求】\n一是五年经验。\n【岗位】贷审会秘书\n【职责】\n一是收集议题；\n二是记录会议。",
        [("授信审批官", [("一", []), ("二", [])]), ("贷审会秘书", [("一", []), ("二", [])])],
    ),
    "who holds it behind a colon": (
        "部门经理：赵某某\n1、主持工作；\n2、审核公文。\n司机岗：周某某\n1、按单出车；\n2、保养车辆。",
        [("部门经理", [("1", []), ("2", [])]), ("司机岗", [("1", []), ("2", [])])],
    ),
    "headings between stars": (
        "岗    位：反洗钱专员（AML Officer）\n\n★ 主要职责 ★\n\n（1）分析预警。\n（2）尽职调查：\n①核实身份；\n②限制交易。\n\n★ 任职资格 ★\n\n（1）本科。",
        [("反洗钱专员", [("1", []), ("2", ["①", "②"])])],
    ),
    "an aside below the title": (
        "门卫岗位职责\n（育英小学总务处）\n\n一、开关校门。\n二、登记来访。\n三、巡查：\n1.查门；\n2.查窗。",
        [("门卫", [("一", []), ("二", []), ("三", ["1", "2"])])],
    ),
    "a number before a code": (
        "岗位名称：催收岗\n主要职责：\n\t1 电话催收\n\t2 M3以上案件委外\n\t3 核销停息",
        [("催收岗", [("1", []), ("2", []), ("3", [])])],
    ),
    "positions with a number in brackets": (
        "【岗位1】租赁经理\n▽应负职责\n1-1 开拓承租人；\n1-2 现场尽调。\n▽任职条件\n1-1 本科。\n【岗位2】资产经理\n▽应负职责\n2-1 登记权属。",
        [("租赁经理", [("1-1", []), ("1-2", [])]), ("资产经理", [("2-1", [])])],
    ),
    "one of several of a kind, between drawn lines": (
        "----------\n岗位一览之一    查勘员\n----------\n日常工作内容：\n01. 联系报案人；\n02. 拍摄现场。\n----------\n岗位一览之二    核保员\n----------\n日常工作内容：\n01. 审核投保单。",
        [("查勘员", [("01", []), ("02", [])]), ("核保员", [("01", [])])],
    ),
    "fields above the heading of the duties": (
        "=== 私人银行家 ===\n管户对象：高净值客户\n职责范围：\n● 制定方案\n   ○ 梳理资产\n● 组织活动\n任职门槛：\n● 持证",
        [("私人银行家", [(None, [None]), (None, [])])],
    ),
    "a section of a name that is not known before the duties": (
        "1  授信审批官\n1.1  汇报渠道\n     向首席风险官汇报。\n1.2  岗位职责\n1.2.1  审批业务。\n1.2.2  列席会议。\n1.3  任职条件\n1.3.1  八年。\n"
        "2  放款审核岗\n2.1  汇报渠道\n     向总经理汇报。\n2.2  岗位职责\n2.2.1  核对合同。",
        [("授信审批官", [("1.2.1", []), ("1.2.2", [])]), ("放款审核岗", [("2.2.1", [])])],
    ),
    "who stands below is no position here": (
        "岗位名称\n财务部总经理\n直接下级\n预算管理岗、税务管理岗\n职责与工作任务\n职责一\n职责表述：组织编制预算\n职责二\n职责表述：管理开支\n任职资格\n本科",
        [("财务部总经理", [("一", []), ("二", [])])],
    ),
    "first, second": (
        "护卫员职责\n第一，按时到岗。\n第二，检查枪弹。\n接线员职责：第一，接听电话。第二，登记留言。",
        [("护卫员", [("一", []), ("二", [])]), ("接线员", [("一", []), ("二", [])])],
    ),
    "Roman numbers before a blank": (
        "Ⅰ 公司业务专员\n1 市场开发\n1.1 拟订计划\nⅡ 个人业务专员\n1 产品销售",
        [("公司业务专员", [("1", ["1.1"])]), ("个人业务专员", [("1", [])])],
    ),
    "an ordinary word above a list": (
        "定价专员\n职责一：测算\n1. 收集报价\n2. 测算利差\n权限\n1. 建议权\n定损专员\n职责：查勘现场、核定损失；整理资料。",
        [("定价专员", [("一", ["1", "2"])]), ("定损专员", [(None, [])])],
    ),
    "parts that name the position again": (
        "信贷员岗位职责\n一、信贷员应具备的条件\n1、大专以上学历。\n二、信贷员的职责\n1、受理申请。\n2、实地调查：(1)看账本；(2)看库存。\n"
        "三、信贷员的权利\n1、拒绝违规业务。\n四、考核\n按季考核。\n大厅引导员岗位职责\n一、大厅引导员应具备的条件\n1、普通话标准。\n二、大厅引导员的职责\n1、引导客户。",
        [("信贷员", [("1", []), ("2", ["1", "2"])]), ("大厅引导员", [("1", [])])],
    ),
    "duties called so, tasks below them": (
        "岗位名称：出纳员  所属部门：营业室\n岗位目的：办好现金业务。\n职责一：收付现金\n工作任务：\n1.当面点清；\n2.日终轧账。\n职责二：保管凭证\n工作任务：\n1.每日清点。\n任职资格：\n学历：大专\n经验：一年",
        [("出纳员", [("一", ["1", "2"]), ("二", ["1"])])],
    ),
    "numbered in brackets by 篇": (
        "储蓄员岗位职责【两篇】\n【篇一】储蓄员岗位职责\n1.办理存取款;\n2.解答咨询。\n【篇二】储蓄员岗位职责\n岗位职责:\n1、推荐产品\n任职资格:\n1、本科",
        [("储蓄员", [("1", []), ("2", [])]), ("储蓄员（2）", [("1", [])])],
    ),
    "English": (
        "Branch Duty Manual\n\nBranch Manager\nReports to: Regional Director\nDuties and responsibilities:\n1. Set targets.\n2. Hold a daily meeting.\n   a. Review sales.\n"
        "Qualifications:\n- Bachelor degree\n\nTeller\nDuties and responsibilities:\n1. Handle cash.",
        [("Branch Manager", [("1", []), ("2", ["a"])]), ("Teller", [("1", [])])],
    ),
    "an article that begins with its position": (
        "第三章 岗位职责\n第十条 金库主管岗位职责\n（一）管理库房；\n（二）每旬查库。\n第十一条 押运员的主要职责是：\n（一）押运现金。\n第十二条 守库员负责库房值守，并做好下列工作：\n（一）交接班登记；\n（二）检查报警设备。",
        [("金库主管", [("一", []), ("二", [])]), ("押运员", [("一", [])]), ("守库员", [("一", []), ("二", [])])],
    ),
    "a cell a line, numbers too": (
        "岗位名称\n信贷员\n所属部门\n公司部\n岗位职责\n1\n营销：走访企业。\n2\n管理：\n（1）调查；\n（2）检查。\n3\n报表\n任职资格\n1\n本科\n\n岗位名称\n评审员\n岗位职责\n1\n审查\n2\n登记",
        [("信贷员", [("1", []), ("2", ["1", "2"]), ("3", [])]), ("评审员", [("1", []), ("2", [])])],
    ),
    "sections that end in .0": (
        "柜台经理（营业经理）岗位职责\n\n1.0 目的\n规范柜台。\n2.0 职责\n2.1 组织业务；\n2.2 审核：\n2.2.1 大额；\n2.2.2 挂失。\n3.0 权限\n3.1 授权。\n\n高柜员岗位职责\n1.0 目的\n规范高柜。\n2.0 职责\n2.1 收付。",
        [("柜台经理（营业经理）", [("2.1", []), ("2.2", ["2.2.1", "2.2.2"])]), ("高柜员", [("2.1", [])])],
    ),
    "numbers and headers of pages, a table of contents": (
        "某某支行\n岗位手册\n\n目录\n一、副行长………………1\n二、授权员………………2\n三、柜员………………3\n\n一、副行长\n1、管理；\n2、检查：（1）库房；（2）印章；\n（3）凭证。\n          1\n某某支行岗位手册\n"
        "3、培训；\n二、授权员\n1、授权；\n          2\n某某支行岗位手册\n2、复核。\n三、柜员\n1、存取；\n          3\n某某支行岗位手册\n2、代理业务",
        [("副行长", [("1", []), ("2", ["1", "2", "3"]), ("3", [])]), ("授权员", [("1", []), ("2", [])]), ("柜员", [("1", []), ("2", [])])],
    ),
    "sections below blank lines": (
        "网点督导\n岗位职责\n1、检查网点\n2、整改跟踪\n\n任职资格\n1、本科\n\n工作关系\n汇报对象：支行行长\n协调部门：零售部、运营部\n\n权限\n1、建议权\n\n理财顾问\n岗位职责\n1、资产配置",
        [("网点督导", [("1", []), ("2", [])]), ("理财顾问", [("1", [])])],
    ),
    "titles in a list, duties without any mark": (
        "一、储蓄员\n 办理存取款，做到账款相符\n 保管凭证\n 核对尾箱\n二、引导员\n引导客户\n维持秩序",
        [("储蓄员", [(None, []), (None, []), (None, [])]), ("引导员", [(None, []), (None, [])])],
    ),
    "numbers without a mark": (
        "储蓄员岗位职责\n1办理存取款；\n2保管凭证，每日\n24小时值守的除外；\n3人员培训\n引导员岗位职责\n1引导客户\n2维持秩序",
        [("储蓄员", [("1", []), ("2", []), ("3", [])]), ("引导员", [("1", []), ("2", [])])],
    ),
    "parts of an English handbook": (
        "OPERATIONS HANDBOOK\n\nPart 1  Branch Head\nDuties and responsibilities\n1. Sets targets.\n2. Approves loans.\n   a. Small ones.\n\nPart 2  Client Service Representative\nDuties and responsibilities\n1. Opens accounts.\nQualifications\n1. Diploma.",
        [("Branch Head", [("1", []), ("2", ["a"])]), ("Client Service Representative", [("1", [])])],
    ),
    "names of fields in two languages": (
        "职位名称 Position Title：内控官 Control Officer\n所属部门 Department：内控部\n主要职责 Key Responsibilities：\n1. 拟定制度 Draft rules\n2. 检查 Check",
        [("内控官", [("1", []), ("2", [])])],
    ),
    "a list that begins with two": (
        "会计经理\n1、组织核算。\n2、审核报表。\n4、检查账户。\n登账员\n2、审查凭证。\n3、打印账簿。",
        [("会计经理", [("1", []), ("2", []), ("4", [])]), ("登账员", [("2", []), ("3", [])])],
    ),
    "a field that names the position of the heading": (
        "储蓄所长岗位说明书\n一、岗位概况\n岗位名称：储蓄所长\n二、主要职责\n（一）经营\n1、制定计划。\n2、分析市场。\n（二）运营\n1、检查录像。\n三、工作权限\n（一）考核权。",
        [("储蓄所长", [("一", ["1", "2"]), ("二", ["1"])])],
    ),
    "paragraphs, in parts with signs": (
        "某某分行\n机构条线岗位职责汇编\n（2024年版）\n第一部分  营销岗位\n§1 机构客户经理\n（一）拓展\n1）走访；\n2）登记。\n（二）方案\n第二部分  支持岗位\n§2 机构助理\n（一）整理档案。",
        [("机构客户经理", [("一", ["1", "2"]), ("二", [])]), ("机构助理", [("一", [])])],
    ),
    "numbers all the way, positions called 岗位": (
        "1 储蓄主管岗位\n1.1 岗位目的\n管好储蓄。\n1.2 岗位职责\n1.2.1 现场\n1.2.1.1 巡视；\n1.2.1.2 调度。\n1.2.2 检查\n1.3 任职资格\n1.3.1 本科。\n2 储蓄员岗位\n2.1 岗位职责\n2.1.1 收付。",
        [("储蓄主管", [("1.2.1", ["1.2.1.1", "1.2.1.2"]), ("1.2.2", [])]), ("储蓄员", [("2.1.1", [])])],
    ),
    "headings between signs": (
        "== 贷审经理 ==\n1) 审查项目\n2) 组织会议\n  a) 准备议题\n3) 跟踪\n== 催收员 ==\n1) 催收",
        [("贷审经理", [("1", []), ("2", ["a"]), ("3", [])]), ("催收员", [("1", [])])],
    ),
    "cells between strokes": (
        "岗位名称|部门|岗位职责\n票据员|营业部|1、受理；2、验印\n清机员|营业部|1、加钞；2、清机；3、对账",
        [("票据员", [("1", []), ("2", [])]), ("清机员", [("1", []), ("2", []), ("3", [])])],
    ),
    "a duty that ends like a position": (
        "一、社主任岗位职责\n（一）主持工作；\n（二）拟定方案；\n（三）提请聘任副主任和部门负责人：\n　　1、提名；\n　　2、考察。\n（四）审批贷款。\n二、社文书岗位职责\n（一）收发文件。",
        [("社主任", [("一", []), ("二", []), ("三", ["1", "2"]), ("四", [])]), ("社文书", [("一", [])])],
    ),
    "a paragraph a position": (
        "放款岗：负责贷款的发放。具体职责：1、审核条件；2、审核支付：（1）受托支付；（2）自主支付；3、登记台账。\n押品岗：负责押品的管理。具体职责：1、登记；2、保管。",
        [("放款岗", [("1", []), ("2", ["1", "2"]), ("3", [])]), ("押品岗", [("1", []), ("2", [])])],
    ),
    "departments with duties of their own": (
        "第一部分 办公室\n部门职责\n1、处理公文。\n2、组织会议。\n岗位职责\n（一）文书岗\n1、起草文件。\n（二）宣传岗\n1、撰写稿件。\n2、管理公众号和微信。\n第二部分 安全部\n部门职责\n1、检查。\n岗位职责\n（一）信息安全员\n1、排查漏洞。",
        [("文书岗", [("1", [])]), ("宣传岗", [("1", []), ("2", [])]), ("信息安全员", [("1", [])])],
    ),
    "pages of sites around each position": (
        "银行岗位职责\n来源：某文库  作者：佚名  浏览：1024次\n营业室主任岗位职责\n1、领导工作。\n2、组织学习。\n分享到：微信 QQ空间\n联行员岗位职责\n1、办理往来。\n2、编制报表。\n1、本文来源于网络，版权归原作者所有。\n2、如有侵权请联系删除。\n推荐阅读：工作总结",
        [("营业室主任", [("1", []), ("2", [])]), ("联行员", [("1", []), ("2", [])])],
    ),
    "articles that name a position each, a page of a site": (
        "某行前台员工岗位职责\n- 格式:doc\n- 大小:48.00 KB\n- 文档页数:42\n某行管理制度第一章总则第一条为规范行为,制定本制度。\n第二章岗位职责第三条收银员:负责现金收付。\n第四条引导员:负责分流客户。\n第五条审核员:负责审核凭证。\n第三章附则第六条本制度自公布起执行。",
        [("收银员", [(None, [])]), ("引导员", [(None, [])]), ("审核员", [(None, [])])],
    ),
    "articles of one position": (
        "引导经理岗位职责大全\n\n时间:2019-05-12 07:29:44下载本文作者:会员上传\n第一篇:引导经理岗位职责大全\n第一章总则\n第一条引导经理是第一个岗位。\n第二章岗位职责\n第二条引导经理岗位的主要工作职责:\n(一)识别:主动问候。\n(二)分流:指引客户。\n第三条引导经理的服务规范:\n(一)着装整洁。",
        [("引导经理", [("一", []), ("二", [])])],
    ),
    "two fields a line": (
        "岗位名称 授信专员 所属部门 风险部\n直接上级 部门经理 岗位编号 FX-04\n职责 1、审查材料。\n2、核对合同。\n任职资格 本科",
        [("授信专员", [("1", []), ("2", [])])],
    ),
    "a list inside an entry, below words of its own": (
        "稽核专员岗位职责\n1、检查网点。\n2、检查柜面。\n具体要求如下：\n（1）每月一次；\n（2）填写底稿。\n3、跟踪整改。\n4、报告。",
        [("稽核专员", [("1", []), ("2", ["1", "2"]), ("3", []), ("4", [])])],
    ),
}  # fmt: skip

# How a list of three may be numbered besides, and the labels that are kept.
NUMBERED = {
    "1-{}　": ["1-1", "1-2", "1-3"], "第{}、": ["1", "2", "3"], "No.{} ": ["1", "2", "3"], "NO{}：": ["1", "2", "3"],
    "{}。": ["1", "2", "3"], "{}；": ["1", "2", "3"], "{}】": ["1", "2", "3"], "{}>": ["1", "2", "3"], "0{}、": ["01", "02", "03"],
}  # fmt: skip


@pytest.mark.parametrize("name", LAYOUTS)
def test_a_layout_is_understood(name: str) -> None:
    text, expected = LAYOUTS[name]
    manual = parsed(text)
    assert shape(manual) == expected
    assert not lost(text, manual)


@pytest.mark.parametrize("form", NUMBERED)
def test_slips_and_rare_styles_of_numbers(form: str) -> None:
    text = "储蓄员岗位职责\n" + "".join(
        f"{form.format(number)}{duty}\n"
        for number, duty in enumerate(["办理存取款，做到账款相符；", "保管凭证；", "核对尾箱。"], 1)
    )
    assert shape(parsed(text)) == [("储蓄员", [(label, []) for label in NUMBERED[form]])]


@pytest.mark.parametrize("mark", ["l ", "n　", "Ø ", "ü", "\uf06c", "→", "－"])
def test_bullets_of_symbol_fonts(mark: str) -> None:
    (draft,) = parsed(f"储蓄员岗位职责\n{mark}办理存取款；\n{mark}保管凭证。").drafts
    assert [one["text"] for one in draft.data["duties"]] == ["办理存取款；", "保管凭证。"]


def test_gaps_and_broken_ends_are_recorded() -> None:
    text, _ = LAYOUTS["boilerplate numbered itself, colons, gaps, a broken end"]
    first, last = parsed(text).drafts
    assert first.data["source"]["missing"] == ["2"]
    assert last.data["source"]["truncated"] == "true"


def test_numbers_that_count_the_same_are_there_twice_however_they_are_printed() -> None:
    (draft,) = parsed("柜员岗位职责\n01. 收付现金\n1. 保管凭证\n02. 核对").drafts
    assert [one.get("label") for one in draft.data["duties"]] == ["01", None, "02"]


def test_a_third_level_stays_in_its_item() -> None:
    manual = parsed("柜员岗位职责\n一、现金\n（一）收付：\n1、点钞；\n2、捆扎。\n二、凭证。")
    duty = manual.drafts[0].data["duties"][0]
    assert duty["items"] == [{"label": "一", "text": "收付：\n1、点钞；\n2、捆扎。"}]


def test_articles_that_count_on_are_not_missing() -> None:
    text, _ = LAYOUTS["articles counted through the chapters"]
    assert not any("missing" in draft.data["source"] for draft in parsed(text).drafts)


def test_a_department_is_the_unit_of_the_positions_below_it() -> None:
    manual = parsed(
        "一、风险部\n（一）评审员\n1、审查资料。\n二、营业部\n（一）柜员\n1、办理业务。"
    )
    assert [draft.data["unit"] for draft in manual.drafts] == ["风险部", "营业部"]


def test_a_second_list_with_a_heading_is_a_section_of_its_own() -> None:
    text = "柜员岗位职责\n1、收付现金。\n其他要求：\n1、着装整洁。\n2、服从安排。\n日终工作\n1、核对现金。\n2、整理凭证。"
    (draft,) = parsed(text).drafts
    assert [one["title"] for one in draft.data["sections"]] == ["其他要求", "日终工作"]


def test_contacts_are_listed_one_by_one() -> None:
    (draft,) = parsed(
        "岗位名称：评审员\n内部关系：会计部、风险部\n岗位职责：\n1、审查资料。"
    ).drafts
    assert draft.data["contacts"] == {"internal": ["会计部", "风险部"]}


def test_only_duties_tell_that_the_text_breaks_off() -> None:
    (draft,) = parsed(
        "岗位名称：评审员\n岗位职责：\n1、审查资料。\n2、出具意见。\n任职资格：本科"
    ).drafts
    assert "truncated" not in draft.data["source"]


def test_a_list_may_stand_further_in_than_one_of_its_own_style() -> None:
    manual = parsed("## 记账员\n1. 记账\n    1. 审核凭证\n    2. 登记账簿\n2. 对账\n", "手册.md")
    assert shape(manual) == [("记账员", [("1", ["1", "2"]), ("2", [])])]


def test_bullets_further_in_are_items() -> None:
    manual = parsed(
        "## 记账员\n- **记账**：登记账簿\n  - 审核凭证\n  - 核对余额\n- 对账\n", "手册.md"
    )
    assert shape(manual) == [("记账员", [(None, [None, None]), (None, [])])]


def test_lists_of_one_style_inside_each_other_are_told_apart_by_where_they_stand() -> None:
    manual = parsed(
        "## 值班经理\n1. 运营\n   1. 排班\n   2. 监督\n2. 风险\n   1. 检查\n   2. 核实\n3. 印章\n",
        "手册.md",
    )
    assert shape(manual) == [("值班经理", [("1", ["1", "2"]), ("2", ["1", "2"]), ("3", [])])]


def test_fields_one_below_the_other_are_not_joined() -> None:
    (draft,) = parsed(
        "岗位名称：出纳员\n岗位职责：\n1、收付现金。\n任职资格：\n学历：大专\n专业：金融\n权限：五万元以下"
    ).drafts
    assert draft.data["qualifications"] == ["学历：大专", "专业：金融"]
    assert draft.data["authorities"] == ["五万元以下"]


def test_a_row_of_a_table_that_is_no_form_stays_a_line() -> None:
    (draft,) = parsed(
        "## 记账员\n1. 记账\n\n| 指标 | 分值 |\n|---|---|\n| 差错 | 十 |\n", "手册.md"
    ).drafts
    assert draft.data["duties"][0]["text"] == "指标 分值\n差错 十"


def test_a_heading_with_its_english_name_is_one() -> None:
    (draft,) = parsed(
        "岗位名称 (Position) 结算员 工作地点 (Location) 北京 工作关系(Connection) "
        "直接汇报对象(Supervisor) 主任 主要工作职责 (Duty&Responsibility) 1、清算。"
    ).drafts
    assert draft.data["sections"] == [{"title": "工作地点 (Location)", "text": "北京"}]


def test_what_leads_into_a_list_and_says_something_is_the_purpose() -> None:
    text, _ = LAYOUTS["an article that begins with its position"]
    assert parsed(text).drafts[-1].data["purpose"] == "负责库房值守，并做好下列工作："


def test_ordinary_words_with_lines_of_their_own_are_headings() -> None:
    text, _ = LAYOUTS["sections below blank lines"]
    first = parsed(text).drafts[0]
    assert first.data["authorities"] == ["1、建议权"]
    assert first.data["contacts"] == {"internal": ["零售部", "运营部"]}
    assert first.names == {"reports_to": ["支行行长"]}


def test_headings_above_those_of_duties_are_positions_whatever_they_are_called() -> None:
    manual = parsed(
        "# 手册\n## 事后稽查\n### 岗位职责\n1. 检查\n## 个贷营销\n### 岗位职责\n1. 拓展\n",
        "手册.md",
    )
    assert shape(manual) == [("事后稽查", [("1", [])]), ("个贷营销", [("1", [])])]


def test_a_name_that_was_blackened_is_no_number() -> None:
    (draft,) = parsed("对账员岗位职责\n1、核对\nXX 银行的往来账；\n2、登记。").drafts
    assert [one.get("label") for one in draft.data["duties"]] == ["1", "2"]


def test_words_of_a_text_set_off_by_blanks_are_no_title() -> None:
    (draft,) = parsed("信息员岗位职责\n1、使用 Internet 系统，每日更新。\n2、备份。").drafts
    assert draft.data["duties"][0]["text"] == "使用 Internet 系统，每日更新。"


def test_a_line_is_as_wide_as_it_reaches() -> None:
    text = (
        "对公专员岗位职责\n　　1. 负责本网点公司客户的日常维护和\n走访工作，了解客户的经营情况和资金变化情\n况，发现异常在两日内书面报告。\n"
        "　　2. 按照授信操作规程的要求收集客户资料\n，实地调查，独立撰写报告，并对报告的真实\n性负责。\n　　3. 使用Know\nyour customer资料。"
    )
    (draft,) = parsed(text).drafts
    first, second, third = (one["text"] for one in draft.data["duties"])
    assert first.startswith("负责本网点公司客户的日常维护和走访工作，")
    assert (second[-4:], third) == ("性负责。", "使用Know your customer资料。")


def test_what_stands_above_the_heading_of_the_duties_is_the_purpose() -> None:
    text, _ = LAYOUTS["a paragraph a position"]
    assert [one.data["purpose"] for one in parsed(text).drafts] == [
        "负责贷款的发放。",
        "负责押品的管理。",
    ]


def test_a_short_last_line_does_not_break_off() -> None:
    text, _ = LAYOUTS["numbers and headers of pages, a table of contents"]
    assert "truncated" not in parsed(text).drafts[-1].data["source"]


def test_the_head_of_a_form_is_no_text() -> None:
    manual = parsed("一、基本信息\n岗位名称：清算员\n二、岗位职责\n1.清算；\n2.对账。")
    assert not manual.unclear


def test_a_table_without_duties_is_given_back_whole() -> None:
    text = "结算岗说明书 岗位名称 (Position) 结算员 岗位编号 (Code) 1.2 主要工作职责 (Duty) 序号(No.) 概述(Abstract) 描述(Description) 部门 清算资金"
    manual = parsed(text)
    assert not manual.drafts
    assert not lost(text, manual)


def test_a_number_above_a_row_of_a_table_is_not_lost() -> None:
    text = "柜员\n1、管理；\n   1\n1\t监控设备\t开机率\n某行手册\n2、检查；\n   2\n某行\n3、复核；\n   3\n4、盘点。"
    assert not lost(text, parsed(text))


LARGE = {
    "one line": "柜员岗位职责 "
    + "".join(f"{number % 90 + 1}、办理业务。" for number in range(20_000)),
    "one paragraph": "柜员岗位职责\n"
    + "办理业务并登记台账核对现金保管凭证整理档案上报报表\n" * 8_000,
    "one position over and over": "柜员岗位职责\n1、办理业务。\n" * 6_000,
    "one row": "\t".join(["柜员"] * 30_000),
    "one blank": f"柜员岗位职责\n1、办理{' ' * 300_000}业务。",
}


@pytest.mark.parametrize("name", LARGE)
def test_a_large_text_of_one_kind_is_read(name: str) -> None:
    assert not lost(LARGE[name], parsed(LARGE[name]))
