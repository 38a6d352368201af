"""What the studio costs a browser: bytes of the first load, time until the desk can be used, frames while something is
dragged or written on a full page, and while 64 pages are scrolled. Out: a line a figure, each beside its bound.

A bare page of as many bytes is loaded, and a bare page as long is scrolled, in the same run: on a machine that does
something else too, only what is dearer than they are is the studio's.

python -m benchmarks.studio_speed   (by `make bench-studio`, which brings the driver; wants Chromium)
"""

import statistics
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from itertools import pairwise
from pathlib import Path
from random import Random
from threading import Thread
from typing import Any, Final

import httpx

from benchmarks.figure import Figure
from tests.end_to_end.service_program import Api, Json, own_servers, served, until
from tests.end_to_end.shots import STORIES, browser_with_type, window
from tests.program import ROOT

RUNS: Final = 7
PANELS, BALLOONS, PAGE = 7, 12, 2
FIRST_LOAD_BYTES: Final = 80_000
USABLE_S: Final = 0.5
TIMES_BARE: Final = 8.0
FRAMES: Final = 50.0
DROPPED_MS: Final = 25.0
"""A frame that comes later than this after the one before has missed at least one turn of the screen."""
MOST_DROPPED: Final = 5.0
LONG_PAGES, LONG_STORIES = 64, 3
_HEAVY: Final = ("font", "image")
_WATCH: Final = """() => { const mine = []; window.frames_seen = mine; const look = (now) => { mine.push(now);
  if (window.frames_seen === mine) requestAnimationFrame(look); }; requestAnimationFrame(look); }"""
_SEEN: Final = "() => { const seen = window.frames_seen; window.frames_seen = null; return seen; }"


def first_load(browser: Any, url: str) -> Figure:
    """What a new browser transfers before the desk is there, without fonts and pictures."""
    context = window(browser, url, "en", "light", "desk")
    page = context.new_page()
    network = context.new_cdp_session(page)
    network.send("Network.enable")
    kinds: dict[str, str] = {}
    sizes: dict[str, float] = {}
    network.on("Network.responseReceived", lambda told: kinds.update({told["requestId"]: told["type"].lower()}))
    network.on("Network.loadingFinished", lambda told: sizes.update({told["requestId"]: told["encodedDataLength"]}))
    _desk(page)
    page.wait_for_load_state("networkidle")
    context.close()
    total = sum(size for request, size in sizes.items() if kinds.get(request) not in _HEAVY)
    return Figure("first load, transferred", total, "B", FIRST_LOAD_BYTES)


def usable(browser: Any, url: str, bare_url: str) -> list[Figure]:
    """From the order to go there until the story can be written, with nothing kept, turn by turn with the bare page."""
    spent: dict[str, list[float]] = {url: [], bare_url: []}
    for _ in range(RUNS):
        for address, times in spent.items():
            context = window(browser, address, "en", "light", "desk")
            page = context.new_page()
            _desk(page)
            times.append(page.evaluate("window.desk_ms") / 1000)
            context.close()
    ours, bare = (statistics.median(times) for times in spent.values())
    return [
        Figure(f"desk usable, cold, median of {RUNS}", ours, "s", USABLE_S),
        Figure("  a bare page of as many bytes", bare, "s"),
        Figure("  the desk in such pages", ours / bare, "", TIMES_BARE),
    ]


@contextmanager
def bare_pages(size: float) -> Iterator[str]:
    """A plain server of one page of so many bytes with the desk's box, and of one that is long: its address."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder, "studio")
        place.mkdir()
        random = Random(1)  # letters that no coding would make small
        filler = "".join(random.choice("abcdefghijklmnop") for _ in range(int(size)))
        box = '<div class="story-box"><textarea></textarea></div>'
        (place / "index.html").write_text(f"<!doctype html><title>bare</title><!--{filler}-->{box}")
        (place / "long.html").write_text('<!doctype html><title>long</title><svg width="9" height="20000"></svg>')
        server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Silent, directory=folder))
        Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield f"http://127.0.0.1:{server.server_address[1]}"
        finally:
            server.shutdown()
            server.server_close()


class _Silent(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """Nothing."""


def _desk(page: Any) -> None:
    """The moment is noted in the page, so that the driver's own time does not count."""
    page.add_init_script(
        """new MutationObserver((_, watch) => {
          if (!document.querySelector(".story-box textarea:enabled")) return;
          window.desk_ms = performance.now();
          watch.disconnect();
        }).observe(document, { childList: true, subtree: true });"""
    )
    page.goto("/studio/")
    page.locator(".story-box textarea:enabled").wait_for()


def full_page(api: Api, work: str) -> str:
    """Page 2 with as many panels and balloons as a crowded page has; answers a balloon on it that has a tail."""
    page = api.client.get(f"/v1/works/{work}/files/pages/{PAGE:03}.json").json()
    panels = [panel["key"] for panel in page["panels"]]
    edits: list[Json] = [
        {"change_type": "drag_drop", "element_id": page["key"], "change_data": {"insert_panel": {}}}
        for _ in range(PANELS - len(panels))
    ]
    spoken = [balloon["panel"] for balloon in page["balloons"]]
    for _ in range(BALLOONS - len(spoken)):
        panel = min(panels, key=spoken.count)
        spoken.append(panel)
        edits.append(_line(panel))
    _carried_out(api, work, edits)
    return str(next(balloon["key"] for balloon in page["balloons"] if balloon["tail_tip"]))


def _line(panel: str) -> Json:
    return {"change_type": "text_edit", "element_id": panel, "change_data": {"insert_line": {"text": "うん。"}}}


def _carried_out(api: Api, work: str, edits: Sequence[Json]) -> None:
    head = api.client.get(f"/v1/works/{work}/versions?limit=1").json()["head"]
    answer = api.client.post(f"/v1/works/{work}/feedback", json={"action": "edit", "edits": list(edits)})
    if answer.status_code != 202:
        raise SystemExit(answer.text)
    until(lambda: api.client.get(f"/v1/works/{work}/versions?limit=1").json()["head"] != head, 60, "the full page")
    api.until(work, "completed")


def frames(page: Any, act: Callable[[], None]) -> list[float]:
    """Milliseconds between the frames that were drawn while something was done."""
    page.evaluate(_WATCH)
    act()
    seen = page.evaluate(_SEEN)
    return [later - sooner for sooner, later in pairwise(seen)]


def smooth(name: str, gaps: Sequence[float]) -> list[Figure]:
    """Frames a second over all, and by the slowest frame of a hundred."""
    ordered = sorted(gaps)
    slowest = ordered[int(0.99 * (len(ordered) - 1))]
    return [
        Figure(f"{name}, frames a second", 1000 * len(gaps) / sum(gaps), "/s", least=FRAMES),
        Figure(f"{name}, slowest frame of 100", slowest, "ms", 50.0),
    ]


def on_a_full_page(browser: Any, url: str, work: str, speaking: str) -> list[Figure]:
    """A balloon (`speaking`: one with a tail), its tail and a border dragged, and words written in place."""
    context = window(browser, url, "ja", "light", "desk")
    page = context.new_page()
    page.goto(f"/studio/works/{work}/pages/{PAGE}")
    page.locator("g.letters.balloon").nth(BALLOONS - 1).wait_for(state="attached")
    count = (page.locator("g.panel").count(), page.locator("g.letters.balloon").count())
    if count != (PANELS, BALLOONS):
        raise SystemExit(f"The page has {count[0]} panels and {count[1]} balloons.")
    page.locator(f'g.letters[data-key="{speaking}"]').focus()
    page.keyboard.press(" ")
    found = smooth("balloon dragged", frames(page, lambda: _dragged(page, "g.letters.chosen .hit")))
    found += smooth("tail dragged", frames(page, lambda: _dragged(page, ".handle.tail .knob")))
    page.locator("g.panel").nth(1).focus()
    page.keyboard.press("Enter")
    found += smooth("border dragged", frames(page, lambda: _dragged(page, ".handle.border .knob")))
    page.locator("g.letters.balloon").first.focus()
    page.keyboard.press("Enter")
    found += smooth("words written", frames(page, lambda: page.keyboard.type("いろはにほへと" * 12, delay=12)))
    context.close()
    return found


def _dragged(page: Any, handle: str) -> None:
    """Two seconds of a hand that goes to and fro, and lets go of it by Escape: nothing is changed."""
    box = page.locator(handle).first.bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    for i in range(120):
        page.mouse.move(x + 60 * ((i % 40) / 20 - 1), y + 40 * ((i % 24) / 12 - 1))
    page.keyboard.press("Escape")
    page.mouse.up()


_SCROLL: Final = """async ([box, px, most]) => {
  const it = box ? document.querySelector(box) : document.scrollingElement;
  const seen = [];
  await new Promise((done) => {
    const step = (now) => {
      seen.push(now);
      const before = it.scrollTop;
      it.scrollTop += px;
      if (it.scrollTop === before || seen.length > most) done();
      else requestAnimationFrame(step);
    };
    requestAnimationFrame(step);
  });
  return seen;
}"""
_SCROLLED: Final = (
    ("storyboard", ".spread-page", ""),
    ("artwork", ".piece", ""),
    ("read/1", ".stage.strip .leaf", ".stage"),
)
_STRIP: Final = """localStorage.setItem("mangaka.reader", '{"way": "strip"}')"""


def scrolled(browser: Any, url: str, work: str, bare_url: str) -> list[Figure]:
    """A long work from its first page on, a sixth of a window a frame, as a hand that turns the wheel fast."""
    found: list[Figure] = []
    for address, name, sign, box in (
        *((f"{url}/studio/works/{work}/{place}", place, sign, box) for place, sign, box in _SCROLLED),
        (f"{bare_url}/studio/long.html", "  a bare page as long", "svg", ""),
    ):
        context = window(browser, url, "ja", "light", "desk")
        context.add_init_script(_STRIP)
        page = context.new_page()
        page.goto(address)
        page.locator(sign).first.wait_for()
        page.wait_for_load_state("networkidle")
        gaps = [later - sooner for sooner, later in pairwise(page.evaluate(_SCROLL, [box, 140, 240]))]
        bounds = name in {place for place, *_ in _SCROLLED}
        late = 100 * sum(gap > DROPPED_MS for gap in gaps) / len(gaps)
        rate = 1000 * len(gaps) / sum(gaps)
        found.append(Figure(f"{name} scrolled, frames a second", rate, "/s", least=FRAMES if bounds else None))
        found.append(Figure(f"{name} scrolled, frames late", late, "%", MOST_DROPPED if bounds else None))
        context.close()
    return found


def long_work(api: Api) -> str:
    """A work of as many pages as there may be: the story told several times."""
    text = "\n\n".join([(ROOT / STORIES["ja"]).read_text(encoding="utf-8")] * LONG_STORIES)
    work = api.post(text, settings={"pages": LONG_PAGES})

    def there() -> bool:
        with suppress(httpx.TransportError):  # on a busy machine the service may close a connection that waited
            return bool(api.read(work)["status"] == "completed")
        return False

    until(there, 900, "the long work", every_s=1.0)
    return work


def main() -> int:
    """Prints the figures as they come; 1 when one is out of bounds."""
    found: list[Figure] = []

    def tell(*figures: Figure) -> None:
        found.extend(figures)
        sys.stdout.writelines(f"{figure}\n" for figure in figures)
        sys.stdout.flush()

    with ExitStack() as stack:
        servers = stack.enter_context(own_servers(Path(stack.enter_context(tempfile.TemporaryDirectory()))))
        api = stack.enter_context(served(servers))
        work = api.post((ROOT / STORIES["ja"]).read_text(encoding="utf-8"))
        api.until(work, "completed", limit_s=300)
        speaking = full_page(api, work)
        browser = stack.enter_context(browser_with_type())
        url = str(api.client.base_url).rstrip("/")
        tell(first := first_load(browser, url))
        bare = stack.enter_context(bare_pages(first.value))
        tell(*usable(browser, url, bare))
        tell(*on_a_full_page(browser, url, work, speaking))
        tell(*scrolled(browser, url, long_work(api), bare))
    return 0 if all(figure.ok for figure in found) else 1


if __name__ == "__main__":
    sys.exit(main())
