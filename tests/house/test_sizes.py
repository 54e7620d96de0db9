"""Is every room small enough to see at a glance?"""

import ast

import pytest

from tests.house.sources import ROOT, modules

LONGEST_MODULE = 400
LONGEST_FUNCTION = 45
GROWN = {
    "governor/understanding/clocks.py": 600,
    "governor/understanding/days.py": 900,
    "governor/understanding/moments.py": 600,
    "governor/understanding/refiners.py": 600,
    "governor/understanding/repeats.py": 600,
}
"""Modules that have outgrown their question and wait to be split: nothing may be added, and nothing grows on."""

TANGLED = {"_with_clock": 60, "_repeated": 60, "join_days": 60}
"""Likewise for functions."""


@pytest.mark.parametrize("path", modules())
def test_module_answers_one_question(path: str) -> None:
    assert len((ROOT / path).read_text(encoding="utf-8").splitlines()) <= GROWN.get(path, LONGEST_MODULE)


@pytest.mark.parametrize("path", modules())
def test_function_does_one_thing(path: str) -> None:
    found = [node for node in ast.walk(modules()[path]) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
    long = {node.name: (node.end_lineno or 0) - node.lineno + 1 for node in found}
    assert {name: lines for name, lines in long.items() if lines > TANGLED.get(name, LONGEST_FUNCTION)} == {}


@pytest.mark.parametrize("path", modules())
def test_module_says_which_question_it_answers(path: str) -> None:
    assert ast.get_docstring(modules()[path])
