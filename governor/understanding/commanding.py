"""Is this command about a meeting?"""

from governor.understanding.asking import Asked, Sentence, act_of
from governor.understanding.reading import Act
from governor.understanding.tokens import Shape


def command_in(sentence: Sentence, asked: Asked) -> Asked | None:
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
