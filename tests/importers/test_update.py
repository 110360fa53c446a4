"""A manual that comes again: what it changes in a role file that people have worked on."""

from __future__ import annotations

from functools import partial
from random import Random
from typing import Any, NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dutybook import records, source
from dutybook.cli.import_views import called
from dutybook.errors import WriteError
from dutybook.importers import write
from dutybook.importers.annotate import Known, annotate
from dutybook.importers.shelf import Existing
from dutybook.importers.update import Updated, updated
from dutybook.rules import duplicate_label

KNOWN = Known.of([("大堂经理", "lobby-manager"), ("柜员", "teller")], ["PCRM"])


class Case(NamedTuple):
    """What the book has, what the manual says, what the book has then, what only it has."""

    book: str
    manual: str
    then: str
    kept: tuple[str, ...] = ()


def role(duties: str, head: str = "", tail: str = "") -> str:
    return f"id: teller\ntitle: 柜员\n{head}duties:\n{duties}{tail}"


CASH = '  - id: cash\n    label: "1"\n    title: 现金\n    text: 办理现金收付。\n'
SEAL = '  - id: seal\n    label: "2"\n    title: 印章\n    text: 保管印章。\n'
NEWS = '  - id: baobiao\n    label: "2"\n    title: 报表\n    text: 编制报表。\n'

CASES = {
    "the same": Case(role(CASH), role(CASH), role(CASH)),
    "only blanks and width differ": Case(
        role(CASH), role(CASH.replace("办理现金收付。", "办理 现金收付｡")), role(CASH)
    ),
    "ids, comments and hand-made keys stay, words follow": Case(
        "# 手写\n" + role("  # 上\n" + CASH.replace("办理", "'办理'") .replace("'办理'现金收付。", "'办理现金收付。'  # 旁")
        + "    # 下\n    tags: [a]\n    basis: [b]\n", "status: draft  # 草\n"),
        role(CASH.replace("id: cash", "id: xianjin").replace("办理现金收付", "办理本外币收付")),
        "# 手写\n" + role("  # 上\n" + CASH.replace("办理现金收付。", '"办理本外币收付。"  # 旁')
        + "    # 下\n    tags: [a]\n    basis: [b]\n", "status: draft  # 草\n"),
    ),
    "a new duty comes where the manual has it": Case(
        role(CASH + "\n" + SEAL.replace('"2"', '"3"')),
        role(CASH + NEWS + SEAL.replace('"2"', '"3"')),
        role(CASH + "\n" + NEWS + "\n" + SEAL.replace('"2"', '"3"')),
    ),
    "the first and the last": Case(
        role("  # 现金是第一项\n" + CASH.replace('"1"', '"2"') + "    # 属于现金\n", "", "source:\n  document: 手册\n"),
        role(NEWS.replace('"2"', '"1"') + CASH.replace('"1"', '"2"') + SEAL.replace('"2"', '"3"')),
        role(NEWS.replace('"2"', '"1"') + "\n  # 现金是第一项\n" + CASH.replace('"1"', '"2"') + "    # 属于现金\n"
             + "\n" + SEAL.replace('"2"', '"3"'), "", "source:\n  document: 手册\n"),
    ),
    "the number follows the title": Case(
        role(CASH + "\n" + SEAL),
        role(CASH.replace('"1"', '"3"') + SEAL.replace('"2"', '"1"')),
        role(CASH.replace('"1"', '"3"') + "\n" + SEAL.replace('"2"', '"1"')),
    ),
    "what only the book has stays, without a number that is given away": Case(
        role(CASH + "\n" + SEAL),
        role(CASH + NEWS),
        role(CASH + "\n" + NEWS + "\n" + SEAL.replace('    label: "2"\n', "")),
        ("2 印章",),
    ),
    "a duty that the manual dropped": Case(
        role(CASH + "\n" + SEAL + "\n" + NEWS.replace('"2"', '"3"')),
        role(CASH + NEWS),
        role(CASH + "\n" + SEAL.replace('    label: "2"\n', "") + "\n" + NEWS),
        ("2 印章",),
    ),
    "a title made by hand outlives one made of the text": Case(
        role(CASH.replace("title: 现金", "title: 钱")),
        role(CASH.replace("title: 现金", "title: 办理现金收付")),
        role(CASH.replace("title: 现金", "title: 钱")),
    ),
    "a title that the manual prints is followed": Case(
        role(CASH.replace("title: 现金", "title: 钱")), role(CASH), role(CASH)
    ),
    "items are paired by number and words": Case(
        role("  - id: a\n    title: 客户\n    items:\n      - 走访客户。  # 记\n      - label: ②\n        text: 登记线索。\n"),
        role("  - id: x\n    title: 客户\n    items:\n      - label: ①\n        text: 走访客户。\n"
             "      - label: ②\n        text: 登记客户线索。\n      - label: ③\n        text: 回访。\n"),
        role("  - id: a\n    title: 客户\n    items:\n      # 记\n      - label: ①\n        text: 走访客户。\n"
             "      - label: ②\n        text: 登记客户线索。\n      - label: ③\n        text: 回访。\n"),
    ),
    "items where there were none, and a text where there was none": Case(
        role("  - id: a\n    title: 客户\n    text: 维护客户。\n    tags: [x]\n"
             "  - id: b\n    title: 印章\n    items:\n      - 保管。\n"),
        role("  - id: x\n    title: 客户\n    text: 维护客户。\n    items:\n      - label: ①\n        text: 走访。\n"
             "  - id: y\n    title: 印章\n    text: 妥善保管印章。\n"),
        role("  - id: a\n    title: 客户\n    text: 维护客户。\n    items:\n      - label: ①\n        text: 走访。\n    tags: [x]\n"
             "  - id: b\n    title: 印章\n    text: 妥善保管印章。\n    items:\n      - 保管。\n"),
        ("保管。",),
    ),
    "the head: what the manual says wins, what it does not say stays": Case(
        role(CASH, "unit: 营业部\nreports_to: boss\n", "version: '1'\n"),
        role(CASH, "unit: 零售部\npurpose: 服务客户。\n", "version: '2'\n"),
        role(CASH, "unit: 零售部\nreports_to: boss\npurpose: 服务客户。\n", 'version: "2"\n'),
    ),
    "lists grow, reworded entries follow, others stay": Case(
        role(CASH, "aliases: [出纳]\n", "authorities:\n  - text: 拒绝不合规凭证。\n    limit: 5万元\n"
             "qualifications:\n  - 大学专科以上学历。  # 学历\n  - 手写的要求\n"
             "contacts:\n  internal: [运营部]\nbasis: []\n"),
        role(CASH, "aliases: [综合柜员]\n", "authorities:\n  - 拒绝不合规的凭证。\n  - 冻结可疑账户。\n"
             "qualifications:\n  - 大学本科以上学历。\n  - 持有从业证书。\n"
             "contacts:\n  internal: [运营部, 财务部]\n  external: [人民银行]\nbasis:\n  - 甲办法\n"),
        role(CASH, "aliases: [综合柜员, 出纳]\n", "authorities:\n  - text: 拒绝不合规的凭证。\n    limit: 5万元\n  - 冻结可疑账户。\n"
             "qualifications:\n  - 大学本科以上学历。  # 学历\n  - 持有从业证书。\n  - 手写的要求\n"
             "contacts:\n  internal: [运营部, 财务部]\n  external:\n    - 人民银行\nbasis:\n  - 甲办法\n"),
        ("出纳", "手写的要求"),
    ),
    "lists and sections that were not there": Case(
        role(CASH),
        role(CASH, "aliases: [出纳]\n", "qualifications:\n  - 本科\nsections:\n  - title: 编制\n    text: 两人。\n"),
        role(CASH, "aliases:\n  - 出纳\n", "qualifications:\n  - 本科\nsections:\n  - title: 编制\n    text: 两人。\n"),
    ),
    "sections of one title follow": Case(
        role(CASH, "", "sections:\n  - title: 编制\n    text: |  # 注\n      两人。\n\n  - title: 手写\n    text: 留。\n# 尾\n"),
        role(CASH, "", "sections:\n  - title: 编制\n    text: 三人。\n  - title: 考核\n    text: 月度。\n"),
        role(CASH, "", "sections:\n  - title: 编制\n    # 注\n    text: |-\n      三人。\n\n  - title: 考核\n    text: 月度。\n\n"
             "  - title: 手写\n    text: 留。\n# 尾\n"),
        ("手写",),
    ),
    "the source: gaps that are filled go, those found by hand stay": Case(
        role(CASH, "", 'source:\n  document: 旧手册\n  missing:\n    - "2"  # 缺\n    - "9"\n  truncated: true\n'),
        role(CASH + SEAL.replace('"2"', '"2"') + NEWS.replace('"2"', '"4"'), "",
             'source:\n  document: 新手册\n  section: 三\n  missing: ["3"]\n'),
        role(CASH + "\n" + SEAL + "\n" + NEWS.replace('"2"', '"4"'), "",
             'source:\n  document: 新手册\n  section: 三\n  missing:\n    # 缺\n    - "3"\n    - "9"\n'),
    ),
    "a broken end that nothing was added to stays one": Case(
        role(CASH, "", "source: {document: 甲, truncated: true}\n"),
        role(CASH, "", "source: {document: 乙}\n"),
        role(CASH, "", "source: {document: 乙, truncated: true}\n"),
    ),
    "nothing is left of a source": Case(
        role(CASH, "", 'source:\n  missing: ["2"]\n'),
        role(CASH + SEAL),
        role(CASH + "\n" + SEAL),
    ),
    "annotations follow the words that account for them": Case(
        role("  - id: a\n    title: 登记\n    text: 每日登记。\n    cadence: daily\n    cadence_note: 每日\n"),
        role("  - id: a\n    title: 登记\n    text: 每周通过PCRM登记。\n    cadence: weekly\n    cadence_note: 每周\n    systems: [PCRM]\n"),
        role("  - id: a\n    title: 登记\n    text: 每周通过PCRM登记。\n    cadence: weekly\n    cadence_note: 每周\n    systems:\n      - PCRM\n"),
    ),
    "annotations made by hand stay, and so does their absence": Case(
        role("  - id: a\n    title: 登记\n    text: 每日登记。\n    involvement: accountable\n"),
        role("  - id: a\n    title: 登记\n    text: 负责每周登记。\n    involvement: responsible\n    cadence: weekly\n    cadence_note: 每周\n"),
        role("  - id: a\n    title: 登记\n    text: 负责每周登记。\n    involvement: accountable\n"),
    ),
    "annotations that the new words do not bear go": Case(
        role("  - id: a\n    title: 登记\n    items:\n      - label: a\n        text: 每日协助柜员登记。\n"
             "        involvement: support\n        cadence: daily\n        cadence_note: 每日\n        counterparts: [teller]\n"),
        role("  - id: a\n    title: 登记\n    items:\n      - label: a\n        text: 登记。\n"),
        role("  - id: a\n    title: 登记\n    items:\n      - label: a\n        text: 登记。\n"),
    ),
    "a long text becomes a block, in a file with Windows line ends": Case(
        role(CASH).replace("\n", "\r\n"),
        role(CASH.replace("办理现金收付", "办理现金收付并登记" * 9)),
        role(CASH.replace("办理现金收付。", "|-\n      " + "办理现金收付并登记" * 9 + "。")).replace("\n", "\r\n"),
    ),
    "an entry in brackets stays in brackets": Case(
        role("  - {id: cash, label: '1', title: 现金, text: '办理, 登记。'}\n"),
        role(CASH),
        role("  - {id: cash, label: '1', title: 现金, text: \"办理现金收付。\"}\n"),
    ),
    "all of a role in brackets": Case(
        "{id: teller, title: 柜员, duties: [\n  {id: a, title: 现金, text: 收。}], contacts: {internal: [甲, # 注\n  乙]}}\n",
        role(NEWS + CASH, "unit: 营业部\n", "contacts:\n  internal: [丙]\n"),
        '{id: teller, title: 柜员, unit: 营业部, duties: [\n  {id: baobiao, label: "2", title: 报表, text: 编制报表。}, '
        '{id: a, label: "1", title: 现金, text: 办理现金收付。}], contacts: {internal: [丙, 甲, # 注\n  乙]}}\n',
        ("甲", "乙"),
    ),
    "a text that somebody cut into parts stays cut, as long as it says the same": Case(
        role("  - id: a\n    label: '1'\n    title: 现金\n    items:\n      - 收付现金；\n      - text: 登记。\n        cadence: daily\n"),
        role("  - id: x\n    label: '2'\n    title: 现金\n    text: 收付现金，登记。\n"),
        role('  - id: a\n    label: "2"\n    title: 现金\n    items:\n      - 收付现金；\n      - text: 登记。\n        cadence: daily\n'),
    ),
    "an annotation in a block, with a comment, that the new words do not bear": Case(
        role("  - id: a\n    title: 登记\n    text: 每日登记。\n    cadence: daily\n    cadence_note: >-  # 何时\n      每日\n"),
        role("  - id: a\n    title: 登记\n    text: 登记。\n"),
        role("  - id: a\n    title: 登记\n    text: 登记。\n    # 何时\n"),
    ),
    "a number with a comment that is given away": Case(
        role("  - id: a\n    title: 现金\n    items:\n      - label: ①  # 号\n        text: 收付现金。\n"
             "      - label: ②\n        text: 保管重要空白凭证。\n"),
        role("  - id: a\n    title: 现金\n    items:\n      - label: ①\n        text: 保管重要空白凭证。\n"),
        role("  - id: a\n    title: 现金\n    items:\n      # 号\n      - text: 收付现金。\n"
             "      - label: ①\n        text: 保管重要空白凭证。\n"),
        ("① 收付现金。",),
    ),
    "a block at the end, without a line break": Case(
        role(CASH.replace("办理现金收付。\n", "|\n      办理现金收付。")),
        role(CASH + SEAL + NEWS.replace('"2"', '"3"'), "", "source:\n  document: 手册\n"),
        role(CASH.replace("办理现金收付。", "|\n      办理现金收付。") + "\n" + SEAL + "\n" + NEWS.replace('"2"', '"3"'),
             "", "source:\n  document: 手册\n"),
    ),
    "keys without a value, and no line break at the end": Case(
        role(CASH, "unit:\npurpose: ~ # 无\n").rstrip("\n"),
        role(CASH + SEAL, "unit: 营业部\npurpose: 服务。\n"),
        role(CASH + "\n" + SEAL, "unit: 营业部\npurpose: 服务。 # 无\n"),
    ),
}  # fmt: skip


def data(text: str) -> Any:
    found = source.read(text.encode(), "x")
    assert not found.problems
    return found.data


def existing(text: str) -> Existing:
    raw = text.encode()
    made = records.read_role(raw, "roles/teller.yaml", "teller")
    return Existing("teller", "roles/teller.yaml", raw, made.role)


def update(book: str, manual: str) -> Updated:
    return updated(existing(book), data(manual), partial(annotate, known=KNOWN, own="x"))


@pytest.mark.parametrize("case", CASES.values(), ids=list(CASES))
def test_what_comes_of_a_manual_that_comes_again(case: Case) -> None:
    made = update(case.book, case.manual)
    assert made.text == case.then
    assert [called(one) for one in made.kept] == list(case.kept)
    assert existing(made.text).role is not None
    again = update(made.text, case.manual)
    assert again.text == made.text
    assert again.before == again.after == made.after


def test_without_annotations_those_of_the_book_stay() -> None:
    case = CASES["annotations follow the words that account for them"]
    made = updated(existing(case.book), data(case.manual), None)
    assert "cadence: daily" in made.text
    assert "每周通过PCRM登记。" in made.text


@pytest.mark.parametrize(
    ("book", "message"),
    [
        ("id: teller\ntitle: 柜员\nduties: []\n", "has errors"),
        (role("  - ? id\n    : a\n    title: 现金\n    text: 收。\n"), "merged into safely"),
        (role(CASH, "", "contacts: {internal}\n"), "merged into safely"),
        (role(CASH, "", "? contacts\n:\n"), "merged into safely"),
    ],
)  # fmt: skip
def test_what_cannot_be_done_safely_is_not_done(book: str, message: str) -> None:
    manual = role(NEWS + CASH, "", "contacts:\n  internal: [丙]\n")
    with pytest.raises(WriteError, match=message):
        update(book, manual)


WORDS = (
    "现金收付",
    "办理对公结算业务",
    "保管重要空白凭证",
    "每日核对账务",
    "协助大堂经理引导客户",
    "通过PCRM登记",
)


@st.composite
def roles(draw: st.DrawFn) -> dict[str, Any]:
    """Draw the data of a role: few words, so that those of two roles meet.

    Within a role no two duties have one title or one text: nobody could tell which is which.
    """
    some = st.sampled_from(WORDS)
    titles, texts = draw(st.permutations(WORDS)), draw(st.permutations(WORDS))
    labels = [str(number) for number in draw(st.permutations(range(1, 7)))]
    duties = []
    for number in range(draw(st.integers(1, 4))):
        duty: dict[str, Any] = {
            "id": f"d-{number}",
            "title": titles[number],
            "text": f"{texts[number]}。",
        }
        if draw(st.booleans()):
            duty["label"] = labels[number]
        if draw(st.booleans()):
            marks = draw(st.permutations("①②③④"))
            duty["items"] = [
                {"label": mark, "text": text} if draw(st.booleans()) else {"text": text}
                for mark, text in zip(
                    marks[: draw(st.integers(1, 3))], draw(st.permutations(WORDS)), strict=False
                )
            ]
        duties.append(duty)
    data: dict[str, Any] = {"id": "teller", "title": "柜员", "duties": duties}
    for key in ("qualifications", "aliases", "authorities"):
        if draw(st.booleans()):
            data[key] = draw(st.lists(some, min_size=1, max_size=3, unique=True))
    if draw(st.booleans()):
        data["source"] = {"document": draw(some), "missing": labels[4:]}
    if draw(st.booleans()):
        data["contacts"] = {"internal": draw(st.lists(some, min_size=1, max_size=2, unique=True))}
    return data


@settings(max_examples=300, deadline=None)
@given(roles(), roles(), st.randoms(use_true_random=False), st.booleans())
def test_whatever_comes_again_is_merged_for_good(
    book: dict[str, Any], manual: dict[str, Any], random: Random, annotated: bool
) -> None:
    if annotated:
        annotate(book["duties"], KNOWN, "x")
        annotate(manual["duties"], KNOWN, "x")
    lines = write.role_text(book).split("\n")
    for number in range(5):  # comments above a line, or behind a value that is not a block
        at = random.randrange(len(lines))
        if random.random() < 0.5:
            lines.insert(at, " " * random.randrange(7) + f"# 注{number}")
        elif lines[at] and "#" not in lines[at]:
            lines[at] += f"  # 注{number}"
    text = "\n".join(lines)
    made = update(text, write.role_text(manual))
    record = existing(made.text)
    assert record.role is not None
    assert not list(duplicate_label.check(record.role))
    assert sum(f"注{number}" in text for number in range(5)) == sum(
        f"注{number}" in made.text for number in range(5)
    )
    again = update(made.text, write.role_text(manual))
    assert again.text == made.text
    said = made.text.replace("\n", "")
    for duty in manual["duties"]:
        assert all(one["text"] in said for one in (duty, *duty.get("items", ())))
