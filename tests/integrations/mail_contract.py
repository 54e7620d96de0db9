"""What does every Mail do? Inherited by the tests of each adapter, which say how to see what arrived."""

import asyncio
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import dataclass, replace

from governor.ports import Mail
from integrations.mail.composition import compose
from tests.itip.invitations import ANNE, BOARD, BUDI, HOSTILE, SARI

SENDER = BOARD.organizer.address


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """A Mail, the loop to ``run`` it in, and ``arrived``: every message handed over so far, with its recipient."""

    mail: Mail
    run: Callable[[Coroutine[None, None, object]], object]
    arrived: Callable[[], Sequence[tuple[str, bytes]]]


class MailContract:
    """Each test takes the fixture ``post``."""

    def test_message_arrives_byte_for_byte(self, post: Post) -> None:
        message = compose(replace(BOARD, agenda=HOSTILE), BUDI)

        post.run(post.mail.send(message, sender=SENDER, recipient="budi@example.org"))

        assert list(post.arrived()) == [("budi@example.org", message)]

    def test_lines_that_begin_with_dots_arrive_as_they_are(self, post: Post) -> None:
        message = b"Date: Tue, 24 Nov 2026 10:39:21 +0000\r\nMessage-ID: <1@x.example>\r\n\r\n.\r\n..\r\n.a\r\n"

        post.run(post.mail.send(message, sender=SENDER, recipient="budi@example.org"))

        assert list(post.arrived()) == [("budi@example.org", message)]

    def test_the_same_message_again_is_at_most_an_identical_copy(self, post: Post) -> None:
        message = compose(BOARD, BUDI)

        for _ in range(3):
            post.run(post.mail.send(message, sender=SENDER, recipient="budi@example.org"))

        assert set(post.arrived()) == {("budi@example.org", message)}

    def test_messages_sent_at_the_same_time_all_arrive(self, post: Post) -> None:
        messages = {
            (guest.mailbox.address, compose(replace(BOARD, revision=revision), guest))
            for guest in (SARI, BUDI, ANNE)
            for revision in range(5)
        }

        async def send_all() -> None:
            async with asyncio.TaskGroup() as group:
                for recipient, message in messages:
                    group.create_task(post.mail.send(message, sender=SENDER, recipient=recipient))

        post.run(send_all())

        assert set(post.arrived()) == messages
        assert len(post.arrived()) == len(messages)

    def test_mail_has_a_name(self, post: Post) -> None:
        assert post.mail.name
