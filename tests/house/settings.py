"""Prints ``.env.example``: every setting of Governor and of its adapters.  python -m tests.house.settings"""

import importlib
import pkgutil
import textwrap
from collections.abc import Iterator

from pydantic_core import PydanticUndefined
from pydantic_settings import BaseSettings

import integrations
from governor.settings import Settings

HEAD = """\
# Every setting, with its default. Copy this file to .env, take the # away and change what you need.
# What is set in the environment wins over .env. Nothing has to be set.
"""


def groups() -> Iterator[tuple[str, type[BaseSettings]]]:
    """Yield the settings of Governor, then those of each adapter."""
    yield "Governor", Settings
    for module in pkgutil.walk_packages(integrations.__path__, "integrations."):
        if module.name.endswith(".settings"):
            yield f"integrations/{module.name.split('.')[1]}", importlib.import_module(module.name).Settings


def lines(settings: type[BaseSettings]) -> Iterator[str]:
    """Yield the lines for one group of *settings*."""
    prefix = settings.model_config.get("env_prefix", "")
    for name, field in settings.model_fields.items():
        default = field.default
        shown = "" if default is PydanticUndefined or default is None else str(default)
        yield ""
        yield from textwrap.wrap(field.description or "", 110, initial_indent="# ", subsequent_indent="# ")
        yield f"#{prefix}{name.upper()}={shown}"


def example() -> str:
    """Return the text of the whole file."""
    parts = [HEAD]
    for title, settings in groups():
        parts.append("\n".join([f"\n# -- {title} " + "-" * (100 - len(title)), *lines(settings), ""]))
    return "".join(parts)


if __name__ == "__main__":
    print(example(), end="")  # noqa: T201
