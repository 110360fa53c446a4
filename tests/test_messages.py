"""The reader's language, and the catalogue against the code."""

from __future__ import annotations

import importlib.util
import string
import sys
from pathlib import Path
from types import ModuleType, SimpleNamespace

import pytest

from dutybook import messages
from dutybook.messages import choose, environment_language, listed, ntr, tr

ZH, C = {"LANG": "zh_CN.UTF-8"}, {"LANG": "C"}


@pytest.mark.parametrize(
    ("arguments", "environment", "language"),
    [
        ([], {}, "en"),
        ([], ZH, "zh"),
        ([], {"LANG": "zh_TW"}, "zh"),
        ([], {"LANG": "ZH_cn"}, "zh"),
        ([], {"LANG": "en_US.UTF-8"}, "en"),
        ([], {"LANG": "de_DE"}, "en"),
        ([], C, "en"),
        ([], {"LC_ALL": "C", "LC_MESSAGES": "zh_CN", "LANG": "zh_CN"}, "en"),
        ([], {"LC_ALL": "zh_CN", "LC_MESSAGES": "C", "LANG": "C"}, "zh"),
        ([], {"LC_ALL": "", "LC_MESSAGES": "zh_CN", "LANG": "C"}, "zh"),
        ([], {"LC_CTYPE": "zh_CN", "LANG": "C"}, "en"),
        ([], {"DUTYBOOK_LANG": "zh"} | C, "zh"),
        ([], {"DUTYBOOK_LANG": "en"} | ZH, "en"),
        ([], {"DUTYBOOK_LANG": "fr"} | ZH, "zh"),
        (["list", "--lang", "zh"], {"DUTYBOOK_LANG": "en"}, "zh"),
        (["--lang=en", "list"], ZH, "en"),
        (["--lang", "zh", "--lang=en"], ZH, "en"),
        (["--lang", "fr"], ZH, "zh"),
        (["--lang"], ZH, "zh"),
        (["search", "--", "--lang=en"], ZH, "zh"),
        (["--language=zh"], {}, "en"),
    ],
)
def test_choose(
    monkeypatch: pytest.MonkeyPatch,
    arguments: list[str],
    environment: dict[str, str],
    language: str,
) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    assert choose(arguments, environment) == language


@pytest.mark.parametrize(
    ("display", "environment", "language"),
    [(0x0804, {}, "zh"), (0x0404, {}, "zh"), (0x0409, {}, "en"), (0x0804, C, "en")],
)
def test_windows_has_a_display_language(
    monkeypatch: pytest.MonkeyPatch, display: int, environment: dict[str, str], language: str
) -> None:
    kernel = SimpleNamespace(GetUserDefaultUILanguage=lambda: display)
    monkeypatch.setattr("ctypes.windll", SimpleNamespace(kernel32=kernel), raising=False)
    monkeypatch.setattr(sys, "platform", "win32")
    assert choose([], environment) == language


def test_the_environment_of_the_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DUTYBOOK_LANG", "zh")
    assert environment_language() == "zh"


def test_what_is_filled_in_is_no_format() -> None:
    assert tr("{key} is empty.", key="{value} {0} %s") == "{value} {0} %s is empty."
    assert tr("no {field} without values") == "no {field} without values"
    assert ntr("{count} of {name}", "{count} of {name}", 2, name="{count}") == "2 of {count}"
    assert tr("") == ""  # gettext would give the head of the catalogue


@pytest.mark.parametrize(("count", "said"), [(0, "0 roles"), (1, "1 role"), (2, "2 roles")])
def test_a_count_chooses_the_form(count: int, said: str) -> None:
    assert ntr("{count} role", "{count} roles", count) == said


def test_use_changes_the_language() -> None:
    messages.use("zh")
    assert messages.language() == "zh"
    assert tr("The file is empty.") != "The file is empty."
    assert tr("") == ""
    assert listed(["甲", "乙"]) == "甲、乙"
    messages.use("en")
    assert messages.language() == "en"
    assert tr("The file is empty.") == "The file is empty."
    assert listed(["a", "b"]) == "a, b"


@pytest.fixture(scope="module")
def tool() -> ModuleType:
    """Return tools/messages.py, which is no part of the package."""
    path = Path(__file__).parent.parent / "tools" / "messages.py"
    spec = importlib.util.spec_from_file_location("messages_tool", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_catalogue_has_the_messages_of_the_code(tool: ModuleType) -> None:
    in_code = {message.id for message in tool.collected() if message.id}
    kept = {message.id for message in tool.translated() if message.id}
    assert len(in_code) > 50
    assert in_code - kept == set()
    assert kept - in_code == set()


def test_every_message_has_a_translation(tool: ModuleType) -> None:
    assert tool.untranslated(tool.translated()) == []


def test_the_compiled_catalogue_is_that_of_the_source(tool: ModuleType) -> None:
    assert tool.CATALOGUE.with_suffix(".mo").read_bytes() == tool.compiled(tool.translated())


def fields(format_: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(format_) if name is not None}


def test_a_translation_is_filled_with_what_the_message_is(tool: ModuleType) -> None:
    seen = 0
    for message in tool.translated():
        ids = (message.id,) if isinstance(message.id, str) else message.id
        strings = (message.string,) if isinstance(message.string, str) else message.string
        if not ids[0] or "{" not in ids[-1] or "or {" in ids[-1]:  # one message is of brackets
            continue
        seen += 1
        for translation in filter(None, strings):
            assert fields(translation) <= fields(ids[-1]) | fields(ids[0])
            assert fields(ids[0]) <= fields(translation)
    assert seen > 20
