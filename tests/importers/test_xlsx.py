"""Excel files: a sheet is a heading with its rows, and cells say what they show."""

from __future__ import annotations

import io
import zipfile

import pytest

from dutybook.importers import reading
from dutybook.importers.base import ImportFileError
from tests.importers.made_files import FORMULA, excel, zipped
from tests.importers.manuals import read, shape


def test_a_sheet_a_position() -> None:
    rows = [
        ["岗位名称", "柜员"],
        ["所属部门", "营业部"],
        ["岗位职责", "1、办理现金收付。\n2、保管凭证。"],
    ]
    manual = read(excel(rows), "手册.xlsx")
    assert shape(manual) == [("柜员", [("1", []), ("2", [])])]
    assert manual.drafts[0].data["unit"] == "营业部"


def test_a_sheet_names_the_position() -> None:
    rows = [
        ["序号", "概述", "描述", "频次"],
        ["1", "现金", "办理现金收付。", "每日"],
        ["2", "凭证", "保管凭证。", ""],
    ]
    manual = read(excel(rows, "柜员"), "手册.xlsx")
    assert shape(manual) == [("柜员", [("1", []), ("2", [])])]
    assert manual.drafts[0].data["duties"][0]["title"] == "现金"


def test_a_formula_without_value_is_told() -> None:
    raw = excel([["一"]])
    with zipfile.ZipFile(io.BytesIO(raw)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    parts["xl/worksheets/sheet1.xml"] = FORMULA.encode()
    with pytest.raises(ImportFileError, match="formula"):
        list(reading.blocks(zipped(parts), "手册.xlsx", None))
