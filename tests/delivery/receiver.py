"""A process that reads a mailbox into a record, made to be killed."""

import asyncio
import logging
import signal
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.context import ForkServerProcess
from pathlib import Path

from governor.errors import Unavailable
from governor.ports import Incoming
from governor.services import answers
from integrations.mail.imap import Imap, Mailbox
from integrations.mail.mailroom import Mailroom
from integrations.mail.reading import Reader
from integrations.mail.settings import Security
from tests.delivery.hall import open_hall
from tests.delivery.worker import clock
from tests.integrations.imap_server import PASSWORD, USER
from tests.integrations.incoming import AUTHSERV, OURS


@dataclass(frozen=True, slots=True, kw_only=True)
class Orders:
    """Read the mailbox at ``port`` into the record in ``data`` (or at ``url``), until killed."""

    data: Path
    url: str | None
    port: int


class Receiver:
    """One process after the other, or two at once as two of these."""

    def __init__(self, orders: Orders) -> None:
        self._orders = orders
        self._context = get_context("forkserver")
        # It is killed within a second: what a database needs is there when it begins.
        driver = ("sqlalchemy.dialects.postgresql.psycopg", "psycopg")
        self._context.set_forkserver_preload(["pytest", "tests.delivery.receiver", *driver])
        self._living: ForkServerProcess | None = None

    def start(self) -> None:
        self._living = self._context.Process(target=work, args=(self._orders,), daemon=True)
        self._living.start()

    def kill(self) -> None:
        if self._living is not None:
            self._living.kill()
            self._living.join()
            self._living.close()
        self._living = None


def work(orders: Orders) -> None:
    """Read mail for ever."""
    logging.raiseExceptions = False
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    with open_hall(orders.data, orders.url, clock) as hall:
        reader = Reader(address=OURS, authserv=AUTHSERV)
        mailroom = Mailroom(reader=reader, aside=orders.data / "mail-aside", largest=1_000_000)
        mailbox = Mailbox(
            host="127.0.0.1", port=orders.port, security=Security.NONE, user=USER, password=PASSWORD, poll=1.0
        )
        source = Imap(mailbox, mailroom, orders.data / "imap.json")

        async def receive(incoming: Incoming) -> None:
            await asyncio.to_thread(answers.receive, hall.record, incoming, clock())

        async def listen() -> None:
            while True:
                with suppress(Unavailable):
                    await source.listen(receive)
                await asyncio.sleep(0.1)

        asyncio.run(listen())
