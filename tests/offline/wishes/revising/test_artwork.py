"""Wishes for pictures, through the agent, in both languages: only what is in scope is directed otherwise."""

from typing import Any

import pytest

from manga.errors import WishRefused
from manga.storyboard import SceneDirection
from tests.offline.wishes.revising.books import drawing_with, made, shown

PANELS = {"ja": "朝が来ると", "en": "The next morning"}
FACES = {"ja": "遠くまで飛んで", "en": "please strike"}


def _changed(language: str, words: str, *wishes: str) -> dict[str, Any]:
    """What differs in the direction of the one panel that is in scope; figures as (character, field, value)."""
    book = made(language)
    key = book.panel(words).key
    old, new = shown(book.board), shown(drawing_with(book, *((said, (key,)) for said in wishes)).storyboard)
    assert {k: v for k, v in new.items() if k != key} == {k: v for k, v in old.items() if k != key}
    assert new[key].dialogue == old[key].dialogue
    a, b = old[key].direction, new[key].direction
    changed: dict[str, Any] = {
        f: getattr(b, f) for f in SceneDirection.model_fields if getattr(a, f) != getattr(b, f) and f != "lighting"
    }
    if "figures" in changed:
        pairs = list(zip(a.figures, b.figures, strict=True))
        fields = ("expression", "pose", "facing")
        changed["figures"] = [
            (y.character, f, getattr(y, f)) for x, y in pairs for f in fields if getattr(x, f) != getattr(y, f)
        ]
    return changed


@pytest.mark.parametrize(
    ("language", "said", "changes"),
    [
        ("ja", "雨を降らせて", {"weather": "rain"}),
        ("ja", "雪にして", {"weather": "snow"}),
        ("ja", "夜の場面に", {"time_of_day": "night"}),
        ("ja", "夕方にして", {"time_of_day": "evening"}),
        ("ja", "昼間にして", {"time_of_day": "day"}),
        ("ja", "もっと暗く", {"time_of_day": "evening"}),
        ("ja", "ここは暗すぎる", {"time_of_day": "day"}),
        ("ja", "集中線を入れて", {"effects": ("focus_lines",)}),
        ("ja", "背景を真っ白に、いや背景なしで", {"background": "none"}),
        ("en", "at night with heavy snow", {"time_of_day": "night", "weather": "snow"}),
        ("en", "add rain", {"weather": "rain"}),
        ("en", "make it an evening scene", {"time_of_day": "evening"}),
        ("en", "This panel is too dark.", {"time_of_day": "day"}),
        ("en", "darker", {"time_of_day": "evening"}),
        ("en", "add sparkles", {"effects": ("sparkle",)}),
        ("en", "no background here", {"background": "none"}),
    ],
)
def test_light_weather_and_what_lies_behind(language: str, said: str, changes: dict[str, Any]) -> None:
    got = _changed(language, PANELS[language], said)
    if "effects" in got:  # the panel's own come after those that are asked for
        got["effects"] = got["effects"][: len(changes["effects"])]
    assert got == changes


def test_lines_that_are_not_wanted_go() -> None:
    book = made("ja")
    panel = next(panel for panel in book.board.panels() if panel.direction.effects)
    new = shown(drawing_with(book, ("効果線をなくして", (panel.key,))).storyboard)
    assert new[panel.key].direction.effects == ()


@pytest.mark.parametrize(
    ("language", "said", "figures"),
    [
        ("ja", "花子の表情をもっと不安そうに", [("c01", "expression", "fear")]),
        ("ja", "笑顔にして", [("c01", "expression", "smile")]),
        ("ja", "泣いている顔に", [("c01", "expression", "cry")]),
        ("ja", "怒った顔で、腰に手を当てて", [("c01", "expression", "angry"), ("c01", "pose", "akimbo")]),
        ("ja", "立っているのではなく座らせて", [("c01", "pose", "sit")]),
        ("ja", "手を振らせて", [("c01", "pose", "wave")]),
        ("ja", "後ろ姿にして", [("c01", "facing", "back")]),
        ("en", "have Nell smile", [("c01", "expression", "smile")]),
        ("en", "she should look frightened", [("c01", "expression", "fear")]),
        ("en", "have her sitting rather than standing", [("c01", "pose", "sit")]),
        ("en", "the heroine should be kneeling and crying", [("c01", "expression", "cry"), ("c01", "pose", "kneel")]),
    ],
)
def test_faces_and_poses_of_those_who_are_meant(language: str, said: str, figures: list[Any]) -> None:
    assert _changed(language, FACES[language], said) == {"figures": figures}


def test_only_the_one_who_is_named_changes() -> None:
    assert _changed("ja", "よかったな", "岩田さんを笑顔に") == {"figures": [("c02", "expression", "smile")]}
    assert _changed("en", "She was right", "Mr. Oakes should cry") == {"figures": [("c02", "expression", "cry")]}


@pytest.mark.parametrize(("language", "said"), [("ja", "描き直して"), ("en", "redraw this"), ("en", "draw it again")])
def test_drawing_again_is_another_take_and_no_other_direction(language: str, said: str) -> None:
    book = made(language)
    key = book.panel(FACES[language]).key
    once = drawing_with(book, (said, (key,)))
    assert (once.storyboard, dict(once.takes)) == (book.board, {key: 1})
    assert dict(drawing_with(book, (said, (key,)), (said, (key,))).takes) == {key: 2}


def test_without_a_scope_every_picture_that_can_be_lighter_is() -> None:
    book = made("ja")
    new = shown(drawing_with(book, ("全体的に絵が暗い", ())).storyboard)
    lighter = [
        k for k, panel in shown(book.board).items() if panel.direction.time_of_day != new[k].direction.time_of_day
    ]
    assert len(lighter) > len(new) / 2


@pytest.mark.parametrize(
    ("language", "words", "said", "reason"),
    [
        ("ja", "遠くまで飛んで", "岩田さんを笑わせて", "いません"),
        ("ja", "遠くまで飛んで", "火星を描いて", "火星"),
        ("ja", "よかったな", "雨を降らせて", "屋内"),
        ("ja", "よかったな", "夜にして", "もうそう"),
        ("en", "please strike", "Mr. Oakes should smile", "not in that panel"),
        ("en", "please strike", "draw a dragon", "dragon"),
        ("en", "This one is broken", "brighter", "lighter or darker"),
    ],
)
def test_what_no_picture_can_show_is_refused_with_the_reason(language: str, words: str, said: str, reason: str) -> None:
    book = made(language)
    with pytest.raises(WishRefused, match=reason):
        drawing_with(book, (said, (book.panel(words).key,)))


def test_a_panel_that_has_gone_is_refused() -> None:
    with pytest.raises(WishRefused, match="もうありません"):
        drawing_with(made("ja"), ("雨を降らせて", ("b0099",)))


def test_wishes_about_different_panels_may_come_in_any_order() -> None:
    book = made("ja")
    one, other = ("雨を降らせて", ("b0004",)), ("笑顔にして", ("b0003",))
    assert drawing_with(book, one, other) == drawing_with(book, other, one)
