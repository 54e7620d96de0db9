"""What does one field of a form say: when and how long, or who?"""

from governor.errors import NotUnderstood
from governor.understanding.language import detect, grammar
from governor.understanding.people import People, named
from governor.understanding.read import Context, read_change
from governor.understanding.reading import Party, Reading
from governor.understanding.tokens import clean, tokenise

_WHEN = frozenset({"dtstart", "duration", "shift", "zone", "rrule", "exdates", "rdates"})


def read_when(text: str, context: Context) -> Reading:
    """Return *text* as a time or a length for the meeting in hand: *besok jam 3 sore*, *9 am to 11*, *2 hours*.

    Raises:
        NotUnderstood: it is none, or says something else besides.
    """
    reading = read_change(text, context)
    told = {*reading.said, *reading.implied}
    if not told or reading.missing or not told <= _WHEN:
        raise NotUnderstood("not-understood")
    return reading


def read_people(text: str, context: Context) -> tuple[Party, ...]:
    """Return the people, and groups of them, whom *text* lists: *Budi, @sari dan pengurus*.

    Raises:
        NotUnderstood: there are other words in it.
    """
    tokens = tokenise(clean(text))
    people = People(context.roster, grammar(detect(tokens, context.language)))
    parties, end = named(people, tokens, 0)
    if not parties or end < len(tokens):
        raise NotUnderstood("not-understood")
    return parties
