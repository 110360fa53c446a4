"""Measure `dutybook validate` against check-jsonschema over the same files, with targets.

check-jsonschema is no dependency of the project: install it beside dutybook to run this. Exits 1
where a target is missed. A run over 10,000 roles with check-jsonschema takes minutes.
"""

from __future__ import annotations

import argparse
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

from list_show import Bench, Target, make_large, working_folder
from timing import Command, Sample, compare, table

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

PEER: Final = "check-jsonschema"
COLD: Final = "validate, cold"
WARM: Final = "validate, unchanged"
MEMORY: Final = 500_000_000

# check-jsonschema takes files, not folders; a shell's command line would not hold 10,000 of them.
RUN_PEER: Final = """
import pathlib, sys
from check_jsonschema.cli.main_command import main
paths = sorted(map(str, pathlib.Path(sys.argv[2]).rglob("*.yaml")))
main(["--schemafile", sys.argv[1], *paths])
"""


def target(roles: int) -> Target:
    """Return how many times faster than the peer a cold run must be, and its memory."""
    return Target(7 if roles < 10_000 else 10, MEMORY)


def commands(bench: Bench) -> dict[str, Command]:
    """Return the peer, a run without anything kept, and a run after one over the same files."""
    schema = bench.folder / "role.schema.json"
    argv = ("validate", "--book", str(bench.large))
    warm = bench.command(*argv, output=bench.output("warm"), cache="kept")
    cold = bench.command(*argv, output=bench.output("cold"), cache="fresh")
    write = Command((*bench.dutybook, "schema"), schema, cwd=bench.folder)
    compare({"schema": write}, runs=1, warmup=0)
    peer = (sys.executable, "-c", RUN_PEER, schema, bench.large / "roles")
    return {
        PEER: Command(peer, bench.output("peer"), cwd=bench.folder),
        COLD: Command(
            cold.argv, cold.output, cold.env, cold.cwd,
            prepare=lambda: shutil.rmtree(bench.folder / "fresh", ignore_errors=True),
        ),
        WARM: warm,
    }  # fmt: skip


def report(samples: Mapping[str, Sample], roles: int) -> bool:
    """Print the figures and say whether the targets are met."""
    table(samples, PEER)
    cold, warm = samples[COLD], samples[WARM]
    wanted = target(roles)
    faster = samples[PEER].median / cold.median
    lines = [
        (f"{faster:.1f} times as fast as {PEER}, target {wanted.ratio:g}", faster >= wanted.ratio),
        (f"unchanged: {warm.median / cold.median:.2f} of the cold time, target 0.2",
         warm.median * 5 <= cold.median),
    ]  # fmt: skip
    if cold.peak is not None and wanted.peak is not None:
        lines.append((f"{cold.peak / 1e6:.0f} MB, target 500", cold.peak <= wanted.peak))
    for line, met in lines:
        print(f"{'PASS' if met else 'over'}  {line}")
    return all(met for _, met in lines)


def main(argv: Sequence[str] | None = None) -> int:
    """Measure what the command line asks for; 1 where a target is missed."""
    parser = argparse.ArgumentParser(description="Measure validate against its targets.")
    parser.add_argument("--roles", type=int, default=1000, help="in the book (1000)")
    parser.add_argument("--runs", type=int, default=3, help="of each command (3)")
    parser.add_argument("--workdir", type=Path, help="keep books and outputs here, and use them")
    options = parser.parse_args(argv)
    with working_folder(options.workdir) as folder:
        bench = Bench(folder, Path.cwd(), options.roles)
        make_large(bench)
        samples = compare(commands(bench), options.runs, warmup=1)
        return 0 if report(samples, options.roles) else 1


if __name__ == "__main__":
    sys.exit(main())
