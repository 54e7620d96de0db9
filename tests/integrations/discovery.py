"""Is a request one that Google Calendar takes? Asked of the discovery document that Google's library ships."""

import json
import re
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import Any

import jsonschema_rs

Json = dict[str, Any]

_FORMS = {"boolean": "true|false", "integer": r"\d+"}


@cache
def document() -> Json:
    shipped = files("googleapiclient") / "discovery_cache" / "documents" / "calendar.v3.json"
    found: Json = json.loads(shipped.read_text(encoding="utf-8"))
    return found


def _methods(resource: Json) -> Iterator[Json]:
    yield from resource.get("methods", {}).values()
    for inner in resource.get("resources", {}).values():
        yield from _methods(inner)


@cache
def methods() -> list[tuple[str, re.Pattern[str], Json]]:
    return [
        (one["httpMethod"], re.compile(re.sub(r"\{\w+\}", "[^/]+", one["path"])), one) for one in _methods(document())
    ]


def _schema(node: object) -> object:
    """Return a schema of the discovery document (draft 3, nearly) as draft 2020-12, in which nothing unknown passes."""
    if isinstance(node, list):
        return [_schema(each) for each in node]
    if not isinstance(node, dict):
        return node
    kept = {name: _schema(value) for name, value in node.items() if name in ("items", "enum")}
    if "$ref" in node:
        return {"$ref": f"#/$defs/{node['$ref']}"}
    if node.get("type") not in (None, "any"):
        kept["type"] = node["type"]
    if node.get("format") in ("date-time", "date"):
        kept["format"] = node["format"]
    if "properties" in node:
        kept["properties"] = {name: _schema(value) for name, value in node["properties"].items()}
        kept["additionalProperties"] = False
    elif "additionalProperties" in node:
        kept["additionalProperties"] = _schema(node["additionalProperties"])
    return kept


@cache
def validator(name: str) -> jsonschema_rs.Draft202012Validator:
    defs = {each: _schema(schema) for each, schema in document()["schemas"].items()}
    return jsonschema_rs.Draft202012Validator({"$ref": f"#/$defs/{name}", "$defs": defs}, validate_formats=True)


def violations(method: str, path: str, query: Mapping[str, str], body: object) -> list[str]:
    """Return what Google would not take of the request to *path* below ``/calendar/v3/``; nothing: it is sound."""
    known = next((one for verb, pattern, one in methods() if verb == method and pattern.fullmatch(path)), None)
    if known is None:
        return [f"no such method: {method} {path}"]
    found = []
    parameters = {**document()["parameters"], **known.get("parameters", {})}
    for name, value in query.items():
        parameter = parameters.get(name)
        if parameter is None:
            found.append(f"no such parameter: {name}")
        elif (
            ("enum" in parameter and value not in parameter["enum"])
            or (parameter["type"] == "boolean" and value not in ("true", "false"))
            or (parameter["type"] == "integer" and not re.fullmatch(r"\d+", value))
        ):
            found.append(f"{name}={value}")
    if "request" in known:
        found += [
            f"{error.instance_path}: {error.message}" for error in validator(known["request"]["$ref"]).iter_errors(body)
        ]
    elif body is not None:
        found.append("a body")
    return found
