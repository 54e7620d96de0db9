"""Do the guides say what the program does?"""

import pytest

from integrations.discord.invite import PERMISSIONS
from tests.house.sources import ROOT


@pytest.mark.parametrize("guide", ["discord.md", "discord.id.md"])
def test_guide_to_discord_names_each_permission_and_their_sum(guide: str) -> None:
    text = (ROOT / "docs" / guide).read_text(encoding="utf-8")
    assert f"permissions={sum(PERMISSIONS.values())}" in text
    for name, bit in PERMISSIONS.items():
        assert f"({bit})" in text, name
