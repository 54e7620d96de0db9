"""Is an office given to somebody, or does it end? *jadikan Sari bendahara*, *Sari steps down as treasurer*."""

from collections.abc import Sequence

from governor.domain.members import Office
from governor.understanding.asking import Asked, Sentence, act_of
from governor.understanding.language import Grammar
from governor.understanding.people import HONORIFICS, OFFICES, first_named
from governor.understanding.reading import Found, Reading
from governor.understanding.requests import Draft, Request, finished
from governor.understanding.tokens import Shape, Token

LONGEST_NAME = 6
"""How many words a name may have, titles included."""

LONGEST_OFFICE = 3
LINKS = frozenset({"sebagai", "menjadi", "jadi", "dari", "jabatan", "as", "the", "our", "a", "from", "office", "of"})
AFTER = frozenset({"kita", "kami", "lagi", "baru", "ya", "dong", "now", "please", "anymore"})


def mandate_in(sentence: Sentence, start: int) -> Asked | None:
    """Return the giving or ending of an office where the sentence is nothing but that: who, what, which office.

    What is asked ends where the name begins.
    """
    office = office_at_end(sentence.grammar, sentence.lowers, sentence.tokens)
    if office is None or "?" in sentence.words:
        return None
    end = office[1]
    while end > start and sentence.lowers[end - 1] in LINKS:
        end -= 1
    first = sentence.grammar.mandates.at(sentence.lowers, start)
    if first is not None:
        return Asked(act_of(first[0]), first[0], start, first[1]) if _is_name(sentence, first[1], end) else None
    for i in range(start + 1, min(end, start + LONGEST_NAME + 1)):
        found = sentence.grammar.mandates.at(sentence.lowers, i)
        if found is not None and found[1] >= end and _is_name(sentence, start, i):
            return Asked(act_of(found[0]), found[0], i, start)
    return None


def office_at_end(grammar: Grammar, lowers: list[str], tokens: Sequence[Token]) -> tuple[Office, int] | None:
    """Return the office that a sentence ends with, and the place where its name begins."""
    last = len(lowers)
    while last > 1 and (tokens[last - 1].shape is Shape.MARK or lowers[last - 1] in AFTER):
        last -= 1
    for i in range(max(last - LONGEST_OFFICE, 0), last):
        found = grammar.groups.at(lowers, i)
        office = None if found is None or found[1] != last else OFFICES.get(found[0].rstrip("?"))
        if office is not None:
            return office, i
    return None


def build_mandate(request: Request) -> Reading:
    """Return who is given which office, or holds it no more."""
    draft, text = Draft.empty(), request.text
    begins = request.asked.end
    parties, end = first_named(request.people, text.tokens, begins)
    if len(parties) == 1:
        draft.said["person"] = Found(value=parties[0], span=text.span(begins, end), rule="person")
        if parties[0].member is None:
            draft.missing.append(f"person:{parties[0].said}")
    else:
        draft.missing.append("person")
    office = office_at_end(text.grammar, text.lowers, text.tokens)
    if office is not None:
        draft.said["office"] = Found(value=office[0], span=text.span(office[1], len(text.tokens)), rule="office")
    return finished(request, draft)


def _is_name(sentence: Sentence, first: int, end: int) -> bool:
    """Say whether the words ``[first, end)`` can be one name: few, no figure, and no usual word."""
    shapes = {token.shape for token in sentence.tokens[first:end] if token.lower != "."}
    usual = (sentence.grammar.common | sentence.grammar.meetings) - HONORIFICS
    is_free = usual.isdisjoint(sentence.lowers[first:end])
    return is_free and 0 < end - first <= LONGEST_NAME and shapes <= {Shape.WORD, Shape.MENTION}
