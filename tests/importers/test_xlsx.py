"""Excel files: a sheet is a heading with its rows, and cells say what they show."""

from __future__ import annotations

import io
import zipfile

import pytest
import xlsxwriter

from dutybook.importers import reading
from dutybook.importers.base import ImportFileError, Reason
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


def _with(raw: bytes, part: str, content: str | None) -> bytes:
    with zipfile.ZipFile(io.BytesIO(raw)) as package:
        parts: dict[str, str | bytes] = {name: package.read(name) for name in package.namelist()}
    parts[part] = content or ""
    return zipped({name: text for name, text in parts.items() if text})


SHEET = (
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    '<row r="1"><c r="A1" t="{kind}"><v>{value}</v></c></row></sheetData></worksheet>'
)


@pytest.mark.parametrize(
    "raw",
    [
        _with(excel([["一"]]), "xl/worksheets/sheet1.xml", None),
        _with(excel([["一"]]), "xl/worksheets/sheet1.xml", SHEET.format(kind="s", value=9)),
        _with(excel([["一"]]), "xl/worksheets/sheet1.xml", SHEET.format(kind="s", value="x")),
    ],
)
def test_a_file_that_lacks_a_part_is_damaged(raw: bytes) -> None:
    with pytest.raises(ImportFileError, match="damaged"):
        list(reading.blocks(raw, "手册.xlsx", None))


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("甲_x000D_乙", "甲\r乙"),
        ("_xD83D__xDE00_", "\U0001f600"),
        ("_xD83D_", "\ufffd"),
        ("a_x", "a_x"),
    ],
)
def test_characters_that_excel_writes_out(value: str, expected: str) -> None:
    raw = _with(excel([["一"]]), "xl/worksheets/sheet1.xml", SHEET.format(kind="str", value=value))
    assert [
        block.cells[0].text for block in reading.blocks(raw, "手册.xlsx", None) if block.cells
    ] == [expected]


def test_a_number_is_read_as_it_is_shown() -> None:
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        page = book.add_worksheet("柜员")
        page.write_row(0, 0, ["序号", "职责", "权重"])
        page.write_row(1, 0, [1, "收付现金。"])
        page.write(1, 2, 0.4, book.add_format({"num_format": "0%"}))
        page.write_row(2, 0, [2, "保管凭证。"])
        page.write(2, 2, 0.6, book.add_format({"num_format": "0%"}))
    (draft,) = read(file.getvalue(), "手册.xlsx").drafts
    assert draft.data["duties"][0]["text"] == "收付现金。\n权重：40%"


def test_a_sheet_ends_the_position_before_it() -> None:
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        for name, role in (("零售部", "客户经理"), ("营运部", "柜员")):
            page = book.add_worksheet(name)
            page.write_row(0, 0, ["岗位", "职责"])
            page.write_row(1, 0, [role, "1、受理业务。"])
    manual = read(file.getvalue(), "手册.xlsx")
    assert [(draft.title, draft.data["unit"]) for draft in manual.drafts] == [
        ("客户经理", "零售部"),
        ("柜员", "营运部"),
    ]


def test_what_a_sheet_about_no_position_says_is_not_understood() -> None:
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        page = book.add_worksheet("柜员")
        page.write_column(0, 0, ["岗位说明书", "1、收付现金。", "2、保管凭证。"])
        page = book.add_worksheet("修订记录")
        page.write_row(0, 0, ["日期", "内容"])
        page.write_row(1, 0, ["2024-01-15", "1、新增柜员；2、修改主管职责"])
    manual = read(file.getvalue(), "手册.xlsx")
    assert shape(manual) == [("柜员", [("1", []), ("2", [])])]


ODD = (
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    '<row><c t="str"><v>甲</v></c><c/><c t="str"><v>乙</v></c></row></sheetData></worksheet>'
)


def test_cells_without_a_place_stand_one_after_the_other() -> None:
    raw = _with(excel([["一"]]), "xl/worksheets/sheet1.xml", ODD)
    (row,) = (block for block in reading.blocks(raw, "手册.xlsx", None) if block.cells)
    assert [cell.text for cell in row.cells] == ["甲", "", "乙"]


def test_a_hidden_sheet_is_listed_only() -> None:
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        book.add_worksheet("柜员").write_column(
            0, 0, ["岗位职责", "1、收付现金。", "2、保管凭证。"]
        )
        hidden = book.add_worksheet("旧版")
        hidden.write_row(0, 0, ["会计", "1、记账。"])
        hidden.hide()
    manual = read(file.getvalue(), "手册.xlsx")
    assert shape(manual) == [("柜员", [("1", []), ("2", [])])]
    assert [(one.text, one.reason) for one in manual.dropped if one.reason is Reason.HIDDEN] == [
        ("会计 1、记账。", Reason.HIDDEN)
    ]


def test_comments_on_cells_are_listed_only() -> None:
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        page = book.add_worksheet("柜员")
        page.write_column(0, 0, ["岗位职责", "1、收付现金。"])
        page.write_comment("A2", "请核对。")
    (one,) = (
        block
        for block in reading.blocks(file.getvalue(), "手册.xlsx", None)
        if block.kind == "comment"
    )
    assert (one.text, one.place.cell) == ("请核对。", "A2")


def test_the_main_part_may_have_another_name() -> None:
    with zipfile.ZipFile(io.BytesIO(excel([["岗位", "职责"], ["柜员", "收付现金。"]]))) as package:
        parts: dict[str, str | bytes] = {name: package.read(name) for name in package.namelist()}
    for name in ("xl/workbook.xml", "xl/_rels/workbook.xml.rels"):
        parts[name.replace("workbook", "book")] = parts.pop(name)
    for name in ("_rels/.rels", "[Content_Types].xml"):
        parts[name] = bytes(parts[name]).replace(b"workbook.xml", b"book.xml")  # type: ignore[arg-type]
    assert [draft.title for draft in read(zipped(parts), "手册.xlsx").drafts] == ["柜员"]
