"""N002: numbers left out, in every style, unless `source.missing` owns up to them."""

from __future__ import annotations

import pytest

from tests.checking import TELLER, check, found, itemized, labelled, place

GAPS: list[tuple[str, list[tuple[int, str]]]] = [
    ("1 2 3", []),
    ("1 2 4", [(6, "3")]),
    ("2 3", [(4, "1")]),
    ("1 5", [(5, "2, 3, 4")]),
    ("1 3 5", [(5, "2"), (6, "4")]),
    ("1 7", [(5, "2, 3, 4, 5, 6")]),
    ("1 8", [(5, "2, 3, 4, 5, 6 …")]),
    ("0 1", []),
    ("01 02 04", [(6, "3")]),
    ("１ ３", [(5, "2")]),
    ("a b d", [(6, "c")]),
    ("A C", [(5, "B")]),
    ("① ③", [(5, "②")]),
    ("⑳ ㉒", [(4, "①, ②, ③, ④, ⑤ …"), (5, "㉑")]),
    ("⑴ ⑶", [(5, "⑵")]),
    ("一 二 四", [(6, "三")]),
    ("八 九 十一", [(4, "一, 二, 三, 四, 五 …"), (6, "十")]),
    ("甲 丙", [(5, "乙")]),
    ("i ii iv", [(6, "iii")]),
    ("I III", [(5, "II")]),
    ("i", []),
    ("i v", [(5, "ii, iii, iv")]),
    ("b c", [(4, "a")]),
    # of decimals the last number counts, below the same ones
    ("1.1 1.2 1.4", [(6, "1.3")]),
    ("1.1 1.2 2.1 2.3", [(7, "2.2")]),
    ("1.2", [(4, "1.1")]),
    ("1 1.1 1.1.1 1.1.3 1.3 2", [(7, "1.1.2"), (8, "1.2")]),
    ("1.9 1.10", [(4, "1.1, 1.2, 1.3, 1.4, 1.5 …")]),
    # what stands elsewhere in the list is out of order, not missing
    ("1 3 2", []),
    ("1 5 2 3", [(5, "4")]),
    ("3 2 1", []),
    ("1 1 2", []),
    # styles have nothing to do with one another, and what counts nothing is passed over
    ("1 a 2 b ① ② 一 二", []),
    ("1 附 2", []),
    ("x、 z、", []),
]


@pytest.mark.parametrize(("labels", "expected"), GAPS, ids=[labels for labels, _ in GAPS])
def test_gaps(labels: str, expected: list[tuple[int, str]]) -> None:
    for text, first, column in ((labelled(labels), 4, 21), (itemized(labels), 7, 17)):
        problems = found(check(text), "N002")
        assert [(place(one), one.message) for one in problems] == [
            ((TELLER, line - 4 + first, column), f"Missing before this number: {missing}.")
            for line, missing in expected
        ]


@pytest.mark.parametrize(
    ("labels", "missing", "expected"),
    [
        ("1 3", "2", ""),
        ("1 4", "2", "3"),
        ("1 4", "2 3", ""),
        ("3", "1 2", ""),
        ("1 3", "02", ""),
        ("1 3", "２", ""),
        ("1 3", "二 b ② 1.2", "2"),
        ("① ④", "② ③", ""),
        ("一 十二", "二 三 四 五 六 七 八 九 十 十一", ""),
        ("i iv", "ii iii", ""),
        ("ii", "i", ""),
        ("1.1 1.3", "1.2", ""),
        ("1 9", "2 3 8", "4, 5, 6, 7"),
        ("1 2", "3 7", ""),
    ],
)
def test_what_the_source_itself_leaves_out(labels: str, missing: str, expected: str) -> None:
    owned = ", ".join(f"'{label}'" for label in missing.split())
    problems = found(check(labelled(labels) + f"source: {{missing: [{owned}]}}\n"), "N002")
    assert [one.message for one in problems] == [
        f"Missing before this number: {labels}." for labels in filter(None, [expected])
    ]


def test_duties_own_up_for_themselves_alone() -> None:
    (one,) = found(check(itemized("1 3") + "source: {missing: ['2']}\n"), "N002")
    assert "dutybook: ignore N002" in one.hint
    (one,) = found(check(labelled("1 3")), "N002")
    assert "source.missing" in one.hint


def test_great_numbers_are_no_trouble() -> None:
    """Listing all that is missing before each of these would take minutes."""
    labels = " ".join(f"{number}.99999" for number in range(1, 5000))
    assert len(found(check(itemized(labels)), "N002")) == 4999
    assert len(found(check(itemized(f"1 {'c' * 100_000}")), "N002")) == 0
