"""What is the meeting called?"""

from governor.understanding.lexicon import Language
from governor.understanding.sentences import Text
from governor.understanding.slots import OPEN
from governor.understanding.tokens import Shape

LONGEST = 120
EMOJI = frozenset(range(0x1F000, 0x1FB00)) | frozenset(range(0x2600, 0x27C0)) | {0xFE0F, 0x20E3}


def title_of(text: Text, left: list[int]) -> tuple[str, tuple[int, int]] | None:
    """Return the title made of the tokens *left* over (-1 where something was taken out), and the characters it covers."""
    pieces = [piece for piece in (_trimmed(text, piece) for piece in _pieces(text, left)) if piece]
    if not pieces:
        return None
    pieces = _about_meeting(text, pieces)
    words = " ".join(text.said(piece[0], piece[-1] + 1) for piece in pieces)
    return titled(words, text.language), (text.tokens[pieces[0][0]].start, text.tokens[pieces[-1][-1]].end)


def _about_meeting(text: Text, pieces: list[list[int]]) -> list[list[int]]:
    """Return the pieces from the one that names the meeting on; in a language that says the noun first, from the noun."""
    for k, piece in enumerate(pieces):
        for n, i in enumerate(piece):
            if text.lowers[i] in text.grammar.meetings:
                own = text.language.title_case and text.lowers[i] in text.language.meetings
                leading = piece[n:] if own and k + n else piece
                return [leading, *pieces[k + 1 :]] if leading is not piece or k else pieces
    return pieces


def _pieces(text: Text, left: list[int]) -> list[list[int]]:
    """Return the runs of tokens that stand together, without marks at which a sentence ends."""
    runs: list[list[int]] = [[]]
    for i in left:
        if i < 0 or (text.lowers[i] in {",", ".", ";", "!", "?", "(", ")", ":", '"', "\n"} and not _joins(text, i)):
            runs.append([])
        elif text.tokens[i].shape is Shape.MARK and ord(text.lowers[i][0]) in EMOJI:
            continue
        else:
            runs[-1].append(i)
    return [run for run in runs if run]


def _joins(text: Text, i: int) -> bool:
    return (
        0 < i < len(text.tokens) - 1
        and text.tokens[i - 1].end == text.tokens[i].start
        and text.tokens[i].end == text.tokens[i + 1].start
    )


def _trimmed(text: Text, run: list[int]) -> list[int]:
    first, last = 0, len(run)
    while first < last and (text.lowers[run[first]] in OPEN or text.tokens[run[first]].shape is Shape.MARK):
        first += 1
    while last > first and (text.lowers[run[last - 1]] in OPEN or text.tokens[run[last - 1]].shape is Shape.MARK):
        last -= 1
    return run[first:last]


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
