"""Which things get a picture of their own."""

from dataclasses import replace
from itertools import pairwise

import pytest

from manga.brief import Language
from manga.plot import Deed
from manga.storyboard import Role, Shot
from manga.text_capacity import MEASURES
from manga.values import Span
from offline.directing.page_moments import Moment, moments_of
from offline.directing.panel_grouping import group_cost
from offline.directing.panel_roles import Frame
from offline.directing.split_lines import part_of
from offline.directing.storyboard import draft_storyboard
from offline.directing.thing_panels import APART, with_named_things, with_things
from tests.offline.storyboard_plots import Teller, inputs, scene

FILLER = "空はよく晴れていた。"
NAMED = "ミオは鍵のことを考えた。"


def _page(*texts: str, language: Language = Language.JA) -> list[Moment]:
    teller = Teller()
    beats = [teller.beat(teller.line(text), present=(), importance=3) for text in (*texts, *[FILLER] * 12)]
    return [moment for beat in beats for moment in moments_of(beat, scene(1, beat), MEASURES[language])]


def _shown(*texts: str, language: Language = Language.JA) -> list[tuple[str, str]]:
    page = with_things([_page(*texts, language=language)], language)[0]
    return [(moment.thing, moment.line.text if moment.line else "") for moment in page if moment.thing]


@pytest.mark.parametrize(
    "event",
    ["古い鍵がひとつ、ころがっている。", "その下から出てきたのは、さびた鍵だった。", "鍵が、ぽきりと折れた。"],
)
def test_a_sentence_that_tells_what_happens_to_a_thing_shows_the_thing(event: str) -> None:
    assert _shown(event, NAMED) == [("key", event)]


@pytest.mark.parametrize(
    "other",
    ["まるで鍵が折れたような音だった。", "こないだ鍵をなくした。", "鍵は重かった。", "扉が、ぎいと開いた。"],
)
def test_a_thing_that_is_only_thought_of_or_likened_is_not_shown(other: str) -> None:
    assert _shown(other, NAMED) == []


def test_what_the_artist_cannot_draw_is_not_shown() -> None:
    assert _shown("The wall fell down.", "He thought of the wall.", language=Language.EN) == []


def test_an_english_thing_is_shown_whether_the_deed_stands_before_or_after_it() -> None:
    for event in ("There lay the key.", "The key snapped in two."):
        assert _shown(event, "The key was his.", language=Language.EN) == [("key", event)]


def test_whoever_handles_a_thing_is_seen_first_and_then_the_thing() -> None:
    teller = Teller()
    line = teller.line("ミオは、古い鍵を、老人の手ににぎらせた。")
    deed = Deed(who="c01", action="give", thing="key", span=Span(start=line.span.start, end=line.span.end))
    beat = teller.beat(line, deeds=(deed,), importance=3)
    page = with_things([[*moments_of(beat, scene(1, beat), MEASURES[Language.JA]), *_page(NAMED)]], Language.JA)[0]
    assert [(moment.purpose, moment.thing) for moment in page[:2]] == [("told", ""), ("insert", "key")]


def test_looks_at_things_stand_apart() -> None:
    page = with_things([_page(*["鍵がひとつ、ころがっている。", "帽子が落ちた。"] * 20)], Language.JA)[0]
    places = [place for place, moment in enumerate(page) if moment.thing]
    assert len(places) > 1
    assert all(b - a >= APART for a, b in pairwise(places))


def test_the_panel_of_a_thing_holds_nobody_and_no_other_moment() -> None:
    teller = Teller()
    beats = [teller.beat(teller.line(FILLER)) for _ in range(6)]
    beats.insert(3, teller.beat(teller.line("古い鍵がひとつ、ころがっている。"), importance=3, present=("c01", "c02")))
    given = inputs(scene(1, *beats, teller.beat(teller.line(NAMED))))
    draft = draft_storyboard(given.plot, given.cast, given.concept, given.settings)
    panels = [panel for page in draft.pages for panel in page.panels if "key" in panel.direction.props]
    shown = next(panel for panel in panels if panel.direction.shot is Shot.INSERT)
    assert shown.direction.props == ("key",)
    assert shown.direction.figures == ()
    assert shown.role in (Role.INSERT, Role.HOOK)
    assert shown.beats == (beats[3].key,)


def test_a_thing_that_a_scene_begins_with_does_not_take_the_place_of_its_place() -> None:
    page = _page(NAMED)
    place, thing = replace(page[0], purpose="establish"), replace(page[1], thing="key")
    balloon = MEASURES[Language.JA].balloon
    assert group_cost([place, thing], balloon) > 5 + group_cost([place, page[1]], balloon)
    assert Frame([place, thing], Role.ESTABLISH, 3).thing == ""


def test_a_caption_that_names_a_thing_shows_it_where_nobody_does_anything() -> None:
    page = [moment.with_parts((part_of(moment.line, 1, 0, 8),)) if moment.line else moment for moment in _page(NAMED)]
    assert [moment.thing for moment in with_named_things([page], Language.JA)[0]][:2] == ["key", ""]
    busy = [replace(page[0], deeds=(Deed(who="c01", action="run", span=Span(start=0, end=1)),)), *page[1:]]
    assert not any(moment.thing for moment in with_named_things([busy], Language.JA)[0])


def test_a_coffin_is_seen_where_it_is_told_of() -> None:
    first = _page("We turned aside the lid of the coffin.", language=Language.EN)[0]
    assert first.line is not None
    page = [first.with_parts((part_of(first.line, 1, 0, len(first.line.text)),))]
    assert with_named_things([page], Language.EN)[0][0].thing == "coffin"


def test_the_last_match_is_seen() -> None:
    struck = "Nora struck the last match."
    assert ("match", struck) in _shown(struck, language=Language.EN)
    assert _shown("They lost the match.", language=Language.EN) == []
    assert _shown("ノラは最後の一本のマッチをすった。") == [("match", "ノラは最後の一本のマッチをすった。")]


def test_a_sprout_is_seen_when_it_comes_up_and_not_in_a_pot_where_nothing_grows() -> None:
    comes = "土を割って、ちいさな緑の芽がひとつ、出てきた。"
    assert _shown(comes, "女の子は、芽の根もとに水をたらした。") == [("sprout", comes)]
    assert _shown("その鉢に、芽は、いちども出たことがない。") == []


def test_what_happens_to_a_thing_alone_is_shown_where_the_story_turns_on_it() -> None:
    teller = Teller()
    told = teller.beat(teller.line("あかりの手から鍵が落ちた。"), present=("c01",), importance=5)
    quiet = teller.beat(teller.line("あかりは鍵のことを思った。"), present=("c01",), importance=5)
    for beat, thing in ((told, "key"), (quiet, "")):
        moment = moments_of(beat, scene(1, beat), MEASURES[Language.JA])[0]
        assert moment.line
        worded = moment.with_parts((part_of(moment.line, 1, 0, len(moment.line.text)),))
        assert with_named_things([[worded]], Language.JA)[0][-1].thing == thing
