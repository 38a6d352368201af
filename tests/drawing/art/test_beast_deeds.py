"""What beasts do with bodies of their own: hares beside tortoises, ears of a sleeper, paws that point, folded legs."""

import pytest

from drawing.art.animals.animal_figure import animal
from drawing.art.figure import Figure
from drawing.ink.canvas import Canvas
from drawing.ink.paths import Path, box
from drawing.ink.pen import Pen
from drawing.pages.title_picture_people import Lead, arranged
from manga.characters import Look
from manga.geometry import Rect
from manga.storyboard import Expression, Pose


def look(kind: str, mark: str = "", outfit: str = "none") -> Look:
    marks = (mark,) if mark else ()
    return Look.model_validate({"kind": kind, "outfit": outfit, "marks": marks, "hair_color": "tone"})


def made(kind: str, pose: Pose, mark: str = "", *, face: Expression = Expression.NEUTRAL, holds: str = "") -> Figure:
    return animal(look(kind, mark), face, pose, "left", holds)


def height(figure: Figure) -> float:
    return figure.marks.body.height * figure.scale


def ears(figure: Figure) -> list[Path]:
    return list(figure.silhouette[-2:])


@pytest.mark.parametrize("pose", [Pose.STAND, Pose.SIT, Pose.WALK, Pose.POINT])
def test_a_hare_is_taller_than_a_tortoise(pose: Pose) -> None:
    assert height(made("rabbit", pose)) > 1.3 * height(made("tortoise", pose))


def test_a_hare_that_runs_is_one_long_stretch_and_longer_than_it_is_high() -> None:
    body = made("rabbit", Pose.RUN).marks.body
    assert body.width > 2 * body.height


@pytest.mark.parametrize("pose", [Pose.LIE, Pose.RUN])
def test_ears_of_a_hare_that_sleeps_or_runs_lie_back_outside_its_head(pose: Pose) -> None:
    figure = made("rabbit", pose, face=Expression.CALM)
    face = figure.marks.face
    assert face
    for ear in map(box, ears(figure)):
        assert ear.right > face.right + 0.25, "behind the head"
        assert ear.y > face.y - 0.5, "and not upright"


@pytest.mark.parametrize("pose", [Pose.THINK, Pose.POINT, Pose.WAVE, Pose.REACH, Pose.CLASP])
@pytest.mark.parametrize("kind", ["fox", "cat", "dog", "wolf", "bear"])
def test_a_beast_without_clothes_thinks_and_points_on_its_haunches(kind: str, pose: Pose) -> None:
    figure, sits = made(kind, pose), made(kind, Pose.SIT)
    assert figure.low
    assert figure.marks.body.bottom == pytest.approx(sits.marks.body.bottom, abs=0.1)
    assert figure.marks.body.height < sits.marks.body.height * 1.15


def test_a_paw_that_points_is_lifted_before_the_chest() -> None:
    paw, still = made("fox", Pose.POINT).marks.hands[0], made("fox", Pose.SIT).marks.hands[0]
    assert paw.centre[0] < still.centre[0] - 0.5
    assert paw.centre[1] < still.centre[1] - 0.5


@pytest.mark.parametrize("mark", ["walks upright", "二本足で歩く"])
def test_a_beast_whose_sheet_says_that_it_walks_upright_stands_up(mark: str) -> None:
    assert not made("fox", Pose.POINT, mark).low
    assert not animal(look("fox", outfit="kimono"), Expression.NEUTRAL, Pose.POINT, "left").low


@pytest.mark.parametrize("mark", ["ox", "deer", "goat"])
def test_beasts_with_hoofs_lie_with_folded_legs_instead_of_sitting(mark: str) -> None:
    sits, stands = made("beast", Pose.SIT, mark), made("beast", Pose.STAND, mark)
    assert sits.marks.body.height < stands.marks.body.height * 0.85
    assert sits.marks.body.width > sits.marks.body.height


def test_a_lion_has_a_mane_around_its_head() -> None:
    lion, tiger = made("beast", Pose.STAND, "lion"), made("beast", Pose.STAND, "tiger")
    wide = [max(box(p).width for p in figure.silhouette[-4:]) for figure in (lion, tiger)]
    assert wide[0] > wide[1] * 1.15


def test_who_smiles_with_shut_eyes_is_awake() -> None:
    """Shut eyes hang down in sleep and bow up in contentment."""
    assert inked(made("tortoise", Pose.STAND, face=Expression.RELIEF)) != inked(
        made("tortoise", Pose.STAND, face=Expression.CALM)
    )
    awake, asleep = (animal(look("fox"), Expression.RELIEF, pose, "left") for pose in (Pose.SIT, Pose.LIE))
    assert inked(awake) != inked(asleep)


def inked(figure: Figure) -> int:
    canvas = Canvas(10, 10)
    figure.ink(Pen(canvas, 0.02))
    return len(canvas.finish().calls)


def test_what_a_beast_carries_is_in_its_mouth() -> None:
    plain, carrying = made("dog", Pose.CARRY), made("dog", Pose.CARRY, holds="fish")
    assert inked(carrying) > inked(plain)


@pytest.mark.parametrize("pose", [Pose.CHEER, Pose.FIGHT])
def test_a_beast_that_leaps_has_no_paw_on_the_ground(pose: Pose) -> None:
    assert max(hand.bottom for hand in made("fox", pose).marks.hands) < -0.25


def test_a_beast_that_sniffs_has_its_head_low() -> None:
    def head(pose: Pose) -> Rect:
        return made("dog", pose).marks.head

    assert head(Pose.BOW).centre[1] > head(Pose.STAND).centre[1] + 0.5


def test_on_a_cover_beasts_among_themselves_are_as_large_as_in_nature() -> None:
    leads = [Lead(key, look(kind), Expression.NEUTRAL, "") for key, kind in (("c01", "tortoise"), ("c02", "rabbit"))]
    placed = arranged(leads, 182, 257, Rect(x=10, y=10, width=160, height=50), on_top=True)
    tall = {one.lead.character: one.on_page(one.figure.marks.body).height for one in placed}
    assert tall["c02"] > tall["c01"]
