"""How does a button remember what it stands for, over restarts, in 100 characters?

What fits stands in the custom_id itself. What does not is kept in a file and named by its digest.
"""

import json
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from governor.ports import Button, Card
from governor.wording.catalogue import LANGUAGES, keys, say
from governor.wording.phrase import phrase

LIMIT = 100
"""The longest custom_id, in characters."""

KEPT = 5_000
"""How many long tokens are kept, the newest."""

_SHORT, _LONG = "g", "h"


@dataclass(frozen=True, slots=True, kw_only=True)
class Pressed:
    """What a button says: its ``token``, the ``language`` and the ``mark`` of its card, the question that it asks."""

    token: str
    language: str
    mark: str
    question: str | None = None


class Tokens:
    """Writes and reads custom_ids; the long ones lie in *file*."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._kept: dict[str, list[str]] | None = None

    def written(self, button: Button, card: Card, language: str) -> str:
        """Return the custom_id of *button* on *card*."""
        head = f"{language}:{mark_of(card.id)}"
        asks = button.asks
        short = f"{_SHORT}:{head}:{'' if asks is None else asks.key}:{button.token}"
        if len(short) <= LIMIT and (asks is None or not asks.values):
            return short
        kept = [button.token, *(() if asks is None else (say(asks, language),))]
        name = sha256(json.dumps(kept).encode()).hexdigest()[:32]
        self._keep(name, kept)
        return f"{_LONG}:{head}::{name}"

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
            return Pressed(token=token, language=language, mark=mark, question=question)
        token, *asked = self._all().get(token) or [""]
        return (
            Pressed(token=token, language=language, mark=mark, question=asked[0] if asked else None) if token else None
        )

    def _keep(self, name: str, what: list[str]) -> None:
        kept = self._all()
        if name in kept:
            return
        kept[name] = what
        while len(kept) > KEPT:
            del kept[next(iter(kept))]
        fresh = self._file.with_suffix(".new")
        fresh.write_text(json.dumps(kept), encoding="utf-8")
        fresh.replace(self._file)

    def _all(self) -> dict[str, list[str]]:
        if self._kept is None:
            try:
                self._kept = dict(json.loads(self._file.read_text(encoding="utf-8")))
            except (OSError, ValueError):
                self._kept = {}
        return self._kept


def mark_of(card: str) -> str:
    """Return eight characters that name the card of that id."""
    return sha256(card.encode()).hexdigest()[:8]
