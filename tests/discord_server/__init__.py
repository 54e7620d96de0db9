"""A Discord of our own for tests: REST and gateway over TCP, checked against Discord's own description of its API."""

from tests.discord_server.people import Guild, Person
from tests.discord_server.server import DiscordServer, Fault

__all__ = ["DiscordServer", "Fault", "Guild", "Person"]
