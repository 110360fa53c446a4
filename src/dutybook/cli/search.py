"""`dutybook search`: the duties and positions that hold a query, each with its passage."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from dutybook import query
from dutybook import search as searching
from dutybook.cli import console, options
from dutybook.cli.usage import unmarked
from dutybook.errors import UsageError
from dutybook.messages import language, listed, mark, ntr, tr
from dutybook.query import PHRASE, WORD
from dutybook.text import safe

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from dutybook.book import Book
    from dutybook.parts import Hit
    from dutybook.query import Query
    from dutybook.search import Missed, Result

EXIT_NOTHING = 1


def search(
    context: typer.Context,
    words: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="QUERY",
            help=mark(
                "Words that must all be there; “a phrase”, -without, this OR that, and the filters"
                " tag: role: unit: system: cadence: involvement: counterpart:."
            ),
        ),
    ] = None,
    *,
    role: options.RoleOption = None,
    tag: options.TagOption = None,
    unit: Annotated[
        str | None,
        typer.Option(
            "--unit", metavar="UNIT", help=mark("Only positions of this department or branch.")
        ),
    ] = None,
    limit: Annotated[
        int | None, typer.Option("--limit", metavar="N", min=1, help=mark("Show at most so many."))
    ] = None,
    count: Annotated[
        bool, typer.Option("--count", help=mark("Only say how many there are."))
    ] = False,
    files: Annotated[bool, typer.Option("--files", help=mark("Only name the files."))] = False,
    format: options.FormatOption = None,  # noqa: A002 - the option's name
) -> int:
    """Search the book; the exit code is 1 where nothing is found."""
    filters = {"role": role, "tag": tag, "unit": unit}
    asked = query.parse(
        " ".join(map(unmarked, words or ())),
        {name: unmarked(value) for name, value in filters.items() if value is not None},
    )
    chosen = console.chosen(format)
    if files and chosen == "json":
        raise UsageError(
            tr("--files and --format json do not go together."),
            tr("In JSON each hit names its file."),
        )
    book = options.open_book(context)
    result = searching.find(book, asked)
    hits = result.hits[:limit]
    if chosen == "json":
        console.write_json(_json(asked, result, [] if count else hits))
    elif files:
        _write_files(book, hits, len({hit.path for hit in result.hits}) if count else None)
    elif count:
        console.write(f"{len(result.hits)}\n")
    elif chosen == "plain":
        console.write_plain(_plain(book, hits))
    elif hits:
        _write_table(context, hits, result)
    _tell(result)
    return 0 if result.hits else EXIT_NOTHING


def _json(asked: Query, result: Result, hits: Sequence[Hit]) -> dict[str, Any]:
    return {
        "version": 1,
        "query": asked.text,
        "total": len(result.hits),
        "hits": [
            {
                "role": hit.role,
                "role_title": hit.role_title,
                "duty": hit.duty or None,
                "label": hit.label or None,
                "title": hit.title or None,
                "field": hit.field,
                "text": hit.text,
                "spans": searching.spans(hit.text, result.words),
                "path": hit.path,
                "line": hit.line,
            }
            for hit in hits
        ],
    }


def _write_files(book: Book, hits: Sequence[Hit], count: int | None) -> None:
    if count is not None:
        console.write(f"{count}\n")
        return
    place = _places(book)
    console.write_plain([place(path)] for path in dict.fromkeys(hit.path for hit in hits))


def _places(book: Book) -> Callable[[str], str]:
    """Return how to give a path of the book from the current folder; a folder is asked for once."""
    folders: dict[str, str] = {}

    def place(path: str) -> str:
        folder, _, name = path.rpartition("/")
        if folder not in folders:
            shown = options.shown_path(book.root, path)
            folders[folder] = shown.removesuffix(name)
        return folders[folder] + name

    return place


def _plain(book: Book, hits: Sequence[Hit]) -> Iterator[tuple[str, ...]]:
    """Yield role, label, title, passage and path:line of each hit."""
    place = _places(book)
    for hit in hits:
        yield hit.role, hit.label, hit.title, hit.text, f"{place(hit.path)}:{hit.line}"


def _write_table(context: typer.Context, hits: Sequence[Hit], result: Result) -> None:
    from dutybook.cli import search_tables

    console.write_rich(context, search_tables.render(hits, result.words))
    total = len(result.hits)
    said = ntr("{count} hit.", "{count} hits.", total)
    if len(hits) < total:
        said += "" if language() == "zh" else " "
        said += ntr("The first is shown.", "The first {count} are shown.", len(hits))
    console.write(f"\n{said}\n")


def _tell(result: Result) -> None:
    """Say on stderr what is not searched, and what nothing in the book holds."""
    if result.unsearched:
        console.note(
            ntr(
                "{count} file has errors and is not searched; `dutybook validate` shows them.",
                "{count} files have errors and are not searched; `dutybook validate` shows them.",
                result.unsearched,
            )
        )
    if result.hits:
        return
    console.note(tr("Nothing found."))
    for one in result.missed:
        for line in _missed(one):
            console.note(f"  {line}")


def _missed(missed: Missed) -> Iterator[str]:
    term = missed.term
    near = listed([safe(name) for name in missed.near])
    if term.kind not in {WORD, PHRASE}:
        name = f"{query.FILTERS[term.kind]}：" if language() == "zh" else f"{term.kind}:"
        yield tr("Nothing in the book has {filter}.", filter=f"{name}{safe(term.value)}")
    if near:
        yield tr("Did you mean {name}?", name=near)
