"""What does a line mean that somebody types, in the language in which Discord shows them the commands?"""

import re
from collections.abc import Sequence
from typing import Any

Json = dict[str, Any]

_OPTION = re.compile(r"(\w+):")


def meant(commands: Sequence[Json], line: str, locale: str) -> tuple[str, dict[str, str]]:
    """Return the name of the command that *line* (``/anggota tambah nama:Budi``) is, and its options, as registered.

    Raises:
        LookupError: nothing of *commands* is called so in *locale*.
    """
    name, written = _apart(line)
    level, names = list(commands), list[str]()
    for word in name.split():
        found = _called(level, word, locale)
        names.append(found["name"])
        level = found.get("options", [])
    return " ".join(names), {_called(level, option, locale)["name"]: value for option, value in written.items()}


def _apart(line: str) -> tuple[str, dict[str, str]]:
    name, *rest = _OPTION.split(line.removeprefix("/"))
    return name, {option: value.strip() for option, value in zip(rest[::2], rest[1::2], strict=True)}


def _called(level: Sequence[Json], word: str, locale: str) -> Json:
    for one in level:
        if (one.get("name_localizations") or {}).get(locale, one["name"]) == word:
            return one
    raise LookupError(f"nothing is called {word!r} in {locale}")
