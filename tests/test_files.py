"""Finding the book and its files, and reading them safely."""

from __future__ import annotations

import errno
import os
import stat
import sys
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from dutybook import files
from dutybook.errors import (
    BookError,
    BookNotFoundError,
    EmptyBookError,
)
from dutybook.problems import Problem, Severity
from tests.conftest import Book

POSIX = pytest.mark.skipif(os.name != "posix", reason="links, pipes and modes as POSIX has them")
LINUX = pytest.mark.skipif(sys.platform != "linux", reason="file names of any bytes")
ROLE = "id: teller\ntitle: 柜员\nduties:\n  - {id: cash, title: 现金, text: 收付现金。}\n"


def refuse(*_arguments: Any, **_more: Any) -> Any:
    raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))


def pipe(path: Path) -> None:
    os.mkfifo(path)  # which Windows has not, so that it is not named at import


# Finding the book


@pytest.fixture
def places(tmp_path: Path) -> Path:
    """Return a folder with books and folders that are none."""
    for folder in ("settings/roles/deep", "plain/roles/deep", "settings/inner/roles", "neither",
                   "odd/dutybook.yaml"):  # fmt: skip
        (tmp_path / folder).mkdir(parents=True)
    for name in ("settings/dutybook.yaml", "neither/roles"):
        (tmp_path / name).write_text("", encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize(
    ("asked", "variable", "here", "found"),
    [
        (None, None, "settings", "settings"),
        (None, None, "settings/roles/deep", "settings"),
        (None, None, "plain/roles/deep", "plain"),
        (None, None, "settings/inner/roles", "settings"),  # dutybook.yaml before a nearer roles/
        ("plain", None, "settings/..", "plain"),
        ("../plain", None, "settings", "plain"),
        ("plain", "settings", "neither/..", "plain"),
        (None, "plain", "settings/..", "plain"),
        ("", "plain", "settings/..", "plain"),
        ("settings/inner", None, "settings/..", "settings/inner"),
    ],
)
def test_the_book_is_the_one_asked_for_else_the_nearest(
    places: Path, asked: str | None, variable: str | None, here: str, found: str
) -> None:
    environment = {"DUTYBOOK_BOOK": variable} if variable else {}
    book = files.find_book(asked, environment, places / here)
    assert book.resolve() == (places / found).resolve()


@pytest.mark.parametrize(
    ("asked", "variable", "here"),
    [
        (None, None, "neither"),  # a file that is called roles
        (None, None, "odd"),  # a folder that is called dutybook.yaml
        ("nowhere", None, "settings"),
        ("neither", None, "settings/.."),
        ("settings/roles", None, "settings/.."),  # what is asked for is not searched upwards
        ("dutybook.yaml", None, "settings"),
        ("a\0b", None, "settings"),
        (None, "nowhere", "settings"),
    ],
)
def test_no_book_is_said_with_advice(
    places: Path, asked: str | None, variable: str | None, here: str
) -> None:
    environment = {"DUTYBOOK_BOOK": variable} if variable else {}
    with pytest.raises(BookNotFoundError) as caught:
        files.find_book(asked, environment, places / here)
    assert "`dutybook init`" in caught.value.hint
    assert "\0" not in caught.value.message


# Listing


def test_role_files_are_those_that_end_in_yaml_whatever_their_folder(book: Book) -> None:
    kept = ["roles/a.yaml", "roles/deep/er/b.yaml", "roles/c.yml", "roles/D.YAML", "roles/e.Yml",
            "roles/客户经理.yaml", "roles/f.g.yaml"]  # fmt: skip
    passed = ["roles/.hidden.yaml", "roles/.git/x.yaml", "roles/__MACOSX/x.yaml", "roles/__x.yaml",
              "roles/node_modules/x.yaml", "roles/deep/node_modules/x/x.yaml", "roles/.#a.yaml",
              "roles/a.yaml~", "roles/a.yaml.orig", "roles/.a.yaml.swp", "roles/#a.yaml#",
              "roles/a.yaml.bak", "roles/README.md", "roles/yaml", "other/x.yaml",
              "x.yaml"]  # fmt: skip
    root = book(dict.fromkeys([*kept, *passed, "dutybook.yaml"], ROLE))
    listing = files.list_book(root)
    assert sorted(listing.files) == sorted([*kept, "dutybook.yaml"])
    assert not listing.problems
    assert listing.files["roles/a.yaml"][0] == len(ROLE.encode())


@POSIX
@pytest.mark.parametrize(
    ("make", "code", "hint"),
    [
        (lambda path: path.mkdir(), "F002", "rename"),
        (pipe, "F002", "text file"),
        (lambda path: path.symlink_to("/dev/zero"), "F002", "file itself"),
        (lambda path: path.symlink_to("nowhere.yaml"), "F002", "file itself"),
        (lambda path: path.symlink_to(path.name), "F002", "file itself"),
        (lambda path: path.symlink_to("../../outside.yaml"), "F002", "file itself"),
        (lambda path: path.symlink_to(path.parents[2] / "outside.yaml"), "F002", "file itself"),
        (lambda path: path.symlink_to(path.parent), "F002", "file itself"),
        (lambda path: path.symlink_to("teller.yaml"), "F006", "one file"),
    ],
    ids=["folder", "pipe", "device", "dangling", "loop", "outside", "absolute", "to-folder",
         "inside"],
)  # fmt: skip
def test_what_is_no_regular_file_is_a_problem_and_is_not_listed(
    book: Book, make: Callable[[Path], None], code: str, hint: str
) -> None:
    root = book({"roles/teller.yaml": ROLE, "../outside.yaml": "id: secret\ntitle: 机密\n"})
    make(root / "roles" / "odd.yaml")
    listing = files.list_book(root)
    assert list(listing.files) == ["roles/teller.yaml"]
    (problem,) = listing.problems
    assert (problem.kind.code, problem.path) == (code, "roles/odd.yaml")
    assert hint in problem.hint
    assert problem.kind.severity is (Severity.WARNING if code == "F006" else Severity.ERROR)


@POSIX
def test_folders_that_are_links_are_not_entered(book: Book, tmp_path: Path) -> None:
    root = book({"roles/teller.yaml": ROLE, "../other/x.yaml": ROLE})
    (root / "roles" / "parent").symlink_to("..")
    (root / "roles" / "other").symlink_to(tmp_path / "other")
    assert list(files.list_book(root).files) == ["roles/teller.yaml"]


@LINUX
def test_file_names_of_any_bytes_are_listed_or_refused(book: Book) -> None:
    root = book({"roles/teller.yaml": ROLE, "roles/a\nb.yaml": ROLE, "roles/\x1b[31m.yaml": ROLE})
    Path(os.fsdecode(os.fsencode(root) + b"/roles/\xc8\xcb.yaml")).write_text(ROLE)
    listing = files.list_book(root)
    assert set(listing.files) == {"roles/teller.yaml", "roles/a\nb.yaml", "roles/\x1b[31m.yaml"}
    (problem,) = listing.problems
    assert (problem.kind.code, problem.path) == ("F007", "roles/\\udcc8\\udccb.yaml")


def test_dutybook_yaml_must_be_a_file_too(book: Book) -> None:
    root = book({"roles/teller.yaml": ROLE})
    (root / "dutybook.yaml").mkdir()
    listing = files.list_book(root)
    assert [(one.kind.code, one.path) for one in listing.problems] == [("F002", "dutybook.yaml")]
    assert "dutybook.yaml" not in listing.files


def test_a_folder_that_may_not_be_listed_is_said_and_the_rest_is_listed(
    book: Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = book({"roles/teller.yaml": ROLE, "roles/locked/x.yaml": ROLE})
    scandir = os.scandir
    monkeypatch.setattr(
        os, "scandir", lambda path: refuse() if "locked" in str(path) else scandir(path)
    )
    listing = files.list_book(root)
    assert list(listing.files) == ["roles/teller.yaml"]
    (problem,) = listing.problems
    assert (problem.kind.code, problem.path) == ("F001", "roles/locked")
    assert problem.message == "roles/locked/: You may not read it."


def test_a_book_without_a_folder_of_roles_cannot_be_listed(
    book: Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = book({"dutybook.yaml": ""})
    assert not files.list_book(root).problems
    with monkeypatch.context() as patch:
        patch.setattr(os, "scandir", refuse)
        with pytest.raises(BookError, match="You may not read it") as refused:
            files.list_book(root)
    assert not isinstance(refused.value, EmptyBookError)
    (root / "roles").rmdir()
    with pytest.raises(EmptyBookError, match="has no folder `roles`"):
        files.list_book(root)
    (root / "roles").write_text("", encoding="utf-8")
    with pytest.raises(BookError, match="is not a folder") as odd:
        files.list_book(root)
    assert not isinstance(odd.value, EmptyBookError)


@POSIX
def test_a_folder_of_roles_that_is_a_link_is_no_folder_of_roles(book: Book, tmp_path: Path) -> None:
    root = book({"dutybook.yaml": "", "../outside/secret.yaml": ROLE})
    (root / "roles").rmdir()
    (root / "roles").symlink_to(tmp_path / "outside")
    with pytest.raises(BookError, match="is not a folder"):
        files.list_book(root)


def test_an_inode_of_64_bits_fits_into_the_63_of_the_index() -> None:
    result: Any = SimpleNamespace(
        st_mode=stat.S_IFREG, st_size=1, st_mtime_ns=2, st_ctime_ns=3, st_ino=(1 << 64) - 1
    )
    signature = files._signature(result)
    assert signature is not None
    assert signature == (1, 2, 3, (1 << 63) - 1)


# Reading


def test_a_file_is_read_with_its_signature(book: Book) -> None:
    root = book({"roles/teller.yaml": ROLE})
    content = files.read(root, "roles/teller.yaml")
    assert content == (ROLE.encode(), files.list_book(root).files["roles/teller.yaml"])


@pytest.mark.parametrize(
    ("size", "readable"), [(files.MAX_BYTES, True), (files.MAX_BYTES + 1, False), (5 << 30, False)]
)
def test_at_most_a_mebibyte_is_read(
    book: Book, size: int, readable: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = book({"roles/large.yaml": "a"})
    if size > 1 << 30:  # not every disk can hold it, nor a file with holes
        monkeypatch.setattr(files, "_signature", lambda _: files.Signature(size, 0, 0, 0))
    else:
        os.truncate(root / "roles/large.yaml", size)
    content = files.read(root, "roles/large.yaml")
    if readable:
        assert isinstance(content, tuple)
        assert len(content[0]) == size
    else:
        assert isinstance(content, Problem)
        assert content.kind.code == "F003"
        assert str(size) in content.message


def test_a_file_that_grows_while_it_is_read_is_too_large(
    book: Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = book({"roles/large.yaml": "a" * (files.MAX_BYTES + 1)})
    monkeypatch.setattr(files, "_signature", lambda _: files.Signature(1, 0, 0, 0))
    content = files.read(root, "roles/large.yaml")
    assert isinstance(content, Problem)
    assert content.kind.code == "F003"


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (errno.EACCES, "You may not read it."),
        (errno.EPERM, "You may not read it."),
        (errno.ENOENT, "It is no longer there."),
        (errno.ELOOP, "It is a link."),
        (errno.EIO, os.strerror(errno.EIO)),
    ],
)
def test_what_the_system_refuses_is_a_problem_in_words(
    book: Book, monkeypatch: pytest.MonkeyPatch, number: int, words: str
) -> None:
    def fail(*_arguments: Any) -> int:
        raise OSError(number, os.strerror(number))

    root = book({"roles/teller.yaml": ROLE})
    monkeypatch.setattr(os, "open", fail)
    content = files.read(root, "roles/teller.yaml")
    assert isinstance(content, Problem)
    assert content.kind.code == "F001"
    assert content.message == f"roles/teller.yaml: {words}"


@POSIX
@pytest.mark.skipif(hasattr(os, "geteuid") and os.geteuid() == 0, reason="root reads everything")
def test_a_file_without_any_right_is_a_problem(book: Book) -> None:
    root = book({"roles/teller.yaml": ROLE})
    (root / "roles/teller.yaml").chmod(0)
    content = files.read(root, "roles/teller.yaml")
    assert isinstance(content, Problem)
    assert content.kind.code == "F001"


@POSIX
@pytest.mark.parametrize(
    ("make", "code"),
    [
        (pipe, "F002"),
        (lambda path: path.mkdir(), "F002"),
        (lambda path: path.symlink_to(path.parents[2] / "outside.yaml"), "F001"),
        (lambda path: None, "F001"),
    ],
    ids=["pipe", "folder", "link", "nothing"],
)
def test_what_takes_a_files_place_after_listing_is_not_read(
    book: Book, make: Callable[[Path], None], code: str
) -> None:
    root = book({"roles/teller.yaml": ROLE, "../outside.yaml": "secret"})
    (root / "roles/teller.yaml").unlink()
    make(root / "roles/teller.yaml")
    content = files.read(root, "roles/teller.yaml")
    assert isinstance(content, Problem)
    assert content.kind.code == code
    assert "secret" not in str(content)


@pytest.mark.parametrize(
    ("path", "stem", "warned"),
    [
        ("roles/a.yaml", "a", False),
        ("roles/b/a.b.yaml", "a.b", False),
        ("roles/a.yml", "a", True),
        ("roles/a.YAML", "a", True),
        ("a.yaml", "a", False),
    ],
)
def test_names_of_files(path: str, stem: str, warned: bool) -> None:
    assert files.stem(path) == stem
    problem = files.ending_problem(path)
    assert (problem is not None) == warned
    if problem:
        assert (problem.kind.code, problem.path) == ("F005", path)
