"""PDF files are read by lines; those without text are refused."""

from __future__ import annotations

import pytest

from dutybook.importers import reading
from dutybook.importers.base import ImportFileError
from tests.importers.manuals import read, shape


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


def test_a_broken_file_is_refused() -> None:
    pytest.importorskip("pypdfium2")
    with pytest.raises(ImportFileError, match="damaged"):
        list(reading.blocks(b"%PDF-1.7 broken", "手册.pdf", None))
