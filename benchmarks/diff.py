"""Measure `dutybook diff` against the bare start of Python and a cold load, with targets.

Exits 1 where a target is missed. The books are made by make_book.py, in processes of their own.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

from timing import Command, Sample, compare, table

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

HERE: Final = Path(__file__).resolve().parent
BARE: Final = "python -c pass"
GIT: Final = "git diff --stat"
LOAD: Final = "first list"
CHANGED: Final = 10
REVISIONS_TARGET: Final = 25.0  # times the bare start
GROWTH_TARGET: Final = 1.5  # times the figure of a book a tenth as large
FULL_TARGET: Final = 2.2  # times one cold load
PAIR_TARGET: Final = 1.0  # seconds
DUTIES: Final = 200
_AUTHOR: Final = (
    "-c", "user.name=bench", "-c", "user.email=bench@example.org", "-c", "gc.auto=0",
)  # fmt: skip

PAIR: Final = """
import sys, time
from dutybook.changes.pairs import pair
from dutybook.facts import DUTY, HEAD, LISTS, Part, Role, Shape

def role(name, words):
    head = {key: () if shape is Shape.SET else None for key, shape in HEAD.items()}
    empty = {key: () if shape is Shape.SET else None for key, shape in DUTY.items()}
    duties = tuple(
        Part(empty | {"id": f"d{n}", "title": f"duty {n}", "text": words(n)})
        for n in range(int(sys.argv[1]))
    )
    return Role(name, head | {"title": name}, dict.fromkeys(LISTS, ()), duties)

KINDS = {
    "near": (
        lambda n: f"负责第{n}项结算业务的受理、复核与登记，并于每月{n % 28}日前报送上级部门。",
        lambda n: f"负责第{n * 7 % 200}项清算业务的受理、审核与登记，并于每月{n % 28}日前报送。",
    ),
    "far": (
        lambda n: "".join(chr(0x4E00 + n * 31 % 997 + k) for k in range(60)),
        lambda n: "".join(chr(0x6E00 + n * 37 % 991 + k) for k in range(60)),
    ),
}
old, new = (role(name, words) for name, words in zip("ab", KINDS[sys.argv[2]]))
start = time.perf_counter()
pair(old, new)
print(time.perf_counter() - start)
"""


def program() -> tuple[str, ...]:
    """Return how to start the `dutybook` that belongs to the running interpreter."""
    name = "dutybook.exe" if sys.platform == "win32" else "dutybook"
    script = Path(sys.executable).parent / name
    return (str(script),) if script.exists() else (sys.executable, "-m", "dutybook")


def git(folder: Path, *arguments: str) -> None:
    """Run git in a folder."""
    subprocess.run(["git", *_AUTHOR, *arguments], cwd=folder, check=True, stdout=subprocess.DEVNULL)


def change(path: Path) -> None:
    """Change a word in a role file."""
    text = path.read_text("utf-8")
    path.write_text(text.replace("。", "，并做好记录。", 1), "utf-8")


def make_repository(folder: Path, roles: int) -> None:
    """Make a book with two revisions that differ in ten files, unless it is there."""
    if (folder / "made").exists():
        return
    shutil.rmtree(folder, ignore_errors=True)
    argv = [sys.executable, str(HERE / "make_book.py"), str(folder), "--roles", str(roles)]
    subprocess.run(argv, check=True, stdout=subprocess.DEVNULL)
    git(folder, "init", "-q")
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "-m", "one")
    paths = sorted((folder / "roles").rglob("*.yaml"))
    for path in paths[:: len(paths) // CHANGED][:CHANGED]:
        change(path)
    git(folder, "commit", "-q", "-a", "-m", "two")
    git(folder, "gc", "-q")
    (folder / "made").touch()


def make_other(folder: Path, book: Path) -> None:
    """Make a copy of a book in which every role file has changed, unless it is there."""
    if (folder / "made").exists():
        return
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(book, folder, ignore=shutil.ignore_patterns(".git", "made"))
    for path in (folder / "roles").rglob("*.yaml"):
        change(path)
    (folder / "made").touch()


def revision_commands(folder: Path, sizes: Sequence[int]) -> dict[str, Command]:
    """Return the comparison of two revisions in each book, and what it is measured against."""
    commands = {BARE: Command((sys.executable, "-c", "pass"), cwd=folder)}
    for roles in sizes:
        book = folder / f"diff-{roles}"
        env = {"DUTYBOOK_LANG": "zh", "DUTYBOOK_CACHE_DIR": str(folder / "cache")}
        words = ("diff", "--rev", "HEAD~1..HEAD")
        output = folder / f"diff-{roles}.out"
        commands[f"diff, {roles} roles"] = Command((*program(), *words), output, env, cwd=book)
        log = ("log", "--format", "plain", _first_changed(book))
        commands[f"log, {roles} roles"] = Command((*program(), *log), None, env, cwd=book)
    largest = folder / f"diff-{sizes[-1]}"
    commands[GIT] = Command(("git", "diff", "--stat", "HEAD~1..HEAD"), None, cwd=largest)
    return commands


def _first_changed(book: Path) -> str:
    return min((book / "roles").rglob("*.yaml")).stem


def full_commands(folder: Path, roles: int) -> dict[str, Command]:
    """Return the comparison of two books in full, and the first read of one of them."""
    book, other = folder / f"diff-{roles}", folder / f"other-{roles}"
    cache = folder / "cold"
    env = {"DUTYBOOK_LANG": "zh", "DUTYBOOK_CACHE_DIR": str(cache)}
    words = ("diff", "--books", str(book), str(other))
    return {
        LOAD: Command(
            (*program(), "list", "--book", str(book)), folder / "list.out", env, cwd=folder,
            prepare=lambda: shutil.rmtree(cache, ignore_errors=True),
        ),
        "two books": Command((*program(), *words), folder / "full.out", env, cwd=folder),
    }  # fmt: skip


def pair_seconds(kind: str) -> float:
    """Return what it takes to pair the duties of two positions."""
    argv = [sys.executable, "-c", PAIR, str(DUTIES), kind]
    done = subprocess.run(argv, check=True, capture_output=True, text=True, env=dict(os.environ))
    return float(done.stdout)


def verdict(name: str, value: float, target: float, unit: str = "") -> bool:
    """Print how a figure stands to its target; say whether it is met."""
    met = value <= target
    print(f"{'PASS' if met else 'over'}  {name}: {value:.2f}{unit}, target {target:g}{unit}")
    return met


def ratio(samples: Mapping[str, Sample], name: str, base: str) -> float:
    """Return a median as a multiple of another."""
    return samples[name].median / samples[base].median


def measure(folder: Path, roles: int, runs: int, full_runs: int) -> bool:
    """Measure everything and print it; say whether all targets are met and all outputs right."""
    sizes = (roles // 10, roles)
    for size in sizes:
        make_repository(folder / f"diff-{size}", size)
    make_other(folder / f"other-{roles}", folder / f"diff-{roles}")
    small, large = (f"diff, {size} roles" for size in sizes)
    samples = compare(revision_commands(folder, sizes), runs)
    table(samples, BARE)
    met = verdict(f"{large} / {BARE}", ratio(samples, large, BARE), REVISIONS_TARGET)
    met &= verdict(f"{large} / {small}", ratio(samples, large, small), GROWTH_TARGET)
    full = compare(full_commands(folder, roles), full_runs, warmup=1)
    print()
    table(full, LOAD)
    met &= verdict(f"two books / {LOAD}", ratio(full, "two books", LOAD), FULL_TARGET)
    print()
    for kind in ("near", "far"):
        seconds = pair_seconds(kind)
        met &= verdict(f"{DUTIES} x {DUTIES} duties, {kind}", seconds, PAIR_TARGET, " s")
    for name, lines in ((f"diff-{roles}.out", CHANGED), ("full.out", roles)):
        found = (folder / name).read_bytes().count(b"\n")
        if found != lines:
            print(f"wrong  {name}: {found} lines, not {lines}")
            met = False
    return met


@contextmanager
def working_folder(kept: Path | None) -> Iterator[Path]:
    """Give the folder to work in: the one to keep, or one that goes again."""
    if kept:
        kept.mkdir(parents=True, exist_ok=True)
        yield kept.resolve()
        return
    with tempfile.TemporaryDirectory(prefix="dutybook-bench-") as folder:
        yield Path(folder).resolve()


def main(argv: Sequence[str] | None = None) -> int:
    """Measure what the command line asks for; 1 where a target is missed."""
    parser = argparse.ArgumentParser(description="Measure diff and log against their targets.")
    parser.add_argument("--roles", type=int, default=10_000, help="in the large book (10000)")
    parser.add_argument("--runs", type=int, default=15, help="between revisions (15)")
    parser.add_argument("--full-runs", type=int, default=3, help="of two whole books (3)")
    parser.add_argument("--workdir", type=Path, help="keep books and outputs here, and use them")
    options = parser.parse_args(argv)
    started = time.perf_counter()
    with working_folder(options.workdir) as folder:
        met = measure(folder, options.roles, options.runs, options.full_runs)
    print(f"{time.perf_counter() - started:.0f} s in all")
    return 0 if met else 1


if __name__ == "__main__":
    sys.exit(main())
