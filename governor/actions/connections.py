"""How is an adapter connected to an account from the terminal? Through its entry point: no adapter is imported."""

from collections.abc import Sequence
from contextlib import suppress
from importlib.metadata import entry_points
from pathlib import Path
from typing import Any

from governor.bootstrap import look, make_folder
from governor.cli import Connect
from governor.errors import GovernorError, NotFound, Refused
from governor.ports.connecting import Connecting, Invite, Terminal
from governor.services.joining import secretaries_codes
from governor.settings import Settings, load
from governor.wording.catalogue import say
from governor.wording.phrase import Phrase


def connect(data: Path | None, name: str, wanted: Connect) -> None:
    """Connect the adapter of that *name* as *wanted*; the person at the terminal is asked and told.

    Raises:
        Refused: there is no such adapter, or what it was given is wrong.
        Unavailable: what it connects to cannot be used now.
    """
    settings = _as_founded(load(data))
    make_folder(settings.data)
    adapter = _adapter("governor.connects", name)

    def tell(phrase: Phrase) -> None:
        print(say(phrase, settings.language), flush=True)  # noqa: T201

    def ask(phrase: Phrase) -> str:
        tell(phrase)
        try:
            return input("> ")
        except EOFError:
            return ""

    connecting = Connecting(
        data=settings.data,
        terminal=Terminal(language=settings.language, tell=tell, ask=ask),
        client=wanted.client,
        service_account=wanted.service_account,
        subject=wanted.subject,
        calendar=wanted.calendar,
        is_pasted=wanted.is_pasted,
    )
    adapter(connecting)


def invite(data: Path | None, name: str) -> Sequence[str]:
    """Return the lines that say where the bot of the adapter *name* is invited from.

    Where an organisation is founded, and no secretary of it has an account there, their codes follow.

    Raises:
        Refused: there is no such adapter, or its settings do not tell.
    """
    settings = load(data)
    told: Invite = _adapter("governor.invites", name)
    lines = [*told()]
    with suppress(NotFound), look(settings) as house:
        lines += secretaries_codes(house.record, name)
        settings = house.as_founded()
    return [say(line, settings.language) for line in lines]


def _as_founded(settings: Settings) -> Settings:
    """Return *settings*, with the organisation's own language where that can be read."""
    with suppress(GovernorError), look(settings) as house:
        return house.as_founded()
    return settings


def _adapter(group: str, name: str) -> Any:  # noqa: ANN401  # a function, as its group in ``ports`` says
    entry = next((one for one in entry_points(group=group) if one.name == name), None)
    if entry is None:
        raise Refused("adapter-missing", group=f"{group} {name}")
    return entry.load()
