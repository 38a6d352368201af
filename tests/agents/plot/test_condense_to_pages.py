"""What a book leaves out when it must be short, and on which pages the rest stands."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agents.plot.condense_to_pages import Room, bonds_of, is_scenery, paged, room_for, share_of
from manga.brief import Language, Settings
from manga.continuity import Aspect, Change
from manga.fit_story_to_pages import condensed
from manga.page_planning import ADAPTED_PANELS
from manga.plot import Act, Beat, Deed, Plot, Scene
from manga.text_capacity import MEASURES
from tests.offline.storyboard_plots import Teller, scene

SENTENCE = "ごんは村の小川の堤まで出て来ました、すすきの穂には雨のしずくが光っていました。"
ADAPTED = Settings(fidelity="adapted")


def story(*scenes: int, importance: int = 2) -> tuple[Scene, ...]:
    """Scenes of so many beats."""
    teller = Teller()
    return tuple(
        scene(n, *(teller.beat(teller.line(SENTENCE), importance=importance) for _ in range(count)))
        for n, count in enumerate(scenes, 1)
    )


def keys_of(scenes: tuple[Scene, ...]) -> list[str]:
    return [beat.key for scene in scenes for beat in scene.beats]


def shown(scenes: tuple[Scene, ...], settings: Settings, **more: object) -> list[str]:
    pages = paged(scenes, Language.JA, settings, **more).pages  # type: ignore[arg-type] # a test's own keywords
    return list(dict.fromkeys(key for page in pages for key in page.beats))


def with_importance(scenes: tuple[Scene, ...], key: str, importance: int) -> tuple[Scene, ...]:
    def weighed(beat: Beat) -> Beat:
        return beat.model_copy(update={"importance": importance}) if beat.key == key else beat

    return tuple(one.model_copy(update={"beats": tuple(map(weighed, one.beats))}) for one in scenes)


@pytest.mark.parametrize(
    ("settings", "wished", "room"),
    [
        (Settings(), 0, Room(26)),
        (ADAPTED, 0, Room(12, 57)),
        (Settings(pages=8), 0, Room(8)),
        (Settings(pages=8, fidelity="adapted"), 0, Room(8)),
        (Settings(max_images=12), 0, Room(3, 12)),
        (Settings(max_images=12, pages=8), 0, Room(3, 12)),
        (Settings(max_images=0), 0, Room(26)),
        (ADAPTED, 14, Room(14)),
        (Settings(pages=8), 9, Room(9)),
    ],
)
def test_a_wish_stands_over_the_settings_and_these_over_the_storys_length(
    settings: Settings, wished: int, room: Room
) -> None:
    assert room_for(settings, 26, wished) == room


def test_a_faithful_book_shows_everything() -> None:
    scenes = story(40, 60, 24)
    made = paged(scenes, Language.JA, Settings(), cut=frozenset())
    assert shown(scenes, Settings()) == keys_of(scenes)
    assert made.cuts == ()
    assert 22 <= len(made.pages) <= 26


def test_a_long_story_becomes_a_longer_book_than_a_short_one_but_not_by_as_much() -> None:
    short, long = (paged(story(*[30] * count), Language.JA, ADAPTED) for count in (3, 42))
    assert len(short.pages) == ADAPTED_PANELS // 5
    assert len(short.pages) < len(long.pages) < 14 * len(short.pages) / 4


def test_what_is_kept_and_what_is_cut_are_the_whole_story() -> None:
    scenes = story(*[30] * 42)
    assert len(paged(scenes, Language.JA, ADAPTED).cuts) + len(shown(scenes, ADAPTED)) == len(keys_of(scenes))


def test_the_first_and_the_last_moment_stay() -> None:
    scenes = story(*[30] * 42)
    kept = shown(scenes, ADAPTED)
    assert (kept[0], kept[-1]) == (keys_of(scenes)[0], keys_of(scenes)[-1])


def test_what_weighs_most_stays() -> None:
    scenes = with_importance(story(*[30] * 42), "b0700", 5)
    assert "b0700" in shown(scenes, ADAPTED)


def test_an_important_scene_keeps_its_weightiest_moment_before_others_keep_more() -> None:
    scenes = story(*[30] * 42)
    scenes = (*scenes[:20], scenes[20].model_copy(update={"importance": 5}), *scenes[21:])
    scenes = with_importance(scenes, scenes[20].beats[7].key, 3)
    assert scenes[20].beats[7].key in shown(scenes, ADAPTED)


def test_of_moments_that_weigh_the_same_some_stay_from_all_over_the_story() -> None:
    scenes = story(*[30] * 42)
    places = [keys_of(scenes).index(key) for key in shown(scenes, ADAPTED)]
    assert all(any(part <= place < part + 210 for place in places) for part in range(0, 1260, 210))


def test_what_is_cut_stays_out_while_there_is_room_for_it() -> None:
    scenes = story(4, 4)
    made = paged(scenes, Language.JA, ADAPTED, cut={"b0002", "b0006"})
    assert shown(scenes, ADAPTED, cut={"b0002", "b0006"}) == ["b0001", "b0003", "b0004", "b0005", "b0007", "b0008"]
    assert made.cuts == tuple(scenes[n].beats[1].span for n in (0, 1))


def test_a_book_of_which_everything_is_cut_is_shown_all_the_same() -> None:
    scenes = story(3)
    assert shown(scenes, ADAPTED, cut=frozenset(keys_of(scenes))) == keys_of(scenes)


@given(
    st.lists(st.integers(1, 12), min_size=1, max_size=12),
    st.integers(1, 64),
    st.one_of(st.none(), st.integers(1, 60)),
    st.lists(st.integers(1, 5), min_size=150, max_size=150),
)
def test_no_book_holds_more_than_there_is_room_for(
    counts: list[int], pages: int, panels: int | None, weights: list[int]
) -> None:
    scenes = story(*counts)
    for key, weight in zip(keys_of(scenes), weights, strict=False):
        scenes = with_importance(scenes, key, weight)
    kept = condensed(scenes, MEASURES[Language.JA], pages, panels)
    assert kept
    assert kept.keys() <= set(keys_of(scenes))
    assert panels is None or len(kept) <= max(1, 2 * panels)
    assert kept == condensed(scenes, MEASURES[Language.JA], pages, panels)


SPEECH = "むかしの話だ。山の上に鬼がいた。おれは鬼を見たのだ！ それは大きな鬼で、角が二本あった。村の者は逃げた。"


def test_a_long_speech_costs_what_its_short_form_takes() -> None:
    teller = Teller()
    scenes = (scene(1, *(teller.beat(teller.line(SPEECH, "c01")) for _ in range(40))),)
    made = paged(scenes, Language.JA, Settings(max_images=40))
    kept = list(dict.fromkeys(key for page in made.pages for key in page.beats))
    assert len(kept) > 20
    assert len(made.cuts) > 40 - len(kept)


def test_scenery_goes_before_anything_that_is_spoken_done_or_handed_over() -> None:
    teller = Teller()
    done = [teller.beat(teller.line(SENTENCE), importance=1) for _ in range(30)]
    done = [b.model_copy(update={"deeds": (Deed(who="c01", action="dig", span=b.span),)}) for b in done]
    views = [teller.beat(teller.line(SENTENCE), importance=3) for _ in range(30)]
    scenes = (scene(1, *(beat for pair in zip(done, views, strict=True) for beat in pair)),)
    kept = shown(scenes, Settings(max_images=12))
    assert [beat.key for beat in views if beat.key in kept] == [views[-1].key], "the last moment stays"
    assert is_scenery(views[0])
    assert not is_scenery(done[0])


def test_a_question_goes_with_its_answer_and_a_thing_with_its_coming() -> None:
    teller = Teller()
    asks, answers = teller.beat(teller.line("どこへ行く？", "c01")), teller.beat(teller.line("町へ。", "c02"))
    gets = teller.beat(teller.line(SENTENCE))
    gets = gets.model_copy(update={"changes": (Change(who="c01", aspect=Aspect.HOLDS, to="letter"),)})
    uses = teller.beat(teller.line(SENTENCE))
    uses = uses.model_copy(update={"deeds": (Deed(who="c01", action="read", thing="letter", span=uses.span),)})
    bonds = bonds_of([scene(1, asks, answers, gets, uses)])
    assert bonds == {asks.key: (answers.key,), answers.key: (asks.key,), uses.key: (gets.key,)}


def test_a_key_event_comes_without_a_row_of_premises_that_has_no_room() -> None:
    teller = Teller()
    row = [teller.beat(teller.line(SENTENCE), importance=3) for _ in range(40)]
    row[30] = row[30].model_copy(update={"importance": 5})
    linked = [row[0], *(b.model_copy(update={"needs": (a.span.start,)}) for a, b in pairwise(row))]
    kept = shown((scene(1, *linked),), Settings(max_images=12))
    assert {row[30].key, row[-1].key} <= set(kept)
    assert len(kept) < 30


def test_what_comes_back_by_a_wish_drives_nothing_out() -> None:
    scenes = story(*[30] * 42)
    made = paged(scenes, Language.JA, ADAPTED)
    before = list(dict.fromkeys(key for page in made.pages for key in page.beats))
    acts = (Act(name="development", scenes=tuple(one.key for one in scenes)),)
    previous = Plot(acts=acts, scenes=scenes, pages=made.pages, cuts=made.cuts)
    back = next(key for key in keys_of(scenes) if key not in before)
    cut = frozenset(keys_of(scenes)) - {*before, back}
    assert set(shown(scenes, ADAPTED, previous=previous, cut=cut)) == {*before, back}


def test_a_part_is_told_its_share_of_the_room() -> None:
    whole = share_of(ADAPTED, Language.JA, 18_000, 18_000)
    part = share_of(ADAPTED, Language.JA, 6_000, 18_000)
    assert part.panels == pytest.approx(whole.panels / 3, abs=1)
    assert part.stays == whole.stays < 0.5
    assert share_of(Settings(), Language.JA, 6_000, 6_000).stays == 1.0
