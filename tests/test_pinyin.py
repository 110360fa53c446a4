"""Names as they are typed in Latin letters."""

from __future__ import annotations

from itertools import product

import pytest

from dutybook.pinyin import first_letters, matches, readings


@pytest.mark.parametrize(
    ("name", "groups"),
    [
        ("柜", [{"gui", "ju"}]),
        ("支 行\u3000", [{"zhi"}, {"hang", "xing"}]),
        ("kyc岗", [*[{letter} for letter in "kyc"], {"gang"}]),
        ("b角", [{"b"}, {"jiao", "jue"}]),
        ("a|b", [{"a"}, {"b"}]),  # the mark between readings is none
        ("", [{""}]),
    ],
)
def test_readings(name: str, groups: list[set[str]]) -> None:
    found = [set(group.split("|")) for group in readings(name).split(" ")]
    assert len(found) == len(groups)
    assert all(expected <= group for expected, group in zip(groups, found, strict=True))


@pytest.mark.parametrize(
    ("query", "name", "whole", "part"),
    [
        ("zhihang", "支行", True, True),
        ("zhixing", "支行", True, True),
        ("zh", "支行", True, True),  # both first letters, or the beginning
        ("zhih", "支行", True, True),
        ("zxing", "支行", True, True),
        ("zhiha", "支行", False, True),
        ("zhi", "支行", False, True),
        ("hang", "支行", False, False),
        ("zhihangx", "支行", False, False),
        ("chaoyangzhihang", "朝阳支行", True, True),
        ("zhaoyangzhihang", "朝阳支行", True, True),
        ("khjl", "客户经理", True, True),
        ("kehujl", "客户经理", True, True),
        ("kyc", "kyc岗", False, True),
        ("kycg", "kyc岗", True, True),
        ("", "柜员", False, True),
        ("ab", "a|b", True, True),
        ("x", "|", False, False),
        ("x", "", False, False),
    ],
)
def test_matches(query: str, name: str, whole: bool, part: bool) -> None:
    assert matches(query, readings(name)) is whole
    assert matches(query, readings(name), whole=False) is part


def test_every_mixture_of_readings_and_first_letters_matches() -> None:
    name = readings("银行会计")
    choices = [[form for one in group.split("|") for form in (one, one[0])]
               for group in name.split(" ")]  # fmt: skip
    spellings = {"".join(forms) for forms in product(*choices)}
    assert "yinhangkuaiji" in spellings
    assert [spelling for spelling in spellings if not matches(spelling, name)] == []


@pytest.mark.parametrize(
    ("name", "letters"), [("行长", {"h", "x"}), ("kyc", {"k"}), ("支行", {"z"}), ("", set())]
)
def test_first_letters(name: str, letters: set[str]) -> None:
    found = first_letters(readings(name))
    assert letters <= set(found) <= set("bcdfghjklmnpqrstwxyzae")
    assert list(found) == sorted(set(found))
    assert letters or not found
