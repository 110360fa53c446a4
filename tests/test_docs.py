"""The documents: what they show is what the program prints, and they name everything there is."""

from __future__ import annotations

import json
import re
import shlex
import xml.etree.ElementTree as ET
from collections import Counter
from functools import cache
from pathlib import Path
from urllib.parse import unquote

import pytest
import typer
from pydantic import BaseModel

from dutybook import characters, files, model, records, source, vocabulary
from dutybook.cli.app import app
from dutybook.problems import Kind
from tests.conftest import Run
from tests.importers.made_files import word_manual

ROOT = Path(__file__).resolve().parent.parent
READMES = {"README.md": "en", "README.zh-CN.md": "zh"}
DOCUMENTS = sorted(
    path.relative_to(ROOT).as_posix()
    for pattern in ("*.md", "docs/**/*.md", "benchmarks/*.md")
    for path in ROOT.glob(pattern)
)
SHOW = "python3 -m venv .venv && .venv/bin/pip install -q . && .venv/bin/dutybook list"
TEST = "python3 -m venv .venv && .venv/bin/pip install -q -e '.[dev]' && .venv/bin/python -m pytest"
NEW_BOOK = "/tmp/my-book"  # the folder that the examples make
MODELS = {
    "Role": model.Role,
    "Duty": model.Duty,
    "Item": model.Item,
    "Authority": model.Authority,
    "Contacts": model.Contacts,
    "Rotation": model.Rotation,
    "Section": model.Section,
    "Source": model.Source,
    "dutybook.yaml": model.Settings,
    "Rules": model.Rules,
}


@cache
def text(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def blocks(name: str, language: str) -> list[str]:
    """Return the fenced blocks of a document that are in a language."""
    return re.findall(rf"^```{language}\n(.*?)^```$", text(name), re.MULTILINE | re.DOTALL)


def section(name: str, heading: str) -> str:
    """Return what stands below a heading, to the next heading of its level or above."""
    found = re.search(rf"^(#+) {re.escape(heading)}$", text(name), re.MULTILINE)
    assert found, heading
    rest = text(name)[found.end() :]
    end = re.search(rf"^#{{1,{len(found[1])}}} ", rest, re.MULTILINE)
    return rest[: end.start()] if end else rest


def examples(name: str) -> list[tuple[Path, list[str], str]]:
    """Return the program's examples in `console` blocks: the folder, the words, the output.

    Those that write their output into a file show nothing, and are left out.
    """
    found = []
    for block in blocks(name, "console"):
        here = ROOT
        for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            line, _, output = part.partition("\n")
            words = shlex.split(line)
            if words[0] == "cd":
                here = Path(words[1])
            elif words[0] == "dutybook" and not {">", ">>"} & set(words):
                found.append((here, words[1:], output.rstrip("\n")))
    return found


def anchor(heading: str) -> str:
    """Return the anchor that a heading gets on the usual git hosts."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


@pytest.mark.parametrize("name", READMES)
def test_the_first_two_commands_work_as_they_stand_in_a_clone(name: str) -> None:
    assert [block.strip("\n") for block in blocks(name, "sh")] == [SHOW, TEST]
    first = re.search(r"^```(\w*)$", text(name), re.MULTILINE)
    assert first
    assert first[1] == "sh"


@pytest.mark.parametrize("name", READMES)
def test_the_examples_show_what_the_program_prints(
    name: str, run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("DUTYBOOK_LANG", READMES[name])
    monkeypatch.setenv("COLUMNS", "80")
    folder = str(tmp_path.resolve() / "my-book")
    checked = set()
    for here, words, output in examples(name):
        terminal = words[0] in {"list", "show", "search", "diff"} and "--format" not in words
        result = run(
            *(word.replace(NEW_BOOK, folder) for word in words),
            *(["--format", "table"] if terminal else []),
            book=Path(str(here).replace(NEW_BOOK, folder)),
        )
        printed = (result.out + result.err).rstrip("\n")
        assert printed.replace(folder, NEW_BOOK) == output, words
        checked.add(tuple(words))
    assert len(checked) >= 8
    assert {words[0] for words in checked} >= {
        "list",
        "show",
        "search",
        "diff",
        "validate",
        "init",
        "new",
    }


def test_the_import_of_a_word_file_goes_as_its_page_says(
    run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Its YAML is the beginning of 客户经理 as somebody left it, then the whole of it as it is."""
    monkeypatch.setenv("COLUMNS", "80")
    name = "docs/how-to/import.md"
    (tmp_path / "手册.docx").write_bytes(word_manual())
    again = word_manual({"客户的关系": "客户的长期关系", "每周走访一次": "每月走访两次"})
    (tmp_path / "手册第二版.docx").write_bytes(again)
    role = tmp_path / "网点手册/roles/kehu-jingli.yaml"
    edited, result = blocks(name, "yaml")
    asked = examples(name)
    assert [words[-1] for _, words, _ in asked].count("--update") == 2
    for number, (_, words, output) in enumerate(asked):
        if "--update" in words and number == 3:
            rest = role.read_text(encoding="utf-8").partition("\n\n")[2]
            role.write_text(f"{edited}\n{rest}", encoding="utf-8")
        table = ["--format", "table"] if words[0] == "import" else []
        done = run(*words, *table, book=tmp_path)
        assert done.code == 0
        printed = (done.out + done.err).rstrip("\n")
        shown = output.removeprefix("…\n")
        assert printed.endswith(shown) if shown != output else printed == output, words
    assert role.read_text(encoding="utf-8") == result


def test_both_readmes_show_the_same_examples() -> None:
    commands = [[words for _, words, _ in examples(name)] for name in READMES]
    assert commands[0] == commands[1]


def test_the_picture_shows_what_the_program_prints(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Redraw it with `python tools/picture.py`."""
    monkeypatch.setenv("DUTYBOOK_LANG", "zh")
    monkeypatch.setenv("COLUMNS", "100")
    svg = text("docs/list-and-show.svg")
    assert not re.search(r"@font-face|@import|url\(|href", svg)
    words = [
        "".join(one.itertext())
        for one in ET.fromstring(svg).iter("{http://www.w3.org/2000/svg}text")
    ]
    shown = "".join(words[1:])  # the first is the title of the window
    expected = ""
    for command in (["list"], ["show", "客户经理", "--duty", "1"]):
        result = run(*command, "--format", "table", book=ROOT)
        expected += f"$ dutybook {' '.join(command)}\n{result.out}"
    assert shown == re.sub(r"[\s─]", "", expected)


@pytest.mark.parametrize("heading", MODELS)
def test_the_role_format_names_every_key(heading: str) -> None:
    part = section("docs/role-format.md", heading)
    keys = re.findall(r"`(\w+)`", part)
    fields: type[BaseModel] = MODELS[heading]
    assert fields.model_fields
    assert set(fields.model_fields) <= set(keys)


def test_the_role_format_names_every_part_of_the_format() -> None:
    defined = {
        one
        for one in vars(model).values()
        if isinstance(one, type) and issubclass(one, BaseModel) and not one.__name__.startswith("_")
    }
    assert defined - {BaseModel} == set(MODELS.values())


@pytest.mark.parametrize(
    "words", [vocabulary.INVOLVEMENTS, vocabulary.CADENCES, vocabulary.STATUSES]
)
def test_the_guides_name_every_word(words: vocabulary.Words) -> None:
    assert words
    for name in ("docs/role-format.md", "docs/zh-CN/写岗位文件.md"):
        for value, (chinese, _) in words.items():
            assert f"`{value}`" in text(name), name
            assert chinese in text(name) or words is vocabulary.STATUSES, name


def test_the_role_format_names_every_finding_of_a_file() -> None:
    kinds = {
        one
        for module in (files, source, characters, records)
        for one in vars(module).values()
        if isinstance(one, Kind)
    }
    assert len(kinds) >= 30
    rows = set(
        re.findall(r"^\| ([A-Z]\d{3}) \| (\w+) \|", text("docs/role-format.md"), re.MULTILINE)
    )
    assert {(kind.code, kind.severity.label) for kind in kinds} == rows


def test_the_command_line_names_every_command_and_option() -> None:
    name = "docs/command-line.md"
    program = typer.main.get_command(app)
    commands = program.commands
    assert len(commands) >= 6
    everywhere = section(name, "For every command")
    shared = set(re.findall(r"--[a-z-]+", everywhere))
    assert {option for one in program.params for option in one.opts} <= shared | {"--version"}
    for command in commands.values():
        part = section(name, f"dutybook {command.name}")
        options = [one for one in command.params if one.param_type_name == "option"]
        asked = {option for one in options for option in one.opts}
        assert asked <= shared | set(re.findall(r"--[a-z-]+", part)), command.name
        for option in options:
            choices = getattr(option.type, "choices", ())
            values = "\\|".join(str(getattr(choice, "value", choice)) for choice in choices)
            assert values in part, (command.name, option.name)


def test_the_command_line_names_what_scripts_read(run: Run) -> None:
    name = "docs/command-line.md"
    listed = run("list", "--format", "json", book=ROOT)
    keys = set(json.loads(listed.out)["roles"][0])
    part = section(name, "dutybook list")
    assert keys <= set(re.findall(r"`(\w+)`", part))
    plain = re.search(r"^Plain: (.*)$", part, re.MULTILINE)
    assert plain
    fields = run("list", "--format", "plain", book=ROOT).out.split("\n")[0].split("\t")
    assert len(fields) == len(plain[1].split(", "))
    plain = re.search(r"^Plain, .*?: (.*)\.$", section(name, "dutybook show"), re.MULTILINE)
    assert plain
    fields = run("show", "khjl", "--format", "plain", book=ROOT).out.split("\n")[0].split("\t")
    assert len(fields) == len(plain[1].split(", "))


def test_the_command_line_names_every_variable() -> None:
    part = section("docs/command-line.md", "Environment")
    code = "".join(
        path.read_text(encoding="utf-8") for path in (ROOT / "src" / "dutybook").rglob("*.py")
    )
    variables = set(re.findall(r"""environ(?:ment)?\.get\(\s*"([A-Z_]+)""", code))
    assert len(variables) >= 6
    assert variables <= set(re.findall(r"`([A-Z_]+)`", part))


def test_links_lead_somewhere() -> None:
    followed = 0
    for name in DOCUMENTS:
        for target in re.findall(r"\]\(([^)\s]+)\)", text(name)):
            if re.match(r"[a-z]+:", target):
                continue
            path, _, part = unquote(target).partition("#")
            found = (ROOT / name).parent / path if path else ROOT / name
            assert found.exists(), (name, target)
            if part:
                headings = re.findall(r"^#+ (.*)$", found.read_text(encoding="utf-8"), re.MULTILINE)
                assert part in map(anchor, headings), (name, target)
            followed += 1
    assert followed >= 20


def test_the_examples_of_files_are_valid() -> None:
    checked: Counter[str] = Counter()
    for name in DOCUMENTS:
        if name.startswith(("docs/how-to/", "docs/rules/")):
            continue  # their YAML is that of other programs, or a bad example
        for block in blocks(name, "yaml"):
            if block.startswith("format:"):
                settings = records.read_settings(block.encode(), "dutybook.yaml")
                assert settings.settings, (name, settings.problems)
                assert not settings.problems, name
            else:
                stem = re.findall(r"^id: (\S+)$", block, re.MULTILINE)[0]
                record = records.read_role(block.encode(), f"roles/{stem}.yaml", stem)
                assert record.role, (name, record.problems)
                assert not record.problems, name
            checked[name] += 1
    assert checked["docs/role-format.md"] >= 1
    assert checked["docs/zh-CN/写岗位文件.md"] >= 4


def test_the_architecture_names_every_module() -> None:
    package = ROOT / "src" / "dutybook"
    names = {path.name for path in package.glob("*.py")}
    names |= {f"{path.parent.name}/" for path in package.glob("*/__init__.py")}
    assert len(names) >= 15
    shown = set(re.findall(r"^  (\S+)", text("docs/architecture.md"), re.MULTILINE))
    assert names <= shown
