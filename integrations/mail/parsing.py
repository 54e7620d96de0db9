"""What parts has a message that a stranger wrote? (RFC 5322, RFC 2045)

By the oldest policy of ``email``, which takes nothing apart before it is asked, and never more than is set here.
"""

import re
from collections.abc import Iterator
from email.header import decode_header, make_header
from email.message import Message
from email.parser import BytesParser
from email.policy import Compat32
from email.utils import getaddresses
from html.parser import HTMLParser
from typing import Final

MOST_PARTS: Final = 100
"""How many parts a message may have, one within the other or one after the other."""

LARGEST_HEADER: Final = 128 * 1024
"""How many octets the header of a message may have."""

_LONGEST_TEXT = 20_000
_BLANK = re.compile(rb"\r?\n\r?\n")


class Unreadable(Exception):
    """A message that is set aside: ``reason`` says why, for the log."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def parse(raw: bytes) -> "Message[str, str]":
    """Return the message that *raw* is, its parts taken apart.

    Raises:
        Unreadable: it is empty, its header is larger than ``LARGEST_HEADER``, or it has more than ``MOST_PARTS`` parts.
    """
    end = _BLANK.search(raw)
    if (end.start() if end else len(raw)) > LARGEST_HEADER:
        raise Unreadable("header too large")
    made = 0

    def factory(policy: object = None) -> "Message[str, str]":
        nonlocal made
        made += 1
        if made > MOST_PARTS + 1:  # the parser makes one to see whether it can
            raise Unreadable("too many parts")
        return Message(policy)  # type: ignore[arg-type]  # what the parser gives

    message = BytesParser(policy=Compat32(message_factory=factory)).parsebytes(raw)
    if not message.keys():
        raise Unreadable("no header")
    return message


def leaves(message: "Message[str, str]") -> Iterator["Message[str, str]"]:
    """Yield the parts that hold no other, in order; what is returned or forwarded is not looked into."""
    if message.get_content_maintype() == "message":
        return
    if message.is_multipart():
        for part in message.get_payload():
            if isinstance(part, Message):
                yield from leaves(part)
    else:
        yield message


def header(message: "Message[str, str]", name: str) -> str:
    """Return the field *name* on one line, decoded; empty where there is none."""
    return " ".join(_decoded(str(message.get(name, ""))).split())


def sender(message: "Message[str, str]") -> str | None:
    """Return the one address that the message is from; ``None`` where there is none, or more than one."""
    fields = [str(field) for field in message.get_all("From", [])]
    found = [spec for _, spec in getaddresses(fields)] if len(fields) == 1 else []
    return found[0] if len(found) == 1 and found[0].count("@") == 1 else None


def octets(part: "Message[str, str]") -> bytes:
    """Return what a part holds, its transfer encoding undone."""
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""


def text(part: "Message[str, str]") -> str:
    """Return the text of a part, without the marks of HTML; what is no letter of its charset is shown as a stranger."""
    content = octets(part)[: _LONGEST_TEXT * 4]
    try:
        found = content.decode(part.get_content_charset("utf-8"), "replace")
    except (LookupError, ValueError):  # there is no such charset, or its name is none
        found = content.decode("utf-8", "replace")
    if part.get_content_subtype() == "html":
        reader = _Html()
        reader.feed(found[:_LONGEST_TEXT])
        reader.close()
        found = "".join(reader.found)
    return found[:_LONGEST_TEXT]


def _decoded(value: str) -> str:
    try:
        return str(make_header(decode_header(value)))
    except (LookupError, ValueError):
        return value


class _Html(HTMLParser):
    """Gathers the text that is shown."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self._hidden = 0
        self._quoted = 0

    def handle_starttag(self, tag: str, _: object) -> None:
        self._hidden += tag in ("style", "script", "head", "title")
        self._quoted += tag == "blockquote"
        if tag in ("br", "p", "div", "tr", "li"):
            self.found.append("\n")

    def handle_endtag(self, tag: str) -> None:
        self._hidden -= tag in ("style", "script", "head", "title") and self._hidden > 0
        self._quoted -= tag == "blockquote" and self._quoted > 0

    def handle_data(self, data: str) -> None:
        if not self._hidden and not self._quoted:
            self.found.append(data)
