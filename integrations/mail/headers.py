"""How is a header field written that carries what people wrote?

By its own few lines: the folding of ``email.policy`` (Python 3.11) loses the quotes of a long display name, so that
``Sari, S.H. …`` becomes two recipients.
"""

import re
from base64 import b64encode
from collections.abc import Iterator
from textwrap import wrap

from governor.domain.addresses import address
from governor.itip.invitation import Mailbox
from governor.itip.texts import line

_WIDTH = 76
_ATOMS = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~ -]+")  # RFC 5322 §3.2.3; the dot must be quoted
_WORD_OCTETS = 45  # 60 characters of base64 and 12 around them: no encoded-word over 75 (RFC 2047 §2)


def field(name: str, text: str) -> str:
    """Return the unstructured field *name* with *text* on one logical line, folded, ended by CRLF; it is all ASCII."""
    value = line(text)
    rows = wrap(f"{name}: {value}", _WIDTH, break_long_words=False, break_on_hyphens=False)
    if not _is_plain(value) or max(map(len, rows)) > _WIDTH:
        rows = [f"{name}:", *_encoded(value)]
    return "\r\n ".join(rows) + "\r\n"


def mailbox_field(name: str, mailbox: Mailbox) -> str:
    """Return the field *name* (From, To) that holds *mailbox* and nothing else, folded, ended by CRLF; it is all ASCII.

    Raises:
        Refused: its address is none (``email-invalid``).
    """
    shown, spec = line(mailbox.name), f"<{address(mailbox.address)}>"
    if not shown:
        return f"{name}: {spec}\r\n"
    if not _is_plain(shown) or len(shown) > _WIDTH // 2 or '"' in shown or "\\" in shown:
        rows = [f"{name}:", *_encoded(shown), spec]
    else:
        rows = [f"{name}: {shown}" if _ATOMS.fullmatch(shown) else f'{name}: "{shown}"', spec]
    folded = "\r\n ".join(rows)
    single = folded.replace("\r\n ", " ")
    return (single if len(single) <= _WIDTH else folded) + "\r\n"


def _is_plain(value: str) -> bool:
    """Return whether *value* can be written as it stands, and does not look like an encoded-word."""
    return value.isascii() and value.isprintable() and "=?" not in value


def _encoded(value: str) -> Iterator[str]:
    """Yield *value* as encoded-words (RFC 2047), none of which ends inside a character."""
    word = b""
    for character in value:
        octets = character.encode()
        if len(word) + len(octets) > _WORD_OCTETS:
            yield f"=?utf-8?b?{b64encode(word).decode()}?="
            word = b""
        word += octets
    yield f"=?utf-8?b?{b64encode(word).decode()}?="
