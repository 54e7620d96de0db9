"""Prints ``.env.example``: every setting of Governor and of its adapters.  python -m tests.house.settings"""

import importlib
import pkgutil
import textwrap
from collections.abc import Iterator
from dataclasses import MISSING, fields
from typing import Any

import integrations
from governor.ports.choices import variable
from governor.settings import Settings

HEAD = """\
# Every setting, with its default. Copy this file to .env, take the # away and change what you need.
# What is set in the environment wins over .env. Nothing has to be set.
"""

Kind = type[Any]
"""A class of settings."""


def groups() -> Iterator[tuple[str, Kind]]:
    """Yield the settings of Governor, then those of each adapter."""
    yield "Governor", Settings
    for module in pkgutil.walk_packages(integrations.__path__, "integrations."):
        if module.name.endswith(".settings"):
            yield f"integrations/{module.name.split('.')[1]}", importlib.import_module(module.name).Settings


def lines(settings: Kind) -> Iterator[str]:
    """Yield the lines for one group of *settings*."""
    for one in fields(settings):
        shown = "" if one.default is MISSING or one.default is None else str(one.default)
        yield ""
        yield from textwrap.wrap(one.metadata["about"], 110, initial_indent="# ", subsequent_indent="# ")
        yield f"#{variable(one.name)}={shown}"


def example() -> str:
    """Return the text of the whole file."""
    parts = [HEAD]
    for title, settings in groups():
        parts.append("\n".join([f"\n# -- {title} " + "-" * (100 - len(title)), *lines(settings), ""]))
    return "".join(parts)


if __name__ == "__main__":
    print(example(), end="")  # noqa: T201
