"""Nodes of a list as duties: label, title, text, items; labels that are there twice or missing."""

from __future__ import annotations

from typing import Any

import pytest

from dutybook.importers.base import Draft, Place, Sureness
from dutybook.importers.duties import missing_labels, of_node, tell_twice_apart
from dutybook.importers.segments import Segment
from dutybook.importers.tree import Node

PLACE = Place("手册.txt")


def node(mark: str, text: str, *below: Node, goes_on: tuple[str, ...] = ()) -> Node:
    segment = Segment(text, PLACE, mark.strip("（）、•"), mark)
    return Node(segment, list(goes_on), list(below))


def row(name: str, text: str, cadence: str = "") -> Node:
    return Node(Segment(text, PLACE, "2", force="duty", values={"title": name, "cadence": cadence}))


@pytest.mark.parametrize(
    ("found", "duty"),
    [
        (node("1、", "办理开户。"), {"label": "1", "title": "办理开户", "text": "办理开户。"}),
        (node("1、", "账户管理：办理开户。"), {"label": "1", "title": "账户管理", "text": "办理开户。"}),
        (node("1、", "账户管理", goes_on=("办理开户。",)), {"label": "1", "title": "账户管理", "text": "办理开户。"}),
        (node("", "办理开户"), {"title": "办理开户", "text": "办理开户"}),
        (node("•", "办理开户"), {"title": "办理开户", "text": "办理开户"}),
        (node("1、", "【开户】"), {"label": "1", "title": "【开户】", "text": "【开户】"}),
        (node("1、", ""), None),
    ],
)  # fmt: skip
def test_a_duty_without_items(found: Node, duty: dict[str, Any] | None) -> None:
    assert of_node(found) == duty


@pytest.mark.parametrize(
    ("found", "duty"),
    [
        (
            node("1、", "账户管理", node("（1）", "开户。"), node("（2）", "销户。")),
            {"label": "1", "title": "账户管理", "items": [{"label": "1", "text": "开户。"}, {"label": "2", "text": "销户。"}]},
        ),
        (
            node("1、", "办理开户和销户。", node("•", "核对证件。")),
            {"label": "1", "title": "办理开户和销户", "text": "办理开户和销户。", "items": [{"text": "核对证件。"}]},
        ),
        (
            node("1、", "", node("（1）", "核对证件，登记。")),
            {"label": "1", "title": "核对证件", "items": [{"label": "1", "text": "核对证件，登记。"}]},
        ),
        (
            node("1、", "账户管理", node("（1）", "开户。", goes_on=("核对证件。",))),
            {"label": "1", "title": "账户管理", "items": [{"label": "1", "text": "开户。\n核对证件。"}]},
        ),
        (
            node("1、", "账户管理", node("（1）", "")),
            {"label": "1", "title": "账户管理", "items": [{"label": "1", "text": "（1）"}]},
        ),
        (
            node("1、", "账户管理", node("", "")),
            {"label": "1", "title": "账户管理", "text": "账户管理"},
        ),
    ],
)  # fmt: skip
def test_what_stands_below_a_duty_is_its_items(found: Node, duty: dict[str, Any]) -> None:
    assert of_node(found) == duty


def test_what_is_nested_deeper_stays_in_the_text_of_its_item() -> None:
    deepest = node("a.", "看照片。")
    deeper = node("①", "核对证件。", deepest, goes_on=("双人核对。",))
    duty = of_node(
        node(
            "1、",
            "账户管理",
            node("（1）", "开户：", deeper, node("②", "登记。"), node("", "签字。")),
        )
    )
    assert duty is not None
    assert duty["items"] == [
        {"label": "1", "text": "开户：\n①核对证件。\n双人核对。\na.看照片。\n②登记。\n签字。"}
    ]


@pytest.mark.parametrize(
    ("found", "duty"),
    [
        (row("账户\n管理", "办理开户。", "每日"),
         {"label": "2", "title": "账户 管理", "text": "办理开户。", "cadence_note": "每日"}),
        (row("账户管理", ""), {"label": "2", "title": "账户管理", "text": "账户管理"}),
        (row("账" * 40, "办理开户。"), {"label": "2", "title": "账" * 40, "text": "办理开户。"}),
        (row("核对账户，" * 9, "办理开户。"),
         {"label": "2", "title": "核对账户", "text": "核对账户，" * 9 + "\n办理开户。"}),
        (row(" ", "账户管理：办理开户。"), {"label": "2", "title": "账户管理", "text": "办理开户。"}),
    ],
)  # fmt: skip
def test_a_row_of_a_table_has_its_title_and_cadence_in_columns(
    found: Node, duty: dict[str, Any]
) -> None:
    assert of_node(found) == duty


def told_apart(*duties: dict[str, Any]) -> tuple[list[dict[str, Any]], list[str]]:
    draft = Draft({"title": "柜员"}, PLACE, Sureness.SURE)
    found = [dict(duty) for duty in duties]
    tell_twice_apart(found, draft)
    return found, draft.notes


@pytest.mark.parametrize(
    ("second", "made"),
    [
        ({"label": "1", "text": "办理销户。"}, {"text": "1、办理销户。"}),
        ({"label": "01", "text": "办理销户。"}, {"text": "01、办理销户。"}),
        ({"label": "1", "title": "销户"}, {"title": "销户", "text": "1、"}),
    ],
)
def test_a_label_that_was_there_before_goes_into_the_text(
    second: dict[str, Any], made: dict[str, Any]
) -> None:
    first = {"label": "1", "text": "办理开户。"}
    found, notes = told_apart(first, second)
    assert found == [first, made]
    assert notes == [f"The label {second['label']} is there twice; the second is in the text."]


@pytest.mark.parametrize(
    "duties",
    [
        [{"label": "1", "text": "办理开户。"}, {"label": "2", "text": "办理销户。"}],
        [{"label": "1", "text": "办理开户。"}, {"label": "一", "text": "办理销户。"}],
        [{"text": "办理开户。"}, {"text": "办理销户。"}],
        [
            {"label": "1", "items": [{"label": "1", "text": "核对。"}]},
            {"label": "2", "items": [{"label": "1", "text": "登记。"}]},
        ],
    ],
)
def test_labels_that_lead_to_one_place_stay(duties: list[dict[str, Any]]) -> None:
    assert told_apart(*duties) == (duties, [])


def test_labels_of_items_are_told_apart_in_their_duty() -> None:
    items = [{"label": "1", "text": "核对。"}, {"label": "1", "text": "登记。"}]
    found, notes = told_apart({"label": "1", "items": items})
    assert found[0]["items"] == [{"label": "1", "text": "核对。"}, {"text": "1、登记。"}]
    assert len(notes) == 1


@pytest.mark.parametrize(
    ("found", "before", "counts_on", "missing"),
    [
        (["1", "2", "4"], [], False, ["3"]),
        (["1", "2", "3"], [], False, []),
        (["3", "5"], [], False, ["1", "2", "4"]),
        (["3", "5"], ["1", "2"], False, ["4"]),
        (["3", "5"], ["1"], False, ["1", "2", "4"]),
        (["3", "5"], ["一", "二"], False, ["1", "2", "4"]),
        (["3", "5"], [], True, ["4"]),
        (["2", "1"], [], False, []),
        (["一", "三", "1", "3"], [], False, ["二", "2"]),
        (["①", "③"], [], False, ["②"]),
        (["", "2", ""], [], False, ["1"]),
        (["1", "4", "2"], [], False, ["3"]),
        (["2.1", "4.1"], [], False, []),
        (["1", "22"], [], False, [str(number) for number in range(2, 22)]),
        (["1", "23"], [], False, []),  # another list, and not a gap
        ([], [], False, []),
    ],
)  # fmt: skip
def test_missing_labels(
    found: list[str], before: list[str], counts_on: bool, missing: list[str]
) -> None:
    assert missing_labels(found, before, counts_on=counts_on) == missing
