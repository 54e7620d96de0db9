"""Where is what others say of themselves, against which we are tested?"""

import os
from pathlib import Path

ORACLES = Path(os.environ.get("ORACLES") or Path(__file__).parents[1].parent / "shared" / "oracles")
"""The folder beside the checkout; ``ORACLES`` names another."""

DISCORD = ORACLES / "discord-openapi.json"
"""Discord's OpenAPI description of its interface."""
