"""What the rules over the whole book need of one file, and that keeping it loses nothing."""

from __future__ import annotations

import json
from pathlib import Path
from random import Random

import pytest
from rapidfuzz import fuzz

from dutybook.records import read_role
from dutybook.rules import facts
from dutybook.rules.base import Owned, Passage, Reference, route_of
from tests.checking import role
from tests.conftest import BRANCH

FULL = """\
id: teller
title: 柜员
aliases: [综合柜员, 高柜柜员]
unit: 营业部
reports_to: head
duties:
  - id: cash
    title: 现金
    text: 与会计主管每日对帐。
    involvement: responsible
    counterparts: [head, guard]
    systems: [核心系统]
    tags: [现金]
    items:
      - 登记台账。
      - text: 协助 大堂经理，对帐。
        counterparts: [lobby, head]
        systems: [影像系统]
        tags: [服务]
  - id: guide
    title: 引导
    text: 引导客户。
    involvement: support
  - id: seal
    title: 印章
    items:
      - {text: 保管印章。, involvement: accountable}
      - {text: 协助盘点。, involvement: support}
incompatible_with: [guard]
backup: [lobby, head]
status: draft
review_by: 2026-03-01
"""


def of_text(text: str) -> facts.Facts:
    record = read_role(text.encode(), "roles/teller.yaml", "teller")
    assert record.role is not None, record.problems
    return facts.of_role("roles/teller.yaml", record.role)


def test_everything_that_rules_ask_for() -> None:
    found = of_text(FULL)
    assert found[:9] == (
        "roles/teller.yaml", "teller", True, "柜员", ["综合柜员", "高柜柜员"], "营业部", "draft",
        "head", "2026-03-01",
    )  # fmt: skip
    assert found.positions == [
        Reference("head", "reports_to"),
        Reference("head", "duties[0].counterparts[0]"),
        Reference("guard", "duties[0].counterparts[1]"),
        Reference("lobby", "duties[0].items[1].counterparts[0]"),
        Reference("head", "duties[0].items[1].counterparts[1]"),
        Reference("guard", "incompatible_with[0]"),
        Reference("lobby", "backup[0]"),
        Reference("head", "backup[1]"),
    ]
    assert found.tags == [
        Reference("现金", "duties[0].tags[0]"),
        Reference("服务", "duties[0].items[1].tags[0]"),
    ]
    assert found.systems == [
        Reference("核心系统", "duties[0].systems[0]"),
        Reference("影像系统", "duties[0].items[1].systems[0]"),
    ]
    assert found.passages[:3] == [
        Passage("duties[0].text", "与会计主管每日对帐。", ["guard", "head"]),
        Passage("duties[0].items[0].text", "登记台账。", ["guard", "head"]),
        Passage("duties[0].items[1].text", "协助 大堂经理，对帐。", ["guard", "head", "lobby"]),
    ]
    assert [passage.route for passage in found.passages[3:]] == [
        "duties[1].text", "duties[2].items[0].text", "duties[2].items[1].text",
    ]  # fmt: skip
    assert [(one.number, one.text) for one in found.owned] == [
        (0, "与会计主管每日对帐登记台账协助大堂经理对帐"),
        (2, "保管印章协助盘点"),
    ]
    assert found.terms == {"对帐": "duties[0].text", "台账": "duties[0].items[0].text"}


def test_little_is_known_of_a_bare_role() -> None:
    found = of_text(role())
    assert found[:9] == ("roles/teller.yaml", "teller", True, "柜员", [], "", "in-force", "", "")
    assert found.owned == [Owned(0, "收付现金", ["收付现金"])]


@pytest.mark.parametrize("path", sorted(BRANCH.rglob("roles/**/*.yaml")), ids=lambda one: one.stem)
def test_facts_come_back_as_they_were_kept(path: Path) -> None:
    record = read_role(path.read_bytes(), path.name, path.stem)
    assert record.role is not None
    found = facts.of_role(path.name, record.role)
    again = facts.again(json.loads(json.dumps(facts.kept(found))))
    assert again == found
    for kept, fresh in zip(again, found, strict=True):
        if isinstance(fresh, list) and fresh:
            assert type(kept[0]) is type(fresh[0])


def test_a_reference_leads_back_to_its_place() -> None:
    data = read_role(FULL.encode(), "roles/teller.yaml", "teller").document.data
    found = of_text(FULL)
    references = [*found.positions, *found.tags, *found.systems]
    assert len(references) == 12
    for name, route in references:
        value = data
        for step in route_of(route):
            value = value[step]
        assert value == name


@pytest.mark.parametrize(
    ("text", "grams"),
    [("", []), ("收", ["收"]), ("收付现金", ["收付现金"]), ("收付现金钱", [0, 0, 0])],
)
def test_a_short_text_is_its_own_sketch(text: str, grams: list[object]) -> None:
    sketch = facts.sketch(text)
    assert len(sketch) == len(grams)
    assert len(text) > 4 or sketch == grams


def test_near_duplicates_share_a_part_of_the_sketch() -> None:
    """Of texts with a character in twenty changed, less than one pair in fifty is passed over."""
    random = Random(1)
    characters = [chr(code) for code in range(0x4E00, 0x4F00)]
    tried = missed = strangers = 0
    before: set[str] = set()
    for _ in range(600):
        text = random.choices(characters, k=random.randrange(20, 120))
        other = list(text)
        for place in random.sample(range(len(text)), len(text) // 20):
            other[place] = random.choice(characters)
        one, two = set(facts.sketch("".join(text))), set(facts.sketch("".join(other)))
        assert fuzz.ratio("".join(text), "".join(other)) >= 90
        tried += 1
        missed += not one & two
        strangers += bool(one & before)
        before = one
    assert missed * 50 < tried
    assert strangers == 0


def test_what_writers_mark_differently_is_the_same_text() -> None:
    texts = ["与主管 对帐，登记。", "與主管對帐；登记", "与主管对帐_登记……"]
    owned = [
        of_text(role(duties=f"  - {{id: a, title: b, text: {text!r}, involvement: responsible}}\n"))
        for text in texts
    ]
    assert {one.owned[0].text for one in owned} == {"与主管对帐登记"}
