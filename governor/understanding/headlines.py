"""Is this the headline of an event: its name, its time, and nothing told of anybody?"""

from governor.understanding.asking import Asked, Sentence
from governor.understanding.findings import Clock, Day, Instant, Interval, Part, Prayer, Repeat
from governor.understanding.reading import Act
from governor.understanding.tokens import Shape

MOST_WORDS = 9  # that tell no time: whoever says more tells a story
CLOCKS = (Clock, Interval, Prayer)


def headline_in(sentence: Sentence, start: int) -> Asked | None:
    """Return the call of *pub quiz tonight 8* and *apel besok jam 7 pagi*, which name no meeting."""
    if sentence.is_past or "?" in sentence.words or not sentence.grammar.events.may_be_in(sentence.words):
        return None
    if not _is_timed(sentence):
        return None
    busy = {i for finding in sentence.times for i in range(finding.start, finding.end)}
    words = {word for i, word in enumerate(sentence.lowers) if i not in busy}
    if (sentence.grammar.others | sentence.grammar.tells) & words:
        return None
    free = [i for i in range(start, len(sentence.lowers)) if i not in busy and sentence.tokens[i].shape is Shape.WORD]
    named = any(sentence.grammar.events.at(sentence.lowers, i) for i in free)
    return Asked(Act.CALL, "somewhere", start, start) if named and len(free) <= MOST_WORDS else None


def _is_timed(sentence: Sentence) -> bool:
    """Say whether a day and a time of day are told, or a moment counted from now."""
    values = [finding.value for finding in sentence.times]
    today = any(isinstance(value, (Clock, Part)) and value.today for value in values)
    day = today or any(isinstance(value, (Day, Repeat)) for value in values)
    clock = any(isinstance(value, (*CLOCKS, Part)) for value in values)
    counted = any(isinstance(f.value, Instant) and f.rule != "now" for f in sentence.times)
    return counted or (day and clock)
