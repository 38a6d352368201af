"""The web studio's own files: sent small and kept for good, run by a strict policy, the same words in both languages;
and who comes in by its cookie."""

import asyncio
import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import brotli
import httpx
import pytest

from bootstrap.assets import MODULES as FETCHED
from drawing.lettering.fonts import Typeface, faces, standard_folders
from server.bundle_studio import read
from server.security.identity import SESSION_COOKIE, Role
from server.studio_files import MODULES, OWN, UNDER, Shelf, Studio, module_folders, policy
from tests.server.locked import STUDIO, person
from tests.server.stories import FOX
from tests.service import Service

pytestmark = pytest.mark.anyio
FIRST_LOAD_BYTES = 80_000
SCRIPTS = sorted(path for path in OWN.rglob("*.js"))
_IMPORTED = re.compile(r"""(?:from\s+|import\s+|import\()["']([^"']+)["']""")
_LOADED = re.compile(r"""["'](views/[\w/]+\.(?:js|css))["']""")
_SAID = re.compile(r"""\bt\(["']([a-z_]+\.[A-Za-z0-9_.]+)["']""")


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    """As it is after a set-up that had every module."""
    return asyncio.run(Studio(modules=(fetched(tmp_path),)).shelf())


def fetched(folder: Path) -> Path:
    """Modules that give what the studio's own take of them."""
    named = {name: f"browser/{file}" for name, file in MODULES.items()}
    taken: dict[str, set[str]] = {file: set() for file in named.values()}
    for script in SCRIPTS:
        for file, names in read(script.relative_to(OWN).as_posix(), script.read_text("utf-8"), named).needs.items():
            taken.get(file, set()).update(names)
    for file, wanted in taken.items():
        lines = [f"export const {name} = 1;" for name in sorted(wanted)]
        (folder / file.removeprefix("browser/")).write_text("\n".join(lines) + "\n" * 40)
    return folder


@pytest.fixture
def nobody(locked: Service) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=locked.url, timeout=20) as client:
        yield client


# --- files


def test_the_front_door_leads_to_the_studio_which_is_a_page_for_every_place(nobody: httpx.Client) -> None:
    assert nobody.get("/").headers["location"] == UNDER
    for place in ("/studio", "/studio/", "/studio/works/x/storyboard", "/studio/no/such/place"):
        page = nobody.get(place)
        assert page.status_code == 200, place
        assert page.headers["content-type"].startswith("text/html")
        assert page.headers["cache-control"] == "no-cache"
    again = nobody.get(UNDER, headers={"If-None-Match": page.headers["etag"]})
    assert again.status_code == 304
    assert not again.content


def test_the_page_runs_nothing_but_its_own_files(nobody: httpx.Client, shelf: Shelf) -> None:
    rules = dict(part.strip().partition(" ")[::2] for part in policy().split(";"))
    assert rules["default-src"] == "'none'"
    assert rules["script-src"] == "'self'"
    assert rules["connect-src"] == rules["style-src"] == "'self'"
    assert rules["frame-ancestors"] == rules["base-uri"] == rules["form-action"] == "'none'"
    assert not any(word in policy() for word in ("unsafe", "*", "http"))
    page = shelf.page().plain.decode()
    inline = re.findall(r"<script(?![^>]*src=)[^>]*>", page)
    assert inline == ['<script type="application/json" id="words">']  # nothing that runs
    assert not re.search(r"\son\w+=|style=|javascript:", page)
    assert nobody.get(UNDER).headers["content-security-policy"].startswith("default-src 'none'; script-src 'self'")


def test_pictures_alone_may_come_from_the_stores_own_addresses() -> None:
    places = ("https://storage.googleapis.com/our-comics-output-images/", "https://cdn.example/")
    rules = dict(part.strip().partition(" ")[::2] for part in policy(places).split(";"))
    assert rules.pop("img-src") == f"'self' blob: data: {' '.join(places)}"
    assert not any("http" in rule for rule in rules.values())


def test_files_are_kept_for_good_under_their_digest_and_only_there(nobody: httpx.Client) -> None:
    found = re.search(r'href="(/studio/files/([0-9a-f]{16})/)', nobody.get(UNDER).text)
    assert found
    kept = nobody.get(f"{found[1]}styles/1-tokens.css")
    assert kept.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert kept.headers["content-type"] == "text/css; charset=utf-8"
    assert kept.headers["x-content-type-options"] == "nosniff"
    other = nobody.get(kept.url.path.replace(found[2], "0" * 16))
    assert other.headers["cache-control"] == "no-cache"
    for name in ("../app.py", "..%2fapp.py", "missing", "browser/../../settings.py", "%2e%2e/app.py"):
        assert nobody.get(f"{found[1]}{name}").status_code in (200, 404)
        assert b"def create_app" not in nobody.get(f"{found[1]}{name}").content


def test_files_are_sent_in_the_coding_that_a_browser_takes(nobody: httpx.Client) -> None:
    found = re.search(r'href="(/studio/files/[0-9a-f]{16}/)', nobody.get(UNDER).text)
    assert found
    address = f"{found[1]}first.js"
    plain = nobody.get(address, headers={"Accept-Encoding": "identity"})
    assert "content-encoding" not in plain.headers
    for coding in ("br", "gzip"):
        packed = nobody.get(address, headers={"Accept-Encoding": coding})
        assert packed.headers["content-encoding"] == coding
        assert "Accept-Encoding" in packed.headers["vary"]
        assert packed.content == plain.content


def test_a_typeface_is_sent_in_slices_of_the_letters_that_are_written(nobody: httpx.Client, tmp_path: Path) -> None:
    assert nobody.get(f"{UNDER}faces/gothic/41").status_code == 404
    assert nobody.get(f"{UNDER}faces/antique/zz").status_code == 422
    if "antique" in faces(standard_folders()).absent:
        return
    answer = nobody.get(f"{UNDER}faces/antique/{ord('ー') >> 6:x}")
    assert int(answer.headers["content-length"]) < 20_000
    (tmp_path / "slice.ttf").write_bytes(answer.content)
    kana = Typeface.of(tmp_path / "slice.ttf")
    assert (kana.has("ー"), kana.has("か"), kana.has("漢")) == (True, False, False)
    upright, level = (kana.shape("ー", vertical=vertical)[0].glyph for vertical in (True, False))
    assert upright != level  # a long sound stands upright in columns


async def test_without_the_modules_the_page_says_what_is_missing_and_how_to_get_it(tmp_path: Path) -> None:
    found = await Studio(modules=(tmp_path,)).shelf()
    page = found.page().plain.decode()
    assert set(found.missing) == set(MODULES.values())
    assert "preact.mjs" in page
    assert "make setup" in page
    assert "first.js" not in page


async def test_japanese_is_shown_by_slices_of_a_face_that_the_page_names_where_set_up_had_it(
    tmp_path: Path, shelf: Shelf
) -> None:
    assert 'id="face"' not in shelf.page().plain.decode()
    (tmp_path / "noto-sans-jp.css").write_text("@font-face {}")
    (tmp_path / "noto-sans-jp-7.woff2").write_bytes(b"slice" * 100)
    faced = await Studio(modules=(tmp_path,)).shelf()
    assert re.search(r'<link id="face"[^>]* href="[^"]*/browser/noto-sans-jp.css">', faced.page().plain.decode())
    assert faced.files["browser/noto-sans-jp-7.woff2"].packed == {}  # it is small already
    assert "font-src 'self'" in policy()


async def test_a_changed_file_is_another_address_at_the_next_page(tmp_path: Path) -> None:
    own = tmp_path / "studio"
    own.mkdir()
    for name in ("index.html", "missing.html", "main.js"):
        (own / name).write_text("{files}{loads}{sheets}{words}{missing}")
    studio = Studio(own=own)
    first = (await studio.shelf()).digest
    assert (await studio.shelf()).digest == first
    (own / "main.js").write_text("export {};")
    assert (await studio.shelf_of(first)).digest == first  # what that page names is asked for without a look
    assert (await studio.shelf()).digest != first


def test_the_page_names_what_its_place_needs_and_holds_the_words_in_the_language_asked_for(shelf: Shelf) -> None:
    desk, board = (shelf.page(place, "ja").plain.decode() for place in ("", "works/x/storyboard"))
    assert [
        name
        for name in ("first.js", "views/desk.js")
        if f'modulepreload" href="{UNDER}files/{shelf.digest}/{name}"' in desk
    ]
    assert "views/phases/storyboard.js" in board
    assert "views/phases/phases.css" in board
    assert "views/desk.css" not in board
    given = re.search(r'id="words">(.*?)</script>', board)
    assert given
    assert set(json.loads(given[1])["ja"]) == {"frame", "problem", *shelf.lists["views/phases/storyboard.js"]["words"]}
    assert '<html lang="en">' in shelf.page("", "en").plain.decode()


def test_words_end_no_tag_of_the_page(tmp_path: Path, shelf: Shelf) -> None:
    assert "<" not in shelf._words("ja", ("desk",))
    assert "</script><" in re.sub(r"\s", "", shelf.page("", "ja").plain.decode())


async def test_the_first_load_is_small() -> None:
    shelf = await Studio(modules=module_folders()).shelf()
    assert not shelf.missing, "set-up could not have the studio's modules: `make setup` tries again"
    first = ("first.js", "views/desk.js", "styles.css", "views/desk.css", "icon.svg")
    sent = sum(len(shelf.files[name].packed.get("br", shelf.files[name].plain)) for name in first)
    assert sent + len(shelf.page("", "ja").packed["br"]) < FIRST_LOAD_BYTES
    assert brotli.decompress(shelf.files["first.js"].packed["br"]) == shelf.files["first.js"].plain


# --- modules and words


def test_the_modules_that_set_up_copies_are_those_that_the_page_names() -> None:
    assert set(MODULES.values()) == set(FETCHED)


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.relative_to(OWN).as_posix())
def test_everything_that_a_module_imports_is_there(script: Path) -> None:
    text = script.read_text(encoding="utf-8")
    for name in _IMPORTED.findall(text):
        assert name in MODULES if not name.startswith(".") else (script.parent / name).resolve().is_file(), name
    for name in _LOADED.findall(text):
        assert (OWN / name).is_file(), name


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.relative_to(OWN).as_posix())
def test_no_module_takes_markup_from_a_string(script: Path) -> None:
    text = script.read_text(encoding="utf-8")
    for way in ("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "new Function", "srcdoc"):
        assert way not in text, way
    assert "http://" not in text.replace("http://www.w3.org/", "")
    assert "https://" not in text


def test_every_view_that_the_router_knows_is_a_file_of_its_own(shelf: Shelf) -> None:
    late = {"views/nowhere.js", "views/sign_in.js", "views/talk/dock.js", "views/page_editor/panel_picture.js"}
    views = {view for _, view in shelf.routes} | late
    assert len(shelf.routes) > 15
    assert views == {name for name in shelf.files if name.startswith("views/") and name.endswith(".js")}


def words(language: str) -> dict[str, dict[str, str]]:
    folder = OWN / "words" / language
    return {file.stem: json.loads(file.read_text(encoding="utf-8")) for file in folder.glob("*.json")}


def test_both_languages_have_the_same_words_with_the_same_places() -> None:
    ja, en = words("ja"), words("en")
    assert {part: set(keys) for part, keys in ja.items()} == {part: set(keys) for part, keys in en.items()}
    places = re.compile(r"\{(\w+)\}")
    for part, texts in ja.items():
        for key, text in texts.items():
            assert text.strip()
            assert en[part][key].strip()
            assert set(places.findall(text)) == set(places.findall(en[part][key])), f"{part}.{key}"


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.relative_to(OWN).as_posix())
def test_every_text_that_a_module_says_is_in_the_words(script: Path) -> None:
    there = {f"{part}.{key}" for part, texts in words("en").items() for key in texts}
    assert set(_SAID.findall(script.read_text(encoding="utf-8"))) - there == set()


# --- who comes in


@contextmanager
def signed_in(locked: Service, role: Role) -> Iterator[httpx.Client]:
    with person(locked, role) as known:
        token = known.headers["authorization"].removeprefix("Bearer ")
    with httpx.Client(base_url=locked.url, timeout=20) as client:
        answer = client.post("/studio/session", json={"token": token})
        assert answer.status_code == 200
        cookie = answer.headers["set-cookie"].lower()
        assert all(part in cookie for part in ("httponly", "samesite=strict", "path=/"))
        assert answer.json()["role"] == role.name.lower()
        assert token not in answer.text
        yield client


def test_the_studio_asks_for_a_token_where_there_are_keys(nobody: httpx.Client) -> None:
    assert nobody.get("/studio/session").json()["asks_for_token"] is True
    refused = nobody.post("/studio/session", json={"token": "not.a.token"})
    assert refused.status_code == 401
    assert "set-cookie" not in refused.headers
    assert nobody.get("/v1/works").status_code == 401


def test_a_cookie_opens_what_its_token_opens_until_somebody_signs_out(locked: Service) -> None:
    own = {"Origin": locked.url, "Sec-Fetch-Site": "same-origin"}
    with signed_in(locked, Role.EDITOR) as editor:
        assert editor.get("/v1/works").status_code == 200
        assert editor.get("/studio/session").json()["signed_in"] is True
        assert editor.post("/v1/works/estimate", json={"text": FOX}, headers=own).status_code == 200
        assert editor.get("/v1/usage").status_code == 403
        assert editor.delete("/studio/session", headers=own).status_code == 204
        assert SESSION_COOKIE not in editor.cookies
        assert editor.get("/v1/works").status_code == 401


def test_a_viewer_looks_and_changes_nothing(locked: Service) -> None:
    with signed_in(locked, Role.VIEWER) as viewer:
        assert viewer.get("/v1/works").status_code == 200
        answer = viewer.post("/v1/works", json={"text": FOX}, headers={"Origin": locked.url})
        assert (answer.status_code, answer.json()["code"]) == (403, "forbidden")


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Origin": "https://elsewhere.example"},
        {"Origin": STUDIO},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "cross-site"},
    ],
    ids=str,
)
def test_another_page_changes_nothing_with_the_cookie(locked: Service, headers: dict[str, str]) -> None:
    with signed_in(locked, Role.ADMIN) as admin:
        assert admin.post("/v1/works/estimate", json={"text": FOX}, headers=headers).status_code == 403


def test_without_keys_nobody_is_asked(service: Service) -> None:
    with service.client() as client:
        told = client.get("/studio/session").json()
    assert told["signed_in"] is True
    assert told["asks_for_token"] is False
    assert told["role"] == "admin"


def test_signs_are_of_one_sprite_and_no_script_writes_one_as_a_letter() -> None:
    page = (OWN / "index.html").read_text(encoding="utf-8")
    scripts = {path: path.read_text(encoding="utf-8") for path in OWN.rglob("*.js") if path.name != "keys.js"}
    named = {
        name
        for text in scripts.values()
        for name in re.findall(r"(?:Icon\}|IconButton\}[^>]*?) (?:icon|name)=\"(\w+)\"", text)
    }
    assert len(named) > 8
    assert {name for name in named if f'id="icon-{name}"' not in page} == set()
    letters = re.compile("[\u2190-\u21ff\u25a0-\u25ff\u2600-\u27bf\uff0b\u00d7\U0001f300-\U0001faff]")
    assert {path.name: found for path, text in scripts.items() if (found := letters.findall(text))} == {}
