"""How long `dutybook import` takes for a large manual, and how much memory: 5 MB text, 300 pages.

`python benchmarks/import_manual.py` makes both in a temporary folder, imports each into a pipe and
on a terminal, where there is a bar and a table, and prints a line a run.
The 300-page Word file needs python-docx, which the extra `dev` installs; a terminal needs Unix.
"""

from __future__ import annotations

import contextlib
import os
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


def measured(path: Path, into: Path, *, terminal: bool) -> str:
    """Return seconds and megabytes of importing a file, in a process of its own."""
    command = [sys.executable, "-m", "dutybook", "import", path, "--into", into]
    before = time.perf_counter()
    if terminal:
        run_on_terminal(command)
    else:
        subprocess.run(command, check=True, capture_output=True)
    seconds = time.perf_counter() - before
    megabytes = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    where = "on a terminal" if terminal else "into a pipe"
    size = path.stat().st_size / 1e6
    return f"{path.name} {where}: {size:.1f} MB, {seconds:.1f} s, at most {megabytes:.0f} MB"


def run_on_terminal(command: list[str | Path]) -> None:
    """Run a command with a terminal of its own as stdout and stderr, and read all it shows."""
    import pty

    ours, its = pty.openpty()
    with subprocess.Popen(command, stdout=its, stderr=its) as process:
        os.close(its)
        with contextlib.suppress(OSError):  # which is how a terminal ends
            while os.read(ours, 1 << 16):
                pass
        os.close(ours)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)


def main() -> None:
    """Make the files, import them, print what it took."""
    import docx

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        document = docx.Document()
        for line in lines(300 * LINES_A_PAGE):
            document.add_paragraph(line)
        document.save(str(folder / "manual.docx"))
        text = "\n".join(lines(60_000)).encode()
        (folder / "manual.txt").write_bytes(text[: 5 << 20].decode("utf-8", "ignore").encode())
        for path in (folder / "manual.docx", folder / "manual.txt"):
            for terminal in (False, True):
                into = folder / f"{path.suffix[1:]} {terminal}"
                sys.stdout.write(measured(path, into, terminal=terminal) + "\n")


if __name__ == "__main__":
    main()
