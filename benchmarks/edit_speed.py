"""How soon a person sees the page that they have changed by hand: alone in a short and a long book, and while another
book is made. Out: a line a figure, beside what one page took when the book was made, in the same run.

python -m benchmarks.edit_speed [--pages 8 64] [--edits 3]
"""

import argparse
import json
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from benchmarks.figure import Figure
from tests.end_to_end.service_program import Api, Json, own_servers, served, until
from tests.program import ROOT

STORY: Final = ROOT / "examples/hoshi_no_kagi.txt"
PATIENCE_S: Final = 900.0
WANTED_S: Final = {8: 2.0, 64: 2.5}
BESIDE_S: Final = 4.0
SHORT: Final = 8
BUSY: Final = ("artwork", "lettering")


@dataclass(frozen=True, slots=True)
class Seen:
    """Seconds from the edit until its page was there, and until the book was whole again."""

    page: float
    book: float


def main(arguments: Sequence[str]) -> int:
    asked = argparse.ArgumentParser(prog="python -m benchmarks.edit_speed", description=__doc__)
    asked.add_argument("--pages", type=int, nargs="*", default=[8, 64])
    asked.add_argument("--edits", type=int, default=3)
    given = asked.parse_args(arguments)
    figures: list[Figure] = []
    with tempfile.TemporaryDirectory() as folder, own_servers(Path(folder)) as servers, served(servers) as api:
        works = {pages: _made(api, pages) for pages in given.pages}
        for pages, work in works.items():
            figures += _told(f"{pages} pages", _edited(api, work, given.edits), _a_page(api, work), WANTED_S.get(pages))
            print(*figures[-2:], sep="\n", flush=True)
        least = min(works)
        other = api.post(_story(max(works)), settings={"pages": max(works), "seed": 7})
        until(lambda: (api.read(other)["progress"] or {}).get("phase") in BUSY, PATIENCE_S, "pictures")
        seen = _edited(api, works[least], given.edits)
        busy = api.read(other)["status"] == "processing"
        name = f"{least} pages beside a book of {max(works)}"
        figures += _told(name, seen, _a_page(api, works[least]), BESIDE_S)
        figures.append(Figure(f"{name}: it was still being made after the last edit", busy, "", least=1))
        print(*figures[-3:], sep="\n", flush=True)
        api.client.post(f"/v1/works/{other}/cancel")
    return 0 if all(figure.ok for figure in figures) else 1


def _story(pages: int) -> str:
    text = STORY.read_text(encoding="utf-8")
    return text * max(1, round(pages / SHORT))


def _made(api: Api, pages: int) -> str:
    work = api.post(_story(pages), settings={"pages": pages})
    api.until(work, "completed", limit_s=PATIENCE_S)
    return work


def _a_page(api: Api, work: str) -> float:
    """Seconds that a page took when the book was made: its letters and its drawing."""
    found = api.read(work)
    counters = found["counters"]
    made = counters["ms_lettering"] + counters["ms_finishing"]
    return float(made) / 1000 / max(1, len(found["pages"]))


def _edited(api: Api, work: str, edits: int) -> list[Seen]:
    """A balloon of a page in the middle is moved, again and again."""
    pages = [page["number"] for page in api.read(work)["pages"] if page["number"] > 0]
    order = sorted(pages, key=lambda number: abs(number - pages[len(pages) // 2]))
    graphs = ((n, api.client.get(f"/v1/works/{work}/files/pages/{n:03}.json").json()) for n in order)
    number, key = next((n, graph["balloons"][0]["key"]) for n, graph in graphs if graph["balloons"])
    return [_moved(api, work, number, key, 1.5 if at % 2 else -1.5) for at in range(edits)]


def _moved(api: Api, work: str, number: int, key: str, by_mm: float) -> Seen:
    last = api.read(work)["last_event_id"]
    times: dict[str, float] = {}
    over = threading.Event()

    def listen() -> None:
        kind = ""
        with api.client.stream("GET", f"/v1/works/{work}/events?after={last}", timeout=PATIENCE_S) as stream:
            for line in stream.iter_lines():
                kind = line.removeprefix("event: ") if line.startswith("event: ") else kind
                if line.startswith("data: ") and _is_it(kind, json.loads(line[6:])["data"], number):
                    times.setdefault("page", time.monotonic())
                if line.startswith("data: ") and kind == "completed":
                    times["book"] = time.monotonic()
                    over.set()
                    return

    begun = time.monotonic()
    edit = {"change_type": "drag_drop", "element_id": key, "change_data": {"move": {"dx_mm": by_mm, "dy_mm": 0}}}
    sent: Json = {"action": "edit", "edits": [edit]}
    answer = api.client.post(f"/v1/works/{work}/feedback", json=sent)
    if answer.status_code != 202:
        raise SystemExit(answer.text)
    threading.Thread(target=listen, daemon=True).start()
    if not over.wait(PATIENCE_S):
        raise SystemExit(f"the edit of {work} was not carried out in {PATIENCE_S:.0f} s")
    api.until(work, "completed")
    return Seen(times.get("page", times["book"]) - begun, times["book"] - begun)


def _is_it(kind: str, data: Json, number: int) -> bool:
    return kind == "page_ready" and data.get("page") == number


def _told(name: str, seen: Sequence[Seen], a_page: float, wanted: float | None) -> list[Figure]:
    page, book = (statistics.median(getattr(one, what) for one in seen) for what in ("page", "book"))
    made = "a page as the book was made"
    return [
        Figure(f"{name}: until the changed page is seen", page, "s", most=wanted, peer=a_page, peer_name=made),
        Figure(f"{name}: until the book is whole again", book, "s", peer=a_page, peer_name=made),
    ]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
