"""Word files are read as Word prints them: numbers, changes, forms and tables."""

from __future__ import annotations

import io

import docx

from tests.importers.made_files import word_manual
from tests.importers.manuals import read, shape


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
