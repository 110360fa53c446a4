"""Word, Excel, CSV and PDF files made here are read alike; bad ones are refused in words."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

import docx
import pytest
import xlsxwriter
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from dutybook.importers import parser, reading
from dutybook.importers.base import ImportFileError, Manual
from tests.importers.manuals import lost, shape, text_of

NUMBERING = """
<w:numbering {ns}><w:abstractNum w:abstractNumId="7">
<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCountingThousand"/><w:lvlText w:val="%1、"/></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="（%2）"/></w:lvl>
<w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="decimalEnclosedCircle"/><w:lvlText w:val="%3"/></w:lvl>
</w:abstractNum><w:num w:numId="9"><w:abstractNumId w:val="7"/></w:num></w:numbering>
"""


def numbered(document: docx.document.Document, text: str, level: int) -> None:
    paragraph = document.add_paragraph(text)
    properties = paragraph._p.get_or_add_pPr()
    properties.append(
        parse_xml(
            f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{level}"/><w:numId w:val="9"/></w:numPr>'
        )
    )


def word_manual(instead: Mapping[str, str] = MappingProxyType({})) -> bytes:
    """Return a manual as Word saves it: automatic numbers, a tracked change, a form in a table.

    `instead` has words for some of those that stand in it.
    """
    document = docx.Document()
    part = document.part.numbering_part
    fresh = parse_xml(NUMBERING.format(ns=nsdecls("w")))
    for child in list(part._element):
        part._element.remove(child)
    for child in list(fresh):
        part._element.append(child)
    document.add_heading("营业网点岗位手册", 0)
    numbered(document, "客户经理", 0)
    numbered(document, "客户维护：维护管户客户的关系。", 1)
    numbered(document, "新客户拓展", 1)
    numbered(document, "获取新客户的线索。", 2)
    numbered(document, "每周走访一次。", 2)
    numbered(document, "大堂经理", 0)
    numbered(document, "负责引导客户。", 1)
    changed = document.add_paragraph()
    changed._p.append(
        parse_xml(
            f'<w:ins {nsdecls("w")} w:id="1" w:author="甲"><w:r><w:t>补充说明：随时巡视大堂。</w:t></w:r></w:ins>'
        )
    )
    changed._p.append(
        parse_xml(
            f'<w:del {nsdecls("w")} w:id="2" w:author="甲"><w:r><w:delText>删去的话。</w:delText></w:r></w:del>'
        )
    )
    document.sections[0].header.paragraphs[0].text = "内部资料"
    table = document.add_table(rows=0, cols=2)
    for name, value in (
        ("岗位名称", "柜员"), ("直接上级", "大堂经理"), ("岗位职责", "1、办理现金收付。\n2、保管凭证。"), ("任职资格", "大学专科以上。"),
    ):  # fmt: skip
        row = table.add_row().cells
        row[0].text, row[1].text = name, value
    for old, new in instead.items():
        for paragraph in document.paragraphs:
            if old in paragraph.text:
                paragraph.text = paragraph.text.replace(old, new)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def excel(rows: list[list[str]], sheet: str = "Sheet1") -> bytes:
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        page = book.add_worksheet(sheet)
        for index, row in enumerate(rows):
            page.write_row(index, 0, row)
    return file.getvalue()


def joined(rows: list[list[str]]) -> bytes:
    return "\n".join(",".join(f'"{cell}"' for cell in row) for row in rows).encode("gb18030")


def read(raw: bytes, name: str) -> Manual:
    blocks = list(reading.blocks(raw, name, None))
    manual = parser.parse(blocks, name.rpartition(".")[0])
    assert not lost(text_of(blocks), manual)
    return manual


def test_word_is_read_as_it_prints() -> None:
    manual = read(word_manual(), "手册.docx")
    assert shape(manual) == [
        ("客户经理", [("一", []), ("二", ["①", "②"])]),
        ("大堂经理", [("一", [])]),
        ("柜员", [("1", []), ("2", [])]),
    ]
    assert "随时巡视大堂" in str(manual.drafts[1].data)
    assert "删去的话" not in str(manual)
    assert manual.drafts[2].names == {"reports_to": ["大堂经理"]}
    assert manual.drafts[2].data["qualifications"] == ["大学专科以上。"]
    assert ("running-head", "内部资料") in [(one.reason.value, one.text) for one in manual.dropped]


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


def test_a_row_a_position() -> None:
    rows = [
        ["岗位名称", "岗位职责", "任职资格"],
        ["柜员", "1、办理现金收付。\n2、保管凭证。", "专科"],
        ["大堂经理", "1、引导客户。", "本科"],
    ]
    manual = read(excel(rows), "手册.xlsx")
    assert shape(manual) == [("柜员", [("1", []), ("2", [])]), ("大堂经理", [("1", [])])]
    assert manual.drafts[1].data["qualifications"] == ["本科"]
    assert shape(read(joined(rows), "手册.csv")) == shape(manual)


def test_a_row_a_duty() -> None:
    rows = [
        ["岗位", "职责编号", "职责名称", "职责内容", "频次"],
        ["柜员", "1", "现金", "收付现金。", "每日"],
        ["", "2", "凭证", "（1）领用；（2）保管。", ""],
        ["大堂经理", "1", "引导", "引导客户。", "每日"],
        ["大堂经理", "2", "秩序", "维护秩序。", ""],
    ]
    for manual in (read(excel(rows), "手册.xlsx"), read(joined(rows), "手册.csv")):
        assert shape(manual) == [
            ("柜员", [("1", []), ("2", ["1", "2"])]),
            ("大堂经理", [("1", []), ("2", [])]),
        ]
        assert manual.drafts[0].data["duties"][0]["cadence_note"] == "每日"


def test_several_columns_of_duties() -> None:
    rows = [
        ["条线", "岗位", "职责1", "职责2"],
        ["运营", "柜员", "收付现金", "保管凭证"],
        ["零售", "大堂经理", "引导客户", ""],
    ]
    assert shape(read(joined(rows), "手册.csv")) == [
        ("柜员", [(None, []), (None, [])]),
        ("大堂经理", [(None, [])]),
    ]


@pytest.mark.parametrize("heading", ["职务", "岗位/职务", "岗位名称（全称）", "岗位\n名称"])
def test_what_a_column_of_positions_may_be_called(heading: str) -> None:
    rows = [
        [heading, "职责及要求"],
        ["柜员", "1、收付现金。\n2、保管凭证。"],
        ["主管", "1、授权。"],
    ]
    assert shape(read(excel(rows), "手册.xlsx")) == [
        ("柜员", [("1", []), ("2", [])]),
        ("主管", [("1", [])]),
    ]


def test_the_name_of_a_field_may_be_broken_inside_its_cell() -> None:
    rows = [["岗位名称", "柜员"], ["岗\n位\n职\n责", "1、收付现金。"], ["任职\n资格", "专科"]]
    (draft,) = read(excel(rows), "手册.xlsx").drafts
    assert [duty["label"] for duty in draft.data["duties"]] == ["1"]
    assert draft.data["qualifications"] == ["专科"]


def test_positions_side_by_side() -> None:
    rows = [
        ["岗位名称", "柜员", "大堂经理"],
        ["职责", "1、收付现金。", "1、引导客户。"],
        ["任职资格", "专科", "本科"],
    ]
    manual = read(excel(rows), "手册.xlsx")
    assert shape(manual) == [("柜员", [("1", [])]), ("大堂经理", [("1", [])])]
    assert manual.drafts[1].data["qualifications"] == ["本科"]


def test_numbered_rows_below_a_field() -> None:
    rows = [
        ["岗位名称", "柜员"],
        ["岗位职责", "1", "收付现金。"],
        ["", "2", "保管凭证。"],
        ["任职资格", "学历", "专科"],
        ["", "经验", "一年"],
    ]
    (draft,) = read(excel(rows), "手册.xlsx").drafts
    assert [duty["label"] for duty in draft.data["duties"]] == ["1", "2"]
    assert draft.data["qualifications"] == ["学历：专科", "经验：一年"]


def test_merged_columns_of_word_keep_their_places() -> None:
    document = docx.Document()
    table = document.add_table(rows=3, cols=3)
    for row, texts in zip(
        table.rows,
        (
            ("岗位", "职责", "任职资格"),
            ("柜员", "1、收付现金。", "专科"),
            ("大堂经理", "1、引导客户。", ""),
        ),
        strict=True,
    ):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    table.rows[2].cells[1].merge(table.rows[2].cells[2])
    file = io.BytesIO()
    document.save(file)
    assert shape(read(file.getvalue(), "手册.docx")) == [
        ("柜员", [("1", [])]),
        ("大堂经理", [("1", [])]),
    ]


def test_pdf_is_read_by_lines() -> None:
    pytest.importorskip("pypdfium2")
    fpdf = pytest.importorskip("fpdf")
    page = fpdf.FPDF()
    page.add_page()
    page.set_font("helvetica", size=12)
    for line in ("Teller", "Duties:", "1. Take and pay cash.", "2. Keep vouchers."):
        page.cell(text=line, new_x="LMARGIN", new_y="NEXT")
    manual = read(bytes(page.output()), "manual.pdf")
    assert shape(manual) == [("Teller", [("1", []), ("2", [])])]
    blank = fpdf.FPDF()
    blank.add_page()
    with pytest.raises(ImportFileError, match="no text"):
        read(bytes(blank.output()), "scan.pdf")


def zipped(parts: dict[str, str | bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return file.getvalue()


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
FORMULA = (
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    '<row r="1"><c r="A1"><f>1+1</f></c></row></sheetData></worksheet>'
)


@pytest.mark.parametrize(
    ("raw", "name", "message"),
    [
        (OLE, "手册.docx", "old format"),
        (OLE, "手册.doc", "old format"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "手册.docx", "password"),
        (word_manual()[:3000], "手册.docx", "damaged"),
        (word_manual(), "手册.xlsx", "Word file"),
        (excel([["一"]]), "手册.docx", "Excel file"),
        (zipped({"word/document.xml": " " * (20 << 20)}), "手册.docx", "safely"),
        (zipped({"word/document.xml": "<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"}), "手册.docx", "entities"),
        (zipped({"a.txt": "b"}), "手册.zip", "neither"),
        (b"PK\x03\x04", "手册.docx", "damaged"),
        (b"%PDF-1.7 broken", "手册.pdf", "damaged"),
        (b"\xef\xbb\xbf<!DOCTYPE html><html>", "手册.xls", "web page"),
        (b"MIME-Version: 1.0\n", "手册.doc", "web page"),
        (b"{\\rtf1\\ansi}", "手册.doc", "RTF"),
        (bytes(range(256)) * 4, "手册.txt", "no text|neither"),
        (b"\xff\xfe\x00", "手册.txt", "no text"),
        (b'a,b\n"c"d,e\n', "手册.csv", "quote"),
        (b"a,b\nc,d,e\n", "手册.csv", "fields"),
        ("岗位".encode("utf-16-le") + b"\xd8", "手册.txt", "no text|neither"),
    ],
)  # fmt: skip
def test_bad_files_are_refused_in_words(raw: bytes, name: str, message: str) -> None:
    with pytest.raises(ImportFileError, match=message):
        list(reading.blocks(raw, name, None))


def test_a_formula_without_value_is_told() -> None:
    raw = excel([["一"]])
    with zipfile.ZipFile(io.BytesIO(raw)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    parts["xl/worksheets/sheet1.xml"] = FORMULA.encode()
    with pytest.raises(ImportFileError, match="formula"):
        list(reading.blocks(zipped(parts), "手册.xlsx", None))


def test_what_is_no_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "leer.txt").write_bytes(b" \n")
    (tmp_path / "bom.txt").write_bytes("\ufeff　\n".encode())
    (tmp_path / "link.txt").symlink_to("/etc/hostname")
    for name, message in (
        ("", "folder"),
        ("leer.txt", "empty"),
        ("bom.txt", "empty"),
        ("link.txt", "link"),
        ("none.txt", "no file"),
    ):
        with pytest.raises(ImportFileError, match=message):
            reading.load(str(tmp_path / name))


def test_a_declared_encoding_must_be_right() -> None:
    text = "柜员岗位职责\n1、办理现金。\n2、保管凭证。"
    for encoding in ("utf-8", "gb18030", "utf-16", "utf-8-sig"):
        blocks = list(reading.blocks(text.encode(encoding), "手册.txt", None))
        assert shape(parser.parse(blocks, "手册")) == [("柜员", [("1", []), ("2", [])])]
    with pytest.raises(ImportFileError, match="not in utf-8"):
        list(reading.blocks(text.encode("gb18030"), "手册.txt", "utf-8"))
    with pytest.raises(ImportFileError, match="no encoding"):
        list(reading.blocks(text.encode(), "手册.txt", "klingon"))


def test_the_name_of_a_file_goes_into_a_role_without_what_no_role_may_hold() -> None:
    assert reading.document("手\u202e册\x1b\n第 二版.docx") == "手册 第 二版"


def test_a_few_control_characters_may_stray_into_a_text() -> None:
    manual = parser.parse(
        list(reading.blocks("柜员岗位职责\n1、收付\x07。".encode(), "a.txt", None)), "a"
    )
    assert shape(manual) == [("柜员", [("1", [])])]
    assert [one.reason.value for one in manual.dropped] == ["unprintable"]
