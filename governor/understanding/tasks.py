"""Is somebody given something to do by a day? *@andi tolong siapkan konsumsi sebelum Sabtu*"""

from governor.understanding.asking import SHORT, Asked, Sentence
from governor.understanding.findings import Day
from governor.understanding.people import People, first_named
from governor.understanding.reading import Act
from governor.understanding.tokens import Shape

GIVES = frozenset({
    ":", ",", "tolong", "mohon", "minta", "harap", "tlg", "please", "pls", "plz", "kindly", "akan", "bakal", "harus",
    "bertugas", "ditugaskan", "yang", "will", "shall", "must", "should", "to",
})  # fmt: skip
NO_TASK = frozenset({
    "be", "come", "arrive", "leave", "go", "attend", "join", "datang", "dateng", "hadir", "ikut", "pulang", "pergi",
    "telat", "sampai", "balik", "berangkat", "reply", "confirm", "kabari",
})  # fmt: skip
FOR = frozenset({"untuk", "utk", "buat", "for", "to", "kepada"})


def after_person(sentence: Sentence, end: int) -> int | None:
    """Return the place of the person before the colon of *tugas @sari: …*, *PR buat Budi: …*; None: nobody is named."""
    start = end + 1 if end < len(sentence.lowers) and sentence.lowers[end] in FOR else end
    named = sentence.lowers[start : start + SHORT]
    if ":" not in named[1:] or named[0] == ":":
        return None
    tokens = sentence.tokens[start : start + named.index(":")]
    is_name = tokens[0].shape is Shape.MENTION or all(token.text[:1].isupper() for token in tokens)
    return start if is_name else None


def task_in(sentence: Sentence, people: People) -> Asked | None:
    """Return the action that a member is given by name, with the day by which it is to be done."""
    if "?" in sentence.words or sentence.is_past or not sentence.times:
        return None
    parties, end = first_named(people, sentence.tokens, 0)
    begin = end
    while begin < len(sentence.lowers) and sentence.lowers[begin] in GIVES:
        begin += 1
    if len(parties) != 1 or parties[0].member is None or begin == end or begin >= len(sentence.lowers):
        return None
    if sentence.lowers[begin] in NO_TASK or not any(_is_due(sentence, i) for i in range(begin, len(sentence.lowers))):
        return None
    return Asked(Act.ACTION, "task", 0, 0)


def _is_due(sentence: Sentence, i: int) -> bool:
    """Say whether a word like *sebelum* stands at token *i*, and a day behind it."""
    marker = sentence.grammar.markers.at(sentence.lowers, i)
    if marker is None or not marker[0].startswith("due"):
        return False
    near = {marker[1], marker[1] + 1, marker[1] - 1}
    return any(isinstance(finding.value, Day) and finding.start in near for finding in sentence.times)
