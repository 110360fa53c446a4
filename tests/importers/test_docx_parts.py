"""What Word files are made of: lists, parts and what is not printed, each read as it prints."""

from __future__ import annotations

import io
import zipfile

import pytest

from dutybook.importers import reading
from dutybook.importers.base import Block, ImportFileError

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
M = "http://schemas.openxmlformats.org/officeDocument/2006/math"
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"


def zipped(parts: dict[str, str]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as package:
        for name, text in parts.items():
            package.writestr(name, text)
    return file.getvalue()


def word(body: str, levels: str = "", nums: str = "", styles: str = "") -> dict[str, str]:
    """Return the parts of a Word file with one list 1, and further ones of the same counters."""
    return {
        "word/document.xml": f'<w:document xmlns:w="{W}" xmlns:m="{M}"><w:body>{body}</w:body></w:document>',
        "word/styles.xml": f'<w:styles xmlns:w="{W}">{styles}</w:styles>',
        "word/numbering.xml": f'<w:numbering xmlns:w="{W}"><w:abstractNum w:abstractNumId="0">{levels}</w:abstractNum>'
        f'<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>{nums}</w:numbering>',
    }


def level(at: int, style: str, text: str, more: str = "", start: int = 1) -> str:
    return (
        f'<w:lvl w:ilvl="{at}"><w:start w:val="{start}"/><w:numFmt w:val="{style}"/>{more}'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


def run(text: str, look: str = "") -> str:
    return f"<w:r><w:rPr>{look}</w:rPr><w:t>{text}</w:t></w:r>"


def paragraph(content: str, at: int | None = None, name: int = 1, look: str = "") -> str:
    numbered = (
        "" if at is None else f'<w:numPr><w:ilvl w:val="{at}"/><w:numId w:val="{name}"/></w:numPr>'
    )
    content = content if content.startswith("<") or not content else run(content)
    return f"<w:p><w:pPr>{look}{numbered}</w:pPr>{content}</w:p>"


def blocks(parts: dict[str, str], name: str = "手册.docx") -> list[Block]:
    return list(reading.blocks(zipped(parts), name, None))


def printed(parts: dict[str, str]) -> list[str]:
    return [
        block.label + block.text
        for block in blocks(parts)
        if block.kind not in {"head", "hidden"} and block.text
    ]


def labels(parts: dict[str, str]) -> list[str]:
    return [block.label for block in blocks(parts) if block.text]


RESTARTS = {
    "": "一 1 2 二 1",
    '<w:lvlRestart w:val="0"/>': "一 1 2 二 3",
    '<w:lvlRestart w:val="1"/>': "一 1 2 二 1",
}


@pytest.mark.parametrize(("restart", "expected"), RESTARTS.items())
def test_a_level_restarts_as_it_says(restart: str, expected: str) -> None:
    levels = level(0, "chineseCounting", "%1") + level(1, "decimal", "%2", restart)
    body = "".join(paragraph("办理", at) for at in (0, 1, 1, 0, 1))
    assert labels(word(body, levels)) == expected.split()


def test_a_level_may_restart_after_a_higher_one_only() -> None:
    levels = "".join(level(at, "decimal", f"%{at + 1}") for at in (0, 1))
    levels += level(2, "decimal", "%3", '<w:lvlRestart w:val="1"/>')
    body = "".join(paragraph("办理", at) for at in (0, 1, 2, 1, 2, 0, 1, 2))
    assert labels(word(body, levels)) == ["1", "1", "1", "2", "2", "2", "1", "1"]


def test_a_level_is_found_by_the_style_that_is_tied_to_it() -> None:
    levels = level(0, "chineseCounting", "%1", '<w:pStyle w:val="a"/>')
    levels += level(1, "decimal", "%2", '<w:pStyle w:val="b"/>')
    styles = "".join(
        f'<w:style w:styleId="{name}"><w:name w:val="{name}"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        for name in "ab"
    )
    body = "".join(paragraph("办理", look=f'<w:pStyle w:val="{name}"/>') for name in "abba")
    assert labels(word(body, levels, styles=styles)) == ["一", "1", "2", "二"]


def test_an_empty_paragraph_has_a_number() -> None:
    body = paragraph("甲事", 0) + paragraph("", 0) + paragraph("丙事", 0)
    assert labels(word(body, level(0, "decimal", "%1"))) == ["1", "3"]


def test_a_level_of_its_own_goes_on_counting() -> None:
    own = f'<w:lvlOverride w:ilvl="0">{level(0, "upperLetter", "%1")}</w:lvlOverride>'
    nums = f'<w:num w:numId="2"><w:abstractNumId w:val="0"/>{own}</w:num>'
    body = paragraph("办理", 0) + paragraph("办理", 0) + paragraph("办理", 0, 2)
    assert labels(word(body, level(0, "decimal", "%1"), nums)) == ["1", "2", "C"]


def test_leading_zeros_stand_beside_what_older_programs_read() -> None:
    mc = "http://schemas.openxmlformats.org/markup-compatibility/2006"
    shape = (
        f'<mc:AlternateContent xmlns:mc="{mc}"><mc:Choice><w:numFmt w:val="custom" w:format="001, 002, 003, ..."/>'
        '</mc:Choice><mc:Fallback><w:numFmt w:val="decimal"/></mc:Fallback></mc:AlternateContent>'
    )
    levels = f'<w:lvl w:ilvl="0">{shape}<w:lvlText w:val="%1."/></w:lvl>'
    assert labels(word(paragraph("办理", 0), levels)) == ["001."]


@pytest.mark.parametrize("style", ["lowerLetter", "upperRoman", "chineseCounting", "decimal"])
def test_a_number_beyond_all_sense_is_no_harm(style: str) -> None:
    levels = level(0, style, "%1" * 5000, start=2_000_000_000)
    levels += level(2_000_000_000, style, "%1") + level(1, style, "%2", start="9" * 5000)  # type: ignore[arg-type]
    body = paragraph("办理", 0) + paragraph("办理", 1) + paragraph("办理", 2_000_000_000)
    first, *_ = labels(word(body, levels))
    assert first.startswith("20000000002000000000")
    assert len(first) <= 500


def relations(*found: tuple[str, str, str]) -> str:
    return (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        + "".join(
            f'<Relationship Id="r{index}" Type="{RELATION}{kind}" Target="{target}" {more}/>'
            for index, (kind, target, more) in enumerate(found)
        )
        + "</Relationships>"
    )


def elsewhere() -> dict[str, str]:
    """Return a Word file whose parts are not where Word puts them."""
    usual = word(paragraph("办理", 0), level(0, "decimal", "%1、"))
    return {
        "_rels/.rels": relations(("officeDocument", "body/text.xml", "")),
        "body/text.xml": usual["word/document.xml"],
        "body/_rels/text.xml.rels": relations(
            ("numbering", "/lists.xml", ""), ("header", "../head.xml", "")
        ),
        "lists.xml": usual["word/numbering.xml"],
        "head.xml": f'<w:hdr xmlns:w="{W}">{paragraph("内部资料")}</w:hdr>',
    }


def test_parts_are_where_the_package_says() -> None:
    found = blocks(elsewhere())
    assert [(one.kind, one.label, one.text) for one in found] == [
        ("head", "", "内部资料"), ("paragraph", "1、", "办理"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "target",
    ["/etc/passwd", "file:///etc/passwd", "../../../../etc/passwd", "http://127.0.0.1:9/a.xml"],
)
def test_nothing_outside_the_package_is_read(target: str) -> None:
    parts = elsewhere()
    parts["body/_rels/text.xml.rels"] = relations(
        ("header", target, ""), ("numbering", "/lists.xml", 'TargetMode="External"')
    )
    assert [(one.label, one.text) for one in blocks(parts)] == [("", "办理")]


def test_the_strict_standard_has_other_names() -> None:
    parts = {
        name: text.replace(
            "http://schemas.openxmlformats.org/", "http://purl.oclc.org/ooxml/"
        ).replace("/2006/", "/")
        for name, text in word(paragraph("办理", 0), level(0, "decimal", "%1、")).items()
    }
    assert printed(parts) == ["1、办理"]


def test_a_sheet_of_the_strict_standard() -> None:
    main = "http://purl.oclc.org/ooxml/spreadsheetml/main"
    relation = "http://purl.oclc.org/ooxml/officeDocument/relationships"
    parts = {
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{relation}"><sheets><sheet name="柜员" r:id="r0"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": relations(("worksheet", "worksheets/sheet1.xml", "")),
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{main}"><sheetData><row><c r="A1" t="inlineStr"><is><t>办理</t></is></c></row></sheetData></worksheet>',
    }
    assert [cell.text for one in blocks(parts, "手册.xlsx") for cell in one.cells] == ["办理"]


DEEP = 5000
REFUSED = {
    "unknown elements": ("<w:a>" * DEEP + "</w:a>" * DEEP, "nested"),
    "tables": ("<w:tbl><w:tr><w:tc>" * DEEP + "</w:tc></w:tr></w:tbl>" * DEEP, "nested"),
    "in a paragraph": ("<w:p>" + "<w:r>" * DEEP + "</w:r>" * DEEP + "</w:p>", "nested"),
    "no end": ("<w:p>", "damaged"),
}


@pytest.mark.parametrize(("body", "message"), REFUSED.values(), ids=REFUSED)
def test_bad_parts_are_refused_in_words(body: str, message: str) -> None:
    with pytest.raises(ImportFileError, match=message):
        blocks(word(body))


def test_tables_in_tables_are_read() -> None:
    body = "<w:tbl><w:tr><w:tc>" * 20 + paragraph("办理") + "</w:tc></w:tr></w:tbl>" * 20
    assert [cell.text for one in blocks(word(body)) for cell in one.cells if cell.text] == ["办理"]


@pytest.mark.parametrize("name", ["手册.docx", "手册.xlsx"])
@pytest.mark.parametrize("raw", ["一、客户经理".encode(), b"\x89PNG\r\n\x1a\n"])
def test_what_is_only_called_word_or_excel_is_not_called_damaged(name: str, raw: bytes) -> None:
    with pytest.raises(ImportFileError, match="neither a Word nor an Excel file"):
        list(reading.blocks(raw, name, None))


def test_a_package_of_something_else() -> None:
    with pytest.raises(ImportFileError, match="neither"):
        blocks({"_rels/.rels": relations(("officeDocument", "a.xml", "")), "a.xml": "<deck/>"})


NOT_PRINTED = "<w:vanish/>"
HIDDEN_STYLES = (
    f'<w:style w:styleId="base"><w:rPr>{NOT_PRINTED}</w:rPr></w:style>'
    '<w:style w:styleId="note"><w:basedOn w:val="base"/></w:style>'
)


def test_what_is_hidden_is_listed_and_has_no_number() -> None:
    body = paragraph(
        run("负责") + run("（内部）", NOT_PRINTED) + run("维护。", '<w:vanish w:val="0"/>'), 0
    )
    body += paragraph(run("模板说明。", NOT_PRINTED), 0, look=f"<w:rPr>{NOT_PRINTED}</w:rPr>")
    body += paragraph("填写说明。", 0, look='<w:pStyle w:val="note"/>')
    body += paragraph(run("审查") + run("机密", '<w:rStyle w:val="note"/>') + run("资料。"), 0)
    parts = word(body, level(0, "decimal", "%1、"), styles=HIDDEN_STYLES)
    assert printed(parts) == ["1、负责维护。", "2、审查资料。"]
    assert [one.text for one in blocks(parts) if one.kind == "hidden"] == [
        "（内部）", "模板说明。", "填写说明。", "机密",
    ]  # fmt: skip


def test_what_is_hidden_in_a_table_does_not_cut_it() -> None:
    cell = f"<w:tc>{paragraph(run('办理') + run('内部', NOT_PRINTED))}</w:tc>"
    found = blocks(word(f"<w:tbl><w:tr>{cell}</w:tr><w:tr>{cell}</w:tr></w:tbl>"))
    assert [one.kind for one in found] == ["row", "row", "hidden", "hidden"]
    assert {cell.text for one in found for cell in one.cells} == {"办理"}


@pytest.mark.parametrize("taken", ["del", "moveFrom"])
def test_paragraphs_are_one_where_the_end_between_them_was_deleted(taken: str) -> None:
    end = f'<w:rPr><w:{taken} w:id="1"/></w:rPr>'
    body = (
        paragraph("配合风险部门，", 0, look=end)
        + '<w:bookmarkStart w:id="7"/>'
        + paragraph("处置不良贷款。", 0)
    )
    body += paragraph(f"<w:{taken}>{run('每日报送。')}</w:{taken}>", 0, look=end) + paragraph(
        "走访客户。", 0
    )
    body += paragraph("", 0, look=end)
    table = f"<w:tbl><w:tr><w:trPr><w:del/></w:trPr><w:tc>{paragraph('', 0)}</w:tc></w:tr></w:tbl>"
    body += table + paragraph("保管凭证。", 0)
    assert printed(word(body, level(0, "decimal", "%1、"))) == [
        "1、配合风险部门，处置不良贷款。", "2、走访客户。", "3、保管凭证。",
    ]  # fmt: skip


def test_formulas_and_wrappers_have_text() -> None:
    formula = "<m:oMath><m:r><m:t>LPR+</m:t></m:r><m:f><m:num><m:r><m:t>a</m:t></m:r></m:num><m:den><m:r><m:t>b</m:t></m:r></m:den></m:f></m:oMath>"
    body = paragraph(
        run("利率为") + formula + f'<w:customXml w:element="e">{run("的报价。")}</w:customXml>'
    )
    assert printed(word(f'<w:customXml w:element="e">{body}</w:customXml>')) == [
        "利率为LPR+a/b的报价。"
    ]


def test_comments_are_listed_only() -> None:
    parts = word(paragraph("审查资料。"))
    parts["word/comments.xml"] = (
        f'<w:comments xmlns:w="{W}"><w:comment w:id="1">{paragraph("请核对。")}</w:comment></w:comments>'
    )
    assert [(one.kind, one.text) for one in blocks(parts)] == [
        ("paragraph", "审查资料。"),
        ("comment", "请核对。"),
    ]


def test_what_a_diagram_says_is_a_note() -> None:
    drawing = "http://schemas.openxmlformats.org/drawingml/2006/main"
    parts = word(paragraph("审查资料。"))
    parts["word/_rels/document.xml.rels"] = relations(("diagramData", "diagrams/data1.xml", ""))
    parts["word/diagrams/data1.xml"] = (
        f'<dataModel xmlns:a="{drawing}"><a:p><a:r><a:t>行长</a:t></a:r></a:p></dataModel>'
    )
    assert [(one.kind, one.text) for one in blocks(parts)][-1] == ("note", "行长")


def test_a_row_may_begin_further_in() -> None:
    def cell(text: str) -> str:
        return f"<w:tc>{paragraph(text)}</w:tc>"

    row = f'<w:tr><w:trPr><w:gridBefore w:val="1"/></w:trPr>{cell("拓展客户")}{cell("每月")}</w:tr>'
    (found,) = blocks(word(f"<w:tbl>{row}</w:tbl>"))
    assert [one.text for one in found.cells] == ["", "拓展客户", "每月"]


@pytest.mark.parametrize(
    ("sign", "shown"),
    [
        ('<w:sym w:font="Symbol" w:char="F0A3"/>', "≤"),
        ('<w:sym w:font="Wingdings" w:char="F06C"/>', "•"),
        ('<w:sym w:font="宋体" w:char="2265"/>', "≥"),
        ('<w:sym w:font="宋体" w:char="?"/>', "•"),
    ],
)
def test_signs_of_fonts_of_symbols(sign: str, shown: str) -> None:
    body = paragraph(f"<w:r><w:t>限额</w:t>{sign}<w:t>50</w:t></w:r>")
    assert printed(word(body)) == [f"限额{shown}50"]


@pytest.mark.parametrize(
    ("said", "shown"), [('<m:naryPr><m:chr m:val="∑"/></m:naryPr>', "∑"), ("", "∫")]
)
def test_the_sign_of_a_sum(said: str, shown: str) -> None:
    formula = f"<m:oMath><m:nary>{said}<m:e><m:r><m:t>x</m:t></m:r></m:e></m:nary></m:oMath>"
    assert printed(word(paragraph(formula))) == [f"{shown}x"]


def test_bullets_stand_as_far_in_as_their_list_says() -> None:
    def bullet(at: int, left: int) -> str:
        return level(at, "bullet", "·", f'<w:pPr><w:ind w:left="{left}"/></w:pPr>')

    body = paragraph("客户维护", 0) + paragraph("走访", 1) + paragraph("回访", 1)
    found = blocks(word(body, bullet(0, 0) + bullet(1, 480)))
    assert [one.label for one in found] == ["•", "    •", "    •"]
