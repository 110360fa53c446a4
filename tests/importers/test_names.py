"""What positions are called, and which a name means in a department."""

from __future__ import annotations

import pytest

from dutybook.importers.names import Names


@pytest.fixture
def names() -> Names:
    made = Names()
    made.add(["主管", "运营主管"], "ops-head", "运营部")
    made.add(["主管"], "retail-head", "个金部")
    made.add(["柜员"], "teller", "运营部")
    made.add(["行长"], "president", "")
    return made


@pytest.mark.parametrize(
    ("name", "unit", "found"),
    [
        ("主管", "运营部", ["ops-head"]),
        ("主管", "個金部", ["retail-head"]),
        ("主管", "", ["ops-head", "retail-head"]),
        ("主管", "办公室", ["ops-head", "retail-head"]),
        ("运营主管", "个金部", ["ops-head"]),
        ("柜员", "个金部", ["teller"]),
        (" 行长。", "个金部", ["president"]),
        ("保安", "个金部", []),
    ],
)
def test_a_name_means_the_position_of_its_own_department_first(
    names: Names, name: str, unit: str, found: list[str]
) -> None:
    assert names.find(name, unit) == found


def test_texts_may_name_what_one_position_alone_is_called(names: Names) -> None:
    ops, office = names.known("运营部", ()), names.known("办公室", ())
    assert ops.positions["主管"] == "ops-head"
    assert "主管" not in office.positions
    assert office.positions["运营主管"] == "ops-head"


def test_the_first_name_is_the_title(names: Names) -> None:
    assert names.titles["ops-head"] == "主管"
