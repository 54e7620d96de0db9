"""How does a reply look on Discord? As messages of components that fit every limit, however long it is.

Components are drawn in the form in which the platform takes them: discord.py's own objects, of which each message would
need a dozen, take longer to make than the answer to read from the record.
"""

import dataclasses
import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import field

import discord
from discord import ButtonStyle, ComponentType, ui

from governor.ports import Button, Card, Reply, Row
from governor.ports.forms import Form
from governor.values import dataclass
from governor.wording.catalogue import say
from governor.wording.phrase import phrase
from integrations.discord.marking import DISCORD, clean, cut, escaped
from integrations.discord.messages import Part

LONGEST = 3_800
"""How many characters the texts of one message have; Discord takes 4,000."""

MOST_PARTS = 36
"""How many components one message has; Discord takes 40."""

MOST_MESSAGES = 3
"""In how many messages a reply is shown; what is beyond them is attached as a file."""

_TITLE, _ROW, _LABEL = 300, 1_500, 80
_IN_ROW, _BUTTONS = 5, 20
_FORM, _FORM_LONGEST = 45, 1_000
_COLOUR = 0x2F6F4E

Write = Callable[[Button, Card, str], str]
"""Makes the custom_id of a button on a card in a language."""


MOST_CHOICES = 25
"""Among how many things may be chosen."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pick:
    """One of the things that are chosen from: ``value`` is how it comes back."""

    value: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Input:
    """One input of a form: ``name`` is how it comes back, ``value`` what stands in it already.

    It is one of ``picks``, where there are any, or the id of somebody of the server, where it ``is_person``.
    """

    name: str
    label: str
    value: str = ""
    is_required: bool = True
    longest: int = 200
    is_line: bool = True
    picks: tuple[Pick, ...] = ()
    is_person: bool = False


@dataclasses.dataclass
class Page:
    """One message: its ``parts``, its files by name, and the cards that are on it."""

    parts: list[Part] = field(default_factory=list)
    files: dict[str, str] = field(default_factory=dict)
    cards: list[Card] = field(default_factory=list)
    letters: int = 0
    count: int = 0

    def takes(self, letters: int, count: int) -> bool:
        """Return whether so much more fits."""
        return self.letters + letters <= LONGEST and self.count + count <= MOST_PARTS

    def add(self, part: Part, letters: int, count: int) -> None:
        """Add a *part* of so many *letters* and components."""
        self.parts.append(part)
        self.letters += letters
        self.count += count

    def drawn(self) -> list[Part]:
        """Return all that is seen of this message."""
        return [*self.parts, *map(_file, self.files)]

    def view(self) -> "Drawn":
        """Return the view of this message."""
        return Drawn(self.drawn())

    def attached(self) -> list[discord.File]:
        """Return the files, to be sent once."""
        return [discord.File(io.BytesIO(text.encode()), filename=name) for name, text in self.files.items()]


class Drawn(ui.LayoutView):
    """A view of *parts* for a channel; discord.py need not remember it, for what is pressed tells all itself."""

    def __init__(self, parts: Sequence[Part]) -> None:
        super().__init__(timeout=None)
        self._parts = [*parts]
        self.stop()

    def to_components(self) -> list[Part]:
        """Return the parts."""
        return self._parts

    def has_components_v2(self) -> bool:
        """Return that the platform is to take them as such a message."""
        return True


def pages(reply: Reply, write: Write) -> list[Page]:
    """Return the messages that show *reply*, at least one; *write* makes the custom_id of a button."""
    made = [Page()]
    rest: list[str] = []
    for block in _blocks(reply):
        part, letters, count = _container(block, reply.language, write) if isinstance(block, Card) else _text(block)
        if rest or (not made[-1].takes(letters, count) and len(made) == MOST_MESSAGES):
            rest.append(_in_file(block, reply.language) if isinstance(block, Card) else block)
            continue
        if not made[-1].takes(letters, count):
            made.append(Page())
        made[-1].add(part, letters, count)
        made[-1].cards += [block] if isinstance(block, Card) else []
    if rest:
        part, letters, count = _text(say(phrase("rest-in-file"), reply.language))
        made.append(Page())
        made[-1].add(part, letters, count)
        made[-1].files[say(phrase("file-rest"), reply.language)] = "\n\n".join(rest) + "\n"
    if reply.document is not None:
        made[-1].files[say(phrase("file-document"), reply.language)] = clean(reply.document)
    if reply.file is not None:
        made[-1].files[reply.file.name] = reply.file.text
    return made


def inputs_of(asked: Form, language: str) -> list[Input]:
    """Return the inputs of the form that Governor *asked* to be filled in."""
    return [
        Input(
            name=field.name,
            label=say(field.label, language),
            value=clean(field.value),
            is_required=field.is_required,
            longest=_FORM_LONGEST,
            picks=tuple(Pick(value=one.value, label=say(one.label, language)) for one in field.choices),
        )
        for field in asked.fields
    ]


def form(title: str, custom_id: str, inputs: Sequence[Input], question: str | None = None) -> ui.Modal:
    """Return a form of *inputs* (at most 5, 4 with a *question*); discord.py need not remember it."""
    title = cut(clean(title), _FORM)
    made = ui.Modal(title=title, custom_id=custom_id, timeout=None)
    if question is not None:
        made.add_item(ui.TextDisplay(cut(escaped(question), 1_000)))
    for one in inputs:
        made.add_item(ui.Label(text=cut(clean(one.label), _FORM), component=_input(one)))
    made.stop()
    return made


def _input(one: Input) -> ui.Item[ui.Modal]:
    if one.is_person:
        stands = [discord.SelectDefaultValue(id=int(one.value), type=discord.SelectDefaultValueType.user)]
        return ui.UserSelect(custom_id=one.name, required=one.is_required, default_values=stands)
    if one.picks:
        options = [
            discord.SelectOption(label=cut(clean(pick.label), 100), value=pick.value, default=pick.value == one.value)
            for pick in one.picks
        ]
        return ui.Select(custom_id=one.name, required=one.is_required, options=options)
    return ui.TextInput(
        custom_id=one.name,
        default=cut(one.value, one.longest) or None,
        required=one.is_required,
        max_length=one.longest,
        style=discord.TextStyle.short if one.is_line else discord.TextStyle.paragraph,
    )


def _blocks(reply: Reply) -> Iterator[str | Card]:
    """Yield what is shown, in order: pieces of text, and cards."""
    lines = "\n".join(cut(say(line, reply.language, DISCORD), LONGEST) for line in reply.lines)
    if reply.refused and lines:
        lines = f"⚠️ {lines}"
    for at in range(0, len(lines), LONGEST):
        if lines[at : at + LONGEST].strip():
            yield lines[at : at + LONGEST]
    yield from {card.id: card for card in reply.cards}.values()


def _in_file(card: Card, language: str) -> str:
    """Return the text that stands for *card* in a file."""
    rows = [f"{clean(say(row.label, language))}: {clean(say(row.value, language))}" for row in card.rows]
    return "\n".join([f"# {clean(say(card.title, language))}", *rows])


def container(card: Card, language: str, write: Write) -> Part:
    """Return *card* alone, to stand in the place of another."""
    return _container(card, language, write)[0]


def walk(parts: Iterable[Part]) -> Iterator[Part]:
    """Yield *parts*, each before the ones in it."""
    for part in parts:
        yield part
        yield from walk(part.get("components", ()))


def fits(parts: Sequence[Part]) -> bool:
    """Return whether one message takes *parts*."""
    inner = [*parts]
    for part in inner:
        inner += part.get("components", ())
    return len(inner) <= MOST_PARTS and sum(len(text_of(part)) for part in inner) <= LONGEST


def text_of(part: Part) -> str:
    """Return the text of *part*; that of one without any is empty."""
    return str(part.get("content", ""))


def _text(text: str) -> tuple[Part, int, int]:
    return _display(text), len(text), 1


def _display(text: str) -> Part:
    return {"type": ComponentType.text_display.value, "content": text}


def _file(name: str) -> Part:
    return {"type": ComponentType.file.value, "file": {"url": f"attachment://{name}"}}


def _row(buttons: Iterable[Part]) -> Part:
    return {"type": ComponentType.action_row.value, "components": [*buttons]}


def _container(card: Card, language: str, write: Write) -> tuple[Part, int, int]:
    title = cut(say(card.title, language, DISCORD), _TITLE) or "…"
    rows = _rows(card.rows, language, LONGEST - len(title) - 8)
    inner = [_display(f"### {title}")]
    if rows:
        inner.append(_display(rows))
    buttons = tuple({button.token: button for button in card.buttons}.values())[:_BUTTONS]
    starts = range(0, len(buttons), _IN_ROW)
    inner += [_row(_buttons(buttons[at : at + _IN_ROW], card, language, write)) for at in starts]
    count = 1 + len(inner) + len(buttons)
    part: Part = {"type": ComponentType.container.value, "accent_color": _COLOUR, "components": inner}
    return part, len(title) + 4 + len(rows), count


def _rows(rows: Sequence[Row], language: str, room: int) -> str:
    shown = []
    for row in rows:
        label = cut(say(row.label, language, DISCORD), _LABEL * 2)
        value = cut(say(row.value, language, DISCORD), _ROW)
        assumed = "" if row.assumed is None else f" *({say(row.assumed, language, DISCORD)})*"
        shown.append(f"**{label}** {value}{assumed}")
    return cut("\n".join(shown), room)


def _buttons(buttons: Sequence[Button], card: Card, language: str, write: Write) -> Iterator[Part]:
    for at, button in enumerate(buttons):
        style = ButtonStyle.primary if button is card.buttons[0] else ButtonStyle.secondary
        yield {
            "type": ComponentType.button.value,
            "style": style.value,
            "label": _label(button, language) or str(at + 1),
            "custom_id": write(button, card, language),
        }


def _label(button: Button, language: str) -> str:
    count = f" ({button.count})" if button.count else ""
    return cut(clean(say(button.label, language)).replace("\n", " "), _LABEL - len(count)).strip() + count
