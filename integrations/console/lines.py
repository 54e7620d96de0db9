"""Where do the lines come from? A person at a terminal, or a pipe or a file."""

import asyncio
import io
import os
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from typing import TextIO

from prompt_toolkit import PromptSession
from prompt_toolkit.history import FileHistory

LEAVING = frozenset({"exit", "quit", "keluar", "selesai"})
"""What people type to leave, besides Ctrl-D."""


class Typed:
    """Lines that a person types, with line editing and a *history* that is kept between sessions."""

    is_interactive = True

    def __init__(self, prompt: str, history: Path | None) -> None:
        self._prompt = prompt
        self._history = history

    async def __aiter__(self) -> AsyncIterator[str]:
        """Yield each line, without its end; what is pasted is taken line by line."""
        session: PromptSession[str] = PromptSession(history=None if self._history is None else _kept(self._history))
        while True:
            try:
                typed = await session.prompt_async(self._prompt)
            except (EOFError, KeyboardInterrupt):
                return
            if typed.strip().casefold() in LEAVING:
                return
            for line in typed.splitlines() or [""]:
                yield line


class Piped:
    """Lines from a stream that ends."""

    is_interactive = False

    def __init__(self, source: TextIO | None) -> None:
        self._source = source or io.StringIO()  # a process may be started without an input

    async def __aiter__(self) -> AsyncIterator[str]:
        """Yield each line, without its end."""
        while line := await asyncio.to_thread(self._source.readline):
            yield line.rstrip("\r\n")


def is_terminal() -> bool:
    """Return whether a person sits at this process: it reads from a terminal and writes to one."""
    return all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stdout))


def _kept(history: Path) -> FileHistory:
    os.close(os.open(history, os.O_CREAT | os.O_APPEND | os.O_WRONLY, mode=0o600))
    return FileHistory(str(history))
