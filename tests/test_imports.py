"""What fast commands must not load: a heavy library costs every start of the program."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

import pytest

from tests.conftest import Book

PROBE = (
    "import json, os, sys\n"
    "from dutybook.cli.app import run\n"
    "sys.stdout = open(os.devnull, 'w')\n"
    "try:\n"
    "    run(sys.argv[1:])\n"
    "except SystemExit:\n"
    "    pass\n"
    "sys.stderr.write('\\n' + json.dumps([name for name in ('pydantic', 'yaml', 'rich', 'pypinyin')"
    " if name in sys.modules]))\n"
)


def loaded(*arguments: str, **environment: str) -> list[str]:
    """Return which of the heavy libraries a command line loads, in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-c", PROBE, *arguments],
        capture_output=True, text=True, encoding="utf-8", env={**os.environ, **environment},
        check=True, timeout=60,
    )  # fmt: skip
    names: list[str] = json.loads(done.stderr.splitlines()[-1])
    return names


@pytest.fixture
def warm(book: Book) -> Path:
    """Return a book whose index is made."""
    root = book()
    assert "yaml" in loaded("--book", str(root), "list")  # so that the probe is seen to see
    return root


def test_a_warm_list_loads_neither_pydantic_nor_yaml(warm: Path) -> None:
    assert loaded("--book", str(warm), "list") == []
    assert loaded("--book", str(warm), "list", "--format", "table") == ["rich"]


def test_a_warm_search_loads_neither_pydantic_nor_yaml_nor_pypinyin(warm: Path) -> None:
    loaded("--book", str(warm), "search", "客户")  # which makes what only a search needs
    assert loaded("--book", str(warm), "search", "客户") == []
    assert loaded("--book", str(warm), "search", "khjl") == []
    assert loaded("--book", str(warm), "search", "客户", "--format", "json") == []
    assert loaded("--book", str(warm), "search", "客户", "--format", "table") == ["rich"]


def test_the_version_loads_nothing() -> None:
    assert loaded("--version") == []
    assert loaded("--help") == []


def test_completion_loads_neither_pydantic_nor_yaml(warm: Path) -> None:
    words = {"_DUTYBOOK_COMPLETE": "complete_bash", "COMP_WORDS": "dutybook show ", "COMP_CWORD": "2",
             "DUTYBOOK_BOOK": str(warm)}  # fmt: skip
    assert loaded(**words) == []


def test_typer_does_not_load_pydantic() -> None:
    """Typer 0.29 loads pydantic on every call, so that an empty command takes twice as long.

    Lift the pin in pyproject.toml when this passes with a later typer.
    """
    probe = "import sys, typer; typer.main.get_command(typer.Typer(callback=lambda: None))"
    done = subprocess.run(
        [sys.executable, "-c", f"{probe}; sys.exit('pydantic' in sys.modules)"], check=False
    )
    assert done.returncode == 0
    assert (0, 26) <= tuple(map(int, version("typer").split(".")[:2])) < (0, 29)
