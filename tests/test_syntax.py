"""Syntax errors in our words, and the slips of Chinese input methods."""

from __future__ import annotations

import pytest

from dutybook import source
from dutybook.syntax import mistyped, worded


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("title：柜员", (0, 5, "：", ":")),
        ("  - id：cash", (0, 6, "：", ":")),
        ("岗位：柜员", (0, 2, "：", ":")),
        ("－ id: cash", (0, 0, "－", "-")),
        ("  – cash", (0, 2, "–", "-")),
        ("  — cash", (0, 2, "—", "-")),
        ("title: 时间：八点", None),
        ("duties: ", None),
        ("说明：见下:", None),
        ('"时间：八点"', None),
        ("# 时间：八点", None),
        ("：柜员", None),
        ("－", None),
        ("", None),
    ],
)
def test_mistyped(text: str, found: tuple[int, int, str, str] | None) -> None:
    assert mistyped([text], 0, 0) == found


@pytest.mark.parametrize(
    ("first", "last", "line"), [(0, 0, None), (1, 1, None), (2, 2, 2), (3, 3, 2), (4, 4, None), (0,
    4, 2)]
)  # fmt: skip
def test_mistyped_looks_at_the_line_before_too(first: int, last: int, line: int | None) -> None:
    found = mistyped(["a: b", "c: d", "title：柜员", "e: f", "g: h"], first, last)
    assert (found and found[0]) == line


# What a person sees for the commonest slips: place, message, beginning of the hint.
SLIPS = {
    "colon-in-text": ("a: b\ntext: 时间: 八点", 2, 9, "A colon stands where no key can be.",
                      "Put quotes round a text"),
    "no-colon": ("id: teller\ntitle柜员\nunit: x", 2, 1, "A key without its colon.",
                 "A key, a colon"),
    "no-blank": ("id: teller\ntitle:柜员\nunit: x", 2, 1, "A key without its colon.",
                 "A key, a colon"),
    "indentation": ("a:\n  - b\n c: d", 3, 2, "The indentation does not fit the lines above.",
                    "Begin keys"),
    "list": ("- a\nb: c", 2, 1, "The indentation does not fit the list above.", "Begin each entry"),
    "quote": ("id: teller\ntitle: '柜员\nunit: x\n", 2, 8, "A quotation mark is not closed.",
              "Close it"),
    "double-quote": ('title: "柜员\nunit: x', 1, 8, "A quotation mark is not closed.", "Close it"),
    "at-sign": ("title: @柜员", 1, 8, "A value cannot begin with this character.", "Put quotes"),
    "backtick": ("title: `柜员`", 1, 8, "A value cannot begin with this character.", "Put quotes"),
    "escape": ('title: "柜\\q员"', 1, 10,
               "A backslash with a character that means nothing after it.",
               "Use single quotes"),
    "bracket": ("aliases: [a, b\nunit: x\n", 1, 10,
                "A bracket is not closed, or a comma is missing.",
                "Close it"),
    "bracket-before-list": ("aliases: [a,\nduties:\n  - id: x\n", 1, 10,
                            "A bracket is not closed, or a comma is missing.", "Close it"),
    "bracket-at-end": ("id: a\naliases: [a,", 2, 10,
                       "A bracket is not closed, or a comma is missing.", "Close it"),
    "brace": ("rotation: {max_years: 3\nunit: x\n", 1, 11,
              "A bracket is not closed, or a comma is missing.", "Close it"),
    "outer-bracket": ("a: [[b, c]\nd: e\n", 1, 4, "A bracket is not closed, or a comma is missing.",
                      "Close it"),
    "list-beside-key": ("duties: - id: a", 1, 9, "A list cannot begin here.", "Begin it on a line"),
    "tab": ("duties:\n\t- id: a", 2, 1, "A tab in the indentation.", "Indent with blanks."),
    "tab-before-key": ("duties:\n  - id: a\n\ttitle: b", 3, 1, "A tab in the indentation.",
                       "Indent with blanks."),
    "after-the-end": ("a: b\n...\nc: d", 3, 1, "Text that belongs to nothing before it.",
                      "Check the indentation."),
    "other": ("a: *\n", 1, 5, "This is not YAML.", "Compare it"),
    "full-width-colon": ("id: teller\ntitle：柜员\nunit: x", 2, 6,
                         "A full-width mark (：) stands where YAML needs a half-width one.",
                         "Type `:` and a blank."),
    "full-width-dash": ("duties:\n  － id: a\n    title: b", 2, 3,
                        "A full-width mark (－) stands where YAML needs a half-width one.",
                        "Type `-` and a blank."),
}  # fmt: skip


@pytest.mark.parametrize(
    ("text", "line", "column", "message", "hint"), SLIPS.values(), ids=SLIPS.keys()
)
def test_a_slip_is_said_in_plain_words(
    text: str, line: int, column: int, message: str, hint: str
) -> None:
    document = source.read(text.encode(), "p")
    [problem] = document.problems
    assert problem.message == message
    assert problem.hint.startswith(hint)
    assert problem.span is not None
    assert (problem.span.line, problem.span.column) == (line, column)
    assert document.data is None


def test_what_is_not_known_is_said_in_general_words() -> None:
    unknown = worded("found a thing", "while scanning")
    assert unknown == worded("", "")
    assert worded("found a thing", "wrong indentation") != unknown
