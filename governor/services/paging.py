"""How is what is too long for one card shown page by page? Each page knows what lies on either side of it."""

from collections.abc import Iterator, Sequence
from enum import StrEnum
from typing import Generic, TypeVar

from governor.ports import Button
from governor.values import dataclass
from governor.wording.phrase import Phrase, phrase

T = TypeVar("T")


class Way(StrEnum):
    """To which side of something a page lies. A recorded name: it stands in the buttons."""

    BACK = "back"
    ON = "on"


@dataclass(frozen=True, slots=True, kw_only=True)
class Page(Generic[T]):
    """Some of ``count`` things: those ``shown``, in order, and how many lie ``before`` them."""

    shown: Sequence[T]
    before: int
    count: int

    def title(self, what: Phrase) -> Phrase:
        """Return what is shown, from which to which of how many."""
        return phrase(
            "card-page",
            what=what,
            first=min(self.before + 1, self.count),
            last=self.before + len(self.shown),
            count=self.count,
        )

    def buttons(self, back: tuple[str, Phrase], on: tuple[str, Phrase]) -> Iterator[Button]:
        """Yield the buttons to the pages on either side, where there are any: each a token and its words."""
        if self.before:
            yield Button(token=back[0], label=back[1])
        if self.before + len(self.shown) < self.count:
            yield Button(token=on[0], label=on[1])
