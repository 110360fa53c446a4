"""`dutybook diff`: two positions side by side, or what changed between two states of a book."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dutybook import files
from dutybook.cli import console, options
from dutybook.errors import BookError, DutybookError, PositionError, UsageError
from dutybook.messages import mark, tr
from dutybook.problems import Problem
from dutybook.text import fold, safe

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from dutybook.book import Book
    from dutybook.changes.base import Change
    from dutybook.changes.pairs import Comparison
    from dutybook.facts import Role
    from dutybook.revisions import Finding, State

EXIT_DIFFERENT = 1
EXIT_UNREAD = 2
_HEAD = "HEAD"


def diff(
    context: typer.Context,
    positions: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="POSITION",
            autocompletion=options.complete_positions,
            help=mark("Two positions or role files to compare; with revisions, only these."),
        ),
    ] = None,
    *,
    rev: Annotated[
        str | None,
        typer.Option(
            "--rev",
            metavar="REV",
            help=mark(
                "A revision against the files, or OLD..NEW, or OLD...NEW from where they parted."
            ),
        ),
    ] = None,
    staged: Annotated[
        bool, typer.Option("--staged", help=mark("What is staged, against the last commit."))
    ] = False,
    books: Annotated[
        tuple[str, str] | None,
        typer.Option("--books", metavar="DIR DIR", help=mark("Two books in two folders.")),
    ] = None,
    stat: Annotated[bool, typer.Option("--stat", help=mark("Only the counts."))] = False,
    exit_code: Annotated[
        bool, typer.Option("--exit-code", help=mark("Exit with 1 where there is a difference."))
    ] = False,
    git_driver: Annotated[
        bool, typer.Option("--git-driver", help=mark("For git: see docs/how-to/git.md."))
    ] = False,
    format: options.DocumentFormatOption = None,  # noqa: A002 - the option's name
) -> int:
    """Compare what duties say, not the lines they stand on.

    Without anything, the files against the last commit.
    """
    names = positions or []
    if git_driver:
        from dutybook.cli import diff_driver

        return diff_driver.run(context, names)
    asked = [
        name
        for name, value in (("--rev", rev), ("--staged", staged), ("--books", books))
        if value not in (None, False)
    ]
    if len(asked) > 1:
        raise UsageError(
            tr("{one} and {other} do not go together.", one=asked[0], other=asked[1]),
            tr("Choose one of them."),
        )
    if not asked and len(names) == 2:
        comparison = _two_positions(context, names)
        _write_pairs(context, comparison, console.chosen(format), stat=stat)
        different = _is_different(comparison)
        return EXIT_DIFFERENT if exit_code and different else 0
    from dutybook import revisions
    from dutybook.changes.compare import compare

    old, new, opened = _states(context, rev, books, staged=staged)
    found = revisions.differing(old, new)
    changes: Sequence[Change] = compare(found.old, found.new)
    findings = found.findings
    if names:
        wanted = _wanted(names, [*found.old, *found.new], findings, opened)
        changes = [change for change in changes if _is_about(change, wanted)]
        findings = [one for one in findings if files.stem(one.problem.path) in wanted]
    _tell(findings)
    _write(context, (old.name, new.name), changes, opened, console.chosen(format), stat=stat)
    if any(not finding.is_compared for finding in findings):
        return EXIT_UNREAD
    return EXIT_DIFFERENT if exit_code and changes else 0


def _states(
    context: typer.Context, rev: str | None, books: tuple[str, str] | None, *, staged: bool
) -> tuple[State, State, _Opener]:
    """Return the two states to compare, and how to open the book that names are looked up in."""
    from dutybook import revisions

    if books is not None:
        roots = [files.find_book(name, {}, Path.cwd()) for name in books]
        old, new = (revisions.folder(root, name) for root, name in zip(roots, books, strict=True))
        return old, new, _Opener(*reversed(roots))
    from dutybook.git import Repository

    root = options.folder(context)
    opened = _Opener(root)
    repository = Repository.of(root)
    if rev is not None and ".." in rev:
        one, dots, other = rev.partition("..." if "..." in rev else "..")
        one, other = one or _HEAD, other or _HEAD
        start, end = repository.commit(one), repository.commit(other)
        if dots == "...":
            start = repository.merge_base(start, end)
        old, new = revisions.commits(repository, (start, one), (end, other))
        return old, new, opened
    asked = rev if rev is not None else _HEAD
    (old,) = revisions.commits(repository, (repository.commit(asked), asked))
    new = revisions.index(repository) if staged else revisions.worktree(root, old)
    return old, new, opened


class _Opener:
    """Opens the books of a comparison when a name or a title is asked for, and not before."""

    def __init__(self, *roots: Path) -> None:
        self._roots = roots
        self._books: list[Book] | None = None

    def books(self) -> list[Book]:
        """Return the books that can be opened, the newer first."""
        if self._books is None:
            from dutybook.book import Book

            self._books = []
            for root in self._roots:
                try:
                    self._books.append(Book(root))
                except DutybookError:
                    continue
        return self._books

    def title_of(self, position: str) -> str:
        """Return a position's title, its id where it has none."""
        titles = (book.title(position) for book in self.books())
        return next((title for title in titles if title != position), position)

    def find(self, name: str) -> str:
        """Return the id of the one position that a name means.

        Raises:
            DutybookError: no position or several have the name, or there is no book.
        """
        books = self.books()
        for number, book in enumerate(books, 1):
            try:
                return book.find(name).id
            except PositionError as error:
                if number == len(books):
                    raise _hinted(error, book.root, [name], name) from None
        from dutybook.book import Book

        return Book(self._roots[0]).find(name).id  # says what is wrong with the book


def _hinted(error: PositionError, root: Path, names: Sequence[str], name: str) -> PositionError:
    """Return the error of a name that fits no position, with advice where it is a revision."""
    from dutybook.git import Repository

    try:
        Repository.of(root).commit(name)
    except DutybookError:
        return error
    return PositionError(
        tr("{name} is a revision, not a position.", name=safe(name)),
        tr("Revisions: `dutybook diff --rev {rev}`.", rev=safe("..".join(names))),
    )


def _wanted(
    names: Iterable[str], roles: Sequence[Role], findings: Iterable[Finding], opened: _Opener
) -> set[str]:
    """Return the ids of the positions that names mean, on either side or in the book."""
    unread = {files.stem(finding.problem.path) for finding in findings}
    wanted: set[str] = set()
    for name in names:
        folded = fold(name)
        fitting = {role.id for role in roles if role.id == name} or {
            role.id for role in roles if folded in {fold(role.title), *_aliases(role)}
        }
        if not fitting and name in unread:
            fitting = {name}
        wanted |= fitting or {opened.find(name)}
    return wanted


def _aliases(role: Role) -> list[str]:
    aliases = role.head["aliases"]
    return [fold(alias) for alias in aliases] if isinstance(aliases, tuple) else []


def _is_about(change: Change, wanted: set[str]) -> bool:
    return any(
        place is not None and place.role in wanted for place in (change.before, change.after)
    )


def _tell(findings: Iterable[Finding]) -> None:
    """Say on stderr what could not be read, or only in part."""
    for finding in findings:
        problem, state = finding.problem, finding.state
        path = options.shown_path(state.root, problem.path) if state.root else problem.path
        place = safe(path).replace("\n", "\\n")
        if state.root is None:
            place = tr("{path} ({state})", path=place, state=safe(state.shown))
        if problem.span:
            place += f":{problem.span.line}"
        if finding.is_compared:
            said = tr("has errors, and is compared as far as it can be read.")
        else:
            said = tr("cannot be compared.")
        console.note(f"{place}: {said} {problem.message}")
        if problem.hint:
            console.note(tr("  {hint}", hint=problem.hint))


def _two_positions(context: typer.Context, names: Sequence[str]) -> Comparison:
    from dutybook.changes.pairs import pair

    (old_path, old), (new_path, new) = (_position(context, name, names) for name in names)
    if old_path == new_path:
        raise UsageError(
            tr(
                "{one} and {other} are the same position.", one=safe(names[0]), other=safe(names[1])
            ),
            tr("Name two positions; `dutybook diff POSITION --rev REV` shows how one changed."),
        )
    return pair(old, new)


def _position(context: typer.Context, name: str, names: Sequence[str]) -> tuple[Path, Role]:
    """Return the position that one of two names means, or paths of role files, with its path.

    Raises:
        DutybookError: there is none, or its file cannot be read.
    """
    from dutybook import revisions

    path = Path(name)
    if name.lower().endswith((".yaml", ".yml")):
        folder, inner = path.parent, path.name
        shown = name
    else:
        book = options.open_book(context)
        try:
            row = book.find(name)
        except PositionError as error:
            raise _hinted(error, book.root, names, name) from None
        folder, inner = book.root, row.path
        shown = options.shown_path(folder, inner)
    content = files.read(folder, inner)
    role, problem = None, content if isinstance(content, Problem) else None
    if not isinstance(content, Problem):
        role, problem = revisions.read_role(content[0], inner)
    place = f"{shown}:{problem.span.line}" if problem and problem.span else shown
    if role is None:
        assert problem is not None
        raise BookError(
            tr(
                "{place}: cannot be compared. {message}", place=safe(place), message=problem.message
            ),
            problem.hint,
        )
    if problem:
        said = tr("has errors, and is compared as far as it can be read.")
        console.note(f"{safe(place)}: {said} {problem.message}")
    return (folder / inner).resolve(), role


def _is_different(comparison: Comparison) -> bool:
    from dutybook.changes.base import Fit

    return bool(comparison.head) or any(one.kind is not Fit.SHARED for one in comparison.pairs)


def _write_pairs(
    context: typer.Context, comparison: Comparison, chosen: str, *, stat: bool
) -> None:
    from dutybook.changes import pairs
    from dutybook.cli import diff_views

    title_of = _opened_or_ids(context)
    if chosen == "json":  # the same with --stat: its keys never vary
        console.write_json(
            {
                "version": 1,
                "old": comparison.old.id,
                "new": comparison.new.id,
                "head": [diff_views.change_json(change) for change in comparison.head],
                "pairs": [diff_views.pair_json(one) for one in comparison.pairs],
            }
        )
    elif stat and chosen == "plain":
        console.write_plain([[kind, str(n)] for kind, n in pairs.counted(comparison).items()])
    elif stat:
        console.write(f"{safe(diff_views.pairs_summary(comparison))}\n")
    elif chosen == "plain":
        console.write_plain(diff_views.pairs_plain(comparison))
    elif chosen == "markdown":
        from dutybook.cli import diff_markdown

        console.write(diff_markdown.of_pairs(comparison, title_of))
    else:
        from dutybook.cli import diff_tables

        color = console.has_color(context)
        parts = diff_tables.render_pairs(comparison, title_of, console.width(), color=color)
        console.write_rich(context, *parts)


def _opened_or_ids(context: typer.Context) -> Callable[[str], str]:
    """Return what gives a position's title; its id where there is no book."""
    try:
        return _Opener(options.folder(context)).title_of
    except DutybookError:
        return str


def _write(
    context: typer.Context,
    names: tuple[str, str],
    changes: Sequence[Change],
    opened: _Opener,
    chosen: str,
    *,
    stat: bool,
) -> None:
    from dutybook.changes.base import counted
    from dutybook.cli import diff_views

    if chosen == "json":  # the same with --stat: its keys never vary
        console.write_json(
            {
                "version": 1,
                "old": names[0],
                "new": names[1],
                "summary": counted(changes),
                "changes": [diff_views.change_json(change) for change in changes],
            }
        )
    elif chosen == "plain":
        console.write_plain(
            [[place.role, *map(str, counts.values())] for place, counts in diff_views.stat(changes)]
            if stat
            else map(diff_views.change_plain, changes)
        )
    elif chosen == "markdown":
        from dutybook.cli import diff_markdown

        console.write(
            diff_markdown.of_counts(changes)
            if stat
            else diff_markdown.of_changes(changes, opened.title_of)
        )
    elif not changes:
        console.note(tr("No differences."))
    else:
        from dutybook.cli import diff_tables

        color = console.has_color(context)
        console.write_rich(
            context,
            *(
                [diff_tables.stat(changes)]
                if stat
                else diff_tables.render(changes, opened.title_of, console.width(), color=color)
            ),
        )
