"""People in a guild: what they type, press and fill in, and what they see."""

import itertools
import re
import secrets
from dataclasses import dataclass, field
from typing import Any

from tests.discord_server import payloads
from tests.discord_server.server import APPLICATION, Asked, DiscordServer, Shown

Json = dict[str, Any]
ADMINISTRATOR = str((1 << 50) - 1)
NOBODY_MUCH = str(1 << 11 | 1 << 31 | 1 << 10)


@dataclass
class Person:
    """One account; ``locale`` is the language of their Discord, ``permissions`` those they have in the guild."""

    name: str
    locale: str = "id"
    permissions: str = NOBODY_MUCH
    id: str = field(default_factory=payloads.snowflake)
    is_bot: bool = False

    @property
    def user(self) -> Json:
        """Return the user."""
        return payloads.user(self.id, self.name, is_bot=self.is_bot)


class Guild:
    """One guild of *server*, with one text channel."""

    def __init__(self, server: DiscordServer, name: str = "Koperasi Mekar", id: str | None = None) -> None:
        self.server = server
        self.id, self.channel = id or payloads.snowflake(), payloads.snowflake()
        self._directs: dict[str, str] = {}
        self._numbers = itertools.count(1)
        channel = payloads.channel(self.channel, self.id, "umum")
        server.channels[self.channel] = channel
        server.guilds[self.id] = payloads.guild(self.id, name, payloads.snowflake(), [channel], server.bot)

    def command(self, who: Person, name: str, /, *, wait: bool = True, **options: object) -> Asked:
        """Return what comes of ``/name`` (``meeting list``) with *options*."""
        return self._deliver(self.commanded(who, name, **options), wait=wait)

    def commanded(self, who: Person, name: str, /, **options: object) -> Asked:
        """Return the interaction of ``/name`` with *options*, which the bot has not heard of yet (``hear``)."""
        return self._asked(who, 2, self._command_data(name, options, None))

    def pressed(self, who: Person, shown: Shown, label: str) -> Asked:
        """Return the interaction of a press of the button of that *label*, which the bot has not heard of yet."""
        return self._asked(who, 3, {"custom_id": _labelled(shown, label), "component_type": 2, "id": 1}, message=shown)

    async def hear(self, asked: Asked) -> None:
        """Tell the bot of an interaction, from the server's own thread, and return once it is answered."""
        await self.server.gateway.dispatch("INTERACTION_CREATE", asked.payload)
        await asked.answered.wait()

    def interact(self, who: Person, kind: int, data: Json, *, wait: bool = True) -> Asked:
        """Return what comes of an interaction of that *kind* with *data*, however odd."""
        return self._ask(who, kind, data, wait=wait)

    def complete(self, who: Person, name: str, option: str, text: str) -> list[str]:
        """Return what is offered while *who* types *text* into *option*."""
        asked = self._ask(who, 4, self._command_data(name, {option: text}, option))
        return [choice["name"] for choice in asked.choices or []]

    def typed(self, who: Person, name: str, option: str, text: str) -> Asked:
        """Return the interaction by which *who* types *text* into *option*, which the bot has not heard of yet."""
        return self._asked(who, 4, self._command_data(name, {option: text}, option))

    def press(self, who: Person, shown: Shown, label: str, *, wait: bool = True) -> Asked:
        """Return what comes of pressing the button of that *label*, whatever it counts."""
        return self._deliver(self.pressed(who, shown, label), wait=wait)

    def menu(self, who: Person, name: str, about: Json) -> Asked:
        """Return what comes of the entry *name* in the menu of the message *about*."""
        known = next((one for one in self.server.commands if one["name"] == name and one["type"] == 3), None)
        assert known is not None, f"no such menu: {name}"
        resolved = {"messages": {about["id"]: about}}
        data = {"id": known["id"], "name": name, "type": 3, "target_id": about["id"], "resolved": resolved}
        return self._ask(who, 2, data)

    def member_menu(self, who: Person, name: str, about: Person) -> Asked:
        """Return what comes of the entry *name* in the menu of the member *about*."""
        known = next((one for one in self.server.commands if one["name"] == name and one["type"] == 2), None)
        assert known is not None, f"no such menu: {name}"
        resolved = {"users": {about.id: about.user}, "members": {about.id: payloads.member([])}}
        data = {"id": known["id"], "name": name, "type": 2, "target_id": about.id, "resolved": resolved}
        return self._ask(who, 2, data)

    def fill(self, who: Person, asked: Asked, *values: "str | Person | None") -> Asked:
        """Return what comes of filling in the modal that *asked* brought; ``None`` leaves what stands."""
        assert asked.modal is not None
        rows = [row for row in asked.modal["components"] if row["type"] == 18]
        components = [
            {"type": 18, "id": at, "component": {"id": 100 + at, **_input(row["component"], value)}}
            for at, (row, value) in enumerate(itertools.zip_longest(rows, values), 1)
        ]
        people = {one.id: one.user for one in (who, *values) if isinstance(one, Person)}
        resolved = {"users": people, "members": {known: payloads.member([]) for known in people}}
        data = {"custom_id": asked.modal["custom_id"], "components": components, "resolved": resolved}
        return self._ask(who, 5, data, message=asked.original)

    def choose(self, who: Person, shown: Shown, select: str, channel: str) -> Asked:
        """Return what comes of choosing *channel* in the *select* of that custom_id on a card."""
        data = {"custom_id": select, "component_type": 8, "id": 1, "values": [channel]}
        data["resolved"] = {"channels": {channel: self.server.channels[channel]}}
        return self._ask(who, 3, data, message=shown)

    def say(self, who: Person, text: str, *, answering: Shown | None = None, is_direct: bool = False) -> Json:
        """Write *text* where everybody sees it, or to the bot alone; what was written."""
        payload = self.said(who, text, answering=answering, is_direct=is_direct)
        self.server.do(self.server.gateway.dispatch("MESSAGE_CREATE", payload))
        return payload

    def said(self, who: Person, text: str, *, answering: Shown | None = None, is_direct: bool = False) -> Json:
        """Return the message by which *who* writes *text*, of which the bot has not heard yet."""
        channel = self._direct(who) if is_direct else self.channel
        mentions = [self.server.bot] if f"<@{APPLICATION}>" in text or answering else []
        is_heard = bool(mentions) or is_direct
        payload = payloads.message(payloads.snowflake(), channel, who.user, {"content": text if is_heard else ""}, [])
        payload["mentions"] = [{**one, "member": payloads.member([])} for one in mentions]
        if not is_direct:
            payload |= {"guild_id": self.id, "member": payloads.member([])}
        if answering is not None:
            payload |= {"type": 19, "message_reference": {"type": 0, "channel_id": channel, "message_id": answering.id}}
        return payload

    def seen(self, words: str, *, count: int = 1) -> Shown:
        """Return the newest message that shows *words*, once there are *count* of them."""

        def found() -> list[Shown]:
            known = tuple(self.server.messages.values())  # more may come meanwhile
            shown = [one for one in known if words in one.text and not one.is_deleted]
            return shown if len(shown) >= count else []

        return self.server.until(found)[-1]

    def again(self, asked: Asked) -> None:
        """Have Discord deliver an interaction once more."""
        self.server.do(self.server.gateway.dispatch("INTERACTION_CREATE", asked.payload))

    def add_channel(self, name: str) -> str:
        """Return the id of a new text channel, made before the bot comes."""
        channel = payloads.channel(payloads.snowflake(), self.id, name)
        self.server.channels[channel["id"]] = channel
        self.server.guilds[self.id]["channels"].append(channel)
        return str(channel["id"])

    def add_role(self, name: str, position: int, permissions: int = 0, *, is_bots: bool = False) -> str:
        """Return the id of a new role, made before the bot comes; the bot's own where it *is_bots*."""
        role = payloads.role(payloads.snowflake(), name, position, permissions)
        self.server.guilds[self.id]["roles"].append(role)
        if is_bots:
            self.server.guilds[self.id]["members"][0]["roles"].append(role["id"])
        return str(role["id"])

    def roles_of(self, who: Person) -> list[str]:
        """Return the names of the roles that somebody has."""
        names = {one["id"]: one["name"] for one in self.server.guilds[self.id]["roles"]}
        return [names[role] for role in self.server.roles.get((self.id, who.id), [])]

    def give_by_hand(self, who: Person, role: str, *, is_given: bool = True) -> None:
        """Give somebody a role, or take it, as a person who manages the server does."""
        had = [one for one in self.server.roles.get((self.id, who.id), []) if one != role]
        self.server.roles[self.id, who.id] = roles = [*had, role] if is_given else had
        told = {"guild_id": self.id, **payloads.member(roles), "user": who.user}
        self.server.do(self.server.gateway.dispatch("GUILD_MEMBER_UPDATE", told))

    def put_out(self, *, is_deleted: bool = False) -> None:
        """Put the bot out of the guild, as who manages it does; or delete the guild."""
        answers = {True: (404, "Unknown Guild", 10004), False: (403, "Missing Access", 50001)}
        status, message, code = answers[is_deleted]
        self.server.shut[self.id] = status, {"message": message, "code": code}
        self._outside = self.server.guilds.pop(self.id)
        gone = {"id": self.id, "guild_id": self.id}
        self.server.do(self.server.gateway.dispatch("GUILD_DELETE", gone))

    def take_in(self) -> None:
        """Invite the bot once more."""
        del self.server.shut[self.id]
        self._outside["members"][0]["joined_at"] = payloads.now()
        self.server.guilds[self.id] = self._outside
        self.server.do(self.server.gateway.dispatch("GUILD_CREATE", self._outside | {"guild_id": self.id}))

    def break_off(self, *, is_over: bool = False) -> None:
        """Have Discord itself lose the guild for a while, or find it again where that *is_over*."""
        told, data = (
            ("GUILD_CREATE", self.server.guilds[self.id]) if is_over else ("GUILD_DELETE", {"unavailable": True})
        )
        self.server.do(self.server.gateway.dispatch(told, data | {"id": self.id, "guild_id": self.id}))

    def delete(self, shown: Shown) -> None:
        """Delete a message."""
        shown.is_deleted = True
        gone = {"id": shown.id, "channel_id": shown.channel, "guild_id": self.id}
        self.server.do(self.server.gateway.dispatch("MESSAGE_DELETE", gone))

    def delete_channel(self, channel: str) -> None:
        """Delete a channel."""
        self.server.do(self.server.gateway.dispatch("CHANNEL_DELETE", self.server.channels.pop(channel)))

    @property
    def events(self) -> list[Json]:
        """Return the events of this guild that are not over."""
        return self.server.events.standing(self.id)

    @property
    def threads(self) -> list[Json]:
        """Return the threads of this guild."""
        known = self.server.channels.values()
        return [one for one in known if one.get("guild_id") == self.id and "thread_metadata" in one]

    def interest(self, who: Person, event: Json, *, is_over: bool = False) -> None:
        """Press *Interested* under *event*, or once more where that *is_over*."""
        data = {"guild_scheduled_event_id": event["id"], "user_id": who.id, "guild_id": self.id}
        told = "GUILD_SCHEDULED_EVENT_USER_REMOVE" if is_over else "GUILD_SCHEDULED_EVENT_USER_ADD"
        self.server.do(self.server.gateway.dispatch(told, data))

    def add_voice(self, name: str) -> str:
        """Return the id of a new voice channel, made before the bot comes."""
        channel = self.add_channel(name)
        self.server.channels[channel] |= {"type": 2, "bitrate": 64_000, "user_limit": 0, "rtc_region": None}
        return channel

    def join_voice(self, who: Person, channel: str | None) -> None:
        """Come into a voice channel, or (``None``) leave the one that one is in."""
        data = {"guild_id": self.id, "channel_id": channel, "user_id": who.id, "session_id": who.id}
        data |= {"member": {**payloads.member([]), "user": who.user}, "request_to_speak_timestamp": None}
        data |= dict.fromkeys(("deaf", "mute", "self_deaf", "self_mute", "self_video", "suppress"), False)
        self.server.do(self.server.gateway.dispatch("VOICE_STATE_UPDATE", data))

    def _direct(self, who: Person) -> str:
        if who.id not in self._directs:
            self._directs[who.id] = payloads.snowflake()
            self.server.channels[self._directs[who.id]] = payloads.direct(self._directs[who.id], who.user)
            self.server.do(self.server.gateway.dispatch("CHANNEL_CREATE", self.server.channels[self._directs[who.id]]))
        return self._directs[who.id]

    def _command_data(self, name: str, options: Json, focused: str | None) -> Json:
        first, *rest = name.split()
        known = next((one for one in self.server.commands if one["name"] == first), None)
        assert known is not None, f"no such command: /{name}"
        given: list[Json] = []
        for option, value in options.items():
            one: Json = {"name": option, "type": 5 if isinstance(value, bool) else 3, "value": value}
            given.append(one | {"focused": True} if option == focused else one)
        for inner in reversed(rest):
            given = [{"name": inner, "type": 1, "options": given}]
        return {"id": known["id"], "name": first, "type": 1, "options": given}

    def _ask(self, who: Person, kind: int, data: Json, *, message: Shown | None = None, wait: bool = True) -> Asked:
        return self._deliver(self._asked(who, kind, data, message=message), wait=wait)

    def _deliver(self, asked: Asked, *, wait: bool) -> Asked:
        self.server.do(self.server.gateway.dispatch("INTERACTION_CREATE", asked.payload))
        if wait:
            self.server.until(lambda: asked.is_answered)
        return asked

    def _asked(self, who: Person, kind: int, data: Json, *, message: Shown | None = None) -> Asked:
        payload = {
            "id": payloads.snowflake(),
            "application_id": APPLICATION,
            "type": kind,
            "data": data,
            "guild_id": self.id,
            "guild": {"id": self.id, "locale": "id", "features": []},
            "channel_id": self.channel,
            "channel": self.server.channels[self.channel],
            "member": {
                **payloads.member(self.server.roles.get((self.id, who.id), [])),
                "user": who.user,
                "permissions": who.permissions,
            },
            "token": secrets.token_urlsafe(48),
            "version": 1,
            "locale": who.locale,
            "guild_locale": "id",
            "app_permissions": ADMINISTRATOR,
            "entitlements": [],
            "authorizing_integration_owners": {"0": self.id},
            "context": 0,
            "attachment_size_limit": 10 * 1024 * 1024,
        }
        if message is not None:
            payload["message"] = message.payload
            channel = self.server.channels[message.channel]
            if channel["type"] == 1:
                payload |= {"channel_id": channel["id"], "channel": channel, "user": who.user, "context": 1}
                for key in ("guild_id", "guild", "member"):
                    del payload[key]
        asked = Asked(payload["token"], payload, original=message)
        self.server.asked[asked.token] = asked
        return asked


def _input(asked: Json, value: str | Person | None) -> Json:
    """Return what is sent for one input: *value*, or what stood in it."""
    known = {"type": asked["type"], "custom_id": asked["custom_id"]}
    if asked["type"] == 4:
        return known | {"value": asked.get("value") or "" if value is None else value}
    options = {one["value"] for one in asked.get("options", ())}
    stood = [one["value"] for one in asked.get("options", ()) if one.get("default")]
    stood += [one["id"] for one in asked.get("default_values", ())]
    chosen = stood if value is None else [value.id if isinstance(value, Person) else value]
    assert chosen, f"nothing is chosen in {asked['custom_id']}"
    assert not options or set(chosen) <= options, f"{chosen} is not offered"
    return known | {"values": chosen}


def _labelled(shown: Shown, label: str) -> str:
    """Return the custom_id of the button that says *label*, perhaps with a count behind it."""
    return next(known for said, known in shown.buttons.items() if re.sub(r" \(\d+\)$", "", said) == label)
