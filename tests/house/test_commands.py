"""Is there one command for each thing that can be asked, and does the manual name none that is not there?"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from pathlib import Path

import pytest

from governor.cli import build
from governor.domain.permissions import Permission
from governor.ports.offers import Offer
from governor.services import COMMANDS
from governor.services.offers import offers
from governor.understanding.reading import Act
from governor.wording.catalogue import LANGUAGES, keys, say
from governor.wording.phrase import Phrase
from tests.house.sources import ROOT

MANUALS = sorted(path.relative_to(ROOT) for path in (*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")))


def twice(values: list[object]) -> list[object]:
    """Return what occurs more than once in *values*."""
    return [value for value, count in Counter(values).items() if count > 1 and value is not None]


def test_names_acts_and_buttons_are_each_one_commands() -> None:
    assert twice([command.name for command in COMMANDS]) == []
    assert twice([command.act for command in COMMANDS]) == []
    assert twice([command.button for command in COMMANDS]) == []


def test_every_act_that_is_read_has_its_command() -> None:
    assert set(Act) == {command.act for command in COMMANDS} - {None}


def test_every_request_is_a_value_whose_fields_are_options() -> None:
    for command in COMMANDS:
        assert is_dataclass(command.request), command.name
        assert all(field.kw_only for field in fields(command.request)), command.name
        assert command.act or command.button or command.is_offered or command.is_heard, command.name


@pytest.mark.parametrize("permission", Permission)
def test_every_permission_can_be_named_to_who_lacks_it(permission: Permission) -> None:
    key = f"permission-{permission.value.replace(':', '-')}"
    assert all(key in keys(language) for language in LANGUAGES)


def words(offer: Offer) -> Iterator[Phrase]:
    """Yield every phrase that a platform shows of *offer*."""
    yield from (offer.label, offer.about, *(() if offer.group is None else (offer.group,)))
    for option in offer.options:
        yield from (option.label, option.about, *(choice.label for choice in option.choices))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_command_that_is_offered_has_its_words(language: str) -> None:
    needed = {phrase.key for offer in offers(COMMANDS) for phrase in words(offer)}
    assert needed - set(keys(language)) == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_two_offers_or_options_of_one_have_the_same_name(language: str) -> None:
    offered = offers(COMMANDS)
    assert twice([say(offer.label, language) for offer in offered]) == []
    assert [twice([say(option.label, language) for option in offer.options]) for offer in offered] == [[]] * len(
        offered
    )


def program() -> dict[str, set[str]]:
    """Return the options of each command of the terminal."""
    commands = build(lambda: None).commands  # type: ignore[arg-type,return-value]
    return {name: {*_options(command)} for name, command in commands.items()}


def _options(command: object) -> Iterator[str]:
    """Yield the options of *command* and of those below it."""
    for each in command.params:  # type: ignore[attr-defined]
        yield from each.opts
    for below in getattr(command, "commands", {}).values():
        yield from _options(below)


@pytest.mark.parametrize("manual", MANUALS, ids=str)
def test_manual_names_only_commands_that_are_there(manual: Path) -> None:
    text = (ROOT / manual).read_text(encoding="utf-8")
    known = program()
    for name, rest in re.findall(r"(?:`|\.venv/bin/|^    )governor ([a-z]+)([^`\n]*)", text, re.MULTILINE):
        assert name in known, name
        for option in re.findall(r"(?<![\w-])--[a-z-]+", rest.split("  ")[0]):
            assert option in known[name], (name, option)
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    assert set(re.findall(r"`make ([a-z-]+)", text)) <= targets | {"test-peers"}
