"""What is not tested here is said at the end, so that nobody overlooks it."""

import pytest

from tests.oracles import DISCORD


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Tell in a line of its own that nothing of Discord was tested, where its description is not at hand."""
    if not DISCORD.exists():
        told = f"DISCORD'S OPENAPI DESCRIPTION IS NOT AT {DISCORD}: NOTHING OF DISCORD WAS TESTED"
        terminalreporter.write_sep("!", told, red=True, bold=True)
