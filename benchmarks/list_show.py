"""Measure `dutybook list` and `dutybook show` against the bare start of Python, with targets.

Exits 1 where a target is missed. What is compared, and why, stands in README.md beside this file.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final

from make_book import role_name
from timing import Command, Pipe, Sample, Terminal, compare, table

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

HERE: Final = Path(__file__).resolve().parent
BARE: Final = "python -c pass"
LOADER: Final = "yaml.load, CSafeLoader"
COLUMNS: Final = 100
LANGUAGE: Final = "zh"  # the language of most readers, and the one with a catalogue to load

READ_ALL: Final = """
import pathlib, sys, yaml
for path in sorted(pathlib.Path(sys.argv[1]).rglob("*.yaml")):
    with path.open("rb") as file:
        yaml.load(file, yaml.CSafeLoader)
"""


@dataclass(frozen=True)
class Target:
    """How much a command may cost: its median as a multiple of the base's, its memory in bytes."""

    ratio: float
    peak: int | None = None


TARGETS: Final = {
    "shipped: list, pipe": Target(10),
    "shipped: list, terminal": Target(14),
    "large: list": Target(22),
    "large: show, id": Target(30),
    "large: show, title": Target(30),
    "large: show, title_en": Target(30),
    "large: first list": Target(1.5, peak=300_000_000),
}


def program() -> tuple[str, ...]:
    """Return how to start the `dutybook` that belongs to the running interpreter."""
    name = "dutybook.exe" if sys.platform == "win32" else "dutybook"
    script = Path(sys.executable).parent / name
    return (str(script),) if script.exists() else (sys.executable, "-m", "dutybook")


@dataclass(frozen=True)
class Bench:
    """Where the measuring happens, and with which program."""

    folder: Path  # for books, caches and outputs
    shipped: Path  # the folder of the shipped book
    roles: int  # in the large book
    dutybook: tuple[str, ...] = field(default_factory=program)

    @property
    def large(self) -> Path:
        """The folder of the large book."""
        return self.folder / f"book-{self.roles}"

    def command(self, *arguments: str, output: Path | Terminal | Pipe, cache: str) -> Command:
        """Return a command of the program, with a cache folder of its own of this name."""
        env = {"DUTYBOOK_CACHE_DIR": str(self.folder / cache), "DUTYBOOK_LANG": LANGUAGE}
        return Command((*self.dutybook, *arguments), output, env, cwd=self.folder)

    def output(self, name: str) -> Path:
        """Return the file that takes a command's standard output."""
        return self.folder / f"{name}.out"


def make_large(bench: Bench) -> None:
    """Make the large book where the folder has none, in another process (see timing.py)."""
    if (bench.large / "dutybook.yaml").exists():
        return
    if bench.large.exists():
        shutil.rmtree(bench.large)  # left half-made by a run that was stopped
    argv = [sys.executable, str(HERE / "make_book.py"), str(bench.large)]
    subprocess.run([*argv, "--roles", str(bench.roles)], check=True)


def bare(bench: Bench) -> Command:
    """Return what everything is compared with: Python, started and ended."""
    return Command((sys.executable, "-c", "pass"), cwd=bench.folder)


def shipped_commands(bench: Bench) -> dict[str, Command]:
    """Return the commands on the shipped book, warm; the terminal only where there are some."""
    listing = ("list", "--book", str(bench.shipped))
    commands = {"shipped: list, pipe": bench.command(*listing, output=Pipe(), cache="warm")}
    if sys.platform != "win32":
        commands["shipped: list, terminal"] = bench.command(
            *listing, output=Terminal(COLUMNS), cache="warm"
        )
    return commands


def large_commands(bench: Bench) -> dict[str, Command]:
    """Return the commands on the large book, warm; the position shown stands in its middle."""
    name = role_name(bench.roles // 2)
    book = ("--book", str(bench.large))
    commands = {
        "large: list": bench.command("list", *book, output=bench.output("list"), cache="warm")
    }
    for kind, text in (("id", name.id), ("title", name.title), ("title_en", name.title_en)):
        commands[f"large: show, {kind}"] = bench.command(
            "show", text, *book, output=bench.output(f"show-{kind}"), cache="warm"
        )
    return commands


def completion(bench: Bench) -> Command:
    """Return what bash runs when a position of the large book is completed."""
    line = f"dutybook show {role_name(bench.roles // 2).id[:6]}"
    command = bench.command(output=bench.output("completion"), cache="warm")
    asked = {
        "_DUTYBOOK_COMPLETE": "complete_bash",
        "COMP_WORDS": line,
        "COMP_CWORD": "2",
        "DUTYBOOK_BOOK": str(bench.large),
    }
    return Command(command.argv, command.output, {**command.env, **asked}, cwd=bench.folder)


def warm_commands(bench: Bench) -> dict[str, Command]:
    """Return all that is compared with the bare start, that one first."""
    version = bench.command("--version", output=bench.output("version"), cache="warm")
    return {
        BARE: bare(bench),
        **shipped_commands(bench),
        **large_commands(bench),
        "--version": version,
        "large: completion": completion(bench),
    }


def first_read_commands(bench: Bench) -> dict[str, Command]:
    """Return the first read of the large book, and the loading of its files by PyYAML alone."""
    cache = "cold"
    listing = bench.command(
        "list", "--book", str(bench.large), output=bench.output("first-list"), cache=cache
    )
    return {
        LOADER: Command((sys.executable, "-c", READ_ALL, bench.large / "roles"), cwd=bench.folder),
        "large: first list": Command(
            listing.argv,
            listing.output,
            listing.env,
            listing.cwd,
            prepare=lambda: shutil.rmtree(bench.folder / cache, ignore_errors=True),
        ),
    }


def wrong_outputs(bench: Bench) -> Iterator[str]:
    """Give what the measured commands failed to print: a fast wrong answer is no answer."""
    name = role_name(bench.roles // 2)
    for output in ("list", "first-list"):
        lines = bench.output(output).read_bytes().count(b"\n")
        if lines != bench.roles:
            yield f"{output}: {lines} lines for {bench.roles} roles"
    for kind in ("id", "title", "title_en"):
        if name.id.encode() not in bench.output(f"show-{kind}").read_bytes():
            yield f"show by {kind}: not {name.id}"
    if name.id.encode() not in bench.output("completion").read_bytes():
        yield f"completion: {name.id} is not offered"


def verdicts(samples: Mapping[str, Sample], base: str) -> Iterator[tuple[str, bool]]:
    """Give a line for each target among the samples, and whether it is met."""
    for name, sample in samples.items():
        target = TARGETS.get(name)
        if target is None:
            continue
        ratio = sample.median / samples[base].median
        met = ratio <= target.ratio
        yield f"{name}: {ratio:.2f} x {base}, target {target.ratio:g}", met
        if target.peak is not None and sample.peak is not None:
            met = sample.peak <= target.peak
            line = f"{name}: {sample.peak / 1e6:.0f} MB, target {target.peak / 1e6:.0f}"
            yield line, met


def report(samples: Mapping[str, Sample], base: str) -> bool:
    """Print the figures and the verdicts; say whether all targets are met."""
    table(samples, base)
    print()
    results = list(verdicts(samples, base))
    for line, met in results:
        print(f"{'PASS' if met else 'over'}  {line}")
    print(flush=True)
    return all(met for _, met in results)


def measure(bench: Bench, runs: int, first_runs: int) -> bool:
    """Measure everything and print it; say whether all targets are met and all outputs right."""
    make_large(bench)
    met = report(compare(warm_commands(bench), runs), BARE)
    met &= report(compare(first_read_commands(bench), first_runs, warmup=1), LOADER)
    wrong = list(wrong_outputs(bench))
    for line in wrong:
        print(f"wrong  {line}")
    return met and not wrong


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
    parser = argparse.ArgumentParser(description="Measure list and show against their targets.")
    parser.add_argument("--roles", type=int, default=10_000, help="in the large book (10000)")
    parser.add_argument("--runs", type=int, default=15, help="of each warm command (15)")
    parser.add_argument("--first-runs", type=int, default=3, help="of each first read (3)")
    parser.add_argument("--book", type=Path, default=HERE.parent, help="the shipped book's folder")
    parser.add_argument("--workdir", type=Path, help="keep books and outputs here, and use them")
    options = parser.parse_args(argv)
    with working_folder(options.workdir) as folder:
        bench = Bench(folder, options.book.resolve(), options.roles)
        return 0 if measure(bench, options.runs, options.first_runs) else 1


if __name__ == "__main__":
    sys.exit(main())
