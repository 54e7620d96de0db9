"""At which addresses are meetings subscribed to? (RFC 9110 §13, RFC 7986 §5.7)"""

import asyncio

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from governor.errors import NotFound
from governor.services.feeds import Feeds

_HEADERS = {"X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer", "X-Robots-Tag": "noindex"}
READ = ["GET", "HEAD"]
"""What may be asked of every page."""

_TYPE = "text/calendar; charset=utf-8"


def feed_routes(feeds: Feeds) -> list[Route]:
    """Return the routes of the public feed and of those at secret addresses."""

    async def public(request: Request) -> Response:
        """Give the meetings that everybody may know of."""
        return await _answer(request, feeds, None, "public, no-cache")

    async def private(request: Request) -> Response:
        """Give the meetings of the member whose secret it is."""
        return await _answer(request, feeds, request.path_params["secret"], "private, no-cache")

    return [
        Route("/calendar.ics", public, methods=READ),
        Route("/calendar/{secret}.ics", private, methods=READ),
    ]


async def _answer(request: Request, feeds: Feeds, secret: str | None, caching: str) -> Response:
    """Return the feed, or that the one that the client has (If-None-Match) is still right."""
    try:
        feed = feeds.known(secret)
        if feed is None:
            feed = await asyncio.to_thread(feeds.find, secret)
    except NotFound:
        raise HTTPException(404) from None
    headers = _HEADERS | {"ETag": feed.etag, "Cache-Control": caching}
    if _is_known(feed.etag, request.headers.get("if-none-match", "")):
        return Response(status_code=304, headers=headers)
    return Response(feed.body, media_type=_TYPE, headers=headers)


def _is_known(etag: str, asked: str) -> bool:
    """Return whether *etag* is among those *asked* for, by the weak comparison (RFC 9110 §13.1.2)."""
    return any(one.strip().removeprefix("W/") in (etag, "*") for one in asked.split(","))
