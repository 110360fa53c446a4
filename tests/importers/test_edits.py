"""Changes of values in data, and those that two states of it ask for."""

from __future__ import annotations

from typing import Any

import pytest

from dutybook.importers.edits import Edit, Insert, Put, Remove, came, changed, of_keys


@pytest.mark.parametrize(
    ("edits", "after"),
    [
        ((Put(("a",), "1"), Put(("c",), "2")), {"a": "1", "b": ["x", "y", "z"], "c": "2"}),
        ((Remove(("a",)),), {"b": ["x", "y", "z"]}),
        ((Remove(("b", 0)), Put(("b", 2), "w")), {"a": {}, "b": ["y", "w"]}),
        ((Insert(("b",), 1, "w"), Remove(("b", 1))), {"a": {}, "b": ["x", "w", "z"]}),
        (
            (Insert(("b",), -1, "v"), Insert(("b",), -1, "w")),
            {"a": {}, "b": ["v", "w", "x", "y", "z"]},
        ),
        ((Remove(("a",)), Put(("a", "d"), "u")), {"b": ["x", "y", "z"]}),
        ((Put(("a", "d"), ["u"]),), {"a": {"d": ["u"]}, "b": ["x", "y", "z"]}),
    ],
)
def test_routes_of_edits_are_those_before_any_of_them(edits: tuple[Edit, ...], after: Any) -> None:
    data = {"a": {}, "b": ["x", "y", "z"]}
    assert changed(data, edits) == after
    assert data == {"a": {}, "b": ["x", "y", "z"]}


@pytest.mark.parametrize(
    ("old", "wanted", "edits"),
    [
        ({"a": "1"}, {"a": "1"}, []),
        ({"a": "甲 乙"}, {"a": "甲乙"}, []),
        ({"a": "1"}, {"a": "2"}, [Put(("x", "a"), "2")]),
        ({}, {"a": "2"}, [Put(("x", "a"), "2")]),
        ({"a": "1"}, {}, [Remove(("x", "a"))]),
        ({"a": []}, {}, []),
        ({"a": ["1"]}, {"a": []}, [Remove(("x", "a"))]),
    ],
)
def test_keys_get_the_values_that_are_wanted(
    old: dict[str, Any], wanted: dict[str, Any], edits: list[Edit]
) -> None:
    assert list(of_keys(("x",), old, wanted, ["a"])) == edits


def test_a_number_is_followed_to_the_letter() -> None:
    edits = list(of_keys((), {"label": "1"}, {"label": "１"}, ["label"]))
    assert edits == [Put(("label",), "１")]


@pytest.mark.parametrize(
    ("olds", "news", "pairs", "edits"),
    [
        ([], ["甲"], {}, [Put(("x",), ["甲"])]),
        ([], [], {}, []),
        (["甲"], ["甲", "乙"], {0: 0}, [Insert(("x",), 0, "乙")]),
        (["甲"], ["乙", "甲"], {1: 0}, [Insert(("x",), -1, "乙")]),
        (["甲", "丙"], ["丙", "甲", "乙"], {0: 1, 1: 0}, [Insert(("x",), 1, "乙")]),
    ],
)
def test_what_is_new_comes_after_what_it_stands_after(
    olds: list[str], news: list[str], pairs: dict[int, int], edits: list[Edit]
) -> None:
    assert list(came(("x",), olds, news, pairs)) == edits
