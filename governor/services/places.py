"""How does a button that is shown to somebody alone tell whose it is? It names where the organisation sits."""

from dataclasses import replace

from governor.ports import Reply

AT = "at"
"""First word of the token of a button of the organisation at a place, shown where no place is."""


def marked(reply: Reply, place: str | None) -> Reply:
    """Return *reply* with buttons that are the organisation's at *place*, wherever they are pressed."""
    if place is None:
        return reply
    cards = tuple(
        replace(card, buttons=tuple(replace(one, token=f"{AT}:{place}:{one.token}") for one in card.buttons))
        for card in reply.cards
    )
    form = None if reply.form is None else replace(reply.form, token=f"{AT}:{place}:{reply.form.token}")
    return replace(reply, cards=cards, form=form, place=place)
