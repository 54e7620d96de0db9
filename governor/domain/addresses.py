"""What is an e-mail address that anyone can be written to?"""

import re

from governor.errors import Refused

LONGEST = 254
"""The longest address that fits a path (RFC 5321 §4.5.3.1.3, erratum 1690), in octets."""

_ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
_LOCAL = re.compile(rf"{_ATOM}(\.{_ATOM})*")
_LABEL = re.compile(r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?")


def address(text: str) -> str:
    """Return *text* as an addr-spec in ASCII: the domain in lower case and IDNA, the local part as it was written.

    Only a dot-atom before the ``@`` is accepted (RFC 5321 §4.1.2): a quoted or a non-ASCII local part cannot be
    reached through every server on the way. The domain is a name of at least two labels, never a number.

    Raises:
        Refused: ``email-invalid``, with the ``address`` as given.
    """
    local, at, domain = text.strip(" \t").rpartition("@")
    name = _ascii(domain)
    labels = name.split(".")
    sound = (
        at
        and len(local) <= 64
        and _LOCAL.fullmatch(local)
        and len(labels) > 1
        and all(_LABEL.fullmatch(label) for label in labels)
        and not labels[-1].isdigit()
        and len(local) + 1 + len(name) <= LONGEST
    )
    if not sound:
        raise Refused("email-invalid", address=text)
    return f"{local}@{name}"


def _ascii(domain: str) -> str:
    """Return *domain* in lower-case A-labels, or nothing where it has none."""
    try:
        return domain.encode("idna").decode("ascii").lower()
    except UnicodeError:
        return ""


def without_addresses(text: str) -> str:
    """Return *text* with ``…`` in the place of everything that looks like an address: for what outlives a member."""
    return " ".join("…" if "@" in word else word for word in text.split(" "))
