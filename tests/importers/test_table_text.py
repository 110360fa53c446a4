"""CSV files: rows of one width, quoted as they should be."""

from __future__ import annotations

import pytest

from dutybook.importers import reading
from dutybook.importers.base import ImportFileError


@pytest.mark.parametrize(
    ("raw", "name", "message"),
    [
        (b'a,b\n"c"d,e\n', "手册.csv", "quote"),
        (b"a,b\nc,d,e\n", "手册.csv", "fields"),
    ],
)  # fmt: skip
def test_a_table_that_is_not_whole_is_refused(raw: bytes, name: str, message: str) -> None:
    with pytest.raises(ImportFileError, match=message):
        list(reading.blocks(raw, name, None))
