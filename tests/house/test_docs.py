"""Do the guides say what the program does?"""

import re
from contextlib import suppress

import pytest

from governor.services import COMMANDS
from governor.services.offers import offers
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
