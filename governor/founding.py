"""How is an organisation founded at the first start? From the settings, and by asking whoever sits at the terminal."""

import sys
from dataclasses import replace

from governor.bootstrap import House
from governor.domain.members import Office
from governor.errors import Refused
from governor.ports.choices import parsed
from governor.services.members import CONSOLE, Founding, handle_for
from governor.settings import Settings
from governor.wording.catalogue import say
from governor.wording.phrase import phrase


def founded(house: House) -> str:
    """Return the organisation's language; found it first when there is none, asking a person who sits there."""
    organisation = house.organisation()
    if organisation is not None:
        return organisation.language
    settings = house.settings
    if all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stdout)):
        settings = _asked(settings)
    house.found(
        Founding(
            name=settings.organisation,
            zone=settings.zone,
            language=settings.language,
            secretary=settings.secretary,
            email=settings.secretary_email,
            platform=CONSOLE,
            account=handle_for(settings.secretary, ()),
        )
    )
    return settings.language


def _asked(settings: Settings) -> Settings:
    """Return *settings* with what the person at the terminal answers."""
    for name in ("language", "organisation", "zone", "secretary", "secretary_email"):
        settings = _answered(name, settings)
    return settings


def _answered(name: str, settings: Settings) -> Settings:
    """Return *settings* with the answer to one question, asked until it can be used; an empty one keeps what stands.

    Raises:
        SystemExit: the person leaves (Ctrl-C, Ctrl-D). Nothing is founded, and the questions come again next time.
    """
    from prompt_toolkit import prompt  # heavy, and needed once

    while True:
        stands = getattr(settings, name)
        try:
            typed = prompt(f"{say(phrase(f'ask-{name}'), settings.language)} [{stands or '-'}]: ").strip()
        except (EOFError, KeyboardInterrupt):
            sys.exit(0)
        try:
            return replace(settings, **{name: parsed(Settings, name, typed)}) if typed else settings
        except Refused:
            print(f"! {say(phrase(f'ask-again-{name}'), settings.language)}")  # noqa: T201  # no chat is open yet


def speaker(house: House) -> str:
    """Return the console account that speaks when none is named: that of the first secretary."""
    with house.record.database.read() as connection:
        roster = house.record.roster(connection)
    for member in roster.holding(Office.SECRETARY):
        for (platform, account), whose in roster.accounts.items():
            if platform == CONSOLE and whose == member.id:
                return account
    return handle_for(house.settings.secretary, ())
