"""Packages of Word and Excel are checked for harm, and told by what is in them."""

from __future__ import annotations

import zipfile

import pytest

from dutybook.importers import reading
from dutybook.importers.base import ImportFileError
from tests.importers.made_files import excel, word_manual, zipped


@pytest.mark.parametrize(
    ("raw", "name", "message"),
    [
        (word_manual()[:3000], "手册.docx", "damaged"),
        (word_manual(), "手册.xlsx", "Word file"),
        (excel([["一"]]), "手册.docx", "Excel file"),
        (zipped({"word/document.xml": " " * (20 << 20)}), "手册.docx", "safely"),
        (zipped({"word/document.xml": "<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"}), "手册.docx", "entities"),
        (zipped({"word/document.xml": bytes(range(32, 127)) * 250_000}, zipfile.ZIP_STORED), "手册.docx", "safely"),
        (zipped({"a.txt": "b"}), "手册.zip", "neither"),
        (b"PK\x03\x04", "手册.docx", "damaged"),
    ],
)  # fmt: skip
def test_a_bad_package_is_refused_in_words(raw: bytes, name: str, message: str) -> None:
    with pytest.raises(ImportFileError, match=message):
        list(reading.blocks(raw, name, None))
