"""Which adapters do the settings ask for? Found by their entry points: nothing in Governor imports one."""

from collections.abc import Iterator
from importlib.metadata import entry_points
from typing import Any

from governor.errors import Refused
from governor.ports import Surroundings
from governor.services.members import CONSOLE


def adapters(group: str, around: Surroundings) -> Iterator[Any]:  # what an entry point gives is a port's adapter
    """Yield the adapters of *group* that the settings ask for, by name, the console last; each is opened in its turn.

    Raises:
        Refused: none is asked for, or a setting of one is wrong.
    """
    is_none = True
    for entry in sorted(entry_points(group=group), key=lambda entry: (entry.name == CONSOLE, entry.name)):
        adapter = entry.load()(around)
        if adapter is not None:
            is_none = False
            yield adapter
    if is_none:
        raise Refused("adapter-missing", group=group)
