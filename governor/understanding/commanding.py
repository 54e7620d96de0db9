"""Is this command about a meeting?"""

from collections.abc import Callable
from itertools import takewhile

from governor.understanding.asking import BECAUSE, Asked, Sentence, act_of
from governor.understanding.findings import Clock, Interval
from governor.understanding.reading import Act
from governor.understanding.tokens import Shape


def command_in(sentence: Sentence, asked: Asked) -> Asked | None:
    """Decide whether a verb such as *buat* or *ubah* is about a meeting."""
    first = asked.end if asked.act is Act.CALL else asked.start
    said = takewhile(lambda word: word not in BECAUSE, sentence.lowers[first:])
    about = any(word in sentence.grammar.meetings for word in said)
    if asked.manner in DOUBTFUL:
        return DOUBTFUL[asked.manner](sentence, asked, about)
    if asked.act is Act.CANCEL and _removes(sentence, asked):
        return asked._replace(act=Act.CHANGE, manner="change-remove")
    if asked.act is Act.CALL:
        return _call(sentence, asked, about)
    if asked.manner == "change-add" and about and sentence.times and not {"juga", "also"} & sentence.words:
        return asked._replace(act=Act.CALL, manner="call-invite")
    return asked if about or _is_about_meeting(sentence, asked) else None


def _removes(sentence: Sentence, asked: Asked) -> bool:
    """Say whether somebody is taken from a meeting: *hapus @budi dari rapat*, and not *hapus rapat dari kalender*."""
    rest = sentence.lowers[asked.end :]
    at = next((i for i, word in enumerate(rest) if word in {"dari", "from"}), 0)
    if not at or any(word in sentence.grammar.meetings for word in rest[:at]):
        return False
    people = any(token.shape in {Shape.MENTION, Shape.EMAIL} for token in sentence.tokens[asked.end : asked.end + at])
    name = sentence.tokens[asked.end].text[:1].isupper()
    return (people or name) and any(word in sentence.grammar.meetings for word in rest[at:])


def _call(sentence: Sentence, asked: Asked, about: bool) -> Asked | None:
    """Decide on verbs that call: *minta rapatnya diundur* changes, *undang @tono* adds, *call on Friday* is a noun."""
    rest = sentence.lowers[asked.end :]
    if asked.manner == "call" and {"longer", "shorter"} & set(rest):
        return asked._replace(act=Act.CHANGE, manner="change-longer" if "longer" in rest else "change-shorter")
    if (news := _verb_within(sentence, asked)) is not None:
        return news
    if asked.manner == "call-invite" and not sentence.times:
        return asked._replace(act=Act.CHANGE, manner="change-add")
    noun = sentence.lowers[asked.start] == "call" and asked.end - asked.start == 1
    if asked.manner == "call" and noun and _time_follows(sentence, asked.end):
        return asked._replace(manner="meeting")
    if sentence.is_past:
        return asked if _calls_for_yesterday(sentence, asked) else None
    return asked if about or sentence.times else None


YESTERDAY = frozenset({"kemarin", "kemaren", "kmrn", "yesterday"})
BESIDE = 4  # words between the verb and the meeting that it calls


def _calls_for_yesterday(sentence: Sentence, asked: Asked) -> bool:
    """Say whether a verb calls a meeting, with its hour, on a day that is over: *jadwalkan rapat kemarin jam 3*."""
    near = sentence.lowers[asked.end : asked.end + BESIDE]
    clock = any(isinstance(finding.value, (Clock, Interval)) for finding in sentence.times)
    told = sentence.grammar.past & sentence.words - YESTERDAY
    return clock and not told and any(word in sentence.grammar.meetings for word in near)


def _start(sentence: Sentence, asked: Asked, _: bool) -> Asked | None:
    later = {"instead", "later", "earlier"} & set(sentence.lowers[asked.end :])
    return asked._replace(manner="change") if later else None


def _forward(sentence: Sentence, asked: Asked, _: bool) -> Asked | None:
    forward = {"forward", "up", "earlier"} & set(sentence.lowers[asked.end :])
    return asked._replace(manner="change-earlier") if forward else None


def _add(sentence: Sentence, asked: Asked, about: bool) -> Asked | None:
    people = any(token.shape in {Shape.MENTION, Shape.EMAIL} for token in sentence.tokens)
    if about and sentence.times:
        return asked._replace(act=Act.CALL, manner="call")
    return asked._replace(manner="change-add") if people or about else None


Decide = Callable[[Sentence, Asked, bool], Asked | None]
DOUBTFUL: dict[str, Decide] = {"change-start?": _start, "change-earlier?": _forward, "change-add?": _add}


def _verb_within(sentence: Sentence, asked: Asked) -> Asked | None:
    """Return the change in *minta rapatnya diundur*: a passive right after the meeting."""
    for i in range(asked.end, min(asked.end + 3, len(sentence.lowers))):
        verb = sentence.grammar.verbs.at(sentence.lowers, i)
        if verb is not None and sentence.lowers[i].startswith("di"):
            return Asked(act_of(verb[0]), verb[0], asked.start, verb[1])
    return None


def _time_follows(sentence: Sentence, i: int) -> bool:
    return any(finding.start in {i, i + 1} for finding in sentence.times)


TARGETS = frozenset({"ke", "jadi", "menjadi", "to", "into"})


def _is_about_meeting(sentence: Sentence, asked: Asked) -> bool:
    """Say whether a change or cancellation that names no meeting can mean one: *majukan 30 menit*, but not *ganti oli
    motor*.
    """
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
        known = (
            word in sentence.grammar.objects
            or word in sentence.grammar.polite
            or sentence.tokens[i].shape is not Shape.WORD
        )
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
