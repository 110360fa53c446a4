"""What all tests share: a quiet environment, books made of text, the command line in-process."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest
import yaml

from dutybook import messages
from dutybook.cli.app import run as run_command

MODELINE = "# yaml-language-server: $schema=../role.schema.json\n"

CUSTOMER_MANAGER = """\
id: customer-manager
title: 客户经理
title_en: Customer Manager
aliases: [个人客户经理]
duties:
  - id: relationship
    label: "1"
    title: 客户关系管理
    text: 维护与管户客户的长期关系。
    involvement: responsible
    tags: [客户维护]
  - id: on-site
    label: "7"
    title: 现场管理
    involvement: support
    counterparts: [lobby-manager]
    items:
      - label: a
        text: 协助大堂经理管理营业现场。
        cadence: daily
      - 在营业现场工作。
source:
  missing: ["2", "3", "4", "5", "6"]
"""

LOBBY_MANAGER = """\
id: lobby-manager
title: 大堂经理
duties:
  - id: guide
    title: 客户引导
    text: 引导客户办理业务。
"""

Book = Callable[..., Path]
"""Makes a book of texts by path, below a fresh folder, and returns that folder."""


@dataclass(frozen=True)
class Result:
    """What a command did: exit code, stdout, stderr."""

    code: int
    out: str
    err: str


Run = Callable[..., Result]
"""Runs one command line in this process."""

Golden = Callable[[str, str], None]
"""Compares a text with the file of that name in tests/golden."""

BRANCH = Path(__file__).parent / "books" / "branch"
"""A book in which every field of the role format is used; no test writes to it."""


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let `pytest --update-golden` write the golden files instead of comparing with them."""
    parser.addoption("--update-golden", action="store_true", help="write tests/golden anew")


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Run each test in English, without colours, with a cache of its own."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG", "NO_COLOR", "FORCE_COLOR", "COLUMNS", "PAGER",
                 "DUTYBOOK_BOOK", "DUTYBOOK_DEBUG", "DUTYBOOK_TODAY"):  # fmt: skip
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("DUTYBOOK_LANG", "en")
    monkeypatch.setenv("DUTYBOOK_CACHE_DIR", str(tmp_path / "cache"))
    messages.use("en")


@pytest.fixture
def book(tmp_path: Path) -> Book:
    """Return a maker of books; without texts the book has 客户经理 and 大堂经理."""

    def make(texts: Mapping[str, str | bytes] | None = None, name: str = "book") -> Path:
        root = tmp_path / name
        (root / "roles").mkdir(parents=True)
        if texts is None:
            texts = {
                "roles/customer-manager.yaml": CUSTOMER_MANAGER,
                "roles/lobby-manager.yaml": LOBBY_MANAGER,
            }
        for path, text in texts.items():
            target = root / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(text if isinstance(text, bytes) else text.encode())
        return root

    return make


@dataclass(frozen=True)
class Git:
    """Real git in a folder, deaf to the configuration of whoever runs the tests."""

    folder: Path

    def __call__(self, *arguments: str, check: bool = True) -> str:
        done = subprocess.run(
            ["git", *arguments], cwd=self.folder, capture_output=True, text=True, encoding="utf-8",
            check=False,
        )  # fmt: skip
        assert not check or done.returncode == 0, done.stderr
        return done.stdout

    def commit(self, message: str = "one") -> str:
        """Commit everything there is, and return the id."""
        self("add", "-A")
        self("commit", "-q", "--allow-empty", "-m", message)
        return self("rev-parse", "HEAD").strip()


@pytest.fixture
def git(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[Path], Git]:
    """Return what makes a repository of a folder, with everything in it committed."""
    (tmp_path / "gitconfig").write_text(
        "[user]\n\tname = 张三\n\temail = a@b.c\n[init]\n\tdefaultBranch = main\n"
        '[protocol "file"]\n\tallow = always\n[commit]\n\tgpgsign = false\n'
    )
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(tmp_path / "gitconfig"))
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))

    def make(folder: Path) -> Git:
        made = Git(folder)
        made("init", "-q")
        made.commit()
        return made

    return make


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Return a runner of command lines; `book` is the folder to run in."""

    def runner(*arguments: str, book: Path | None = None) -> Result:
        if book is not None:
            monkeypatch.chdir(book)
        capsys.readouterr()
        code = run_command(arguments)
        captured = capsys.readouterr()
        return Result(code, captured.out, captured.err)

    return runner


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Golden:
    """Return the comparison with golden files."""

    def compare(name: str, text: str) -> None:
        path = Path(__file__).parent / "golden" / name
        if request.config.getoption("--update-golden"):
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")
        assert text == path.read_text(encoding="utf-8"), "run pytest --update-golden, read the diff"

    return compare


@pytest.fixture(scope="module", params=["libyaml", "python"])
def either_loader(request: pytest.FixtureRequest) -> Iterator[None]:
    """Read with libyaml and without it."""
    with pytest.MonkeyPatch.context() as patch:
        if request.param == "python":
            patch.delattr(yaml, "CSafeLoader", raising=False)
        yield
