"""Who is named here?"""

from collections.abc import Collection, Sequence
from typing import NamedTuple

from governor.domain.members import Member, Office
from governor.understanding.language import Grammar
from governor.understanding.reading import Party
from governor.understanding.tokens import Shape, Token

HONORIFICS = frozenset(
    [
        "pak",
        "bu",
        "bapak",
        "ibu",
        "mas",
        "mbak",
        "kak",
        "bang",
        "mr",
        "mrs",
        "ms",
        "dr",
        "ustadz",
        "ustaz",
        "haji",
        "hj",
        "h",
        "prof",
        "pdt",
        "kang",
        "teh",
        "om",
        "tante",
        "gus",
        "ning",
        "cak",
    ]
)
LONGEST_NAME = 4
WHICH = frozenset({"panitia", "pengurus", "warga", "remaja", "kelas", "divisi", "tim", "takmir", "seksi", "kampung"})
MOST_NAMED = 1000
OFFICES = {"board": Office.BOARD, "chair": Office.CHAIR, "secretary": Office.SECRETARY, "treasurer": Office.TREASURER}


class People(NamedTuple):
    """Whom names can mean here: the members, and the words for groups of them."""

    roster: Collection[Member]
    grammar: Grammar


def named(people: People, tokens: Sequence[Token], i: int) -> tuple[tuple[Party, ...], int]:
    """Return the people listed from token *i* on (*@budi, Sari dan bendahara*), and the place after the last."""
    found: list[Party] = []
    end = i
    while i < len(tokens) and len(found) < MOST_NAMED:
        party = _one(people, tokens, i)
        if party is None or (found and is_guess(party[0], tokens[i])):
            break
        found.extend(party[0])
        i = end = party[1]
        while i < min(end + 3, len(tokens)) and tokens[i].lower in {
            ",",
            "dan",
            "and",
            "&",
            "serta",
            "n",
            "/",
            "+",
            "sama",
            "dengan",
        }:
            i += 1
        if i == end and not (i < len(tokens) and tokens[i].shape in {Shape.MENTION, Shape.EMAIL}):
            break
    return tuple(found), end


def first_named(people: People, tokens: Sequence[Token], i: int) -> tuple[tuple[Party, ...], int]:
    """Return the one person, or group, named at token *i*, and the place after the name."""
    return (_one(people, tokens, i) if i < len(tokens) else None) or ((), i)


def is_guess(parties: tuple[Party, ...], token: Token) -> bool:
    """Say whether a word without a capital was taken for the name of somebody unknown."""
    return (
        token.shape is Shape.WORD
        and token.text[:1].islower()
        and all(p.member is None and p.email is None for p in parties)
    )


def _one(people: People, tokens: Sequence[Token], i: int) -> tuple[tuple[Party, ...], int] | None:
    token = tokens[i]
    if token.shape is Shape.MENTION:
        return (mentioned(people.roster, token.text),), i + 1
    if token.shape is Shape.EMAIL:
        return (Party(said=token.text, member=None, email=token.text),), i + 1
    group = people.grammar.groups.at([t.lower for t in tokens[i : i + 6]], 0)
    if group is not None:
        return _group(people, tokens, i, group[0].rstrip("?"), i + group[1])
    return _name(people, tokens, i)


def mentioned(roster: Collection[Member], said: str) -> Party:
    """Return who is meant by ``@name``: a handle, or a first name that only one member has."""
    handle = said.lstrip("@").casefold()
    for person in roster:
        if person.handle.casefold() == handle:
            return Party(said=said, member=person.id, email=None)
    same = [person for person in roster if person.name.casefold().partition(" ")[0] == handle]
    return Party(said=said, member=same[0].id if len(same) == 1 else None, email=None)


def _group(people: People, tokens: Sequence[Token], i: int, group: str, end: int) -> tuple[tuple[Party, ...], int]:
    office = OFFICES.get(group)
    said = _said(tokens[i:end])
    members = [person for person in people.roster if office is None or office in person.offices]
    if office is Office.BOARD and not members:
        members = [person for person in people.roster if person.offices]
    if not members:
        return (Party(said=said, member=None, email=None),), end
    return tuple(Party(said=said, member=person.id, email=None) for person in members), end


def _name(people: People, tokens: Sequence[Token], i: int) -> tuple[tuple[Party, ...], int] | None:
    start = i
    several = _several(tokens, i)
    if several is not None:
        return (Party(said=_said(tokens[i:several]), member=None, email=None),), several
    while i < min(start + 4, len(tokens)) and (tokens[i].lower in HONORIFICS or (i > start and tokens[i].lower == ".")):
        i += 1
    if i >= len(tokens) or tokens[i].shape is not Shape.WORD:
        return None
    known = _in_roster(people.roster, tokens, i)
    if known is not None:
        return (known[0],), known[1]
    if tokens[i].lower in people.grammar.common and tokens[i].text[:1].islower():
        return None
    end = i + 1
    if tokens[i].text[0].isupper():
        while (
            end < len(tokens)
            and end - i < LONGEST_NAME
            and tokens[end].shape is Shape.WORD
            and tokens[end].text[0].isupper()
        ):
            end += 1
    elif i == start and not (tokens[i].lower.isalpha() and len(tokens[i].lower) > 1):
        return None
    return (Party(said=_said(tokens[start:end]), member=None, email=None),), end


def _several(tokens: Sequence[Token], i: int) -> int | None:
    """Return the place after people named as many by a figure: *anak2 panitia*, *ibu2 PKK*; None: nobody is."""
    figure = tokens[i + 1] if i + 1 < len(tokens) else None
    if figure is None or figure.text != "2" or figure.start != tokens[i].end or tokens[i].shape is not Shape.WORD:
        return None
    which = tokens[i + 2] if i + 2 < len(tokens) else None
    return i + 3 if which is not None and (which.lower in WHICH or which.text.isupper()) else i + 2


def _said(tokens: Sequence[Token]) -> str:
    """Return *tokens* as they are written, one space where some stood between two of them: *Mr. Smith*."""
    apart = [k > 0 and tokens[k - 1].end < token.start for k, token in enumerate(tokens)]
    return "".join(f" {token.text}" if gap else token.text for gap, token in zip(apart, tokens, strict=True))


def _in_roster(roster: Collection[Member], tokens: Sequence[Token], i: int) -> tuple[Party, int] | None:
    """Return the member whose whole name, or first names shared by nobody else, begin at token *i*."""
    lowers = [token.lower for token in tokens[i : i + LONGEST_NAME]]
    best, matches = 0, []
    for person in roster:
        name = person.name.casefold().split()
        if not name or name[0] != lowers[0]:
            continue
        same = 0
        while same < min(len(name), len(lowers)) and name[same] == lowers[same]:
            same += 1
        if same > best:
            best, matches = same, [person]
        elif same == best:
            matches.append(person)
    if not matches:
        return None
    said = _said(tokens[i : i + best])
    return Party(said=said, member=matches[0].id if len(matches) == 1 else None, email=None), i + best
