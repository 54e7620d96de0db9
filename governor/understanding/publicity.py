"""May the public know of the meeting? *rapat tertutup*, *closed meeting*, *terbuka untuk umum*."""

import re
from typing import Final

from governor.understanding.reading import Found

_SAID: Final = (
    (
        True,
        r"(?<!ruang )(?<!ruangan )(?<!tempat )(?:di)?tertutup|closed[- ]door|closed (?:meeting|session)"
        r"|(?:is|be|now) closed|behind closed doors|in camera|private (?:meeting|session)",
    ),
    (
        False,  # what is said of a place opens no meeting: teater terbuka
        r"(?:rapat|sidang|itu|ini|jadi|menjadi|dibuat|dinyatakan) terbuka"
        r"|(?:ter|di)buka (?:untuk|bagi|buat) (?:umum|publik|semua)|open to (?:all|everyone|the public)|public meeting",
    ),
)
_WORDS: Final = tuple((is_closed, re.compile(rf"\b(?:{words})\b", re.IGNORECASE)) for is_closed, words in _SAID)


def closed_in(text: str) -> Found | None:
    """Return whether *text* says that a meeting is closed to the public, or open to it; ``None``: it says neither."""
    for is_closed, words in _WORDS:
        said = words.search(text)
        if said is not None:
            return Found(value=is_closed, span=said.span(), rule="closed")
    return None
