"""What all walks through the studio share: one service a process, and the two books that are walked through.

Both are long enough for facing pages, and short enough that drawing one takes seconds.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from tests.end_to_end.service_program import Api, own_servers, served, until
from tests.program import ROOT

STORY = (ROOT / "examples/hoshi_no_kagi.txt").read_text(encoding="utf-8")[:1000]
PHASES = 7
Json = dict[str, Any]


@dataclass(frozen=True)
class Book:
    """A service with a finished Japanese book."""

    api: Api
    work: str

    @property
    def address(self) -> str:
        return f"{str(self.api.client.base_url).rstrip('/')}/studio/works/{self.work}"

    @property
    def head(self) -> str:
        return str(self.api.client.get(f"/v1/works/{self.work}/versions?limit=1").json()["head"])

    def edited(self, key: str, change: str, **data: Any) -> None:
        """By somebody else than the browser."""
        edit = {"change_type": change, "element_id": key, "change_data": data}
        before = self.head
        answer = self.api.client.post(f"/v1/works/{self.work}/feedback", json={"action": "edit", "edits": [edit]})
        assert answer.status_code == 202, answer.text
        self.until_newer(before)

    def until_newer(self, head: str) -> None:
        """Waits for a finished version after one."""
        until(lambda: self.head != head, 60, "another version")
        self.api.until(self.work, "completed")

    @property
    def numbers(self) -> tuple[int, ...]:
        """Of its pages, the title page first."""
        return tuple(page["number"] for page in self.api.read(self.work)["pages"])

    def versions(self) -> list[Json]:
        return list(self.api.client.get(f"/v1/works/{self.work}/versions?limit=500").json()["items"])

    def content(self, version: str) -> Json:
        return dict(self.api.client.get(f"/v1/works/{self.work}/versions/{version}").json()["content"])

    def graph(self, number: int) -> Json:
        return dict(self.api.client.get(f"/v1/works/{self.work}/files/pages/{number:03}.json").json())

    def panels(self) -> list[Json]:
        """Of the storyboard."""
        found = self.api.client.get(f"/v1/works/{self.work}?include=storyboard").json()
        board = next(r["content"] for r in found["phase_results"] if r["phase"] == 4)
        return [panel for page in board["pages"] for panel in page["panels"]]

    def lines(self) -> dict[str, str]:
        """The words of every part, by its key."""
        return {part["key"]: part["text"] for panel in self.panels() for part in panel["dialogue"]["parts"]}

    def direction(self, key: str) -> Json:
        """Of a panel."""
        return dict(next(panel["direction"] for panel in self.panels() if panel["key"] == key))

    def spoken(self) -> tuple[int, Json]:
        """A page and a balloon on it."""
        graphs = ((number, self.graph(number)) for number in self.numbers if number > 0)
        return next((number, graph["balloons"][0]) for number, graph in graphs if graph["balloons"])

    def place(self, number: int, key: str) -> tuple[float, float]:
        """The middle of a balloon, millimetres."""
        polygon = next(b["polygon"] for b in self.graph(number)["balloons"] if b["key"] == key)
        xs, ys = [x for x, _ in polygon], [y for _, y in polygon]
        return (min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2


@pytest.fixture(scope="session")
def studio(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Api]:
    with own_servers(tmp_path_factory.mktemp("studio")) as servers, served(servers) as api:
        yield api


@pytest.fixture(scope="session")
def book(studio: Api) -> Book:
    """A book that is edited: a test leaves it with other words, and other places, than it found."""
    work = studio.post(STORY)
    studio.until(work, "completed", limit_s=600)
    return Book(studio, work)


@pytest.fixture(scope="session")
def reviewed(studio: Api) -> Book:
    """Approved seven times."""
    work = studio.post(STORY, feedback_mode={"enabled": True, "on_timeout": "hold"})
    for _ in range(PHASES):
        asked = studio.until(work, "awaiting_feedback", limit_s=300)["pending_review"]
        said = {"action": "approve", "interrupt_id": asked["interrupt_id"]}
        assert studio.client.post(f"/v1/works/{work}/feedback", json=said).status_code == 202
        until(lambda asked=asked: studio.read(work)["pending_review"] != asked, 60, "the next phase")  # type: ignore[misc]
    studio.until(work, "completed", limit_s=300)
    return Book(studio, work)
