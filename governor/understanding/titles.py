"""What is the meeting called?"""

from governor.understanding.lexicon import Language
from governor.understanding.sentences import Text
from governor.understanding.slots import SHORTENED, is_loose
from governor.understanding.tokens import Shape

LONGEST = 120
EMOJI = frozenset(range(0x1F000, 0x1FB00)) | frozenset(range(0x2600, 0x27C0)) | {0xFE0F, 0x20E3}


def title_of(text: Text, left: list[int]) -> tuple[str, tuple[int, int]] | None:
    """Return the title made of the tokens *left* over (-1: something was taken out), and the characters it covers."""
    clauses = [[run for run in (_trimmed(text, run) for run in clause) if run] for clause in _clauses(text, left)]
    clauses = [clause for clause in clauses if clause]
    if not clauses:
        return None
    pieces = _about_meeting(text, clauses) or clauses[0]
    if len(pieces) == 1 and [text.lowers[i] for i in pieces[0]] in VERBS:
        return None
    pieces = _without_verb(text, pieces)
    words = " ".join(text.said(piece[0], piece[-1] + 1) for piece in pieces)
    return titled(words, text.language), (text.tokens[pieces[0][0]].start, text.tokens[pieces[-1][-1]].end)


def _about_meeting(text: Text, clauses: list[list[list[int]]]) -> list[list[int]] | None:
    """Return the runs that name the meeting; in a language that says the noun first, from the noun on."""
    for clause in clauses:
        for k, run in enumerate(clause):
            if [text.lowers[i] for i in run] in VERBS:
                continue  # litter pick on Sunday, meet at the bus stop
            for n, i in enumerate(run):
                opener = text.grammar.openers.at(text.lowers, i)
                if (opener is not None and opener[0] in {"meeting", "event"}) or text.lowers[
                    i
                ] in text.grammar.meetings:
                    own = text.language.title_case and (
                        text.lowers[i] in text.language.meetings or text.lowers[i] in OWN
                    )
                    led = any(text.grammar.events.at(text.lowers, j) for j in run[:n])  # ibadah dan rapat pemuda
                    return [run[n:], *clause[k + 1 :]] if own and not led else clause
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


def _clauses(text: Text, left: list[int]) -> list[list[list[int]]]:
    """Return the tokens that stand together, clause by clause; a mark ends a clause, what was taken out a run."""
    clauses: list[list[list[int]]] = [[[]]]
    for i in left:
        if i < 0:
            clauses[-1].append([])
        elif (
            text.lowers[i] in ENDS
            and not _joins(text, i)
            and not (i and text.lowers[i] == "." and text.lowers[i - 1] in SHORTENED)
        ):
            clauses.append([[]])
        elif not (text.tokens[i].shape is Shape.MARK and ord(text.lowers[i][0]) in EMOJI):
            clauses[-1][-1].append(i)
    return clauses


def _joins(text: Text, i: int) -> bool:
    return (
        0 < i < len(text.tokens) - 1
        and text.tokens[i - 1].end == text.tokens[i].start
        and text.tokens[i].end == text.tokens[i + 1].start
    )


def _trimmed(text: Text, run: list[int]) -> list[int]:
    first, last = 0, len(run)
    while first < last and is_loose(text, run[first]) and not _opens_event(text, run[first]):
        first += 1
    while last > first and is_loose(text, run[last - 1]):
        last -= 1
    return run[first:last]


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
    if not language.title_case:
        words = " ".join(said)
        return words[:1].upper() + words[1:]
    small = language.small_words
    return " ".join(word if i and word.lower() in small else word[:1].upper() + word[1:] for i, word in enumerate(said))
