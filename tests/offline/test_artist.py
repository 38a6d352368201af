"""The offline hand behind the port: canonical bytes, true sizes, no surprises."""

import json
from collections.abc import Callable
from typing import ParamSpec, TypeVar

import pytest

from drawing.ink.drawing_calls import Drawing
from manga.characters import Character, Look
from manga.panel_brief import PanelBrief
from manga.storyboard import FigureDirection, SceneDirection, Shot
from offline.artist import OfflineArtist

pytestmark = pytest.mark.anyio

P = ParamSpec("P")
R = TypeVar("R")


class Here:
    """Runs work in place."""

    async def run(self, work: Callable[P, R], /, *args: P.args, **kwargs: P.kwargs) -> R:
        return work(*args, **kwargs)


@pytest.fixture
def brief() -> PanelBrief:
    return PanelBrief(
        panel="b0001",
        width_mm=60,
        height_mm=45,
        outline=((0, 0), (60, 0), (60, 45), (0, 45)),
        direction=SceneDirection(shot=Shot.BUST, setting="river", figures=(FigureDirection(character="c01"),)),
        cast=(Character(key="c01", name="兵十", look=Look(outfit="farmer"), description=""),),
        period="old_japan",
        seed=3,
    )


async def test_a_picture_is_canonical_json_of_drawing_calls(brief: PanelBrief) -> None:
    picture = await OfflineArtist(Here()).draw(brief)
    assert picture.media_type == "application/x-manga-art+json"
    assert (picture.width, picture.height) == (60, 45)
    data = json.loads(picture.data)
    assert Drawing.of(data).calls
    assert json.dumps(data, separators=(",", ":"), sort_keys=True, ensure_ascii=True).encode() == picture.data


async def test_the_same_brief_gives_the_same_bytes(brief: PanelBrief) -> None:
    artist = OfflineArtist(Here())
    assert await artist.draw(brief) == await artist.draw(brief)


async def test_everyone_directed_has_anchors(brief: PanelBrief) -> None:
    picture = await OfflineArtist(Here()).draw(brief)
    assert [f.character for f in picture.figures] == ["c01"]
    assert picture.missing == ()


def test_another_take_has_another_chance(brief: PanelBrief) -> None:
    assert brief.with_own_chance().seed != brief.model_copy(update={"take": 1}).with_own_chance().seed
