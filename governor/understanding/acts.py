"""Which act is asked for?"""

from governor.understanding.announcements import announced_in, proposed_in
from governor.understanding.asking import (
    AS_MEMBER,
    SHORT,
    Asked,
    Sentence,
    act_of,
    asks_for_agenda,
    asks_for_meetings,
    free_words,
    is_firm,
    is_questioned,
    question_in,
)
from governor.understanding.commanding import YESTERDAY, command_in
from governor.understanding.findings import Clock, Interval
from governor.understanding.heads import after_head, only_names
from governor.understanding.language import NOUNS
from governor.understanding.news import HAS_BEEN, instead_of, news_in, none_in, told_at
from governor.understanding.numbered import numbered_in
from governor.understanding.offices import mandate_in
from governor.understanding.publicity import ABOUT, changes_access
from governor.understanding.reading import Act
from governor.understanding.replying import reply_in
from governor.understanding.tasks import after_person
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
    if (asleep := _standing(sentence, start) or _email(sentence, start) or _access(sentence, start)) is not None:
        return asleep
    opened = sentence.grammar.openers.at(sentence.lowers, start)
    if opened is not None and opened[0] == "none":
        return None
    if sentence.lowers[0] in sentence.grammar.wishes and not is_firm(sentence):
        return None  # semoga rapat besok lancar
    last = _last_word(sentence)
    for i in dict.fromkeys((start, 0)):
        whole = sentence.grammar.whole.at(sentence.lowers, i)
        if whole is None or sentence.lowers[whole[1] : whole[1] + 1] == [":"]:
            continue
        is_of_meeting = act_of(whole[0]) in OF_A_MEETING and only_names(sentence, i, whole[1], last)
        if whole[1] >= last or is_of_meeting:
            return Asked(act_of(whole[0]), whole[0], i, whole[1])
    return (
        numbered_in(sentence, start)
        or _colon(sentence, start)
        or mandate_in(sentence, start)
        or none_in(sentence, start)
        or _enrols(sentence, start)
        or asks_for_agenda(sentence, start)
        or _asks_which(sentence, start)
        or proposed_in(sentence, start)
        or asks_for_meetings(sentence)
        or reply_in(sentence, start)
        or instead_of(sentence, _opened(sentence, start))
        or question_in(sentence, start)
        or news_in(sentence, start)
        or _somewhere(sentence, start)
        or announced_in(sentence, start)
    )


def after_politeness(sentence: Sentence) -> int:
    """Return the place after greetings, names of the bot and other words that ask for nothing."""
    i = 0
    count = len(sentence.tokens)
    while i < count:
        token = sentence.tokens[i]
        if (
            (token.shape is Shape.MARK and token.lower != "@")
            or (token.lower == "2" and i and sentence.tokens[i - 1].end == token.start)  # bapak2
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


STANDING = frozenset(
    {"pengingat", "reminder", "reminders", "tenang", "quiet", "tenggang", "notice", "pengaturan", "setelan", "settings"}
)


def _standing(sentence: Sentence, start: int) -> Asked | None:
    """Return what is asked of the standing rules; their tables sleep until a word of theirs is said."""
    if sentence.words.isdisjoint(STANDING):
        return None
    from governor.understanding.standing import standing_in

    return standing_in(sentence, start)


EMAIL = frozenset({"email", "emailku", "mail", "surel", "surelku", "kode", "kodenya", "kodeku", "code"})


def _email(sentence: Sentence, start: int) -> Asked | None:
    """Return what is told of one's own address, likewise."""
    if sentence.words.isdisjoint(EMAIL):
        return None
    from governor.understanding.emails import email_in

    return email_in(sentence, start)


def _access(sentence: Sentence, start: int) -> Asked | None:
    """Return the change in *make the meeting open to the public*, *jadikan rapat anggaran tertutup*, likewise."""
    if sentence.words.isdisjoint(ABOUT):
        return None
    words = " ".join(sentence.lowers[start : _last_word(sentence)])
    return Asked(Act.CHANGE, "change-access", start, len(sentence.lowers)) if changes_access(words) else None


ENROLS = frozenset({"call", "change-add", "change-add?", "enrol", "call-invite"})


def _enrols(sentence: Sentence, start: int) -> Asked | None:
    """Return the enrolment in *tambahkan Sari Dewi sebagai anggota*, *add Joko as a member*."""
    found = sentence.grammar.openers.at(sentence.lowers, start)
    if found is None or found[0] not in ENROLS or "?" in sentence.words or sentence.is_past:
        return None
    if AS_MEMBER.search(" ".join(sentence.lowers)) is None:
        return None
    return Asked(Act.ENROL, "enrol", start, found[1])


def _asks_which(sentence: Sentence, start: int) -> Asked | None:
    """Return the question at the end of *schedule meeting minggu ini apa aja?*."""
    words = [word for word in sentence.lowers if word not in {"?", "ya", "sih", "!", "."}]
    if len(words) < 3 or words[-2] != "apa" or words[-1] not in {"aja", "saja"}:
        return None
    about = any(word in sentence.grammar.meetings for word in words)
    return Asked(Act.ASK_MEETINGS, "ask_meetings", start, start) if about and not sentence.is_past else None


def _last_word(sentence: Sentence) -> int:
    """Return the place after the last token that is neither a mark nor politeness."""
    i = len(sentence.tokens)
    while i > 1 and (sentence.tokens[i - 1].shape is Shape.MARK or sentence.lowers[i - 1] in sentence.grammar.polite):
        i -= 1
    return i


OF_RECORDS = frozenset({Act.NOTE, Act.DECIDE, Act.ACTION, Act.MOVE})
OF_A_MEETING = frozenset({Act.MINUTES, Act.SAVE_MINUTES, Act.ATTENDANCE})


def _colon(sentence: Sentence, start: int) -> Asked | None:
    found = sentence.grammar.colons.at(sentence.lowers, start)
    if found is None:
        opened = sentence.grammar.openers.at(sentence.lowers, start)
        if opened is None or opened[0] != "call" or sentence.grammar.colons.at(sentence.lowers, opened[1]) is None:
            return None
        return _colon(sentence, opened[1])  # buatkan putusan: …
    if found[0] == "agenda" and ":" in sentence.lowers[found[1] : found[1] + SHORT]:
        return Asked(Act.AGENDA, "agenda", start, sentence.lowers.index(":", found[1]) + 1)
    value, end = found
    if act_of(value) is Act.ACTION and (person := after_person(sentence, end)) is not None:
        return Asked(Act.ACTION, value, start, person)
    if act_of(value) in OF_RECORDS and (behind := after_head(sentence, start, end)) is not None:
        return Asked(act_of(value), value, start, behind)
    if (
        end < len(sentence.lowers)
        and sentence.lowers[end] in COLONS
        and (sentence.lowers[end] == ":" or sentence.tokens[end].start > sentence.tokens[end - 1].end)
    ):
        return Asked(act_of(value), value, start, end + 1)
    return None


def _opened(sentence: Sentence, start: int) -> Asked | None:
    found = sentence.grammar.openers.at(sentence.lowers, start)
    event = None if found is None else sentence.grammar.events.at(sentence.lowers, start)
    if found is None or (event is not None and event[1] > found[1] and found[0] not in NOUNS):
        return None  # drop-in clinic
    manner, end = found
    asked = Asked(act_of(manner), manner, start, end)
    if sentence.is_command and manner == "meeting" and sentence.lowers[start] in COMMANDS and len(sentence.tokens) > 1:
        return Asked(Act.CALL, "call", start, start + 1)
    if around := _agenda_around(sentence, start, manner):
        return around
    if manner == "agenda-put":
        return None
    if manner in NOUNS:
        return None if manner == "event" and not sentence.times else _meeting_said(sentence, asked)
    if manner in VERBS or asked.act is Act.CHANGE:
        return command_in(sentence, asked)
    rest = len(sentence.tokens) - end
    if manner.endswith("?"):
        return _only_with_text(sentence, asked, rest)
    return asked if _is_complete(sentence, asked, rest) else None


COMMANDS = frozenset({"meeting", "meet"})
VERBS = frozenset({"call", "call-invite", "remind", "cancel"})
ALONE = frozenset({Act.ASK_DECISIONS, Act.ASK_MEETINGS, Act.HELP, Act.MINUTES, Act.SAVE_MINUTES})


def _is_complete(sentence: Sentence, asked: Asked, rest: int) -> bool:
    """Say whether what the act needs follows the words that ask for it: a number for a proof, some text for a note."""
    if asked.act is Act.PROVE:
        return any(token.shape is Shape.NUMBER for token in sentence.tokens)
    if asked.act is Act.ENROL and "?" in sentence.words:
        return False
    return bool(rest) or asked.act in ALONE or (asked.act is Act.ENROL and asked.end - asked.start > 1)


def _agenda_around(sentence: Sentence, start: int, manner: str) -> Asked | None:
    """Return the agenda item of *put solar panels on the agenda*, *tambahkan X ke agenda rapat*."""
    words = list(sentence.lowers)
    while words and (words[-1] in AFTER_AGENDA or words[-1] in sentence.grammar.meetings):
        words.pop()
    if manner not in ADDS or words[-1:] != ["agenda"] or len(words) - start < 4 or not ONTO & set(words[-3:]):
        return None
    return Asked(Act.AGENDA, "agenda-around", start, start + 1)


AFTER_AGENDA = frozenset({"?", ".", "!", "please", "pls", "ya", "dong", "besok", "for", "the"})
ADDS = frozenset({"call", "change-add", "change-add?", "remind", "agenda-put"})
ONTO = frozenset({"on", "to", "ke", "dalam", "pada"})


def _only_with_text(sentence: Sentence, asked: Asked, rest: int) -> Asked | None:
    """Decide what a noun such as *keputusan* asks: with a text it records, with a time alone it asks for the list."""
    if asked.act is Act.MINUTES:
        is_of_meeting = only_names(sentence, asked.start, asked.end, _last_word(sentence))
        return asked if is_of_meeting or rest <= 2 else None
    if asked.act is Act.ASK_DECISIONS:
        return asked if "?" in sentence.words or not free_words(sentence, asked.end) else None
    if asked.act is Act.ASK_MEETINGS:
        return asked if "?" in sentence.words or (_has_day_or_hour(sentence) and rest <= SHORT) or rest <= 2 else None
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
    if sentence.grammar.others & sentence.words:
        return None
    busy = {i for finding in sentence.times for i in range(finding.start, finding.end)}
    free = [i for i in range(asked.end, len(sentence.lowers)) if i not in busy or told_at(sentence, i) is not None]
    for i in free[:SHORT]:
        told = told_at(sentence, i)
        if told is not None and not (sentence.is_past and not HAS_BEEN & sentence.words):
            return Asked(act_of(told[0]), told[0], asked.start, told[1])
    if is_questioned(sentence):
        return Asked(Act.ASK_MEETINGS, "ask_meetings", asked.start, asked.end)
    if sentence.is_past:
        return asked if _calls_for_yesterday(sentence, asked.end) else None
    if asked.manner == "meeting-the":
        return Asked(Act.CHANGE, "change", asked.start, asked.end) if _places_or_times(sentence, asked.end) else None
    words = sum(token.shape is Shape.WORD for token in sentence.tokens)
    bare = words <= SHORT and "itu" not in sentence.lowers and "selamat" not in sentence.lowers
    return asked if sentence.times or bare else None


def _calls_for_yesterday(sentence: Sentence, start: int) -> bool:
    """Say whether only a day that is over, with an hour, makes a call look like a tale: *rapat kemarin jam 8*."""
    clocks = [finding for finding in sentence.times if isinstance(finding.value, (Clock, Interval))]
    if not clocks or sentence.grammar.past & sentence.words - YESTERDAY:
        return False
    first = min(finding.start for finding in sentence.times)
    busy = {i for finding in sentence.times for i in range(finding.start, finding.end)}
    after = [word for i, word in enumerate(sentence.lowers) if i >= first and i not in busy]
    polite = sum(word in sentence.grammar.polite for word in after)
    return start <= first <= start + 3 and free_words(sentence, first) <= polite


def _places_or_times(sentence: Sentence, start: int) -> bool:
    """Say whether *rapatnya* is followed by a time or a place: *rapatnya jam 8 malam*, *rapatnya di rumah Pak Agus
    aja*.
    """
    if any(finding.start <= start + 2 for finding in sentence.times):
        return True
    marker = next((m for i in (start, start + 1) if (m := sentence.grammar.markers.at(sentence.lowers, i))), None)
    return marker is not None and marker[0] == "location" and "adalah" not in sentence.lowers


def _has_day_or_hour(sentence: Sentence) -> bool:
    """Say whether more is told of time than *now*."""
    return any(finding.rule != "now" for finding in sentence.times)


def _somewhere(sentence: Sentence, start: int) -> Asked | None:
    """Return the call of a meeting named after other words: *Jumat depan jam 3 rapat anggaran*, *besok kita kumpul di
    balai*.
    """
    if (
        sentence.is_past
        or "?" in sentence.words
        or sentence.grammar.others & sentence.words
        or not _has_day_or_hour(sentence)
    ):
        return None
    if not sentence.grammar.nouns.may_be_in(sentence.words) and sentence.words.isdisjoint(sentence.grammar.meetings):
        return None
    for i in range(start, len(sentence.lowers)):
        opener = sentence.grammar.openers.at(sentence.lowers, i)
        named = opener is not None and opener[0] in {"meeting", "event"}
        if named or (sentence.lowers[i] in sentence.grammar.meetings and sentence.lowers[i] != "meetings"):
            for j in range(start, len(sentence.lowers)):
                verb = sentence.grammar.verbs.at(sentence.lowers, j)
                if verb is not None and not (act_of(verb[0]) is Act.CALL and i < j):  # rapat RT kita adakan Sabtu
                    return Asked(act_of(verb[0]), verb[0], start, verb[1])
            return Asked(Act.CALL, "somewhere", start, start)
    return None
