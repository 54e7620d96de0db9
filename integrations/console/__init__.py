"""The console chat: a room with several people, in a terminal or read from a pipe."""

from integrations.console.room import NAME, Console, open_console

__all__ = ["NAME", "Console", "open_console"]
