"""Who is only seen from afar, and who is still where he was: he does not stand beside those who see him."""

from manga.brief import Language
from manga.plot import Beat, Scene
from manga.storyboard import PanelDraft
from offline.directing.absent_people import away_in
from offline.directing.storyboard import draft_storyboard
from tests.offline.storyboard_plots import Inputs, Teller, inputs

SEEN = "すると下の畑の中に、ごんが一人でいる姿が、目に止まりました。"


def _panels(given: Inputs) -> list[PanelDraft]:
    draft = draft_storyboard(given.plot, given.cast, given.concept, given.settings)
    return [panel for page in draft.pages for panel in page.panels]


def _seen(panel: PanelDraft) -> set[str]:
    return {figure.character for figure in panel.direction.figures}


def _scene(number: int, setting: str, *beats: Beat) -> Scene:
    return Scene(key=f"s{number:02d}", place=setting, setting=setting, present=("c01", "c02"), beats=beats)


def _from_the_temple(teller: Teller) -> Scene:
    return _scene(
        1,
        "temple",
        teller.beat(teller.line("兵十はお寺の境内を、一人で歩いていました。"), present=("c02",), importance=3),
        teller.beat(teller.line("花はみんなきれいに咲いていました。"), present=(), importance=3),
        teller.beat(teller.line(SEEN), present=("c01",), importance=3),
        teller.beat(teller.line("ごんはたった一つ、よいことをしました。"), present=("c01",), importance=3),
        teller.beat(teller.line("兵十はため息をつきました。"), present=("c02",), importance=3),
    )


def test_whoever_is_seen_far_below_is_shown_there_and_nowhere_else() -> None:
    panels = _panels(inputs(_from_the_temple(Teller())))
    with_him = [panel for panel in panels if "c01" in _seen(panel)]
    assert with_him
    assert all(_seen(panel) == {"c01"} and panel.direction.setting == "field" for panel in with_him)
    others = [panel for panel in panels if "c02" in _seen(panel)]
    assert others
    assert all(panel.direction.setting == "temple" for panel in others)


def test_a_far_view_of_a_place_is_a_picture_of_it_without_anybody() -> None:
    teller = Teller()
    looks = teller.beat(teller.line("兵十は境内に立っていました。"), present=("c02",), importance=3)
    view = teller.beat(
        teller.line("下の海の景色が、はっきりと見えました。"), present=("c02",), importance=3, props=("flower",)
    )
    panels = _panels(inputs(_scene(1, "temple", looks, view)))
    shown = [panel for panel in panels if panel.direction.setting == "sea"]
    assert shown
    assert not any(_seen(panel) or panel.direction.props for panel in shown)


def test_whoever_is_told_of_in_the_place_where_he_was_last_is_not_here() -> None:
    teller = Teller()
    below = teller.beat(teller.line("ごんは畑にいました。"), present=("c01",), importance=3)
    above = teller.beat(
        teller.line("兵十は境内に立って、ごんが畑の土に沈むのを見ていました。"), present=("c02", "c01"), importance=3
    )
    panels = _panels(inputs(_scene(1, "field", below), _scene(2, "temple", above)))
    assert all("c01" not in _seen(panel) for panel in panels if panel.scene == "s02")


def test_whoever_has_come_from_there_is_here() -> None:
    teller = Teller()
    above = teller.beat(teller.line("ごんが畑からやって来ました。"), present=("c01",), importance=3)
    found = away_in(_scene(2, "temple", above), inputs(_scene(2, "temple", above)).cast, Language.JA, {"c01": "field"})
    assert not found.views
    assert not found.until


def test_a_far_sight_in_english() -> None:
    teller = Teller()
    beats = (
        teller.beat(teller.line("Gon stood in the temple."), present=("c01",)),
        teller.beat(teller.line("Far below he saw Hyoju in the garden."), present=("c01", "c02")),
        teller.beat(teller.line("Gon saw Hyoju in the garden."), present=("c01", "c02")),
    )
    given = inputs(_scene(1, "temple", *beats), language=Language.EN)
    cast = given.cast.model_copy(
        update={
            "characters": tuple(
                sheet.model_copy(update={"name": name})
                for sheet, name in zip(given.cast.characters, ("Gon", "Hyoju"), strict=False)
            )
        }
    )
    found = away_in(_scene(1, "temple", *beats), cast, Language.EN, {})
    assert found.views == {"b0002": ("garden", ("c02",))}
