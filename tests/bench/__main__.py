"""make bench: print the table of figures, and write them to ``bench.json``.

A speed is told as a ratio to a named reference measured in the same run; above 1 is better than the reference. A figure
that has a bound is told to be within it (ok) or beyond it (OVER); with ``--strict`` one that is beyond fails the run.
"""

import argparse
import importlib
import json
import platform
import sys
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

from tests.bench.figure import Figure

PARTS = ("ledger", "commands", "start", "mail", "series", "delivery", "memory", "portal", "understanding", "discord")


def main() -> None:
    """Run the parts that were asked for, by default all, and report as the figures come."""
    parser = argparse.ArgumentParser(prog="make bench", description="Measure Governor.")
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"of {', '.join(PARTS)}")
    parser.add_argument("--quick", action="store_true", help="smaller numbers, for a look")
    parser.add_argument("--json", type=Path, default=Path("bench.json"), help="where the figures are written")
    parser.add_argument("--strict", action="store_true", help="fail where a figure is beyond its bound")
    options = parser.parse_args()
    figures: dict[str, list[Figure]] = {}
    print(f"{'part':13} {'figure':58} {'value':>10} {'unit':9} {'reference':>10} {'ratio':>6} bound")
    for part in options.parts or PARTS:
        figures[part] = []
        for figure in importlib.import_module(f"tests.bench.{part}").figures(options.quick):
            figures[part].append(figure)
            print(_row(part, figure), flush=True)
    options.json.write_text(json.dumps(_report(figures), indent=1) + "\n", encoding="utf-8")
    over = [figure.name for found in figures.values() for figure in found if figure.is_over]
    print(f"{len(over)} of the figures are beyond their bounds")
    sys.exit(1 if over and options.strict else 0)


def _row(part: str, figure: Figure) -> str:
    reference = "" if figure.reference is None else f"{figure.reference:10.3f}"
    ratio = "" if figure.ratio is None else f"{figure.ratio:6.2f}"
    told = f"{part:13} {figure.name:58} {figure.value:10.3f} {figure.unit:9} {reference:>10} {ratio:>6}"
    return f"{told} {figure.bound}: {'OVER' if figure.is_over else 'ok'}" if figure.bound else told


def _report(figures: dict[str, list[Figure]]) -> dict[str, object]:
    return {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "python": platform.python_version(),
        "machine": platform.machine(),
        "arguments": sys.argv[1:],
        "figures": [
            {"part": part, **asdict(figure), "is_over": figure.is_over}
            for part, found in figures.items()
            for figure in found
        ],
    }


if __name__ == "__main__":
    main()
