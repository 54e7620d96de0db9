"""Which commands does Discord show? Those that are offered, in its own form and in each language."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field
from typing import Any

from governor.domain.languages import Language
from governor.domain.members import Office
from governor.ports import Account, Ask, Topic, Typing
from governor.ports.offers import Offer, Option
from governor.values import dataclass
from governor.wording.catalogue import LANGUAGES, say
from governor.wording.phrase import Phrase, phrase
from integrations.discord.marking import cut
from integrations.discord.menus import MENUS

SAY, JOIN, SETUP = "governor", "join", "setup"
"""Commands of the place itself: to say anything, to link an account, to found the organisation."""

HELP = "help"
"""The recorded name of the command that shows what can be asked, as who names the bot and says nothing else does."""

_SUB, _STRING, _YES_OR_NO, _CHANNEL, _ROLE = 1, 3, 5, 7, 8
_ABOUT = 100
_MANAGE_GUILD = 1 << 5
_EVERYWHERE = [0, 1]

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Book:
    """The commands of one platform: what is registered, and what a command that comes in asks."""

    offers: tuple[Offer, ...]
    _by_name: dict[str, Offer] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._by_name.update({say(offer.label, "en"): offer for offer in self.offers})

    def payload(self) -> list[Json]:
        """Return what is registered with Discord."""
        own = [
            _named(phrase("offer-say"), phrase("offer-about-say"), [_text("reading")]),
            _named(phrase("offer-join"), phrase("offer-about-join"), [_text("code", "invitation-code")]),
            _named(
                phrase("offer-setup"),
                phrase("offer-about-setup"),
                [*map(_channel, Topic), _threads(), *map(_role, Office), _zone()],
            )
            | {"default_member_permissions": _MANAGE_GUILD, "contexts": [0]},
        ]
        return [
            {"type": 1, "contexts": _EVERYWHERE, "integration_types": [0], **one} for one in (*own, *self._grouped())
        ] + [
            {"type": kind, "contexts": [0], "integration_types": [0], **_names(phrase(key), is_free=True)}
            for kind, entries in MENUS.items()
            for key in entries
        ]

    def asked(self, data: Mapping[str, Any]) -> Ask:
        """Return what the *data* of an interaction asks; one that is not known here is refused further in."""
        name, given = _path(data)
        offer = self._by_name.get(name)
        if offer is None:
            return Ask(command=name)
        return Ask(command=offer.name, options=_values(offer, given))

    def is_private(self, command: str) -> bool:
        """Return whether the *command* of that recorded name is answered to who asks alone."""
        return any(offer.is_private for offer in self.offers if offer.name == command)

    def typing(self, data: Mapping[str, Any], account: Account, place: str | None, language: str) -> Typing | None:
        """Return what *account* is typing, and into which option."""
        name, given = _path(data)
        offer = self._by_name.get(name)
        typing = next((one for one in given if one.get("focused")), None)
        if offer is None or typing is None:
            return None
        values = _values(offer, given)
        option = next(iter(_values(offer, [typing])), None)
        if option is None:
            return None
        typed = values.pop(option)
        return Typing(
            account=account,
            place=place,
            command=offer.name,
            option=option,
            typed=typed,
            given=values,
            language=language,
        )

    def _grouped(self) -> Iterator[Json]:
        groups: dict[str, list[Offer]] = {}
        for offer in self.offers:
            groups.setdefault(offer.name.split()[0], []).append(offer)
        for members in groups.values():
            about = members[0].group
            if about is None:
                yield from (_named(one.label, one.about, _options(one.options)) for one in members)
            else:
                inner = [
                    _named(one.label, one.about, _options(one.options), word=1) | {"type": _SUB} for one in members
                ]
                yield _named(members[0].label, about, inner)


def _values(offer: Offer, given: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    """Return what was filled in, by the recorded names of the options of *offer*."""
    names = {say(option.label, "en"): option.name for option in offer.options}
    return {names[one["name"]]: str(one.get("value", "")) for one in given if one["name"] in names}


def text_option(data: Mapping[str, Any]) -> str:
    """Return the value of the first option of a command."""
    return str(next((one.get("value", "") for one in data.get("options", ())), ""))


def channel_options(data: Mapping[str, Any]) -> dict[Topic, int]:
    """Return the ids of the channels that were chosen."""
    known = {say(phrase(f"option-{topic.value}"), "en"): topic for topic in Topic}
    given = [(known.get(str(one.get("name"))), str(one.get("value", ""))) for one in data.get("options", ())]
    return {topic: int(value) for topic, value in given if topic is not None and value.isdecimal()}


def threads_option(data: Mapping[str, Any]) -> bool | None:
    """Return whether meetings shall have threads of their own; ``None``: that was not chosen."""
    name = say(phrase("option-threads"), "en")
    return next((bool(one.get("value")) for one in data.get("options", ()) if one.get("name") == name), None)


def zone_option(data: Mapping[str, Any]) -> str:
    """Return what was filled in as the time zone."""
    name = say(phrase("option-zone"), "en")
    return next((str(one.get("value")) for one in data.get("options", ()) if one.get("name") == name), "")


def is_typing_zone(data: Mapping[str, Any]) -> bool:
    """Return whether the time zone is being typed."""
    name = say(phrase("option-zone"), "en")
    return any(one.get("focused") and one.get("name") == name for one in data.get("options", ()))


def role_options(data: Mapping[str, Any]) -> dict[Office, int]:
    """Return the ids of the roles that were chosen to stand for offices."""
    known = {say(phrase(f"option-role-{office.value}"), "en"): office for office in Office}
    given = [(known.get(str(one.get("name"))), str(one.get("value", ""))) for one in data.get("options", ())]
    return {office: int(value) for office, value in given if office is not None and value.isdecimal()}


def _role(office: Office) -> Json:
    about = _named(phrase(f"option-role-{office.value}"), phrase(f"option-about-role-{office.value}"), None)
    return about | {"type": _ROLE, "required": False}


def _threads() -> Json:
    about = _named(phrase("option-threads"), phrase("option-about-threads"), None)
    return about | {"type": _YES_OR_NO, "required": False}


def _zone() -> Json:
    about = _named(phrase("option-zone"), phrase("option-about-zone"), None)
    return about | {"type": _STRING, "required": False, "autocomplete": True}


def _channel(topic: Topic) -> Json:
    about = _named(phrase(f"option-{topic.value}"), phrase(f"option-about-{topic.value}"), None)
    return about | {"type": _CHANNEL, "required": False, "channel_types": [0, 5]}


def _path(data: Mapping[str, Any]) -> tuple[str, Sequence[Mapping[str, Any]]]:
    """Return the whole name of a command that came in, and what was filled in."""
    name, given = str(data.get("name", "")), data.get("options", ())
    while given and given[0].get("type") in (_SUB, 2):
        name, given = f"{name} {given[0]['name']}", given[0].get("options", ())
    return name, given


def _options(options: Sequence[Option]) -> list[Json]:
    return [_option(option) for option in options]


def _option(option: Option) -> Json:
    made = _named(option.label, option.about, None) | {"type": _STRING, "required": option.is_required}
    if option.choices:
        choices = [
            {"name": say(one.label, "en"), "name_localizations": _in_each(one.label), "value": one.value}
            for one in option.choices
        ]
        return made | {"choices": choices}
    return made | ({"autocomplete": True} if option.kind.is_suggested else {})


def _text(name: str, what: str | None = None) -> Json:
    """Return the option of that *name*, which takes *what* its description says, where the name does not tell."""
    about = _named(phrase(f"option-{name}"), phrase(f"option-about-{what or name}"), None)
    return about | {"type": _STRING, "required": True}


def _named(label: Phrase, about: Phrase, options: list[Json] | None, *, word: int = 0) -> Json:
    made = _names(label, word=word) | {
        "description": cut(say(about, "en"), _ABOUT),
        "description_localizations": {code: cut(text, _ABOUT) for code, text in _in_each(about).items()},
    }
    return made if options is None else made | {"options": options}


def _names(label: Phrase, *, word: int = 0, is_free: bool = False) -> Json:
    """Return the name in each language: the *word*-th of *label*, or, where it *is_free*, all of it."""

    def one(text: str) -> str:
        return text if is_free else text.split()[word].lower()

    local = {code: one(text) for code, text in _in_each(label).items()}
    return {"name": one(say(label, "en")), "name_localizations": local}


def _in_each(text: Phrase) -> dict[str, str]:
    """Return *text* by Discord's names of the languages that are spoken."""
    return {"id": say(text, "id"), "en-US": say(text, "en"), "en-GB": say(text, "en")}


def language_of(locale: str) -> str | None:
    """Return the ISO 639-1 code of Discord's *locale*; ``None``: that language is not spoken here."""
    language = locale.partition("-")[0]
    return language if language in LANGUAGES else None


def shown_in(locale: str) -> str:
    """Return the language (ISO 639-1) in which Discord shows the commands to who has it in *locale*."""
    return language_of(locale) or Language.ENGLISH.value
