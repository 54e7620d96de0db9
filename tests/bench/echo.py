"""What does discord.py itself cost? A bot that says back what it is told, and nothing else."""

import os
from typing import Any

import discord
import yarl
from discord import app_commands
from discord.gateway import DiscordWebSocket


class Echo(discord.Client):
    """discord.py as it comes, told of the same events as Governor."""

    def __init__(self) -> None:
        wanted = discord.Intents.none()
        wanted.guilds = wanted.guild_messages = wanted.dm_messages = True
        super().__init__(intents=wanted)
        self.tree = app_commands.CommandTree(self)
        self.said: app_commands.Command[Any, ..., None] = echo

    async def setup_hook(self) -> None:
        """Register the one command."""
        self.tree.add_command(self.said)
        await self.tree.sync()


@app_commands.command(description="Say it back")
async def echo(ticket: discord.Interaction[discord.Client], text: str) -> None:
    """Say *text* back."""
    await ticket.response.send_message(text)


def run(bot: Echo) -> None:
    """Run *bot* until it is ended, on the Discord that the settings of Governor name."""
    discord.http.Route.BASE = os.environ["GOVERNOR_DISCORD_API_URL"]
    DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(os.environ["GOVERNOR_DISCORD_GATEWAY_URL"])
    bot.run(os.environ["GOVERNOR_DISCORD_TOKEN"], log_handler=None)


if __name__ == "__main__":
    run(Echo())
