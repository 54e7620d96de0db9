"""How does a reply look on Discord? As messages of components that fit every limit, however long it is."""

import io
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

import discord
from discord import ui

from governor.ports import Button, Card, Reply, Row
from governor.ports.forms import Form
from governor.wording.catalogue import say
from governor.wording.phrase import phrase
from integrations.discord.marking import DISCORD, clean, cut, escaped

LONGEST = 3_800
"""How many characters the texts of one message have; Discord takes 4,000."""

MOST_PARTS = 36
"""How many components one message has; Discord takes 40."""

MOST_MESSAGES = 3
"""In how many messages a reply is shown; what is beyond them is attached as a file."""

_TITLE, _ROW, _LABEL = 300, 1_500, 80
_IN_ROW, _BUTTONS = 5, 20
_FORM, _FORM_LONGEST = 45, 1_000
_COLOUR = discord.Colour(0x2F6F4E)

Item = ui.Item[ui.LayoutView]

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


@dataclass
class Page:
    """One message: its ``parts``, its files by name, and the cards that are on it."""

    parts: list[Item] = field(default_factory=list)
    files: dict[str, str] = field(default_factory=dict)
    cards: list[Card] = field(default_factory=list)
    letters: int = 0
    count: int = 0

    def takes(self, letters: int, count: int) -> bool:
        """Return whether so much more fits."""
        return self.letters + letters <= LONGEST and self.count + count <= MOST_PARTS

    def add(self, part: Item, letters: int, count: int) -> None:
        """Add a *part* of so many *letters* and components."""
        self.parts.append(part)
        self.letters += letters
        self.count += count

    def view(self) -> ui.LayoutView:
        """Return the view of this message; discord.py need not remember it, for what is pressed tells all itself."""
        view = ui.LayoutView(timeout=None)
        for part in self.parts:
            view.add_item(part)
        for name in self.files:
            view.add_item(ui.File(f"attachment://{name}"))
        view.stop()
        return view

    def attached(self) -> list[discord.File]:
        """Return the files, to be sent once."""
        return [discord.File(io.BytesIO(text.encode()), filename=name) for name, text in self.files.items()]


def pages(reply: Reply, write: Write) -> list[Page]:
    """Return the messages that show *reply*, at least one; *write* makes the custom_id of a button."""
    made = [Page()]
    rest: list[str] = []
    for text, card in _blocks(reply):
        part, letters, count = _text(text) if card is None else _container(card, reply.language, write)
        if rest or (not made[-1].takes(letters, count) and len(made) == MOST_MESSAGES):
            rest.append(text)
            continue
        if not made[-1].takes(letters, count):
            made.append(Page())
        made[-1].add(part, letters, count)
        made[-1].cards += [] if card is None else [card]
    if rest:
        part, letters, count = _text(say(phrase("rest-in-file"), reply.language))
        made.append(Page())
        made[-1].add(part, letters, count)
        made[-1].files[say(phrase("file-rest"), reply.language)] = "\n\n".join(rest) + "\n"
    if reply.document is not None:
        made[-1].files[say(phrase("file-document"), reply.language)] = clean(reply.document)
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


def _blocks(reply: Reply) -> Iterator[tuple[str, Card | None]]:
    """Yield what is shown, in order: pieces of text, and cards with the text that stands for them in a file."""
    lines = "\n".join(cut(say(line, reply.language, DISCORD), LONGEST) for line in reply.lines)
    if reply.refused and lines:
        lines = f"⚠️ {lines}"
    for at in range(0, len(lines), LONGEST):
        if lines[at : at + LONGEST].strip():
            yield lines[at : at + LONGEST], None
    for card in {card.id: card for card in reply.cards}.values():
        rows = [
            f"{clean(say(row.label, reply.language))}: {clean(say(row.value, reply.language))}" for row in card.rows
        ]
        yield "\n".join([f"# {clean(say(card.title, reply.language))}", *rows]), card


def container(card: Card, language: str, write: Write) -> Item:
    """Return *card* alone, to stand in the place of another."""
    return _container(card, language, write)[0]


def _text(text: str) -> tuple[Item, int, int]:
    return ui.TextDisplay(text), len(text), 1


def _container(card: Card, language: str, write: Write) -> tuple[Item, int, int]:
    title = cut(say(card.title, language, DISCORD), _TITLE) or "…"
    rows = _rows(card.rows, language, LONGEST - len(title) - 8)
    inner: list[Item] = [ui.TextDisplay(f"### {title}")]
    if rows:
        inner.append(ui.TextDisplay(rows))
    buttons = tuple({button.token: button for button in card.buttons}.values())[:_BUTTONS]
    starts = range(0, len(buttons), _IN_ROW)
    inner += [ui.ActionRow(*_buttons(buttons[at : at + _IN_ROW], card, language, write)) for at in starts]
    count = 1 + len(inner) + len(buttons)
    return ui.Container(*inner, accent_colour=_COLOUR), len(title) + 4 + len(rows), count


def _rows(rows: Sequence[Row], language: str, room: int) -> str:
    shown = []
    for row in rows:
        label = cut(say(row.label, language, DISCORD), _LABEL * 2)
        value = cut(say(row.value, language, DISCORD), _ROW)
        assumed = "" if row.assumed is None else f" *({say(row.assumed, language, DISCORD)})*"
        shown.append(f"**{label}** {value}{assumed}")
    return cut("\n".join(shown), room)


def _buttons(
    buttons: Sequence[Button], card: Card, language: str, write: Write
) -> "Iterator[ui.Button[ui.LayoutView]]":
    for at, button in enumerate(buttons):
        yield ui.Button(
            label=_label(button, language) or str(at + 1),
            custom_id=write(button, card, language),
            style=discord.ButtonStyle.primary if button is card.buttons[0] else discord.ButtonStyle.secondary,
        )


def _label(button: Button, language: str) -> str:
    count = f" ({button.count})" if button.count else ""
    return cut(clean(say(button.label, language)).replace("\n", " "), _LABEL - len(count)).strip() + count
