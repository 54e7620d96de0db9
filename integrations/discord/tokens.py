"""How does a button remember what it stands for, over restarts, in 100 characters?

What fits stands in the custom_id itself. What does not is kept in a file and named by its digest; processes that share
out the servers among them have one.
"""

import json
import logging
import secrets
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from governor.ports import Button, Card
from governor.values import dataclass
from governor.wording.catalogue import LANGUAGES, keys, say
from governor.wording.phrase import Phrase, phrase

LIMIT = 100
"""The longest custom_id, in characters."""

KEPT = 5_000
"""How many long tokens are kept, the newest."""

log = logging.getLogger(__name__)

_SHORT, _LONG = "g", "h"
_FORM = "+"
"""Stands where the key of the question would, of what brings a form."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pressed:
    """What a button says: its ``token``, the ``language`` and the ``mark`` of its card, the question that it asks.

    ``is_form``: what is asked is brought by pressing it.
    """

    token: str
    language: str
    mark: str
    question: str | None = None
    is_form: bool = False


class Tokens:
    """Writes and reads custom_ids; the long ones lie in *file*."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._kept: dict[str, list[str]] | None = None

    def written(self, button: Button, card: Card, language: str) -> str:
        """Return the custom_id of *button* on *card*."""
        asks = None if button.is_form else button.asks
        return self.named(button.token, language, mark_of(card.id), asks, is_form=button.is_form)

    def named(self, token: str, language: str, mark: str, asks: Phrase | None = None, *, is_form: bool = False) -> str:
        """Return the custom_id of what stands for *token* on the card of that *mark*."""
        head = f"{language}:{mark}"
        short = f"{_SHORT}:{head}:{_FORM if is_form else '' if asks is None else asks.key}:{token}"
        if len(short) <= LIMIT and (asks is None or not asks.values):
            return short
        kept = [token, *(() if asks is None else (say(asks, language),))]
        name = sha256(json.dumps(kept).encode()).hexdigest()[:32]
        self._keep(name, kept)
        return f"{_LONG}:{head}:{_FORM if is_form else ''}:{name}"

    def read(self, custom_id: str) -> Pressed | None:
        """Return what *custom_id* says; ``None`` where it is not ours, or is no more."""
        kind, *rest = custom_id.split(":", 4)
        if kind not in (_SHORT, _LONG) or len(rest) != 4:
            return None
        language, mark, asks, token = rest
        if language not in LANGUAGES:
            return None
        if kind == _SHORT:
            question = say(phrase(asks), language) if asks in keys(language) else None
            return Pressed(token=token, language=language, mark=mark, question=question, is_form=asks == _FORM)
        token, *asked = self._all().get(token) or self._again().get(token) or [""]
        question = asked[0] if asked else None
        found = Pressed(token=token, language=language, mark=mark, question=question, is_form=asks == _FORM)
        return found if token else None

    def _keep(self, name: str, what: list[str]) -> None:
        if name in self._all():
            return
        kept = self._again()
        kept[name] = what
        while len(kept) > KEPT:
            del kept[next(iter(kept))]
        fresh = self._file.with_suffix(f".{secrets.token_hex(4)}")
        try:
            fresh.write_text(json.dumps(kept), encoding="utf-8")
            fresh.replace(self._file)
        except OSError as error:  # the button works until the next start
            log.warning("what a button stands for could not be kept", extra={"reason": str(error)})
            fresh.unlink(missing_ok=True)

    def _all(self) -> dict[str, list[str]]:
        return self._again() if self._kept is None else self._kept

    def _again(self) -> dict[str, list[str]]:
        """Return what is kept now, by other processes too, beside what this one kept."""
        try:
            said = dict(json.loads(self._file.read_text(encoding="utf-8")))
        except (OSError, ValueError, TypeError):
            said = {}
        self._kept = said | (self._kept or {})
        return self._kept


def mark_of(card: str) -> str:
    """Return eight characters that name the card of that id."""
    return digest_of(card)[:8]


@lru_cache(maxsize=1_000)
def digest_of(card: str) -> str:
    """Return thirty-two characters that name the card of that id, among all of a server."""
    return sha256(card.encode()).hexdigest()[:32]
