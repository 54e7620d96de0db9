"""How is an organisation founded in a server? A form whose choices are shown, and what it asks."""

from collections.abc import Mapping
from typing import Any

import discord

from governor.ports import Account, Begin
from governor.wording.catalogue import LANGUAGES, say
from governor.wording.phrase import phrase
from governor.wording.zones import LIKELY, USUAL, named
from integrations.discord.commands import shown_in
from integrations.discord.drawing import MOST_CHOICES, Input, Pick, form
from integrations.discord.marking import clean
from integrations.discord.ticket import Ticket

SETUP_FORM = "setup"
"""The custom_id of the form."""


def setup_form(ticket: Ticket, zone: str = "") -> discord.ui.Modal:
    """Return the form, in the language of who asked for it; *zone* is what they gave already."""
    spoken = shown_in(ticket.locale)
    inputs = [
        Input(name="organisation", label=_label("ask-organisation", spoken), value=_server(ticket), longest=120),
        Input(
            name="language",
            label=_label("setup-language", spoken),
            value=spoken,
            picks=tuple(Pick(value=one, label=say(phrase(f"language-{one}"), spoken)) for one in LANGUAGES),
        ),
        Input(
            name="zone", label=_label("setup-zone", spoken), value=zone or _likely(ticket), picks=_zones(zone, spoken)
        ),
        Input(name="secretary", label=_label("setup-secretary", spoken), value=str(ticket.user_id), is_person=True),
        Input(name="named", label=_label("setup-named", spoken), is_required=False, longest=400),
    ]
    return form(say(phrase("offer-setup"), spoken), SETUP_FORM, inputs)


def asked(ticket: Ticket, platform: str, values: Mapping[str, str], data: Mapping[str, Any]) -> Begin | None:
    """Return what the form asks that was filled in with *values*; ``None``: it names no person as the secretary."""
    person = _person(ticket, values.get("secretary", ""), data)
    if person is None:
        return None
    account, known_as = person
    return Begin(
        organisation=values.get("organisation", ""),
        zone=values.get("zone", ""),
        language=values.get("language", ""),
        secretary=values.get("named", ""),
        email=None,
        is_vouched=is_manager(ticket),
        account=Account(platform=platform, id=account),
        known_as=known_as,
    )


def is_manager(ticket: Ticket) -> bool:
    """Return whether Discord vouches that the server is theirs to manage who asked."""
    return ticket.guild_id is not None and ticket.permissions.manage_guild


def _person(ticket: Ticket, chosen: str, data: Mapping[str, Any]) -> tuple[str, str] | None:
    """Return the id and the name of who was *chosen*: of who asks, where nobody was; ``None``: that is a bot."""
    if chosen in ("", str(ticket.user_id)):
        return str(ticket.user_id), ticket.user.display_name
    resolved = data.get("resolved", {})
    user, member = (resolved.get(kind, {}).get(chosen, {}) for kind in ("users", "members"))
    name = member.get("nick") or user.get("global_name") or user.get("username")
    return None if user.get("bot") or not name else (chosen, str(name))


def _server(ticket: Ticket) -> str:
    return "" if ticket.guild is None else clean(ticket.guild.name)


def _likely(ticket: Ticket) -> str:
    """Return the zone that the languages of the server and of who asks suggest, if they do."""
    locales = (ticket.locale, ticket.guild_locale)
    return next((LIKELY[one] for one in locales if one is not None and one in LIKELY), "")


def _zones(zone: str, language: str) -> tuple[Pick, ...]:
    """Return the usual zones, and *zone* before them."""
    offered = list(dict.fromkeys(filter(None, (zone, *USUAL, *LIKELY.values()))))
    return tuple(Pick(value=one, label=say(named(one, language), language)) for one in offered[:MOST_CHOICES])


def _label(key: str, language: str) -> str:
    return say(phrase(key), language)
