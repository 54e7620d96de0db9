"""What do words say that were filled into an option of a command?"""

from contextlib import suppress

from governor.errors import NotUnderstood
from governor.services.commands import Command
from governor.understanding.read import Context, read
from governor.understanding.reading import Period, Reading
from governor.wording.catalogue import say
from governor.wording.phrase import phrase


def reading_for(command: Command, text: str, context: Context) -> Reading:
    """Return what *text*, filled in as the sentence of *command*, asks: as it stands, or behind the word for it.

    Raises:
        NotUnderstood: it asks something else, or nothing.
    """
    lead = phrase(f"lead-{command.name.replace(' ', '-')}", text=text)
    for said in (text, say(lead, context.language)):
        with suppress(NotUnderstood):
            found = [one for one in read(said, context) if one.act is command.act]
            if found:
                return found[0]
    raise NotUnderstood("not-understood")


def period_for(command: Command, text: str, context: Context) -> Period:
    """Return the time that *text*, filled into *command*, names: *last month*, *since March*, *2026*.

    Raises:
        NotUnderstood: it names none.
    """
    for said in (text, say(phrase("lead-year", text=text), context.language)):
        with suppress(NotUnderstood):
            period = reading_for(command, said, context).period
            if period is not None:
                return period
    raise NotUnderstood("period-not-understood", said=text)
