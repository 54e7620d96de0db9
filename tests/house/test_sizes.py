"""Is every room small enough to see at a glance?"""

import ast

import pytest

from tests.house.sources import ROOT, modules

LONGEST_MODULE = 400
LONGEST_FUNCTION = 45
TABLES = "governor/understanding/languages/"
"""A language is one file of words, however many it has: a table is looked up, not read through."""


@pytest.mark.parametrize("path", [path for path in modules() if not path.startswith(TABLES)])
def test_module_answers_one_question(path: str) -> None:
    assert len((ROOT / path).read_text(encoding="utf-8").splitlines()) <= LONGEST_MODULE


@pytest.mark.parametrize("path", modules())
def test_function_does_one_thing(path: str) -> None:
    found = [node for node in ast.walk(modules()[path]) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
    long = {node.name: (node.end_lineno or 0) - node.lineno + 1 for node in found}
    assert {name: lines for name, lines in long.items() if lines > LONGEST_FUNCTION} == {}


@pytest.mark.parametrize("path", modules())
def test_module_says_which_question_it_answers(path: str) -> None:
    assert ast.get_docstring(modules()[path])
