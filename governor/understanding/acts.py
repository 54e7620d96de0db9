"""Which act is asked for?"""

from governor.understanding.asking import (
    SHORT,
    Asked,
    Sentence,
    act_of,
    asks_for_meetings,
    free_words,
    is_questioned,
    question_in,
)
from governor.understanding.commanding import command_in
from governor.understanding.headlines import headline_in
from governor.understanding.reading import Act
from governor.understanding.replying import LONGEST_REPLY, reply_in
from governor.understanding.tokens import Shape

COLONS = frozenset({":", "-", "="})
VERBAL = (
    "me",
    "ber",
    "bahwa",
    "untuk",
    "setuju",
    "to",
    "that",
    "we",
    "approve",
    "adopt",
    "reject",
    "appoint",
    "raise",
    "buy",
    ":",
)


def classify(sentence: Sentence) -> Asked | None:
    """Return what is asked for, or None: chatter."""
    start = after_politeness(sentence)
    last = _last_word(sentence)
    for i in dict.fromkeys((start, 0)):
        whole = sentence.grammar.whole.at(sentence.lowers, i)
        if whole is not None and whole[1] >= last:
            return Asked(act_of(whole[0]), whole[0], i, whole[1])
    return (
        _colon(sentence, start)
        or asks_for_meetings(sentence)
        or reply_in(sentence, start)
        or _opened(sentence, start)
        or question_in(sentence, start)
        or _news(sentence, start)
        or _somewhere(sentence, start)
        or headline_in(sentence, start)
    )


def after_politeness(sentence: Sentence) -> int:
    """Return the place after greetings, names of the bot and other words that ask for nothing."""
    i = 0
    count = len(sentence.tokens)
    while i < count:
        token = sentence.tokens[i]
        if (
            (token.shape is Shape.MARK and token.lower != "@")
            or (token.lower in sentence.grammar.polite and sentence.grammar.openers.at(sentence.lowers, i) is None)
            or (
                token.shape is Shape.MENTION
                and i == 0
                and (token.lower.startswith("@governor") or token.lower.startswith("<@"))
            )
        ):
            i += 1
        else:
            break
    return i if i < count else 0


def _last_word(sentence: Sentence) -> int:
    """Return the place after the last token that is neither a mark nor politeness."""
    i = len(sentence.tokens)
    while i > 1 and (sentence.tokens[i - 1].shape is Shape.MARK or sentence.lowers[i - 1] in sentence.grammar.polite):
        i -= 1
    return i


def _colon(sentence: Sentence, start: int) -> Asked | None:
    found = sentence.grammar.colons.at(sentence.lowers, start)
    if found is None:
        return None
    if found[0] == "agenda" and ":" in sentence.lowers[found[1] : found[1] + SHORT]:
        return Asked(Act.AGENDA, "agenda", start, sentence.lowers.index(":", found[1]) + 1)
    value, end = found
    if (
        end < len(sentence.lowers)
        and sentence.lowers[end] in COLONS
        and (sentence.lowers[end] == ":" or sentence.tokens[end].start > sentence.tokens[end - 1].end)
    ):
        return Asked(act_of(value), value, start, end + 1)
    return None


def _opened(sentence: Sentence, start: int) -> Asked | None:
    found = sentence.grammar.openers.at(sentence.lowers, start)
    if found is None:
        return None
    manner, end = found
    asked = Asked(act_of(manner), manner, start, end)
    if sentence.is_command and manner == "meeting" and sentence.lowers[start] in COMMANDS and len(sentence.tokens) > 1:
        return Asked(Act.CALL, "call", start, start + 1)
    if around := _agenda_around(sentence, start, manner):
        return around
    if manner in NOUNS:
        return None if manner == "event" and not sentence.times else _meeting_said(sentence, asked)
    if manner in VERBS or asked.act is Act.CHANGE:
        return command_in(sentence, asked)
    rest = len(sentence.tokens) - end
    if manner.endswith("?"):
        return _only_with_text(sentence, asked, rest)
    return asked if _is_complete(sentence, asked, rest) else None


COMMANDS = frozenset({"meeting", "meet"})
NOUNS = frozenset({"meeting", "meeting-the", "event"})
VERBS = frozenset({"call", "call-invite", "remind", "cancel"})
ALONE = frozenset({Act.ASK_DECISIONS, Act.ASK_MEETINGS, Act.HELP, Act.MINUTES, Act.SAVE_MINUTES})


def _is_complete(sentence: Sentence, asked: Asked, rest: int) -> bool:
    """Say whether what the act needs follows the words that ask for it: a number for a proof, some text for a note."""
    if asked.act is Act.PROVE:
        return any(token.shape is Shape.NUMBER for token in sentence.tokens)
    if asked.manner == "none" or (asked.act is Act.ENROL and "?" in sentence.lowers):
        return False
    return bool(rest) or asked.act in ALONE


def _agenda_around(sentence: Sentence, start: int, manner: str) -> Asked | None:
    """Return the agenda item of *put solar panels on the agenda*, *tambahkan X ke agenda*."""
    words = list(sentence.lowers)
    while words and words[-1] in {"?", ".", "!", "please", "pls", "ya", "dong"}:
        words.pop()
    adds = manner in {"call", "change-add", "change-add?", "remind"} or words[start] in {
        "put",
        "add",
        "masukkan",
        "tambahkan",
    }
    if (
        not adds
        or words[-1:] != ["agenda"]
        or len(words) - start < 4
        or not {"on", "to", "ke", "dalam", "pada"} & set(words[-3:])
    ):
        return None
    return Asked(Act.AGENDA, "agenda-around", start, start + 1)


def _only_with_text(sentence: Sentence, asked: Asked, rest: int) -> Asked | None:
    """Decide what a noun such as *keputusan* asks: with a text it records, with a time alone it asks for the list."""
    if asked.act is Act.MINUTES:
        return asked if rest <= 2 else None
    if asked.act is Act.ASK_DECISIONS:
        return asked if "?" in sentence.lowers or not free_words(sentence, asked.end) else None
    if asked.act is Act.ASK_MEETINGS:
        return asked if "?" in sentence.lowers or (_has_day_or_hour(sentence) and rest <= SHORT) or rest <= 2 else None
    if asked.act is Act.DECIDE:
        free = free_words(sentence, asked.end)
        if not free or is_questioned(sentence):
            return Asked(Act.ASK_DECISIONS, "ask_decisions", asked.start, asked.end)
        said = sentence.lowers[asked.end] if asked.end < len(sentence.lowers) else ""
        verbal = sentence.is_command or said.startswith(VERBAL)
        return asked if rest > 1 and verbal and not sentence.is_past else None
    return asked if sentence.is_command else None


def _meeting_said(sentence: Sentence, asked: Asked) -> Asked | None:
    """Decide what a sentence asks that begins with a meeting: to change it, to cancel it, to know of it, or to call
    it.
    """
    if sentence.grammar.others & set(sentence.lowers):
        return None
    for i in range(asked.end, min(len(sentence.lowers), asked.end + SHORT)):
        verb = sentence.grammar.verbs.at(sentence.lowers, i)
        if verb is not None and not (sentence.is_past and "been" not in sentence.lowers):
            return Asked(act_of(verb[0]), verb[0], asked.start, verb[1])
    if is_questioned(sentence):
        return Asked(Act.ASK_MEETINGS, "ask_meetings", asked.start, asked.end)
    if sentence.is_past:
        return None
    if asked.manner == "meeting-the":
        return Asked(Act.CHANGE, "change", asked.start, asked.end) if _places_or_times(sentence, asked.end) else None
    words = sum(token.shape is Shape.WORD for token in sentence.tokens)
    bare = words <= SHORT and "itu" not in sentence.lowers and "selamat" not in sentence.lowers
    return asked if sentence.times or bare else None


def _places_or_times(sentence: Sentence, start: int) -> bool:
    """Say whether *rapatnya* is followed by a time or a place: *rapatnya jam 8 malam*, *rapatnya di rumah Pak Agus
    aja*.
    """
    if any(finding.start <= start + 2 for finding in sentence.times):
        return True
    marker = next((m for i in (start, start + 1) if (m := sentence.grammar.markers.at(sentence.lowers, i))), None)
    return marker is not None and marker[0] == "location" and "adalah" not in sentence.lowers


def _news(sentence: Sentence, start: int) -> Asked | None:
    """Return a change or cancellation told as news: *we have to cancel the meeting*, *maaf, rapatnya dibatalin*."""
    if sentence.is_past and "been" not in sentence.lowers:
        return None
    if sentence.grammar.others & set(sentence.lowers) or "?" in sentence.lowers:
        return None
    if not any(word in sentence.grammar.meetings for word in sentence.lowers[:LONGEST_REPLY]):
        return None
    for i in range(start, min(len(sentence.lowers), LONGEST_REPLY)):
        verb = sentence.grammar.verbs.at(sentence.lowers, i)
        if verb is not None:
            return Asked(act_of(verb[0]), verb[0], start, verb[1])
    return None


def _has_day_or_hour(sentence: Sentence) -> bool:
    """Say whether more is told of time than *now*."""
    return any(finding.rule != "now" for finding in sentence.times)


def _somewhere(sentence: Sentence, start: int) -> Asked | None:
    """Return the call of a meeting named after other words: *Jumat depan jam 3 rapat anggaran*, *besok kita kumpul di
    balai*.
    """
    if (
        sentence.is_past
        or "?" in sentence.lowers
        or sentence.grammar.others & set(sentence.lowers)
        or not _has_day_or_hour(sentence)
    ):
        return None
    for i in range(start, len(sentence.lowers)):
        opener = sentence.grammar.openers.at(sentence.lowers, i)
        named = opener is not None and opener[0] in {"meeting", "event"}
        if named or (sentence.lowers[i] in sentence.grammar.meetings and sentence.lowers[i] != "meetings"):
            for j in range(start, len(sentence.lowers)):
                verb = sentence.grammar.verbs.at(sentence.lowers, j)
                if verb is not None:
                    return Asked(act_of(verb[0]), verb[0], start, verb[1])
            return Asked(Act.CALL, "somewhere", start, start)
    return None
