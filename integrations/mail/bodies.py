"""In which words is one guest told about a meeting?"""

from collections.abc import Iterator
from datetime import UTC
from enum import StrEnum
from html import escape
from zoneinfo import ZoneInfo

from governor.itip.invitation import Guest, Invitation
from governor.itip.texts import line, lines
from governor.wording.catalogue import LANGUAGES, say
from governor.wording.phrase import phrase
from governor.wording.repeats import repeat_said
from governor.wording.times import begins


class News(StrEnum):
    """What there is to tell a guest."""

    INVITED = "invited"
    UPDATED = "updated"
    CANCELLED = "cancelled"
    UNINVITED = "uninvited"
    UNMOVED = "unmoved"
    REMINDED = "reminded"


def subject(invitation: Invitation, guest: Guest, news: News) -> str:
    """Return the subject in the guest's language: one line, no control characters."""
    return line(_say(guest, f"mail-subject-{news}", title=line(invitation.summary), start=_start(invitation)))


def plain(invitation: Invitation, guest: Guest, news: News) -> str:
    """Return the text body in the guest's language, its lines ended by ``\\n``."""
    facts = [
        f"{label}: {value}" if "\n" not in value else f"{label}:\n{value}" for label, value in _facts(invitation, guest)
    ]
    return "\n".join([_intro(invitation, guest, news), "", *facts, "", _say(guest, f"mail-answer-{news}"), ""])


def html(invitation: Invitation, guest: Guest, news: News) -> str:
    """Return the HTML body: the same facts, nothing loaded from elsewhere, nothing that only a colour tells."""
    rows = "\n".join(
        f'<tr><th scope="row" align="left" valign="top">{escape(label)}</th>'
        f'<td dir="auto">{escape(value).replace(chr(10), "<br>")}</td></tr>'
        for label, value in _facts(invitation, guest)
    )
    title = escape(subject(invitation, guest, news))
    return _PAGE.format(
        language=guest.language if guest.language in LANGUAGES else LANGUAGES[0],
        title=title,
        intro=escape(_intro(invitation, guest, news)),
        rows=rows,
        answer=escape(_say(guest, f"mail-answer-{news}")),
    )


_PAGE = """\
<!DOCTYPE html>
<html lang="{language}">
<head><meta charset="utf-8"><title>{title}</title></head>
<body style="font-family: sans-serif; line-height: 1.5">
<p dir="auto">{intro}</p>
<table cellpadding="4">
{rows}
</table>
<p>{answer}</p>
</body>
</html>
"""


def _facts(invitation: Invitation, guest: Guest) -> Iterator[tuple[str, str]]:
    """Yield the label and the value of each fact, in the order in which people ask for them."""
    start = _start(invitation)
    yield _say(guest, "mail-label-title"), line(invitation.summary)
    yield _say(guest, "mail-label-time"), _say(guest, "mail-time", start=start)
    if invitation.recurrence is not None:
        yield _say(guest, "label-repeat"), say(repeat_said(invitation.recurrence, invitation.dtstart), guest.language)
    if not invitation.is_open_ended:
        yield _say(guest, "mail-label-duration"), _say(guest, "mail-duration", duration=invitation.duration)
    if invitation.where:
        yield _say(guest, "mail-label-place"), line(invitation.where)
    if invitation.agenda:
        yield _say(guest, "mail-label-agenda"), lines(invitation.agenda)
    yield _say(guest, "mail-label-chair"), line(invitation.chair)
    yield _say(guest, "mail-label-organization"), line(invitation.organization)


def _intro(invitation: Invitation, guest: Guest, news: News) -> str:
    """Return the first sentence."""
    return _say(guest, f"mail-intro-{news}", name=line(guest.mailbox.name), organization=line(invitation.organization))


def _start(invitation: Invitation) -> object:
    """Return the start in the zone of the meeting; where it has days and no hours, its day."""
    start = invitation.dtstart.astimezone(UTC).astimezone(ZoneInfo(invitation.zone))
    return begins(invitation.dtstart if invitation.is_all_day else start, is_all_day=invitation.is_all_day)


def _say(guest: Guest, key: str, **values: object) -> str:
    return say(phrase(key, **values), guest.language)
