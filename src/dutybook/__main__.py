"""The program's entry: `dutybook …` and `python -m dutybook …`."""

import sys


def main() -> None:
    """Run the command line and exit with its code."""
    try:
        from dutybook.cli.app import run

        sys.exit(run(sys.argv[1:]))
    except KeyboardInterrupt:  # before or after run, which sees to its own
        sys.exit(130)


if __name__ == "__main__":
    main()
