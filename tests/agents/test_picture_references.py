"""Which pictures a panel is drawn after: the one that shows its place, and the sheets of people it speaks of."""

from typing import Any

from agents.picture_references import drawn_first, people_named, references
from manga.characters import Cast, Character, Look
from manga.picture_references import PictureReferences, PlacePicture
from manga.storyboard import FigureDirection, PanelDraft, Role, SceneDirection, Shot, Storyboard, StoryPage
from tests.graph.told import storyboard_of

WIDE, NEAR = Shot.LONG, Shot.BUST


def panel(number: int, shot: Shot = NEAR, scene: str = "s01", **direction: Any) -> PanelDraft:
    told = {"setting": "kitchen", "place": "kitchen", "figures": (FigureDirection(character="c01"),), **direction}
    key = f"b{number:04}"
    return PanelDraft(
        key=key, beats=(key,), scene=scene, role=Role.TALK, importance=2, direction=SceneDirection(shot=shot, **told)
    )


def board(*panels: PanelDraft) -> Storyboard:
    page: StoryPage = storyboard_of(1).pages[0].model_copy(update={"panels": panels})
    return Storyboard.model_construct(pages=(page,))


def places(*panels: PanelDraft, kept: tuple[str, ...] = (), todo: tuple[str, ...] | None = None) -> dict[str, str]:
    """By panel the one whose picture of the place it is drawn after."""
    keys = tuple(one.key for one in panels)
    wanted = {key: f"digest of {key}" for key in todo or keys}
    found = references(board(*panels), Cast(characters=()), {key: f"blob of {key}" for key in kept}, wanted)
    assert all(one.place.digest == wanted.get(one.place.panel, "") for one in found.values() if one.place)
    return {key: one.place.panel for key, one in found.items() if one.place}


def test_the_first_picture_that_shows_a_place_goes_along_with_all_others_of_its_scene() -> None:
    panels = panel(1), panel(2, Shot.FULL), panel(3, WIDE), panel(4, WIDE), panel(5)
    assert places(*panels) == {"b0001": "b0003", "b0002": "b0003", "b0004": "b0003", "b0005": "b0003"}


def test_it_never_goes_over_a_change_of_scene_or_of_place() -> None:
    panels = (
        panel(1, WIDE), panel(2, scene="s02"), panel(3, place="hall", setting="hall"), panel(4, seen_from="outside"),
        panel(5, flashback=True),
    )  # fmt: skip
    assert places(*panels) == {}


def test_it_goes_over_a_change_of_scene_where_a_name_says_that_it_is_the_same_place() -> None:
    named = {"place": "the kitchen of Mrs. Bell"}
    assert places(panel(1, WIDE, **named), panel(2, scene="s02", **named)) == {"b0002": "b0001"}
    japanese = {"place": "裏の沼", "setting": "pond"}
    assert places(panel(1, WIDE, **japanese), panel(2, scene="s02", **japanese)) == {"b0002": "b0001"}
    assert places(panel(1, WIDE, place="台所"), panel(2, scene="s02", place="台所")) == {}


def test_a_panel_that_shows_no_place_is_drawn_after_none() -> None:
    hidden = panel(2, Shot.INSERT), panel(3, Shot.EXTREME_CLOSE), panel(4, background="none")
    assert places(panel(1, WIDE), *hidden) == {}
    assert places(panel(1, WIDE, background="none"), panel(2, NEAR), panel(3, Shot.CLOSE)) == {}


def test_a_panel_drawn_again_is_drawn_after_what_hangs_and_nobody_waits_for_who_waits() -> None:
    panels = panel(1, WIDE), panel(2, WIDE), panel(3)
    assert places(*panels, kept=("b0001", "b0002"), todo=("b0003",)) == {"b0003": "b0001"}
    assert places(*panels, kept=("b0002", "b0003"), todo=("b0001",)) == {"b0001": "b0002"}
    assert places(*panels, kept=("b0003",), todo=("b0001", "b0002")) == {"b0002": "b0001"}
    found = references(board(*panels), Cast(characters=()), {"b0001": "x"}, {"b0003": "d"})
    assert found == {"b0003": PictureReferences(place=PlacePicture(panel="b0001", words="kitchen", blob="x"))}
    assert drawn_first(("b0001", "b0002", "b0003"), {"b0001": found["b0003"]}) == ["b0001", "b0002", "b0003"]


def test_no_panel_is_drawn_after_an_old_picture_of_one_that_is_drawn_again() -> None:
    panels = panel(1, WIDE), panel(2, WIDE), panel(3)
    keys = ("b0001", "b0002", "b0003")
    assert places(*panels, kept=keys, todo=keys) == {"b0002": "b0001", "b0003": "b0001"}


def test_those_that_others_wait_for_are_drawn_first() -> None:
    waits = PictureReferences(place=PlacePicture(panel="b0009", words="kitchen"))
    assert drawn_first(("b0001", "b0002", "b0009"), {"b0001": waits}) == ["b0009", "b0001", "b0002"]


def person(key: str, name: str, *aliases: str, sheet: str = "") -> Character:
    images = (sheet,) if sheet else ()
    return Character(key=key, name=name, aliases=aliases, look=Look(), description="x", reference_images=images)


CAST = Cast(
    characters=(
        person("c01", "Ann", sheet="a"),
        person("c02", "Ann Bell", "Mrs. Bell", sheet="b"),
        person("c03", "兵十", sheet="c"),
        person("c04", "Tom"),
    )
)


def test_people_are_found_by_their_own_names_only() -> None:
    def found(told: str) -> list[str]:
        return [one.key for one in people_named(CAST, told)]

    assert found("Ann Bell looks up.") == ["c02"]
    assert found("Ann looks at Mrs. Bell; an Annual lies there.") == ["c01", "c02"]
    assert found("ごんは兵十を見ている") == ["c03"]


def test_people_a_panel_speaks_of_and_who_are_not_seen_go_along_where_they_have_a_sheet() -> None:
    told = panel(1, seen="Ann reads the letter of Mrs. Bell to Tom", props=("a portrait of 兵十",))
    found = references(board(told), CAST, {}, {told.key: "d"})[told.key].named
    assert [(one.key, one.name, one.reference_images) for one in found] == [
        ("c02", "Ann Bell", ("b",)), ("c03", "兵十", ("c",)),
    ]  # fmt: skip
