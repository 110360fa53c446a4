"""W004: near-duplicates within a role and across roles, a finding a group, in near-linear time."""

from __future__ import annotations

from random import Random
from typing import Any

import pytest
import rapidfuzz

from dutybook.problems import Problem
from dutybook.rules import facts, near_duplicate
from dutybook.rules.base import Facts, Owned, Whole
from tests.checking import book, check, found, place, role

TEXT = "保管重要空白凭证和印章，每日营业终了核对数量并登记。"
COMMON = "的一是了我不人在他有这上们来到时大地为子中你说生国年着就那和要她出也得里后自以会家可下而过天去能对小多"
OTHER = "领用空白凭证时登记号码，用毕交还出纳并由主管签收。"


def duty(name: str, text: str, involvement: str = "responsible") -> str:
    return f"  - {{id: {name}, title: {name}, text: {text}, involvement: {involvement}}}\n"


def roles(*texts: str, involvement: str = "responsible") -> dict[str, str]:
    names = "abcdefghijklmnop"
    return book(
        *(
            role(
                name,
                name,
                duties=duty("x", OTHER.replace("出纳", name * 9)) + duty("y", text, involvement),
            )
            for name, text in zip(names, texts, strict=False)
        )
    )


def groups(texts: dict[str, str]) -> list[Problem]:
    return found(check(texts), "W004")


@pytest.mark.parametrize(
    "change",
    [
        ("。", ""),
        ("数量", "数目"),
        ("，", "、"),
        ("每日", "每天"),
        ("保管重要", "保管 重要"),
        ("终了", "終了"),
    ],
)
def test_texts_that_say_nearly_the_same(change: tuple[str, str]) -> None:
    (one,) = groups(roles(TEXT, TEXT.replace(*change)))
    assert place(one) == ("roles/b.yaml", 5, 20)
    assert one.message == "1 duty says nearly the same: a（2）."
    assert [(other.path, other.span.line, other.span.column) for other in one.related] == [
        ("roles/a.yaml", 5, 20)
    ]


@pytest.mark.parametrize(
    "texts",
    [
        (TEXT, OTHER),
        (TEXT, TEXT + "发现差错立即报告运营主管并查明原因。"),
        ("收付现金。", "收付现金。"),  # too short to say much
    ],
)
def test_texts_that_say_something_else(texts: tuple[str, str]) -> None:
    assert groups(roles(*texts)) == []


@pytest.mark.parametrize("involvement", ["accountable", "responsible"])
def test_owners(involvement: str) -> None:
    assert len(groups(roles(TEXT, TEXT, involvement=involvement))) == 1


@pytest.mark.parametrize("involvement", ["review", "approve", "supervise", "support", "inform"])
def test_who_owns_nothing_may_say_the_same(involvement: str) -> None:
    assert groups(roles(TEXT, TEXT, involvement=involvement)) == []


def test_a_group_is_one_finding_at_its_last_duty() -> None:
    changed = [
        TEXT,
        TEXT.replace("数量", "数目"),
        TEXT.replace("登记", "记录"),
        TEXT,
        TEXT,
        TEXT,
        TEXT,
    ]
    (one,) = groups(roles(*changed))
    assert place(one)[0] == "roles/g.yaml"
    assert one.message == "6 duties say nearly the same: a（2）, b（2）, c（2）, d（2）, e（2） …."
    assert len(one.related) == 5


def test_groups_are_told_apart() -> None:
    texts = {**roles(TEXT, OTHER, TEXT, OTHER)}
    assert [place(one)[0] for one in groups(texts)] == ["roles/c.yaml", "roles/d.yaml"]


def test_within_one_role() -> None:
    text = role(duties=duty("x", TEXT) + duty("y", TEXT.replace("数量", "数目")))
    (one,) = groups(book(text))
    assert place(one) == ("roles/teller.yaml", 5, 20)
    assert one.duty == "y"
    assert groups(book(role(duties=duty("x", TEXT)))) == []


@pytest.mark.parametrize("count", [2, 50])  # few are compared each with each, many are not
def test_within_one_role_nobody_need_own_them(count: int) -> None:
    others = "".join(
        duty(f"d{n}", f"第{n}类业务由{COMMON[n] * 20}办理", "support") for n in range(count)
    )
    text = role(
        duties=others
        + duty("x", TEXT, "support")
        + duty("y", TEXT.replace("数量", "数目"), "inform")
    )
    (one,) = groups(book(text))
    assert one.duty == "y"
    texts = book(text, role("head", "主管", duties=duty("z", TEXT)))
    assert [(one.duty, len(one.related)) for one in groups(texts)] == [("y", 1)]
    owned = text.replace("support}\n  - {id: y", "responsible}\n  - {id: y")
    (one,) = groups(book(owned, role("zoo", "主管", duties=duty("z", TEXT))))
    assert (one.role, len(one.related)) == ("zoo", 2)


def test_items_count_as_the_text_of_their_duty() -> None:
    items = (
        "  - id: y\n    title: y\n    items:\n"
        "      - {text: 保管重要空白凭证和印章, involvement: accountable}\n"
        "      - 每日营业终了核对数量并登记。\n"
    )
    texts = book(role("a", "a", duties=duty("x", TEXT)), role("b", "b", duties=items))
    (one,) = groups(texts)
    assert place(one) == ("roles/b.yaml", 5, 12)


def whole(count: int, same: str = "") -> Whole:
    """Return a book of so many duties, each of its own words around some that all share."""
    random = Random(count)
    characters = [chr(code) for code in range(0x4E00, 0x5200)]
    texts = ["".join(random.choices(characters, k=40)) + same for _ in range(count)]
    return Whole(
        tuple(
            Facts(f"roles/r{n}.yaml", f"r{n}", True, owned=[Owned(0, text, facts.sketch(text))])
            for n, text in enumerate(texts)
        )
    )


@pytest.mark.parametrize("same", ["", "，做到日清日结，账实相符"])
def test_the_number_of_comparisons_grows_with_the_number_of_duties(
    same: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    compared = 0
    ratio = rapidfuzz.fuzz.ratio

    def counted(*arguments: Any, **more: Any) -> float:
        nonlocal compared
        compared += 1
        return ratio(*arguments, **more)

    monkeypatch.setattr(rapidfuzz.fuzz, "ratio", counted)
    counts = []
    for size in (500, 1000, 2000):
        compared = 0
        assert list(near_duplicate.finish(whole(size, same))) == []
        assert compared <= size * 3 * near_duplicate._NEIGHBOURS
        counts.append(compared)
    if same:
        assert counts[0] > 0
        assert counts[2] < counts[0] * 8  # 16 where every pair is compared
    else:
        assert counts[2] < 2000


def test_a_thousand_copies_are_one_group() -> None:
    copies = tuple(
        Facts(f"roles/r{n}.yaml", f"r{n}", True, owned=[Owned(0, TEXT, facts.sketch(TEXT))])
        for n in range(1000)
    )
    (one,) = near_duplicate.finish(Whole(copies))
    assert one.path == "roles/r999.yaml"
    assert one.message.startswith("999 duties")
