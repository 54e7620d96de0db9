"""Is everything that is said, said in both languages, and nothing kept that is not?"""

import ast
import re
import string
from functools import cache

import pytest
from babel.messages.pofile import read_po

from governor.wording.assumptions import ASSUMED
from governor.wording.catalogue import LANGUAGES, keys, text
from tests.house.sources import ROOT, modules, nodes, templates

FIRST, *OTHERS = LANGUAGES
SPEAKING = {
    "phrase",
    "Refused",
    "NotPermitted",
    "OutOfOrder",
    "NotFound",
    "NotUnderstood",
    "Unavailable",
    "LedgerBroken",
}
"""Whose first argument is a message key."""

SHORTEST_PREFIX = 4


def filled(language: str, key: str) -> set[str]:
    """Return the names of the values that *key* is filled by."""
    return {name for _, name, _, _ in string.Formatter().parse(text(language, key)) if name}


@cache
def called() -> frozenset[str]:
    """Return the literal keys that are handed over to be said."""
    found = set(re.findall(r"say\([\"']([\w-]+)[\"']", templates()))
    for node in nodes():
        if isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
            name = getattr(node.func, "id", getattr(node.func, "attr", None))
            if name in SPEAKING and isinstance(node.args[0].value, str):
                found.add(node.args[0].value)
    return frozenset(found)


@cache
def written() -> frozenset[str]:
    """Return every text that stands in the code."""
    found = {node.value for node in nodes() if isinstance(node, ast.Constant) and isinstance(node.value, str)}
    return frozenset(found | called())


@cache
def made() -> re.Pattern[str]:
    """Return what matches the keys that are put together while running (``f"partstat-{answer}"``)."""
    patterns = []
    for node in nodes():
        if isinstance(node, ast.JoinedStr):
            parts = [part.value if isinstance(part, ast.Constant) else None for part in node.values]
            fixed = "".join(str(part) for part in parts if part is not None)
            if re.fullmatch(r"[a-z-]+", fixed) and len(fixed) >= SHORTEST_PREFIX and "-" in fixed:
                patterns.append("".join(re.escape(str(part)) if part is not None else r"[\w-]+" for part in parts))
    return re.compile("|".join(patterns))


@pytest.mark.parametrize("language", LANGUAGES)
def test_catalogue_is_read_as_its_form_is_read_elsewhere(language: str) -> None:
    with (ROOT / "governor" / "wording" / f"{language}.po").open("rb") as file:
        messages = {message.id: message.string for message in read_po(file, locale=language) if message.id}
    assert {key: text(language, key) for key in keys(language)} == messages


@pytest.mark.parametrize("language", OTHERS)
def test_languages_say_the_same_things(language: str) -> None:
    assert keys(language) == keys(FIRST)


@pytest.mark.parametrize("language", OTHERS)
def test_languages_are_filled_by_the_same_values(language: str) -> None:
    assert {key: filled(language, key) for key in keys(language)} == {key: filled(FIRST, key) for key in keys(FIRST)}


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_said_by_silence(language: str) -> None:
    assert [key for key in keys(language) if not text(language, key).strip()] == []


def test_every_key_in_the_code_is_in_the_catalogues() -> None:
    assert called() - keys(FIRST) == set()


def test_every_key_of_the_catalogues_is_said_somewhere() -> None:
    assert sorted(key for key in keys(FIRST) if key not in written() and not made().fullmatch(key)) == []


def test_every_assumption_can_be_explained() -> None:
    assert set(ASSUMED.values()) <= keys(FIRST)


def test_every_finding_of_the_verifier_can_be_told() -> None:
    source = modules()["governor/ledger/verify.py"]
    whats = {
        str(node.args[0].value)
        for node in ast.walk(source)
        if isinstance(node, ast.Call)
        and getattr(node.func, "id", None) == "Finding"
        and node.args
        and isinstance(node.args[0], ast.Constant)
    }
    assert {f"finding-{what}" for what in whats} <= keys(FIRST)
