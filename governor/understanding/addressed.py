"""Who is met, or spoken to, where no word like *with* says so? *meet Budi tomorrow*, *Budi, Sari, besok rapat*"""

from governor.understanding.findings import Finding
from governor.understanding.people import People, first_named, named
from governor.understanding.reading import Party
from governor.understanding.sentences import Text

MEETS = frozenset({"meet", "meeting"})
WHO_SPEAKS = frozenset({"me", "us", "and", "with"})


def met_at(text: Text, people: People, start: int) -> int | None:
    """Return where the people stand that are met: members behind *meet*, or anybody behind *meet me and*."""
    i = start + 1
    if start >= len(text.tokens) or text.lowers[start] not in MEETS:
        return None
    while i < min(start + 3, len(text.tokens)) and text.lowers[i] in WHO_SPEAKS:
        i += 1
    if any(_covers(finding, i) for finding in text.times) or (i > start + 1 and text.lowers[i - 1] == "with"):
        return None
    group = text.grammar.groups.at(text.lowers, i)
    if group is not None and group[0].endswith("?"):
        return None  # meeting pengurus
    parties, _ = first_named(people, text.tokens, i)
    known = bool(parties) and all(party.member is not None for party in parties)
    name = i > start + 1 and i < len(text.tokens) and text.tokens[i].text[:1].isupper()
    return i if known or name else None


def _covers(finding: Finding, i: int) -> bool:
    return finding.start <= i < finding.end


def spoken_to(text: Text, people: People) -> tuple[Party, ...]:
    """Return the members whose names stand before the request, with a comma behind them."""
    parties, end = named(people, text.tokens, 0)
    known = all(party.member is not None for party in parties)
    return parties if known and 0 < end < len(text.lowers) and text.lowers[end] == "," else ()
