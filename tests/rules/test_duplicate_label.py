"""N001: the same number twice, of duties and of items."""

from __future__ import annotations

import pytest

from dutybook.problems import Related, Span
from tests.checking import TELLER, check, found, itemized, labelled, place, role


@pytest.mark.parametrize(
    ("labels", "lines"),
    [
        ("1 2 3", []),
        ("1 2 2", [6]),
        ("1 1 1", [5, 6]),
        ("1 2 1 2", [6, 7]),
        ("a b a", [6]),
        ("① ② ①", [6]),
        ("十 十一 十", [6]),
        ("1.2 1.20 1.2", [6]),
        ("x、 x、", [5]),
        # the same number in another width or with a nought before it
        ("1 １", [5]),
        ("1 01", [5]),
        # other styles, other cases
        ("1 ① 一 a A i I ⑴", []),
        ("1.1 1.10", []),
    ],
)
def test_labels(labels: str, lines: list[int]) -> None:
    for text, first, column in ((labelled(labels), 4, 21), (itemized(labels), 7, 17)):
        problems = found(check(text), "N001")
        assert [place(one) for one in problems] == [
            (TELLER, line - 4 + first, column) for line in lines
        ]


def test_the_first_is_named() -> None:
    (one,) = found(check(labelled("7 8 7")), "N001")
    assert one.message == "The number 7 is there twice."
    assert one.related == (Related(TELLER, Span(4, 21, 4, 24)),)
    assert one.duty == "d3"


def test_items_of_different_duties_may_have_the_same_labels() -> None:
    duty = "  - {{id: {0}, label: '{1}', title: 业务, items: [{{label: a, text: 办理{0}。}}]}}\n"
    assert not found(check(role(duties=duty.format("x", 1) + duty.format("y", 2))), "N")
