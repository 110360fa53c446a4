"""How long `dutybook import` takes for a large manual, and how much memory: 5 MB text, 300 pages.

`python benchmarks/import_manual.py` makes both in a temporary folder and prints a line for each.
The 300-page Word file needs python-docx, which the extra `dev` installs.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

MATTERS = ("现金收付", "客户维护", "凭证管理", "账务核对", "反洗钱登记", "营销活动")
LINES_A_PAGE = 38


def lines(count: int) -> list[str]:
    """Return so many lines of a manual: positions with twelve duties each."""
    made: list[str] = []
    position = 0
    while len(made) < count:
        position += 1
        made.append(f"第{position}支行柜员岗位职责")
        for number in range(1, 13):
            matter = MATTERS[(position + number) % len(MATTERS)]
            made.append(f"{number}、{matter}：负责{matter}，每日核对并登记，发现差错及时报告主管。")
    return made[:count]


def measured(path: Path, into: Path) -> str:
    """Return seconds and megabytes of importing a file, in a process of its own."""
    before = time.perf_counter()
    subprocess.run(
        [sys.executable, "-m", "dutybook", "import", path, "--into", into, "--format", "plain"],
        check=True,
        capture_output=True,
    )
    seconds = time.perf_counter() - before
    megabytes = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    return f"{path.name}: {path.stat().st_size / 1e6:.1f} MB, {seconds:.1f} s, {megabytes:.0f} MB"


def main() -> None:
    """Make the files, import them, print what it took."""
    import docx

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        document = docx.Document()
        for line in lines(300 * LINES_A_PAGE):
            document.add_paragraph(line)
        document.save(str(folder / "manual.docx"))
        sys.stdout.write(measured(folder / "manual.docx", folder / "word") + "\n")
        text = "\n".join(lines(60_000)).encode()
        (folder / "manual.txt").write_bytes(text[: 5 << 20].decode("utf-8", "ignore").encode())
        sys.stdout.write(measured(folder / "manual.txt", folder / "text") + "\n")


if __name__ == "__main__":
    main()
