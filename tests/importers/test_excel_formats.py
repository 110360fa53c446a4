"""What numbers in cells of Excel are shown as."""

from __future__ import annotations

import pytest

from dutybook.importers.excel_formats import BUILT_IN, shown


@pytest.mark.parametrize(
    ("value", "code", "expected"),
    [
        ("0.4", "0%", "40%"),
        ("0.125", "0.00%", "12.50%"),
        ("0.125", "0.0#%", "12.5%"),
        ("50000", "#,##0.00", "50,000.00"),
        ("50000", "#,##0", "50,000"),
        ("-1234.5", "#,##0.0", "-1,234.5"),
        ("7", "000", "007"),
        ("7", '"GY-"00', "GY-07"),
        ("3", '0"名"', "3名"),
        ("3", "0\\名", "3名"),
        ("20", '[Red]0"万元";[Blue]-0"万元"', "20万元"),
        ("1", "0_ ", "1"),
        ("0.5", ".00", "0.50"),
        ("1.10", "", "1.1"),
        ("3", "General", "3"),
        ("3", "@", "3"),
        ("1e3", "", "1000"),
        ("0.1", "", "0.1"),
        ("45292", "yyyy-mm-dd", "2024-01-01"),
        ("45292", 'yyyy"年"m"月"d"日"', "2024-01-01"),
        ("45292.354166666664", "yyyy-mm-dd h:mm", "2024-01-01 08:30"),
        ("0.3541666666666667", "h:mm", "08:30"),
        ("-1", "yyyy-mm-dd", "-1"),
        ("1e9", "yyyy-mm-dd", "1000000000"),
        ("十", "0%", "十"),
        ("123456789012345678", "", "123456789012345678"),
    ],
)
def test_a_number_is_shown_as_its_format_says(value: str, code: str, expected: str) -> None:
    assert shown(value, code) == expected


def test_built_in_formats_of_dates() -> None:
    assert shown("45292", BUILT_IN[14]) == shown("45292", BUILT_IN[57]) == "2024-01-01"
