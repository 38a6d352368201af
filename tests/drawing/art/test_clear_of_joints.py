"""The lower border of a near view goes through no neck, and through fewer hands than where nobody moves."""

from collections.abc import Iterator

import pytest

from drawing.art import frame_shot
from drawing.art.draw_panel import expected_standings
from drawing.art.frame_shot import Standing
from manga.characters import Look
from manga.panel_brief import brief_for
from manga.storyboard import SceneDirection

LOOKS = {
    "man": Look.model_validate({"gender": "male"}),
    "boy": Look.model_validate({"gender": "male", "age": "child"}),
}
POSES = ("stand", "akimbo", "fist", "point", "think")


def seen(shot: str) -> Iterator[tuple[Standing, float]]:
    for pose in POSES:
        for height in (48.0, 60.0, 76.0):
            figures = [{"character": "man", "x": 0.3, "pose": pose}, {"character": "boy", "x": 0.7, "facing": "left"}]
            told = {"shot": shot, "setting": "room", "figures": figures}
            standing, _ = expected_standings(brief_for(80, height, SceneDirection.model_validate(told), LOOKS))
            yield from ((s, height) for s in standing)


def cut_hands(shot: str) -> int:
    hands = [(s.placed(hand), height) for s, height in seen(shot) for hand in s.figure.marks.hands]
    return sum(hand.y < height < hand.bottom for hand, height in hands)


@pytest.mark.parametrize("shot", ["medium", "bust", "close"])
def test_shoulders_are_seen_under_every_face(shot: str) -> None:
    for s, height in seen(shot):
        assert s.placed(s.figure.marks.head).bottom + 0.1 * s.size < height


def test_fewer_hands_are_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    moved = cut_hands("medium")
    monkeypatch.setattr(frame_shot, "clear_of_joints", lambda standing, *_: list(standing))
    assert moved < cut_hands("medium")
