"""A double of Google Cloud Storage that refuses what the real one refuses, on a real port, for its real client.

Tokens of the service account alone (its signature is checked), buckets that exist, generation preconditions, CRC32C of
what is sent, ranges, pages of lists, resumable uploads, V4 signatures with their dates, methods and headers. It does
wrong only when told so (`fail`).
"""

import asyncio
import base64
import json
import re
import threading
import time
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any, Final, TypeAlias
from urllib.parse import parse_qs
from uuid import uuid4

import jwt
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.hashes import SHA256
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from tests.fake_gcs_answers import Cut, Stored, content, crc, error, parts, wrong_with
from tests.fake_gcs_faults import Fault, How, What, named
from tests.fake_gcs_links import refusal_of

EMAIL = "mangaka@studio.iam.gserviceaccount.com"
AUDIENCE = "https://oauth2.googleapis.com/token"
PAGE = 3
"""So few names a page of a list: a client that reads only the first is found out."""
OPEN: Final = ("token", "sign", "link")
"""These look themselves who asks."""
Answer: TypeAlias = Callable[[Request], Awaitable[Response]]


@dataclass(slots=True, eq=False)
class FakeGcs:
    """`url` is where it answers. `asked` counts the requests of each kind and status."""

    url: str = ""
    key: rsa.RSAPrivateKey = field(default_factory=lambda: rsa.generate_private_key(65537, 2048))
    buckets: dict[str, dict[str, Stored]] = field(default_factory=dict)
    rules: dict[str, dict[str, Any]] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    asked: Counter[tuple[str, int]] = field(default_factory=Counter)
    tokens: dict[str, float] = field(default_factory=dict)
    sessions: dict[str, Any] = field(default_factory=dict)
    generation: int = 0
    released: threading.Event = field(default_factory=threading.Event)
    """What hangs ends with it."""

    def account(self) -> dict[str, str]:
        """The service account's key file."""
        pem = self.key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        return {
            "type": "service_account",
            "client_email": EMAIL,
            "private_key_id": "1",
            "private_key": pem.decode(),
            "token_uri": f"{self.url}/token",
            "project_id": "studio",
        }

    def clear(self, prefix: str = "manga") -> None:
        """As new, with the four buckets."""
        names = ("input-data", "output-images", "final-products", "temp-data")
        self.buckets = {f"{prefix}-{name}": {} for name in names}
        self.faults, self.sessions, self.rules = [], {}, {}
        self.released.set()
        self.released = threading.Event()
        self.asked = Counter()

    def fail(self, what: What, how: How, times: int = 1, **told: Any) -> None:
        self.faults.append(Fault(what, how, times, **told))

    def count(self, what: What) -> int:
        return sum(times for (kind, _), times in self.asked.items() if kind == what)

    def where(self, name: str) -> list[str]:
        """The buckets that have an object of that name."""
        return [bucket for bucket, objects in self.buckets.items() if name in objects]

    # -- requests ------------------------------------------------------------------------------------------------

    async def token(self, request: Request) -> Response:
        form = {name: values[0] for name, values in parse_qs((await request.body()).decode()).items()}
        try:
            jwt.decode(form["assertion"], self.key.public_key(), ["RS256"], audience=AUDIENCE, issuer=EMAIL)
        except (jwt.PyJWTError, KeyError):
            return JSONResponse({"error": "invalid_grant"}, 400)
        return JSONResponse({"access_token": self.new_token(), "expires_in": 3600, "token_type": "Bearer"})

    def new_token(self) -> str:
        token = uuid4().hex
        self.tokens[token] = time.time() + 3600
        return token

    async def sign(self, request: Request) -> Response:
        """IAM's signBlob."""
        if not self._known(request) or request.path_params["email"] != EMAIL:
            return error(403, "Permission 'iam.serviceAccounts.signBlob' denied")
        payload = base64.b64decode((await request.json())["payload"])
        signed = self.key.sign(payload, padding.PKCS1v15(), SHA256())
        return JSONResponse({"keyId": "1", "signedBlob": base64.b64encode(signed).decode()})

    async def upload(self, request: Request) -> Response:
        query, bucket, body = request.query_params, request.path_params["bucket"], await request.body()
        if query.get("uploadType") == "resumable":
            if request.method == "POST":
                return self._begin(request, bucket, json.loads(body))
            return self._go_on(request, body)
        found = parts(request.headers["content-type"], body)
        if query.get("uploadType") != "multipart" or found is None:
            return error(400, "Invalid upload")
        told, content_type, data = found
        return self._put(bucket, told | {"contentType": told.get("contentType", content_type)}, data, dict(query))

    def _begin(self, request: Request, bucket: str, told: dict[str, Any]) -> Response:
        if (refused := self._refused(bucket, told["name"], dict(request.query_params))) is not None:
            return refused
        told.setdefault("contentType", request.headers.get("x-upload-content-type"))
        session = uuid4().hex
        self.sessions[session] = (bucket, told, dict(request.query_params), bytearray())
        place = f"{self.url}/upload/storage/v1/b/{bucket}/o?uploadType=resumable&upload_id={session}"
        return Response(headers={"Location": place})

    def _go_on(self, request: Request, body: bytes) -> Response:
        bucket, told, query, data = self.sessions[request.query_params["upload_id"]]
        span = re.fullmatch(r"bytes (\d+)-(\d+)/(\d+|\*)", request.headers["content-range"])
        if span is None or int(span[1]) != len(data) or int(span[2]) + 1 - int(span[1]) != len(body):
            return error(400, "Invalid range")
        data += body
        if span[3] == "*" or len(data) < int(span[3]):
            return Response(status_code=308, headers={"Range": f"bytes=0-{len(data) - 1}"})
        given = re.search(r"crc32c=(\S+)", request.headers.get("x-goog-hash", ""))
        for one in (told.get("crc32c"), given[1] if given else None):
            if one not in (None, crc(bytes(data))):
                return error(400, "Provided CRC32C doesn't match calculated CRC32C.")
        return self._put(bucket, told, bytes(data), query)

    def _refused(self, bucket: str, name: str, query: dict[str, str]) -> Response | None:
        if bucket not in self.buckets:
            return error(404, "The specified bucket does not exist.")
        found, wanted = self.buckets[bucket].get(name), query.get("ifGenerationMatch")
        if wanted is not None and int(wanted) != (found.generation if found else 0):
            return error(412, "At least one of the pre-conditions you specified did not hold.")
        return None

    def _put(self, bucket: str, told: dict[str, Any], data: bytes, query: dict[str, str]) -> Response:
        if (refused := self._refused(bucket, told["name"], query)) is not None:
            return refused
        real = crc(data)
        if told.get("crc32c", real) != real:
            return error(400, f'Provided CRC32C "{told["crc32c"]}" doesn\'t match calculated CRC32C "{real}".')
        self.generation += 1
        kind = told.get("contentType") or "application/octet-stream"
        self.buckets[bucket][told["name"]] = Stored(data, kind, told.get("cacheControl"), self.generation, real)
        return JSONResponse(self.buckets[bucket][told["name"]].resource(bucket, told["name"]))

    async def item(self, request: Request) -> Response:
        bucket, name = request.path_params["bucket"], request.path_params["name"]
        if bucket not in self.buckets:
            return error(404, "The specified bucket does not exist.")
        if name not in self.buckets[bucket]:
            return error(404, f"No such object: {bucket}/{name}")
        if request.method == "DELETE":
            del self.buckets[bucket][name]
            return Response(status_code=204)
        if request.query_params.get("alt") == "media":
            return content(self.buckets[bucket][name], request.headers.get("range", ""))
        return JSONResponse(self.buckets[bucket][name].resource(bucket, name))

    async def copied(self, request: Request) -> Response:
        """With type and cache control, as Google copies."""
        told = request.path_params
        found = self.buckets.get(told["bucket"], {}).get(told["name"])
        if found is None:
            return error(404, f"No such object: {told['bucket']}/{told['name']}")
        kept = {"name": told["copy"], "contentType": found.content_type, "cacheControl": found.cache_control}
        return self._put(told["to"], kept, found.data, dict(request.query_params))

    async def listed(self, request: Request) -> Response:
        bucket, prefix = request.path_params["bucket"], request.query_params.get("prefix", "")
        if bucket not in self.buckets:
            return error(404, "The specified bucket does not exist.")
        after = request.query_params.get("pageToken", "")
        names = sorted(name for name in self.buckets[bucket] if name.startswith(prefix) and name > after)
        more = {"nextPageToken": names[PAGE - 1]} if len(names) > PAGE else {}
        items = [self.buckets[bucket][name].resource(bucket, name) for name in names[:PAGE]]
        return JSONResponse({"kind": "storage#objects", "items": items} | more)

    async def link(self, request: Request) -> Response:
        """The XML API, by signed links alone."""
        if (refused := refusal_of(request, self.key.public_key(), EMAIL)) is not None:
            return Response(f"<Error><Code>{refused[1]}</Code></Error>", refused[0], media_type="application/xml")
        bucket, name = request.path_params["bucket"], request.path_params["name"]
        if request.method == "PUT":
            told = {"name": name, "contentType": request.headers.get("content-type")}
            return self._put(bucket, told, await request.body(), {})
        found = self.buckets.get(bucket, {}).get(name)
        if found is None:
            return Response("<Error><Code>NoSuchKey</Code></Error>", 404, media_type="application/xml")
        query, answer = request.query_params, content(found, request.headers.get("range", ""))
        answer.headers["content-type"] = query.get("response-content-type", found.content_type)
        if "response-content-disposition" in query:
            answer.headers["content-disposition"] = query["response-content-disposition"]
        return answer

    def _known(self, request: Request) -> bool:
        scheme, _, token = request.headers.get("authorization", "").partition(" ")
        return scheme == "Bearer" and self.tokens.get(token, 0) > time.time()

    async def bucket(self, request: Request) -> Response:
        """A new bucket, or other rules for one."""
        told, name = await request.json(), request.path_params.get("bucket")
        wanted = name or told.get("name", "")
        if (wrong := wrong_with(wanted, told)) is not None:
            return error(400, wrong)
        if name is None and wanted in self.rules | self.buckets:
            return error(409, "Your previous request to create the named bucket succeeded and you already own it.")
        if name is not None and name not in self.buckets:
            return error(404, "The specified bucket does not exist.")
        if name is None and not request.query_params.get("project"):
            return error(400, "Required parameter: project")
        self.buckets.setdefault(wanted, {})
        self.rules[wanted] = self.rules.get(wanted, {}) | told
        return JSONResponse(self.rules[wanted])

    # -- faults --------------------------------------------------------------------------------------------------

    def _route(self, what: What, answer: Answer) -> Any:
        async def handled(request: Request) -> Response:
            kind = _kind(what, request)
            name = await named(kind, request)
            fault = next((one for one in self.faults if one.strikes(kind, name)), None)
            asked = self.asked
            response = await self._faulty(request, answer, fault, what in OPEN)
            asked[kind, response.status_code] += 1
            return response

        return handled

    async def _faulty(self, request: Request, answer: Answer, fault: Fault | None, is_open: bool) -> Response:
        if not is_open and not self._known(request):
            return error(401, "Invalid Credentials")
        if fault is not None and fault.how in ("status", "hang"):
            if fault.how == "hang":  # until whoever asked has gone
                await asyncio.to_thread(self.released.wait)
            return error(fault.status, "told to fail")
        response = await answer(request)
        if fault is None:
            return response
        if fault.how == "lost":  # it is done, and nobody is told
            return error(503, "told to fail")
        headers = {name: value for name, value in response.headers.items() if name != "content-length"}
        body = bytes(response.body)
        if fault.how == "flip" and body:
            return Response(body[:-1] + bytes([body[-1] ^ 1]), response.status_code, headers)
        return Cut(body, response.status_code, headers)

    def app(self) -> Starlette:
        objects, item = "/storage/v1/b/{bucket}/o", self._route("look", self.item)
        iam = "/v1/projects/-/serviceAccounts/{email}:signBlob"
        return Starlette(
            routes=[
                Route("/token", self._route("token", self.token), methods=["POST"]),
                Route(iam, self._route("sign", self.sign), methods=["POST"]),
                Route(f"/upload{objects}", self._route("upload", self.upload), methods=["POST", "PUT"]),
                Route(f"/download{objects}/{{name:path}}", item),
                Route(
                    f"{objects}/{{name:path}}/copyTo/b/{{to}}/o/{{copy:path}}",
                    self._route("upload", self.copied),
                    methods=["POST"],
                ),
                Route(f"{objects}/{{name:path}}", item, methods=["GET", "DELETE"]),
                Route(objects, self._route("list", self.listed)),
                Route("/storage/v1/b", self._route("bucket", self.bucket), methods=["POST"]),
                Route("/storage/v1/b/{bucket}", self._route("bucket", self.bucket), methods=["PATCH"]),
                Route("/{bucket}/{name:path}", self._route("link", self.link), methods=["GET", "HEAD", "PUT"]),
            ]
        )


def _kind(what: What, request: Request) -> What:
    if what != "look":
        return what
    if request.method == "DELETE":
        return "delete"
    return "download" if request.query_params.get("alt") == "media" else "look"
