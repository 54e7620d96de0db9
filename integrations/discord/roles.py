"""Which role stands for which office in a server? It is given and taken as the record says, never the other way."""

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path

import discord
from discord.http import HTTPClient

from governor.domain.members import Office
from governor.errors import Unavailable
from governor.ports import Holder
from governor.wording.catalogue import say
from governor.wording.phrase import Phrase, phrase
from integrations.discord.failing import FAILURES

_NO_SERVER = 10004


class Roles:
    """The roles that were chosen, kept in *folder*, each server's in a file of its own."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def choose(self, guild: int, chosen: Mapping[Office, int]) -> None:
        """Keep which roles of *guild* were *chosen*; the others stay as they are."""
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        kept = {**self.chosen(guild), **chosen}
        fresh = self._file(guild).with_suffix(".new")
        fresh.write_text(json.dumps(kept), encoding="utf-8")
        fresh.replace(self._file(guild))

    def chosen(self, guild: int) -> dict[Office, int]:
        """Return the id of the role that stands for each office in *guild*, where one was chosen."""
        try:
            return {Office(office): int(role) for office, role in json.loads(self._file(guild).read_text()).items()}
        except (OSError, ValueError, AttributeError, TypeError):
            return {}

    def told(self, guild: discord.Guild) -> tuple[Phrase, ...]:
        """Return which role stands for which office in *guild*, and which of them the bot cannot give."""
        lines = []
        for office, number in self.chosen(guild.id).items():
            role, named = guild.get_role(number), phrase(f"office-{office.value}")
            if role is None:
                lines.append(phrase("role-gone", office=named))
                continue
            lines.append(phrase("role-stands", role=f"@{role.name}", office=named))
            if not (role.is_assignable() and guild.me.guild_permissions.manage_roles):
                lines.append(phrase("role-refused", role=f"@{role.name}", office=named))
        return tuple(lines)

    async def appoint(
        self, http: HTTPClient, guild: int, holders: Sequence[Holder], language: str
    ) -> tuple[Phrase, ...]:
        """Give and take roles in *guild* until *holders* have those of their offices; return what Discord refuses.

        Raises:
            Unavailable: Discord cannot be asked now.
        """
        chosen, refused = self.chosen(guild), dict[Office, Phrase]()
        try:
            for holder in holders if chosen else ():
                has = await _roles_of(http, guild, int(holder.account))
                for office, role in () if has is None else _wrong(chosen, holder, has):
                    if office in refused:
                        continue
                    change = http.remove_role if role in (has or ()) else http.add_role
                    reason = say(phrase("role-reason", office=phrase(f"office-{office.value}")), language)
                    try:
                        await change(guild, int(holder.account), role, reason=reason)
                    except (discord.Forbidden, discord.NotFound):
                        refused[office] = await _named(http, guild, role, office)
        except (discord.Forbidden, discord.NotFound):  # whoever is looked at: the bot is not there, or no server is
            return ()
        except FAILURES as error:
            raise Unavailable("discord-unavailable", reason=str(error)) from error
        return tuple(refused.values())

    def _file(self, guild: int) -> Path:
        return self._folder / f"{guild}.json"


async def _roles_of(http: HTTPClient, guild: int, account: int) -> frozenset[int] | None:
    """Return the roles that the *account* has in *guild*; ``None``: it is not there."""
    try:
        return frozenset(int(role) for role in (await http.get_member(guild, account))["roles"])
    except discord.NotFound as error:
        if error.code == _NO_SERVER:
            raise
        return None


def _wrong(chosen: Mapping[Office, int], holder: Holder, has: Collection[int]) -> Iterator[tuple[Office, int]]:
    """Yield the offices whose roles, which the account *has* or has not, are not as *holder* says."""
    due = {chosen[office] for office in holder.offices if office in chosen}
    for office, role in {role: (office, role) for office, role in chosen.items()}.values():
        if (role in due) != (role in has):
            yield office, role


async def _named(http: HTTPClient, guild: int, role: int, office: Office) -> Phrase:
    """Return what is told of a *role* that Discord does not let the bot give: it is gone, or it stands too high."""
    name = next((one["name"] for one in await http.get_roles(guild) if int(one["id"]) == role), None)
    named = phrase(f"office-{office.value}")
    return phrase("role-gone", office=named) if name is None else phrase("role-refused", role=f"@{name}", office=named)
