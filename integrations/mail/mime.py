"""How is a message put together from parts? (RFC 2045, RFC 2046)

By hand, so that the bytes are the same on every version of Python: a message that is sent again must be the same
message. What ``email`` writes has changed between versions, and takes five times as long.
"""

from base64 import encodebytes
from binascii import b2a_qp


def text(subtype: str, content: str) -> bytes:
    """Return the part ``text/<subtype>`` in UTF-8 and quoted-printable; line breaks in *content* are ``\\n``."""
    body = b2a_qp(("\r\n" + content.replace("\n", "\r\n")).encode(), istext=True).removeprefix(b"\r\n")
    return _part([f"Content-Type: text/{subtype}; charset=utf-8", "Content-Transfer-Encoding: quoted-printable"], body)


def binary(kind: str, content: bytes, *fields: str) -> bytes:
    """Return the part of type *kind* (with parameters) that holds *content* in base64, with other header *fields*."""
    body = encodebytes(content).replace(b"\n", b"\r\n")
    return _part([f"Content-Type: {kind}", "Content-Transfer-Encoding: base64", *fields], body)


def multipart(subtype: str, boundary: str, *parts: bytes) -> bytes:
    """Return *parts* as one. A *boundary* with ``=_`` in it cannot occur in any of them (RFC 2045 §6.7)."""
    marked = [b"--%b\r\n%b\r\n" % (boundary.encode("ascii"), part) for part in parts]
    return _part(
        [f"Content-Type: multipart/{subtype};", f' boundary="{boundary}"'],
        b"".join([*marked, b"--%b--\r\n" % boundary.encode("ascii")]),
    )


def _part(fields: list[str], body: bytes) -> bytes:
    return "\r\n".join([*fields, "", ""]).encode("ascii") + body
