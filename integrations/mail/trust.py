"""Who vouches that a message comes from whom it names? The server that received it (RFC 8601), and nobody else."""

import re
from email.message import Message

_TOKEN = re.compile(r'"(?:\\.|[^"\\])*"|[()]|\\.|[^"()\\]+|["\\]')
_PROPERTY = re.compile(r"(?<!\S)(header\.d|header\.i|header\.from|smtp\.mailfrom)=(\S+)")
_RESULT = re.compile(r"(dmarc|dkim|spf)(?:/\d+)?=(\w+)")
_VOUCHING = {"dmarc": ("header.from",), "dkim": ("header.d", "header.i"), "spf": ("smtp.mailfrom",)}


def is_authentic(message: "Message[str, str]", address: str, authserv: str | None) -> bool:
    """Return whether the server *authserv* vouches that *message* comes from the domain of *address*.

    Only the uppermost Authentication-Results of that server counts: it writes its own above whatever came with the
    message. DMARC must have passed for the domain, or DKIM or SPF for the very domain or one above it.
    """
    if authserv is None:
        return False
    domain = address.rpartition("@")[2].casefold()
    for field in message.get_all("Authentication-Results", []):
        identity, _, results = _bare(str(field)).partition(";")
        if identity.strip().partition(" ")[0].casefold() == authserv.casefold():
            return any(_vouches(result, domain) for result in results.split(";"))
    return False


def _bare(value: str) -> str:
    """Return *value* on one line, without comments, and without what stands in quotes: a stranger wrote that."""
    kept, depth = [], 0
    for piece in _TOKEN.findall(" ".join(value.split())):
        if piece == "(":
            depth += 1
        elif piece == ")":
            depth = max(0, depth - 1)
        elif not depth:
            kept.append('""' if piece[0] == '"' else piece)
    return "".join(kept)


def _vouches(result: str, domain: str) -> bool:
    found = _RESULT.match(result.strip().casefold())
    if found is None or found[2] != "pass":
        return False
    properties = _PROPERTY.findall(result.casefold())
    named = [value.rpartition("@")[2].rstrip(".") for name, value in properties if name in _VOUCHING[found[1]]]
    if found[1] == "dmarc":
        return named == [domain]
    return any(each == domain or ("." in each and domain.endswith(f".{each}")) for each in named)
