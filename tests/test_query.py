"""The language of searches: what it means, and what it says of what means nothing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dutybook import query
from dutybook.errors import UsageError


def meant(text: str) -> tuple[list[list[tuple[str, str]]], list[tuple[str, str]]]:
    """Return the groups and the exclusions of a query, each term as (kind, value)."""
    parsed = query.parse(text)
    groups = [[(term.kind, term.value) for term in group] for group in parsed.groups]
    return groups, [(term.kind, term.value) for term in parsed.excluded]


@pytest.mark.parametrize(
    ("text", "groups", "excluded"),
    [
        ("反洗钱", [[("word", "反洗钱")]], []),
        ("客户 经理", [[("word", "客户")], [("word", "经理")]], []),
        ("客户\u3000经理", [[("word", "客户")], [("word", "经理")]], []),
        ("客户 客户 -a -a", [[("word", "客户")]], [("word", "a")]),
        ('"客户 经理"', [[("phrase", "客户 经理")]], []),
        ("“客户 经理”", [[("phrase", "客户 经理")]], []),
        ("＂客户 经理＂", [[("phrase", "客户 经理")]], []),
        ("“客户 经理\"", [[("phrase", "客户 经理")]], []),
        ("客户“经理”", [[("word", "客户")], [("phrase", "经理")]], []),
        ("客户 -经理", [[("word", "客户")]], [("word", "经理")]),
        ("客户 －经理", [[("word", "客户")]], [("word", "经理")]),
        ("客户 -“大堂 经理”", [[("word", "客户")]], [("phrase", "大堂 经理")]),
        ("客户 -标签：会议", [[("word", "客户")]], [("tag", "会议")]),
        ("anti-money - x", [[("word", "anti-money")], [("word", "-")], [("word", "x")]], []),
        ("a OR b", [[("word", "a"), ("word", "b")]], []),
        ("a OR b OR c d", [[("word", "a"), ("word", "b"), ("word", "c")], [("word", "d")]], []),
        ("a b OR c", [[("word", "a")], [("word", "b"), ("word", "c")]], []),
        ("a ＯＲ b", [[("word", "a"), ("word", "b")]], []),
        ("a or b", [[("word", "a")], [("word", "or")], [("word", "b")]], []),
        ("“OR”", [[("phrase", "OR")]], []),
        ("tag:反洗钱", [[("tag", "反洗钱")]], []),
        ("TAG:反洗钱", [[("tag", "反洗钱")]], []),
        ("标签：反洗钱", [[("tag", "反洗钱")]], []),
        ("标签:“内控 合规”", [[("tag", "内控 合规")]], []),
        ("岗位:客户经理", [[("role", "客户经理")]], []),
        ("单位：营业室", [[("unit", "营业室")]], []),
        ("系统:PCRM", [[("system", "PCRM")]], []),
        ("频次:每日", [[("cadence", "daily")]], []),
        ("频次：不定期", [[("cadence", "ad-hoc")]], []),
        ("cadence:daily", [[("cadence", "daily")]], []),
        ("参与:复核", [[("involvement", "review")]], []),
        ("involvement:Reviews", [[("involvement", "review")]], []),
        ("配合:柜员", [[("counterpart", "柜员")]], []),
        ("role:a OR role:b", [[("role", "a"), ("role", "b")]], []),
        ("9:30", [[("word", "9:30")]], []),
        (".*[a](b)\\d+$", [[("word", ".*[a](b)\\d+$")]], []),
    ],
)  # fmt: skip
def test_a_query_means(
    text: str, groups: list[list[tuple[str, str]]], excluded: list[tuple[str, str]]
) -> None:
    assert meant(text) == (groups, excluded)


@pytest.mark.parametrize(
    ("text", "message", "caret"),
    [
        ("客户 “经理", "not closed", "客户 “经理\n       ^"),
        ('a "b', "not closed", 'a "b\n    ^'),
        ("a “”", "nothing between", "a “”\n    ^^"),
        ("a “ ”", "nothing between", "a “ ”\n    ^^^"),
        ("客户 tga:x", "no filter tga", "客户 tga:x\n       ^^^"),
        ("标笺：x", "no filter 标笺", "标笺：x\n  ^^^^"),
        ("客户 tag:", "no value", "客户 tag:\n       ^^^^"),
        ("tag: x", "no value", "tag: x\n  ^^^^"),
        ("频次:天天", "cadence cannot be 天天", "频次:天天\n       ^^^^"),
        ("OR", "OR stands between", "OR\n  ^^"),
        ("a OR", "OR stands between", "a OR\n    ^^"),
        ("OR a", "OR stands between", "OR a\n  ^^"),
        ("a OR OR b", "OR stands between", "a OR OR b\n    ^^"),
        ("a OR -b", "OR stands between", "a OR -b\n    ^^"),
        ("-a OR b", "OR stands between", "-a OR b\n     ^^"),
    ],
)
def test_what_means_nothing_is_pointed_at(text: str, message: str, caret: str) -> None:
    with pytest.raises(UsageError) as caught:
        query.parse(text)
    assert message in caught.value.message
    assert caught.value.message.endswith(f"\n  {caret}")


@pytest.mark.parametrize("text", ["", " ", "\u3000", "\t\n"])
def test_an_empty_query(text: str) -> None:
    with pytest.raises(UsageError, match="The query is empty"):
        query.parse(text)


def test_only_exclusions() -> None:
    with pytest.raises(UsageError, match="not to be found"):
        query.parse("-客户 -tag:会议")


def test_a_filter_is_a_query() -> None:
    assert query.parse("", {"tag": "反洗钱"}).groups == ((query.Term("tag", "反洗钱"),),)
    assert len(query.parse("客户 -经理", {"unit": "a", "role": "b"}).groups) == 3


def test_the_nearest_filter_is_named() -> None:
    with pytest.raises(UsageError) as caught:
        query.parse("tga:x")
    assert "Did you mean tag:?" in caught.value.hint
    with pytest.raises(UsageError) as caught:
        query.parse("qqqqqq:x")
    assert "counterpart: (配合：)" in caught.value.hint


def test_a_long_query_is_shown_around_the_place() -> None:
    with pytest.raises(UsageError) as caught:
        query.parse("客" * 5000 + ' "' + "户" * 5000)
    lines = caught.value.message.split("\n")
    assert all(len(line) < 150 for line in lines)
    assert lines[1].startswith("  …")
    assert lines[1].endswith("…")


@given(st.text(max_size=40))
def test_any_text_is_a_query_or_a_usage_error(text: str) -> None:
    try:
        found = query.parse(text)
    except UsageError:
        pass
    else:
        assert found.groups
        assert all(text[term.start : term.end].strip() for term in found.terms)
