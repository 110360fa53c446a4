"""Changes made in the text of a YAML file: what is not concerned stays as it stands."""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

import pytest

from dutybook import source
from dutybook.document import Document
from dutybook.importers.edits import Edit, Insert, Put, Remove, changed
from dutybook.importers.splice import comments, spliced


class Case(NamedTuple):
    before: str
    edits: tuple[Edit, ...]
    after: str


HEAD = "id: keeper\ntitle: 库管员\n"
DUTY = HEAD + "duties:\n  - id: vault\n    title: 清点\n"
LONG = "核对库存现金并登记" * 6

CASES = {
    "nothing to do": Case(HEAD, (), HEAD),
    "a plain value, its comment stays on its line": Case(
        "unit: 营业部  # 暂定\n" + HEAD, (Put(("unit",), "金库"),), "unit: 金库  # 暂定\n" + HEAD
    ),
    "a quoted value stays quoted": Case(
        "unit: '营业部'  # 暂定\n", (Put(("unit",), '"金"库'),), 'unit: "\\"金\\"库"  # 暂定\n'
    ),
    "a plain value is quoted where it has to be": Case(
        "version: 甲\n", (Put(("version",), "2.0"),), 'version: "2.0"\n'
    ),
    "what is no text is never quoted": Case(
        "key_position: false\n", (Put(("key_position",), "true"),), "key_position: true\n"
    ),
    "a value of several lines gives way to one of one": Case(
        "title: 库管员\nunit: 营业部\n  金库\nid: a\n",
        (Put(("unit",), "金库"),),
        "title: 库管员\nunit: 金库\nid: a\n",
    ),
    "a short text stays a block, the empty lines below it stay": Case(
        "purpose: >\n  管理\n  金库\n\n\n# 尾\nid: a\n",
        (Put(("purpose",), "保管现金。"),),
        "purpose: |-\n  保管现金。\n\n\n# 尾\nid: a\n",
    ),
    "a text that no block can hold leaves its block": Case(
        "purpose: | # 旧\n  管理金库\n", (Put(("purpose",), "保管 "),), "# 旧\npurpose: '保管 '\n"
    ),
    "a text of several lines becomes a block, its comment goes above": Case(
        DUTY + "    text: 清点。  # 每日\n",
        (Put(("duties", 0, "text"), "清点尾箱。\n登记。"),),
        DUTY + "    # 每日\n    text: |-\n      清点尾箱。\n      登记。\n",
    ),
    "the comment on the first line of a block goes above": Case(
        "purpose: |- # 旧\n  管理金库\n", (Put(("purpose",), "保管。"),), "# 旧\npurpose: |-\n  保管。\n"
    ),
    "a long text becomes a block": Case(
        "purpose: 保管。\n", (Put(("purpose",), LONG),), f"purpose: |-\n  {LONG}\n"
    ),
    "a title in a block leaves it": Case(
        "title: >-\n  库管员\nid: a\n", (Put(("title",), "出纳"),), "title: 出纳\nid: a\n"
    ),
    "a long title becomes none": Case("title: 库管员\n", (Put(("title",), LONG),), f"title: {LONG}\n"),
    "a key without a value": Case(
        "unit: # 未定\ntitle:\nid: ~\n",
        (Put(("unit",), "金库"), Put(("title",), "库管员"), Put(("id",), "a")),
        "unit: 金库 # 未定\ntitle: 库管员\nid: a\n",
    ),
    "a new key comes where the format has it": Case(
        HEAD + "\nduties: []\n", (Put(("unit",), "金库"),), HEAD + "unit: 金库\n\nduties: []\n"
    ),
    "new keys at one place come as the format has them": Case(
        HEAD + "duties: [{id: a}]\n",
        (
            Put(("unit",), "金库"),
            Put(("purpose",), "保管。"),
            Put(("aliases",), ["管库员"]),
            Put(("duties", 0, "text"), "清点。"),
            Put(("duties", 0, "title"), "清点"),
        ),
        HEAD + "aliases:\n  - 管库员\nunit: 金库\npurpose: 保管。\nduties: [{id: a, title: 清点, text: 清点。}]\n",
    ),
    "a new key comes after the comments that belong to the one before it": Case(
        "id: a\naliases:\n  - 管库员\n  # 旧称\n# 以下为职责\nduties: []\n",
        (Put(("unit",), "金库"),),
        "id: a\naliases:\n  - 管库员\n  # 旧称\nunit: 金库\n# 以下为职责\nduties: []\n",
    ),
    "a new key before all others": Case(
        "# 头\ntitle: 库管员\n", (Put(("id",), "a"),), "# 头\nid: a\ntitle: 库管员\n"
    ),
    "new keys before the only one, which goes": Case(
        'id: a\nsource:\n  missing: # 缺\n    - "2"\ntitle: 库管员\n',
        (
            Put(("source", "document"), "手册"),
            Put(("source", "section"), "三"),
            Remove(("source", "missing")),
        ),
        "id: a\nsource:\n  document: 手册\n  section: 三\n  # 缺\ntitle: 库管员\n",
    ),
    "a new key behind a dash": Case(
        HEAD + "duties:\n  - title: 清点\n", (Put(("duties", 0, "id"), "vault"),), DUTY
    ),
    "a new list and a new mapping": Case(
        HEAD,
        (Put(("aliases",), ["管库员"]), Put(("source",), {"document": "手册", "missing": ["2"]})),
        HEAD + 'aliases:\n  - 管库员\nsource:\n  document: 手册\n  missing:\n    - "2"\n',
    ),
    "a list and a mapping in place of others, whose comments go above": Case(
        "id: a\ncontacts: # 联系\n  internal:\n    - 甲 # 一\n\n# 职责\n"
        "duties:\n  - systems:\n      # 旧\n      - PCRM\n      - 核心  # 二\n    title: 清点\n",
        (Put(("contacts",), {"internal": ["乙"], "external": ["丙"]}), Put(("duties", 0, "systems"), ["ECIF"])),
        "id: a\n# 联系\n# 一\ncontacts:\n  internal:\n    - 乙\n  external:\n    - 丙\n\n# 职责\n"
        "duties:\n  # 旧\n  # 二\n  - systems:\n      - ECIF\n    title: 清点\n",
    ),
    "an entry in place of another, whose comments go above": Case(
        DUTY + "    items:\n      - label: ① # 号\n        text: 清点\n      - 登记\n",
        (Put(("duties", 0, "items", 0), {"label": "②", "text": "盘点"}), Put(("duties", 0, "items", 1), "记账")),
        DUTY + "    items:\n      # 号\n      - label: ②\n        text: 盘点\n      - 记账\n",
    ),
    "a list in place of one below its key": Case(
        "id: a\naliases:\n  [甲, # 一\n  乙] # 二\nbasis:\n  # 三\n  [] # 四\n",
        (Put(("aliases",), ["丙"]), Put(("basis",), ["丁"])),
        "id: a\naliases:\n  # 一\n  [丙] # 二\n# 三\n# 四\nbasis:\n  - 丁\n",
    ),
    "new keys behind the last line, which has no line break": Case(
        HEAD.rstrip(), (Put(("unit",), "金库"),), HEAD + "unit: 金库\n"
    ),
    "entries behind the last line, which has no line break": Case(
        "aliases:\n  - 甲\n\n  - 乙",
        (Insert(("aliases",), 1, "丙"), Insert(("aliases",), 1, "丁")),
        "aliases:\n  - 甲\n\n  - 乙\n\n  - 丙\n\n  - 丁\n",
    ),
    "a last line that is not concerned stays without a line break": Case(
        "unit: 营业部\nid: a", (Put(("unit",), "金库"),), "unit: 金库\nid: a"
    ),
    "so does one that changes": Case("id: a\nunit: 营业部", (Put(("unit",), "金库"),), "id: a\nunit: 金库"),
    "a line break is that of the file": Case(
        "id: a\r\ntitle: 库管员 # 岗\r\naliases:\r\n  - 管库员\r\n",
        (Put(("purpose",), "清点。\n登记。"), Insert(("aliases",), 0, "出纳")),
        "id: a\r\ntitle: 库管员 # 岗\r\naliases:\r\n  - 管库员\r\n  - 出纳\r\npurpose: |-\r\n  清点。\r\n  登记。\r\n",
    ),
    "also one of CR alone": Case(
        "id: a\rtitle: 库管员 # 岗\r# 下\raliases:\r  - 管库员\r  - 出纳 # 旧",
        (Put(("unit",), "金库"), Put(("purpose",), "清点。\n登记。"), Remove(("aliases", 1)), Insert(("aliases",), 0, "柜员")),
        "id: a\rtitle: 库管员 # 岗\r# 下\raliases:\r  - 管库员\r  - 柜员\r  # 旧\runit: 金库\rpurpose: |-\r  清点。\r  登记。\r",
    ),
    "entries before, between and after others": Case(
        "aliases:\n  - 甲  # 一\n  # 二\n  - 乙\n",
        (Insert(("aliases",), 1, "丁"), Insert(("aliases",), -1, "子"), Insert(("aliases",), 0, "丙")),
        "aliases:\n  - 子\n  - 甲  # 一\n  - 丙\n  # 二\n  - 乙\n  - 丁\n",
    ),
    "entries at one place stand in the order that they came in": Case(
        "aliases:\n  - 甲\n",
        (Insert(("aliases",), 0, "乙"), Insert(("aliases",), 0, "丙")),
        "aliases:\n  - 甲\n  - 乙\n  - 丙\n",
    ),
    "a list that stands at the column of its key": Case(
        "aliases:\n- 甲\ntitle: 库管员\n", (Insert(("aliases",), 0, "乙"),), "aliases:\n- 甲\n- 乙\ntitle: 库管员\n"
    ),
    "empty lines between entries where there are some": Case(
        "sections:\n  - title: 甲\n    text: 一\n\n  - title: 乙\n    text: 二\n",
        (Insert(("sections",), 1, {"title": "丙", "text": "三"}),),
        "sections:\n  - title: 甲\n    text: 一\n\n  - title: 乙\n    text: 二\n\n  - title: 丙\n    text: 三\n",
    ),
    "none between duties that have none": Case(
        DUTY + "  - id: key\n    title: 钥匙\n",
        (Insert(("duties",), 1, {"id": "seal", "title": "印章"}),),
        DUTY + "  - id: key\n    title: 钥匙\n  - id: seal\n    title: 印章\n",
    ),
    "an empty line before a second duty": Case(
        DUTY, (Insert(("duties",), 0, {"id": "key", "title": "钥匙"}),), DUTY + "\n  - id: key\n    title: 钥匙\n"
    ),
    "entries around those that begin below their dash": Case(
        HEAD + "duties:\n  - # 金库\n    # 每日\n    id: vault\n    title: 清点\n  -\n    id: key\n    title: 钥匙\n",
        (
            Insert(("duties",), -1, {"id": "cash", "title": "现金"}),
            Insert(("duties",), 0, {"id": "seal", "title": "印章"}),
            Insert(("duties",), 1, {"id": "log", "title": "登记"}),
        ),
        HEAD + "duties:\n  - id: cash\n    title: 现金\n"
        "  - # 金库\n    # 每日\n    id: vault\n    title: 清点\n  - id: seal\n    title: 印章\n"
        "  -\n    id: key\n    title: 钥匙\n  - id: log\n    title: 登记\n",
    ),
    "an entry that begins below its dash goes, its comments stay": Case(
        DUTY + "  - # 钥匙\n    # 上\n    id: key # 号\n    title: 钥匙\n",
        (Remove(("duties", 1)),),
        DUTY + "  # 钥匙\n  # 上\n  # 号\n",
    ),
    "keys of an entry that begins below its dash come and go": Case(
        HEAD + "duties:\n  - # 金库\n    label: 一\n    title: 清点\n",
        (Put(("duties", 0, "id"), "vault"), Remove(("duties", 0, "label")), Put(("duties", 0, "title"), "盘点")),
        HEAD + "duties:\n  - # 金库\n    id: vault\n    title: 盘点\n",
    ),
    "a bare entry below its dash becomes one with keys": Case(
        DUTY + "    items:\n      - # 记\n        清点\n",
        (Put(("duties", 0, "items", 0), {"text": "登记", "label": "1"}),),
        DUTY + '    items:\n      - # 记\n        label: "1"\n        text: 登记\n',
    ),
    "a bare entry becomes one with keys": Case(
        DUTY + "    items:\n      - 清点 # 记\n",
        (Put(("duties", 0, "items", 0), {"text": "登记", "label": "1"}),),
        DUTY + '    items:\n      # 记\n      - label: "1"\n        text: 登记\n',
    ),
    "a key goes, its comments stay": Case(
        "id: a\nunit: '金库 # 一' # 旧\n# 名\ntitle: 库管员\n", (Remove(("unit",)),), "id: a\n# 旧\n# 名\ntitle: 库管员\n"
    ),
    "a block goes, the comment on its first line stays": Case(
        DUTY + "    cadence_note: >- # 何时\n      # 每日\n    tags: [a]\n  - |2- # 二\n    乙\n",
        (Remove(("duties", 0, "cadence_note")), Remove(("duties", 1))),
        DUTY + "    # 何时\n    tags: [a]\n  # 二\n",
    ),
    "a mapping goes with all its lines": Case(
        "id: a\nsource:\n  document: 手册 # 册\n  missing:\n    - 二\ntitle: 库管员\n",
        (Remove(("source",)),),
        "id: a\n# 册\ntitle: 库管员\n",
    ),
    "a key behind a dash goes, the next one takes its place": Case(
        HEAD + "duties:\n  - label: 一 # 号\n    # 上\n    id: vault\n    title: 清点\n",
        (Remove(("duties", 0, "label")),),
        HEAD + "duties:\n  # 号\n  # 上\n  - id: vault\n    title: 清点\n",
    ),
    "keys behind a dash go, the next one takes their place": Case(
        HEAD + "duties:\n  - cadence: daily # 一\n    # 二\n    cadence_note: 每日\n    # 三\n    id: vault\n    title: 清点\n",
        (Remove(("duties", 0, "cadence")), Remove(("duties", 0, "cadence_note"))),
        HEAD + "duties:\n  # 一\n  # 二\n  # 三\n  - id: vault\n    title: 清点\n",
    ),
    "a key behind a dash goes, and one that it comes before by the format comes": Case(
        HEAD + "duties:\n  - text: 清点。\n    id: vault\n    title: 清点\n",
        (Remove(("duties", 0, "text")), Put(("duties", 0, "tags"), ["a"])),
        DUTY + "    tags:\n      - a\n",
    ),
    "a key behind a dash goes, and another comes there": Case(
        HEAD + "duties:\n  - label: 一\n    title: 清点\n",
        (Remove(("duties", 0, "label")), Put(("duties", 0, "id"), "vault")),
        DUTY,
    ),
    "entries go, the others keep what belongs to them": Case(
        "aliases:\n  - 甲\n  - 乙 # 二\n  - 丙 # 三\n",
        (Remove(("aliases", 0)), Put(("aliases", 2), "丁"), Remove(("aliases", 1))),
        "aliases:\n  # 二\n  - 丁 # 三\n",
    ),
    "what stands in brackets stays as it is but for what is concerned": Case(
        "source: {document:  手册, missing: ['2', '3', \"4\"]}  # 源\ntitle:   库管员\n",
        (Remove(("source", "missing", 0)), Put(("source", "section"), "三, 四"), Insert(("source", "missing"), 1, "9")),
        "source: {document:  手册, section: \"三, 四\", missing: ['3', \"9\", \"4\"]}  # 源\ntitle:   库管员\n",
    ),
    "a value in brackets keeps its quotes": Case(
        "source: {document: '手册', \"section\":\"二\", missing: [ '2',3 ], truncated: false}\n",
        (
            Put(("source", "document"), "新册"),
            Put(("source", "section"), "三"),
            Put(("source", "missing", 0), "4"),
            Put(("source", "missing", 1), "5, 6"),
            Put(("source", "truncated"), "true"),
        ),
        'source: {document: "新册", "section": "三", missing: [ "4","5, 6" ], truncated: true}\n',
    ),
    "an entry in brackets has its keys in the order of the format": Case(
        HEAD + "duties:\n  - {id: a, title: 甲}\nauthorities: [{limit: 一, text: 甲}]\n",
        (
            Put(("duties", 0, "items"), [{"text": "登记", "label": "1"}, "清点"]),
            Insert(("authorities",), -1, {"limit": "二", "text": "乙"}),
        ),
        HEAD + "duties:\n  - {id: a, title: 甲, items: [{label: \"1\", text: 登记}, 清点]}\n"
        "authorities: [{text: 乙, limit: 二}, {limit: 一, text: 甲}]\n",
    ),
    "brackets of several lines: entries have the line breaks of their neighbours": Case(
        "duties: [\r\n  {id: a, title: 甲}, # 一\r\n  {id: b, title: 乙},\r\n]\r\naliases: [\r\n  甲,\r\n  乙\r\n]\r\n",
        (
            Insert(("duties",), 0, {"title": "丙", "id": "c"}),
            Insert(("duties",), 1, {"title": "丁", "id": "d"}),
            Insert(("aliases",), 1, "丙"),
        ),
        "duties: [\r\n  {id: a, title: 甲}, {id: c, title: 丙}, # 一\r\n  {id: b, title: 乙}, {id: d, title: 丁},\r\n]\r\n"
        "aliases: [\r\n  甲,\r\n  乙,\r\n  丙\r\n]\r\n",
    ),
    "entries in brackets go, from any place, their comments stay": Case(
        "basis:\n  [甲, # 一\n  乙,\n  # 二\n  丙, 丁, 戊 # 三\n  ]\naliases: [甲, 乙, 丙]\nbackup: [甲, # 四\n  乙]\n",
        (
            *(Remove(("basis", number)) for number in (0, 1, 3, 4)),
            *(Insert(("basis",), number, f"新{number}") for number in (4, 3, 1, -1)),
            *(Remove(("aliases", number)) for number in (2, 1)),
            *(Remove(("backup", number)) for number in (0, 1)),
            Insert(("backup",), 1, "丁"), Insert(("backup",), 0, "丙"),
        ),
        "basis:\n  # 一\n  # 二\n  [新-1, 新1, 丙, 新3, 新4 # 三\n  ]\naliases: [甲]\n# 四\nbackup: [丙, 丁]\n",
    ),
    "all that was in brackets goes": Case(
        "aliases: [甲, 乙]\nsource: {missing: ['2'] }\n",
        (Remove(("aliases", 0)), Remove(("aliases", 1)), Remove(("source", "missing"))),
        "aliases: []\nsource: {}\n",
    ),
    "what stands in brackets in place of what does": Case(
        HEAD + "contacts: {internal: [甲, # 注\n  乙]}\nduties: [{id: a, title: 甲, tags: [], basis: }]\n",
        (
            Put(("contacts", "internal"), ["丙"]),
            Put(("duties", 0, "tags"), ["x"]),
            Put(("duties", 0, "basis"), ["y"]),
        ),
        HEAD + "# 注\ncontacts: {internal: [丙]}\nduties: [{id: a, title: 甲, tags: [x], basis: [y]}]\n",
    ),
    "a file in brackets": Case(
        '{\n  "id": "a",\n  "title": "库管员",\n  "duties": [\n    {"id": "b", "title": "甲"}\n  ]\n}\n',
        (
            Put(("unit",), "金库"),
            Put(("duties", 0, "text"), LONG),
            Insert(("duties",), 0, {"id": "c", "title": "乙"}),
        ),
        '{\n  "id": "a",\n  "title": "库管员",\n  unit: 金库,\n'
        f'  "duties": [\n    {{"id": "b", "title": "甲", text: "{LONG}"}}, {{id: c, title: 乙}}\n  ]\n}}\n',
    ),
    "a text of several lines stays in its brackets": Case(
        "contacts: {internal: [甲]}\n",
        (Put(("contacts", "internal", 0), "运营部\n财务部"),),
        'contacts: {internal: ["运营部\\n财务部"]}\n',
    ),
    "an empty list in brackets is filled in block style": Case(
        "aliases: []\nid: a\n", (Put(("aliases",), ["管库员"]),), "aliases:\n  - 管库员\nid: a\n"
    ),
}  # fmt: skip


def read(text: str) -> Document:
    return source.read(text.encode(), "x")


@pytest.mark.parametrize("case", CASES.values(), ids=list(CASES))
def test_an_edit_changes_the_lines_that_it_concerns(case: Case) -> None:
    before = read(case.before)
    made = spliced(before, case.edits)
    assert made == case.after
    after = read(made)
    assert after.data == changed(before.data, case.edits)
    assert comments(after) >= comments(before)


@pytest.mark.parametrize(
    ("text", "edit"),
    [
        pytest.param("aliases:\n  - - 甲\n", Put(("aliases", 0, 0), "乙"), id="a list in a list"),
        pytest.param(
            HEAD + "duties:\n  - title: 清点\n", Remove(("duties", 0, "title")), id="the only key of an entry"
        ),
    ],
)  # fmt: skip
def test_what_is_not_provided_for_is_refused(text: str, edit: Edit) -> None:
    with pytest.raises(ValueError, match=r"^$"):
        spliced(read(text), [edit])


@pytest.mark.parametrize("style", ["|", ">", "|-", "|+"])
def test_a_block_that_ends_the_file_gets_a_line_break_when_something_follows(style: str) -> None:
    text = f"{HEAD}purpose: {style}\n  保管。\n  登记。"
    made = spliced(read(text), [Put(("version",), "甲"), Put(("source",), {"section": "三"})])
    assert made == f"{text}\nversion: 甲\nsource:\n  section: 三\n"


def test_many_empty_lines_with_windows_line_ends_cost_no_time() -> None:
    text = (
        "aliases:\n  - 甲\n"
        + "\n" * 9999
        + "title: 库管员\npurpose: |\n  管\n"
        + "\n" * 9999
        + "  理\n"
    )
    document = read(text.replace("\n", "\r\n"))
    assert "甲\r\n  - 乙\r\n\r\n" in spliced(document, [Insert(("aliases",), 0, "乙")])
    assert not comments(document)


def test_what_would_be_changed_twice_is_refused() -> None:
    edits = (Remove(("source",)), Put(("source", "document"), "手册"))
    with pytest.raises(ValueError, match=r"^$"):
        spliced(read("id: a\nsource:\n  document: 甲\n"), edits)


def test_a_long_file_with_many_edits() -> None:
    document = read("aliases:\n" + "  - 管库员 # 旧称\n" * 10_000)
    edits = [Put(("aliases", here), "出纳") for here in range(10_000)]
    assert len(spliced(document, edits)) == len(document.text) - 10_000
    assert comments(document) == {"# 旧称": 10_000}


def test_comments_are_those_outside_of_values() -> None:
    text = (
        "# 头\nid: a # 一\ntitle: '# 二'\nunit: 库#三\npurpose: | # 五\n  # 四\n\n"
        "aliases: [甲, # 一\n  乙]\n"
    )
    for newline in ("\n", "\r\n", "\r"):
        found = comments(read(text.replace("\n", newline)))
        assert found == Counter({"# 头": 1, "# 一": 2, "# 五": 1})
