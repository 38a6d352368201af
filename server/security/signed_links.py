"""Signs and checks what clients without a header may use: links to one object, tokens for one work's streams, links to
one book.

They are signed with keys that are derived from one secret, each for its purpose, so that none passes for another or for
a token of the API. Whoever holds one may use it until it ends, minutes later, a book's on the day that was named; no
log has them: a book's token stands behind the `#` of its address, which browsers send to nobody.
"""

import hashlib
import hmac
import os
import re
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote, unquote
from uuid import UUID, uuid4

import jwt

from editing.work_blobs import WorkBlobs
from manga.errors import Forbidden, SetupIncomplete
from server.security.identity import Principal, Role, Unauthorized
from server.security.tokens import decoded, header_of
from server.settings import LEAST_SECRET_BYTES, ServerSettings

LINKS: Final = "/v1/links/"
SECRET_FILE: Final = "link.key"
STREAM: Final = "mangaka-stream"
"""Kind, issuer and audience of tokens for streams."""
BOOK: Final = "mangaka-book"
"""The same of tokens for one book."""
_LINK = re.compile(re.escape(LINKS) + r"(\d{1,12})-([0-9a-f]{64})/([^?#]{1,1800})")


class LinkExpired(Forbidden):
    """This link has expired, or is none of ours."""

    code = "link_expired"
    default_remedy = "Ask for the file again: its own address gives a fresh link."


class BookLinkExpired(LinkExpired):
    """This link to a book has expired, or is none of ours."""

    code = "book_link_expired"
    default_remedy = "Ask whoever sent it for another."


@dataclass(frozen=True, slots=True)
class LinkSigner:
    """Paths `/v1/links/{end}-{signature}/{object name}`, each for one object of the store."""

    key: bytes = field(repr=False)
    clock: Callable[[], float] = time.time

    def sign(self, name: str, seconds: int) -> str:
        """A path that gives that object for so many seconds."""
        end = int(self.clock()) + seconds
        return f"{LINKS}{end}-{self._signature(name, end)}/{quote(name)}"

    async def link_to(self, blobs: WorkBlobs, blob: str, media_type: str, seconds: int) -> str:
        """Where anybody gets the object without a token: the store's own link, where it gives any, else a path."""
        url = await blobs.signed_url(blob, seconds, content_type=media_type)
        return url or self.sign(f"{blobs.prefix}/{blob}", seconds)

    def check(self, path: str) -> tuple[str, int]:
        """The object's name, and for how many seconds the link is good still. Raises `LinkExpired`."""
        match = _LINK.fullmatch(path)
        if match is None:
            raise LinkExpired
        name, left = unquote(match[3]), int(match[1]) - int(self.clock())
        if not hmac.compare_digest(match[2], self._signature(name, int(match[1]))) or left <= 0:
            raise LinkExpired
        return name, left

    def _signature(self, name: str, end: int) -> str:
        return hmac.new(self.key, f"{end}\n{name}".encode(), hashlib.sha256).hexdigest()


@dataclass(frozen=True, slots=True)
class StreamTokens:
    """For browsers, whose streams cannot send headers: `?token=` for the streams of one work, to look only."""

    key: bytes = field(repr=False)
    seconds: int

    def issue(self, who: Principal, work_id: UUID) -> tuple[str, int]:
        """The token, and when it ends (seconds since 1970)."""
        return _issued(self.key, STREAM, who, work_id, self.seconds)

    def check(self, token: str, work_id: UUID) -> Principal:
        """A viewer of the work's tenant. Raises `Unauthorized`, also for a token of another work."""
        if header_of(token).get("typ") != STREAM:
            raise Unauthorized("A stream takes a token for streams: POST .../stream-token gives one.")
        claims: dict[str, Any] = decoded(token, self.key, "HS256", audience=STREAM, issuer=STREAM)
        if claims.get("work") != str(work_id):
            raise Unauthorized("The token is for another work's streams.")
        return Principal(str(claims["tenant"]), str(claims["sub"]), Role.VIEWER)


@dataclass(frozen=True, slots=True)
class SharedBook:
    """What a link lets anybody read. `end` in seconds since 1970."""

    tenant: str
    work_id: UUID
    version: str
    end: int


@dataclass(frozen=True, slots=True)
class BookLinks:
    """For whoever is shown one version of one finished book, to look only. Nothing is kept of them."""

    key: bytes = field(repr=False)

    def issue(self, who: Principal, work_id: UUID, version: str, seconds: int) -> tuple[str, int]:
        """The token, and when it ends (seconds since 1970)."""
        return _issued(self.key, BOOK, who, work_id, seconds, version=version)

    def check(self, token: str) -> SharedBook:
        """Raises `BookLinkExpired`."""
        try:
            if header_of(token).get("typ") != BOOK:
                raise BookLinkExpired
            claims = decoded(token, self.key, "HS256", audience=BOOK, issuer=BOOK)
        except Unauthorized:
            raise BookLinkExpired from None
        return SharedBook(str(claims["tenant"]), UUID(claims["work"]), str(claims["version"]), int(claims["exp"]))


def _issued(key: bytes, kind: str, who: Principal, work_id: UUID, seconds: int, **more: str) -> tuple[str, int]:
    now = int(time.time())
    claims = {
        "iss": kind,
        "aud": kind,
        "sub": who.subject,
        "iat": now,
        "exp": now + seconds,
        "jti": uuid4().hex,
        "tenant": who.tenant,
        "work": str(work_id),
        **more,
    }
    return jwt.encode(claims, key, algorithm="HS256", headers={"typ": kind}), now + seconds


@dataclass(frozen=True, slots=True)
class Signing:
    """All of them, of one secret."""

    links: LinkSigner
    streams: StreamTokens
    books: BookLinks


def signing_by(settings: ServerSettings, home: Path) -> Signing:
    """With the secret that is set, else with the one under the home. Raises `SetupIncomplete`."""
    told = settings.link_secret
    secret = told.get_secret_value().encode() if told is not None else kept_secret(home)
    return Signing(
        LinkSigner(_derived(secret, "links to objects")),
        StreamTokens(_derived(secret, "tokens for streams"), settings.stream_token_seconds),
        BookLinks(_derived(secret, "links to books")),
    )


def kept_secret(home: Path) -> bytes:
    """The secret under the home, made by whoever is first; only its user reads it. Raises `SetupIncomplete`."""
    path = home / SECRET_FILE
    try:
        if not path.exists():
            _make(path)
        found = path.read_bytes().strip()
    except OSError as error:
        raise SetupIncomplete(
            f"The secret that signs links cannot be kept under {home}: {error.strerror}.",
            remedy="Set MANGA_LINK_SECRET, or MANGA_HOME to a folder that you can write.",
        ) from error
    if len(found) < LEAST_SECRET_BYTES:
        raise SetupIncomplete(f"{path} holds no secret.", remedy="Delete that file; a new one is made.")
    return found


def _make(path: Path) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{uuid4().hex}")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(secrets.token_hex(32).encode() + b"\n")
            file.flush()
            os.fsync(file.fileno())
        _publish(draft, path)
    finally:
        draft.unlink(missing_ok=True)


def _publish(draft: Path, path: Path) -> None:
    """The first of several processes wins: all read the same secret."""
    try:
        os.link(draft, path)
    except FileExistsError:
        return
    except OSError:  # a file system without hard links
        draft.replace(path)


def _derived(secret: bytes, purpose: str) -> bytes:
    return hmac.new(secret, f"mangaka: {purpose}".encode(), hashlib.sha256).digest()
