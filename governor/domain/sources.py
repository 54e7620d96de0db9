"""From which message was something recorded?"""

import json
from datetime import datetime

from governor.domain.members import MemberId
from governor.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """The message that a record was made from: its ``link``, who wrote it, and when (aware).

    ``author`` is what they are called on the platform, ``account`` the platform's own id of theirs.
    """

    link: str
    author: str
    account: str
    at: datetime

    def written(self) -> str:
        """Return it as it is sealed: JSON."""
        told = {"account": self.account, "at": self.at.isoformat(), "author": self.author, "link": self.link}
        return json.dumps(told, ensure_ascii=False)

    @classmethod
    def read(cls, text: str) -> "Source":
        """Return the source that was ``written`` as *text*."""
        told = json.loads(text)
        at = datetime.fromisoformat(told["at"])
        return cls(link=told["link"], author=told["author"], account=told["account"], at=at)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sealed:
    """Where a source lies: beside the ``entry`` of that id, under the key of ``keeper``."""

    entry: str
    keeper: MemberId
