"""Who is carrying out effects at the moment, and what do they wait for?"""

import asyncio
import threading
from concurrent.futures import CancelledError, Future

from governor.services.telling import Send


class Interrupted(BaseException):
    """The engine stops: no ``Exception``, so that the effect stays unfinished and is found at the next start."""


class InHand:
    """The effects that are being carried out now, and the calls that they wait for."""

    def __init__(self) -> None:
        self._count = 0
        self._changed = threading.Condition()
        self._calls: set[Future[str]] = set()
        self._is_over = False

    def __enter__(self) -> None:
        with self._changed:
            self._count += 1

    def __exit__(self, *_: object) -> None:
        with self._changed:
            self._count -= 1
            self._changed.notify_all()

    def call(self, loop: asyncio.AbstractEventLoop, send: Send) -> str:
        """Make the call *send* in *loop* and wait for it.

        Raises:
            Interrupted: the engine stops.
        """
        with self._changed:
            if self._is_over or loop.is_closed():
                send.close()
                raise Interrupted
            call = asyncio.run_coroutine_threadsafe(send, loop)
            self._calls.add(call)
        try:
            return call.result()
        except CancelledError:
            raise Interrupted from None
        finally:
            with self._changed:
                self._calls.discard(call)

    def end(self, seconds: float) -> None:
        """Wait until nothing is in hand; break calls off after that many *seconds*, and wait half as long again."""
        with self._changed:
            if not self._changed.wait_for(lambda: not self._count, seconds):
                self._is_over = True
                for call in self._calls:
                    call.cancel()
                self._changed.wait_for(lambda: not self._count, seconds / 2)
