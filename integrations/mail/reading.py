"""What does a message that came in say: an answer, a letter, a failure, or nothing that concerns us?"""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from email.message import Message
from hashlib import sha256

from governor.errors import NotUnderstood
from governor.itip.answer import Answer, Method
from governor.itip.incoming import answers
from governor.itip.texts import line, lines
from governor.ports import Bounce, Incoming, Letter, Rsvp
from governor.values import dataclass
from integrations.mail.parsing import Unreadable, header, leaves, octets, parse, sender, text
from integrations.mail.trust import is_authentic

_LONGEST_REASON = 300
_ID = re.compile(r"<[^<>\s]{1,250}>")
_AUTOMATIC = {"bulk", "junk", "list", "auto_reply"}
# What mail programs put above what they quote, in the languages of those who are written to.
_QUOTE = re.compile(
    r"(on|pada|am|le|op|el)\b.{4,250}(wrote|menulis|schrieb|a écrit|schreef|escribió)\s?:"
    r"|-{2,} ?(original message|pesan asli|forwarded message).*|_{10,}|(from|dari): .*@.*",
    re.IGNORECASE | re.DOTALL,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """Reads what comes to ``address``; ``authserv`` is the server whose word on senders is believed, if any is."""

    address: str
    authserv: str | None = None

    def read(self, raw: bytes, *, received: datetime) -> tuple[Incoming, ...]:
        """Return what the message *raw*, which came in at the instant *received*, says; nothing where it is not for us.

        Raises:
            Unreadable: it is no message, a trap, or carries a calendar that cannot be read or is not for us.
        """
        message, digest = parse(raw), sha256(raw).hexdigest()
        found = [
            Rsvp(id=f"mail:{digest}:{at}", at=received, answer=each, is_verified=self._is_from(message, each.attendee))
            for at, each in enumerate(_answers(message, received))
        ]
        if found:
            return tuple(found)
        failure = self._failure(message, digest, received)
        if failure is not None:
            return (failure,)
        return () if _is_automatic(message) else self._letter(message, digest, received)

    def _is_from(self, message: "Message[str, str]", address: str) -> bool:
        author = sender(message)
        return (
            author is not None
            and author.casefold() == address.casefold()
            and is_authentic(message, address, self.authserv)
        )

    def _letter(self, message: "Message[str, str]", digest: str, received: datetime) -> tuple[Incoming, ...]:
        author = sender(message)
        about = tuple(dict.fromkeys(_ids(message, "In-Reply-To") + _ids(message, "References")[::-1]))[:20]
        said = _written(message)
        if author is None or not about or not said:
            return ()
        is_verified = self._is_from(message, author)
        letter = Letter(
            id=f"mail:{digest}", at=received, about=about, sender=author, text=said, is_verified=is_verified
        )
        return (letter,)

    def _failure(self, message: "Message[str, str]", digest: str, received: datetime) -> Bounce | None:
        """Return that something of ours could not be delivered (RFC 3464), or the older word of a mail server."""
        if message.get_content_type() == "multipart/report":
            reasons = [reason for part in message.walk() for reason in _reasons(part)]
        elif _is_daemon(message):
            reasons = [_written(message)]
        else:
            return None
        about = self._returned(message)
        if not reasons or not about:
            return None
        return Bounce(id=f"mail:{digest}", at=received, about=about, reason=line(reasons[0])[:_LONGEST_REASON])

    def _returned(self, message: "Message[str, str]") -> tuple[str, ...]:
        """Return the Message-IDs of ours that the body of *message* names."""
        domain = re.escape(self.address.rpartition("@")[2])
        ours = re.compile(
            rf"<[0-9a-f]{{12}}-(?:r\d{{1,9}}(?:a\d{{1,9}})?|d\d{{1,12}}|m\d{{1,12}}b\d{{1,6}})-[0-9a-f]{{8,64}}@{domain}>"
        )
        found: dict[str, None] = {}
        for part in message.walk():
            if part is not message:
                found |= dict.fromkeys(_ids(part, "Message-ID"))
            if part.get_content_maintype() == "text":
                found |= dict.fromkeys(ours.findall(text(part)))
        return tuple(each for each in found if ours.fullmatch(each))[:20]


def _calendars(message: "Message[str, str]") -> list["Message[str, str]"]:
    return [part for part in leaves(message) if part.get_content_type() in ("text/calendar", "application/ics")]


def _answers(message: "Message[str, str]", received: datetime) -> list[Answer]:
    """Return what the calendars in *message* answer, each once: many programs attach the same one again."""
    found: dict[Answer, None] = {}
    failure: NotUnderstood | None = None
    for part in _calendars(message):
        try:
            found |= dict.fromkeys(_by_sender(each, message) for each in answers(octets(part), received=received))
        except NotUnderstood as error:
            failure = error
    if failure is not None and not found:
        raise Unreadable(f"calendar: {failure.values.get('reason')}") from failure
    return list(found)


def _by_sender(answer: Answer, message: "Message[str, str]") -> Answer:
    """Return *answer* with who sent it, where that is another; a CANCEL, which names whom it is for, as their word."""
    author = sender(message)
    if answer.method is Method.CANCEL:
        return replace(answer, attendee=author or "")
    if author is None:
        return answer
    return replace(answer, sent_by=None if author.casefold() == answer.attendee.casefold() else author)


def _ids(message: "Message[str, str]", name: str) -> list[str]:
    return _ID.findall(str(message.get(name, ""))[:8_000])


def _is_automatic(message: "Message[str, str]") -> bool:
    """Return whether a programme wrote *message*, such as a notice of absence (RFC 3834 §5)."""
    told = header(message, "Auto-Submitted").casefold().partition(";")[0].strip()
    older = any(name in message for name in ("X-Autoreply", "X-Autorespond", "X-Auto-Response-Suppress", "List-Id"))
    is_bulk = header(message, "Precedence").casefold() in _AUTOMATIC
    return told not in ("", "no") or older or is_bulk or _is_from_nobody(message) or _is_daemon(message)


def _is_from_nobody(message: "Message[str, str]") -> bool:
    return header(message, "Return-Path") == "<>"


def _is_daemon(message: "Message[str, str]") -> bool:
    local = (sender(message) or "").partition("@")[0].casefold()
    return (
        local in ("mailer-daemon", "postmaster") and "auto-replied" not in header(message, "Auto-Submitted").casefold()
    )


def _reasons(part: "Message[str, str]") -> Iterator[str]:
    """Yield why each recipient of a delivery status was not reached for good."""
    if part.get_content_type() != "message/delivery-status":
        return
    for block in part.get_payload():
        if isinstance(block, Message) and header(block, "Action").casefold() == "failed":
            diagnosis = header(block, "Diagnostic-Code").partition(";")[2].strip()
            yield diagnosis or header(block, "Status") or "failed"


def _written(message: "Message[str, str]") -> str:
    """Return what a person wrote: the first text, without what it quotes and without what stands below ``-- ``."""
    texts = [part for part in leaves(message) if part.get_content_maintype() == "text" and not part.get_filename()]
    plain = [part for part in texts if part.get_content_subtype() == "plain"]
    html = [part for part in texts if part.get_content_subtype() == "html"]
    for part in (*plain, *html):
        said = lines(without_quotes(text(part)))
        if said:
            return said
    return ""


def without_quotes(said: str) -> str:
    """Return *said* up to what it quotes, or to the signature."""
    kept: list[str] = []
    rows = said.splitlines()
    for at, row in enumerate(rows):
        # The line above a quotation is long, and often folded.
        above = (" ".join(rows[at : at + count]).strip() for count in (1, 2, 3))
        if row == "-- " or row.startswith(">") or any(_QUOTE.fullmatch(each) for each in above):
            break
        kept.append(row)
    return "\n".join(kept)
