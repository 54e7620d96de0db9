"""Is it told, and not asked, that a meeting becomes another one or none?"""

from governor.understanding.asking import BECAUSE, Asked, Sentence, act_of, is_firm
from governor.understanding.language import NOUNS, Grammar
from governor.understanding.reading import Act
from governor.understanding.tokens import Shape

LONGEST_NEWS = 16  # words among which a meeting and what becomes of it are told
BECOMES = frozenset({"jadi", "jd", "jadinya", "menjadi", "now"})
INSTEAD = frozenset({"ganti", "gantinya", "diganti", "pindah", "pindahkan", "geser", "digeser", "make"})
THEN = frozenset({"lalu", "terus", "then", "and", "dan"})
NOT = frozenset({"bukan", "not"})
NONE = frozenset(f"{word} ada" for word in ("tidak", "tdk", "gak", "ga", "nggak", "ngga", "g", "tak"))
LEADING_AWAY = frozenset({"one", "to", "of", "the", "at", "in", "for", "dari", "di", "yang", "yg", "untuk", "dengan"})
MOST_NAMING = 4  # words from *no* to the meeting that there is not
SOFT = frozenset({"aja", "saja"})
NEVER = frozenset({"jangan", "jgn", "jangan2", "don't", "dont"})
HAS_BEEN = frozenset({"been", "now"})
# words of a story that may stand in news too
TOLD_TOO = frozenset({
    "is", "was", "are", "been", "am", "i'm", "isn't", "won't", "no", "not", "because", "karena", "soalnya", "tapi",
    "tp", "libur", "batal", "prei", "ga", "gak", "nggak", "ngga", "tidak", "bukan", "ternyata", "sudah", "udah", "kita",
    "kami", "be",
})  # fmt: skip


def named_at(grammar: Grammar, lowers: list[str], i: int) -> int | None:
    """Return the place after the meeting or event that is named at token *i*, or None: none is."""
    opener = grammar.openers.at(lowers, i)
    if opener is not None and opener[0] in NOUNS:
        return opener[1]
    if lowers[i] in grammar.meetings:
        return i + 1
    event = grammar.events.at(lowers, i)
    return None if event is None else event[1]


def unsuffixed(grammar: Grammar, lowers: list[str]) -> list[str]:
    """Return *lowers* with *arisannya* said as *rapatnya* and *club's* as *club*, which are spoken of alike."""
    if not any(word.endswith(("nya", "'s")) for word in lowers):
        return lowers
    return [_unsuffixed(grammar, word) for word in lowers]


def _unsuffixed(grammar: Grammar, word: str) -> str:
    known = word in grammar.fillers or word in grammar.meetings or grammar.markers.at([word], 0) is not None
    if known or grammar.openers.at([word], 0) is not None:
        return word
    if word.endswith("nya") and named_at(grammar, [word[:-3]], 0):
        return "rapatnya"
    return word[:-2] if word.endswith("'s") and named_at(grammar, [word[:-2]], 0) else word


def told_at(sentence: Sentence, i: int) -> tuple[str, int] | None:
    """Return what becomes of a meeting by the words at token *i*, and the place after them: *diundur*, *is off*, *jadi
    besok*, *bukan Kamis tapi Jumat*.
    """
    verb = sentence.grammar.verbs.at(sentence.lowers, i)
    if verb is not None and i and sentence.lowers[i - 1] in NEVER:
        return None
    if verb is not None and sentence.lowers[i] in SOFT and is_firm(sentence):
        return None  # besok jam 6 senam sejam aja di lapangan
    if verb is not None and verb[0] == "change-place" and _time_follows(sentence, verb[1]):
        return "change", verb[1]  # will be at 8pm
    if verb is not None:
        reply = sentence.grammar.replies.at(sentence.lowers, i)
        return None if reply is not None and reply[1] > verb[1] else verb  # ga jadi bisa
    word = sentence.lowers[i]
    if word in BECOMES and any(finding.start == i + 1 for finding in sentence.times):
        inside = any(finding.start < i < finding.end for finding in sentence.times)  # 5 days from now
        return None if inside else ("change", i + 1)
    if word in NOT and any(finding.start == i + 1 for finding in sentence.times):
        later = next((finding.start for finding in sentence.times if finding.start > i + 2), None)
        return None if later is None else ("change", later)
    return None


def _time_follows(sentence: Sentence, i: int) -> bool:
    return any(finding.start in {i - 1, i} for finding in sentence.times)


def instead_of(sentence: Sentence, asked: Asked | None) -> Asked | None:
    """Return *asked*; the change that a cancellation is that tells another time: *batalkan, ganti Jumat*."""
    if asked is None or asked.act is not Act.CANCEL:
        return asked
    starts = {finding.start for finding in sentence.times}
    for i in range(asked.end + 1, len(sentence.lowers) - 1):
        if sentence.lowers[i] in INSTEAD and {i + 1, i + 2} & starts and sentence.lowers[i - 1] not in THEN:
            return Asked(Act.CHANGE, "change", asked.start, i + 1)
    return asked


def none_in(sentence: Sentence, start: int) -> Asked | None:
    """Return the cancellation that it is to say that there is none: *no board meeting on Tuesday*."""
    lowers, first = sentence.lowers, next(iter(sentence.times), None)
    if first is None or sentence.is_past or "?" in sentence.words or sentence.grammar.others & sentence.words:
        return None
    begin = first.end if first.start == start else start
    i = next(
        (at for at in (start, begin) if " ".join(lowers[at : at + 2]) in NONE or lowers[at : at + 1] == ["no"]), None
    )
    if i is None:
        return None
    i += 1 if lowers[i] == "no" else 2
    for j in range(i, min(i + MOST_NAMING, len(lowers))):
        if (end := named_at(sentence.grammar, lowers, j)) is not None:
            return Asked(Act.CANCEL, "cancel", i, end)
        if sentence.tokens[j].shape is not Shape.WORD or lowers[j] in LEADING_AWAY:
            return None
    return None


def news_in(sentence: Sentence, start: int) -> Asked | None:
    """Return a change or cancellation told as news: *we have to cancel the meeting*, *quiz night is off*."""
    lowers, grammar = sentence.lowers, sentence.grammar
    if (sentence.is_past and not HAS_BEEN & sentence.words) or "?" in sentence.words or grammar.others & sentence.words:
        return None
    last = min(len(lowers), LONGEST_NEWS)
    if not grammar.verbs.may_be_in(sentence.words) and sentence.words.isdisjoint(BECOMES | NOT):
        return None
    told = next((told for i in range(start, last) if (told := told_at(sentence, i)) is not None), None)
    if told is None:
        return None
    last = next((i for i in range(told[1], last) if lowers[i] in BECAUSE), last)  # batal puasa gara-gara rapat
    if not any(word in grammar.meetings for word in lowers[:last]):
        busy = {i for finding in sentence.times for i in range(finding.start, finding.end)}
        story = {word for i, word in enumerate(lowers) if i not in busy} & grammar.tells - TOLD_TOO
        if story or not any(named_at(grammar, lowers, i) for i in range(last)):
            return None
    return Asked(act_of(told[0]), told[0], start, told[1])
