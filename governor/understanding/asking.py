"""What is asked, and is it a question?"""

import re
from collections.abc import Sequence
from typing import NamedTuple

from governor.understanding.findings import Clock, Day, Finding, Interval, Part, Prayer, Repeat, Stretch
from governor.understanding.language import Grammar
from governor.understanding.reading import Act
from governor.understanding.tokens import Shape, Token

SHORT = 6
BECAUSE = frozenset({"karena", "krn", "gara", "soalnya", "sebab", "because", "coz", "cos"})
AS_MEMBER = re.compile(
    r"\b(?:(?:sebagai|jadi|menjadi)\s+anggota(?:\s+baru)?|as\s+(?:a\s+)?(?:new\s+)?member)\b", re.IGNORECASE
)


ACTS: dict[str, Act] = {act.value: act for act in Act} | {
    "meeting": Act.CALL, "event": Act.CALL, "meeting-the": Act.CALL, "call-meet": Act.CALL, "call-invite": Act.CALL,
    "remind": Act.CALL, "decide?": Act.DECIDE, "decide-verb": Act.DECIDE, "note?": Act.NOTE, "action?": Act.ACTION,
    "agenda?": Act.AGENDA,
    "ask_meetings?": Act.ASK_MEETINGS, "ask_decisions?": Act.ASK_DECISIONS, "agenda-around": Act.AGENDA,
    "agenda-put": Act.AGENDA,
    "minutes?": Act.MINUTES, "change-add?": Act.CHANGE, "change-earlier?": Act.CHANGE, "change-start?": Act.CHANGE,
    "language-id": Act.LANGUAGE, "language-en": Act.LANGUAGE,
}  # fmt: skip


class Asked(NamedTuple):
    """The act asked for: which *manner* of it (a value of the language tables), and the tokens ``[start, end)`` that
    ask.
    """

    act: Act
    manner: str
    start: int
    end: int


def act_of(manner: str) -> Act:
    """Return the act that a value of the language tables stands for."""
    return ACTS.get(manner) or Act.CHANGE


class Sentence(NamedTuple):  # as Token
    """What the classifier looks at: the tokens, in lower case and as a set too, and the findings of time by first
    token.
    """

    tokens: Sequence[Token]
    lowers: list[str]
    words: frozenset[str]
    grammar: Grammar
    times: Sequence[Finding]
    is_past: bool
    is_command: bool = False


CLOCKS = (Clock, Interval, Prayer)


def is_firm(sentence: Sentence) -> bool:
    """Say whether a day and an hour are told: what is said so exactly is arranged, not talked of."""
    values = [finding.value for finding in sentence.times]
    today = any(isinstance(value, (Clock, Part)) and value.today for value in values)
    day = today or any(isinstance(value, (Day, Repeat)) for value in values)
    at_an_hour = any(isinstance(f.value, CLOCKS) or f.rule == "all-day" for f in sentence.times)
    return (day and at_an_hour) or any(isinstance(value, Stretch) for value in values)


def free_words(sentence: Sentence, start: int) -> int:
    """Count the words from *start* on that are not part of a time."""
    busy = [False] * len(sentence.tokens)
    for finding in sentence.times:
        for i in range(finding.start, min(finding.end, len(busy))):
            busy[i] = True
    small = {
        "di",
        "pada",
        "selama",
        "of",
        "in",
        "for",
        "from",
        "the",
        "during",
        "untuk",
        "on",
        "dari",
        "sejak",
        "rapat",
    }
    return sum(
        1
        for i in range(start, len(busy))
        if not busy[i] and sentence.tokens[i].shape is not Shape.MARK and sentence.lowers[i] not in small
    )


def is_questioned(sentence: Sentence) -> bool:
    """Say whether a question mark or a question word stands in the sentence."""
    if "?" in sentence.words:
        return True
    return any(sentence.grammar.questions.at(sentence.lowers, i) for i in range(min(len(sentence.lowers), SHORT)))


WHAT = frozenset({"apa", "apa aja", "apa saja", "what", "what's", "whats"})
SOFT = frozenset({"?", "ya", "sih", "!", "."})
AROUND_AGENDA = frozenset({
    "agenda", "was", "is", "what's", "whats", "lihat", "tampilkan", "minta", "show", "me", "see", "the", "of", "for",
    "from", "untuk", "di", "pada", "dari", "yang", "itu", "ini", "hari", "lalu", "last", "terakhir", "tadi", "'s",
})  # fmt: skip


def asks_for_agenda(sentence: Sentence, start: int) -> Asked | None:
    """Return the question *agenda rapat besok apa?*, *what's the agenda for tomorrow's meeting?*, *agenda rapat Kamis
    lalu*.
    """
    words = [word for word in sentence.lowers[start:] if word not in SOFT]
    if "agenda" not in words[:4] or sentence.words.isdisjoint(sentence.grammar.meetings):
        return None
    busy = {i for finding in sentence.times for i in range(finding.start, finding.end)}
    said = {sentence.lowers[i] for i in range(start, len(sentence.lowers)) if i not in busy}
    is_alone = said <= AROUND_AGENDA | SOFT | WHAT | sentence.grammar.meetings and not is_firm(sentence)
    asks = words[0] in WHAT or words[-1] in WHAT or " ".join(words[-2:]) in WHAT
    asks = is_alone or (asks and not sentence.is_past)
    return Asked(Act.ASK_AGENDA, "ask_agenda", start, start) if asks else None


DOUBTS = frozenset({"?", "gak", "ga", "nggak", "ngga", "gk", "enggak", "kah"})


def asks_for_meetings(sentence: Sentence) -> Asked | None:
    """Return the question *besok ada rapat gak?*: whether there is a meeting, at the end of what is said."""
    if "ada" not in sentence.lowers or not DOUBTS & sentence.words:
        return None
    at = sentence.lowers.index("ada")
    if not any(sentence.lowers[i] in DOUBTS and _ends_clause(sentence, i + 1) for i in range(at, len(sentence.lowers))):
        return None
    about = any(word in sentence.grammar.meetings for word in sentence.lowers[at : at + 4])
    return Asked(Act.ASK_MEETINGS, "ask_meetings", at, at + 1) if about else None


def _ends_clause(sentence: Sentence, i: int) -> bool:
    """Say whether nothing but a mark or politeness stands at token *i*: *… ada rapat gak ya?*."""
    after = sentence.lowers[i : i + 1]
    return not after or sentence.tokens[i].shape is Shape.MARK or after[0] in sentence.grammar.polite | {"sih"}


DECIDED = frozenset({"diputuskan", "keputusan", "decided", "decisions"})


def question_in(sentence: Sentence, start: int) -> Asked | None:
    """Return a question about meetings: *jam berapa rapatnya?*, *when do we meet?*."""
    if "?" in sentence.words and DECIDED & sentence.words:
        return Asked(Act.ASK_DECISIONS, "ask_decisions", start, start)
    if sentence.is_past or sentence.words.isdisjoint(sentence.grammar.meetings):
        return None
    for i in range(start, min(len(sentence.lowers), start + SHORT)):
        found = sentence.grammar.questions.at(sentence.lowers, i)
        if found is not None:
            return Asked(Act.ASK_MEETINGS, found[0], i, found[1])
    return None
