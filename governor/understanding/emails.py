"""Does somebody tell their e-mail address, or the code that was sent to it? *emailku sari@…*, *my code is 123456*"""

from collections.abc import Sequence
from typing import Final

from governor.understanding.asking import Asked, Sentence
from governor.understanding.people import first_named
from governor.understanding.reading import Act, Found, Reading
from governor.understanding.requests import Draft, Request, finished
from governor.understanding.tokens import Shape, Token

_EMAIL, _PERSON, _DIGITS = "<email>", "<person>", "<digits>"  # no token is written so
_CODE_LENGTH: Final = 6
_ALIKE: Final = {"surel": "email", "surelku": "emailku", "e-mail": "email", "aku": "saya", "gue": "saya", "gw": "saya"}
_FILLERS: Final = frozenset(
    {"adalah", "itu", "ini", "is", "now", "sekarang", "jadi", "menjadi", "ke", "to", "ganti", "diganti", "diubah"}
    | {"ubah", "atur", "change", "update", "yang", "baru", "new", "alamat", "address", "untuk", "for", "dengan", "with"}
    | {":", "=", "-", ".", "!", "?"}
)
_ASKING: Final = frozenset(
    {"lihat", "tampilkan", "show", "what's", "what", "is", "apa", "alamat", "address", "-", "?", ".", "!"}
)
_THEIRS: Final = ("email saya", "emailku", "email ku", "my email")
_CODES: Final = (
    *("kode saya", "kodeku", "kode ku", "kode email saya", "kode konfirmasi saya", "kode verifikasi saya", "my code"),
    *(
        "my confirmation code",
        "my verification code",
        "my email code",
        "email confirm",
        "confirm email",
        "verify email",
    ),
    *("confirm my email", "verify my email", "konfirmasi email", "konfirmasi email saya", "verifikasi email"),
    *("verifikasi email saya", "pastikan email saya"),
)
_SAID: Final = {
    **{f"{words} {_EMAIL}": Act.GIVE_EMAIL for words in (*_THEIRS, "email set")},
    **{f"email {words}{_PERSON} {_EMAIL}": Act.GIVE_EMAIL for words in ("", "set ")},
    **{f"{words} {_DIGITS}": Act.CONFIRM_EMAIL for words in _CODES},
}


def email_in(sentence: Sentence, start: int) -> Asked | None:
    """Return that an address is told or asked for, or a code is shown: nothing else may be said with it."""
    words = _words(sentence.tokens[start:])
    act = _SAID.get(_joined(words, _FILLERS))
    if act is None and (_joined(words, _ASKING) in _THEIRS or words == ["email", "show"]):
        act = Act.ASK_EMAIL
    return None if act is None else Asked(act, act, start, len(sentence.lowers))


def build_email(request: Request) -> Reading:
    """Return the address as it was written, with whose it is where it is another's; or the digits of the code."""
    draft, tokens = Draft.empty(), request.text.tokens
    for i, token in enumerate(tokens):
        if token.shape is Shape.EMAIL:
            draft.said["email"] = Found(value=token.text, span=(token.start, token.end), rule="email")
        elif token.shape is Shape.MENTION and i >= request.asked.start:
            _add_person(request, draft, i)
    digits = "".join(token.text for token in tokens if token.shape is Shape.NUMBER)
    if request.asked.act is Act.CONFIRM_EMAIL:
        span = request.text.span(request.asked.start, request.asked.end)
        draft.said["code"] = Found(value=digits, span=span, rule="email-code")
    return finished(request, draft, request.asked.act)


def _add_person(request: Request, draft: Draft, at: int) -> None:
    """Add whose address it is: *email @sari sari@…*."""
    parties, end = first_named(request.people, request.text.tokens, at)
    if parties:
        draft.said["person"] = Found(value=parties[0], span=request.text.span(at, end), rule="person")
        if parties[0].member is None:
            draft.missing.append(f"person:{parties[0].said}")


def _joined(words: Sequence[str], without: frozenset[str]) -> str:
    return f" {' '.join(word for word in words if word not in without)}".replace(" e mail", " email").strip()


def _words(tokens: Sequence[Token]) -> list[str]:
    """Return *tokens* in small letters, with a sign in the place of each address, person and run of six digits."""
    words: list[str] = []
    digits = ""
    for token in tokens:
        digits = digits + token.text if token.shape is Shape.NUMBER else digits
        match token.shape:
            case Shape.EMAIL:
                words.append(_EMAIL)
            case Shape.MENTION:
                words.append(_PERSON)
            case Shape.NUMBER:
                words += [_DIGITS] if len(digits) == _CODE_LENGTH else []
            case _:
                words.append(_ALIKE.get(token.lower, token.lower))
    # A number of another length is no code, nor are two of them.
    return words if len(digits) in (0, _CODE_LENGTH) else [*words, digits]
