"""How is an adapter connected to an account from the terminal? Through its entry point: no adapter is imported."""

from importlib.metadata import entry_points
from pathlib import Path

from pydantic import ValidationError

from governor.bootstrap import make_folder
from governor.cli import Connect
from governor.errors import Refused
from governor.ports import Connecting, Terminal
from governor.settings import load, wrong
from governor.wording.catalogue import say
from governor.wording.phrase import Phrase


def connect(data: Path | None, name: str, wanted: Connect) -> None:
    """Connect the adapter of that *name* as *wanted*; the person at the terminal is asked and told.

    Raises:
        Refused: there is no such adapter, or what it was given is wrong.
        Unavailable: what it connects to cannot be used now.
    """
    settings = load(data)
    make_folder(settings.data)
    entry = next((one for one in entry_points(group="governor.connects") if one.name == name), None)
    if entry is None:
        raise Refused("adapter-missing", group=f"governor.connects {name}")

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
        terminal=Terminal(tell=tell, ask=ask),
        client=wanted.client,
        service_account=wanted.service_account,
        subject=wanted.subject,
        calendar=wanted.calendar,
        is_pasted=wanted.is_pasted,
    )
    try:
        entry.load()(connecting)
    except ValidationError as error:
        raise wrong(error) from None
