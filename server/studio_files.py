"""The web studio's own files: one page, modules and styles, with what every browser needs to take them for good.

Their address holds a digest of all of them, so that they are kept for ever and a changed one is another address; the
page itself is asked for anew each time. The page names at once all that its place will need, and holds the words, so
that a view stands after two turns of questions and not after six. Nothing here is anybody's secret: the page signs in
before it shows anything.
"""

import asyncio
import hashlib
import json
import os
import re
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Annotated, Final

from fastapi import APIRouter, Depends, Header
from fastapi import Path as UrlPath
from platformdirs import user_data_dir
from starlette.requests import HTTPConnection
from starlette.responses import RedirectResponse, Response

from manga.errors import NotFound
from server.bundle_studio import FIRST, Joined, join
from server.composition import Rooms
from server.response_compression import coding_of

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
_FACE: Final = "font/woff2"
KINDS: Final[Mapping[str, str]] = {
    ".js": "text/javascript; charset=utf-8",
    ".mjs": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".json": "application/json",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
    ".woff2": _FACE,
}
SCREEN_FACE: Final = "noto-sans-jp"
"""What the files begin with that show Japanese on a machine that has no face for it: a style sheet and its slices."""
STYLE: Final = "styles.css"
"""All of `styles/` in one."""
LANGUAGES: Final = ("ja", "en")
WORDS: Final = ("frame", "problem")
"""The parts of the words that every view needs."""
_ROUTE = re.compile(r"""\["([\w/:]*)", "(views/[\w/]+\.js)"\]""")
_FOR_GOOD: Final = "public, max-age=31536000, immutable"
_ASKED_ANEW: Final = "no-cache"
_LEAST_BYTES: Final = 200
SLICE: Final = 64
"""Characters of a typeface that are sent together (`views/page_editor/faces.js` asks for them): 12 kB or less."""
_KEPT_SLICES: Final = 256
router = APIRouter(include_in_schema=False)
Accepted = Annotated[str | None, Header(alias="accept-encoding")]


@dataclass(frozen=True)
class SentFile:
    """A file as it is sent, in each coding; made small when it is first sent."""

    kind: str
    plain: bytes

    @cached_property
    def packed(self) -> Mapping[str, bytes]:
        import brotli

        if len(self.plain) < _LEAST_BYTES or self.kind == _FACE:
            return {}
        packer = zlib.compressobj(9, wbits=31)
        gzip = packer.compress(self.plain) + packer.flush()
        return {"br": bytes(brotli.compress(self.plain, quality=9)), "gzip": gzip}

    def answer(self, accepted: str | None, headers: Mapping[str, str]) -> Response:
        coding = coding_of(accepted)
        told = {"Vary": "Accept-Encoding", "Content-Type": self.kind, **headers}
        if coding is None or coding not in self.packed:
            return Response(self.plain, headers=told)
        return Response(self.packed[coding], headers=told | {"Content-Encoding": coding})


@dataclass(frozen=True)
class Shelf:
    """All files by name, and the digest of all. `missing` names the modules that set-up could not have; `template` is
    the page without what differs by place and language."""

    files: Mapping[str, SentFile]
    digest: str
    missing: tuple[str, ...]
    template: str
    routes: tuple[tuple[re.Pattern[str], str], ...] = ()
    lists: Mapping[str, Mapping[str, tuple[str, ...]]] = field(default_factory=dict)
    _pages: dict[tuple[str, str], SentFile] = field(default_factory=dict)

    def view_at(self, place: str) -> str:
        """The module of the view that an address under the studio's shows; empty for none."""
        return next((view for form, view in self.routes if form.fullmatch(place.rstrip("/"))), "")

    def page(self, place: str = "", language: str = "en") -> SentFile:
        view = self.view_at(place)
        kept = self._pages.get((view, language))
        if kept is None:
            kept = self._pages[view, language] = SentFile(
                "text/html; charset=utf-8", self._page(view, language).encode()
            )
        return kept

    def _page(self, view: str, language: str) -> str:
        needs = self.lists.get(view, {})
        sheets = [STYLE, *needs.get("sheets", ())]
        loads = [FIRST, *filter(None, [view])]
        filled = {
            "{language}": language,
            "{files}": self._address(""),
            "{sheets}": "\n".join(f'<link rel="stylesheet" href="{self._address(name)}">' for name in sheets),
            "{face}": self._face(),
            "{loads}": "\n".join(f'<link rel="modulepreload" href="{self._address(name)}">' for name in loads),
            "{words}": self._words(language, (*WORDS, *needs.get("words", ()))),
            "{missing}": ", ".join(self.missing),
        }
        return re.sub("|".join(map(re.escape, filled)), lambda mark: filled[mark[0]], self.template)

    def _face(self) -> str:
        """Fetched beside the page and used once that is there (`main.js`); nothing where set-up could not have it."""
        name = f"browser/{SCREEN_FACE}.css"
        link = f'<link id="face" rel="stylesheet" media="print" href="{self._address(name)}">'
        return link if name in self.files else ""

    def _words(self, language: str, parts: tuple[str, ...]) -> str:
        """JSON that no tag of the page ends."""
        names = {part: f"words/{language}/{part}.json" for part in parts}
        there = {part: json.loads(self.files[name].plain) for part, name in names.items() if name in self.files}
        text = json.dumps({language: there}, ensure_ascii=False, separators=(",", ":"))
        return text.replace("<", "\\u003c")

    def _address(self, name: str) -> str:
        return f"{UNDER}files/{self.digest}/{name}"


@dataclass(slots=True)
class Studio:
    """The shelf as the files are now: what somebody changes on the disk is there at the next page."""

    own: Path = OWN
    modules: tuple[Path, ...] = ()
    _shelf: Shelf | None = None
    _state: object = None
    _turn: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def shelf(self) -> Shelf:
        """Reading and comparing are done in a thread."""
        async with self._turn:
            return await asyncio.to_thread(self._looked_up)

    async def shelf_of(self, digest: str) -> Shelf:
        """For files that a page has named: the shelf of that page, without a look at the disk."""
        known = self._shelf
        return known if known is not None and known.digest == digest else await self.shelf()

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
        for folder in self.modules:
            if (folder / f"{SCREEN_FACE}.css").is_file():
                yield from ((f"browser/{part.name}", part) for part in sorted(folder.glob(f"{SCREEN_FACE}*")))
                break


def module_folders() -> tuple[Path, ...]:
    """Where set-up puts the modules: beside the fonts of the checkout, or in the user's data folder."""
    home = os.environ.get("MANGA_HOME") or user_data_dir("mangaka", appauthor=False)
    return (Path(__file__).resolve().parents[1] / "assets/browser", Path(home) / "browser")


def _filled(found: Mapping[str, Path]) -> Shelf:
    contents = {name: path.read_bytes() for name, path in found.items()}
    whole = hashlib.sha256()
    for name, content in sorted(contents.items()):
        whole.update(f"{name} {len(content)} ".encode() + content)
    page, lacking = (contents.pop(name).decode("utf-8") for name in ("index.html", "missing.html"))
    missing = tuple(name for name in MODULES.values() if f"browser/{name}" not in contents)
    joined = Joined({}, {}) if missing else _joined(contents)
    sent = {name: content for name, content in contents.items() if not name.endswith((".js", ".mjs"))}
    sent[STYLE] = b"".join(content for name, content in sent.items() if name.startswith("styles/"))
    sent |= {name: text.encode() for name, text in joined.files.items()}
    return Shelf(
        {name: SentFile(KINDS[Path(name).suffix], content) for name, content in sent.items()},
        whole.hexdigest()[:16],
        missing,
        lacking if missing else page,
        _routes(contents.get("router.js", b"").decode("utf-8")),
        joined.lists,
    )


def _joined(contents: Mapping[str, bytes]) -> Joined:
    texts = {name: content.decode("utf-8") for name, content in contents.items() if name.endswith((".js", ".mjs"))}
    return join(texts, {name: f"browser/{file}" for name, file in MODULES.items()})


def _routes(router_text: str) -> tuple[tuple[re.Pattern[str], str], ...]:
    """What the studio's router knows: forms of addresses, and the module of each one's view."""
    rows = _ROUTE.findall(router_text)
    return tuple((re.compile(re.sub(r":\w+", "[^/]+", form)), view) for form, view in rows)


def language_of(accepted: str | None) -> str:
    """The studio's language for somebody whose browser asks for these, as the studio itself chooses."""
    return "ja" if (accepted or "").strip().lower().startswith("ja") else "en"


def policy(pictures: tuple[str, ...] = ()) -> str:
    """What the page may do: its own files and this service, nothing else. `pictures` are where the
    store's links lead to."""
    return "; ".join(
        (
            "default-src 'none'",
            "script-src 'self'",
            "font-src 'self'",
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


@router.get("/", response_class=RedirectResponse)
async def front() -> RedirectResponse:
    return RedirectResponse(UNDER, 302)


@router.get(f"{UNDER}files/{{digest}}/{{name:path}}")
async def file(digest: str, name: str, studio: Here, accept_encoding: Accepted = None) -> Response:
    """One file. Under another digest (of a replica with another release) it is sent too, and not kept."""
    shelf = await studio.shelf_of(digest)
    kept = shelf.files.get(name)
    if kept is None:
        raise NotFound("The studio has no such file.", remedy="Load the page again.")
    return kept.answer(accept_encoding, {"Cache-Control": _FOR_GOOD if digest == shelf.digest else _ASKED_ANEW})


@router.get(f"{UNDER}faces/{{role}}/{{part}}")
async def face(
    role: str, part: Annotated[str, UrlPath(pattern="^[0-9a-f]{1,4}$")], accept_encoding: Accepted = None
) -> Response:
    """A slice of the typeface that a page's letters of this role are set in, for who writes on the page itself: the
    `SLICE` characters from `part` (hexadecimal) times that many on."""
    found = await asyncio.to_thread(_face_slice, role, int(part, 16))
    if found is None:
        raise NotFound("This typeface is not there.", remedy="Words are shown in another one meanwhile.")
    return found.answer(accept_encoding, {"Cache-Control": "public, max-age=86400"})


@lru_cache(maxsize=_KEPT_SLICES)
def _face_slice(role: str, part: int) -> SentFile | None:
    from drawing.lettering.fonts import FILES, faces, slice_of, standard_folders

    name = next((name for name in FILES if name == role), None)
    file = faces(standard_folders()).file(name) if name else None
    letters = range(part * SLICE, (part + 1) * SLICE)
    return SentFile("font/ttf", slice_of(file, letters)) if file else None


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
    accept_language: Annotated[str | None, Header()] = None,
    place: str = "",
) -> Response:
    """The page, for whatever place its address names: the page itself finds it."""
    shelf = await studio.shelf()
    language = language_of(accept_language)
    headers = {
        "ETag": f'"{shelf.digest}-{language}"',
        "Vary": "Accept-Encoding, Accept-Language",
        "Cache-Control": _ASKED_ANEW,
        "Content-Security-Policy": policy(places),
        "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
    }
    if if_none_match is not None and f"{shelf.digest}-{language}" in if_none_match:
        return Response(status_code=304, headers=headers)
    return shelf.page(place, language).answer(accept_encoding, headers)
