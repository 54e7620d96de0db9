"""Is it told that something is done? *tugas 2026-001 selesai*, *mark action 2026-001 as done*."""

from governor.understanding.asking import Asked, Sentence
from governor.understanding.reading import Act
from governor.understanding.tokens import Shape

NAMES = frozenset({"action", "item", "task", "todo", "tugas", "tindak", "lanjut", "aksi", "pr"})
DONE = frozenset({"done", "finished", "completed", "complete", "selesai", "rampung", "beres", "kelar", "tuntas"})
AROUND = frozenset({
    "is", "as", "mark", "the", "has", "been", "now", "no", "number", "set", "to", "tandai", "sudah", "udah", "telah",
    "nomor", "sebagai", "dikerjakan", "ya", "and",
})  # fmt: skip


def finish_in(sentence: Sentence, start: int) -> Asked | None:
    """Return that an action is done, where the sentence says nothing else: which by its number, and *done*."""
    lowers = sentence.lowers[start:]
    if sentence.words.isdisjoint(NAMES) or sentence.words.isdisjoint(DONE) or "?" in sentence.words:
        return None
    numbers = sum(token.shape is Shape.NUMBER for token in sentence.tokens[start:])
    known = NAMES | DONE | AROUND | sentence.grammar.polite
    is_all = all(
        word in known or token.shape in {Shape.NUMBER, Shape.MARK}
        for word, token in zip(lowers, sentence.tokens[start:], strict=True)
    )
    return Asked(Act.FINISH_ACTION, "finish_action", start, start) if is_all and numbers == 2 else None
