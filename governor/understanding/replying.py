"""Is this an answer to an invitation?"""

from governor.understanding.asking import Asked, Sentence
from governor.understanding.news import named_at
from governor.understanding.reading import Act
from governor.understanding.tokens import Shape

LONGEST_REPLY = 16
MOST_NAMING = 2  # words behind the word for a meeting


def reply_in(sentence: Sentence, start: int) -> Asked | None:
    """Return an answer to an invitation: a reply among words that only fill."""
    if not sentence.grammar.replies.may_be_in(sentence.words):
        return None
    if len(sentence.tokens) > LONGEST_REPLY or "?" in sentence.words or ":" in sentence.lowers[:3]:
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
        if best is None and _is_named(sentence, i):
            spoken_of = True
        elif best is not None and (past := _after_meeting(sentence, i)) is not None:
            i = past
            continue
        elif not _fills(sentence, i, best, explained=explained):
            return None
        explained = explained or (
            best is not None
            and (sentence.tokens[i].shape is Shape.MARK or sentence.lowers[i] in sentence.grammar.reasons)
        )
        i += 1
    return None if spoken_of and (best is None or best.manner != "PROXY-BEFORE") else best


def _is_named(sentence: Sentence, i: int) -> bool:
    """Say whether somebody is spoken of at token *i*: by a mention, or by a word that is written as a name."""
    token = sentence.tokens[i]
    name = token.shape is Shape.WORD and token.text[:1].isupper() and token.lower not in sentence.grammar.fillers
    return token.shape is Shape.MENTION or name


def _after_meeting(sentence: Sentence, i: int) -> int | None:
    """Return the place after the meeting named at *i* and the words by which it is told from others: *rapat pengurus
    inti*; None: none is, or it is one that was, or of people who are not here.
    """
    grammar = sentence.grammar
    i = named_at(grammar, sentence.lowers, i) or -1
    if i < 0 or sentence.is_past or grammar.others & sentence.words:
        return None
    last = min(i + MOST_NAMING, len(sentence.tokens))
    while i < last and sentence.tokens[i].shape is Shape.WORD and sentence.lowers[i] not in grammar.fillers:
        i += 1
    return i


def _better(best: Asked | None, found: Asked) -> Asked:
    """Return the answer that tells more: that one comes late or sends somebody says more than that one comes."""
    return found if best is None or (found.manner in {"LATE", "PROXY"} and best.manner == "ACCEPTED") else best


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
