"""The layers of docs/architecture.md: imports go down, and libraries have one door."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import dutybook

ROOT = Path(dutybook.__file__).parent

LAYERS = [
    {
        "errors",
        "problems",
        "messages",
        "text",
        "vocabulary",
        "pinyin",
        "characters",
        "syntax",
        "numbering",
        "query",
        "grams",
        "parts",
        "memory",
        "progress",
        "workers",
        "document",
    },
    {"source", "files", "store", "git"},
    {"writing"},
    {"model", "facts", "manifest", "shelf"},
    {"records"},
    {"rows"},
    {"index"},
    {"book", "revisions"},
    {"search"},
    {"changes"},
    {"history"},
    {"rules"},
    {"silence"},
    {"verdicts"},
    {"engine"},
    {"since"},
    {"reports", "importers"},
    {"cli"},
]
# Within the lowest layer a few things rest on others, in this order.
GROUND = [
    "errors",
    "problems",
    "messages",
    "text",
    "vocabulary",
    "pinyin",
    "characters",
    "syntax",
    "numbering",
    "query",
    "grams",
    "parts",
    "memory",
    "progress",
    "workers",
    "document",
]
DOORS = {
    "yaml": {"source"},
    "pydantic": {"model"},
    "pydantic_core": {"model"},
    "pypinyin": {"pinyin"},
    "sqlite3": {"store"},
    "platformdirs": {"store"},
    "subprocess": {"git"},
    "multiprocessing": {"workers"},
    "typer": {"cli"},
    "rich": {"cli"},
    "pypdfium2": {"importers"},
}
CLI_BASE = {
    *("options", "console", "tables", "usage", "role_views", "role_tables"),
    *("diff_views", "diff_tables", "diff_markdown", "diff_driver", "search_tables"),
    *("import_views", "import_tables"),
}


def modules() -> list[Path]:
    return sorted(path for path in ROOT.rglob("*.py") if path.name != "__main__.py")


def imports(path: Path) -> set[str]:
    """Return the dotted names that a module imports when it runs."""
    found: set[str] = set()
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.dump(node.test):
            node.body = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def room(dotted: str) -> str | None:
    """Return the room of the house that an import of the package leads to."""
    parts = dotted.split(".")
    if parts[0] != "dutybook" or len(parts) < 2 or parts[1].startswith("__"):
        return None
    return parts[1]


def layer(name: str) -> int:
    return next(number for number, rooms in enumerate(LAYERS) if name in rooms)


@pytest.mark.parametrize("path", modules(), ids=lambda path: path.relative_to(ROOT).as_posix())
def test_a_module_imports_from_lower_layers_only(path: Path) -> None:
    relative = path.relative_to(ROOT)
    if relative.name == "__init__.py" and len(relative.parts) == 1:
        return
    own = relative.parts[0].removesuffix(".py")
    for target in {room(name) for name in imports(path)} - {None, own}:
        assert target is not None
        if layer(own) == 0 and layer(target) == 0:
            assert GROUND.index(target) < GROUND.index(own), (own, target)
        else:
            assert layer(target) < layer(own), (own, target)


@pytest.mark.parametrize("path", modules(), ids=lambda path: path.relative_to(ROOT).as_posix())
def test_a_library_has_one_door(path: Path) -> None:
    own = path.relative_to(ROOT).parts[0].removesuffix(".py")
    for name in imports(path):
        top = name.split(".")[0]
        assert own in DOORS.get(top, {own}), f"{own} imports {top}"


def test_commands_import_what_they_share_and_no_other_command() -> None:
    commands = [
        path
        for path in (ROOT / "cli").glob("*.py")
        if path.stem not in CLI_BASE | {"app", "__init__"}
    ]
    assert len(commands) >= 6
    for path in commands:
        for name in imports(path):
            parts = name.split(".")
            if parts[:2] == ["dutybook", "cli"] and len(parts) > 2:
                assert parts[2] in CLI_BASE, (path.stem, name)


def test_every_module_has_a_layer() -> None:
    rooms = {path.relative_to(ROOT).parts[0].removesuffix(".py") for path in modules()} - {
        "__init__"
    }
    assert rooms == set().union(*LAYERS)
