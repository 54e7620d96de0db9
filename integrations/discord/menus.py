"""What can be done with a message or with a member, from the menu that Discord shows on it?"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from governor.domain.sources import Source
from governor.ports import Ask
from governor.wording.catalogue import say
from governor.wording.phrase import phrase

ON_MEMBER, ON_MESSAGE = 2, 3

MENUS: Mapping[int, Mapping[str, tuple[str, str]]] = {
    ON_MESSAGE: {
        "menu-decide": ("decision record", "text"),
        "menu-note": ("minutes note", "text"),
        "menu-act": ("action record", "text"),
    },
    ON_MEMBER: {"menu-invite": ("meeting invite", "person"), "menu-person": ("member show", "person")},
}
"""The key of an entry's words → the command, and the option that the message or the member fills."""


def chosen(data: Mapping[str, Any], place: str | None) -> Ask | None:
    """Return what the *data* of a chosen entry asks, in the server *place*.

    ``None``: the message has no text. An entry that is not known here is refused further in.
    """
    entries = MENUS.get(data.get("type", 0), {})
    key = next((key for key in entries if say(phrase(key), "en") == data["name"]), None)
    if key is None:
        return Ask(command=str(data["name"]))
    command, option = entries[key]
    about = str(data.get("target_id"))
    if data["type"] == ON_MEMBER:
        return Ask(command=command, options={option: f"<@{about}>"}, mentioned={f"<@{about}>": about})
    message = data.get("resolved", {}).get("messages", {}).get(about, {})
    text = str(message.get("content", "")).strip()
    return Ask(command=command, options={option: text}, source=_source(message, place)) if text else None


def _source(message: Mapping[str, Any], place: str | None) -> Source:
    """Return which *message* of the server *place* it is, by whom, and of when."""
    author = message["author"]
    return Source(
        link=f"https://discord.com/channels/{place or '@me'}/{message['channel_id']}/{message['id']}",
        author=str(author.get("global_name") or author["username"]),
        account=str(author["id"]),
        at=datetime.fromisoformat(message["timestamp"]),
    )
