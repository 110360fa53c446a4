"""The characters of a file: those that must not be in a role file, and those a person should see.

Pure: text in, problems out. What is forbidden can hide text, forge lines of a log or steer a
terminal; what is doubtful is legal and seldom meant (Trojan Source, old fonts, copies from PDF).
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from typing import Final

from dutybook.messages import ntr, tr
from dutybook.problems import Kind, Problem, Severity, Span
from dutybook.text import LINE_BREAK, NONCHARACTERS, visible

CONTROL = Kind("Y009", "control-character", Severity.ERROR)
BIDI = Kind("Y010", "bidi-character", Severity.ERROR)
INVISIBLE = Kind("Y011", "invisible-character", Severity.WARNING)
PRIVATE_USE = Kind("Y012", "private-use-character", Severity.WARNING)
COMPATIBILITY = Kind("Y013", "compatibility-character", Severity.WARNING)
LOST = Kind("Y020", "lost-character", Severity.WARNING)
TOO_MANY = Kind("Y021", "too-many-problems", Severity.ERROR)

MOST: Final = 1000
"""Problems of one file that are told one by one; the rest are counted."""

_BIDI = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
FORBIDDEN = re.compile(
    f"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff{NONCHARACTERS}"
    f"{_BIDI}\U000e0000-\U000e007f]"
)
_IS_BIDI = re.compile(f"[{_BIDI}]")
_DOUBTFUL = re.compile(
    "[\xad\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200d\u2060-\u2065\u206a-\u206f"
    "\u2e80-\u2fdf\u3164\ue000-\uf8ff\uf900-\ufaff\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb\ufffd"
    "\U0002f800-\U0002fa1f\U000e0080-\U000e0fff\U000f0000-\U0010ffff]"
)


# Characters seen to be harmless: a book is made of a few thousand, and a set is quicker to ask
# than the patterns.
_known: set[str] = set()


def check(text: str, path: str) -> tuple[str, list[Problem]]:
    """Return the text with forbidden characters replaced, and a problem for each strange one.

    libyaml takes some of the forbidden ones for line breaks, which no editor does; replaced, they
    cannot move the lines of what follows. The replaced text has the same length.
    """
    new = "".join(set(text).difference(_known))
    if not FORBIDDEN.search(new) and not _DOUBTFUL.search(new):
        _known.update(new)
        return text, []
    found = list(FORBIDDEN.finditer(text))
    doubtful = list(_DOUBTFUL.finditer(text))
    starts = [0, *(match.end() for match in LINE_BREAK.finditer(text))]
    problems = [
        forbidden(match.group(), path, _at(starts, match.start())) for match in found[:MOST]
    ]
    for match in doubtful[:MOST]:
        problem = _doubtful(text, match.start(), path, _at(starts, match.start()))
        if problem:
            problems.append(problem)
    left_out = max(len(found) - MOST, 0) + max(len(doubtful) - MOST, 0)
    if left_out:
        problems.append(too_many(left_out, path))
    return FORBIDDEN.sub("\ufffd", text), problems


def forbidden(character: str, path: str, span: Span) -> Problem:
    """Return the problem of a forbidden character at a place."""
    if _IS_BIDI.match(character):
        kind = BIDI
        message = tr(
            "A character that reverses the direction of reading ({character}).",
            character=_named(character),
        )
    else:
        kind = CONTROL
        message = tr("A control character ({character}).", character=_named(character))
    hint = tr("Delete it; retype the text if you cannot see it.")
    return Problem(kind, message, hint, path, span)


def too_many(count: int, path: str) -> Problem:
    """Return the problem that so many more were found in a file and are not told one by one."""
    message = ntr(
        "{count} more problem in this file.", "{count} more problems in this file.", count
    )
    return Problem(TOO_MANY, message, tr("Mend the others first."), path, Span(1, 1, 1, 2))


def _doubtful(text: str, index: int, path: str, span: Span) -> Problem | None:
    """Return the warning about the character at an index, None where it does honest work."""
    character = text[index]
    named = _named(character)
    if character == "\ufffd":
        kind, message, hint = (
            LOST,
            tr("A character was lost in a conversion ({character}).", character=named),
            tr("Type the right character."),
        )
    elif unicodedata.category(character) == "Co":
        kind, message, hint = (
            PRIVATE_USE,
            tr(
                "A private-use character ({character}) looks different on every machine.",
                character=named,
            ),
            tr("Type the character that was meant."),
        )
    elif _has_usual_form(character):
        kind, message, hint = (
            COMPATIBILITY,
            tr(
                "{character} is a compatibility form of the usual character.",
                character=named,
            ),
            tr("Type {usual}.", usual=unicodedata.normalize("NFKC", character)),
        )
    elif _is_honest(text, index):
        return None
    else:
        kind, message, hint = (
            INVISIBLE,
            tr("An invisible character ({character}).", character=named),
            tr("Delete it; retype the text if you cannot see it."),
        )
    return Problem(kind, message, hint, path, span)


def _is_ideograph(character: str) -> bool:
    return (
        "\u2e80" <= character <= "\u2fdf"
        or "\uf900" <= character <= "\ufaff"
        or character >= "\U0002f800"
    )


def _has_usual_form(character: str) -> bool:
    return _is_ideograph(character) and unicodedata.normalize("NFKC", character) != character


def _is_honest(text: str, index: int) -> bool:
    """Tell whether a character is an ideograph after all, or joins emoji."""
    character = text[index]
    if _is_ideograph(character):
        return unicodedata.category(character) in {"Lo", "So"}
    before = text[index - 1] if index else ""
    after = text[index + 1] if index + 1 < len(text) else ""
    if character == "\u200d":
        return _is_symbol(before) and _is_symbol(after)
    return character == "\ufe0f" and (_is_symbol(before) or before in set("0123456789#*"))


def _is_symbol(character: str) -> bool:
    return character == "\ufe0f" or (
        bool(character) and unicodedata.category(character) in {"So", "Sk"}
    )


def _named(character: str) -> str:
    """Return a character's code point for a message: `U+202E RIGHT-TO-LEFT OVERRIDE`."""
    name = unicodedata.name(character, "") or visible(character)
    return f"U+{ord(character):04X} {name}"


def _at(starts: list[int], index: int) -> Span:
    """Return the span of one character, from the offsets at which lines start."""
    line = bisect_right(starts, index)
    column = index - starts[line - 1] + 1
    return Span(line, column, line, column + 1)
