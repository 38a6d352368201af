"""What of a direction is in the picture: figures that fall when pictures leave out what they were told to show."""

from evals.measured_stories import OPEN, pool_subjects
from evals.metric_bounds import Score
from evals.scorer_input import Sample
from evals.scorers.directed_and_drawn import SCORERS
from manga.artwork import Drawn, DrawnFigure, Made, PanelArt
from manga.plot import Act, Beat, Deed, PagePlan, Plot, Scene
from manga.storyboard import FigureDirection, PanelDraft, PanelLayout, Role, SceneDirection, Storyboard, StoryPage
from manga.values import Span


def sample(drawn: Drawn) -> Sample:
    """One panel: somebody climbs, a basket in his hand, a cart beside him."""
    span = Span(start=0, end=1)
    beat = Beat(key="b0001", span=span, told="", deeds=(Deed(who="c01", action="climb", span=span),))
    scene = Scene.of({"key": "s01", "place": "", "setting": "road", "beats": [beat.to_json()]})
    plot = Plot(
        acts=(Act(name="development", scenes=("s01",)),), scenes=(scene,), pages=(PagePlan(number=1, beats=("b0001",)),)
    )
    figure = FigureDirection(character="c01", pose="climb", holds="basket")
    panel = PanelDraft(
        key="b0001", beats=("b0001",), scene="s01", role=Role.TALK, importance=2,
        direction=SceneDirection(shot="full", setting="road", figures=(figure,), props=("cart",)),
    )  # fmt: skip
    page = StoryPage(key="g001", number=1, side="left", layout=PanelLayout(frames=(), flow="rtl"), panels=(panel,))
    art = PanelArt(
        panel="b0001", blob="x", media_type="image/png", width=1, height=1, made=Made(model="x"), drawn=drawn
    )
    source = pool_subjects(OPEN, "en_rope")[0].source
    return Sample(source, plot=plot, storyboard=Storyboard(pages=(page,)), art={"b0001": art})


def figures(drawn: Drawn) -> dict[str, float]:
    found: list[Score] = [score for measure in SCORERS for score in measure(sample(drawn))]
    return {score.metric: score.value for score in found}


def test_all_that_is_directed_is_drawn() -> None:
    climbs = DrawnFigure(character="c01", deed="climb", holds=("basket",))
    found = figures(Drawn(place="road", figures=(climbs,), things=("cart",)))
    assert found == {"deeds_drawn": 1, "things_drawn": 1, "places_drawn": 1, "stands_by": 0}


def test_somebody_who_stands_there_with_empty_hands_in_an_empty_panel_is_none_of_it() -> None:
    found = figures(Drawn(figures=(DrawnFigure(character="c01", deed="stand"),)))
    assert found == {"deeds_drawn": 0, "things_drawn": 0, "places_drawn": 0, "stands_by": 1}


def test_half_of_the_things_are_half() -> None:
    assert figures(Drawn(place="road", things=("cart",)))["things_drawn"] == 0.5
