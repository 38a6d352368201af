"""Pictures drawn with our rough and without it are held against the direction; the figures can fall."""

from collections.abc import Sequence

import pytest

from evals.commands import UNMEASURED, main
from evals.compare_roughs import both_ways, followed
from evals.faces.others_pictures import strayed
from manga.characters import Look
from manga.errors import ContentBlocked
from manga.panel_brief import PanelBrief, brief_for
from manga.storyboard import FigureDirection, SceneDirection, Shot
from providers.base import Picture, Sheet
from tests.image_models import UnpaidImages

pytestmark = pytest.mark.anyio


def two() -> PanelBrief:
    figures = (FigureDirection(character="c01", x=0.1), FigureDirection(character="c02", x=0.4))
    direction = SceneDirection(shot=Shot.BUST, setting="street", figures=figures)
    outline = ((0.0, 0.0), (90.0, 0.0), (90.0, 60.0), (0.0, 60.0))
    return brief_for(90, 60, direction, {"c01": Look(), "c02": Look(gender="female")}, outline=outline)


class Strays(UnpaidImages):
    """Draws as it was directed only where a rough goes along."""

    name = "strays/1"
    refuses = False

    async def draw(self, brief: PanelBrief, sheets: Sequence[Sheet] = (), *, simplified: bool = False) -> Picture:
        if self.refuses:
            raise ContentBlocked
        data = strayed(brief, "as directed" if any(sheet.rough for sheet in sheets) else "mirrored").data
        return Picture(data, "image/png", brief.width_mm, brief.height_mm)


async def test_a_model_that_follows_the_rough_does_better_with_it() -> None:
    found = await both_ways(Strays(), two())
    assert found is not None
    without, with_it = found
    assert (without.panels, with_it.panels, without.faces, with_it.faces) == (1, 1, 2, 2)
    assert with_it.there > without.there
    assert with_it.overlap > 2 * without.overlap


async def test_a_panel_that_is_refused_counts_on_neither_side() -> None:
    images = Strays()
    images.refuses = True
    assert await both_ways(images, two()) is None


def test_an_empty_picture_has_nobody_where_they_were_directed() -> None:
    directed = two()
    nobody = directed.model_copy(
        update={"direction": directed.direction.model_copy(update={"figures": ()}), "cast": ()}
    )
    found = followed(strayed(nobody, "as directed").data, directed)
    assert (found.faces, found.there, found.overlap, found.as_many) == (2, 0, 0.0, 0)


def test_without_a_key_nobody_is_asked_and_it_is_said(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in (
        "MANGA_GOOGLE_API_KEY",
        "GOOGLE_API_KEY",
        "GEMINI_API_KEY",
        "MANGA_GOOGLE_PROJECT",
        "MANGA_IMAGE_MODEL",
    ):
        monkeypatch.delenv(name, raising=False)
    assert main(["roughs"]) == UNMEASURED
    assert "insufficient data" in capsys.readouterr().out
