"""Do the guides say what the program does?"""

import re
from contextlib import suppress
from typing import Any

import pytest

from governor.services import COMMANDS
from governor.services.offers import offers
from governor.wording.catalogue import keys, text
from integrations.discord.commands import Book
from integrations.discord.invite import PERMISSIONS
from tests.discord_server.lines import meant
from tests.house.sources import ROOT


@pytest.mark.parametrize("guide", ["discord.md", "discord.id.md"])
def test_guide_to_discord_names_each_permission_and_their_sum(guide: str) -> None:
    text = (ROOT / "docs" / guide).read_text(encoding="utf-8")
    assert f"permissions={sum(PERMISSIONS.values())}" in text
    for name, bit in PERMISSIONS.items():
        assert f"({bit})" in text, name


@pytest.mark.parametrize("guide", ["discord.md", "discord.id.md", "calendars.md", "calendars.id.md"])
def test_guide_writes_no_command_that_discord_does_not_offer(guide: str) -> None:
    text = (ROOT / "docs" / guide).read_text(encoding="utf-8")
    written = set(re.findall(r"`(/(?!calendar)[^`]+)`", text))
    commands = Book(offers(COMMANDS)).payload()
    known = set()
    for line in written:
        for locale in ("id", "en-US"):
            with suppress(LookupError):
                meant(commands, line, locale)
                known.add(line)
    assert len(known) > 1
    assert written - known == set()


IN_THE_OTHER = {"/governor", "/member invite", "/rapat", "/anggota undang"}
"""The commands that a guide shows as who has Discord in the other language sees them."""


@pytest.mark.parametrize(
    ("guide", "locale"),
    [("discord.md", "en-US"), ("discord.id.md", "id"), ("calendars.md", "en-US"), ("calendars.id.md", "id")],
)
def test_guide_writes_the_commands_in_its_own_language(guide: str, locale: str) -> None:
    commands = Book(offers(COMMANDS)).payload()
    written = re.findall(r"`(/(?!calendar)[^`]+)`", (ROOT / "docs" / guide).read_text(encoding="utf-8"))
    assert {line for line in written if not _is_called(commands, line, locale)} <= IN_THE_OTHER


@pytest.mark.parametrize(("language", "locale"), [("en", "en-US"), ("id", "id")])
def test_what_is_said_names_a_command_as_who_reads_it_sees_it(language: str, locale: str) -> None:
    commands = Book(offers(COMMANDS)).payload()
    for key in keys(language):
        written = re.findall(r"(?<![\w/.])/[a-z]+(?![\w/.])", text(language, key))
        named = [line for line in written if any(_is_called(commands, line, one) for one in ("en-US", "id"))]
        assert not named or any(_is_called(commands, line, locale) for line in named), text(language, key)


def _is_called(commands: list[dict[str, Any]], line: str, locale: str) -> bool:
    with suppress(LookupError):
        return bool(meant(commands, line, locale))
    return False
