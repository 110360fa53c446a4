"""What the tests of the readers share: Word, Excel and CSV files made here, and broken ones."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from types import MappingProxyType

import docx
import xlsxwriter
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

NUMBERING = """
<w:numbering {ns}><w:abstractNum w:abstractNumId="7">
<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCountingThousand"/><w:lvlText w:val="%1、"/></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="（%2）"/></w:lvl>
<w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="decimalEnclosedCircle"/><w:lvlText w:val="%3"/></w:lvl>
</w:abstractNum><w:num w:numId="9"><w:abstractNumId w:val="7"/></w:num></w:numbering>
"""
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
FORMULA = (
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    '<row r="1"><c r="A1"><f>1+1</f></c></row></sheetData></worksheet>'
)


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


def word_table(rows: list[list[str]]) -> bytes:
    document = docx.Document()
    table = document.add_table(rows=0, cols=max(map(len, rows)))
    for row in rows:
        for cell, text in zip(table.add_row().cells, row, strict=False):
            cell.text = text
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


def zipped(parts: dict[str, str | bytes], packing: int = zipfile.ZIP_DEFLATED) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", packing) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return file.getvalue()
