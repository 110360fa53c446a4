"""Measure `dutybook search` beside `rg -l` for the same literal over the same files, with targets.

Exits 1 where a target is missed. What is compared, and why, stands in docs/performance-search.md.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from list_show import BARE, HERE, Bench, bare, make_large, working_folder
from make_book import COMMON_TERM, RARE_TERM, role_path
from timing import Command, Pipe, Sample, compare, table

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

SMALL: Final = 10_000
CACHE: Final = "search"
SHORT_TERM: Final = RARE_TERM[-2:]
OTHER_TERM: Final = RARE_TERM[:3]
SPELLING: Final = "fanxiqianzhuanyuan"  # 反洗钱专员, one position of a hundred

# What no search can do without: Python, listing the files, the index opened, the result written.
LISTING: Final = """
import sys
from pathlib import Path
from dutybook import files, manifest
manifest.pack(files.list_book(Path(sys.argv[1])).files)
"""
WRITING: Final = """
import sys
sys.stdout.write(open(sys.argv[1], encoding="utf-8").read())
"""


@dataclass(frozen=True)
class Case:
    """A search, the literal that rg looks for, and how many times rg's wall time it may take."""

    name: str
    query: str
    literal: str
    small: float  # at 10,000 roles and below
    large: float  # beyond

    def limit(self, roles: int) -> float:
        """Return the target for a book of so many roles."""
        return self.small if roles <= SMALL else self.large


CASES: Final = (
    Case("single rare", RARE_TERM, RARE_TERM, 4, 2),
    Case("single common", COMMON_TERM, COMMON_TERM, 6, 4),
    Case("two terms", f"{SHORT_TERM} {OTHER_TERM}", RARE_TERM, 4, 2),
    Case("two characters", SHORT_TERM, SHORT_TERM, 4, 2),
    Case("pinyin", SPELLING, "反洗钱专员", 4, 2),
)
SHIPPED_LIMIT: Final = 12  # times the bare start of Python
EDIT_LIMIT_S: Final = 0.120
PEAK_LIMIT: Final = 250_000_000


def search(bench: Bench, book: Path, query: str, name: str) -> Command:
    """Return a search, its result going to a file of this name."""
    return bench.command(
        "search", query, "--format", "plain", "--book", str(book),
        output=bench.output(f"search-{name}"), cache=CACHE,
    )  # fmt: skip


def commands(bench: Bench) -> dict[str, Command]:
    """Return each case beside rg, and what the floor consists of."""
    rg = shutil.which("rg")
    if rg is None:
        sys.exit("rg (ripgrep) is not there to compare with.")
    made: dict[str, Command] = {BARE: bare(bench)}
    for case in CASES:
        made[f"rg: {case.name}"] = Command(
            (rg, "-l", case.literal, bench.large / "roles"), bench.output(f"rg-{case.name}")
        )
        made[case.name] = search(bench, bench.large, case.query, case.name)
    environment = {"DUTYBOOK_CACHE_DIR": str(bench.folder / CACHE)}
    made["floor: files listed"] = Command(
        (sys.executable, "-c", LISTING, bench.large), env=environment, cwd=bench.folder
    )
    made["floor: common result written"] = Command(
        (sys.executable, "-c", WRITING, bench.output("search-single common")),
        bench.output("written"),
    )
    made["floor: the program started"] = bench.command("--version", output=Pipe(), cache=CACHE)
    return made


def verdicts(bench: Bench, samples: Mapping[str, Sample]) -> Iterator[tuple[str, bool]]:
    """Give a line for each target, and whether it is met."""
    for case in CASES:
        ratio = samples[case.name].median / samples[f"rg: {case.name}"].median
        limit = case.limit(bench.roles)
        yield f"{case.name}: {ratio:.2f} x rg -l, target {limit:g}", ratio <= limit
        peak = samples[case.name].peak
        if peak is not None and bench.roles <= SMALL:
            line = f"{case.name}: {peak / 1e6:.0f} MB, target {PEAK_LIMIT / 1e6:.0f}"
            yield line, peak <= PEAK_LIMIT


def shipped(bench: Bench, runs: int) -> Iterator[tuple[str, bool]]:
    """Measure a search of the shipped book."""
    name = "shipped: 反洗钱"
    samples = compare(
        {BARE: bare(bench), name: search(bench, bench.shipped, "反洗钱", "shipped")}, runs
    )
    table(samples, BARE)
    ratio = samples[name].median / samples[BARE].median
    yield f"{name}: {ratio:.2f} x {BARE}, target {SHIPPED_LIMIT}", ratio <= SHIPPED_LIMIT


def edited(bench: Bench, runs: int) -> Iterator[tuple[str, bool]]:
    """Measure a search after one file was edited, beside one after none was.

    The edited file is put back at the end; the book stands in the work folder.
    """
    path = role_path(bench.large, bench.roles // 2)
    whole = path.read_text("utf-8")
    turn = iter(range(1_000_000))

    def edit() -> None:
        path.write_text(whole.replace("text: ", f"text: 第{next(turn)}次", 1), "utf-8")
        os.utime(path, (path.stat().st_mtime - 3600,) * 2)

    warm = search(bench, bench.large, RARE_TERM, "warm")
    after = search(bench, bench.large, RARE_TERM, "edited")
    after = Command(after.argv, after.output, after.env, after.cwd, prepare=edit)
    again = search(bench, bench.large, RARE_TERM, "settling")
    try:
        # The run after that of the edit takes the file for settled, or looks at it again.
        samples = compare(
            {"nothing edited": warm, "one file edited": after, "settling": again}, runs
        )
    finally:
        path.write_text(whole, "utf-8")
    table(samples, "nothing edited")
    added = samples["one file edited"].median - samples["nothing edited"].median
    limit = EDIT_LIMIT_S
    yield f"one file edited: {added * 1e3:.0f} ms more, target {limit * 1e3:.0f}", added <= limit


def wrong_outputs(bench: Bench) -> Iterator[str]:
    """Give where a search named other files than rg did: a fast wrong answer is no answer."""
    for case in CASES:
        lines = bench.output(f"search-{case.name}").read_text("utf-8").splitlines()
        found = {line.split("\t")[-1].rpartition(":")[0].rpartition("/")[2] for line in lines}
        named = bench.output(f"rg-{case.name}").read_text("utf-8").splitlines()
        expected = {Path(line).name for line in named}
        if not lines or (found != expected if case.name != "pinyin" else not found):
            yield f"{case.name}: {len(found)} files, rg has {len(expected)}"


def measure(bench: Bench, runs: int) -> bool:
    """Measure everything and print it; say whether all targets are met and all outputs right."""
    make_large(bench)
    first = search(bench, bench.large, RARE_TERM, "first")
    subprocess.run(
        [str(part) for part in first.argv],
        env={**os.environ, **first.env}, cwd=first.cwd, stdout=subprocess.DEVNULL, check=True,
    )  # fmt: skip
    samples = compare(commands(bench), runs)
    table(samples, BARE)
    results = list(verdicts(bench, samples))
    if bench.roles <= SMALL:
        results += [*edited(bench, runs), *shipped(bench, runs)]
    print()
    for line, met in results:
        print(f"{'PASS' if met else 'over'}  {line}")
    wrong = list(wrong_outputs(bench))
    for line in wrong:
        print(f"wrong  {line}")
    return all(met for _, met in results) and not wrong


def main(argv: Sequence[str] | None = None) -> int:
    """Measure what the command line asks for; 1 where a target is missed."""
    parser = argparse.ArgumentParser(description="Measure search against rg and its targets.")
    parser.add_argument("--roles", type=int, default=SMALL, help="in the large book (10000)")
    parser.add_argument("--runs", type=int, default=11, help="of each command (11)")
    parser.add_argument("--book", type=Path, default=HERE.parent, help="the shipped book's folder")
    parser.add_argument("--workdir", type=Path, help="keep books and outputs here, and use them")
    options = parser.parse_args(argv)
    with working_folder(options.workdir) as folder:
        bench = Bench(folder, options.book.resolve(), options.roles)
        return 0 if measure(bench, options.runs) else 1


if __name__ == "__main__":
    sys.exit(main())
