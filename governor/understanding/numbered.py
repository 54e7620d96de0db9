"""What is asked of a thing with a number? *keputusan 2026-001*, *show motion 2026-003*, *tugas 2026-001 selesai*."""

from collections.abc import Sequence

from governor.understanding.asking import Asked, Sentence
from governor.understanding.reading import Act
from governor.understanding.tokens import Shape, Token

THINGS = {
    Act.ASK_DECISION: frozenset({"keputusan", "putusan", "decision", "resolution"}),
    Act.ASK_MEETING: frozenset({"rapat", "meeting"}),
    Act.ASK_MOTION: frozenset({"mosi", "motion"}),
    Act.FINISH_ACTION: frozenset({"action", "item", "task", "todo", "tugas", "tindak", "lanjut", "aksi", "pr"}),
}
DONE = frozenset({"done", "finished", "completed", "complete", "selesai", "rampung", "beres", "kelar", "tuntas"})
AROUND_DONE = frozenset({
    "is", "as", "mark", "has", "been", "now", "set", "to", "tandai", "sudah", "udah", "telah", "sebagai", "dikerjakan",
    "and",
})  # fmt: skip
AROUND_SHOWN = frozenset({
    "show", "see", "open", "view", "me", "what", "does", "say", "is", "was", "in", "lihat", "tampilkan", "tunjukkan",
    "buka", "baca", "isi", "isinya", "apa", "detail", "cek", "?",
})  # fmt: skip
MARKS = frozenset("-/")
NUMBERING = frozenset({"no", "nomor", "number", "the", "ya"})


def numbered_in(sentence: Sentence, start: int) -> Asked | None:
    """Return what is asked of a thing with a number, where the sentence says nothing else: to see it, or that it is
    done.
    """
    number = None if sentence.words.isdisjoint(MARKS) else number_in(sentence.tokens)
    if number is None or number[0] < start:
        return None
    rest = [*range(start, number[0]), *range(number[0] + 3, len(sentence.tokens))]
    words = {
        sentence.lowers[i] for i in rest if sentence.lowers[i] == "?" or sentence.tokens[i].shape is not Shape.MARK
    }
    for act, names in THINGS.items():
        is_done = act is Act.FINISH_ACTION
        around = NUMBERING | names | sentence.grammar.polite | (DONE | AROUND_DONE if is_done else AROUND_SHOWN)
        if not names.isdisjoint(words) and words <= around and (not is_done or not DONE.isdisjoint(words)):
            return Asked(act, act, start, start)
    return None


def number_in(tokens: Sequence[Token]) -> tuple[int, str] | None:
    """Return the place of the first number such as ``2026-1`` or ``2026/001``, three tokens, and it as ``2026-001``."""
    for i in range(len(tokens) - 2):
        year, mark, number = tokens[i : i + 3]
        if len(year.text) == 4 and year.text.isdigit() and mark.text in MARKS and number.text.isdigit():
            return i, f"{year.text}-{number.text.zfill(3)}"
    return None
