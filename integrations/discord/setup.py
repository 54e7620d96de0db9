"""How is an organisation founded in a server? A form with what is known already filled in, and what it asks."""

import discord

from governor.ports import Begin
from governor.wording.catalogue import LANGUAGES, say
from governor.wording.phrase import phrase
from integrations.discord.answering import Ticket
from integrations.discord.commands import language_of
from integrations.discord.drawing import Input, form
from integrations.discord.marking import clean

SETUP_FORM = "setup"
"""The custom_id of the form."""


def setup_form(ticket: Ticket) -> discord.ui.Modal:
    """Return the form, in the language of who asked for it."""
    language = language_of(ticket.locale.value) or LANGUAGES[0]
    stands = {
        "organisation": "" if ticket.guild is None else ticket.guild.name,
        "zone": "WIB",
        "language": language if language in LANGUAGES else LANGUAGES[0],
        "secretary": ticket.user.display_name,
        "secretary_email": "",
    }
    inputs = [
        Input(
            name=name,
            label=say(phrase(f"ask-{name}"), language),
            value=clean(value),
            is_required=name != "secretary_email",
            longest=120,
        )
        for name, value in stands.items()
    ]
    return form(say(phrase("offer-setup"), language), SETUP_FORM, inputs)


def asked(ticket: Ticket, values: dict[str, str]) -> Begin:
    """Return what the form asks that was filled in with *values*."""
    return Begin(
        organisation=values.get("organisation", ""),
        zone=values.get("zone", ""),
        language=values.get("language", ""),
        secretary=values.get("secretary", ""),
        email=values.get("secretary_email", "").strip() or None,
        is_vouched=is_manager(ticket),
    )


def is_manager(ticket: Ticket) -> bool:
    """Return whether Discord vouches that the server is theirs to manage who asked."""
    return ticket.guild_id is not None and ticket.permissions.manage_guild
