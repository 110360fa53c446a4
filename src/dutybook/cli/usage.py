"""What every command shares on the command line: the common options, help, and usage errors.

The one place that knows typer's insides; help and errors are worded by us, in both languages.
"""

from __future__ import annotations

import re
import shutil
from typing import TYPE_CHECKING, Any, Final

import typer
from typer._click.exceptions import ClickException
from typer.core import TyperArgument, TyperCommand, TyperGroup, TyperOption

from dutybook import messages
from dutybook.errors import UsageError
from dutybook.messages import listed, mark, tr
from dutybook.text import cells, nearest, safe, wrap

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

PARSER_ERRORS: Final = (ClickException,)
COLORS: Final = ("auto", "always", "never")
_MAX_WIDTH: Final = 100


def _remember(context: typer.Context, parameter: Any, value: str | None) -> str | None:
    """Keep a common option for the command, wherever on the line it stood."""
    if value is not None:
        choices = {"lang": messages.LANGUAGES, "color": COLORS}.get(parameter.name)
        if choices and value not in choices:
            raise UsageError(
                tr("--{option} cannot be {value}.", option=parameter.name, value=safe(value)),
                tr("One of: {choices}.", choices=", ".join(choices)),
            )
        context.find_root().meta[f"dutybook.{parameter.name}"] = value
    return value


def common(context: typer.Context, name: str) -> str | None:
    """Return the value of a common option: `book`, `lang` or `color`."""
    value = context.find_root().meta.get(f"dutybook.{name}")
    return value if isinstance(value, str) else None


def _common_options() -> list[TyperOption]:
    def option(name: str, metavar: str, text: str, choices: Iterable[str] = ()) -> TyperOption:
        return TyperOption(
            param_decls=[f"--{name}"],
            metavar=metavar,
            help=text,
            callback=_remember,
            expose_value=False,
            autocompletion=(lambda *_: list(choices)) if choices else None,
        )

    return [
        option("book", "DIR", mark("The folder of the book.")),
        option("lang", "zh|en", mark("The language of messages."), messages.LANGUAGES),
        option("color", "auto|always|never", mark("Whether to use colours."), COLORS),
    ]


def first_word(arguments: Sequence[str]) -> str:
    """Return the first argument that is no common option nor its value: the command's name."""
    values = False
    for argument in arguments:
        if not values and not argument.startswith("-"):
            return argument
        values = not values and argument in {"--book", "--lang", "--color"}
    return ""


class Command(TyperCommand):
    """A command with the common options, and help in the reader's language."""

    def __init__(self, *args: Any, params: list[Any] | None = None, **settings: Any) -> None:
        super().__init__(*args, params=[*(params or []), *_common_options()], **settings)

    def get_help(self, ctx: Any) -> str:
        """Return the help of the command."""
        return _help(self, ctx)

    def get_short_help_str(self, limit: int = 0) -> str:  # noqa: ARG002 - typer's signature
        """Return the first line of the help, for completion."""
        return _summary(self)


_KEPT: Final = "\0"  # no argument of a program holds it


def unmarked(value: str) -> str:
    """Return an argument as it was typed."""
    return value.removeprefix(_KEPT)


class QueryCommand(Command):
    """A command whose arguments may begin with one `-`: an exclusion, not an option.

    The parser would take it for options of one letter, of which there are none.
    """

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Parse the arguments with exclusions marked; `unmarked` undoes it."""
        marked = [
            _KEPT + one if one.startswith("-") and not one.startswith("--") else one for one in args
        ]
        return super().parse_args(ctx, marked)


class Group(TyperGroup):
    """The program itself: its commands and the common options."""

    def __init__(self, *args: Any, params: list[Any] | None = None, **settings: Any) -> None:
        super().__init__(*args, params=[*(params or []), *_common_options()], **settings)

    def get_help(self, ctx: Any) -> str:
        """Return the help of the program."""
        return _help(self, ctx)

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Find a command, or name the nearest one."""
        if args[0] not in self.commands and not args[0].startswith("-"):
            if ctx.resilient_parsing:
                return None, None, args[1:]
            close = nearest(args[0], self.commands)
            raise UsageError(
                tr("There is no command {name}.", name=safe(args[0])),
                tr("Did you mean {name}?", name=close[0])
                if close
                else tr("Commands: {names}.", names=listed(list(self.commands))),
            )
        return super().resolve_command(ctx, args)


def worded(error: ClickException) -> tuple[str, str]:
    """Return message and hint for an error of the parser, in our words."""
    kind = type(error).__name__
    parameter = getattr(error, "param", None)
    context = getattr(error, "ctx", None)
    see = tr("See `{command} --help`.", command=context.command_path if context else "dutybook")
    option = safe(getattr(error, "option_name", "") or "")
    if kind == "NoSuchOption":
        possible = getattr(error, "possibilities", None) or []
        hint = tr("Did you mean {name}?", name=listed(sorted(possible))) if possible else see
        return tr("There is no option {name}.", name=option), hint
    if kind == "MissingParameter" and parameter is not None:
        return tr("{name} is missing.", name=_name(parameter)), see
    if kind == "BadOptionUsage":
        if "does not take a value" in error.message:
            return tr("The option {name} takes no value.", name=option), see
        return tr("The option {name} needs a value.", name=option), see
    if kind == "BadParameter" and parameter is not None:
        choices = getattr(parameter.type, "choices", None)
        if choices:
            names = ", ".join(str(getattr(choice, "value", choice)) for choice in choices)
            return (
                tr("This is no value for {name}.", name=_name(parameter)),
                tr("One of: {choices}.", choices=names),
            )
        return tr("This is no value for {name}.", name=_name(parameter)), see
    extra = re.search(r"unexpected extra argument\S* \((.*)\)", error.message, re.DOTALL)
    if extra:
        return tr("Too many arguments: {arguments}.", arguments=safe(extra[1])), see
    return safe(error.format_message()), see


def _name(parameter: Any) -> str:
    return parameter.opts[-1] if parameter.param_type_name == "option" else _metavar(parameter)


def _metavar(parameter: Any) -> str:
    return str(parameter.metavar or parameter.name.upper())


def _summary(command: Any) -> str:
    text = tr(command.help).strip()
    return re.split(r"(?<=[。])|(?<=\.)\s|\n", text)[0].rstrip("。.")


def _help(command: Any, context: Any) -> str:
    """Return the help of a command: usage, what it does, commands, arguments, options."""
    parameters = command.get_params(context)
    arguments = [one for one in parameters if isinstance(one, TyperArgument) and not one.hidden]
    options = [one for one in parameters if isinstance(one, TyperOption) and not one.hidden]
    commands = getattr(command, "commands", {})
    pieces = [context.command_path, *(_usage_piece(one) for one in arguments)]
    pieces += [tr("[OPTIONS]")] + ([tr("COMMAND …")] if commands else [])
    width = min(shutil.get_terminal_size().columns, _MAX_WIDTH)
    blocks = [
        tr("Usage: {usage}", usage=" ".join(pieces)),
        _paragraphs(tr(command.help), width),
        _columns(tr("Commands"), [(name, _summary(one)) for name, one in commands.items()], width),
        _columns(tr("Arguments"), [(_metavar(one), tr(one.help)) for one in arguments], width),
        _columns(tr("Options"), [_option_row(one) for one in options], width),
        _paragraphs(tr(command.epilog), width),
    ]
    return "\n\n".join(block for block in blocks if block)


def _usage_piece(argument: Any) -> str:
    name = _metavar(argument) + ("…" if argument.nargs == -1 else "")
    return name if argument.required else f"[{name}]"


def _option_row(option: Any) -> tuple[str, str]:
    if option.name == "help":
        return "--help", tr("Show this help.")
    choices = getattr(option.type, "choices", None)
    value = option.metavar or (
        "|".join(str(getattr(choice, "value", choice)) for choice in choices) if choices else "N"
    )
    return option.opts[0] + ("" if option.is_flag else f" {value}"), tr(option.help)


def _paragraphs(text: str, width: int) -> str:
    lines = (line.strip() for line in text.strip().splitlines())
    return "\n".join(part for line in lines for part in _wrapped(line, width))


def _columns(heading: str, rows: list[tuple[str, str]], width: int) -> str:
    if not rows:
        return ""
    first = min(max(cells(name) for name, _ in rows), width // 2)
    lines = [heading + (":" if heading.isascii() else "：")]
    for name, text in rows:
        parts = _wrapped(text, max(width - first - 4, 20))
        gap = " " * max(first - cells(name), 0)
        if cells(name) > first:
            lines += [f"  {name}"] + [" " * (first + 4) + part for part in parts]
        else:
            lines += [f"  {name}{gap}  {parts[0]}"] + [
                " " * (first + 4) + part for part in parts[1:]
            ]
    return "\n".join(lines)


def _wrapped(text: str, width: int) -> list[str]:
    return [text[start:end] for start, end in wrap(text, width, cells)]
