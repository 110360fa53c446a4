"""Syntax errors of YAML for people who have never seen YAML.

Pure: libyaml's words in, ours out. What Chinese input methods do to YAML is seen as such.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from dutybook.messages import mark

if TYPE_CHECKING:
    from collections.abc import Sequence

_COLON = re.compile(r"^[ \t]*(?:- +)*[^\s#'\"：:][^#'\"：:]*(：)")
_DASH = re.compile(r"^[ \t]*([－–—])\s*\S")


def mistyped(lines: Sequence[str], first: int, last: int) -> tuple[int, int, str, str] | None:
    """Find a full-width mark where YAML needs a half-width one, on or just before some lines.

    Returns line and column from 0, the mark, and what is to be typed instead.
    """
    for number in range(max(first - 1, 0), min(last + 1, len(lines))):
        line = lines[number]
        colon, dash = _COLON.match(line), _DASH.match(line)
        if colon and ": " not in line and not line.endswith(":"):
            return number, colon.start(1), "：", ":"
        if dash:
            return number, dash.start(1), dash.group(1), "-"
    return None


# libyaml's words for what went wrong, and ours: what is seen there, and what to do.
_WORDS: Final = {
    "mapping values are not allowed": (
        mark("A colon stands where no key can be."),
        mark("Put quotes round a text that has a colon and a blank in it; check the indentation."),
    ),
    "could not find expected ':'": (
        mark("A key without its colon."),
        mark("A key, a colon, a blank, the value: `title: 客户经理`."),
    ),
    "did not find expected key": (
        mark("The indentation does not fit the lines above."),
        mark("Begin keys of one level at the same column, with blanks."),
    ),
    "did not find expected '-' indicator": (
        mark("The indentation does not fit the list above."),
        mark("Begin each entry of a list with `- ` at the same column."),
    ),
    "found unexpected end of stream": (
        mark("A quotation mark is not closed."),
        mark("Close it, or write two of it inside a text."),
    ),
    "found character that cannot start": (
        mark("A value cannot begin with this character."),
        mark("Put quotes round the whole value."),
    ),
    "found unknown escape character": (
        mark("A backslash with a character that means nothing after it."),
        mark("Use single quotes, or write the backslash twice."),
    ),
    "did not find expected ',' or": (
        mark("A bracket is not closed, or a comma is missing."),
        mark("Close it, or put quotes round a text that begins with a bracket."),
    ),
    "block sequence entries are not allowed": (
        mark("A list cannot begin here."),
        mark("Begin it on a line of its own, below its key."),
    ),
    "found a tab character": (
        mark("A tab in the indentation."),
        mark("Indent with blanks."),
    ),
    "did not find expected <document start>": (
        mark("Text that belongs to nothing before it."),
        mark("Check the indentation."),
    ),
}


def worded(problem: str, context: str) -> tuple[str, str]:
    """Return our words for one of libyaml's syntax errors: message and hint, untranslated."""
    for beginning, words in _WORDS.items():
        if problem.startswith(beginning):
            return words
    if "indentation" in problem or "indentation" in context:
        return _WORDS["did not find expected key"]
    return (mark("This is not YAML."), mark("Compare it with a role file that works."))
