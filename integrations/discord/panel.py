"""How are the channels of a server chosen? On a card for who manages it, beside what the bot lacks in each of them."""

from collections.abc import Sequence

import discord
from discord import ui

from governor.ports import Topic
from governor.wording.catalogue import say
from governor.wording.phrase import Phrase, phrase
from integrations.discord.channels import Channels
from integrations.discord.drawing import LONGEST
from integrations.discord.marking import DISCORD, cut
from integrations.discord.messages import Part
from integrations.discord.setup import SETUP_FORM

_KINDS = [discord.ChannelType.text, discord.ChannelType.news]
_PLACEHOLDER = 150
_REST = 400


def panel(guild: discord.Guild, channels: Channels, told: Sequence[Phrase], language: str) -> list[Part]:
    """Return the card on which the channels of *guild* are chosen, and on which stands what is *told*."""
    lines = "\n".join(say(line, language, DISCORD) for line in told)
    inner: list[ui.Item[ui.LayoutView]] = [
        ui.TextDisplay(f"### {say(phrase('setup-channels'), language, DISCORD)}"),
        ui.TextDisplay(cut(lines, LONGEST - _REST)),
    ]
    for topic in Topic:
        inner.append(ui.TextDisplay(f"**{say(phrase(f'option-about-{topic.value}'), language, DISCORD)}**"))
        inner.append(ui.ActionRow(_select(guild, channels, topic, language)))
    return [ui.Container(*inner).to_component_dict()]


def topic_of(custom_id: str) -> Topic | None:
    """Return for what a channel is chosen by the select of that *custom_id*; ``None``: it is another."""
    known = {f"{SETUP_FORM}:{topic.value}": topic for topic in Topic}
    return known.get(custom_id)


def _select(guild: discord.Guild, channels: Channels, topic: Topic, language: str) -> ui.ChannelSelect[ui.LayoutView]:
    stands = channels.where(guild, topic)
    kind = discord.SelectDefaultValueType.channel
    return ui.ChannelSelect(
        custom_id=f"{SETUP_FORM}:{topic.value}",
        channel_types=_KINDS,
        placeholder=cut(say(phrase("setup-choose-channel"), language), _PLACEHOLDER),
        default_values=[] if stands is None else [discord.SelectDefaultValue(id=stands.id, type=kind)],
    )
