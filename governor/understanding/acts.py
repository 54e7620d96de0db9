"""Which act is asked for?"""

from collections.abc import Sequence
from dataclasses import dataclass

from governor.understanding.findings import Finding
from governor.understanding.language import Grammar
from governor.understanding.reading import Act
from governor.understanding.tokens import Shape, Token

COLONS = frozenset({":", "-", "="})
SHORT = 6
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
LONGEST_REPLY = 16
ACTS: dict[str, Act] = {act.value: act for act in Act} | {
    "meeting": Act.CALL, "event": Act.CALL, "meeting-the": Act.CALL, "call-meet": Act.CALL, "call-invite": Act.CALL, "remind": Act.CALL, "decide?": Act.DECIDE, "decide-verb": Act.DECIDE, "note?": Act.NOTE, "action?": Act.ACTION, "agenda?": Act.AGENDA,
    "ask_meetings?": Act.ASK_MEETINGS, "ask_decisions?": Act.ASK_DECISIONS, "agenda-around": Act.AGENDA, "minutes?": Act.MINUTES, "change-add?": Act.CHANGE, "change-earlier?": Act.CHANGE, "change-start?": Act.CHANGE,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Asked:
    """The act asked for: which *manner* of it (a value of the language tables), and the tokens ``[start, end)`` that ask."""

    act: Act
    manner: str
    start: int
    end: int


def act_of(manner: str) -> Act:
    """Return the act that a value of the language tables stands for."""
    return ACTS.get(manner) or Act.CHANGE


@dataclass(frozen=True, slots=True)
class Sentence:
    """What the classifier looks at: the tokens, in lower case too, and the findings of time by first token."""

    tokens: Sequence[Token]
    lowers: Sequence[str]
    grammar: Grammar
    times: Sequence[Finding]
    is_past: bool
    is_command: bool = False


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
        or _asks_for_meetings(sentence)
        or _reply(sentence, start)
        or _opened(sentence, start)
        or _question(sentence, start)
        or _news(sentence, start)
        or _somewhere(sentence, start)
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
    if (
        sentence.is_command
        and manner == "meeting"
        and sentence.lowers[start] in {"meeting", "meet"}
        and len(sentence.tokens) > 1
    ):
        return Asked(Act.CALL, "call", start, start + 1)
    rest = len(sentence.tokens) - end
    if asked.act is Act.PROVE and not any(token.shape is Shape.NUMBER for token in sentence.tokens):
        return None
    if asked.act is Act.ENROL and "?" in sentence.lowers:
        return None
    if manner == "none":
        return None
    if around := _agenda_around(sentence, start, manner):
        return around
    if manner == "event" and not sentence.times:
        return None
    if manner in {"meeting", "meeting-the", "event"}:
        return _meeting_said(sentence, asked)
    if manner in {"call", "call-invite", "remind", "cancel"} or asked.act is Act.CHANGE:
        return _command(sentence, asked)
    if manner.endswith("?"):
        return _only_with_text(sentence, asked, rest)
    return (
        asked
        if rest or asked.act in {Act.ASK_DECISIONS, Act.ASK_MEETINGS, Act.HELP, Act.MINUTES, Act.SAVE_MINUTES}
        else None
    )


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
        return asked if "?" in sentence.lowers or not _free_words(sentence, asked.end) else None
    if asked.act is Act.ASK_MEETINGS:
        return asked if "?" in sentence.lowers or sentence.times or rest <= 2 else None
    if asked.act is Act.DECIDE:
        free = _free_words(sentence, asked.end)
        if not free or _questioned(sentence):
            return Asked(Act.ASK_DECISIONS, "ask_decisions", asked.start, asked.end)
        said = sentence.lowers[asked.end] if asked.end < len(sentence.lowers) else ""
        verbal = sentence.is_command or said.startswith(VERBAL)
        return asked if rest > 1 and verbal and not sentence.is_past else None
    return asked if sentence.is_command else None


def _free_words(sentence: Sentence, start: int) -> int:
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


def _questioned(sentence: Sentence) -> bool:
    if "?" in sentence.lowers:
        return True
    return any(sentence.grammar.questions.at(sentence.lowers, i) for i in range(min(len(sentence.lowers), SHORT)))


def _meeting_said(sentence: Sentence, asked: Asked) -> Asked | None:
    """Decide what a sentence asks that begins with a meeting: to change it, to cancel it, to know of it, or to call it."""
    if OTHERS & set(sentence.lowers):
        return None
    for i in range(asked.end, min(len(sentence.lowers), asked.end + SHORT)):
        verb = sentence.grammar.verbs.at(sentence.lowers, i)
        if verb is not None and not (sentence.is_past and "been" not in sentence.lowers):
            return Asked(act_of(verb[0]), verb[0], asked.start, verb[1])
    if _questioned(sentence):
        return Asked(Act.ASK_MEETINGS, "ask_meetings", asked.start, asked.end)
    if sentence.is_past:
        return None
    if asked.manner == "meeting-the":
        return Asked(Act.CHANGE, "change", asked.start, asked.end) if _places_or_times(sentence, asked.end) else None
    words = sum(token.shape is Shape.WORD for token in sentence.tokens)
    bare = words <= SHORT and "itu" not in sentence.lowers and "selamat" not in sentence.lowers
    return asked if sentence.times or bare else None


def _places_or_times(sentence: Sentence, start: int) -> bool:
    """Say whether *rapatnya* is followed by a time or a place: *rapatnya jam 8 malam*, *rapatnya di rumah Pak Agus aja*."""
    if any(finding.start <= start + 2 for finding in sentence.times):
        return True
    marker = next((m for i in (start, start + 1) if (m := sentence.grammar.markers.at(sentence.lowers, i))), None)
    return marker is not None and marker[0] == "location" and "adalah" not in sentence.lowers


OTHERS = frozenset(
    "mereka their his her its company kata minister news sebelah boss suami istri they sering always selalu again".split()
)


def _news(sentence: Sentence, start: int) -> Asked | None:
    """Return a change or cancellation told as news: *we have to cancel the meeting*, *maaf, rapatnya dibatalin*."""
    if (
        sentence.is_past
        or "?" in sentence.lowers
        or not any(w in sentence.grammar.meetings for w in sentence.lowers[:LONGEST_REPLY])
    ):
        return None
    for i in range(start, min(len(sentence.lowers), LONGEST_REPLY)):
        verb = sentence.grammar.verbs.at(sentence.lowers, i)
        if verb is not None:
            return Asked(act_of(verb[0]), verb[0], start, verb[1])
    return None


def _command(sentence: Sentence, asked: Asked) -> Asked | None:
    """Decide whether a verb such as *buat* or *ubah* is about a meeting."""
    rest = sentence.lowers[asked.end :]
    first = asked.end if asked.act is Act.CALL else asked.start
    about = any(word in sentence.grammar.meetings for word in sentence.lowers[first:])
    if asked.manner == "call" and {"longer", "shorter"} & set(rest):
        return Asked(Act.CHANGE, "change-longer" if "longer" in rest else "change-shorter", asked.start, asked.end)
    if asked.act is Act.CALL and (news := _verb_within(sentence, asked)):
        return news
    if (
        asked.manner == "call"
        and sentence.lowers[asked.start] == "call"
        and asked.end - asked.start == 1
        and _time_follows(sentence, asked.end)
    ):
        return Asked(Act.CALL, "meeting", asked.start, asked.end)
    if asked.manner == "call-invite" and not sentence.times:
        return Asked(Act.CHANGE, "change-add", asked.start, asked.end)
    if (
        asked.manner == "change-add"
        and about
        and sentence.times
        and "juga" not in sentence.lowers
        and "also" not in sentence.lowers
    ):
        return Asked(Act.CALL, "call-invite", asked.start, asked.end)
    if asked.manner in {"call", "call-invite", "remind"}:
        return asked if (about or sentence.times) and not sentence.is_past else None
    if asked.manner == "change-start?":
        return (
            Asked(Act.CHANGE, "change", asked.start, asked.end) if {"instead", "later", "earlier"} & set(rest) else None
        )
    if asked.manner == "change-earlier?":
        forward = any(word in {"forward", "up", "earlier"} for word in rest)
        return Asked(Act.CHANGE, "change-earlier", asked.start, asked.end) if forward else None
    if asked.act is Act.CHANGE and asked.manner.endswith("?"):
        people = any(token.shape in {Shape.MENTION, Shape.EMAIL} for token in sentence.tokens)
        if about and sentence.times:
            return Asked(Act.CALL, "call", asked.start, asked.end)
        return Asked(Act.CHANGE, asked.manner.rstrip("?"), asked.start, asked.end) if people or about else None
    if asked.act is Act.CANCEL or asked.act is Act.CHANGE:
        return asked if about or _is_about_meeting(sentence, asked) else None
    return asked


def _verb_within(sentence: Sentence, asked: Asked) -> Asked | None:
    """Return the change in *minta rapatnya diundur*: a passive right after the meeting."""
    for i in range(asked.end, min(asked.end + 3, len(sentence.lowers))):
        verb = sentence.grammar.verbs.at(sentence.lowers, i)
        if verb is not None and sentence.lowers[i].startswith("di"):
            return Asked(act_of(verb[0]), verb[0], asked.start, verb[1])
    return None


def _time_follows(sentence: Sentence, i: int) -> bool:
    return any(finding.start in {i, i + 1} for finding in sentence.times)


OBJECTS = frozenset(
    """itu ini it that this the rapat rapatnya meeting jam jamnya hari harinya tanggal tanggalnya waktu waktunya tempat tempatnya lokasi lokasinya judul judulnya time day date
    place venue title link instead instead-of durasi durasinya jadwal jadwalnya acara acaranya nya room dari from by back forward earlier later lebih awal lambat and dan ya dong deh lagi juga sebentar sedikit jadi saja aja
    kembali selama untuk for until till sampai hingga of on pada up a an one""".split()
)  # fmt: skip
TARGETS = frozenset({"ke", "jadi", "menjadi", "to", "into"})


def _is_about_meeting(sentence: Sentence, asked: Asked) -> bool:
    """Say whether a change or cancellation that names no meeting can mean one: *majukan 30 menit*, but not *ganti oli motor*."""
    busy = {i for finding in sentence.times for i in range(finding.start, finding.end)}
    people = any(token.shape in {Shape.MENTION, Shape.EMAIL} for token in sentence.tokens)
    targeted = False
    for i in range(asked.end, len(sentence.lowers)):
        word = sentence.lowers[i]
        if word in TARGETS:
            targeted = True
            break
        marker = sentence.grammar.markers.at(sentence.lowers, i)
        if marker is not None and marker[0] == "location":
            return True
        known = word in OBJECTS or word in sentence.grammar.polite or sentence.tokens[i].shape is not Shape.WORD
        if i not in busy and not known:
            if sentence.grammar.groups.at(sentence.lowers, i) is not None and asked.manner in {
                "change-add",
                "change-remove",
            }:
                return True
            return people or asked.manner in FREE_TEXT
    bare = asked.end >= len(sentence.lowers)
    return (
        targeted
        or bool(sentence.times)
        or people
        or asked.act is Act.CANCEL
        or (asked.manner in FREE_TEXT and not bare)
    )


FREE_TEXT = frozenset({"change-title", "change-place"})


DOUBTS = frozenset({"?", "gak", "ga", "nggak", "ngga", "gk", "enggak", "kah"})


def _asks_for_meetings(sentence: Sentence) -> Asked | None:
    """Return the question *besok ada rapat gak?*: whether there is a meeting, at the end of what is said."""
    if "ada" not in sentence.lowers or not DOUBTS & set(sentence.lowers):
        return None
    at = sentence.lowers.index("ada")
    about = any(word in sentence.grammar.meetings for word in sentence.lowers[at : at + 4])
    return Asked(Act.ASK_MEETINGS, "ask_meetings", at, at + 1) if about else None


def _reply(sentence: Sentence, start: int) -> Asked | None:
    """Return an answer to an invitation: a reply among words that only fill."""
    if len(sentence.tokens) > LONGEST_REPLY or "?" in sentence.lowers or ":" in sentence.lowers[:3]:
        return None
    opener = sentence.grammar.openers.at(sentence.lowers, start)
    if opener is not None and opener[0] == "meeting":
        return None
    best: Asked | None = None
    i, spoken_of, explained = 0, False, False
    while i < len(sentence.lowers):
        found = sentence.grammar.replies.at(sentence.lowers, i)
        if found is not None and not (found[0] == "LATE?" and "late" not in sentence.lowers):
            best = _better(best, Asked(Act.REPLY, found[0], i, found[1]))
            i = found[1]
            continue
        if best is None and sentence.tokens[i].shape is Shape.MENTION:
            spoken_of = True
        elif not _fills(sentence, i, best, explained=explained):
            return None
        explained = explained or (
            best is not None and (sentence.tokens[i].shape is Shape.MARK or sentence.lowers[i] in REASONS)
        )
        i += 1
    return None if spoken_of and (best is None or best.manner != "PROXY-BEFORE") else best


def _better(best: Asked | None, found: Asked) -> Asked:
    """Return the answer that tells more: that one comes late or sends somebody says more than that one comes."""
    return found if best is None or (found.manner in {"LATE", "PROXY"} and best.manner == "ACCEPTED") else best


REASONS = frozenset("karena krn soalnya because as since due ada lagi sedang sebab until till sampai".split())


def _fills(sentence: Sentence, i: int, best: Asked | None, *, explained: bool) -> bool:
    """Say whether token *i* may stand in a reply: a word that fills, or a reason or a name once the answer is given."""
    token = sentence.tokens[i]
    if token.lower in sentence.grammar.fillers or token.shape in {Shape.MARK, Shape.NUMBER}:
        return True
    if best is None:
        return False
    return (
        token.shape is Shape.MENTION
        or best.manner == "PROXY"
        or (explained and best.manner in {"DECLINED", "LATE", "TENTATIVE"})
    )


DECIDED = frozenset({"diputuskan", "keputusan", "decided", "decisions"})


def _question(sentence: Sentence, start: int) -> Asked | None:
    """Return a question about meetings: *jam berapa rapatnya?*, *when do we meet?*."""
    if "?" in sentence.lowers and DECIDED & set(sentence.lowers):
        return Asked(Act.ASK_DECISIONS, "ask_decisions", start, start)
    if sentence.is_past or not any(word in sentence.grammar.meetings for word in sentence.lowers):
        return None
    for i in range(start, min(len(sentence.lowers), start + SHORT)):
        found = sentence.grammar.questions.at(sentence.lowers, i)
        if found is not None:
            return Asked(Act.ASK_MEETINGS, found[0], i, found[1])
    return None


def _has_day_or_hour(sentence: Sentence) -> bool:
    """Say whether more is told of time than *now*."""
    return any(finding.rule != "now" for finding in sentence.times)


def _somewhere(sentence: Sentence, start: int) -> Asked | None:
    """Return the call of a meeting named after other words: *Jumat depan jam 3 rapat anggaran*, *besok kita kumpul di balai*."""
    if sentence.is_past or "?" in sentence.lowers or OTHERS & set(sentence.lowers) or not _has_day_or_hour(sentence):
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
