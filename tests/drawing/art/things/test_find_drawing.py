"""Which thing a panel shows: a file of shapes, line art, or what stands for a class."""

import pytest

from drawing.art.draw_panel import DrawnPanel, draw_panel
from drawing.art.things import find_drawing
from drawing.art.things.draw_shape_file import shape_names
from drawing.art.things.find_drawing import entry_named, is_class, set_pieces, thing_named, thing_of
from drawing.ink.canvas import Canvas
from drawing.ink.pen import Pen
from manga.panel_brief import brief_for
from manga.storyboard import SceneDirection, Shot
from manga.vocabulary.things import thing_classes, things


def words_of(key: str) -> set[str]:
    words = entry_named(key).words
    return {*words["en"], *words["ja"]}


@pytest.mark.parametrize("key", sorted(things().keys() & shape_names()))
def test_every_word_of_a_thing_shows_it_but_where_a_set_piece_has_that_word(key: str) -> None:
    taken = {word for piece in set_pieces().entries for word in words_of(piece)}
    assert {thing_of(word) for word in {key, *words_of(key)} - taken} == {key}


@pytest.mark.parametrize("key", sorted(set_pieces().entries))
def test_every_word_of_a_set_piece_shows_it(key: str) -> None:
    assert {thing_of(word) for word in words_of(key)} == {set_pieces().entries[key].like or key}


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("an old compass", "compass"),
        ("万年筆", "fountain_pen"),
        ("a gold watch", "watch"),
        ("a birthday cake", "birthday_cake"),
        ("a letter box", "box"),
        ("revolver", "pistol"),
        ("goblet", "vessel"),
        ("monkey", None),
        ("keyboard", "keyboard"),
        ("planet", None),
        ("子猫", None),
        ("cathedral", None),
        ("theodolite", None),
        ("石の柱", "pillar"),
        ("氷柱", None),
        ("銀河", None),
    ],
)
def test_words_show_a_thing_or_its_class(words: str, name: str | None) -> None:
    assert thing_of(words) == name


@pytest.mark.parametrize("name", [*(e.key for e in things().values() if e.glyph), *thing_classes()])
def test_whatever_may_be_shown_is_drawn(name: str) -> None:
    if is_class(name) and not thing_classes()[name].like:
        return
    canvas = Canvas(40, 40)
    with canvas.moved(20, 20, 20):
        thing_named(name).draw(Pen.on(canvas))
    told = canvas.finish()
    assert [one.name for one in told.shown] == [name]
    assert len(told.calls) > 2


@pytest.mark.parametrize(
    ("word", "period", "name"),
    [("車", "modern", "car"), ("車", "old_japan", None), ("電球", "medieval", None), ("羅針盤", "medieval", "compass")],
)
def test_what_is_younger_than_the_story_is_not_shown(word: str, period: str, name: str | None) -> None:
    assert thing_of(word, period) == name


def insert(*props: str) -> DrawnPanel:
    direction = SceneDirection(shot=Shot.INSERT, setting="kitchen", place="kitchen", props=props)
    return draw_panel(brief_for(60, 45, direction, {}))


def test_a_panel_shows_and_tells_a_thing_that_has_no_drawing_of_our_own() -> None:
    panel = insert("羅針盤")
    assert panel.drawn.things == ("compass",)
    assert panel.missing == ()


def test_what_is_seen_in_the_sky_lies_on_no_table() -> None:
    assert insert("star").drawn.things == ("star",)
    assert len(insert("star").drawing.calls) < len(insert("compass").drawing.calls)


def test_what_is_seen_in_the_sky_gives_way_to_what_lies_there() -> None:
    assert insert("star", "key").drawn.things == ("key",)


def test_what_a_class_serves_for_is_told_as_the_class_and_reported() -> None:
    panel = insert("goblet")
    assert panel.drawn.things == ("vessel",)
    assert panel.missing == ("prop: goblet (drawn as: vessel)",)


@pytest.fixture
def no_font(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(find_drawing, "can_ink", lambda glyph: False)


@pytest.mark.usefixtures("no_font")
def test_without_the_font_our_own_drawings_are_all_there_is() -> None:
    assert thing_of("compass") is None
    assert thing_of("watch") == "watch"
    assert insert("compass").missing == ("prop: compass",)
