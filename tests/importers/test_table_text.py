"""CSV files: rows of one width, quoted as they should be."""

from __future__ import annotations

import pytest

from dutybook.importers import reading
from dutybook.importers.base import ImportFileError


def _rows(raw: bytes, name: str = "手册.csv") -> list[list[str]]:
    return [[cell.text for cell in block.cells] for block in reading.blocks(raw, name, None)]


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        (b'a,b\n"c"d,e\n', "line 2: a quote"),
        (b'a,b\nc,"d\n\n', "line 2: a quote"),
        (b"a,b\nc,d,e\n", "line 2: 3 fields"),
        (b"a,b,c\nd,e\n", "line 2: 2 fields"),
        (b"a,b\nc\n", "line 2: 1 fields"),
    ],
)
def test_a_table_that_is_not_whole_is_refused(raw: bytes, message: str) -> None:
    with pytest.raises(ImportFileError, match=message):
        _rows(raw)


@pytest.mark.parametrize(
    "raw",
    [
        b"a,b\nc,d\n", b"a,b\r\nc,d\r\n", b"a,b\rc,d\r", b"a;b\nc;d\n", b"a\tb\nc\td",
        "a，b\nc，d\n".encode("gb18030"), b"\n\na,b\n,\nc,d\n", b"a,b\nc,d,,\n",
    ],
)  # fmt: skip
def test_line_ends_and_what_stands_between_fields(raw: bytes) -> None:
    assert [row[:2] for row in _rows(raw)] == [["a", "b"], ["c", "d"]]


def test_a_title_of_the_whole_may_stand_above() -> None:
    assert _rows(b"title\na,b\nc,d\n") == [["title"], ["a", "b"], ["c", "d"]]


def test_a_field_may_have_lines_and_be_long() -> None:
    ((_, text),) = _rows(b'a,"' + b"x\n" * 100_000 + b'"\n')
    assert len(text) == 199_999
