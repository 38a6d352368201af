"""`python -m deploy.endpoints OPENAPI HOST=... BACKEND=... ...`: the document that Cloud Endpoints takes (OpenAPI 2).

ESPv2 needs of an API its routes, who may call them, and where they are; bodies and answers are the API's own affair and
stay out, so that the document says nothing that the service does not check itself.
"""

import json
import re
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

Json = dict[str, Any]
NEEDED: Final = ("host", "backend", "jwt_issuer", "jwks_url", "jwt_audience")
DEADLINE_S: Final = 600.0
METHODS: Final = ("get", "put", "post", "delete", "options", "head", "patch")
# A browser's stream and a link carry their own token in the address; the document tells how to get one.
_OPEN: Final = re.compile(r"/(docs|openapi\.json|ok|v1/links/.+|v1/(works|manga)/[^/]+/(events|graph-events|ws))")
# Their last part may have slashes.
_DEEP: Final = ("/v1/links/{signed}", "/v1/works/{work_id}/files/{name}")
_NOT_OUTSIDE: Final = frozenset({"/metrics"})
# OpenAPI knows no WebSockets; to ESPv2 one is a GET that is upgraded. What agents send is another protocol's affair.
_UNLISTED: Final = {
    "/v1/works/{work_id}/ws": {"get": {"summary": "Follow a work by a WebSocket"}},
    "/docs": {"get": {"summary": "The API's document, to read"}},
    "/openapi.json": {"get": {"summary": "The API's document"}},
    "/mcp": {"post": {"summary": "The Model Context Protocol"}},
}
WORKS: Final = "/v1/works"
ALIAS: Final = "/v1/manga"


def endpoints(openapi: Json, told: Mapping[str, str]) -> Json:
    """From our OpenAPI 3.1. `told` has `NEEDED`."""
    paths = {_deep(path): item for path, item in openapi["paths"].items() if path not in _NOT_OUTSIDE}
    for path, item in _UNLISTED.items():
        paths.setdefault(path, item)
    paths |= {_alias(path): item for path, item in paths.items() if path.startswith(WORKS)}
    return {
        "swagger": "2.0",
        "info": {"title": openapi["info"]["title"], "version": openapi["info"]["version"]},
        "host": told["host"],
        "schemes": ["https"],
        "x-google-endpoints": [{"name": told["host"], "allowCors": True}],
        "x-google-backend": {
            "address": told["backend"],
            "protocol": "http/1.1",
            "path_translation": "APPEND_PATH_TO_ADDRESS",
            "deadline": DEADLINE_S,
            # It would put a token of its own where the caller's is; the API looks at the caller's.
            "disable_auth": True,
        },
        "securityDefinitions": {"token": _issuer(told)},
        "security": [{"token": []}],
        "paths": {path: _item(path, item) for path, item in sorted(paths.items())},
    }


def _deep(path: str) -> str:
    return path.removesuffix("}") + "=**}" if path in _DEEP else path


def _alias(path: str) -> str:
    return ALIAS + path.removeprefix(WORKS)


def _issuer(told: Mapping[str, str]) -> Json:
    return {
        "type": "oauth2",
        "flow": "implicit",
        "authorizationUrl": "",
        "x-google-issuer": told["jwt_issuer"],
        "x-google-jwks_uri": told["jwks_url"],
        "x-google-audiences": told["jwt_audience"],
        "x-google-jwt-locations": [
            {"header": "Authorization", "value_prefix": "Bearer "},
            {"header": "X-Api-Key"},  # where LangGraph's clients put it
        ],
    }


def _item(path: str, item: Json) -> Json:
    return {method: _operation(path, method, item[method]) for method in METHODS if method in item}


def _operation(path: str, method: str, operation: Json) -> Json:
    found: Json = {
        "operationId": "_".join([method, *re.findall(r"\w+", path)]),
        "summary": operation.get("summary", ""),
        "responses": {"default": {"description": "See the API's own document."}},
    }
    if names := re.findall(r"\{(\w+)(?:=\*\*)?\}", path):
        found["parameters"] = [{"name": name, "in": "path", "required": True, "type": "string"} for name in names]
    if _OPEN.fullmatch(path):
        found["security"] = []
    return found


def main() -> int:
    """0, or 1 with a line that says why."""
    try:
        file, *pairs = sys.argv[1:]
        told = dict(pair.split("=", 1) for pair in pairs)
        if missing := [name for name in NEEDED if not told.get(name)]:
            raise ValueError(f"it is not told: {', '.join(missing)} (NAME=VALUE)")
        document = endpoints(json.loads(Path(file).read_text(encoding="utf-8")), told)
    except (ValueError, OSError) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    sys.stdout.write(json.dumps(document, indent=2) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
