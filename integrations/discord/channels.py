"""Where does the bot post in a server, and may it there? Each server's choice lies in a file of its own."""

import json
import logging
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path

import discord

from governor.ports import Detour, Topic
from governor.wording.phrase import Phrase, phrase
from integrations.discord.invite import IN_CHANNEL, IN_SERVER, IN_THREADS

_THREADS, _GREETED, _KEEPER = "threads", "greeted", "keeper"
_NOWHERE_ELSE = frozenset({Topic.MINUTES})
"""What is posted only where a channel was chosen for it."""

log = logging.getLogger(__name__)
_EVER = datetime.fromtimestamp(0, UTC)

Channel = discord.abc.GuildChannel | discord.Thread


class Channels:
    """The channels that were chosen, kept in *folder*; *usual* is the id of the one where nothing was chosen."""

    def __init__(self, folder: Path, usual: int | None) -> None:
        self._folder = folder
        self._usual = usual

    def choose(
        self, guild: int, chosen: Mapping[Topic, int], *, has_threads: bool | None = None, at: datetime = _EVER
    ) -> None:
        """Keep which channels of *guild* were *chosen* at the instant *at*, and whether it *has_threads* from then on.

        The others stay as they are.
        """
        stood = self._kept(guild).get(_THREADS, 0)
        threads = {} if has_threads is None else {_THREADS: (stood or _milliseconds(at)) if has_threads else 0}
        self._keep(guild, {topic.value: channel for topic, channel in chosen.items()} | threads)

    def where(self, guild: discord.Guild, topic: Topic) -> Channel | None:
        """Return the channel of *guild* for *topic*: the one chosen, else the usual, else the first where it may speak.

        One that is gone is as if it had not been chosen; ``None``: there is none at all.
        """
        kept, is_only = self._kept(guild.id), topic in _NOWHERE_ELSE
        others = () if is_only else (kept.get(Topic.ANNOUNCEMENTS.value), self._usual)
        for number in (kept.get(topic.value), *others):
            chosen = None if number is None else guild.get_channel_or_thread(number)
            if isinstance(chosen, discord.abc.Messageable):
                return chosen
        for channel in () if is_only else (guild.system_channel, *guild.text_channels):
            if channel is not None and channel.permissions_for(guild.me).send_messages:
                return channel
        return None

    def detour(self, guild: discord.Guild, topic: Topic) -> Detour | None:
        """Return what is to be told where the channel that was chosen for *topic* is gone, and another is used."""
        number, instead = self._kept(guild.id).get(topic.value), self.where(guild, topic)
        if number is None or instead is None or guild.get_channel_or_thread(number) is not None:
            return None
        name = self._names(guild.id).get(str(number), str(number))
        values = {"channel": f"#{name}", "instead": f"#{instead.name}", "server": guild.name}
        return Detour(gone=str(number), told=phrase(f"channel-detour-{topic.value}", **values))

    def note_names(self, guild: discord.Guild) -> None:
        """Keep, if it can be, what the chosen channels of *guild* are called: of one that is gone nobody can tell."""
        kept, known = self._kept(guild.id), self._names(guild.id)
        found = (guild.get_channel_or_thread(kept[topic.value]) for topic in Topic if topic.value in kept)
        names = {**known, **{str(one.id): one.name for one in found if one is not None}}
        try:
            if names != known:
                _write(self._names_file(guild.id), names)
        except OSError as error:
            log.warning("what channels are called could not be kept", extra={"place": guild.id, "reason": str(error)})

    def kept(self, guild: int, topic: Topic) -> int | None:
        """Return the id of the channel that was chosen in *guild*, of which this process need not hear."""
        kept = self._kept(guild)
        return kept.get(topic.value, None if topic in _NOWHERE_ELSE else kept.get(Topic.ANNOUNCEMENTS.value))

    def keeper(self, guild: int) -> int | None:
        """Return the account of who chose last in *guild*."""
        return self._kept(guild).get(_KEEPER)

    def note_keeper(self, guild: int, account: int) -> None:
        """Keep that *account* is whose choices hold in *guild*."""
        self._keep(guild, {_KEEPER: account})

    def is_wanted(self, guild: int, topic: Topic) -> bool:
        """Return whether what is about *topic* is posted in *guild* at all."""
        return topic not in _NOWHERE_ELSE or topic.value in self._kept(guild)

    def is_known(self, guild: int) -> bool:
        """Return whether anything was chosen in *guild*, or it was greeted."""
        return bool(self._kept(guild))

    def note_greeted(self, guild: int) -> None:
        """Keep that *guild* was greeted."""
        self._keep(guild, {_GREETED: 1})

    def forget_greeted(self, guild: int) -> None:
        """Keep no longer that *guild* was greeted, where that is all that is kept of it."""
        if self._kept(guild).keys() == {_GREETED}:
            self._file(guild).unlink()

    def has_threads(self, guild: int, called: datetime | None = None) -> bool:
        """Return whether meetings of *guild* have threads of their own: one that was *called* then, or from now on."""
        since = self._kept(guild).get(_THREADS, 0)
        return bool(since) and (called is None or since <= _milliseconds(called))

    def settle(self, guild: discord.Guild) -> None:
        """Keep where the bot would post in *guild*, where nothing was chosen."""
        channel = self.where(guild, Topic.ANNOUNCEMENTS)
        if channel is not None:
            self.choose(guild.id, {Topic.ANNOUNCEMENTS: channel.id})
            self.note_names(guild)

    def told(self, guild: discord.Guild) -> tuple[Phrase, ...]:
        """Return where the bot posts in *guild*, and what it may not there though it needs it."""
        found = {topic: self.where(guild, topic) for topic in Topic}
        lines = [
            phrase(f"channel-{topic.value}", channel=f"#{channel.name}") for topic, channel in found.items() if channel
        ]
        kept, announced = self._kept(guild.id), found[Topic.ANNOUNCEMENTS]
        gone = (one for one in Topic if one.value in kept and guild.get_channel_or_thread(kept[one.value]) is None)
        lines.extend(phrase(f"channel-gone-{topic.value}") for topic in gone)
        if self.has_threads(guild.id):
            lines.append(phrase("channel-threads"))
        for channel in {channel.id: channel for channel in found.values() if channel}.values():
            needed = {**IN_CHANNEL, **IN_THREADS} if self.has_threads(guild.id) and channel is announced else IN_CHANNEL
            missing = tuple(map(phrase, lacking(needed, channel.permissions_for(guild.me))))
            if missing:
                lines.append(phrase("channel-lacks", channel=f"#{channel.name}", permissions=missing))
        missing = tuple(map(phrase, lacking(IN_SERVER, guild.me.guild_permissions)))
        if missing:
            lines.append(phrase("server-lacks", permissions=missing))
        return tuple(lines) or (phrase("discord-no-channel"),)

    def _keep(self, guild: int, chosen: Mapping[str, int]) -> None:
        _write(self._file(guild), {**self._kept(guild), **chosen})

    def _kept(self, guild: int) -> dict[str, int]:
        try:
            return {str(topic): int(channel) for topic, channel in json.loads(self._file(guild).read_text()).items()}
        except (OSError, ValueError, AttributeError, TypeError):
            return {}

    def _names(self, guild: int) -> dict[str, str]:
        try:
            known = json.loads(self._names_file(guild).read_text(encoding="utf-8"))
            return {str(channel): str(name) for channel, name in known.items()}
        except (OSError, ValueError, AttributeError):
            return {}

    def _file(self, guild: int) -> Path:
        return self._folder / f"{guild}.json"

    def _names_file(self, guild: int) -> Path:
        return self._folder / f"{guild}.names.json"


def _milliseconds(at: datetime) -> int:
    """Return how many milliseconds after 1970 *at* is; never 0, which stands for what was not chosen."""
    return max(1, int(at.timestamp() * 1000))


def _write(file: Path, kept: Mapping[str, object]) -> None:
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    fresh = file.with_suffix(".new")
    fresh.write_text(json.dumps(kept), encoding="utf-8")
    fresh.replace(file)


def lacking(needed: Mapping[str, int], has: discord.Permissions) -> Iterator[str]:
    """Yield the keys of the *needed* permissions that are not among those that somebody *has*."""
    for name, bit in needed.items():
        if not has.value & bit:
            yield f"may-{name.lower().replace('_', '-')}"
