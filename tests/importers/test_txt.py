"""Text files: their encoding is said or found, and what is no text is refused."""

from __future__ import annotations

import pytest

from dutybook.importers import parser, reading, txt
from dutybook.importers.base import ImportFileError
from tests.importers.manuals import shape


@pytest.mark.parametrize(
    ("raw", "name", "message"),
    [
        (bytes(range(256)) * 4, "手册.txt", "no text|neither"),
        (b"\xff\xfe\x00", "手册.txt", "no text"),
        ("岗位".encode("utf-16-le") + b"\xd8", "手册.txt", "no text|neither"),
    ],
)  # fmt: skip
def test_what_is_no_text_is_refused(raw: bytes, name: str, message: str) -> None:
    with pytest.raises(ImportFileError, match=message):
        list(reading.blocks(raw, name, None))


def test_a_declared_encoding_must_be_right() -> None:
    text = "柜员岗位职责\n1、办理现金。\n2、保管凭证。"
    for encoding in ("utf-8", "gb18030", "utf-16", "utf-8-sig"):
        blocks = list(reading.blocks(text.encode(encoding), "手册.txt", None))
        assert shape(parser.parse(blocks, "手册")) == [("柜员", [("1", []), ("2", [])])]
    with pytest.raises(ImportFileError, match="not in utf-8"):
        list(reading.blocks(text.encode("gb18030"), "手册.txt", "utf-8"))
    with pytest.raises(ImportFileError, match="no encoding"):
        list(reading.blocks(text.encode(), "手册.txt", "klingon"))


def test_a_few_control_characters_may_stray_into_a_text() -> None:
    manual = parser.parse(
        list(reading.blocks("柜员岗位职责\n1、收付\x07。".encode(), "a.txt", None)), "a"
    )
    assert shape(manual) == [("柜员", [("1", [])])]
    assert [one.reason.value for one in manual.dropped] == ["unprintable"]


def test_big5_is_not_taken_for_gb18030() -> None:
    text = "客戶經理崗位職責\n1. 維護客戶關係。\n2. 每週走訪客戶。\n"
    with pytest.raises(ImportFileError, match="neither"):
        list(txt.read(text.encode("big5"), "手册.txt", None))
    assert next(block.text for block in txt.read(text.encode("big5"), "手册.txt", "big5")) == (
        "客戶經理崗位職責"
    )


@pytest.mark.parametrize(
    "text", ["客戶經理崗位職責", "柜员岗位职责：办理业务", "ABC 123", "齉龘靐"]
)
def test_gb18030_is_read_whatever_it_says(text: str) -> None:
    assert [block.text for block in txt.read(text.encode("gb18030"), "手册.txt", None)] == [text]


@pytest.mark.parametrize(
    ("line", "text"), [("# C# 开发岗 #", "C# 开发岗"), ("# C#", "C#"), ("## 柜员 ##", "柜员")]
)
def test_signs_that_close_a_heading(line: str, text: str) -> None:
    (block,) = txt.read(line.encode(), "手册.md", None)
    assert (block.kind, block.text) == ("heading", text)
