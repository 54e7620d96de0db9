"""Which words that tell a time belong to the name of a meeting?"""

from collections.abc import Sequence

from governor.understanding.findings import Clock, Day, Finding, How, Interval, Part, Prayer, Repeat
from governor.understanding.lexicon import Sort
from governor.understanding.sentences import Text
from governor.understanding.spots import is_loose, names_at
from governor.understanding.tokens import Shape

TIMED = (Clock, Interval, Prayer)


def beside_names(text: Text, times: Sequence[Finding]) -> list[Finding]:
    """Return those of *times* (counted in tokens) that are not part of a name: neither the morning of *coffee morning*,
    nor the week of *rapat mingguan*, nor the feast of *ibadah Natal Jumat jam 8*.
    """
    repeats = sum(isinstance(finding.value, Repeat) for finding in times)
    rest = (_without_name(text, finding, is_only=repeats == 1) for finding in times)
    return [finding for finding in rest if finding is not None and not _is_in_name(text, finding, times)]


def _without_name(text: Text, finding: Finding, *, is_only: bool) -> Finding | None:
    """Return *finding* without a first word that says what kind of meeting it is, where the days are told beside it:
    *weekly* sync on Mondays, rapat *bulanan* tiap tanggal 5.
    """
    first = finding.start
    if not isinstance(finding.value, Repeat) or not (names_at(text, first + 1) or _ends_name(text, first)):
        return finding
    term = next(term for term in text.line.terms if term.place == first)
    if Sort.FREQUENCY not in term.senses or (is_only and finding.end == first + 1):
        return finding
    return finding._replace(start=first + 1) if finding.end > first + 1 else None


def _is_in_name(text: Text, finding: Finding, times: Sequence[Finding]) -> bool:
    if _is_in_event(text, finding):
        return True
    others = [other.value for other in times if other is not finding]
    match finding.value:
        case Part():
            sure = all(value.sure for value in others if isinstance(value, Clock)) and _follows_name(
                text, finding, times
            )
            return any(isinstance(value, TIMED) for value in others) and (sure or _ends_event(text, finding.start))
        case Day(how=How.FEAST) if names_at(text, finding.end) and not text.language.title_case:
            return any(isinstance(value, (Day, Repeat)) for value in others)  # May Day meeting tomorrow
        case Day(how=How.FEAST):
            return any(isinstance(value, (Day, Repeat)) for value in others) and _ends_event(text, finding.start)
    return False


def _follows_name(text: Text, finding: Finding, times: Sequence[Finding]) -> bool:
    """Say whether *finding* stands right after a word that tells no time: *lari pagi*, *renungan malam*."""
    before = finding.start - 1
    told = any(other.start <= before < other.end for other in times) or any(
        other.start == finding.end for other in times
    )
    return before >= 0 and not told and text.tokens[before].shape is Shape.WORD and not is_loose(text, before)


def _is_in_event(text: Text, finding: Finding) -> bool:
    """Say whether an event of several words is called so: *coffee morning*, *first aid training*."""
    for i in range(max(finding.start - 3, 0), finding.start + 1):
        event = text.grammar.events.at(text.lowers, i)
        if event is not None and event[1] >= finding.end and event[1] - i > finding.end - finding.start:
            return True
    return False


def _ends_name(text: Text, i: int) -> bool:
    """Say whether a meeting or event is named by the word before token *i*, in a language that says the noun first."""
    return text.language.title_case and i > 0 and names_at(text, i - 1)


def _ends_event(text: Text, i: int) -> bool:
    """Say whether an event is named by the words before token *i*."""
    for start in range(max(i - 3, 0), i):
        event = text.grammar.events.at(text.lowers, start)
        opener = text.grammar.openers.at(text.lowers, start)
        if (event is not None and event[1] == i) or (opener is not None and opener[0] == "event" and opener[1] == i):
            return True
    return False
