"""Works that older releases recorded live on: they show, export, go on, are changed; nothing is paid for twice."""

import time
import zipfile
from collections import Counter
from collections.abc import Callable, Iterable
from io import BytesIO
from typing import Any, Final

import pytest

from tests.end_to_end.service_program import until
from tests.recorded.conftest import Shelf
from tests.recorded.restore import WORKS, Json, Opened
from tests.sampling import seed, unsampled

PATIENCE_S: Final = 200.0
PICTURES: Final = ("artwork", "artwork_simplified", "sheet")


def these(
    wanted: Callable[[Json], bool], *, quick: tuple[str, ...] | None = None, most: int | None = None
) -> pytest.MarkDecorator:
    """The recorded works of which this is true. Where some are named `quick`, or no more than `most` of a sample are
    run at once, the others are slow."""
    cases = [name for name, told in WORKS.items() if wanted(told)]
    left = set() if most is None else set(unsampled({wanted.__name__: cases}, seed(), most))

    def marks(name: str) -> tuple[pytest.MarkDecorator, ...]:
        fast = name not in left and (quick is None or WORKS[name]["name"] in quick)
        return () if fast else (pytest.mark.slow, pytest.mark.timeout(400))

    return pytest.mark.parametrize("told", [pytest.param(WORKS[name], id=name, marks=marks(name)) for name in cases])


def done(told: Json) -> bool:
    return bool(told["status"] == "completed")


def waits(told: Json) -> bool:
    return told["status"] in ("awaiting_feedback", "parked", "failed")


def live(shelf: Shelf, told: Json) -> Opened:
    return shelf.at_work(told["commit"], offline=told["offline"])


@these(lambda told: True)
def test_a_work_shows_as_it_was_recorded(shelf: Shelf, told: Json) -> None:
    it, work = shelf.still(told["commit"]), told["id"]
    found = it.get(work)
    review = found["pending_review"] or {}
    assert (found["status"], review.get("phase")) == (told["status"], told["phase"])
    assert len(found["pages"]) == told["pages"]
    versions = it.get(f"{work}/versions")["items"]
    assert len(versions) == told["versions"]
    for version in versions[-1:]:
        assert it.get(f"{work}/previews/{version['phase']}", quality=1)["images"]
    for phase in {version["phase"] for version in versions}:
        assert it.get(f"{work}/versions/{phase}")["content"][phase], phase
    kinds = Counter(element["kind"] for element in it.get(f"{work}/elements")["items"])
    assert (kinds["panel"] > 0) == any(version["phase"] == "storyboard" for version in versions)


@these(done, most=3)
def test_a_finished_work_is_exported(shelf: Shelf, told: Json) -> None:
    it, work = shelf.still(told["commit"]), told["id"]
    for page in it.get(work)["pages"]:
        assert it.client.get(page["image"]).content[:4] in (b"\x89PNG", b"RIFF")
    urls = {kind: it.post(f"{work}/exports", {"format": kind})["url"] for kind in ("png", "pdf", "cbz")}
    files = {kind: it.client.get(url).content for kind, url in urls.items()}
    assert files["pdf"].startswith(b"%PDF")
    for kind in ("png", "cbz"):
        with zipfile.ZipFile(BytesIO(files[kind])) as book:
            pictures = [name for name in book.namelist() if name.endswith((".png", ".jpg", ".jpeg", ".webp"))]
            assert len(pictures) >= told["pages"]
            assert book.testzip() is None


class Watched:
    """What a work is asked for, and what is paid for it meanwhile."""

    def __init__(self, it: Opened, told: Json) -> None:
        self.it, self.told, self.work = it, told, str(told["id"])
        it.forget_scenes()
        self.before = self.calls()
        self.versions = len(it.get(f"{self.work}/versions")["items"])

    def calls(self) -> Counter[str]:
        """Paid calls by prompt."""
        calls = self.it.gemini.calls if self.it.gemini else ()
        return Counter(call.prompt_id for call in calls if call.paid)

    def paid(self) -> Counter[str]:
        """Calls since, for pictures and for words."""
        return self.calls() - self.before

    def paid_pictures(self) -> Counter[str]:
        """Of works that go on: their later phases ask for words for the first time."""
        return Counter({name: count for name, count in self.paid().items() if name in PICTURES})

    def read(self) -> Json:
        found: Json = self.it.get(self.work)
        return found

    def until(self, there: Callable[[Json], bool], what: str) -> Json:
        def look() -> Json | None:
            found = self.read()
            return found if there(found) else None

        return dict(until(look, PATIENCE_S, what, 0.1))

    def finished(self) -> Json:
        """The work when it has a version more and is done."""

        def grown(found: Json) -> bool:
            assert found["status"] != "failed", found["error"]
            more = len(self.it.get(f"{self.work}/versions")["items"]) > self.versions
            return more and found["status"] == "completed"

        return self.until(grown, "the work is finished")

    def to_the_end(self) -> Json:
        """Every review on the way is approved."""
        answered: set[str] = set()
        end = time.monotonic() + PATIENCE_S
        while time.monotonic() < end:
            found = self.until(lambda it: it["status"] not in ("queued", "processing"), "it rests")
            review = found["pending_review"]
            assert found["status"] in ("completed", "awaiting_feedback"), found
            if found["status"] == "completed":
                return found
            if review["interrupt_id"] not in answered:
                answered.add(review["interrupt_id"])
                self._say_yes(review)
        raise AssertionError("it does not come to its end")

    def _say_yes(self, review: Json) -> None:
        asked = review["interrupt_id"]
        if review["confirming"]:
            self.it.post(f"{self.work}/plans/{asked}/confirm", {"action": "confirm"})
        else:
            self.it.post(f"{self.work}/feedback", {"action": "approve", "interrupt_id": asked})

    def content(self) -> Json:
        found: Json = self.it.get(f"{self.work}/versions/head")["content"]
        return found


def art(content: Json) -> dict[str, str]:
    """Panel key -> its picture's object."""
    return {key: one["blob"] for key, one in content["artwork"].items()}


@these(done, quick=("finished",))
def test_one_panel_of_a_finished_work_drawn_again_pays_for_one_picture(shelf: Shelf, told: Json) -> None:
    it = Watched(live(shelf, told), told)
    before = it.content()
    panel = list(before["artwork"])[-1]
    take = before["artwork"][panel]["take"] + 1
    edit = {"change_type": "selection", "element_id": panel, "change_data": {"take": take}}
    it.it.post(f"{it.work}/feedback", {"edits": [edit]})
    assert not it.finished()["degraded"]
    after = art(it.content())
    assert it.paid() == Counter({} if told["offline"] else {"artwork": 1})
    others = {key for key, blob in art(before).items() if after[key] != blob} - {panel}
    assert not others or told["offline"]  # an artist of a later version, whose pictures cost nothing, draws them anew


@these(done, quick=("finished",))
def test_words_of_a_finished_work_are_edited_and_no_picture_is_paid_for(shelf: Shelf, told: Json) -> None:
    it = Watched(live(shelf, told), told)
    before = it.content()
    balloon = last(balloon["key"] for page in before["lettering"]["pages"] for balloon in page["balloons"])
    edit = {"change_type": "text_edit", "element_id": balloon, "change_data": {"text": "Ho!"}}
    it.it.post(f"{it.work}/feedback", {"edits": [edit]})
    it.finished()
    assert art(it.content()) == art(before)
    assert it.paid() == Counter()
    texts = [run["text"] for page in it.content()["lettering"]["pages"] for run in page["balloons"]]
    assert any("Ho!" in str(text) for text in texts)


@these(lambda told: done(told) and told["name"] == "wished", quick=())
def test_a_wish_for_a_picture_is_not_paid_for_again_after_words_were_edited(shelf: Shelf, told: Json) -> None:
    it = Watched(live(shelf, told), told)
    before = it.content()
    balloon = last(balloon["key"] for page in before["lettering"]["pages"] for balloon in page["balloons"])
    words = {"change_type": "text_edit", "element_id": balloon, "change_data": {"text": "Again!"}}
    panel = next(iter(before["artwork"]))
    take = {"change_type": "selection", "element_id": panel}
    drawn = {**take, "change_data": {"take": before["artwork"][panel]["take"] + 1}}
    it.it.post(f"{it.work}/feedback", {"edits": [words, drawn]})
    it.finished()
    assert it.paid() == Counter({"artwork": 1})


def last(found: Iterable[Any]) -> Any:
    return list(found)[-1]


@these(done, most=2)
def test_an_old_version_is_opened_again_as_a_line_of_its_own_and_pays_for_nothing(shelf: Shelf, told: Json) -> None:
    it = Watched(live(shelf, told), told)
    newest = it.read()["last_event_id"]
    versions = it.it.get(f"{it.work}/versions")
    branch = f"again-{len(versions['branches'])}"
    oldest = next(version for version in versions["items"] if version["phase"] == "lettering")
    it.it.post(f"{it.work}/versions/{oldest['version_id']}/fork", {"branch": branch})
    found = it.until(lambda work: work["last_event_id"] != newest and at_rest(work), "the line is there")
    if found["pending_review"]:
        it.to_the_end()
    assert branch in {one["name"] for one in it.it.get(f"{it.work}/versions")["branches"]}
    assert it.paid() == Counter()


def at_rest(work: Json) -> bool:
    return work["status"] in ("completed", "awaiting_feedback")


def late(told: Json) -> bool:
    """Of such a work every picture was paid for before."""
    return waits(told) and told["phase"] in ("artwork", "lettering", "finishing")


def early(told: Json) -> bool:
    return waits(told) and not late(told)


@these(late, quick=("review_finishing",))
def test_a_work_whose_pictures_are_drawn_goes_on_to_its_end_and_pays_for_none(shelf: Shelf, told: Json) -> None:
    it = Watched(live(shelf, told), told)
    before = it.content()
    found = it.to_the_end()
    assert (found["degraded"], it.paid_pictures(), art(it.content())) == (False, Counter(), art(before))


@these(early, quick=())
def test_a_work_that_waits_goes_on_to_its_end_and_pays_for_what_is_missing(shelf: Shelf, told: Json) -> None:
    it = Watched(live(shelf, told), told)
    if told["status"] != "awaiting_feedback":
        it.it.post(f"{it.work}/resume", {})
    found = it.to_the_end()
    content = it.content()
    before: Counter[str] = Counter(told["paid"])
    needed = Counter({"artwork": len(content["artwork"]), "sheet": len(content["characters"]["characters"])})
    missing = Counter({name: needed[name] - before[name] for name in needed if needed[name] > before[name]})
    assert (found["degraded"], it.paid_pictures()) == (False, Counter() if told["offline"] else missing)
