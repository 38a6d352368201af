"""Pictures of every view of the studio: `python -m tests.end_to_end.shots docs/studio` (`make studio-shots`).

Every view is taken six times, so that each language is seen in both themes and all three sizes: Japanese light on a
desk and dark on a telephone and a laptop, English the other way round. What a view is when something is missing,
wrong or away (`tests.end_to_end.spoiled`) is taken twice. A real service on servers of its own makes a book in each
language.
`--only NAME` takes the views whose name holds it; `--all` takes all twelve of each.
"""

import argparse
import base64
import os
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from itertools import product
from pathlib import Path
from typing import Any, Final

from tests.end_to_end.service_program import Api, Json, own_servers, served, until
from tests.end_to_end.spoiled import STATES, Spoiled
from tests.program import ROOT

STORIES: Final = {"ja": "examples/hoshi_no_kagi.txt", "en": "examples/the_lighthouse_cat.txt"}
LOCALES: Final = {"ja": "ja-JP", "en": "en-GB"}
SIZES: Final = {
    "desk": {"width": 1440, "height": 900},
    "laptop": {"width": 1280, "height": 720},
    "phone": {"width": 390, "height": 844},
}
SIX: Final = (
    *(("ja", "light", "desk"), ("en", "light", "phone"), ("en", "light", "laptop")),
    *(("en", "dark", "desk"), ("ja", "dark", "phone"), ("ja", "dark", "laptop")),
)
TWO: Final = (("ja", "light", "phone"), ("en", "dark", "desk"))
_ALL_SEEN: Final = """async () => {
  const seen = (each) => each.getBoundingClientRect().top < innerHeight;
  const shown = [...document.querySelectorAll("img, image")].filter(seen);
  await Promise.all(shown.map((each) => {
    const picture = new Image();
    picture.src = each.currentSrc || each.getAttribute("href") || each.src;
    return picture.decode().catch(() => undefined);
  }));
  await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
}"""
"""Pictures come after the network has been quiet for a moment, on a machine that draws something else too."""
QUALITY: Final = 48
SIGNED_OUT: Final = {"signed_in": False, "asks_for_token": True, "role": None, "tenant": None, "paid": False}


@dataclass(frozen=True, slots=True)
class Shelf:
    """Works of one language: a finished one with an edit, its last two versions, and one that waits for a review."""

    done: str
    old: str
    new: str
    asked: str


@dataclass(frozen=True, slots=True)
class View:
    """A view's name and place; `act` is what is pressed there first, `stub` answers of the service that are made up."""

    name: str
    place: str
    act: str = ""
    stub: Json | None = None


VIEWS: Final = (
    View("desk", ""),
    View("begin", "", act="story"),
    View("sign_in", "", stub=SIGNED_OUT),
    View("nowhere", "no/such/place"),
    View("making_asked", "works/{asked}"),
    View("making_done", "works/{done}"),
    View("concept", "works/{done}/concept"),
    View("characters", "works/{done}/characters"),
    View("plot", "works/{done}/plot"),
    View("storyboard", "works/{done}/storyboard"),
    View("artwork", "works/{done}/artwork"),
    View("alternatives", "works/{done}/artwork", act="alternatives"),
    View("lettering", "works/{done}/lettering"),
    View("finishing", "works/{done}/finishing"),
    View("page", "works/{done}/pages/2"),
    View("page_balloon", "works/{done}/pages/2", act="balloon"),
    View("page_panel", "works/{done}/pages/2", act="panel"),
    View("page_picture", "works/{done}/pages/2", act="picture"),
    View("lines", "works/{done}/lines"),
    View("read", "works/{done}/read/2"),
    View("versions", "works/{done}/versions"),
    View("compare", "works/{done}/compare/{old}/{new}"),
    View("exports", "works/{done}/exports"),
    View("talking", "works/{done}/talking"),
    View("debug", "works/{done}/debug"),
)


def shelf(api: Api, language: str) -> Shelf:
    """The works of a language, made now."""
    text = (ROOT / STORIES[language]).read_text(encoding="utf-8")
    asked = api.post(text, feedback_mode={"enabled": True, "on_timeout": "hold"})
    done = api.post(text)
    api.until(done, "completed", limit_s=300)
    old = _head(api, done)
    balloon = api.client.get(f"/v1/works/{done}/files/pages/002.json").json()["balloons"][0]["key"]
    panel = api.client.get(f"/v1/works/{done}/files/pages/002.json").json()["panels"][0]["key"]
    edits = [
        {"change_type": "drag_drop", "element_id": balloon, "change_data": {"scale": 1.2}},
        {"change_type": "selection", "element_id": panel, "change_data": {"take": 1}},
    ]
    assert api.client.post(f"/v1/works/{done}/feedback", json={"action": "edit", "edits": edits}).status_code == 202
    until(lambda: _head(api, done) != old, 60, "the version with the edits")
    api.until(done, "completed")
    api.until(asked, "awaiting_feedback")
    return Shelf(done, old, _head(api, done), asked)


def _head(api: Api, work: str) -> str:
    return str(api.client.get(f"/v1/works/{work}/versions?limit=1").json()["head"])


@contextmanager
def browser_with_type() -> Iterator[Any]:
    """Chromium, with a Japanese face even where the machine has none: the one that comes with the environment."""
    if find_spec("playwright") is None:
        raise SystemExit("The package playwright is not installed here: pip install playwright")
    from tests.end_to_end.browsing import CHROMIUM, FLAGS, sync_api

    if CHROMIUM is None:
        raise SystemExit("There is no Chromium: set MANGA_CHROMIUM to one.")
    with tempfile.TemporaryDirectory() as home, sync_api.sync_playwright() as playwright:
        fonts = Path(home, "fonts")
        fonts.mkdir()
        spec = find_spec("manimgx_fonts_cjk")
        for folder in (*(spec.submodule_search_locations or () if spec else ()), str(ROOT / "assets/fonts")):
            for file in (*Path(folder).rglob("*.ttc"), *Path(folder).rglob("shippori*.ttf")):
                (fonts / file.name).symlink_to(file)
        env = {**os.environ, "XDG_DATA_HOME": home}
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS), env=env)
        yield opened
        opened.close()


def window(browser: Any, url: str, language: str, theme: str, size: str) -> Any:
    """A window of somebody with such wishes."""
    context = browser.new_context(
        base_url=url, locale=LOCALES[language], color_scheme=theme, viewport=SIZES[size], reduced_motion="reduce"
    )
    context.set_default_timeout(120_000)
    return context


def taken(context: Any, view: View | Spoiled, works: Shelf, language: str) -> bytes:
    """The picture of a view, WebP."""
    page = context.new_page()
    if isinstance(view, Spoiled):
        view.routed(page)
    elif view.stub is not None:
        page.route("**/studio/session", lambda route: route.fulfill(json=view.stub))
    page.goto(f"/studio/{view.place.format(done=works.done, old=works.old, new=works.new, asked=works.asked)}")
    page.locator("h1, h2").first.wait_for(state="attached")
    page.locator(".waiting").first.wait_for(state="detached")
    _act(page, view.act, language)
    page.wait_for_load_state("networkidle")
    page.evaluate(_ALL_SEEN)
    if isinstance(view, Spoiled) and view.offline:
        view.cut_off(page)
    found = page.context.new_cdp_session(page).send("Page.captureScreenshot", {"format": "webp", "quality": QUALITY})
    page.close()
    return base64.b64decode(found["data"])


def _act(page: Any, act: str, language: str) -> None:
    if act == "story":
        page.locator(".story-box textarea").fill((ROOT / STORIES[language]).read_text(encoding="utf-8"))
        page.locator(".estimate").wait_for()
    elif act == "alternatives":
        page.locator(".piece:has(.chip) .piece-tools button").first.click()
        page.locator(".alternatives image").first.wait_for()
    elif act in ("balloon", "panel", "picture"):
        name = "g.letters.balloon" if act == "balloon" else "g.panel"
        page.locator(name).nth(1).focus()
        page.keyboard.press(" ")
        page.locator(".handle").first.wait_for()
        if act == "picture":
            page.locator(".panel-picture summary").click()
            page.locator(".fields-edited").scroll_into_view_if_needed()


def main(arguments: Sequence[str]) -> int:
    """Takes the pictures. 0: all of them are there."""
    parser = argparse.ArgumentParser(prog="studio-shots", description="Pictures of every view of the studio.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--only", default="", help="views whose name holds one of these, with commas")
    parser.add_argument("--all", action="store_true", help="all twelve of each view")
    wished = parser.parse_args(arguments)
    ways = tuple(product(LOCALES, ("light", "dark"), SIZES)) if wished.all else tuple(dict.fromkeys((*SIX, *TWO)))
    parts = wished.only.split(",")
    views = [view for view in VIEWS if any(part in view.name for part in parts)]
    wished.folder.mkdir(parents=True, exist_ok=True)
    with ExitStack() as stack:
        servers = stack.enter_context(own_servers(Path(stack.enter_context(tempfile.TemporaryDirectory()))))
        api = stack.enter_context(served(servers))
        works = {language: shelf(api, language) for language in LOCALES}
        browser = stack.enter_context(browser_with_type())
        for language, theme, size in ways:
            context = window(browser, str(api.client.base_url), language, theme, size)
            shown = views if wished.all or (language, theme, size) in SIX else ()
            spoiled = STATES if wished.all or (language, theme, size) in TWO else ()
            for view in (*shown, *(state for state in spoiled if any(part in state.name for part in parts))):
                name = f"{view.name}-{language}-{theme}-{size}.webp"
                (wished.folder / name).write_bytes(taken(context, view, works[language], language))
            context.close()
    files = sorted(wished.folder.glob("*.webp"))
    size = sum(file.stat().st_size for file in files) / 1e6
    sys.stdout.write(f"{len(files)} pictures, {size:.1f} MB, in {wished.folder}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
