"""Does the board in memory do what every board does?"""

import pytest

from tests.integrations.board_contract import BoardContract, Hallway


@pytest.fixture
def place() -> Hallway:
    return Hallway()


class TestWall(BoardContract):
    """The contract, in memory."""
