"""May the public know of the meeting? *rapat tertutup*, *closed meeting*, *make the meeting open to the public*."""

import re
from typing import Final

from governor.understanding.reading import Found

ABOUT: Final = frozenset(
    {"closed", "open", "public", "private", "everyone", "tertutup", "terbuka", "umum", "publik", "semua"}
)
"""One of these words is in whatever changes it."""

_SAID: Final = (
    (
        True,
        r"(?<!ruang )(?<!ruangan )(?<!tempat )(?:di)?tertutup|closed[- ]door|closed (?:meeting|session)"
        r"|(?:is|be|now) closed|behind closed doors|in camera|private (?:meeting|session)|closed to the public",
    ),
    (
        False,  # what is said of a place opens no meeting: teater terbuka
        r"(?:rapat|sidang|itu|ini|jadi|menjadi|dibuat|dinyatakan) terbuka"
        r"|(?:ter|di)buka (?:untuk|bagi|buat) (?:umum|publik|semua)|open to (?:all|everyone|the public)|public meeting",
    ),
)
_WORDS: Final = tuple((is_closed, re.compile(rf"\b(?:{words})\b", re.IGNORECASE)) for is_closed, words in _SAID)

_NUMBER: Final = r"(?:\d{4}|m) ?- ?\d{1,4}"
_THE: Final = rf"(?:(?:the|this|that|our)(?: [\w-]+){{0,4}}? (?:meeting|session)|(?:meeting|session) {_NUMBER})"
_RAPAT: Final = r"(?:rapat|sidang|pertemuan)"
_NAME: Final = r"(?: [\w-]+){0,4}?"
_ITU: Final = rf"{_RAPAT}(?:nya|{_NAME} (?:itu|ini|tadi|tersebut|{_NUMBER}))"
_PUBLIC: Final = r"to (?:all|everyone|the public)"
_UMUM: Final = r"(?:untuk|bagi|buat|dari) (?:umum|publik|semua(?: orang)?)"
_CHANGED: Final = tuple(  # whoever makes what is known so changes it, and calls none
    (is_closed, re.compile(pattern, re.IGNORECASE))
    for is_closed, word, public, kata, tutup in (
        (True, "close", r"closed|private", "tertutup", "tutup"),
        (False, "open", r"open|public", "terbuka", "buka"),
    )
    for pattern in (
        rf"(?:make|keep|declare) {_THE}(?: to be| as)? (?:{public})(?: {_PUBLIC})?",
        rf"{word} {_THE} {_PUBLIC}",
        rf"(?:buat|buatkan|bikin) {_ITU} (?:jadi |menjadi )?{kata}(?: {_UMUM})?",
        rf"(?:jadikan|nyatakan) (?:{_ITU}|{_RAPAT}{_NAME}) (?:sebagai )?{kata}(?: {_UMUM})?",
        rf"{tutup} {_ITU} {_UMUM}",
    )
)
_HINT: Final = re.compile(r"tutup|clos|camera|private|buka|open|public", re.IGNORECASE)
"""What is in whatever says it: one look instead of a dozen, for the many texts that say nothing of it."""

_ALONE: Final = ((True, re.compile(r"closed|private")), (False, re.compile(r"open|public|terbuka")))


def closed_in(text: str) -> Found | None:
    """Return whether *text* says that a meeting is closed to the public, or open to it; ``None``: it says neither."""
    if _HINT.search(text) is None:
        return None
    for is_closed, words in (*_CHANGED, *_WORDS):
        said = words.search(text)
        if said is not None:
            return Found(value=is_closed, span=said.span(), rule="closed")
    for is_closed, words in _ALONE:
        if words.fullmatch(text.strip(" .!").lower()):
            return Found(value=is_closed, span=(0, len(text)), rule="closed")
    return None


def changes_access(words: str) -> bool:
    """Return whether *words* (in lower case) ask for nothing but that a meeting which is known be closed, or open."""
    return any(pattern.fullmatch(words) for _, pattern in _CHANGED)
