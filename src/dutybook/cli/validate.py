"""`dutybook validate`: all problems of all files in one run, for people and for CI."""

from __future__ import annotations

import os
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, assert_never

import typer

from dutybook import files, store, writing
from dutybook.cli import console, options
from dutybook.errors import BookError, UsageError, WriteError
from dutybook.messages import mark, ntr, tr
from dutybook.problems import Report, Severity
from dutybook.text import LINE_BREAK, safe

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dutybook.engine import Snapshot

EXIT_FOUND = 1
EXIT_TOO_NEW = 2


class ReportFormat(StrEnum):
    """For whom a report is written."""

    TEXT = "text"
    JSON = "json"
    GITHUB = "github"
    GITLAB = "gitlab"
    SARIF = "sarif"
    JUNIT = "junit"


class Level(StrEnum):
    """The severities, as options name them."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


def _complete_codes() -> list[str]:
    from dutybook.rules import RULES

    return [rule.kind.code for rule in RULES]


def validate(
    context: typer.Context,
    paths: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="PATH", help=mark("Report only these files, checked against the whole book.")
        ),
    ] = None,
    *,
    format: Annotated[  # noqa: A002 - the option's name
        ReportFormat, typer.Option("--format", help=mark("For whom the report is written."))
    ] = ReportFormat.TEXT,
    output: Annotated[
        Path | None,
        typer.Option("--output", metavar="FILE", help=mark("Write the report to a file.")),
    ] = None,
    fail_on: Annotated[
        Level | None,
        typer.Option(
            "--fail-on",
            help=mark("The severity from which the exit code is 1; error if not given."),
        ),
    ] = None,
    ignore: Annotated[
        list[str] | None,
        typer.Option(
            "--ignore",
            metavar="CODE",
            autocompletion=_complete_codes,
            help=mark("Leave out a rule, or all whose codes begin like this; may be repeated."),
        ),
    ] = None,
    since: Annotated[
        str | None,
        typer.Option(
            "--since",
            metavar="REV",
            help=mark("Only what is new since a revision, checked against the whole book."),
        ),
    ] = None,
    most: Annotated[
        int | None,
        typer.Option(
            "--max", min=0, metavar="N", help=mark("Show at most N problems; the counts stay true.")
        ),
    ] = None,
) -> int:
    """Check the book; the exit code is 1 where anything is at or above the failing level."""
    from dutybook import engine
    from dutybook.records import TOO_NEW
    from dutybook.since import news
    from dutybook.verdicts import Verdicts

    root = options.folder(context)
    snapshot = engine.of_folder(root)
    if not [path for path in snapshot.paths if path != files.SETTINGS] and not snapshot.problems:
        raise BookError(
            tr("The book in {folder} has no role files.", folder=safe(str(root))),
            tr("`dutybook new POSITION` starts one."),
        )
    codes, today = _codes(ignore or []), options.today()
    verdicts = Verdicts(store.place(root, f"{engine.RULE_SET}-verdicts"))
    earlier = _then(root, since, snapshot) if since is not None else None
    report = engine.check(snapshot, today, verdicts, codes)
    if earlier is not None:
        before, changed = earlier
        report = news(engine.check(before, today, verdicts, codes), report, changed)
    if paths:
        report = _only(report, [_in_book(root, path) for path in paths])
    level = Severity[(fail_on.value if fail_on else engine.fail_level(snapshot)).upper()]
    text = _rendered(format, report, snapshot, root, level, most)
    if output is None:
        console.write_report(text, utf8=format is not ReportFormat.TEXT)
    else:
        _save(output, text)
    if format is ReportFormat.GITHUB:
        _summarise(report, root)
    if any(problem.kind is TOO_NEW for problem in report.problems):
        return EXIT_TOO_NEW
    return EXIT_FOUND if report.fails(level) else 0


def _then(root: Path, revision: str, now: Snapshot) -> tuple[Snapshot, frozenset[str]]:
    from dutybook import since
    from dutybook.git import Repository

    repository = Repository.of(root)
    return since.then(repository, repository.commit(revision), now)


def _codes(ignore: Sequence[str]) -> list[str]:
    """Return the codes to leave out, which must be those of rules or how they begin."""
    from dutybook.rules.unknown_code import complaint, kinds_of

    for code in ignore:
        found = complaint(code)
        if found and not kinds_of(code):
            raise UsageError(*found)
        if found:
            console.note(" ".join(found))
    return list(ignore)


def _in_book(root: Path, path: str) -> str:
    """Return a path as the book names it, relative to its folder."""
    place = Path(os.path.abspath(path))  # noqa: PTH100 - links in the book are not followed
    if not place.exists() and not place.is_symlink():
        raise UsageError(tr("There is no file {path}.", path=safe(path)))
    # The folders above may be named through links by one and not by the other.
    for one, folder in (
        (place, Path(os.path.abspath(root))),  # noqa: PTH100 - as above
        (Path(os.path.realpath(place.parent), place.name), Path(os.path.realpath(root))),
        (Path(os.path.realpath(place)), Path(os.path.realpath(root))),
    ):
        if one.is_relative_to(folder):
            return one.relative_to(folder).as_posix()
    raise UsageError(
        tr("{path} is not in the book.", path=safe(path)), tr("Name files of the book.")
    )


def _only(report: Report, paths: Sequence[str]) -> Report:
    """Return the problems of some files or folders."""
    folders = tuple(path.rstrip("/") + "/" for path in paths)
    kept = [
        problem
        for problem in report.problems
        if problem.path in paths or problem.path.startswith(folders) or "." in paths
    ]
    return Report(tuple(kept), report.roles, report.silenced)


def _rendered(
    chosen: ReportFormat,
    report: Report,
    snapshot: Snapshot,
    root: Path,
    level: Severity,
    most: int | None,
) -> str:
    from dutybook.reports import github, gitlab, json, junit, sarif

    shown = (
        report if most is None else Report(report.problems[:most], report.roles, report.silenced)
    )
    if chosen is ReportFormat.TEXT:
        return _text(report, shown, snapshot, root)
    if chosen is ReportFormat.JSON:
        return console.json_text(
            {**json.document(report), "problems": json.document(shown)["problems"]}
        )
    top = options.path_from_top(root)
    if chosen is ReportFormat.GITHUB:
        return github.render(report, top, most)
    if chosen is ReportFormat.GITLAB:
        return gitlab.render(shown, top)
    if chosen is ReportFormat.SARIF:
        return sarif.render(shown, top)
    if chosen is ReportFormat.JUNIT:
        return junit.render(shown, top, level)
    assert_never(chosen)


def _text(report: Report, shown: Report, snapshot: Snapshot, root: Path) -> str:
    from dutybook.reports import text

    lines = {path: _lines(snapshot, path) for path in {one.path for one in shown.problems}}
    parts = [text.render(shown.problems, lines, lambda path: options.shown_path(root, path))]
    left_out = len(report.problems) - len(shown.problems)
    if left_out:
        parts.append(ntr("… {count} more\n", "… {count} more\n", left_out))
    return "".join(parts) + text.counts(report) + "\n"


def _lines(snapshot: Snapshot, path: str) -> list[str]:
    content = snapshot.read(path) if path in snapshot.paths else b""
    if not isinstance(content, bytes):
        return []
    return LINE_BREAK.split(content.decode("utf-8-sig", "replace"))


def _save(output: Path, text: str) -> None:
    """Write the report to a file, whole or not at all; a device or pipe takes it as it comes."""
    is_device = os.path.abspath(output).startswith(("/dev/", "/proc/"))  # noqa: PTH100 - no links
    if not is_device and (not output.exists() or output.is_file()):
        writing.write_over(Path(os.path.realpath(output)), text)  # a link stays one
    else:
        _append(output, text)


def _append(place: Path, text: str) -> None:
    try:
        with place.open("a", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except OSError as error:
        reason = error.strerror or ""
        raise WriteError(tr("The output cannot be written: {reason}", reason=reason)) from None


def _summarise(report: Report, root: Path) -> None:
    """Add to the job summary of GitHub, where there is one."""
    place = os.environ.get("GITHUB_STEP_SUMMARY")
    if place:
        from dutybook.reports import github

        _append(Path(place), github.summary(report, options.path_from_top(root)))
