"""Which part of a role a part of a manual is."""

from __future__ import annotations

from typing import Any

import pytest

from dutybook.importers import pairing

Part = dict[str, Any]


def part(label: str, title: str, text: str) -> Part:
    return {"label": label, "title": title, "text": text}


CASH = part("1", "现金", "办理现金收付。")
SEAL = part("2", "印章", "妥善保管业务印章。")
NEWS = part("2", "报表", "按月编制业务报表。")


@pytest.mark.parametrize(
    ("olds", "news", "pairs"),
    [
        ([CASH, SEAL], [SEAL, CASH], {0: 1, 1: 0}),
        ([CASH], [{**CASH, "label": "9"}], {0: 0}),
        ([CASH], [{**CASH, "text": "办 理现金收付｡"}], {0: 0}),
        ([CASH, {**CASH, "label": "2"}], [{**CASH, "label": "2"}], {0: 1}),
        ([SEAL], [part("5", "章证", "妥善保管各类业务印章。")], {0: 0}),
        ([SEAL], [part("2", "章证", "业务印章由专人保管，交接时登记。")], {0: 0}),
        ([SEAL], [part("5", "章证", "业务印章由专人保管，交接时登记。")], {}),
        ([SEAL], [NEWS], {}),
        ([SEAL], [], {}),
        (
            [{**SEAL, "label": "02"}],
            [part("2", "章证", "业务印章由专人保管，交接时登记。")],
            {0: 0},
        ),
    ],
)
def test_parts_are_paired_by_words_and_numbers(
    olds: list[Part], news: list[Part], pairs: dict[int, int]
) -> None:
    assert pairing.paired(olds, news, pairing.DUTY_KEYS, by_label=True) == pairs


def test_where_nothing_but_names_counts_nothing_is_alike() -> None:
    olds, news = [{"text": "现金管库员"}], [{"text": "现金管库岗"}]
    assert pairing.paired(olds, news, [pairing.key("text")], likeness=False) == {}


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("金 库", "金库", True),
        ("（甲）１．", "(甲)1.", True),
        ("CRM", "crm", False),
        ("憑證", "凭证", False),
        ("①", "1", False),
        (None, "", False),
        (["甲"], ["甲"], True),
    ],
)
def test_what_is_no_difference(one: Any, other: Any, same: bool) -> None:
    assert pairing.same(one, other) is same


def test_a_key_of_something_that_is_not_there_fits_nothing() -> None:
    assert pairing.key("label", "text")(0, {"text": "甲"}) is None
    assert pairing.key("text")(0, {"text": " 甲 "}) == ("甲",)
