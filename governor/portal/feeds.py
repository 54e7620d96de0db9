"""At which addresses are meetings subscribed to? (RFC 9110 §13, RFC 7986 §5.7)"""

import asyncio

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import Response

from governor.errors import NotFound
from governor.services.feeds import Feeds

_HEADERS = {"X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer", "X-Robots-Tag": "noindex"}
_TYPE = "text/calendar; charset=utf-8"


def feed_routes(feeds: Feeds, methods: list[str]) -> APIRouter:
    """Return the routes of the public feed and of those at secret addresses."""
    router = APIRouter()

    @router.api_route("/calendar.ics", methods=methods)
    async def public(request: Request) -> Response:
        """Give the meetings that everybody may know of."""
        return await _answer(request, feeds, None, "public, no-cache")

    @router.api_route("/calendar/{secret}.ics", methods=methods)
    async def private(request: Request, secret: str) -> Response:
        """Give the meetings of the member whose secret it is."""
        return await _answer(request, feeds, secret, "private, no-cache")

    return router


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
