"""Workflow commands as the runner reads them, ten of a kind, and the job summary."""

from __future__ import annotations

import re
from typing import NamedTuple

import pytest

from dutybook import messages
from dutybook.problems import Kind, Problem, Report, Severity, Span
from dutybook.reports import github
from tests.reports.reported import HEAD, TELLER, from_top, report

KINDS = {
    severity: Kind(f"W00{severity.value}", "some-rule", severity)
    for severity in (Severity.ERROR, Severity.WARNING, Severity.INFO)
}


class Command(NamedTuple):
    name: str
    properties: dict[str, str]
    message: str


def unescaped(text: str, *more: tuple[str, str]) -> str:
    for code, character in (*more, ("%0D", "\r"), ("%0A", "\n"), ("%25", "%")):
        text = text.replace(code, character)
    return text


def commands(text: str) -> list[Command]:
    """Read workflow commands as actions/runner does (ActionCommand.TryParseV2)."""
    found = []
    for line in text.splitlines():
        assert line.startswith("::")
        head, separator, message = line[2:].partition("::")
        assert separator
        name, _, rest = head.partition(" ")
        properties = {}
        for part in filter(None, rest.split(",")):
            key, equals, value = part.partition("=")
            assert equals
            properties[key] = unescaped(value, ("%3A", ":"), ("%2C", ","))
        found.append(Command(name, properties, unescaped(message)))
    return found


def problems(count: int, severity: Severity) -> tuple[Problem, ...]:
    return tuple(
        Problem(
            KINDS[severity],
            f"问题{number}",
            path="roles/柜员.yaml",
            span=Span(number, 1, number, 2),
        )
        for number in range(1, count + 1)
    )


def test_what_is_said_comes_through() -> None:
    found = report()
    read = commands(github.render(found, from_top))
    assert len(read) == len(found.problems)
    names = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}
    for command, problem in zip(
        read, sorted(found.problems, key=lambda one: -one.kind.severity), strict=True
    ):
        span = problem.span
        assert command.name == names[problem.kind.severity]
        assert command.properties["file"] == from_top(problem.path)
        assert command.properties["title"] == f"{problem.kind.code} {problem.kind.name}"
        assert command.message == f"{problem.message} {problem.hint}".strip()
        assert command.properties.get("line") == (str(span.line) if span else None)
        assert command.properties.get("col") == (str(span.column) if span else None)
    assert {command.properties["file"] for command in read} >= {from_top(HEAD), from_top(TELLER)}


def test_the_escaping_is_that_of_the_toolkit() -> None:
    path, message = "roles/100%:a,b=c/\r\n甲.yaml", "100%: a,b\r\n::error::x"
    problem = Problem(KINDS[Severity.ERROR], message, "改,正", path, Span(1, 2, 1, 4))
    assert github.render(Report((problem,), 1), str) == (
        "::error file=roles/100%25%3Aa%2Cb=c/\\x0d%0A甲.yaml,line=1,col=2,endLine=1,endColumn=4,"
        "title=W003 some-rule::100%25: a,b\\x0d ::error::x 改,正\n"
    )


@pytest.mark.parametrize(
    ("span", "shown"),
    [
        (None, "file=a,title=W003 some-rule"),
        (Span(1, 2, 1, 4), "file=a,line=1,col=2,endLine=1,endColumn=4,title=W003 some-rule"),
        (Span(1, 2, 3, 4), "file=a,line=1,col=2,endLine=3,title=W003 some-rule"),
    ],
)
def test_places(span: Span | None, shown: str) -> None:
    """Columns count only where the place is on one line (actions/toolkit, `annotations`)."""
    problem = Problem(KINDS[Severity.ERROR], "问题", path="a", span=span)
    assert github.render(Report((problem,), 1), str) == f"::error {shown}::问题\n"


@pytest.mark.parametrize(
    ("errors", "warnings", "infos", "shown", "left_out"),
    [
        (10, 10, 10, (10, 10, 10), 0),
        (11, 0, 0, (10, 0, 1), 1),
        (11, 0, 9, (10, 0, 10), 1),
        (11, 0, 10, (10, 0, 10), 2),
        (3, 500, 2, (3, 10, 3), 490),
        (30, 30, 30, (10, 10, 10), 61),
        (0, 0, 0, (0, 0, 0), 0),
    ],
)
def test_ten_of_a_kind(
    errors: int, warnings: int, infos: int, shown: tuple[int, int, int], left_out: int
) -> None:
    every = (
        problems(errors, Severity.ERROR) + problems(warnings, Severity.WARNING)
        + problems(infos, Severity.INFO)
    )  # fmt: skip
    read = commands(github.render(Report(every, 1), str))
    names = [command.name for command in read]
    assert tuple(names.count(name) for name in ("error", "warning", "notice")) == shown
    said = [command.message for command in read if not command.properties]
    assert said == [f"{left_out} more problems are in the job summary."] * bool(left_out)
    firsts = [command.message for command in read if command.name == "error"]
    assert firsts == [f"问题{number}" for number in range(1, shown[0] + 1)]


def test_at_most_so_many() -> None:
    read = commands(github.render(Report(problems(5, Severity.WARNING), 1), str, 3))
    assert [command.message for command in read] == [
        "问题1", "问题2", "问题3", "2 more problems are in the job summary.",
    ]  # fmt: skip


# The job summary


def table(text: str) -> list[list[str]]:
    """Return the cells of a Markdown table, read as GitHub's flavour has it."""
    rows = [line for line in text.splitlines() if line.startswith("|")]
    return [
        [re.sub(r"\\(.)", r"\1", cell).strip() for cell in re.split(r"(?<!\\)\|", row)[1:-1]]
        for row in rows
    ]


def test_the_summary_has_all() -> None:
    found = report()
    text = github.summary(found, from_top)
    assert text.startswith("## dutybook validate: 5 positions: ")
    head, line, *rows = table(text)
    assert head == ["Place", "Severity", "Code", "Problem"]
    assert set(line) == {"---"}
    assert len(rows) == len(found.problems)
    for row, problem in zip(rows, found.problems, strict=True):
        where = f":{problem.span.line}" if problem.span else ""
        assert row[0] == from_top(problem.path) + where
        assert row[2] == problem.kind.code
        assert row[3] == f"{problem.message} {problem.hint}".strip()


def test_what_stands_in_the_book_is_no_markdown_and_no_html() -> None:
    message = "<img src=x> & [a](b) `c` *d* _e_ ~f~ | # \\ \n::error::\x1b[31m"
    problem = Problem(KINDS[Severity.ERROR], message, path="roles/a|b<c>.yaml")
    *_, (place, severity, _, said) = table(github.summary(Report((problem,), 1), str))
    assert place == "roles/a|b&lt;c>.yaml"
    assert severity == "error"
    assert said == ("&lt;img src=x> &amp; [a](b) `c` *d* _e_ ~f~ | # \\  ::error::\\x1b[31m")
    row = github.summary(Report((problem,), 1), str).splitlines()[-1]
    assert not re.search(r"(?<!\\)[`*_~\[\]#]|<", row)


def test_the_summary_of_nothing() -> None:
    assert github.summary(Report((), 3), str) == (
        "## dutybook validate: 3 positions: 0 errors, 0 warnings, 0 infos\n\n"
    )


def test_the_summary_is_in_the_readers_language() -> None:
    found = report("zh")
    messages.use("zh")
    head, _, *rows = table(github.summary(found, str))
    assert not any(cell.isascii() for cell in head)
    assert {row[1] for row in rows} == {"错误", "警告", "提示"}


def test_a_summary_that_github_would_drop_is_cut() -> None:
    every = problems(30_000, Severity.ERROR)
    text = github.summary(Report(every, 1), str)
    assert 900_000 < len(text.encode()) < 1_048_576
    shown = len(table(text)) - 2
    assert text.endswith(f"\n\n… {30_000 - shown} more\n")
    assert "30000 errors" in text
