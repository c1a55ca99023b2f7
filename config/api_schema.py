"""What the description of the API (OpenAPI) says beyond its views: which routes are ours, and how each may fail."""

from collections.abc import Iterator
from typing import Any

from config.api import PROBLEM, TITLES

PROBLEM_SCHEMA: dict[str, Any] = {
    "type": "object",
    "description": "An error (RFC 9457). With 400, `errors` names the fields, nested ones with dots.",
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "errors": {"type": "object", "additionalProperties": {"type": "array", "items": {"type": "string"}}},
    },
    "required": ["type", "title", "status", "detail"],
    "additionalProperties": False,
}
RETRY_AFTER = {"Retry-After": {"schema": {"type": "integer"}, "description": "Seconds to wait."}}


def only_our_api(endpoints: list[tuple]) -> list[tuple]:
    """Keep Wagtail's own admin API out of our schema."""
    return [endpoint for endpoint in endpoints if endpoint[0].startswith("/api/v1/")]


def describe_errors(result: dict[str, Any], **_: Any) -> dict[str, Any]:
    """Add to each operation the errors it may answer with: they follow from what it takes and whom it asks for."""
    result.setdefault("components", {}).setdefault("schemas", {})["Problem"] = PROBLEM_SCHEMA
    for path in result["paths"].values():
        for method, operation in path.items():
            for status in statuses(method, operation):
                operation["responses"].setdefault(str(status), response(status))
    return result


def statuses(method: str, operation: dict[str, Any]) -> Iterator[int]:
    places = {(one["in"], one["name"]) for one in operation.get("parameters", [])}
    schemes = {name for way in operation.get("security", []) for name in way}
    if method != "get":
        yield from (400, 413, 415)
    elif any(place == "query" for place, _ in places):
        yield 400
    if schemes:
        yield 401
    if "session" in schemes and method != "get":
        yield 403
    if ("query", "page") in places or any(place == "path" for place, _ in places):
        yield 404
    yield 429


def response(status: int) -> dict[str, Any]:
    described: dict[str, Any] = {
        "description": TITLES[status],
        "content": {PROBLEM: {"schema": {"$ref": "#/components/schemas/Problem"}}},
    }
    return described | ({"headers": RETRY_AFTER} if status == 429 else {})
