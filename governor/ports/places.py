"""How does a button that is shown to somebody alone tell whose it is? It names where the organisation sits."""

from dataclasses import replace

from governor.ports import Card, Reply

AT = "at"
"""First word of the token of a button of the organisation at a place, shown where no place is."""


def marked(reply: Reply, place: str | None) -> Reply:
    """Return *reply* with buttons that are the organisation's at *place*, wherever they are pressed."""
    if place is None:
        return reply
    cards = tuple(card_marked(card, place) for card in reply.cards)
    form = None if reply.form is None else replace(reply.form, token=f"{_mark(place)}{reply.form.token}")
    return replace(reply, cards=cards, form=form, place=place)


def card_marked(card: Card, place: str) -> Card:
    """Return *card* with buttons that are the organisation's at *place*."""
    buttons = tuple(replace(one, token=f"{_mark(place)}{one.token}") for one in card.buttons)
    return replace(card, buttons=buttons)


def card_unmarked(card: Card, place: str) -> Card:
    """Return *card* as it is shown in *place* itself; the very same where it is so already."""
    mark = _mark(place)
    if not card.buttons or not card.buttons[0].token.startswith(mark):  # all are marked, or none is
        return card
    return replace(card, buttons=tuple(replace(one, token=one.token.removeprefix(mark)) for one in card.buttons))


def _mark(place: str) -> str:
    return f"{AT}:{place}:"
