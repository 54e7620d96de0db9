"""Which words name the meeting that a record, minutes or an agenda are of?"""

from governor.understanding.asking import Sentence
from governor.understanding.tokens import Shape

SMALL = frozenset({
    "yang", "yg", "hari", "tanggal", "tgl", "pada", "pd", "untuk", "utk", "itu", "ini", "nya", "ya", "dong", "on", "at",
    "the", "of", "for", "one", "this", "that", "please", "tolong", "di", "in", "'s",
})  # fmt: skip
"""Words between the word for a meeting and its time."""

MOST_NAMING = 4
"""How many words name a meeting, beside its time."""

AGO = frozenset({"lalu", "ago"})
"""Words that make a length a day that is over: *3 hari lalu*."""

LATELY = frozenset({"terakhir", "tadi", "barusan", "last"})
"""Words for what is over, where no day is told."""

_ENDS = frozenset({":", "bahwa", "that"})
_OPENS = frozenset({"at", "in", "of", "for", "from", "on", "during"})
"""Words before a meeting that *that* may follow: *decided at the meeting that …*, but not *note the meeting that …*."""

_LEADS = SMALL | AGO | {"dari", "dalam", "from", "nomor", "no", "number", "."}


def after_head(sentence: Sentence, start: int, end: int) -> int | None:
    """Return the place of what is recorded, behind the meeting that it is of: *keputusan rapat kemarin: …*, *catat di
    rapat 2026-001 bahwa …*; None where no meeting stands between the words ``[start, end)`` that ask and that.
    """
    place, is_meeting, _ = _named(sentence, start, end)
    if not is_meeting or place == len(sentence.lowers) or sentence.lowers[place] not in _ENDS:
        return None
    is_joined = place + 1 < len(sentence.tokens) and sentence.tokens[place].end == sentence.tokens[place + 1].start
    return None if is_joined else place + 1


def only_names(sentence: Sentence, start: int, end: int, last: int) -> bool:
    """Say whether nothing but a meeting, by its time or number, stands from *end* to *last*, behind the words ``[start,
    end)`` that ask for something of it: *notulen rapat pengurus Kamis lalu*, *minutes of meeting 2026-001*.
    """
    place, _, is_told = _named(sentence, start, end, is_strict=True)
    return is_told and place >= last


def _named(sentence: Sentence, start: int, end: int, *, is_strict: bool = False) -> tuple[int, bool, bool]:
    """Return the place from *end* on at which a meeting is named no longer; whether one is, and by time or number.

    Behind its time words are of its name only where the meeting stands close to what is asked, and *is_strict* is not.
    """
    told = {i for finding in sentence.times for i in range(finding.start, finding.end)}
    told |= {i + step for i in range(end, len(sentence.tokens) - 2) if _is_number(sentence, i) for step in range(3)}
    is_meeting = any(word in sentence.grammar.meetings for word in sentence.lowers[start:end])
    may_tell = ":" not in sentence.lowers and not _OPENS.isdisjoint(sentence.lowers[end : end + 1])
    is_told, is_close, names = False, is_meeting, 0
    for i in range(end, len(sentence.lowers)):
        word = sentence.lowers[i]
        if i in told or word in LATELY:
            is_told = True
        elif word in sentence.grammar.meetings:
            is_meeting, is_close = True, is_close or not (names or is_told)
        elif word == ":" or (word == "bahwa" and is_meeting) or (word == "that" and is_meeting and may_tell):
            return i, is_meeting, is_told
        elif word not in _LEADS:
            names += 1
            if names > MOST_NAMING or (is_told and (is_strict or not is_close)):  # a clause, and not a name
                return i, is_meeting, is_told
    return len(sentence.lowers), is_meeting, is_told


def _is_number(sentence: Sentence, place: int) -> bool:
    """Say whether a number such as *2026-001* begins at *place*."""
    return sentence.tokens[place + 1].text == "-" and sentence.tokens[place + 2].shape is Shape.NUMBER
