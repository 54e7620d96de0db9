"""The code as the house tests look at it: every module of the program, parsed."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]


@cache
def modules() -> dict[str, ast.Module]:
    """Return every module of ``governor`` and ``integrations``, by its path below the root."""
    paths = sorted(path for room in ("governor", "integrations") for path in (ROOT / room).rglob("*.py"))
    return {str(path.relative_to(ROOT)): ast.parse(path.read_text(encoding="utf-8")) for path in paths}


def nodes() -> Iterator[ast.AST]:
    """Yield every node of every module."""
    for tree in modules().values():
        yield from ast.walk(tree)


@cache
def templates() -> str:
    """Return the text of every template of the public page."""
    return "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "governor").rglob("*.html"))
