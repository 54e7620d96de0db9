"""make bench: print the table of figures, and write them to ``bench.json``.

A speed is told as a ratio to a named reference measured in the same run; above 1 is better than the reference.
"""

import argparse
import importlib
import json
import platform
import sys
from datetime import UTC, datetime
from pathlib import Path

from tests.bench.figure import Figure

PARTS = ("ledger", "commands", "start", "mail", "series", "delivery", "portal", "understanding", "discord")


def main() -> None:
    """Run the parts that were asked for, by default all, and report as the figures come."""
    parser = argparse.ArgumentParser(prog="make bench", description="Measure Governor.")
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"of {', '.join(PARTS)}")
    parser.add_argument("--quick", action="store_true", help="smaller numbers, for a look")
    parser.add_argument("--json", type=Path, default=Path("bench.json"), help="where the figures are written")
    options = parser.parse_args()
    figures: dict[str, list[Figure]] = {}
    print(f"{'part':13} {'figure':58} {'value':>10} {'unit':9} {'reference':>10} {'ratio':>6}")
    for part in options.parts or PARTS:
        figures[part] = []
        for figure in importlib.import_module(f"tests.bench.{part}").figures(options.quick):
            figures[part].append(figure)
            print(_row(part, figure), flush=True)
    options.json.write_text(json.dumps(_report(figures), indent=1) + "\n", encoding="utf-8")


def _row(part: str, figure: Figure) -> str:
    reference = "" if figure.reference is None else f"{figure.reference:10.3f}"
    ratio = "" if figure.ratio is None else f"{figure.ratio:6.2f}"
    return f"{part:13} {figure.name:58} {figure.value:10.3f} {figure.unit:9} {reference:>10} {ratio:>6}"


def _report(figures: dict[str, list[Figure]]) -> dict[str, object]:
    return {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "python": platform.python_version(),
        "machine": platform.machine(),
        "arguments": sys.argv[1:],
        "figures": [
            {"part": part, **{name: getattr(figure, name) for name in ("name", "value", "unit", "reference", "ratio")}}
            for part, found in figures.items()
            for figure in found
        ],
    }


if __name__ == "__main__":
    main()
