"""What does Discord refuse that its description does not know?"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

V2 = 1 << 15
LOCALES = frozenset(
    [
        "id",
        "da",
        "de",
        "en-GB",
        "en-US",
        "es-ES",
        "es-419",
        "fr",
        "hr",
        "it",
        "lt",
        "hu",
        "nl",
        "no",
        "pl",
        "pt-BR",
        "ro",
        "fi",
        "sv-SE",
        "vi",
        "tr",
        "cs",
        "el",
        "bg",
        "ru",
        "uk",
        "hi",
        "th",
        "zh-CN",
        "ja",
        "zh-TW",
        "ko",
    ]
)
NAME = re.compile(r"[-_'\w]{1,32}", re.UNICODE)

Json = Mapping[str, Any]


class TooMuch(AssertionError):
    """Discord would refuse it."""


def walk(components: list[Json]) -> Iterator[Json]:
    """Yield every component, nested ones too."""
    for one in components:
        yield one
        yield from walk(one.get("components", []))
        for inner in ("accessory", "component"):
            if inner in one:
                yield from walk([one[inner]])


def check_message(body: Json, files: int = 0, *, is_edit: bool = False) -> None:
    """Refuse a message that Discord refuses."""
    components, content = body.get("components") or [], body.get("content") or ""
    _refuse(len(content) > 2000, "content over 2,000 characters")
    _refuse(sum(_embed(embed) for embed in body.get("embeds") or []) > 6000, "embeds over 6,000 characters")
    nothing = not (components or content or body.get("embeds") or files or body.get("poll"))
    _refuse(nothing and not is_edit, "an empty message")
    if body.get("flags", 0) & V2:
        _refuse(bool(content or body.get("embeds") or body.get("poll")), "Components V2 beside content")
        _refuse(not components and not is_edit, "Components V2 without components")
        everything = list(walk(components))
        _refuse(len(everything) > 40, f"{len(everything)} components")
        _refuse(sum(len(one.get("content", "")) for one in everything) > 4000, "texts over 4,000 characters")
    else:
        _refuse(len(components) > 5, "more than 5 rows")
        _refuse(any(one["type"] != 1 for one in components), "V2 components without the flag")
    _components(components)


def check_modal(data: Json) -> None:
    """Refuse a modal that Discord refuses."""
    _refuse(not 1 <= len(data["title"]) <= 45, "the title of a modal")
    _refuse(not 1 <= len(data["components"]) <= 5, "the rows of a modal")
    _refuse(not 1 <= len(data["custom_id"]) <= 100, "the custom_id of a modal")
    _components(data["components"])


def check_commands(commands: list[Json]) -> None:
    """Refuse commands that Discord refuses."""
    _refuse(len(commands) > 105, "over 100 commands")
    _no_twice([(one.get("type", 1), one["name"]) for one in commands], "command")
    for locale in LOCALES:
        names = [
            (one.get("type", 1), (one.get("name_localizations") or {}).get(locale, one["name"])) for one in commands
        ]
        _no_twice(names, f"command in {locale}")
    for one in commands:
        if one.get("type", 1) == 1:
            _command(one)
            size = _command_size(one)
            _refuse(size > 8000, f"/{one['name']} has {size} characters")
        else:
            _refuse(not 1 <= len(one["name"]) <= 32 or bool(one.get("description")), "a context menu")


def check_choices(choices: list[Json]) -> None:
    """Refuse an autocompletion that Discord refuses."""
    _refuse(len(choices) > 25, "over 25 choices")
    for one in choices:
        _refuse(not 1 <= len(one["name"]) <= 100, "the name of a choice")
        _refuse(not 1 <= len(str(one["value"])) <= 100, "the value of a choice")


def _embed(embed: Json) -> int:
    texts = [embed.get("title"), embed.get("description"), (embed.get("footer") or {}).get("text")]
    texts += [text for field in embed.get("fields") or [] for text in (field["name"], field["value"])]
    return sum(len(text or "") for text in texts)


def _components(components: list[Json]) -> None:
    everything = list(walk(components))
    _no_twice([one["custom_id"] for one in everything if one.get("custom_id")], "custom_id")
    for one in everything:
        kind = one["type"]
        _refuse(len(one.get("custom_id") or "") > 100, "a custom_id over 100 characters")
        if kind == 1:
            buttons = [inner for inner in one["components"] if inner["type"] == 2]
            _refuse(not 1 <= len(one["components"]) <= 5, "a row of no or of over 5 buttons")
            _refuse(bool(buttons) and len(buttons) != len(one["components"]), "a row of buttons and others")
        if kind == 2:
            label = one.get("label") or ""
            _refuse(len(label) > 80 or not (label.strip() or one.get("emoji")), f"a button's label: {label!r}")
        if kind == 10:
            _refuse(not one["content"].strip(), "an empty text")
        if kind == 18:
            _refuse(not 1 <= len(one["label"]) <= 45, "the label of an input")
            _refuse(len(one.get("description") or "") > 100, "the description of an input")
        if kind == 3:
            options = one["options"]
            _refuse(not 1 <= len(options) <= 25, f"{len(options)} choices in a select")
            _no_twice([option["value"] for option in options], "a value of a select")
            _refuse(any(not 1 <= len(option["label"]) <= 100 for option in options), "the label of a choice")
            _refuse(sum(bool(option.get("default")) for option in options) > one.get("max_values", 1), "defaults")
        if kind in (3, 5, 6, 7, 8):
            _refuse(len(one.get("placeholder") or "") > 150, "a placeholder over 150 characters")
            _refuse(len(one.get("default_values") or ()) > one.get("max_values", 1), "too many defaults")
        if kind == 4:
            _refuse(len(one.get("placeholder") or "") > 100, "a placeholder over 100 characters")
            _refuse(len(one.get("value") or "") > one.get("max_length", 4000), "a value longer than its input")


def _command(one: Json) -> None:
    for name in (one["name"], *(one.get("name_localizations") or {}).values()):
        _refuse(not NAME.fullmatch(name) or name != name.lower(), f"the name {name!r}")
    for text in (one.get("description", ""), *(one.get("description_localizations") or {}).values()):
        _refuse(not 1 <= len(text) <= 100, f"the description {text!r}")
    for part in ("name_localizations", "description_localizations"):
        _refuse(not set(one.get(part) or {}) <= LOCALES, "a locale that is none")
    options = one.get("options") or []
    _refuse(len(options) > 25, "over 25 options")
    _no_twice([option["name"] for option in options], "option")
    needed = [option.get("required", False) for option in options]
    _refuse(needed != sorted(needed, reverse=True), "a required option after an optional one")
    _refuse(any(o.get("choices") and o.get("autocomplete") for o in options), "choices beside autocomplete")
    for option in options:
        check_choices(option.get("choices") or [])
        _command(option)


def _command_size(one: Json) -> int:
    names = max([len(one["name"]), *(len(name) for name in (one.get("name_localizations") or {}).values())])
    about = max(
        [len(one["description"]), *(len(text) for text in (one.get("description_localizations") or {}).values())]
    )
    choices = sum(len(c["name"]) + len(str(c["value"])) for c in one.get("choices") or [])
    return names + about + choices + sum(_command_size(option) for option in one.get("options") or [])


def _no_twice(values: list[Any], what: str) -> None:
    _refuse(len(values) != len(set(values)), f"{what} twice")


def _refuse(is_wrong: bool, what: str) -> None:
    if is_wrong:
        raise TooMuch(what)
