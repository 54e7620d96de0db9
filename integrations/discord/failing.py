"""What comes of talking to Discord when it, or the way there, fails?"""

import asyncio
import threading
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from typing import Any

import aiohttp
import discord
from discord.gateway import KeepAliveHandler

FAILURES = (discord.DiscordException, aiohttp.ClientError, OSError)
"""The failures that may be met; ``TimeoutError`` is an ``OSError``."""

Ask = Callable[..., Coroutine[Any, Any, Any]]


@contextmanager
def untold() -> Iterator[None]:
    """Have what fails in the block hold nothing of what was asked: header and address of that hold tokens.

    Raises:
        ClientConnectionError: what was answered is no answer.
    """
    try:
        yield
    except aiohttp.ClientResponseError as error:
        raise aiohttp.ClientConnectionError(f"{error.status} {error.message}") from None


def cut_off(ask: Ask, is_closed: Callable[[], bool]) -> Ask:
    """Return *ask*, which fails as it does where a line is cut (``FAILURES``) once the connection *is_closed*.

    aiohttp takes that for a mistake of its caller's, who waited, though, or asks for the next thing, when it is closed.
    """

    async def told(*args: Any, **kwargs: Any) -> Any:  # noqa: ANN401  # discord.py's own
        try:
            with untold():
                return await ask(*args, **kwargs)
        except RuntimeError as error:
            if not is_closed():
                raise
            raise aiohttp.ClientConnectionError(str(error)) from error

    return told


async def hang_up(loop: asyncio.AbstractEventLoop) -> None:
    """End the lines in *loop* that are over, and their heartbeats: discord.py forgets one cut off as it began."""
    for thread in threading.enumerate():
        if isinstance(thread, KeepAliveHandler) and thread.ws.loop is loop:
            thread.stop()
            await thread.ws.socket.close()
