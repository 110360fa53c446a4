"""Problems for people: a block each, with the line and a caret below the place."""

from __future__ import annotations

import pytest

from dutybook import messages
from dutybook.problems import Kind, Problem, Report, Severity, Span
from dutybook.reports import text
from dutybook.text import cells

KIND = Kind("S001", "unknown-key", Severity.ERROR)
PATH = "roles/teller.yaml"


def shown(problem: Problem, *lines: str) -> list[str]:
    """Return the lines of the block of one problem."""
    return text.render([problem], {PATH: list(lines)}, lambda path: f"../{path}").splitlines()


def at(line: int, column: int, end_line: int, end_column: int) -> Problem:
    return Problem(KIND, "No.", "Do.", PATH, Span(line, column, end_line, end_column))


def pointed(line: str, column: int, end_column: int, end_line: int = 1) -> tuple[str, str]:
    """Return the line of a place and what the caret stands under."""
    block = shown(at(1, column, end_line, end_column), line)
    assert len(block) == 4
    first = block[2].index("^")
    assert block[2].strip(" ^") == ""
    return block[1][4:], _at_cells(block[1], first, block[2].count("^"))


def _at_cells(line: str, first: int, count: int) -> str:
    """Return the characters of a line that stand in these cells of a terminal."""
    found, reached = "", 0
    for character in line:
        if cells(character) and first <= reached < first + count:
            found += character
        reached += cells(character)
    return found


def test_a_block_says_where_what_and_what_to_do() -> None:
    assert shown(at(2, 1, 2, 5), "id: teller", "titel: 柜员") == [
        "../roles/teller.yaml:2:1: error S001 No.",
        "    titel: 柜员",
        "    ^^^^",
        "    Do.",
    ]
    messages.use("zh")
    assert shown(at(2, 1, 2, 5))[0] == "../roles/teller.yaml:2:1: 错误 S001 No."


@pytest.mark.parametrize(
    ("problem", "block"),
    [
        (Problem(KIND, "No.", path=PATH), ["../roles/teller.yaml: error S001 No."]),
        (Problem(KIND, "No.", "Do.", PATH),
         ["../roles/teller.yaml: error S001 No.", "    Do."]),
        (at(9, 1, 9, 2), ["../roles/teller.yaml:9:1: error S001 No.", "    Do."]),
        (Problem(Kind("W001", "w", Severity.WARNING), "No.", path="roles"),
         ["../roles: warning W001 No."]),
        (Problem(Kind("W001", "w", Severity.INFO), "No.", path="roles"),
         ["../roles: info W001 No."]),
    ],
)  # fmt: skip
def test_what_is_not_known_is_left_out(problem: Problem, block: list[str]) -> None:
    assert shown(problem, "id: teller") == block


@pytest.mark.parametrize(
    ("line", "column", "end_column", "marked"),
    [
        ("title: 柜员", 8, 10, "柜员"),
        ("title: 柜员", 1, 6, "title"),
        ("  柜员：经理", 5, 6, "："),
        ("a\tb", 3, 4, "b"),
        ("a\tb", 2, 3, " "),
        ("ab", 2, 2, "b"),  # an empty place stands at its character
        ("e\u0301a", 3, 4, "a"),
    ],
)
def test_the_caret_stands_under_the_place(
    line: str, column: int, end_column: int, marked: str
) -> None:
    assert pointed(line, column, end_column)[1] == marked


def test_a_place_after_the_end_of_the_line_has_its_caret_there() -> None:
    block = shown(at(1, 4, 1, 5), "id:")
    assert block[1:3] == ["    id:", "       ^"]


def test_a_place_of_several_lines_is_marked_on_the_first() -> None:
    assert pointed("title: |", 8, 3, end_line=3) == ("title: |", "|")


@pytest.mark.parametrize("where", [1, 60, 400, 900, 990])
def test_a_long_line_is_cut_around_the_place(where: int) -> None:
    characters = "".join(chr(0x4E00 + number) for number in range(1000))
    line, marked = pointed(characters, where, where + 3)
    assert marked == characters[where - 1 : where + 2]
    assert cells(line) <= 110
    assert line.startswith("…") == (where > 30)
    assert line.endswith("…") == (where < 970)


def test_a_long_place_in_a_long_line_is_marked_as_far_as_it_is_shown() -> None:
    line, marked = pointed("客" * 600, 3, 600)
    assert line == "客" * 50 + "…"
    assert marked == "客" * 48


def test_nothing_unsafe_is_written() -> None:
    problem = Problem(
        KIND, "\x1b[31m\n[red]", "\u202e\x07\nDo.", "roles/a\nb\x1b.yaml", Span(1, 1, 1, 2)
    )
    written = text.render([problem], {problem.path: ["\x1b]0;x\x07[bold]柜员"]}, str)
    assert written.splitlines() == [
        "roles/a\\nb\\x1b.yaml:1:1: error S001 \\x1b[31m\\n[red]",
        "    \\x1b]0;x\\x07[bold]柜员",
        "    ^^^^",
        "    \\u202e\\x07\\nDo.",
    ]


def test_problems_stand_in_the_order_in_which_they_come() -> None:
    written = text.render([at(2, 1, 2, 2), at(1, 1, 1, 2)], {PATH: ["a", "b"]}, str)
    assert [line for line in written.splitlines() if line.startswith("roles")] == [
        "roles/teller.yaml:2:1: error S001 No.",
        "roles/teller.yaml:1:1: error S001 No.",
    ]
    assert text.render([], {}, str) == ""


@pytest.mark.parametrize(
    ("language", "report", "words"),
    [
        ("en", Report((), 1), "1 position: 0 errors, 0 warnings, 0 infos"),
        (
            "en",
            Report((at(1, 1, 1, 2),), 2, 3),
            "2 positions: 1 error, 0 warnings, 0 infos, 3 silenced",
        ),
        ("zh", Report((at(1, 1, 1, 2),), 2), ""),
    ],
)
def test_counts_are_a_sentence(language: messages.Language, report: Report, words: str) -> None:
    messages.use(language)
    said = text.counts(report)
    if words:
        assert said == words
    else:
        assert not any(word in said for word in ("position", "error", "warning"))
        assert "1" in said
        assert "2" in said
