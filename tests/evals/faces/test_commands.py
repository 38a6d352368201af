"""`python -m evals faces` fails where letters cover more than its bounds allow, and where nothing was measured."""

from dataclasses import replace

import pytest

from evals.commands import GOOD, SLIPPED, WRONG_USE, main
from evals.faces.covered_faces import Cover
from evals.faces.lettered_pages import TOLD, Told
from evals.faces.placed_sounds import SoundCover

FREE = Cover(pictures=100, faces=100, heads=100, hands=50, told=100)
QUIET = SoundCover(sounds=100)


def asked(monkeypatch: pytest.MonkeyPatch, cover: Cover, how: Told = "right", sounds: SoundCover = QUIET) -> int:
    """What the command answers where one kind of told boxes covers so much, and the others nothing."""

    async def measured(*_: object) -> object:
        return [(("our artist", one), cover if one == how else FREE) for one in TOLD], sounds

    monkeypatch.setattr("evals.faces.commands._measured", measured)
    return main(["faces"])


def test_each_bound_can_fall(monkeypatch: pytest.MonkeyPatch) -> None:
    assert asked(monkeypatch, FREE) == GOOD
    for wrong in ({"features": 1}, {"hidden": 1}, {"hair": 6}, {"vetoed": 4}, {"covered": 2}):
        assert asked(monkeypatch, replace(FREE, **wrong)) == SLIPPED, wrong
    assert asked(monkeypatch, replace(FREE, covered=7), "none") == SLIPPED
    assert asked(monkeypatch, replace(FREE, covered=9), "off") == SLIPPED
    assert asked(monkeypatch, FREE, sounds=replace(QUIET, hands=6)) == SLIPPED


def test_only_the_boxes_that_are_asked_for_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    asked_for = []

    async def measured(_stories: object, _others: object, ways: object) -> object:
        asked_for.append(ways)
        return [(("our artist", "right"), FREE)], QUIET

    monkeypatch.setattr("evals.faces.commands._measured", measured)
    assert main(["faces", "--told", "right"]) == GOOD
    assert asked_for == [["right"]]


def test_a_story_that_nobody_has_is_no_success() -> None:
    assert main(["faces", "--stories", "nobody"]) == WRONG_USE
