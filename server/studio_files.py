"""The web studio's own files: one page, modules and styles, with what every browser needs to take them for good.

Their address holds a digest of all of them, so that they are kept for ever and a changed one is another address; the
page itself is asked for anew each time. Nothing here is anybody's secret: the page signs in before it shows anything.
"""

import asyncio
import base64
import hashlib
import json
import os
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Final

from fastapi import APIRouter, Depends, Header
from platformdirs import user_data_dir
from starlette.requests import HTTPConnection
from starlette.responses import RedirectResponse, Response

from manga.errors import NotFound
from server.packing import coding_of
from server.rooms import Rooms

OWN: Final = Path(__file__).with_name("studio")
EXAMPLES: Final = OWN.parents[1] / "examples"
"""Stories to try it with, where they are there."""
ADDRESS: Final = "/studio"
UNDER: Final = f"{ADDRESS}/"
MODULES: Final[Mapping[str, str]] = {
    "preact": "preact.mjs",
    "preact/hooks": "hooks.mjs",
    "@preact/signals-core": "signals-core.mjs",
    "@preact/signals": "signals.mjs",
    "htm": "htm.mjs",
    "htm/preact": "htm-preact.mjs",
}
"""Names that the studio's modules import, and the files that set-up puts there."""
KINDS: Final[Mapping[str, str]] = {
    ".js": "text/javascript; charset=utf-8",
    ".mjs": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".json": "application/json",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
}
FIRST: Final = (
    "main.js",
    "router.js",
    "api.js",
    "i18n.js",
    "ui.js",
    "session.js",
    "frame.js",
    "notices.js",
    "kept.js",
    "late.js",
    "work.js",
)
"""Modules that the page needs before it shows anything: it names them, so that they come at the same time."""
_FOR_GOOD: Final = "public, max-age=31536000, immutable"
_ASKED_ANEW: Final = "no-cache"
_LEAST_BYTES: Final = 200
router = APIRouter(include_in_schema=False)


@dataclass(frozen=True, slots=True)
class Kept:
    """A file as it is sent, in each coding."""

    kind: str
    plain: bytes
    packed: Mapping[str, bytes]

    def answer(self, accepted: str | None, headers: Mapping[str, str]) -> Response:
        coding = coding_of(accepted)
        told = {"Vary": "Accept-Encoding", "Content-Type": self.kind, **headers}
        if coding is None or coding not in self.packed:
            return Response(self.plain, headers=told)
        return Response(self.packed[coding], headers=told | {"Content-Encoding": coding})


@dataclass(frozen=True, slots=True)
class Shelf:
    """All files by name, and the digest of all. `missing` names the modules that set-up could not have."""

    files: Mapping[str, Kept]
    digest: str
    missing: tuple[str, ...]
    page: Kept
    script_hash: str


@dataclass(slots=True)
class Studio:
    """The shelf as the files are now: what somebody changes on the disk is there at the next look."""

    own: Path = OWN
    modules: tuple[Path, ...] = ()
    _shelf: Shelf | None = None
    _state: object = None
    _turn: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def shelf(self) -> Shelf:
        """Reading, packing and comparing are done in a thread."""
        async with self._turn:
            return await asyncio.to_thread(self._looked_up)

    def _looked_up(self) -> Shelf:
        found = dict(self._found())
        state = [(name, path.stat().st_mtime_ns, path.stat().st_size) for name, path in sorted(found.items())]
        if self._shelf is None or state != self._state:
            self._shelf, self._state = _filled(found), state
        return self._shelf

    def _found(self) -> Iterator[tuple[str, Path]]:
        for path in sorted(EXAMPLES.glob("*.txt")):
            yield f"examples/{path.name}", path
        for path in sorted(self.own.rglob("*")):
            if path.suffix in KINDS or path.suffix == ".html":
                yield path.relative_to(self.own).as_posix(), path
        for name in MODULES.values():
            for folder in self.modules:
                if (folder / name).is_file():
                    yield f"browser/{name}", folder / name
                    break


def module_folders() -> tuple[Path, ...]:
    """Where set-up puts the modules: beside the fonts of the checkout, or in the user's data folder."""
    home = os.environ.get("MANGA_HOME") or user_data_dir("mangaka", appauthor=False)
    return (Path(__file__).resolve().parents[1] / "assets/browser", Path(home) / "browser")


def _filled(found: Mapping[str, Path]) -> Shelf:
    contents = {name: path.read_bytes() for name, path in found.items()}
    page, lacking = (contents.pop(name).decode("utf-8") for name in ("index.html", "missing.html"))
    whole = hashlib.sha256(page.encode() + lacking.encode())
    for name, content in contents.items():
        whole.update(f"{name} {len(content)} ".encode() + content)
    digest = whole.hexdigest()[:16]
    missing = tuple(name for name in MODULES.values() if f"browser/{name}" not in contents)
    page = lacking if missing else page
    script = json.dumps({"imports": {name: _address(digest, f"browser/{file}") for name, file in MODULES.items()}})
    first = [*(f"browser/{file}" for file in MODULES.values()), *(name for name in FIRST if name in contents)]
    loads = "\n".join(f'<link rel="modulepreload" href="{_address(digest, name)}">' for name in first)
    styles = [name for name in contents if name.startswith("styles/")]
    sheets = "\n".join(f'<link rel="stylesheet" href="{_address(digest, name)}">' for name in styles)
    for mark, text in (("{files}", _address(digest, "")), ("{imports}", script), ("{sheets}", sheets)):
        page = page.replace(mark, text)
    page = page.replace("{loads}", loads).replace("{missing}", ", ".join(missing))
    return Shelf(
        {name: _kept(content, KINDS[Path(name).suffix]) for name, content in contents.items()},
        digest,
        missing,
        _kept(page.encode(), "text/html; charset=utf-8"),
        base64.b64encode(hashlib.sha256(script.encode()).digest()).decode(),
    )


def _address(digest: str, name: str) -> str:
    return f"{UNDER}files/{digest}/{name}"


def _kept(content: bytes, kind: str) -> Kept:
    import brotli

    if len(content) < _LEAST_BYTES:
        return Kept(kind, content, {})
    packer = zlib.compressobj(9, wbits=31)
    gzip = packer.compress(content) + packer.flush()
    return Kept(kind, content, {"br": bytes(brotli.compress(content, quality=9)), "gzip": gzip})


def policy(shelf: Shelf, pictures: tuple[str, ...] = ()) -> str:
    """What the page may do: its own files and this service, nothing else. `pictures` are where the
    store's links lead to."""
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src 'self' 'sha256-{shelf.script_hash}'",
            "style-src 'self'",
            " ".join(("img-src 'self' blob: data:", *pictures)),
            "connect-src 'self'",
            "frame-ancestors 'none'",
            "base-uri 'none'",
            "form-action 'none'",
            "require-trusted-types-for 'script'",
            "trusted-types 'none'",
        )
    )


async def here(connection: HTTPConnection) -> Studio:
    """For routes: the studio of this service."""
    found: Studio = connection.app.state.studio
    return found


Here = Annotated[Studio, Depends(here)]
Accepted = Annotated[str | None, Header(alias="accept-encoding")]


@router.get("/", response_class=RedirectResponse)
async def front() -> RedirectResponse:
    return RedirectResponse(UNDER, 302)


@router.get(f"{UNDER}files/{{digest}}/{{name:path}}")
async def file(digest: str, name: str, studio: Here, accept_encoding: Accepted = None) -> Response:
    """One file. Under another digest (of a replica with another release) it is sent too, and not kept."""
    shelf = await studio.shelf()
    kept = shelf.files.get(name)
    if kept is None:
        raise NotFound("The studio has no such file.", remedy="Load the page again.")
    return kept.answer(accept_encoding, {"Cache-Control": _FOR_GOOD if digest == shelf.digest else _ASKED_ANEW})


async def picture_places(connection: HTTPConnection) -> tuple[str, ...]:
    """Where the store's links to pictures lead to; nowhere before there are rooms."""
    rooms: Rooms | None = connection.app.state.rooms
    return rooms.house.runner.blobs.link_places if rooms is not None else ()


Places = Annotated[tuple[str, ...], Depends(picture_places)]


@router.get(ADDRESS)
@router.get(f"{UNDER}{{place:path}}")
async def page(
    studio: Here,
    places: Places,
    accept_encoding: Accepted = None,
    if_none_match: Annotated[str | None, Header()] = None,
) -> Response:
    """The page, for whatever place its address names: the page itself finds it."""
    shelf = await studio.shelf()
    headers = {
        "ETag": f'"{shelf.digest}"',
        "Cache-Control": _ASKED_ANEW,
        "Content-Security-Policy": policy(shelf, places),
        "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
    }
    if if_none_match is not None and shelf.digest in if_none_match:
        return Response(status_code=304, headers=headers)
    return shelf.page.answer(accept_encoding, headers)
