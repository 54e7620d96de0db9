"""Which pages are there, and what do they answer?"""

import asyncio
from collections.abc import Callable
from importlib.resources import files

from fastapi import FastAPI, Request
from fastapi.responses import HTMLResponse, PlainTextResponse, Response
from jinja2 import Environment, PackageLoader, select_autoescape

from governor.services.record import PublicRecord
from governor.wording.catalogue import LANGUAGES, say
from governor.wording.phrase import phrase

_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
}


def build(look: Callable[[], PublicRecord]) -> FastAPI:
    """Return the web application; *look* reads the public record, and is called in a thread."""
    app = FastAPI(title="Governor", docs_url=None, redoc_url=None, openapi_url=None)
    page = Environment(loader=PackageLoader("governor.portal"), autoescape=select_autoescape()).get_template(
        "home.html"
    )
    style = files("governor.portal").joinpath("static/style.css").read_text(encoding="utf-8")

    @app.get("/", response_class=HTMLResponse)
    async def home(request: Request, lang: str | None = None) -> Response:
        record = await asyncio.to_thread(look)
        language = _language(record, lang, request.headers.get("accept-language", ""))

        def speak(key: str, **values: object) -> str:
            return say(phrase(key, **values), language)

        html = page.render(record=record, say=speak, language=language, languages=LANGUAGES)
        return HTMLResponse(html, headers=_HEADERS)

    @app.get("/style.css")
    async def stylesheet() -> Response:
        return Response(style, media_type="text/css", headers=_HEADERS)

    @app.get("/checkpoint", response_class=PlainTextResponse)
    async def checkpoint() -> Response:
        record = await asyncio.to_thread(look)
        return PlainTextResponse(record.checkpoint, headers=_HEADERS)

    return app


def _language(record: PublicRecord, wanted: str | None, accepted: str) -> str:
    """Return the language asked for, else the first one the browser accepts that is spoken here, else the record's."""
    offered = [part.split(";")[0].strip().split("-")[0] for part in accepted.split(",")]
    own = LANGUAGES[0] if record.organisation is None else record.organisation.language
    return next((one for one in (wanted, *offered, own) if one in LANGUAGES), LANGUAGES[0])
