"""What comes of talking to Discord when it, or the way there, fails?"""

import aiohttp
import discord

FAILURES = (discord.DiscordException, aiohttp.ClientError, OSError)
"""The failures that may be met; ``TimeoutError`` is an ``OSError``."""
