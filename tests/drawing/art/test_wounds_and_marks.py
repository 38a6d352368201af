"""Wounds, bandages, wet hair, torn clothes and bare feet: marks of a look in, something else to be seen out."""

import pytest

from drawing.art.draw_panel import draw_panel
from drawing.art.outfits.outfit_parts import outfit
from manga.characters import Look
from manga.panel_brief import brief_for
from manga.storyboard import FigureDirection, SceneDirection, Shot


def drawn(marks: tuple[str, ...], *, shot: Shot = Shot.FULL, facing: str = "left", **look: str) -> object:
    figure = FigureDirection(character="c01", facing=facing)  # type: ignore[arg-type]
    direction = SceneDirection(shot=shot, setting="room", background="none", figures=(figure,))
    looks = {"c01": Look.model_validate({**look, "marks": marks})}
    return draw_panel(brief_for(50, 60, direction, looks)).drawing.to_json()


@pytest.mark.parametrize(
    "mark",
    [
        "wet",
        "torn clothes",
        "barefoot",
        *(f"{what}: {part}" for what in ("wound", "bandage") for part in ("face", "head", "arm", "leg", "body")),
    ],
)
def test_what_has_befallen_somebody_is_seen(mark: str) -> None:
    assert drawn((mark,)) != drawn(())


@pytest.mark.parametrize("mark", ["wound: body", "bandage: body", "wet"])
@pytest.mark.parametrize("kind", ["fox", "cat"])
def test_it_is_seen_on_a_beast(mark: str, kind: str) -> None:
    assert drawn((mark,), kind=kind, outfit="none") != drawn((), kind=kind, outfit="none")


def test_a_mark_that_the_hand_does_not_know_changes_nothing() -> None:
    assert drawn(("a long shadow",)) == drawn(())


def test_a_wound_on_the_cheek_is_not_seen_from_behind() -> None:
    assert drawn(("wound: face",), facing="back") == drawn((), facing="back")


@pytest.mark.parametrize("word", ["kimono", "hunting", "gakuran", "armour"])
def test_whoever_goes_barefoot_wears_neither_boots_nor_shoes(word: str) -> None:
    assert outfit(Look.model_validate({"outfit": word, "marks": ("barefoot",)})).shoes == "bare"
