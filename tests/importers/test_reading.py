"""Files are told by what is in them; what is none of them is refused in words."""

from __future__ import annotations

from pathlib import Path

import pytest

from dutybook.importers import reading
from dutybook.importers.base import ImportFileError
from tests.importers.made_files import OLE


@pytest.mark.parametrize(
    ("raw", "name", "message"),
    [
        (OLE, "手册.docx", "old format"),
        (OLE, "手册.doc", "old format"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "手册.docx", "password"),
        (b"\xef\xbb\xbf<!DOCTYPE html><html>", "手册.xls", "web page"),
        (b"MIME-Version: 1.0\n", "手册.doc", "web page"),
        (b"{\\rtf1\\ansi}", "手册.doc", "RTF"),
    ],
)  # fmt: skip
def test_other_formats_are_refused_in_words(raw: bytes, name: str, message: str) -> None:
    with pytest.raises(ImportFileError, match=message):
        list(reading.blocks(raw, name, None))


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


def test_the_name_of_a_file_goes_into_a_role_without_what_no_role_may_hold() -> None:
    assert reading.document("手\u202e册\x1b\n第 二版.docx") == "手册 第 二版"
