"""A story told in strips: four panels each, a point in the last, nothing said twice or lost."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from agents.storyboard.agent import check
from manga.brief import Language
from manga.comic_strips import STRIPS_A_PAGE, LayoutName
from manga.storyboard import FigureDirection, Role, Shot, StoryboardDraft
from manga.text_capacity import MEASURES, in_small_panels
from offline.directing.four_panel_strips import strips_of, titles_of, with_room
from offline.directing.page_moments import Moment, moments_of
from offline.directing.storyboard import draft_storyboard
from tests.drawing.layout.drafts import panel
from tests.offline.storyboard_plots import Inputs, Teller, inputs, scene

SHAPES: list[LayoutName] = ["yonkoma", "strip"]


def _given(scenes: int = 4, layout: LayoutName = "yonkoma") -> Inputs:
    teller = Teller()
    told = []
    for number in range(1, scenes + 1):
        beats = [
            teller.beat(
                teller.line(f"ミオは{thing}を見つけて、ゆっくりと手に取った。"),
                teller.line("これは、いったい何だろう？", "c01"),
                teller.line("わからない。", "c02"),
            )
            for thing in ("鍵", "地図", "望遠鏡")
        ]
        told.append(scene(number, *beats))
    return inputs(*told, layout=layout)


def _drafted(given: Inputs) -> StoryboardDraft:
    return draft_storyboard(given.plot, given.cast, given.concept, given.settings)


@pytest.mark.parametrize("layout", SHAPES)
def test_every_strip_has_three_or_four_panels_and_a_title_of_its_own(layout: LayoutName) -> None:
    draft = _drafted(_given(layout=layout))
    strips = [strip for page in draft.pages for strip in page.strips]
    assert {strip.panels for strip in strips} <= ({4} if layout == "yonkoma" else {3, 4})
    assert len({strip.title for strip in strips}) == len(strips)
    assert all(sum(strip.panels for strip in page.strips) == len(page.panels) for page in draft.pages)
    assert all(len(page.strips) == STRIPS_A_PAGE[layout] for page in draft.pages[:-1])


@pytest.mark.parametrize("layout", SHAPES)
def test_every_line_is_shown_whole_and_once(layout: LayoutName) -> None:
    given = _given(layout=layout)
    check(_drafted(given), given.plot, given.cast, given.settings)


def test_the_last_panel_of_a_strip_weighs_most_and_none_is_a_splash() -> None:
    for page in _drafted(_given()).pages:
        at = 0
        for strip in page.strips:
            weights = [panel.importance for panel in page.panels[at : at + strip.panels]]
            assert weights[-1] == max(weights)
            at += strip.panels
        assert all(panel.role is not Role.SPLASH for panel in page.panels)


def test_a_book_of_strips_has_no_more_pages_than_asked_for() -> None:
    given = _given(8)
    settings = given.settings.model_copy(update={"pages": 2})
    assert len(_drafted(replace(given, settings=settings)).pages) == 2


def _moments(*scenes: Sequence[str]) -> list[Moment]:
    teller = Teller()
    found: list[Moment] = []
    for number, lines in enumerate(scenes, start=1):
        beats = [teller.beat(teller.line(text, "c01")) for text in lines]
        whole = scene(number, *beats)
        found += [m for beat in beats for m in moments_of(beat, whole, in_small_panels(MEASURES[Language.JA]))]
    return found


def test_a_strip_ends_with_its_scene() -> None:
    moments = _moments(["おはよう。"] * 5, ["こんばんは。"] * 4)
    strips = strips_of([moments], Language.JA, "yonkoma", 64)
    assert all(len({moment.scene.key for moment in strip}) == 1 for strip in strips)


def test_a_strip_is_called_after_what_it_speaks_of_and_the_others_do_not() -> None:
    strips = [_moments(["犬と猫がいる。"]), _moments(["犬と馬がいる。"]), _moments(["はい。"])]
    assert titles_of(strips, Language.JA) == ["猫", "馬", "その3"]


def test_a_strip_in_which_nothing_is_named_is_called_by_its_last_short_words_and_no_two_alike() -> None:
    strips = [_moments(["どうして？", "いいよ、"]), _moments(["いいよ。"]), _moments(["いいよ。"])]
    assert titles_of(strips, Language.JA) == ["いいよ", "その2", "その3"]


def test_an_english_strip_is_called_after_a_thing() -> None:
    strips = [_moments(["He lit the lantern, and the cat slept."]), _moments(["The cat heard his whistle."])]
    assert titles_of(strips, Language.EN) == ["The lantern", "The whistle"]


def test_small_panels_hold_shorter_balloons() -> None:
    texts = [part.text for page in _drafted(_given()).pages for p in page.panels for part in p.dialogue.parts]
    assert max(map(len, texts)) <= in_small_panels(MEASURES[Language.JA]).balloon


def test_a_free_book_has_no_strips() -> None:
    given = _given(layout="free")
    assert not any(page.strips for page in _drafted(given).pages)


@pytest.mark.parametrize(("letters", "shot"), [(10, Shot.BUST), (16, Shot.MEDIUM), (30, Shot.FULL)])
def test_two_who_talk_much_in_a_small_panel_are_seen_from_farther_off(letters: int, shot: Shot) -> None:
    talk = panel(1, letters=(letters,))
    figures = tuple(FigureDirection(character=key) for key in ("c01", "c02"))
    direction = talk.direction.model_copy(update={"shot": Shot.BUST, "figures": figures})
    assert with_room(talk.model_copy(update={"direction": direction}), Language.JA).direction.shot is shot


def test_two_balloons_in_a_small_panel_are_seen_from_farther_off() -> None:
    talk = panel(1, letters=(3, 2))
    direction = talk.direction.model_copy(update={"shot": Shot.BUST, "figures": (FigureDirection(character="c01"),)})
    assert with_room(talk.model_copy(update={"direction": direction}), Language.JA).direction.shot is Shot.MEDIUM


def test_captions_of_small_panels_are_shorter() -> None:
    for measure in MEASURES.values():
        assert in_small_panels(measure).caption < measure.caption
