"""Is an event announced: its name beside its time, and nothing told of anybody?"""

from governor.understanding.asking import CLOCKS, Asked, Sentence, act_of, is_firm
from governor.understanding.findings import Clock, Day, How, Instant, Part, Repeat, Stretch
from governor.understanding.language import Grammar
from governor.understanding.news import told_at
from governor.understanding.reading import Act
from governor.understanding.tokens import Shape

MOST_WORDS = 9  # that tell no time, where a known event is named: whoever says more tells a story
LONGEST_NAME = 8  # words of a name that no list knows, beside its time
MOST_FREE = 24  # words in all around such a name
PARTING = frozenset({",", ":", ";", "-", ".", "!", "(", ")", "="})


def announced_in(sentence: Sentence, start: int) -> Asked | None:
    """Return the call of what is announced without the word for a meeting: *pub quiz tonight 8*, *pembagian rapor
    Sabtu jam 8 pagi*, *lusa jam 8 ada penyemprotan*.

    An event that is known needs a day and some time of it, or to open what is said; one that no list knows a day and an
    hour, and its name beside them.
    """
    if not sentence.times or "?" in sentence.words or _tells_a_story(sentence, start):
        return None
    busy = {i for finding in sentence.times for i in range(finding.start, finding.end)}
    free = [i for i in range(start, len(sentence.lowers)) if i not in busy and sentence.tokens[i].shape is Shape.WORD]
    events = sentence.grammar.events
    known = [i for i in free if events.at(sentence.lowers, i)] if events.may_be_in(sentence.words) else []
    if known and len(free) <= MOST_WORDS and (_is_timed(sentence) or (known[0] == free[0] and _has_day(sentence))):
        return Asked(Act.CALL, "somewhere", start, start)
    if len(free) <= MOST_FREE and _is_arranged(sentence, busy) and _is_named(sentence, start, busy):
        return Asked(Act.CALL, "announced", start, start)
    return None


def _tells_a_story(sentence: Sentence, start: int) -> bool:
    """Say whether it is over, or somebody's own doings are told, or what is not ours; up to the mark after the last
    time. *Kami umumkan* tells nothing.
    """
    grammar, lowers = sentence.grammar, sentence.lowers
    told = max(finding.end for finding in sentence.times)
    end = next((i for i in range(told, len(lowers)) if _parts(sentence, i)), len(lowers))
    scope = lowers[start:end]
    if sentence.is_past and (grammar.past & set(scope) or not grammar.past & sentence.words):
        return True
    busy = {i for finding in sentence.times for i in range(finding.start, finding.end)}
    free = [i for i in range(start, end) if i not in busy]
    if any(lowers[i] in grammar.strangers and not _is_of_event(sentence, i) for i in free[:OPENING]):
        return True
    telling = grammar.others | grammar.tells
    starts = {finding.start for finding in sentence.times}
    led = {i for i in free if i + 1 < len(lowers) and lowers[i + 1] in grammar.announces}
    led |= {
        i for i in free if lowers[i] in grammar.stands and starts & {i + 1, i + 2, i + 3}
    }  # the film night is on Friday
    return any(lowers[i] in telling or _is_owned(grammar, lowers[i]) for i in free if i not in led)


def _is_of_event(sentence: Sentence, i: int) -> bool:
    """Say whether the word at token *i* is part of the name of an event: *film club*, *repair cafe*."""
    found = (sentence.grammar.events.at(sentence.lowers, k) for k in (i, i - 1) if k >= 0)
    return any(event is not None and event[1] > i for event in found)


def _is_owned(grammar: Grammar, word: str) -> bool:
    """Say whether *word* is somebody's own: *adikku*, *pesawatku*."""
    return len(word) > OWNED and word.endswith(grammar.own) and word not in grammar.not_own


OWNED = 5  # letters of the longest word that only looks like one with *-ku*
OPENING = 2  # words by which it is told whose doings these are


def _is_timed(sentence: Sentence) -> bool:
    """Say whether a day and a time of day are told, or a moment counted from now."""
    values = [finding.value for finding in sentence.times]
    clock = any(isinstance(f.value, (*CLOCKS, Part)) or f.rule == "all-day" for f in sentence.times)
    counted = any(isinstance(f.value, Instant) and f.rule != "now" for f in sentence.times)
    return counted or (clock and _has_day(sentence)) or any(isinstance(value, Stretch) for value in values)


def _has_day(sentence: Sentence) -> bool:
    values = [finding.value for finding in sentence.times]
    today = any(isinstance(value, (Clock, Part)) and value.today for value in values)
    return today or any(isinstance(value, (Day, Repeat)) for value in values)


def _is_arranged(sentence: Sentence, busy: set[int]) -> bool:
    """Say whether a day and an hour are told, or after a name the days from one to another."""
    return is_firm(sentence) or any(
        isinstance(f.value, Day) and f.value.how is How.STRETCH and f.rule == "day-range" and 0 not in busy
        for f in sentence.times
    )


def _is_named(sentence: Sentence, start: int, busy: set[int]) -> bool:
    """Say whether some words stand beside a time, as many as a name has."""
    for finding in sentence.times:
        before = _run(sentence, busy, range(finding.start - 1, start - 1, -1))
        after = _run(sentence, busy, range(finding.end, len(sentence.lowers)))
        if any(_content(sentence, run) > 0 and len(run) <= LONGEST_NAME for run in (before, after)):
            return True
    return False


def _run(sentence: Sentence, busy: set[int], places: range) -> list[int]:
    """Return the words of *places* up to a time or a mark; a mark at once beside the time is looked over."""
    run: list[int] = []
    for i in places:
        if i in busy or (run and _parts(sentence, i)):
            break
        if sentence.tokens[i].shape is not Shape.MARK:
            run.append(i)
    return run


def _parts(sentence: Sentence, i: int) -> bool:
    """Say whether token *i* is a mark that parts clauses, and not words of one: *bapak-bapak*."""
    tokens = sentence.tokens
    inside = 0 < i < len(tokens) - 1 and tokens[i - 1].end == tokens[i].start and tokens[i].end == tokens[i + 1].start
    return sentence.lowers[i] in PARTING and not inside


def _content(sentence: Sentence, run: list[int]) -> int:
    return sum(sentence.lowers[i] not in sentence.grammar.polite for i in run)


def proposed_in(sentence: Sentence, start: int) -> Asked | None:
    """Return the call of a meeting that a question proposes, with its day and hour: *gimana kalau Selasa jam 4 sore
    rapat?*, *can we do the budget review on Friday at 3?*.
    """
    if sentence.is_past or not is_firm(sentence) or not sentence.grammar.proposals.may_be_in(sentence.words):
        return None
    lowers, grammar = sentence.lowers, sentence.grammar
    places = [i for i in range(len(lowers)) if grammar.proposals.at(lowers, i) is not None]
    opened = grammar.openers.at(lowers, start)
    if not places or (opened is not None and act_of(opened[0]) is not Act.CALL):
        return None
    if any(told_at(sentence, i) is not None for i in range(start, len(lowers))):
        return None
    found = grammar.proposals.at(lowers, places[0])
    begin = found[1] if found is not None and places[0] <= start < found[1] else start
    if begin and lowers[begin - 1] in grammar.meetings:
        begin -= 1  # bisa rapat besok jam 8?
    return Asked(Act.CALL, "announced", begin, begin)
