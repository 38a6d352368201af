"""Records works as this revision leaves them: `make record`, or `python -m tests.recorded.record [FOLDER [NAME…]]`.

A real service, drawing with the Gemini stub and then with the offline models, makes one work for each state in which
works can be; what is in the database and in the store then is written into `FOLDER/{commit}/` (`tests.recorded.pack`).
It uses the service's HTTP interface alone, which stays the same from release to release.
"""

import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from redis import Redis

from tests.end_to_end.service_program import Api, Json, OwnServers, own_servers, served, until
from tests.gemini.plan import ALWAYS
from tests.gemini.server import Gemini, serve
from tests.recorded.pack import pack

PHASES: Final = ("concept", "characters", "plot", "storyboard", "artwork", "lettering", "finishing")
WAITS: Final = {"enabled": True, "on_timeout": "hold"}
"""No timer, which would be over when the recording is read."""
STORY: Final = """\
Mira kept the lamp on the cliff, and her brother Tom carried the oil up the long stairs.

One night a storm broke the window. The lamp went out, and a fishing boat was still at sea.

"Hold the lantern high, Tom!" cried Mira. "I can hear their oars."

Tom ran down to the beach with the lantern. "Here! Row to the light!" he shouted.

At dawn the old fisherman pulled his boat onto the sand. He laughed and gave Tom a silver fish.
"""
OFFLINE_STORY: Final = """\
雪の夜、ハルは駅で最後の列車を待っていた。

「もう来ないよ」と駅長が言った。

「いいえ、きっと来ます」とハルは答えた。

遠くで汽笛が鳴った。ハルは手袋をふって走り出した。

「ほら、来たでしょう！」
"""
PATIENCE_S: Final = 600.0
Work = Callable[["Recorder", str], Json]


@dataclass
class Recorder:
    """A service at work. `told` is what is known of each recorded work by its name, which is its `request_id` too."""

    api: Api
    servers: OwnServers
    gemini: Gemini | None
    told: dict[str, Json] = field(default_factory=dict)

    def record(self, name: str, make: Work) -> None:
        before = len(self.gemini.calls) if self.gemini else 0
        with Redis.from_url(self.servers.stores.redis_url) as redis:
            redis.flushdb()  # pictures of one work serve no other
        work = make(self, name)
        calls = self.gemini.calls[before:] if self.gemini else ()
        paid = Counter(call.prompt_id for call in calls if call.paid)
        self.told[name] = {
            "id": work["id"],
            "status": work["status"],
            "phase": (work["pending_review"] or {}).get("phase"),
            "offline": self.gemini is None,
            "paid": dict(sorted(paid.items())),
            "versions": len(self.get(work, "versions")["items"]),
            "pages": len(work.get("pages") or ()),
        }
        sys.stderr.write(f"{name}: {self.told[name]}\n")

    def draw(self, name: str, text: str = STORY, **more: object) -> Json:
        settings = {"pages": 2, "seed": 7, "title": f"The Lamp ({name})" if text is STORY else None}
        return self.api.read(self.api.post(text, request_id=name, settings=settings, **more))

    def finished(self, work: Json) -> Json:
        return self.api.until(work["id"], "completed", limit_s=PATIENCE_S)

    def get(self, work: Json, path: str) -> Json:
        return dict(self._answer("GET", work, path))

    def post(self, work: Json, path: str, body: Mapping[str, object]) -> Json:
        return dict(self._answer("POST", work, path, json=body))

    def _answer(self, verb: str, work: Json, path: str, **more: Any) -> Any:
        answer = self.api.client.request(verb, f"/v1/works/{work['id']}/{path}", **more)
        assert answer.is_success, answer.text
        return answer.json()

    def waits_at(self, work: Json, *phases: str, answered: int = 0) -> Json:
        """The work at the review of this phase, which is not the one that was answered."""

        def there() -> Json | None:
            found = self.api.read(work["id"])
            assert found["status"] != "failed", found["error"]
            review = found["pending_review"] or {}
            return found if review.get("phase") in phases else None

        return dict(until(there, PATIENCE_S, f"a review of {' or '.join(phases)}", 0.1))

    def approved_until(self, work: Json, phase: str) -> Json:
        for passed in PHASES[: PHASES.index(phase)]:
            self.answer(self.waits_at(work, passed), {"action": "approve"})
        return self.waits_at(work, phase)

    def answer(self, work: Json, answer: Mapping[str, object]) -> None:
        review = work["pending_review"]
        meant = {"interrupt_id": review["interrupt_id"]} if review else {}
        self.post(work, "feedback", {**answer, **meant})

    def panels(self, work: Json) -> list[str]:
        return [one["key"] for one in self.get(work, "elements")["items"] if one["kind"] == "panel"]

    def changed(self, work: Json, answer: Mapping[str, object]) -> Json:
        """A finished book with another answer carried out."""
        before = len(self.get(work, "versions")["items"])
        self.post(work, "feedback", answer)
        until(lambda: len(self.get(work, "versions")["items"]) > before, PATIENCE_S, "a further version", 0.1)
        return self.finished(work)


def finished(it: Recorder, name: str) -> Json:
    return it.finished(it.draw(name))


def at_review(phase: str) -> Work:
    def make(it: Recorder, name: str) -> Json:
        return it.approved_until(it.draw(name, feedback_mode=WAITS), phase)

    return make


def timed(it: Recorder, name: str) -> Json:
    """A review that is approved when its time is over, which it is when the recording is read."""
    return it.approved_until(it.draw(name, feedback_mode={"enabled": True, "timeout_seconds": 3600}), "concept")


def cancelled(it: Recorder, name: str) -> Json:
    work = at_review("plot")(it, name)
    it.post(work, "cancel", {})
    return it.api.read(work["id"])


def edited(it: Recorder, name: str) -> Json:
    """One edit of every kind of element: words, what is seen, a border, a balloon's place and size, a person's look."""
    work = finished(it, name)
    lettering = it.get(work, "versions/head")["content"]["lettering"]
    balloons = [balloon["key"] for page in lettering["pages"] for balloon in page["balloons"]]
    panels = it.panels(work)
    return it.changed(work, {"edits": [
        {"change_type": "text_edit", "element_id": "concept", "change_data": {"title": "The Silver Fish"}},
        {"change_type": "text_edit", "element_id": balloons[0], "change_data": {"text": "Hold it high!"}},
        {"change_type": "drag_drop", "element_id": balloons[1], "change_data": {"move": {"dx_mm": 2, "dy_mm": 1}}},
        {"change_type": "drag_drop", "element_id": balloons[1], "change_data": {"scale": 1.1}},
        {"change_type": "drag_drop", "element_id": panels[0],
         "change_data": {"border": {"side": "bottom", "by_mm": 3}}},
        {"change_type": "text_edit", "element_id": panels[2], "change_data": {"seen": "the cliff in the rain"}},
        {"change_type": "selection", "element_id": panels[3], "change_data": {"take": 1}},
    ]})  # fmt: skip


def own_picture(it: Recorder, name: str) -> Json:
    """A picture of the author's own in a panel, and another panel locked."""
    work = finished(it, name)
    first, second = it.panels(work)[:2]
    picture = Path(__file__).with_name("own_picture.png").read_bytes()
    headers = {"Content-Type": "image/png"}
    brought = it.api.client.post(f"/v1/works/{work['id']}/pictures", content=picture, headers=headers).json()["picture"]
    change = {"change_type": "selection", "element_id": first, "change_data": {"picture": brought}}
    work = it.changed(work, {"edits": [change]})
    it.post(work, "locks", {"elements": [second]})
    return it.finished(work)


def wished(it: Recorder, name: str) -> Json:
    """A finished book whose first panel was drawn again for a sentence."""
    work = finished(it, name)
    return it.changed(work, {"text": "Draw the second panel of page 1 darker."})


def forked(it: Recorder, name: str) -> Json:
    """A second line from the storyboard's version, with a sentence carried out there; both are finished."""
    work = finished(it, name)
    before = len(it.get(work, "versions")["items"])
    it.post(work, "versions/storyboard/fork", {"branch": "darker", "text": "Make page 2 darker."})
    until(lambda: len(it.get(work, "versions")["items"]) > before, PATIENCE_S, "a version of the new line", 0.1)
    return it.finished(work)


def plan_waits(it: Recorder, name: str) -> Json:
    """A sentence was understood, and the plan waits for a yes."""
    work = it.approved_until(it.draw(name, feedback_mode=WAITS | {"confirm_plans": True}), "plot")
    it.answer(work, {"text": "Make the ending sadder."})

    def asked() -> Json | None:
        found = it.api.read(work["id"])
        return found if (found["pending_review"] or {}).get("confirming") else None

    return dict(until(asked, PATIENCE_S, "the plan is asked about", 0.1))


def parked(it: Recorder, name: str) -> Json:
    """The day's pictures are used up after three panels."""
    assert it.gemini is not None
    it.gemini.fail("429day", first=4, times=ALWAYS, prompt="artwork")
    work = it.api.until(it.draw(name)["id"], "parked", limit_s=PATIENCE_S)
    it.gemini.recover()
    return work


def failed(it: Recorder, name: str) -> Json:
    """No key was taken at the plot."""
    assert it.gemini is not None
    it.gemini.fail("403", times=ALWAYS, prompt="plot")
    work = it.api.until(it.draw(name)["id"], "failed", limit_s=PATIENCE_S)
    it.gemini.recover()
    return work


def offline_finished(it: Recorder, name: str) -> Json:
    return it.finished(it.draw(name, OFFLINE_STORY))


def offline_edited(it: Recorder, name: str) -> Json:
    work = offline_finished(it, name)
    change = {"change_type": "selection", "element_id": it.panels(work)[0], "change_data": {"shot": "long"}}
    return it.changed(work, {"edits": [change]})


def offline_waits(it: Recorder, name: str) -> Json:
    return it.approved_until(it.draw(name, OFFLINE_STORY, feedback_mode=WAITS), "storyboard")


PAID: Final[dict[str, Work]] = {
    "finished": finished,
    **{f"review_{phase}": at_review(phase) for phase in PHASES},
    "timed": timed,
    "cancelled": cancelled,
    "edited": edited,
    "own_picture": own_picture,
    "wished": wished,
    "forked": forked,
    "plan_waits": plan_waits,
    "failed": failed,
    "parked": parked,  # the last: no service that works is there when its time comes
}
OFFLINE: Final[dict[str, Work]] = {
    "offline_finished": offline_finished,
    "offline_edited": offline_edited,
    "offline_waits": offline_waits,
}


@contextmanager
def services(servers: OwnServers) -> Iterator[Iterator[tuple[Recorder, dict[str, Work]]]]:
    """One service after the other on the same database and store, each with the works that it is to make."""

    def opened() -> Iterator[tuple[Recorder, dict[str, Work]]]:
        with serve() as gemini:
            env = {"GOOGLE_API_KEY": "nobodys-key", "MANGA_GOOGLE_BASE_URL": gemini.url}
            with served(servers, env=env) as api:
                yield Recorder(api, servers, gemini), PAID
                api.program.stop()
        with served(servers) as api:
            yield Recorder(api, servers, None), OFFLINE
            api.program.stop()

    yield opened()


def main(arguments: list[str]) -> None:
    folder = Path(arguments[0] if arguments else Path(__file__).parent).absolute()
    only = frozenset(arguments[1:] or (*PAID, *OFFLINE))
    commit = subprocess.run(
        ["git", "rev-parse", "--short=7", "HEAD"], capture_output=True, text=True, check=True
    ).stdout.strip()
    told: dict[str, Json] = {}
    with tempfile.TemporaryDirectory() as home, own_servers(Path(home)) as servers:
        with services(servers) as opened:
            for recorder, works in opened:
                for name in [name for name in works if name in only]:
                    recorder.record(name, works[name])
                told |= recorder.told
        pack(servers.stores.database_url, servers.folder / "home" / "blobs", told, folder / commit)
    sys.stderr.write(f"recorded: {folder / commit}\n")


if __name__ == "__main__":
    main(sys.argv[1:])
