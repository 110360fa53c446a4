"""Write the table that folds traditional characters to simplified ones, from OpenCC's data.

Run by hand when OpenCC has news: `pip install OpenCC && python tools/fold_table.py`. Only
characters that become one other character are kept, so that folding keeps every offset.
"""

from __future__ import annotations

from pathlib import Path

import opencc

HAN_BLOCKS = [(0x3400, 0x4DC0), (0x4E00, 0xA000), (0x20000, 0x323B0)]
TARGET = Path(__file__).parent.parent / "src" / "dutybook" / "data" / "simplified.txt"


def main() -> None:
    """Write two lines: the traditional characters, and their simplified forms in that order."""
    convert = opencc.OpenCC("t2s").convert
    characters = (chr(code) for first, end in HAN_BLOCKS for code in range(first, end))
    pairs = [(one, convert(one)) for one in characters if convert(one) != one]
    pairs = [(one, other) for one, other in pairs if len(other) == 1]
    lines = "".join(one for one, _ in pairs) + "\n" + "".join(other for _, other in pairs) + "\n"
    TARGET.write_text(lines, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
