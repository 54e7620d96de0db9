"""How does a post come into a channel? News of a card that stands is shown in it, and said in reply to it."""

from dataclasses import replace
from hashlib import sha256
from typing import Any

import discord

from governor.ports import Reply
from integrations.discord.drawing import pages
from integrations.discord.messages import sent
from integrations.discord.standing import Standing

_Open = discord.TextChannel | discord.VoiceChannel | discord.StageChannel
Postable = _Open | discord.Thread | discord.PartialMessageable
"""Where a post may go."""


async def post(reply: Reply, channel: Postable, named: str, standing: Standing, seat: str) -> discord.Message | None:
    """Show *reply* in *channel* of the server *seat*, by a name that Discord takes once within minutes.

    Where *reply* is only news of cards that stand, it is said beside them. Return the first message; ``None``: there is
    nothing to say. News without words is shown where its cards stand, and nowhere else.
    """
    if reply.is_update and not reply.lines:
        return None
    spots = [spot for card in reply.cards for spot in standing.spots(seat, card.id)[-1:]]
    known: dict[str, Any] = {}
    if reply.is_update and reply.cards and len(spots) == len(reply.cards):
        reply = replace(reply, cards=())
        if spots[0].channel == channel.id:
            known["reference"] = discord.MessageReference(
                message_id=spots[0].message, channel_id=channel.id, fail_if_not_exists=False
            )
    first = None
    for at, page in enumerate(pages(reply, standing.tokens.written)):
        nonce = sha256(f"{named}:{at}".encode()).hexdigest()[:25]
        shown = await channel.send(view=page.view(), files=page.attached(), nonce=nonce, **known)
        cards = () if reply.is_private else page.cards
        standing.note(seat, sent(shown), cards, reply.language, is_direct=channel.type is discord.ChannelType.private)
        first = first or shown
    return first
