"""The words a person reads, in two languages: the one door to the message catalogue.

Messages stand in the code in English; `locale/` holds the Chinese. What is filled into a message
is data: it is put in after translation and never read as a format.
"""

from __future__ import annotations

import gettext
import os
import sys
from importlib import resources
from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

Language = Literal["zh", "en"]
LANGUAGES: Final[tuple[Language, ...]] = ("zh", "en")

_CHINESE_UI: Final = 0x04  # LANG_CHINESE, the primary language of a Windows display language

_current: Language = "en"
_catalogue: gettext.NullTranslations = gettext.NullTranslations()


def use(language: Language) -> None:
    """Choose the language of every message from here on."""
    global _current, _catalogue  # noqa: PLW0603 - one reader, one language, chosen at the start
    _current = language
    _catalogue = gettext.NullTranslations()
    if language != "en":
        path = f"locale/{language}/LC_MESSAGES/dutybook.mo"
        with resources.files("dutybook").joinpath(path).open("rb") as file:
            _catalogue = gettext.GNUTranslations(file)


def language() -> Language:
    """Return the language that messages are in."""
    return _current


def choose(arguments: Sequence[str], environment: Mapping[str, str]) -> Language:
    """Return the reader's language: `--lang`, then DUTYBOOK_LANG, then the locale.

    Needed before the command line is parsed, since help and usage errors are in it too; a value
    that is no language is left for the parser to refuse.
    """
    asked = [_option_value(arguments), environment.get("DUTYBOOK_LANG", "")]
    for value in asked:
        if value in LANGUAGES:
            return value
    locale = next(
        (environment[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if environment.get(name)),
        "",
    )
    if not locale and sys.platform == "win32":
        import ctypes

        display = ctypes.windll.kernel32.GetUserDefaultUILanguage()
        return "zh" if display & 0x3FF == _CHINESE_UI else "en"
    return "zh" if locale.lower().startswith("zh") else "en"


def _option_value(arguments: Sequence[str]) -> str:
    value = ""
    for index, argument in enumerate(arguments):
        if argument == "--":
            break
        if argument == "--lang":
            value = arguments[index + 1] if index + 1 < len(arguments) else ""
        elif argument.startswith("--lang="):
            value = argument.partition("=")[2]
    return value


def mark(message: str) -> str:
    """Mark a message for the catalogue where it is declared; `tr` translates it later."""
    return message


def tr(message: str | None, /, **values: object) -> str:
    """Return the message in the reader's language, with values filled in; no message is empty."""
    translated = _catalogue.gettext(message) if message else ""
    return translated.format(**values) if values else translated


def ntr(one: str, many: str, count: int, /, **values: object) -> str:
    """Return the message for a count, which it may name as `{count}`."""
    return _catalogue.ngettext(one, many, count).format(count=count, **values)


def listed(names: Sequence[str]) -> str:
    """Join names as the language does in a sentence."""
    return ("、" if _current == "zh" else ", ").join(names)


def environment_language() -> Language:
    """Return the language of the process that has no command line of its own."""
    return choose((), os.environ)
