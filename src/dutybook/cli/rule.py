"""`dutybook rule`: the rules, and each one explained; offline."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from dutybook.cli import console, options
from dutybook.errors import UsageError
from dutybook.messages import listed, mark, tr
from dutybook.text import nearest, safe

if TYPE_CHECKING:
    from dutybook.rules.base import Rule


def _complete_codes() -> list[tuple[str, str]]:
    from dutybook.rules import RULES

    return [(rule.kind.code, rule.kind.name) for rule in RULES]


def rule(
    context: typer.Context,
    code: Annotated[
        str | None,
        typer.Argument(
            metavar="CODE",
            autocompletion=_complete_codes,
            help=mark("The code or the name of a rule."),
        ),
    ] = None,
    *,
    format: options.FormatOption = None,  # noqa: A002 - the option's name
) -> None:
    """List the rules, or explain one."""
    from dutybook.rules import RULES, pages

    chosen = console.chosen(format)
    rules = RULES if code is None else (_found(code),)
    rows = [[one.kind.code, one.kind.name, pages.level(one), tr(one.what)] for one in rules]
    if chosen == "json":
        keys = ("code", "name", "severity", "what", "why")
        found = [[*row, tr(one.why)] for row, one in zip(rows, rules, strict=True)]
        console.write_json(
            {"version": 1, "rules": [dict(zip(keys, row, strict=True)) for row in found]}
        )
    elif code is not None:
        console.write(pages.text(*rules))
    elif chosen == "plain":
        console.write_plain(rows)
    else:
        from dutybook.cli.tables import Column, Prose, table

        columns = [
            Column(tr("Code"), fixed=True),
            Column(tr("Name"), fixed=True),
            Column(tr("Severity"), fixed=True),
            Column(tr("What it finds")),
        ]
        shown = [
            [code, name, pages.severity(one), what]
            for (code, name, _, what), one in zip(rows, rules, strict=True)
        ]
        console.write_rich(
            context, table(columns, [[Prose.of(cell) for cell in row] for row in shown])
        )


def _found(code: str) -> Rule:
    from dutybook.rules import RULES

    by_name = {name: one for one in RULES for name in (one.kind.code, one.kind.name)}
    found = by_name.get(code.upper()) or by_name.get(code)
    if found:
        return found
    close = nearest(code, by_name)
    raise UsageError(
        tr("There is no rule {code}.", code=safe(code)),
        tr("Did you mean {name}?", name=listed(close))
        if close
        else tr("`dutybook rule` lists them."),
    )
