"""Draw the picture of the README: what `list` and `show` print, as an SVG.

`python tools/picture.py` runs the program on the shipped book and writes `docs/list-and-show.svg`.
The fonts are those of the reader's machine: the picture asks no other machine for one.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from html import escape, unescape
from itertools import groupby
from pathlib import Path
from typing import Final

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

ROOT: Final = Path(__file__).resolve().parent.parent
PICTURE: Final = ROOT / "docs" / "list-and-show.svg"
COLUMNS: Final = 100
COMMANDS: Final = (("list",), ("show", "客户经理", "--duty", "1"))

# Rich's own frame fetches a font without Chinese from the network. The width of a cell lies between
# the letters of Chinese fonts of one width (0.5 em) and those of other ones (0.6 em).
ASPECT: Final = 0.55
FRAME: Final = """\
<svg viewBox="0 0 {width:g} {height:g}" xmlns="http://www.w3.org/2000/svg">
<title>dutybook</title>
<style>
.{unique_id}-matrix {{
  font-family: "Sarasa Mono SC", "Noto Sans Mono CJK SC", "Source Han Mono SC",
    "Microsoft YaHei Mono", "WenQuanYi Micro Hei Mono", monospace;
  font-size: {char_height}px;
}}
.{unique_id}-title {{ font-family: sans-serif; font-size: 16px; }}
{styles}
</style>
{chrome}
<g transform="translate({terminal_x}, {terminal_y})">
{backgrounds}
<g class="{unique_id}-matrix">
{matrix}
</g>
</g>
</svg>
"""
_TEXT: Final = re.compile(
    r'<text class="([^"]+)" x="([^"]+)" y="([^"]+)" textLength="[^"]+" clip-path="[^"]+">'
    r"([^<]*)</text>"
)


def printed() -> Text:
    """Return the commands and what they print, in colour, as on a Chinese terminal."""
    with tempfile.TemporaryDirectory() as cache:
        environment = {
            **os.environ,
            "COLUMNS": str(COLUMNS),
            "DUTYBOOK_CACHE_DIR": cache,
            "PYTHONIOENCODING": "utf-8",
        }
        text = Text()
        for command in COMMANDS:
            done = subprocess.run(
                [sys.executable, "-m", "dutybook", "--color", "always", "--lang", "zh", *command,
                 "--format", "table"],
                cwd=ROOT, env=environment, capture_output=True, encoding="utf-8", check=True,
            )  # fmt: skip
            text.append(f"$ dutybook {' '.join(command)}\n", style="bold green")
            text.append_text(Text.from_ansi(done.stdout.rstrip("\n")))
            text.append("\n\n")
    return text[: len(text.plain.rstrip("\n"))]


def drawn(text: Text) -> str:
    """Return the SVG of a text, as wide as its longest line."""
    width = max(map(cell_len, text.plain.split("\n"))) + 1
    with Path(os.devnull).open("w", encoding="utf-8") as nowhere:
        console = Console(
            record=True, width=width, file=nowhere, force_terminal=True,
            color_system="standard", legacy_windows=False,
        )  # fmt: skip
        console.print(text, soft_wrap=True)
    svg = console.export_svg(
        title="dutybook", code_format=FRAME, font_aspect_ratio=ASPECT, unique_id="dutybook"
    )
    lines = (line.strip() for line in _TEXT.sub(_placed, svg).splitlines())
    return "".join(f"{line}\n" for line in lines if line)


def _placed(match: re.Match[str]) -> str:
    """Place each word of a run, and its wide and narrow characters, on the grid of cells.

    Rich gives a run the length of its characters, as if a wide one took a single cell.
    """
    style, start, y, content = match.groups()
    cell = 20 * ASPECT
    x = float(start)
    pieces = []
    for (is_blank, _), group in groupby(
        unescape(content).replace("\xa0", " "), lambda one: (one.isspace(), cell_len(one))
    ):
        characters = "".join(group)
        length = cell * cell_len(characters)
        if set(characters) == {"─"}:
            pieces.append(
                f'<rect class="{style}" x="{x:g}" y="{float(y) - 7:g}" width="{length:g}"'
                ' height="1.2"/>\n'
            )
        elif not is_blank:
            pieces.append(
                f'<text class="{style}" x="{x:g}" y="{y}" textLength="{length:g}"'
                f' lengthAdjust="spacingAndGlyphs">{escape(characters)}</text>\n'
            )
        x += length
    return "".join(pieces)


def main() -> None:
    """Write the picture."""
    PICTURE.write_text(drawn(printed()), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
