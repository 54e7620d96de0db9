"""Which pages are there, and what do they answer?"""

import asyncio
import logging
from collections.abc import Callable
from importlib.resources import files

from jinja2 import Environment, PackageLoader, Template, select_autoescape
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from governor.domain.decisions import Decision
from governor.domain.meetings import Meeting
from governor.errors import GovernorError
from governor.portal.feeds import READ, feed_routes
from governor.services.feeds import Feeds
from governor.services.health import Health
from governor.services.record import PublicRecord
from governor.wording.catalogue import LANGUAGES, say
from governor.wording.phrase import phrase
from governor.wording.repeats import repeat_said
from governor.wording.times import length_of, start_of

log = logging.getLogger(__name__)

NAMES = {"id": "Bahasa Indonesia", "en": "English"}
"""What each language calls itself."""

_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-cache",
}


def build(
    look: Callable[[], PublicRecord], head: Callable[[], str], feeds: Feeds, fares: Callable[[], Health]
) -> Starlette:
    """Return the web application.

    *look* reads the public record, *head* the checkpoint, *fares* how Governor fares, each in a thread.
    """
    page = _template()
    style = files("governor.portal").joinpath("static/style.css").read_text(encoding="utf-8")

    async def home(request: Request) -> Response:
        """Show meetings, decisions and the checkpoint, in ``lang`` or in what the browser accepts."""
        record = await asyncio.to_thread(look)
        own = None if record.organisation is None else record.organisation.language
        language = _language(request, request.query_params.get("lang"), own)
        return HTMLResponse(_drawn(page, record, language), headers=_HEADERS | _spoken(language))

    async def stylesheet(_: Request) -> Response:
        """Give the page's style."""
        return Response(style, media_type="text/css", headers=_HEADERS)

    async def checkpoint(_: Request) -> Response:
        """Give the signed checkpoint as a file (C2SP tlog-checkpoint)."""
        return PlainTextResponse(await asyncio.to_thread(head), headers=_HEADERS)

    async def health(_: Request) -> Response:
        """Give how Governor fares as JSON, for whoever watches it: 503 where the record was found altered."""
        found = await asyncio.to_thread(fares)
        return JSONResponse(found.plain(), 200 if found.is_sound else 503, headers=_HEADERS)

    pages = {"/": home, "/style.css": stylesheet, "/checkpoint": checkpoint, "/health": health}
    return Starlette(
        routes=[Route(path, shown, methods=READ) for path, shown in pages.items()] + feed_routes(feeds),
        exception_handlers={GovernorError: _unavailable, 404: _missing, 405: _refused},
    )


async def _missing(request: Request, _: Exception) -> Response:
    return _plain(request, "page-missing", 404)


async def _refused(request: Request, _: Exception) -> Response:
    answer = _plain(request, "page-refused", 405)
    answer.headers["Allow"] = ", ".join(READ)
    return answer


async def _unavailable(request: Request, error: Exception) -> Response:
    log.warning("the record cannot be shown", extra={"reason": str(error)})
    return _plain(request, "page-unavailable", 503)


def _plain(request: Request, key: str, status: int) -> Response:
    language = _language(request, None, None)
    return PlainTextResponse(f"{say(phrase(key), language)}\n", status, headers=_HEADERS | _spoken(language))


def _template() -> Template:
    loader = PackageLoader("governor.portal")
    return Environment(loader=loader, autoescape=select_autoescape(), trim_blocks=True).get_template("home.html")


def _drawn(page: Template, record: PublicRecord, language: str) -> str:
    def speak(key: str, **values: object) -> str:
        return say(phrase(key, **values), language)

    name = "Governor" if record.organisation is None else record.organisation.name

    def length(meeting: Meeting) -> str:
        return say(length_of(meeting), language)

    def when(meeting: Meeting) -> str:
        return speak("word-value", value=start_of(meeting))

    def repeat(meeting: Meeting) -> str | None:
        return None if meeting.recurrence is None else say(repeat_said(meeting.recurrence, meeting.dtstart), language)

    def how(decision: Decision) -> str | None:
        found = record.how(decision)
        return None if found is None else speak("page-how", motion=decision.motion, outcome=found)

    return page.render(
        record=record,
        name=name,
        say=speak,
        when=when,
        repeat=repeat,
        length=length,
        how=how,
        language=language,
        languages=NAMES,
    )


def _language(request: Request, wanted: str | None, own: str | None) -> str:
    """Return the language asked for, else the first one the browser accepts that is spoken here, else the record's."""
    accepted = request.headers.get("accept-language", "").split(",")
    offered = [part.split(";")[0].strip().split("-")[0].lower() for part in accepted]
    return next((one for one in (wanted, *offered, own) if one in LANGUAGES), LANGUAGES[0])


def _spoken(language: str) -> dict[str, str]:
    return {"Content-Language": language, "Vary": "Accept-Language"}
