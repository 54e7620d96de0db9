"""Is what becomes of a meeting denied, doubted, asked, or left to a condition? Then nothing becomes of it."""

from governor.understanding.asking import BECAUSE, DOUBTS, Asked, Sentence, act_of
from governor.understanding.reading import Act

TOLD = frozenset({Act.CHANGE, Act.CANCEL})
NEVER = frozenset({"jangan", "jgn", "jngn", "janganlah", "don't", "dont", "never", "usah"})
NOT = NEVER | {
    "tidak", "tdk", "tak", "gak", "ga", "gk", "g", "nggak", "ngga", "ngak", "enggak", "kagak", "ndak", "bukan", "belum",
    "blm", "not", "isn't", "isnt", "aren't", "wasn't", "hasn't", "haven't", "won't", "wont", "can't", "cant", "cannot",
    "couldn't", "shouldn't", "needn't", "doesn't", "didn't", "wouldn't",
}  # fmt: skip
BETWEEN = frozenset({
    "akan", "bakal", "bisa", "bs", "boleh", "perlu", "usah", "mau", "harus", "dulu", "sampai", "sampe", "jadi", "jd",
    "pasti", "tentu", "mungkin", "be", "been", "to", "want", "wish", "going", "have", "need", "yet", "you", "do",
    "ever", "actually", "really", "being", "getting", "please", "ada", "yang", "pernah", "kita", "kami", "rapat",
    "rapatnya",
})  # fmt: skip
OFF = frozenset({"off", "on", "batal", "cancelled", "canceled", "moved", "postponed", "jadi"})
IF = frozenset({
    "kalau", "kalo", "klo", "klau", "kl", "jika", "jk", "bila", "apabila", "seandainya", "andai", "asal", "asalkan",
    "kecuali", "if", "unless", "provided", "assuming", "whether", "except",
})  # fmt: skip
POLITELY = frozenset({
    "bisa", "bs", "boleh", "memungkinkan", "berkenan", "sempat", "begitu", "gitu", "possible", "so", "may", "ok", "oke",
})  # fmt: skip
DOUBTFUL = frozenset({
    "mungkin", "mgkn", "mgkin", "barangkali", "kayaknya", "kyknya", "sepertinya", "kemungkinan", "katanya", "kabarnya",
    "konon", "denger", "dengar", "dgr", "maybe", "perhaps", "probably", "possibly", "might", "may", "heard",
    "apparently", "rumour", "rumor", "hear", "think", "guess", "suppose", "wonder", "wondering", "wondered", "unsure",
})  # fmt: skip
ASKING = frozenset({
    "apa", "apakah", "kenapa", "mengapa", "knp", "knapa", "napa", "ngapain", "kapan", "kpn", "siapa", "berapa",
    "gimana", "gmn", "bagaimana", "haruskah", "perlukah", "bisakah", "bolehkah", "jadikah", "is", "are", "was", "were",
    "has", "did", "does", "should", "shall", "why", "when", "who", "what", "how", "where", "which",
})  # fmt: skip
BEGGING = frozenset({
    "tolong", "tlg", "tolonglah", "mohon", "please", "pls", "plz", "can you", "could you", "would you", "will you",
})  # fmt: skip
MAY = frozenset({"bisa", "bs", "bisakah", "boleh", "can", "could", "make"})
SOFT = frozenset({"sih", "dulu", "deh", "eh", "yah", "kok", "aja", "saja", "lah"})
MARKS = frozenset({",", ".", ";", "!", "(", "-", "–", "—"})


def as_told(sentence: Sentence, asked: Asked | None) -> Asked | None:
    """Return *asked*, unless it is of something that is not to be done: the question after the meetings where that is
    asked, else None.
    """
    if asked is None or asked.act not in {*TOLD, Act.CALL, Act.REPLY}:
        return asked
    if asked.act is Act.REPLY:
        return None if _is_left_open(sentence, asked, IF) or _ends_in_doubt(sentence, asked) else asked
    if asked.act is Act.CALL:
        clause = next((i for i, word in enumerate(sentence.lowers) if word in MARKS), len(sentence.lowers))
        return None if _is_denied(sentence, clause, NEVER) else asked
    if _is_asked(sentence, asked):
        about = not sentence.words.isdisjoint(sentence.grammar.meetings)
        return Asked(Act.ASK_MEETINGS, "ask_meetings", 0, 0) if about and not sentence.is_past else None
    is_noun = sentence.lowers[asked.end - 1] in sentence.grammar.meetings  # the meeting tomorrow is not off
    if _is_denied(sentence, len(sentence.lowers) if is_noun else asked.end, NOT) or _is_taken_back(sentence, asked):
        return None
    return None if _is_left_open(sentence, asked, IF | DOUBTFUL) else asked


def _is_asked(sentence: Sentence, asked: Asked) -> bool:
    """Say whether it is a question: by its mark, by how it begins, or by *gak* at its end. What begs is none, nor a
    change asked for by what may be: *can we move it to 8pm?*, *make it Monday?*.
    """
    lowers, polite = sentence.lowers, sentence.grammar.polite - ASKING
    first = next((word for word in lowers if word not in polite and word not in MARKS), "")
    if first in ASKING:
        return True
    pairs = {" ".join(lowers[i : i + 2]) for i in range(asked.end)}
    begs = not BEGGING.isdisjoint(pairs | sentence.words)
    may = asked.act is Act.CHANGE and not MAY.isdisjoint(lowers[: asked.end])
    return not (begs or may) and ("?" in sentence.words or _ends_in_doubt(sentence, asked))


def _ends_in_doubt(sentence: Sentence, asked: Asked) -> bool:
    """Say whether a *gak* asks: at the end, behind what is told, or behind a word for what may be: *bisa gak …*."""
    lowers, soft = sentence.lowers, sentence.grammar.polite | SOFT | MARKS
    rest = [word for word in lowers[asked.end :] if word not in soft]
    asks = any(lowers[i] in MAY and lowers[i + 1] in DOUBTS for i in range(min(asked.end, len(lowers) - 1)))
    return (asks and asked.act in TOLD) or (rest[-1:] != [] and rest[-1] in DOUBTS)


def _is_denied(sentence: Sentence, end: int, words: frozenset[str]) -> bool:
    """Say whether one of *words* before token *end* denies a verb of what becomes of a meeting, and not a day."""
    busy = {i for finding in sentence.times for i in range(finding.start, finding.end)}
    for i in range(min(end, len(sentence.lowers))):
        if sentence.lowers[i] not in words or i in busy:
            continue
        denying = sentence.grammar.verbs.at(sentence.lowers, i)  # tidak jadi
        j = i + 1 if denying is None else denying[1]
        while j < len(sentence.lowers) and sentence.lowers[j] in BETWEEN and not _becomes(sentence, j):
            j += 1
        if j < len(sentence.lowers) and j not in busy and _becomes(sentence, j):
            return True
    return False


def _becomes(sentence: Sentence, i: int) -> bool:
    """Say whether the words at token *i* tell what becomes of a meeting."""
    verb = sentence.grammar.verbs.at(sentence.lowers, i)
    opener = sentence.grammar.openers.at(sentence.lowers, i)
    told = [found[0] for found in (verb, opener) if found is not None]
    return sentence.lowers[i] in OFF or any(act_of(manner) in TOLD for manner in told)


def _is_taken_back(sentence: Sentence, asked: Asked) -> bool:
    """Say whether it ends in taking back what is told: *batalkan rapat besok, eh jangan*."""
    words = [word for word in sentence.lowers[asked.end :] if word not in sentence.grammar.polite | SOFT | MARKS]
    return words[-1:] != [] and words[-1] in NEVER


def _is_left_open(sentence: Sentence, asked: Asked, words: frozenset[str]) -> bool:
    """Say whether one of *words* makes it depend on something or doubts it, and is no politeness: *kalau bisa*."""
    lowers = sentence.lowers
    last = asked.end if asked.manner == "change-title" else len(lowers) - 1
    last = next((i for i in range(asked.end, last) if lowers[i] in BECAUSE), last)
    busy = {i for finding in sentence.times for i in range(finding.start, finding.end)}
    for i, word in enumerate(lowers[:last]):
        inside = (i in busy and not _may(sentence, i)) or (asked.act is Act.REPLY and asked.start <= i < asked.end)
        if word in words and not inside and not (word in IF and lowers[i + 1] in POLITELY):
            return True
    return False


def _may(sentence: Sentence, i: int) -> bool:
    """Say whether the *may* at token *i* is no month: *we may cancel it*."""
    return sentence.lowers[i] == "may" and (sentence.lowers[i + 1] in BETWEEN or _becomes(sentence, i + 1))
