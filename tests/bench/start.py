"""How soon does it answer? Whole processes, beside ``python -c pass`` in the same run."""

import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from tests.bench.figure import Figure

GOVERNOR = str(Path(sys.executable).with_name("governor"))


def figures(quick: bool) -> Iterator[Figure]:
    """Yield how much longer than ``python -c pass`` each command takes, medians of alternating runs."""
    runs = 5 if quick else 15
    with tempfile.TemporaryDirectory() as folder:
        environment = {"PATH": "/usr/bin:/bin", "GOVERNOR_DATA": folder, "GOVERNOR_HTTP_PORT": "0"}
        commands = {
            "governor --help, beyond python -c pass (bound 0.3 s)": [GOVERNOR, "--help"],
            'governor read "…", beyond python -c pass': [GOVERNOR, "read", "rapat besok jam 7 malam"],
            "governor run, second start to end of empty input": [GOVERNOR, "run"],
        }
        _seconds([GOVERNOR, "run"], environment)
        for name, command in commands.items():
            pairs = [(_seconds(_PASS, environment), _seconds(command, environment)) for _ in range(runs)]
            bare = statistics.median(first for first, _ in pairs)
            whole = statistics.median(second for _, second in pairs)
            yield Figure(name=name, value=whole - bare, unit="s", reference=bare, ratio=bare / whole)


_PASS = [sys.executable, "-c", "pass"]


def _seconds(command: Sequence[str], environment: dict[str, str]) -> float:
    begin = time.perf_counter()
    subprocess.run(command, check=True, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    return time.perf_counter() - begin
