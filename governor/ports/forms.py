"""What is asked in a form: fields with what stands in them already, and what came back?"""

from collections.abc import Mapping
from dataclasses import field

from governor.ports.offers import Choice
from governor.values import dataclass
from governor.wording.phrase import Phrase

MOST = 5
"""How many fields a form has at most."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One thing to fill in: its recorded ``name``, what it is called, the ``value`` that stands in it already.

    ``is_required``: it may not be left empty. Where there are ``choices``, it is the value of one of them.
    """

    name: str
    label: Phrase
    value: str = ""
    is_required: bool = False
    choices: tuple[Choice, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """Fields for a person to fill in (at most ``MOST``); ``token`` is that of the button which they answer."""

    token: str
    title: Phrase
    fields: tuple[Field, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fill:
    """A person filled in the form of the button ``button``: the ``values`` by the names of their fields.

    ``mentioned``: the text that stands for a person in a value → the id of that person's account there.
    """

    button: str
    values: Mapping[str, str]
    mentioned: Mapping[str, str] = field(default_factory=dict)
