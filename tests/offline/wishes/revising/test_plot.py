"""Wishes for the plot, through the agent, in both languages. The words stay the story's own."""

import pytest

from manga.errors import WishRefused
from manga.plot import Plot, Scene
from tests.offline.wishes.revising.books import Made, made, plot_with


def _scenes(plot: Plot) -> dict[str, Scene]:
    return {scene.key: scene for scene in plot.scenes}


def _told(plot: Plot) -> set[str]:
    """Beats that are on a page."""
    return {key for page in plot.pages for key in page.beats}


@pytest.mark.parametrize(
    ("language", "said"),
    [("ja", "この場面はいらない"), ("ja", "二つ目の場面をカット"), ("en", "Cut the scene entirely"), ("en", "drop it")],
)
def test_a_scene_that_is_left_out_stands_in_the_cuts_and_the_others_stay(language: str, said: str) -> None:
    book = made(language)
    new = plot_with(book, (said, ("s02",)))
    assert _scenes(new) == {key: scene for key, scene in _scenes(book.plot).items() if key != "s02"}
    gone = [beat.span for beat in _scenes(book.plot)["s02"].beats]
    assert set(gone) <= set(new.cuts)
    assert _told(new) == {beat.key for beat in new.beats()}


@pytest.mark.parametrize(
    ("language", "said"), [("ja", "最初の二つの場面をひとつにまとめる"), ("en", "Merge the first two scenes")]
)
def test_merged_scenes_keep_all_their_beats_under_the_first_key(language: str, said: str) -> None:
    book = made(language)
    new = plot_with(book, (said, ("s01", "s02")))
    assert [scene.key for scene in new.scenes] == ["s01", "s03"]
    assert new.beats() == book.plot.beats()
    assert (new.pages, new.scenes[0].place) == (book.plot.pages, book.plot.scenes[0].place)


@pytest.mark.parametrize(("language", "said"), [("ja", "場面の順番を入れ替えて"), ("en", "Swap these two scenes")])
def test_exchanged_scenes_are_told_in_the_other_order_and_nothing_is_lost(language: str, said: str) -> None:
    book = made(language)
    new = plot_with(book, (said, ("s01", "s02")))
    assert [scene.key for scene in new.scenes] == ["s02", "s01", "s03"]
    assert _scenes(new) == _scenes(book.plot)
    assert _told(new) == _told(book.plot)
    first = next(key for page in new.pages for key in page.beats)
    assert first == _scenes(book.plot)["s02"].beats[0].key


def test_a_scene_goes_before_the_one_that_is_named_after_it() -> None:
    def order(language: str, said: str, *scope: str) -> list[str]:
        return [scene.key for scene in plot_with(made(language), (said, scope)).scenes]

    assert order("ja", "この場面を一つ目より前に", "s02", "s01") == ["s02", "s01", "s03"]
    assert order("en", "the hill before the shop", "s02", "s01") == ["s02", "s01", "s03"]
    assert order("en", "tell this one later", "s01") == ["s02", "s03", "s01"]


@pytest.mark.parametrize(
    ("language", "said", "pages"),
    [
        ("ja", "全部で4ページにしてください", 4),
        ("ja", "1ページにおさめて", 1),
        ("ja", "三ページくらいにして", 3),
        ("en", "It needs to be four pages, not six", 4),
        ("en", "make it 3 pages", 3),
    ],
)
def test_so_many_pages_as_are_asked_for(language: str, said: str, pages: int) -> None:
    book = made(language)
    new = plot_with(book, (said, ()))
    assert len(new.pages) == pages
    assert new.scenes == book.plot.scenes


@pytest.mark.parametrize(
    ("language", "said", "step"),
    [
        ("ja", "ページを減らして", -1),
        ("ja", "もっとページを増やして", 1),
        ("en", "fewer pages", -1),
        ("en", "I want more pages", 1),
    ],
)
def test_more_or_fewer_pages_without_a_number(language: str, said: str, step: int) -> None:
    book = made(language)
    assert len(plot_with(book, (said, ())).pages) == len(book.plot.pages) + step


@pytest.mark.parametrize(
    ("language", "said", "step"),
    [
        ("ja", "もっとじっくり見せて", 1),
        ("ja", "短くして", -1),
        ("en", "Spend more time here", 1),
        ("en", "make it shorter", -1),
    ],
)
def test_a_scene_told_at_length_weighs_more(language: str, said: str, step: int) -> None:
    book = made(language)
    new, old = _scenes(plot_with(book, (said, ("s02",)))), _scenes(book.plot)
    assert new["s01"] == old["s01"]
    pairs = zip(new["s02"].beats, old["s02"].beats, strict=True)
    assert all(a.importance == min(5, max(1, b.importance + step)) for a, b in pairs)


def test_a_scene_gets_another_hour_or_becomes_a_flashback() -> None:
    book = made("ja")
    night = plot_with(book, ("夜の場面にして", ("s01",)))
    assert _scenes(night)["s01"].time_of_day.value == "night"
    assert _scenes(night)["s02"] == _scenes(book.plot)["s02"]
    assert _scenes(plot_with(book, ("回想シーンにして", ("s01",))))["s01"].flashback
    assert _scenes(plot_with(made("en"), ("show it as a flashback", ("s02",))))["s02"].flashback


@pytest.mark.parametrize(
    ("language", "said", "scope"),
    [
        ("ja", "花子が岩田さんを追いかける展開を入れて", ()),
        ("ja", "100ページにして", ()),
        ("ja", "40ページにして", ()),
        ("ja", "この場面はいらない", ("s09",)),
        ("ja", "二つに分割して", ("s01",)),
        ("en", "add a scene in which they quarrel", ()),
        ("en", "merge it", ("s03",)),
        ("en", "swap it", ("s01",)),
        ("en", "make it sparkle", ("s01",)),
    ],
)
def test_what_the_story_does_not_have_is_refused(language: str, said: str, scope: tuple[str, ...]) -> None:
    with pytest.raises(WishRefused) as refused:
        plot_with(made(language), (said, scope))
    assert refused.value.phase == "plot"


def test_the_last_scene_cannot_be_left_out() -> None:
    with pytest.raises(WishRefused, match="残りません"):
        plot_with(made("ja"), ("いらない", ("s01", "s02", "s03")))


def test_a_number_of_pages_and_a_scene_less_may_come_in_any_order() -> None:
    book: Made = made("ja")
    one, other = ("全部で3ページに", ()), ("この場面はいらない", ("s02",))
    assert plot_with(book, one, other) == plot_with(book, other, one)
