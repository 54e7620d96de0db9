"""What is to be written down?"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from governor.domain.languages import Language
from governor.understanding.amounts import RUPIAH, first_amount
from governor.understanding.asking import AS_MEMBER
from governor.understanding.days import one
from governor.understanding.findings import Clock, Day, Finding, How
from governor.understanding.numbered import number_in
from governor.understanding.people import first_named
from governor.understanding.reading import Act, Found, Reading
from governor.understanding.requests import Draft, Request, finished
from governor.understanding.tasks import GIVES
from governor.understanding.tokens import Shape, is_email

EDGES = " \t,;:.-"
ONE = timedelta(days=1)
LAST_HOUR = 23  # of the end of the day
TO_DO = frozenset({"untuk", "to", "agar", ":", "supaya"})


def build_note(request: Request) -> Reading:
    """Return a note for the minutes, or a motion: the text exactly as written."""
    draft = Draft.empty()
    _add_text(request, draft, ())
    return finished(request, draft)


def build_decision(request: Request) -> Reading:
    """Return a decision or an action: its text without the clauses that name its owner and its due day."""
    draft = Draft.empty()
    taken: list[tuple[int, int]] = []
    for i in range(request.asked.end, len(request.text.tokens)):
        marker = request.text.grammar.markers.at(request.text.lowers, i)
        if marker is None or any(start <= i < end for start, end in taken):
            continue
        end = _clause(request, draft, marker[0], _after_marks(request, marker[1]))
        if end is not None:
            taken.append((i, end))
    if request.asked.act is Act.ACTION and "owner" not in draft.said:
        taken += _first_person(request, draft)
    _add_text(request, draft, taken)
    _add_amount(request, draft)
    return finished(request, draft)


def _add_amount(request: Request, draft: Draft) -> None:
    """Add the amount of money, both where a range is said, and its currency where that is not the rupiah."""
    found = first_amount(request.text.line)
    if found is None:
        return
    money, span = found
    value = money.amounts[0] if len(money.amounts) == 1 else money.amounts
    draft.said["amount"] = Found(value=value, span=span, rule="amount")
    if money.currency != RUPIAH:
        draft.said["currency"] = Found(value=money.currency, span=span, rule="amount")


def _after_marks(request: Request, i: int) -> int:
    first = i
    while i < min(first + 4, len(request.text.tokens)) and request.text.lowers[i] in {
        ":",
        "=",
        "adalah",
        "is",
        "oleh",
        "nya",
        "on",
        "pada",
        "by",
        "the",
        "-",
    }:
        i += 1
    return i


def _clause(request: Request, draft: Draft, slot: str, i: int) -> int | None:
    """Read the owner or the due day that follows a marker; return the place after it, or None when none does."""
    if i >= len(request.text.tokens):
        return None
    if slot.startswith("owner") and "owner" not in draft.said:
        parties, end = first_named(request.people, request.text.tokens, i)
        if parties and (slot == "owner" or parties[0].member is not None):
            draft.said["owner"] = Found(value=parties[0], span=request.text.span(i, end), rule="owner")
            if parties[0].member is None and parties[0].email is None:
                draft.missing.append(f"owner:{parties[0].said}")
            return end
    if slot.startswith("due") and "due" not in draft.said:
        finding = _day_at(request, i)
        if finding is not None and isinstance(finding.value, Day):
            draft.said["due"] = Found(
                value=finding.value.until - ONE, span=request.text.span(i, finding.end), rule="due"
            )
            return finding.end
    return None


def _day_at(request: Request, i: int) -> Finding | None:
    """Return the day that begins at token *i*, an hour before it and all: *end of day tomorrow*; *EOD* is today."""
    times = request.text.times
    for k, finding in enumerate(times):
        if finding.start not in {i, i - 1} or finding.end <= i:
            continue
        if isinstance(finding.value, Day):
            return finding
        if isinstance(finding.value, Clock):
            after = times[k + 1] if k + 1 < len(times) else None
            if after is not None and isinstance(after.value, Day) and after.start == finding.end:
                return after
            if finding.rule == "named-time" and finding.value.hour == LAST_HOUR:
                return finding._replace(value=one(request.at.date(), How.RELATIVE))
    return None


def _first_person(request: Request, draft: Draft) -> list[tuple[int, int]]:
    """Read the person to whom an action is given at its beginning: *tugas: @budi menyiapkan tempat*."""
    start = request.asked.end
    parties, end = first_named(request.people, request.text.tokens, start)
    if len(parties) != 1 or parties[0].member is None:
        if parties and request.text.tokens[start].shape is Shape.MENTION:
            draft.missing.append(f"owner:{parties[0].said}")
        return []
    draft.said["owner"] = Found(value=parties[0], span=request.text.span(start, end), rule="owner")
    leads = GIVES if request.asked.manner == "task" else TO_DO
    while end < len(request.text.lowers) and request.text.lowers[end] in leads:
        end += 1
    return [(start, end)]


def _add_text(request: Request, draft: Draft, taken: Sequence[tuple[int, int]]) -> None:
    text = request.text
    start = request.asked.end
    if request.asked.manner == "decide-verb":
        start = max(start - 1, request.asked.start)
    while (
        start < len(text.tokens)
        and text.lowers[start] in {":", "-", "bahwa", "that", "=", ","}
        and (start > request.asked.start)
    ):
        start += 1
    begin = text.tokens[start].start if start < len(text.tokens) else len(text.text)
    pieces: list[str] = []
    for first, end in sorted(taken):
        if text.tokens[first].start >= begin:
            pieces.append(text.text[begin : text.tokens[first].start].strip(EDGES))
        begin = max(begin, text.tokens[end - 1].end)
    pieces.append(text.text[begin:].strip() if not taken else text.text[begin:].strip(EDGES))
    said = " ".join(", ".join(piece for piece in pieces if piece).split())
    if said:
        first_char = text.text.find(said[:1], text.tokens[start].start) if start < len(text.tokens) else 0
        draft.said["text"] = Found(value=said, span=(first_char, len(text.text.rstrip())), rule="text")
    else:
        draft.missing.append("text")


def _agenda_words(request: Request) -> list[tuple[int, int]]:
    """Return the tokens of *on the agenda* at the end."""
    lowers = request.text.lowers
    last = len(lowers) - 1 - lowers[::-1].index("agenda")
    first = last
    while first > 0 and lowers[first - 1] in {"the", "to", "on", "ke", "dalam", "pada"}:
        first -= 1
    return [(first, len(lowers))]


def _without_about(request: Request) -> Request:
    """Return *request* without a word like *soal* that leads to the item: *masukkan soal parkir ke agenda*."""
    marker = request.text.grammar.markers.at(request.text.lowers, request.asked.end)
    is_about = marker is not None and marker[0] == "agenda" and marker[1] < len(request.text.tokens) - 1
    return replace(request, asked=request.asked._replace(end=marker[1])) if marker and is_about else request


def build_agenda(request: Request) -> Reading:
    """Return an item for the agenda."""
    draft = Draft.empty()
    around = request.asked.manner == "agenda-around"
    if around:
        request = _without_about(request)
    _add_text(request, draft, _agenda_words(request) if around else ())
    found = draft.said.pop("text", None)
    if found is None:
        draft.missing = ["agenda"]
    else:
        draft.said["agenda"] = Found(value=found.value, span=found.span, rule="agenda")
    return finished(request, draft, Act.AGENDA)


def build_number(request: Request) -> Reading:
    """Return which thing is meant, by its number such as ``2026-001``."""
    draft = Draft.empty()
    number = number_in(request.text.tokens)
    if number is None:
        draft.missing.append("number")
    else:
        place, value = number
        draft.said["number"] = Found(value=value, span=request.text.span(place, place + 3), rule="number")
    return finished(request, draft)


def build_enrolment(request: Request) -> Reading:
    """Return whom to enrol: a name of several words, and an e-mail address where one is given."""
    draft = Draft.empty()
    text = request.text
    start = text.tokens[request.asked.end].start if request.asked.end < len(text.tokens) else len(text.text)
    said = AS_MEMBER.sub(" ", text.text[start:])
    words = [word for word in said.replace(",", " ").split() if word not in {":", "-"}]
    address = next(
        (
            word
            for word in words
            if "@" in word.strip("<>()")[1:] or (word.startswith("@") and len(words) > 1 and word is words[-1])
        ),
        None,
    )
    name = " ".join(
        word
        for word in words
        if word is not address and word.lower() not in {"email", "e-mail", "email:", "alamat", "dengan", "with"}
    )
    if name:
        draft.said["name"] = Found(value=name.strip(EDGES + "\"'"), span=_where(text.text, name, start), rule="name")
    else:
        draft.missing.append("name")
    if address is not None:
        email = address.strip("<>(),.;:")
        draft.said["email"] = Found(value=email, span=_where(text.text, email, start), rule="email")
        if not is_email(email):
            draft.missing.append(f"email:{email}")
    return finished(request, draft, Act.ENROL)


def build_language(request: Request) -> Reading:
    """Return which language is asked for: the words for it name it (``language-en``)."""
    draft, asked = Draft.empty(), request.asked
    chosen = Language(asked.manner.rpartition("-")[2])
    draft.said["language"] = Found(value=chosen, span=request.text.span(asked.start, asked.end), rule="language")
    return finished(request, draft, Act.LANGUAGE)


def _where(text: str, said: str, start: int) -> tuple[int, int] | None:
    found = text.find(said, start)
    return None if found < 0 else (found, found + len(said))
