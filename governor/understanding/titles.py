"""What is the meeting called?"""

import re
from dataclasses import dataclass, field

from governor.understanding.lexicon import Language
from governor.understanding.people import HONORIFICS
from governor.understanding.sentences import Text
from governor.understanding.spots import SHORTENED, TOLD, is_loose, is_tied, names_at
from governor.understanding.tokens import Shape

LONGEST = 120
SUFFIXED = 5  # letters of the longest word that only looks like one with *-nya*
LIKE_SUFFIXED = frozenset({"sebelumnya", "berikutnya", "selanjutnya", "biasanya"})
EMOJI = re.compile("[\u20e3\u2600-\u27bf\ufe0f\U0001f000-\U0001faff]")


def title_of(text: Text, left: list[int]) -> tuple[str, tuple[int, int]] | None:
    """Return the title made of the tokens *left* over (``TOLD`` or ``TAKEN`` where something was taken out), and the
    characters it covers.
    """
    clauses = [clause for clause in _clauses(text, left) if clause.runs]
    if not clauses:
        return None
    pieces = _pieces(text, clauses[0] if len(clauses) == 1 else _best(text, clauses))
    if len(pieces) == 1 and [text.lowers[i] for i in pieces[0]] in VERBS:
        return None
    pieces = _without_verb(text, pieces)
    words = " ".join(text.said(piece[0], piece[-1] + 1) for piece in pieces)
    return titled(words, text.language), (text.tokens[pieces[0][0]].start, text.tokens[pieces[-1][-1]].end)


@dataclass(slots=True)
class Clause:
    """What stands between two marks: the *runs* of words left over; whether it tells a time, or is followed by one;
    whether something else goes on in it after its name (*… dan ditutup pukul 22.00*).
    """

    runs: list[list[int]] = field(default_factory=list)
    is_timed: bool = False
    is_over: bool = False

    def take(self, text: Text, run: list[int]) -> None:
        """Add the words of *run* that name something."""
        named = _trimmed(text, run)
        self.is_over |= bool(self.runs and named) and (
            _goes_on(text, run[0]) or _goes_on(text, named[0]) or _is_address(text, named)
        )
        if named and not self.is_over:
            self.runs.append(named)
            self.is_over = not _is_bare(text, named)


def _is_bare(text: Text, run: list[int]) -> bool:
    """Say whether *run* is so little of a name that more may follow after the time: *rapat* besok jam 8 *pengurus*."""
    return len(run) == 1 or any(text.lowers[i] in text.grammar.weak for i in run)


def _spoken_to(text: Text, clause: Clause) -> bool:
    """Say whether *clause* is nothing but names of people who are spoken to: *Kak Nadia*, *Pak Yusuf dan Bu Tini*."""
    words = [i for run in clause.runs for i in run]
    return text.lowers[words[0]] in HONORIFICS and all(
        text.tokens[i].text[0].isupper() or text.lowers[i] in HONORIFICS | text.grammar.loose for i in words
    )


def _best(text: Text, clauses: list[Clause]) -> Clause:
    """Return the clause that names the meeting: one with a noun for it and its time, else with either, else the
    first.
    """

    def rank(clause: Clause) -> int:
        words = (i for run in clause.runs for i in run if text.lowers[i] not in text.grammar.weak)
        return 2 * any(names_at(text, i) for i in words) + clause.is_timed - 2 * _spoken_to(text, clause)

    return max(clauses, key=rank)


def _pieces(text: Text, clause: Clause) -> list[list[int]]:
    """Return the runs of *clause* that are the name; in a language that says the noun first, from the noun on."""
    for k, run in enumerate(clause.runs):
        n = _named_in(text, run)
        if n is None:
            continue
        own = text.language.title_case and (text.lowers[run[n]] in text.language.meetings or text.lowers[run[n]] in OWN)
        led = any(text.grammar.events.at(text.lowers, j) for j in run[:n])  # ibadah dan rapat pemuda
        return [run[n:], *clause.runs[k + 1 :]] if own and not led else clause.runs
    return clause.runs


def _named_in(text: Text, run: list[int]) -> int | None:
    """Return where in *run* a meeting is named, or None."""
    if [text.lowers[i] for i in run] in VERBS:
        return None  # litter pick on Sunday, meet at the bus stop
    for n, i in enumerate(run):
        opener = text.grammar.openers.at(text.lowers, i)
        if (opener is not None and opener[0] in {"meeting", "event"}) or text.lowers[i] in text.grammar.meetings:
            return n
    return None


def _without_verb(text: Text, pieces: list[list[int]]) -> list[list[int]]:
    """Return *pieces* without the verb at their end: *the fundraising subcommittee will meet*."""
    last = pieces[-1]
    for verb in MEETS:
        if len(last) > len(verb) + 1 and [text.lowers[i] for i in last[-len(verb) :]] == verb:
            return [*pieces[:-1], last[: -len(verb)]]
    return pieces


MEETS = (["will", "meet"], ["is", "meeting"], ["are", "meeting"], ["to", "meet"], ["meets"], ["meet"])
OWN = frozenset({"kerja", "gotong", "gladi"})
VERBS = (["meet"], ["meets"])
ENDS = frozenset({"jgn", "jangan", ",", ".", ";", "!", "?", "(", ")", ":", '"', "\n"})


def _clauses(text: Text, left: list[int]) -> list[Clause]:
    """Return the tokens that stand together, clause by clause; a mark ends a clause, what was taken out a run."""
    clauses, run = [Clause()], list[int]()
    for i in left:
        if i >= 0 and not _ends(text, i):
            run += [] if _is_picture(text, i) else [i]
            continue
        clauses[-1].take(text, run)
        run = []
        if i == TOLD:
            clauses[-1].is_timed = True
            if not clauses[-1].runs and len(clauses) > 1:
                clauses[-2].is_timed = True  # the name, then a mark, then the time
        elif i >= 0:
            clauses.append(Clause())
    clauses[-1].take(text, run)
    return clauses


def _is_picture(text: Text, i: int) -> bool:
    return text.tokens[i].shape is Shape.MARK and EMOJI.match(text.lowers[i]) is not None


def _is_address(text: Text, run: list[int]) -> bool:
    """Say whether *run* only speaks to somebody: *teman-teman*, *bapak2 ibu2*, *min*."""
    spoken = text.grammar.polite | text.grammar.loose | {"2"}
    return all(text.lowers[i] in spoken or text.tokens[i].shape is Shape.MARK for i in run)


def _ends(text: Text, i: int) -> bool:
    """Say whether the mark at token *i* ends a clause."""
    is_short = bool(i) and text.lowers[i] == "." and text.lowers[i - 1] in SHORTENED
    return text.lowers[i] in ENDS and not _joins(text, i) and not is_short


def _joins(text: Text, i: int) -> bool:
    return (
        0 < i < len(text.tokens) - 1
        and text.tokens[i - 1].end == text.tokens[i].start
        and text.tokens[i].end == text.tokens[i + 1].start
    )


def _trimmed(text: Text, run: list[int]) -> list[int]:
    """Return *run* without the words that lead to a name, those that go on after it, and loose ones at both ends."""
    grammar = text.grammar
    led = (
        max((n for n, i in enumerate(run) if text.lowers[i] in grammar.leads and not is_tied(text, i)), default=-1) + 1
    )
    run = run[led:] or run  # rapat RT kita adakan
    inside = _inside_events(text, run) if len(run) > 2 and text.grammar.events.may_be_in(text.words) else frozenset()
    first, last = 0, len(run)
    while first < last and is_loose(text, run[first]) and not _opens_event(text, run[first]):
        first += 1
    while last > first and is_loose(text, run[last - 1]) and run[last - 1] not in inside:
        last -= 1
    run = run[first:last]
    ended = next((n for n, i in enumerate(run) if n and _ends_name(text, i) and i not in inside), len(run))
    return run[:ended] if ended == len(run) else _trimmed(text, run[:ended])


def _inside_events(text: Text, run: list[int]) -> frozenset[int]:
    """Return which tokens of *run* go on the name of an event: *one on one*."""
    found = [text.grammar.events.at(text.lowers, i) for i in run]
    return frozenset(k for i, event in zip(run, found, strict=True) if event for k in range(i + 1, event[1]))


def _goes_on(text: Text, i: int) -> bool:
    """Say whether token *i* opens what is told after a name: a verb, or with whom."""
    marker = text.grammar.markers.at(text.lowers, i)
    return _ends_name(text, i) or (marker is not None and marker[0].startswith("attendees"))


def _ends_name(text: Text, i: int) -> bool:
    return text.lowers[i] in text.grammar.enders and not is_tied(text, i)


def _opens_event(text: Text, i: int) -> bool:
    """Say whether the name of an event begins with token *i*: *first aid training*."""
    event = text.grammar.events.at(text.lowers, i)
    return event is not None and event[1] > i + 1


def titled(words: str, language: Language) -> str:
    """Return *words* as a title: capitals kept where written, else as the language capitalises titles."""
    words = " ".join(words.split())[:LONGEST].rstrip()
    if words.isupper() and " " in words:
        words = words.lower()
    said = [language.spelled.get(word.lower(), word) for word in words.split(" ")]
    if (
        language.title_case
        and len(said) > 1
        and len(said[-1]) > SUFFIXED
        and said[-1].endswith("nya")
        and said[-1] not in LIKE_SUFFIXED
    ):
        said[-1] = said[-1][:-3].rstrip("-")  # rapat daringnya
    if not language.title_case:
        words = " ".join(said)
        return words[:1].upper() + words[1:]
    small = language.small_words
    return " ".join(word if i and word.lower() in small else word[:1].upper() + word[1:] for i, word in enumerate(said))
