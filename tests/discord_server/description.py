"""Is what is said one that Discord takes, and what is answered one that Discord answers?"""

import json
import os
import re
from collections.abc import Mapping
from functools import cache
from typing import Any

import jsonschema_rs
import pytest

from tests.oracles import DISCORD

UNKNOWN = frozenset({"nsfw", "tts"})
"""What discord.py itself sends beside what the description knows: of commands and of edits."""


class Unlike(AssertionError):
    """It is not as Discord describes it."""


def require() -> None:
    """Skip the tests that need the description where it is not at hand; on CI it must be."""
    if DISCORD.exists():
        return
    if os.environ.get("CI") == "true":
        pytest.fail("Discord's OpenAPI description is missing on CI")
    pytest.skip("DISCORD'S OPENAPI DESCRIPTION IS NOT HERE: nothing of Discord is tested", allow_module_level=True)


@cache
def description() -> Mapping[str, Any]:
    """Return Discord's OpenAPI description."""
    return json.loads(DISCORD.read_text(encoding="utf-8"))  # type: ignore[no-any-return]


@cache
def _routes() -> list[tuple[re.Pattern[str], str]]:
    paths = sorted(description()["paths"], key=lambda path: (path.count("{"), path))
    return [(re.compile(re.sub(r"\\\{[^}]+\\\}", "[^/]+", re.escape(path))), path) for path in paths]


@cache
def _validator(*where: str) -> jsonschema_rs.Draft202012Validator:
    schema = description()
    for part in where:
        schema = schema[part]
    return jsonschema_rs.Draft202012Validator({"allOf": [schema], "components": description()["components"]})


def path_of(path: str) -> str:
    """Return the described path that *path* is one of.

    Raises:
        Unlike: there is none.
    """
    for pattern, described in _routes():
        if pattern.fullmatch(path):
            return described
    raise Unlike(f"no such path: {path}")


def check_request(method: str, path: str, body: object) -> None:
    """Check the JSON *body* of a request.

    Raises:
        Unlike: Discord does not describe it.
    """
    described = path_of(path)
    operation = description()["paths"][described].get(method.lower())
    if operation is None:
        raise Unlike(f"{path} has no {method}")
    content = operation.get("requestBody", {}).get("content", {})
    if body is None or "application/json" not in content:
        if body is not None:
            raise Unlike(f"{method} {path} takes no body")
        return
    where = ("paths", described, method.lower(), "requestBody", "content", "application/json", "schema")
    _check(_validator(*where), _without_unknown(body), f"{method} {path}")


def check_answer(method: str, path: str, status: int, body: object) -> None:
    """Check the JSON *body* of an answer.

    Raises:
        Unlike: Discord does not describe it.
    """
    described = path_of(path)
    responses = description()["paths"][described][method.lower()]["responses"]
    kind = str(status) if str(status) in responses else f"{status // 100}XX"
    if kind == "5XX":
        return
    if kind not in responses:
        raise Unlike(f"{method} {path} does not answer {status}")
    response = responses[kind]
    if "$ref" in response:
        name = response["$ref"].rsplit("/", 1)[1]
        where = ("components", "responses", name, "content", "application/json", "schema")
        _check(_validator(*where), body, f"{status} of {method} {path}")
        return
    if "content" not in response:
        return
    where = ("paths", described, method.lower(), "responses", kind, "content", "application/json", "schema")
    _check(_validator(*where), body, f"{status} of {method} {path}")


def _without_unknown(body: object) -> object:
    match body:
        case dict():
            return {key: _without_unknown(_id(key, value)) for key, value in body.items() if key not in UNKNOWN}
        case list():
            return [_without_unknown(one) for one in body]
    return body


def _id(key: str, value: object) -> object:
    """Return *value*; ids, which discord.py writes as numbers and Discord takes, as the description has them."""
    if key in ("attachments", "default_values") and isinstance(value, list):
        return [{**one, "id": str(one["id"])} for one in value]
    return str(value) if key.endswith("_id") and isinstance(value, int) else value


def _check(validator: jsonschema_rs.Draft202012Validator, body: object, what: str) -> None:
    if validator.is_valid(body):
        return
    faults = "; ".join(f"{list(error.instance_path)}: {error.message[:600]}" for error in validator.iter_errors(body))
    raise Unlike(f"{what}: {faults}\n{json.dumps(body)[:1500]}")
