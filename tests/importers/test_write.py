"""Drafts as the text of role files: the order of keys, blocks, quotation marks."""

from __future__ import annotations

from typing import Any

import pytest

from dutybook import records, source
from dutybook.importers import write

LONG = "逐笔核对库存现金与账面余额" * 4
EDGE = "库" * 48

WHOLE = {
    "source": {"missing": ["3"], "document": "网点手册"},
    "duties": [
        {"text": "清点库存。", "title": "清点", "label": "1", "id": "count", "systems": []},
        {
            "id": "keys",
            "title": "钥匙",
            "items": [
                {"text": "双人保管。"},
                {"text": "每月更换密码。", "label": "①", "cadence": "monthly"},
            ],
        },
    ],
    "qualifications": ["持有上岗证书", "两年: 以上"],
    "key_position": "true",
    "unit": None,
    "aliases": [],
    "title": "库管员",
    "id": "keeper",
    "sections": [{"text": f"{LONG}。", "title": "附注"}],
}

TEXT = f"""\
# yaml-language-server: $schema=../role.schema.json
id: keeper
title: 库管员
duties:
  - id: count
    label: "1"
    title: 清点
    text: 清点库存。

  - id: keys
    title: 钥匙
    items:
      - 双人保管。
      - label: ①
        text: 每月更换密码。
        cadence: monthly
qualifications:
  - 持有上岗证书
  - '两年: 以上'
key_position: true
sections:
  - title: 附注
    text: |-
      {LONG}。
source:
  document: 网点手册
  missing:
    - "3"
"""


def test_a_role_is_written_in_the_order_of_the_format() -> None:
    assert write.role_text(WHOLE) == TEXT


def test_a_role_reads_back_as_it_was_meant() -> None:
    assert source.read(TEXT.encode(), "x").data == write.as_read(WHOLE)
    assert records.read_role(TEXT.encode(), "roles/keeper.yaml", "keeper").role is not None


@pytest.mark.parametrize(
    ("value", "read"),
    [
        ({"label": "1", "text": "清点"}, {"label": "1", "text": "清点"}),
        ({"text": "清点"}, "清点"),
        ({"title": "清点", "text": None, "items": []}, {"title": "清点"}),
        ([{"text": "清点"}, "登记"], ["清点", "登记"]),
        ({"title": ""}, {"title": ""}),
        ("清点", "清点"),
    ],
)
def test_what_reading_makes_of_data(value: Any, read: Any) -> None:
    assert write.as_read(value) == read


@pytest.mark.parametrize(
    "value",
    [
        "清点库存", "清点，登记；上缴（现金）。", "A角清点", "count-cash", "SUMMIT 系统", "A类：2、3号库", "①", "C#", "12,5万",
        "清点\u3000登记",
    ],
)  # fmt: skip
def test_a_text_that_is_taken_for_nothing_else_is_plain(value: str) -> None:
    assert write.scalar("title", value, "") == value
    assert source.read(f"title: {value}\n".encode(), "x").data == {"title": value}


@pytest.mark.parametrize(
    "value",
    [
        "7", "010", "1.5", "1e3", "0x1F", "1:30", "2024-05-06", "no", "Yes", "null", "~", "", " 清点", "清点 ", "清点: 库存",
        "清点:", "清点 # 库存", "# 清点", "- 清点", "? 清点", "[清点]", "{清点}", "&清点", "*清点", "!清点", "|", ">", "%清点", "@清点",
        "`清点", '"清点"', "'清点'", "---", "<<", "=", "清点\t库存", "清点\n登记", "清点\\\n“登记”", '清点"\n登记',
    ],
)  # fmt: skip
def test_a_text_that_would_be_something_else_is_quoted(value: str) -> None:
    made = write.scalar("title", value, "")
    assert made[0] in "'\""
    assert "\n" not in made
    document = source.read(f"title: {made}\n".encode(), "x")
    assert (document.data, document.retyped) == ({"title": value}, ())


@pytest.mark.parametrize("key", ["key_position", "effective", "truncated"])
def test_what_is_no_text_is_not_quoted(key: str) -> None:
    assert write.scalar(key, "2024-05-06", "") == "2024-05-06"
    assert write.scalar("version", "2024-05-06", "") == '"2024-05-06"'


@pytest.mark.parametrize(
    ("key", "value", "block"),
    [
        ("text", EDGE, False),
        ("text", f"{EDGE}。", True),
        ("purpose", f"{EDGE}。", True),
        ("title", f"{EDGE}。", False),
        ("cadence_note", f"{EDGE}。", False),
        ("text", "a" * 96, False),
        ("text", "a" * 97, True),
        ("text", "清点。\n登记。", True),
        ("text", "清点。\n\n  登记。", True),
        ("title", "清点。\n登记。", False),
        ("text", "清点。 \n登记。", False),
        ("text", "清点。\n", False),
        ("text", f" {EDGE}", False),
        ("text", f"{EDGE}\u200b。", False),
    ],
)
def test_a_text_that_is_long_or_has_lines_is_a_block(key: str, value: str, block: bool) -> None:
    made = write.scalar(key, value, "  ")
    assert made.startswith("|-\n    ") is block
    document = source.read(f"a:\n  {key}: {made}\n".encode(), "x")
    assert document.data == {"a": {key: value}}


def test_a_block_is_indented_but_for_its_empty_lines() -> None:
    assert write.block("清点：\n\n  尾箱\n库房", "  ") == "|-\n    清点：\n\n      尾箱\n    库房"


@pytest.mark.parametrize(
    ("values", "kind", "text"),
    [
        (["清点", "7"], "aliases", '  - 清点\n  - "7"\n'),
        ([{"text": "清点"}, "登记"], "items", "  - 清点\n  - 登记\n"),
        ([{"text": "清点", "label": "a"}], "items", "  - label: a\n    text: 清点\n"),
        ([{"text": "清点"}], "authorities", "  - text: 清点\n"),
        ([{"limit": "5万元", "text": "调拨"}], "authorities", "  - text: 调拨\n    limit: 5万元\n"),
        (["清点\n登记"], "items", "  - |-\n    清点\n    登记\n"),
        ([{"title": "甲", "id": "a"}, {"title": "乙", "id": "b"}], "duties",
         "  - id: a\n    title: 甲\n\n  - id: b\n    title: 乙\n"),
    ],
)  # fmt: skip
def test_entries_of_a_list(values: list[Any], kind: str, text: str) -> None:
    assert write.sequence(values, kind, "  ") == text
