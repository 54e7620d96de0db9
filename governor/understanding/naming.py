"""By which words is a meeting named that is to be changed or called off?"""

from governor.understanding.asking import act_of
from governor.understanding.reading import Act, Found
from governor.understanding.requests import Request
from governor.understanding.sentences import Text
from governor.understanding.slots import read_slots
from governor.understanding.spots import TAKEN
from governor.understanding.titles import title_of

CHANGING = frozenset({Act.CHANGE, Act.CANCEL})


def meeting_named(request: Request) -> Found | None:
    """Return the name of the meeting that *request* is about: *rapat anggaran* in *rapat anggaran diundur*."""
    text = request.text
    verbs = {place for i in range(len(text.tokens)) for place in range(i, _verb_ends(text, i))}
    left = read_slots(text, request.people, 0, text.times).left
    title = title_of(text, [TAKEN if i in verbs else i for i in left])
    return None if title is None else Found(value=title[0], span=title[1], rule="name")


def _verb_ends(text: Text, i: int) -> int:
    """Return the place after the verb at token *i* that changes a meeting or calls it off; *i* where there is none."""
    ends = [i]
    for table in (text.grammar.verbs, text.grammar.openers):
        found = table.at(text.lowers, i)
        if found is not None and act_of(found[0]) in CHANGING:
            ends.append(found[1])
    return max(ends)
