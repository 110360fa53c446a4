"""N003: numbers count up, in every style."""

from __future__ import annotations

import pytest

from tests.checking import TELLER, check, found, itemized, labelled, place

ORDERS: list[tuple[str, list[tuple[int, str, str]]]] = [
    ("1 2 10 11", []),
    ("1 3 2", [(6, "2", "3")]),
    ("3 2 1", [(5, "2", "3"), (6, "1", "3")]),
    ("1 5 2 3 6 4", [(6, "2", "5"), (7, "3", "5"), (9, "4", "6")]),
    ("1 1 2", []),
    ("a c b", [(6, "b", "c")]),
    ("② ①", [(5, "①", "②")]),
    ("九 十 十一", []),
    ("十 九", [(5, "九", "十")]),
    ("二十 十二", [(5, "十二", "二十")]),
    ("i ii iii iv v vi ix x", []),
    ("i iii ii", [(6, "ii", "iii")]),
    ("g h i j", []),
    ("1.1 1.2 1.10 2.1", []),
    ("1.2 1.1", [(5, "1.1", "1.2")]),
    ("1.1 1.1.1 1.2", []),
    ("1 1.1 2 2.1", []),
    ("2 1.1", []),  # two styles
    ("2 a 3 b 1 c", [(8, "1", "3")]),
    ("附 一 附 二", []),
]


@pytest.mark.parametrize(("labels", "expected"), ORDERS, ids=[labels for labels, _ in ORDERS])
def test_order(labels: str, expected: list[tuple[int, str, str]]) -> None:
    for text, first, column in ((labelled(labels), 4, 21), (itemized(labels), 7, 17)):
        problems = found(check(text), "N003")
        assert [(place(one), one.message) for one in problems] == [
            ((TELLER, line - 4 + first, column), f"The number {label} stands after {other}.")
            for line, label, other in expected
        ]
        written = labels.split()
        lines = [one.related[0].span.line - first for one in problems]
        assert [written[line] for line in lines] == [other for _, _, other in expected]
