"""Which characters of what people wrote may travel in a header or a property?"""

import re

_BIDI = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
_INVISIBLE = "\ufeff\ufff9-\ufffb\ufffe\uffff"
_BREAKS = re.compile("\r\n|[\r\n\x0b\x0c\x1c-\x1f\x85\u2028\u2029]")
_FORBIDDEN = re.compile(f"[\x00-\x08\x0b-\x1f\x7f-\x9f{_BIDI}{_INVISIBLE}\ud800-\udfff]")

_PARAMETER = str.maketrans({'"': "'", "\\": "/"})


def line(text: str) -> str:
    """Return *text* as one line: runs of white space and line breaks become one space, the ends are bare.

    Control characters (Unicode Cc), marks that turn the direction of what follows (Unicode TR 9 §2), and lone
    surrogates, which no encoding can carry, are left out.
    """
    if not (text.isascii() and text.isprintable()):
        text = _FORBIDDEN.sub("", " ".join(_BREAKS.sub("\n", text).split()))
    return " ".join(text.split())


def lines(text: str) -> str:
    """Return *text* with its line breaks as ``\\n``, the ends bare, and without what ``line`` leaves out."""
    return _FORBIDDEN.sub("", _BREAKS.sub("\n", text)).strip()


def parameter(text: str) -> str:
    """Return *text* as ``line`` does, with ``"`` as ``'`` and ``\\`` as ``/``.

    No parameter value can hold the one (RFC 5545 §3.1), and ical.js takes the other for an escape.
    """
    return line(text).translate(_PARAMETER)


def escaped(text: str) -> str:
    """Return clean *text* as a TEXT value (RFC 5545 §3.3.11).

    icalendar 7.3 would turn the two characters ``\\N`` that a person wrote into a line break.
    """
    return text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")
